"""Where banks are kept: what every keeper of them offers, held to tests/banks/contract.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from haalweg.banks.entries import BankKind, BankSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from haalweg.banks.changes import Changes, Cursor
    from haalweg.banks.entries import Added, Bank, BankId, Block, Count, Entry, EntryId, NewEntries, WithdrawalReason
    from haalweg.banks.feedback import Feedback
    from haalweg.banks.following import NewFollowed, Position
    from haalweg.keeping.audit import AuditRow, Witness
    from haalweg.signals import SignalType


class BankStore(Protocol):
    """Banks and their entries. What a method did is durable when it returns; a failed one did nothing."""

    def banks(self) -> tuple[Bank, ...]:
        """Every bank, the oldest first."""
        ...

    def bank(self, name: str) -> Bank | None: ...

    def make_bank(
        self,
        name: str,
        *,
        now: datetime,
        kind: BankKind = BankKind.POSITIVE,
        settings: BankSettings = BankSettings(),  # noqa: B008 - frozen
    ) -> Bank:
        """Raise BankError where the name is taken or cannot be one."""
        ...

    def add(self, entries: NewEntries, *, now: datetime, imported: bool = False) -> Added:
        """Take in what is new.

        What the bank has already, as well assured and for as long, does not come in twice; a value that was withdrawn
        from any bank of this store does not come in at all. Raises BankError, also for a trace where what matches is
        reported by law: there are no leads there.
        """
        ...

    def withdraw(self, ids: Sequence[EntryId], *, reason: WithdrawalReason, now: datetime) -> int:
        """Destroy the values of these entries, wherever in the store they are; say how many entries that were.

        Entries withdrawn before are no error. Raises BankError, and does nothing, for one that never was.
        """
        ...

    def withdraw_values(
        self, signal_type: SignalType, values: Sequence[bytes], *, reason: WithdrawalReason, now: datetime
    ) -> int:
        """Destroy every entry of these values, and never take them in again, also where there was none."""
        ...

    def release(self, ids: Sequence[EntryId], *, now: datetime) -> int:
        """Destroy these entries alone, because the source they were followed from took them back; say how many.

        Their values may come in again, and entries of the same values that came from elsewhere stay: otherwise a source
        could name somebody else's value and take it back, to destroy what is not its own. Entries that are gone are no
        error. Raises BankError, and does nothing, for one that never was.
        """
        ...

    def forget_expired(self, *, now: datetime) -> int:
        """Destroy what has expired; it may come in again."""
        ...

    def blocks(self, signal_types: Sequence[SignalType], *, now: datetime) -> Iterator[Block]:
        """All that is live, not withdrawn and not expired, in the order it came in."""
        ...

    def changes(self, after: Cursor | None, *, most: int, now: datetime) -> Changes:
        """What is new since a cursor that an earlier answer gave; from the very start where there is none.

        Asked again until there is no more, it leaves nothing out, whoever writes meanwhile: numbers are given within
        the transaction that makes them visible. At most `most` entries come at once, and every withdrawal.
        Raises CursorAheadError for a cursor of another epoch that lies ahead of this one.
        """
        ...

    def say(self, feedback: Sequence[Feedback]) -> int:
        """Keep what platforms say of entries, in place of what they said before; say of how many entries that was.

        What is said of an entry that is gone is left out: it matches nothing any more.
        """
        ...

    def said(self, entry: EntryId | None = None) -> tuple[Feedback, ...]:
        """What is said of live entries, or of one, the oldest first. Of an entry that goes it is destroyed with it."""
        ...

    def mark(self) -> object:
        """Something else after every change, by whatever process, and perhaps without one; in microseconds."""
        ...

    def heard(self) -> Mapping[BankId, datetime]:
        """When the source of each bank that is followed was last heard from; a store's own banks are not in it."""
        ...

    def entries(self, *, now: datetime, bank: BankId | None = None, withdrawn: bool = False) -> Iterator[Entry]:
        """What is live, one by one in the order it came in; with `withdrawn`, then what is left of the others."""
        ...

    def entry(self, id_: EntryId, *, now: datetime) -> Entry | None:
        """One entry, or what is left of it when it was withdrawn; None for one that has expired or never was."""
        ...

    def find(
        self, banks: Iterable[BankId], signal_type: SignalType, values: Sequence[bytes], *, now: datetime
    ) -> list[EntryId]:
        """The live entries of these values in these banks, from the oldest on. However many, as long as to add one."""
        ...

    def counts(self, *, now: datetime) -> tuple[Count, ...]: ...

    def audit(self) -> Iterator[AuditRow]: ...

    def head(self) -> Witness:
        """Where the audit log stands: to be kept by someone outside."""
        ...

    def followed_as(self, entry: EntryId) -> tuple[str, bytes] | None:
        """Of a live entry that came from a source: which one, and what it calls it."""
        ...

    def following(self, source: str, *, now: datetime) -> AbstractContextManager[Followed]:
        """What is known of a source that is followed here, for one step that is done as a whole or not at all."""
        ...

    def digest(self) -> str:
        """64 hexadecimal characters that change whenever what the banks hold changes."""
        ...


class Followed(Protocol):
    """What a store keeps of one source that it follows, within one step."""

    position: Position  # kept when the step ends

    def known(self, refs: Sequence[bytes]) -> dict[bytes, bool]:
        """Those of the refs that were heard before, and whether their entries are still there."""
        ...

    def name(self, refs: Sequence[bytes]) -> None:
        """Note that the source named them in this turn of it (`Position.turn`)."""
        ...

    def take_in(self, bank: str, kind: BankKind, settings: BankSettings, entries: NewFollowed) -> int:
        """Take in entries that were not heard of, whatever else has their values; say how many that were.

        What was withdrawn from this store does not come in. The bank is made where it is not there. Raises BankError
        where there is trouble with it.
        """
        ...

    def trouble_with(self, bank: str, kind: BankKind) -> str | None:
        """Why nothing of the source can be in a bank of this name; None: it can."""
        ...

    def confirm(self, counts: Mapping[bytes, int], *, now: datetime) -> None:
        """Keep how many platforms confirmed what is called so; of refs that are not there nothing."""
        ...

    def let_go(self, refs: Sequence[bytes]) -> int:
        """Destroy these entries alone, and never take in what is called so again; say how many there were."""
        ...

    def let_go_unnamed(self) -> int:
        """Destroy what was not named in this turn; say how many there were."""
        ...


def can_match(store: BankStore, *, now: datetime) -> bool:
    """Whether the store holds anything that could match: a live entry that is not of a negative bank."""
    positive = {bank.id for bank in store.banks() if bank.kind is BankKind.POSITIVE}
    return any(count.live and count.bank in positive for count in store.counts(now=now))
