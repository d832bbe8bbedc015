"""A source's feed, taken into a store page by page: what it takes back first, and nothing of anybody else's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from haalweg.banks.entries import NO_QUALITY, Assurance, BankKind, BankSettings, checked_name
from haalweg.banks.errors import BankError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from haalweg.banks.changes import Cursor
    from haalweg.banks.feed import FeedBank, FeedEntry, FeedPage
    from haalweg.banks.store import BankStore, Followed
    from haalweg.signals import SignalType

FREE_GROWTH = 1_000  # entries that may come in one fetch, however few there were

_MOST_NAME = 100


@dataclass(frozen=True, slots=True)
class Position:
    """How far a source was followed."""

    epoch: bytes | None  # None: never yet
    cursor: Cursor | None  # None: the next page is to begin at the very start
    turn: int  # how often everything was fetched anew
    is_replacing: bool  # a turn has begun and is not over: what it does not name stays until it is
    held: int  # entries of it that came and were not taken back
    came: int  # of these in the fetch that is under way
    heard_at: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class NewFollowed:
    """Entries of one bank that have everything in common but their values and names."""

    signal_type: SignalType
    assurance: Assurance
    expires_at: datetime | None
    refs: tuple[bytes, ...]
    values: tuple[bytes, ...]
    qualities: tuple[int, ...]  # NO_QUALITY for none


class Outcome(StrEnum):
    """What became of a page."""

    TAKEN = "taken"
    NOT_NEXT = "not_next"  # one that came before, or after one that was lost: ask with `Following.cursor`
    START_OVER = "start_over"  # of another epoch, and not its beginning: ask for everything
    HELD = "held"  # too much came at once: a person has to look


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a page, in numbers. Withdrawals were carried out whatever the outcome."""

    outcome: Outcome
    came: int = 0
    gone: int = 0
    refused: int = 0  # withdrawn from this store before
    skipped: int = 0  # unreadable, expired, or of a bank that is not taken in
    held_back: int = 0  # would have come, and may not by themselves
    more: bool = False  # the source has more right now
    troubles: tuple[str, ...] = ()  # why banks of it are not taken in that should be


