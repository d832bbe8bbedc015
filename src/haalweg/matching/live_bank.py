"""The banks of one store in memory while it changes: what comes in is found, what is taken back is not, at once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from haalweg.banks import Assurance, BankId, BankKind, CursorAheadError, EntryId, Standing
from haalweg.banks.entries import MOST_ENTRIES
from haalweg.banks.feedback import UNSAID, standings
from haalweg.matching.bank_index import BankIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from numpy.typing import NDArray

    from haalweg.banks import Bank, BankStore, Block, Changes, Cursor
    from haalweg.signals import SignalType


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What a verdict says about an entry; no value."""

    bank: str
    bank_id: BankId
    source: str  # "" where the bank file was filled by hand
    assurance: Assurance  # as it came in; what platforms say of it is beside it
    added_at: datetime
    heard_at: datetime | None = None  # when its source was last heard from; None: it is this store's own
    kind: BankKind = BankKind.POSITIVE  # of its bank
    is_behind: bool = False  # the store cannot be written, so it may have been taken back
    standing: Standing = UNSAID
    matching_percent: float = 100.0  # of the uploads that its bank may act on, as who curates it says

    def assurance_for(self, who: str) -> Assurance:
        """How far it is to be trusted where this platform asks."""
        return Assurance.SEEN if self.standing.was_seen_by(who) else self.assurance


