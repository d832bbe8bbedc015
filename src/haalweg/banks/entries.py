"""What a bank holds: named banks, and entries with where they came from and how long they stay."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

import numpy as np

from haalweg.banks.errors import BankError
from haalweg.signals import MATCH_THRESHOLD_BITS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from haalweg.signals import SignalType

EntryId = NewType("EntryId", int)
BankId = NewType("BankId", int)

MOST_ENTRIES = (1 << 40) - 1  # ids; an index packs an entry's and a bank's into 64 bits
MOST_BANKS = (1 << 24) - 1
THERE_ALREADY, WITHDRAWN_BEFORE = 0, -1  # in place of a new entry's id
NO_QUALITY = 255  # in arrays of qualities: none was given
MOST_TEXT_BYTES = 4000  # of a source or a note, in UTF-8

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,254}\Z")


class BankKind(StrEnum):
    """What a match with a bank means."""

    POSITIVE = "positive"  # a reported picture
    NEGATIVE = "negative"  # harmless and widely seen: what is near it is never a match
    REPORT_BY_LAW = (
        "report_by_law"  # abuse of children, to be reported: for a gate under its own agreement; never goes out
    )


class Assurance(StrEnum):
    """How far an entry is to be trusted, the least first."""

    SELF_REPORTED = "self_reported"
    SPOKEN = "spoken"  # a case worker had contact with the affected person
    SEEN = "seen"  # a platform's moderator looked at their own copy and agreed

    @property
    def rank(self) -> int:
        """0 for the least."""
        return _RANKS[self]


_RANKS = {assurance: rank for rank, assurance in enumerate(Assurance)}


class WithdrawalReason(StrEnum):
    """Why a signature was taken back."""

    ASKED = "asked"  # the affected person takes it back
    UNDER_18 = "under_18"
    MISTAKE = "mistake"
    REVOKED = "revoked"  # by the partner it came from


@dataclass(frozen=True, slots=True)
class BankSettings:
    """How close is close enough for one bank."""

    threshold_bits: int = MATCH_THRESHOLD_BITS  # 0..31
    video_query_percent: int = 80  # of the asking video's frames that have to be found in the entry
    video_entry_percent: int = 0  # of the entry's frames that have to be found in the asking video

    def __post_init__(self) -> None:
        """Raise BankError for what no bank can have."""
        if not 0 <= self.threshold_bits <= MATCH_THRESHOLD_BITS:
            raise BankError(f"A threshold of {self.threshold_bits} bits: it lies between 0 and {MATCH_THRESHOLD_BITS}.")
        for percent in (self.video_query_percent, self.video_entry_percent):
            if not 0 <= percent <= 100:
                raise BankError(f"{percent} % of a video's frames: it lies between 0 and 100.")


@dataclass(frozen=True, slots=True)
class Bank:
    """A named list of entries."""

    id: BankId
    name: str
    kind: BankKind
    settings: BankSettings
    made_at: datetime  # UTC

    @property
    def threshold_bits(self) -> int:
        """Bits that may differ."""
        return self.settings.threshold_bits


def checked_name(name: str) -> str:
    """Give the name back. Raises BankError where no bank may be called so."""
    if not _NAME.match(name):
        raise BankError(
            "A bank's name has 1 to 255 letters from A to Z, digits, - and _, and begins with no -; "
            f"this one has {len(name)} characters. Good: my_bank, HELPLINE-2026."
        )
    return name


@dataclass(frozen=True, slots=True, repr=False)
class NewEntries:
    """Signatures that come together: of one type, from one source, for as long as each other."""

    bank: BankId
    signal_type: SignalType
    values: (
        NDArray[np.uint8] | Sequence[bytes]
    )  # (n, width); of videos as `signals.video.packed` writes them, of traces their bytes
    qualities: NDArray[np.uint8] | Sequence[int] | None = None  # 0..100, 255 for none
    source: str = ""
    assurance: Assurance = Assurance.SELF_REPORTED
    note: str = ""
    expires_at: datetime | None = None  # UTC

    def __repr__(self) -> str:
        return f"NewEntries(<{len(self.values)} of {self.signal_type}>)"


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One signature in a bank, or what is left of it when it was withdrawn."""

    id: EntryId
    bank: BankId
    signal_type: SignalType
    value: bytes | None  # None: withdrawn, and destroyed
    quality: int | None
    source: str
    assurance: Assurance
    note: str
    added_at: datetime  # UTC, as are the others
    expires_at: datetime | None
    withdrawn_at: datetime | None = None

    def __repr__(self) -> str:
        state = "withdrawn" if self.withdrawn_at else "live"
        return f"Entry({self.id}, <{self.signal_type}>, {state})"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of signatures that were offered to a bank."""

    new: int = 0
    there_already: int = 0
    withdrawn_before: int = 0  # and therefore refused
    # Of each value its new entry; THERE_ALREADY or WITHDRAWN_BEFORE where it made none.
    ids: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64), repr=False, compare=False)

    @property
    def first_id(self) -> EntryId | None:
        """The new ones are numbered on from here."""
        new = self.ids[self.ids > 0]
        return EntryId(int(new[0])) if len(new) else None


@dataclass(frozen=True, slots=True, repr=False)
class Block:
    """Live entries of one bank and one signal type, as they lie together; for building an index quickly."""

    bank: BankId
    signal_type: SignalType
    ids: NDArray[np.uint64]  # (n,)
    values: NDArray[np.uint8]  # (n, width); of videos and traces (n, 0)
    uneven: tuple[bytes, ...]  # of videos and traces n values, otherwise none
    qualities: NDArray[np.uint8]  # (n,), 255 for none
    source: str
    assurance: Assurance
    added_at: datetime  # UTC, as is the other
    expires_at: datetime | None

    def __len__(self) -> int:
        return len(self.ids)

    def __repr__(self) -> str:
        return f"Block(<{len(self)} of {self.signal_type}>)"


@dataclass(frozen=True, slots=True)
class Count:
    """How much there is of one signal type in one bank."""

    bank: BankId
    signal_type: SignalType
    live: int = 0
    expired: int = 0
    withdrawn: int = 0