class Following:
    """One source, followed into a store.

    Each of its banks becomes a bank of its own here, `<SOURCE>_<BANK>`. Position, names and entries are kept in one
    step, so after a crash it goes on where it was.
    """

    def __init__(
        self,
        store: BankStore,
        source: str,
        *,
        most_assurance: Assurance = Assurance.SELF_REPORTED,
        takes_negative: bool = False,
    ) -> None:
        """most_assurance: what the contract with the source lets it say; more than that counts as `self_reported`.

        takes_negative: whether its negative banks come in, which free what is near them from every match, also from
        matches with the banks of others.
        """
        if len(checked_name(source)) > _MOST_NAME:
            raise BankError(f"A source's name of {len(source)} characters: at most {_MOST_NAME}.")
        self._store = store
        self._source = source
        self._most_assurance = most_assurance
        # One whose matches are reported by law never comes from a source: it is there under an agreement of one's own.
        self._kinds = {BankKind.POSITIVE, BankKind.NEGATIVE} if takes_negative else {BankKind.POSITIVE}

    def position(self, *, now: datetime) -> Position:
        """How far it has come; its cursor is what to ask with, None: for everything."""
        with self._store.following(self._source, now=now) as followed:
            return followed.position

    def start_over(self, *, now: datetime) -> None:
        """Ask for everything anew: the source does not know the cursor. What is here stays until that is done."""
        with self._store.following(self._source, now=now) as followed:
            followed.position = replace(followed.position, epoch=None, cursor=None)

    def take_in(self, page: FeedPage, *, now: datetime, may_grow: bool = False) -> TakenIn:
        """Take in a page. may_grow: a person has looked, and so much may come at once."""
        # First, of every page, and in a step of its own: what we are told is taken back must not match, whatever else
        # is wrong with the page.
        gone = self._let_go(page.withdrawn, now) if page.withdrawn else 0
        with self._store.following(self._source, now=now) as followed:
            outcome = self._fits(followed, page)
            if outcome is not Outcome.TAKEN:
                return TakenIn(outcome, gone=gone)
            taken = self._take_entries(followed, page, now, may_grow=may_grow)
            followed.position = replace(followed.position, heard_at=now)
            return replace(taken, gone=taken.gone + gone)

    # What follows is for the methods above.

    def _let_go(self, refs: Sequence[bytes], now: datetime) -> int:
        with self._store.following(self._source, now=now) as followed:
            gone = followed.let_go(refs)
            followed.position = replace(followed.position, held=followed.position.held - gone)
        return gone

    def _fits(self, followed: Followed, page: FeedPage) -> Outcome:
        """Whether the page is the next one; where it begins another epoch, begin a turn."""
        at = followed.position
        if page.epoch == at.epoch:
            return Outcome.TAKEN if page.after == at.cursor else Outcome.NOT_NEXT
        if page.after is not None:
            followed.position = replace(at, epoch=None, cursor=None)
            return Outcome.START_OVER
        followed.position = replace(at, epoch=page.epoch, cursor=None, turn=at.turn + 1, is_replacing=True, came=0)
        return Outcome.TAKEN

    def _take_entries(self, followed: Followed, page: FeedPage, now: datetime, *, may_grow: bool) -> TakenIn:
        known = followed.known([entry.ref for entry in page.entries])
        wanted_banks = {bank.name: bank for bank in page.banks if bank.kind in self._kinds}
        troubles = {name: self._trouble_with(followed, bank) for name, bank in wanted_banks.items()}
        banks = {name: bank for name, bank in wanted_banks.items() if troubles[name] is None}
        new = [entry for entry in page.entries if entry.ref not in known]
        wanted = [entry for entry in new if entry.bank in banks and not _is_over(entry, now)]
        if not may_grow and self._grows_too_much(followed.position, len(wanted)):
            return TakenIn(Outcome.HELD, skipped=page.skipped, held_back=len(wanted))
        followed.name(list(known))
        came = sum(self._take_bank(followed, banks[name], each) for name, each in _by_bank(wanted))
        at = followed.position
        followed.position = replace(at, cursor=page.cursor, held=at.held + came, came=at.came + came)
        if self._most_assurance is Assurance.SEEN:  # otherwise they may not say that anybody saw it
            followed.confirm(dict(page.confirmed), now=now)
        gone = 0 if page.more else _end_fetch(followed)
        return TakenIn(
            Outcome.TAKEN,
            came,
            gone,
            len(wanted) - came,
            page.skipped + len(new) - len(wanted),
            more=page.more and page.cursor != page.after,
            troubles=tuple(each for each in troubles.values() if each is not None),
        )

    def _grows_too_much(self, at: Position, more: int) -> bool:
        if at.turn == 1 and at.is_replacing:
            return False  # the first time everything is new
        before = at.held - at.came
        return at.came + more > max(FREE_GROWTH, before // 2)

    def _trouble_with(self, followed: Followed, bank: FeedBank) -> str | None:
        """Why a bank cannot be one here, and so is left out; the others are taken in."""
        try:
            own = checked_name(self._own_name(bank))
        except BankError:
            length = len(self._own_name(bank))
            return f"A bank is left out: its name here would have {length} characters. Give the source a shorter one."
        return followed.trouble_with(own, bank.kind)

    def _own_name(self, bank: FeedBank) -> str:
        return f"{self._source}_{bank.name}"

    def _take_bank(self, followed: Followed, bank: FeedBank, entries: Iterable[FeedEntry]) -> int:
        together: dict[tuple[SignalType, Assurance, datetime | None], list[FeedEntry]] = defaultdict(list)
        for entry in entries:
            together[entry.signal_type, self._assured(entry.assurance), entry.expires_at].append(entry)
        return sum(
            followed.take_in(self._own_name(bank), bank.kind, _no_wider(bank.settings), _together(*common, each))
            for common, each in together.items()
        )

    def _assured(self, said: Assurance) -> Assurance:
        return said if said.rank <= self._most_assurance.rank else Assurance.SELF_REPORTED


def _end_fetch(followed: Followed) -> int:
    at = followed.position
    gone = followed.let_go_unnamed() if at.is_replacing else 0
    followed.position = replace(at, is_replacing=False, held=at.held - gone, came=0)
    return gone


def _is_over(entry: FeedEntry, now: datetime) -> bool:
    return entry.expires_at is not None and entry.expires_at <= now


def _by_bank(entries: Iterable[FeedEntry]) -> list[tuple[str, list[FeedEntry]]]:
    banks: dict[str, list[FeedEntry]] = defaultdict(list)
    for entry in entries:
        banks[entry.bank].append(entry)
    return list(banks.items())


def _no_wider(said: BankSettings) -> BankSettings:
    """A source may have its bank match less than ours do by themselves, never more."""
    ours = BankSettings()
    return BankSettings(
        min(ours.threshold_bits, said.threshold_bits),
        max(ours.video_query_percent, said.video_query_percent),
        max(ours.video_entry_percent, said.video_entry_percent),
    )


def _together(
    signal_type: SignalType, assurance: Assurance, expires_at: datetime | None, entries: Sequence[FeedEntry]
) -> NewFollowed:
    return NewFollowed(
        signal_type,
        assurance,
        expires_at,
        tuple(entry.ref for entry in entries),
        tuple(entry.value for entry in entries),
        tuple(NO_QUALITY if entry.quality is None else entry.quality for entry in entries),
    )
