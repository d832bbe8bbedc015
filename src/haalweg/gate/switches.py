"""What who curates has switched off at this gate: an entry for a while or for good, a bank for some of the uploads.

It stands in the state file, in the name of the bank file that it is about: in another one the same numbers are of
somebody else's entries.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from haalweg.banks import EntryId
    from haalweg.gate.state import StateFile
    from haalweg.matching.bank_index import BankIndex
    from haalweg.matching.check import KnownBanks
    from haalweg.matching.live_bank import EntryFacts

OFF, ON = 0, 1  # in place of a time, as HMA has it


@dataclass(frozen=True, slots=True)
class BankSwitch:
    """How a bank stands."""

    ratio: float = 1.0  # of the uploads that it may match, 0..1
    is_deleted: bool = False  # it is not listed as long as it holds nothing


_AS_IT_IS = BankSwitch()


class Switches:
    """All that are not as they are by themselves. Any number of threads may ask beside one that switches."""

    def __init__(self, state: StateFile, store: str, *, now: datetime) -> None:
        """store: the id of the bank file. What was switched off until a time that is over is forgotten."""
        self._state = state
        self._store = store
        with state.writing() as file:
            over = (int(now.timestamp()), OFF)
            file.execute("DELETE FROM entry_switch WHERE until <= ? AND until != ?", over)
        self._banks = {
            bank: BankSwitch(ratio, bool(is_deleted))
            for bank, ratio, is_deleted in state.rows(
                "SELECT bank, ratio, is_deleted FROM bank_switch WHERE store = ?", (store,)
            )
        }
        self._entries: dict[int, int] = dict(
            state.rows("SELECT entry, until FROM entry_switch WHERE store = ?", (store,))
        )

    def bank(self, name: str) -> BankSwitch:
        """How a bank stands; one that nobody switched matches every upload."""
        return self._banks.get(name, _AS_IT_IS)

    def set_bank(self, name: str, switch: BankSwitch) -> None:
        """Switch a bank, durably and at once. Raises GateStateError."""
        with self._state.writing() as file:
            file.execute(
                "INSERT INTO bank_switch VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET ratio = excluded.ratio, is_deleted = excluded.is_deleted",
                (self._store, name, switch.ratio, switch.is_deleted),
            )
        self._banks[name] = switch

    def until(self, entry: EntryId) -> int:
        """ON, OFF, or until when an entry is off, in seconds since 1970."""
        return self._entries.get(entry, ON)

    def set_until(self, entries: Iterable[EntryId], until: int) -> None:
        """Switch entries, durably and at once. Raises GateStateError."""
        rows = [(self._store, entry, until) for entry in entries]
        with self._state.writing() as file:
            file.executemany(
                "INSERT INTO entry_switch VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET until = excluded.until", rows
            )
        self._entries.update({entry: until for _, entry, until in rows})

    def over(self, entry: EntryId, facts: EntryFacts) -> EntryFacts | None:
        """What is known of an entry as far as it is switched on; None: it is off."""
        until = self._entries.get(entry, ON)
        if until == OFF or until > time.time():
            return None
        ratio = self.bank(facts.bank).ratio
        if ratio >= 1:
            return facts
        return replace(facts, matching_percent=100 * ratio) if ratio > 0 else None


class SwitchedBanks:
    """Fits KnownBanks: other banks, without what is switched off."""

    def __init__(self, banks: KnownBanks, switches: Switches) -> None:
        self._banks = banks
        self._switches = switches

    @property
    def index(self) -> BankIndex:
        return self._banks.index

    def facts(self, entry: EntryId) -> EntryFacts | None:
        facts = self._banks.facts(entry)
        return None if facts is None else self._switches.over(entry, facts)


class NamedBanks:
    """Fits KnownBanks: other banks, and of these only those that are named. A negative one frees, named or not."""

    def __init__(self, banks: KnownBanks, names: Collection[str]) -> None:
        self._banks = banks
        self._names = frozenset(names)

    @property
    def index(self) -> BankIndex:
        return self._banks.index

    def facts(self, entry: EntryId) -> EntryFacts | None:
        facts = self._banks.facts(entry)
        return facts if facts is not None and facts.bank in self._names else None
