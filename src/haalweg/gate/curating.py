"""Banks as HMA's clients curate them: made, switched, added to, taken out of. All of it is durable when it is answered.

What is followed from a source is that source's: it can be switched off here, and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from haalweg.banks import WITHDRAWN_BEFORE, BankKind, EntryId, NewEntries, WithdrawalReason
from haalweg.gate.hma_signals import written
from haalweg.gate.problems import Problem
from haalweg.gate.switches import BankSwitch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from haalweg.adapters.bank_file import BankFile
    from haalweg.banks import Bank
    from haalweg.banks.entries import Entry
    from haalweg.gate.contents import Contents
    from haalweg.gate.hma_signals import Signal
    from haalweg.gate.switches import Switches

_NAME = re.compile(r"[A-Z_][A-Z0-9_]{0,254}")  # as HMA has it


@dataclass(frozen=True, slots=True)
class Content:
    """Live entries that are of one thing."""

    id: EntryId
    bank: Bank
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Curator:
    """What is done to the banks of a gate, in the thread that touches its bank file. Every method may raise Problem."""

    store: BankFile
    switches: Switches
    contents: Contents
    sources: Sequence[str]  # names of what the gate follows
    now: datetime

    def banks(self) -> list[dict[str, object]]:
        """All that are listed: positive ones, for HMA knows of no others."""
        live = self._live()
        return [self._as_json(bank) for bank in self.store.banks() if self._is_listed(bank, live)]

    def bank(self, name: str) -> dict[str, object]:
        """One of them."""
        return self._as_json(self._bank(name))

    def make(self, name: str, ratio: float) -> dict[str, object]:
        """Make a bank, or list one again that was deleted."""
        if not _NAME.fullmatch(name):
            raise Problem(400, "name: 1 to 255 capitals, digits and _ are expected, beginning with no digit.")
        source = next((each for each in self.sources if name.startswith(f"{each}_")), None)
        if source is not None:
            raise Problem(403, f"Names that begin with {source}_ are for what is followed from there.")
        bank = self.store.bank(name)
        if bank is not None and (bank.kind is not BankKind.POSITIVE or self._is_listed(bank, self._live())):
            raise Problem(403, "Bank already exists")
        self.switches.set_bank(name, BankSwitch(ratio))
        return self._as_json(bank or self.store.make_bank(name, now=self.now))

    def set_ratio(self, name: str, ratio: float) -> dict[str, object]:
        """Say of how many of the uploads a bank may match, 0..1; also of one that is followed."""
        bank = self._bank(name)
        self.switches.set_bank(name, BankSwitch(ratio))
        return self._as_json(bank)

    def delete(self, name: str) -> None:
        """Let go of what is in a bank, and list it no more. Nothing is withdrawn: the same may come in again."""
        bank = self.store.bank(name)
        if bank is None or not self._is_listed(bank, self._live()):
            return  # HMA too has done what was asked
        self._refuse_followed(bank)
        self.store.forget_expired(now=self.now)
        self.store.release([entry.id for entry in self.store.entries(now=self.now, bank=bank.id)], now=self.now)
        # Last: as long as it holds anything it is as it was. Whatever comes into it later matches.
        self.switches.set_bank(name, BankSwitch(is_deleted=True))

    def refuse_adding(self, name: str) -> Bank:
        """Say at once, before a file is read, that nothing can be added there; else give the bank."""
        bank = self._bank(name)
        self._refuse_followed(bank)
        return bank

    def add(self, name: str, signals: Sequence[Signal], *, source: str, note: str) -> EntryId:
        """Add the signals of one thing, all or none; what is there already is joined. Gives the content's number."""
        bank = self.refuse_adding(name)
        new: list[EntryId] = []
        together: list[EntryId] = []
        for signal in signals:
            entries = NewEntries(
                bank.id, signal.signal_type, [signal.value], [signal.quality], source=source, note=note
            )
            (fate,) = self.store.add(entries, now=self.now).ids.tolist()
            if fate == WITHDRAWN_BEFORE:
                if new:
                    self.store.release(new, now=self.now)
                raise Problem(403, "This was withdrawn before, and does not come in again. Nothing was added.")
            if fate > 0:
                new.append(EntryId(fate))
                together.append(EntryId(fate))
            else:
                # There, since it was held to it just now, in this thread.
                together.append(self.store.find([bank.id], signal.signal_type, [signal.value], now=self.now)[0])
        return self.contents.join(together)

    def content(self, name: str, number: int) -> Content:
        """What is live of a content of this bank."""
        bank, entries = self._of_bank(name, number)
        live = [entry for entry in entries if entry.value is not None]
        if not live:
            raise _no_such_content(number)
        return Content(self.contents.of(live[0].id), bank, live)

    def switch(self, name: str, number: int, until: int) -> Content:
        """Switch a content OFF, ON, or off until a time."""
        content = self.content(name, number)
        self.switches.set_until([entry.id for entry in content.entries], until)
        return content

    def withdraw(self, name: str, number: int) -> int:
        """Withdraw a content for good; say how many contents that were."""
        bank, entries = self._of_bank(name, number)
        self._refuse_followed(bank)
        live = [entry.id for entry in entries if entry.value is not None]
        if not live:
            return 0
        return min(1, self.store.withdraw(live, reason=WithdrawalReason.REVOKED, now=self.now))

    def content_as_json(self, content: Content, *, with_signals: bool = False) -> dict[str, Any]:
        """Describe a content as HMA does. Its signals leave the store, which is logged."""
        first = content.entries[0]
        source = self.store.followed_as(first.id)
        answer = {
            "id": content.id,
            "disable_until_ts": self.switches.until(first.id),
            "collab_metadata": {} if source is None else {source[0]: []},
            "original_media_uri": None,
            "bank": self._as_json(content.bank),
            "note": first.note or None,
        }
        if not with_signals:
            return answer
        if self._is_followed(content.bank):
            raise Problem(403, "This is followed from a source, whose signals are not given on.")
        self.store.log_export(content.bank.id, len(content.entries), now=self.now)
        signals: dict[str, str] = {}
        for entry in content.entries:
            assert entry.value is not None
            signals |= written(entry.signal_type, entry.value)
        return answer | {"signals": signals}

    # What follows is for the methods above.

    def _bank(self, name: str) -> Bank:
        bank = self.store.bank(name)
        if bank is None or not self._is_listed(bank, self._live()):
            raise Problem(404, "There is no bank of this name.")
        return bank

    def _of_bank(self, name: str, number: int) -> tuple[Bank, list[Entry]]:
        bank = self._bank(name)
        found = (self.store.entry(entry, now=self.now) for entry in self.contents.entries(EntryId(number)))
        entries = [entry for entry in found if entry is not None and entry.bank == bank.id]
        if not entries:
            raise _no_such_content(number)
        return bank, entries

    def _live(self) -> set[int]:
        return {count.bank for count in self.store.counts(now=self.now) if count.live}

    def _is_listed(self, bank: Bank, live: set[int]) -> bool:
        return bank.kind is BankKind.POSITIVE and (bank.id in live or not self.switches.bank(bank.name).is_deleted)

    def _is_followed(self, bank: Bank) -> bool:
        return bank.id in self.store.heard()

    def _refuse_followed(self, bank: Bank) -> None:
        if self._is_followed(bank):
            raise Problem(
                403,
                "This bank is followed from a source: nothing is added to it or taken out of it here. It can be "
                "switched off with enabled_ratio 0, and a content of it with disable_until_ts 0.",
            )

    def _as_json(self, bank: Bank) -> dict[str, object]:
        return {"name": bank.name, "matching_enabled_ratio": self.switches.bank(bank.name).ratio}


def _no_such_content(number: int) -> Problem:
    return Problem(404, f"content '{number}' not found")