class LiveBank:
    """The banks of one store in memory, following what this and other processes write. Any number of threads may ask.

    Only `refresh` touches the store, so a store that is for one thread at a time may be given here.
    """

    def __init__(self, store: BankStore, *, now: datetime) -> None:
        """Take in all that is live."""
        self.is_behind = False  # set by who writes the store, while that fails
        self._store = store
        self._mark: object = None
        self._epoch = b""
        self._cursor: Cursor | None = None
        self._heard: Mapping[BankId, datetime] = {}
        self._banks: Mapping[BankId, Bank] = {}
        self._standings: dict[EntryId, Standing] = {}
        self._stretches = _Stretches()
        self._index = BankIndex(())
        self._begin(now)

    @property
    def index(self) -> BankIndex:
        """What to ask. Get it anew for each question: a store that was put back gets another one."""
        return self._index

    @property
    def standings(self) -> Mapping[EntryId, Standing]:
        """What is said of each entry of which anything is. It changes with `refresh`: for the thread that does so."""
        return self._standings

    def newest(self) -> dict[SignalType, datetime]:
        """When the newest entry of each type that there is one of came in."""
        return self._stretches.newest()

    def refresh(self, *, now: datetime) -> bool:
        """Bring it up to date with what came, was taken back or has expired; say whether anything changed.

        Where nothing was written it costs microseconds. For one thread at a time.
        """
        expired = self._expire(now)
        mark = self._store.mark()
        if mark == self._mark:
            return expired
        try:
            changes = self._store.changes(self._cursor, most=MOST_ENTRIES, now=now)
        except CursorAheadError:
            changes = None
        if changes is None or changes.epoch != self._epoch:
            self._begin(now)
            return True
        heard = self._store.heard()
        changed = bool(changes.withdrawn or changes.blocks or changes.feedback) or heard != self._heard
        self._heard = heard
        self._follow(changes)
        self._mark = mark  # read before the changes were: what is written meanwhile is seen the next time
        return changed or expired

    def facts(self, entry: EntryId) -> EntryFacts | None:
        """What is known of an entry that the index named; None: it is gone meanwhile."""
        stretch = self._stretches.of(entry)
        if stretch is None:
            return None
        bank = self._banks[stretch.bank]
        return EntryFacts(
            bank.name,
            bank.id,
            stretch.source,
            stretch.assurance,
            stretch.added_at,
            self._heard.get(stretch.bank),
            bank.kind,
            self.is_behind,
            self._standings.get(entry, UNSAID),
        )

    # What follows is for the methods above.

    def _begin(self, now: datetime) -> None:
        """Take everything in anew; until that is done the threads ask what was there before."""
        mark = self._store.mark()
        changes = self._store.changes(None, most=MOST_ENTRIES, now=now)
        banks = self._store.banks()  # after the changes: there is no entry of a bank that is not among them
        index = BankIndex(banks)
        index.take_in(changes.blocks)
        stretches = _Stretches()
        stretches.take_in(changes.blocks)
        self._heard = self._store.heard()
        self._banks = {bank.id: bank for bank in banks}
        self._standings = standings(changes.feedback)
        self._stretches, self._index = stretches, index
        self._mark, self._epoch, self._cursor = mark, changes.epoch, changes.cursor

    def _follow(self, changes: Changes) -> None:
        # What was taken back first: if we stop in between, nobody's withdrawn picture is matched on.
        self._forget(self._stretches.forget(changes.withdrawn))
        for entry in changes.withdrawn:
            self._standings.pop(entry, None)
        if changes.blocks:
            banks = self._store.banks()
            self._banks = {bank.id: bank for bank in banks}
            self._index.know(banks)
            self._stretches.take_in(changes.blocks)  # before the index names one of them
            self._index.take_in(changes.blocks)
        self._standings.update(standings(changes.feedback))
        self._cursor = changes.cursor

    def _expire(self, now: datetime) -> bool:
        expired = self._stretches.expired(now)
        if not expired:
            return False
        self._forget([(each, np.arange(each.first, each.last + 1, dtype=np.uint64)) for each in expired])
        self._stretches = self._stretches.without(expired)
        return True

    def _forget(self, gone: Iterable[tuple[_Stretch, NDArray[np.uint64]]]) -> None:
        together: dict[tuple[BankId, SignalType], list[NDArray[np.uint64]]] = {}
        for stretch, entries in gone:
            together.setdefault((stretch.bank, stretch.signal_type), []).append(entries)
        for (bank, signal_type), each in together.items():
            self._index.forget(bank, signal_type, np.concatenate(each))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Entries that follow each other and came together."""

    first: int
    last: int
    bank: BankId
    signal_type: SignalType
    source: str
    assurance: Assurance
    added_at: datetime
    expires_at: datetime | None


@dataclass(slots=True)
class _Stretches:
    """Which entries there are. They are numbered upwards, so it grows at its end: who asks meanwhile misses nothing."""

    _stretches: list[_Stretch] = field(default_factory=list)
    _firsts: list[int] = field(default_factory=list)
    _gone: set[int] = field(default_factory=set)  # within the stretches
    _next_expiry: datetime | None = None

    def of(self, entry: int) -> _Stretch | None:
        at = bisect_right(self._firsts, entry) - 1
        if at < 0 or entry in self._gone:
            return None
        stretch = self._stretches[at]
        return stretch if entry <= stretch.last else None

    def newest(self) -> dict[SignalType, datetime]:
        return {each.signal_type: each.added_at for each in self._stretches}  # they lie as they came

    def take_in(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            first, last = int(block.ids[0]), int(block.ids[-1])
            if last - first + 1 > len(block):
                self._gone.update(set(range(first, last + 1)).difference(block.ids.tolist()))
            self._stretches.append(
                _Stretch(
                    first,
                    last,
                    block.bank,
                    block.signal_type,
                    block.source,
                    block.assurance,
                    block.added_at,
                    block.expires_at,
                )
            )
            self._firsts.append(first)  # last, for `of` looks here first
            self._expect(block.expires_at)

    def forget(self, entries: Iterable[EntryId]) -> list[tuple[_Stretch, NDArray[np.uint64]]]:
        """Say of entries that are gone where they were; those that never came here are left out."""
        found: dict[_Stretch, list[int]] = {}
        for entry in entries:
            stretch = self.of(entry)
            if stretch is not None:
                found.setdefault(stretch, []).append(entry)
                self._gone.add(entry)
        return [(stretch, np.array(ids, np.uint64)) for stretch, ids in found.items()]

    def expired(self, now: datetime) -> list[_Stretch]:
        if self._next_expiry is None or now < self._next_expiry:
            return []
        return [each for each in self._stretches if each.expires_at is not None and each.expires_at <= now]

    def without(self, stretches: Iterable[_Stretch]) -> _Stretches:
        out = set(stretches)
        kept = [each for each in self._stretches if each not in out]
        left = _Stretches(kept, [each.first for each in kept], self._gone)
        for each in kept:
            left._expect(each.expires_at)
        return left

    def _expect(self, expires_at: datetime | None) -> None:
        if expires_at is not None and (self._next_expiry is None or expires_at < self._next_expiry):
            self._next_expiry = expires_at
