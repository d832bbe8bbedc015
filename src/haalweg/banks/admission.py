"""Which of the signatures that are offered come in: none twice, and none that was withdrawn."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from haalweg.banks.entries import (
    MOST_TEXT_BYTES,
    NO_QUALITY,
    THERE_ALREADY,
    WITHDRAWN_BEFORE,
    Added,
    Assurance,
    NewEntries,
)
from haalweg.banks.errors import BankError
from haalweg.signals import SignalType, SignatureError, Trace
from haalweg.signals.video import matchable_hashes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from numpy.typing import NDArray

_KEY_BYTES = 32
_WORD = 8


@dataclass(frozen=True, slots=True, repr=False)
class Offered:
    """Checked signatures, ready to be compared with what is there."""

    values: NDArray[np.uint8]  # (n, width); (n, 0) where lengths differ
    uneven: tuple[bytes, ...]
    qualities: NDArray[np.uint8]
    keys: NDArray[np.uint8]  # what makes a value the same value, (n, 32) or (n, 16)

    def __len__(self) -> int:
        return len(self.qualities)


@dataclass(frozen=True, slots=True, repr=False)
class Admitted:
    """What becomes of each row of what was offered."""

    new: NDArray[np.int64]  # rows, ascending
    fates: NDArray[np.int64]  # of every row; of a new one THERE_ALREADY, until it gets its id

    def added(self, first: int) -> Added:
        """Number the new ones from first on."""
        ids = self.fates.copy()
        ids[self.new] = np.arange(first, first + len(self.new))
        refused = int((ids == WITHDRAWN_BEFORE).sum())
        return Added(len(self.new), len(ids) - len(self.new) - refused, refused, ids)


def offered(entries: NewEntries, *, now: datetime) -> Offered:
    """Check what is offered. Raises BankError, and names values by their place only."""
    for name, text in (("source", entries.source), ("note", entries.note)):
        if len(text.encode(errors="surrogatepass")) > MOST_TEXT_BYTES:
            raise BankError(f"A {name} of {len(text)} characters: at most {MOST_TEXT_BYTES} bytes are kept.")
    if entries.expires_at is not None and entries.expires_at <= now:
        raise BankError("Entries that would expire before they are there: give a later date.")
    count = len(entries.values)
    qualities = np.full(count, NO_QUALITY, np.uint8) if entries.qualities is None else _qualities(entries)
    if len(qualities) != count:
        raise BankError(f"{count} values with {len(qualities)} qualities: each needs one.")
    width = entries.signal_type.width
    if width is None:
        uneven = tuple(bytes(value) for value in entries.values)
        _check_traces(entries.signal_type, uneven)
        none = np.empty((count, 0), np.uint8)
        return Offered(none, uneven, qualities, keys_of(entries.signal_type, none, uneven))
    values = _fixed(entries, width)
    return Offered(values, (), qualities, values)


def admitted(
    offer: Offered,
    held: Callable[[NDArray[np.uint8]], NDArray[np.bool_]],
    is_withdrawn: Callable[[NDArray[np.int64]], NDArray[np.bool_]],
) -> Admitted:
    """Sort what is offered out. held is asked about keys, is_withdrawn about rows."""
    firsts, inverse = _distinct(offer.keys)
    there = held(offer.keys[firsts])
    refused = np.zeros(len(firsts), bool)
    refused[~there] = is_withdrawn(firsts[~there])
    fresh = ~there & ~refused
    fates = np.where(refused[inverse], WITHDRAWN_BEFORE, THERE_ALREADY).astype(np.int64)
    return Admitted(firsts[fresh], fates)


def covers(held: Assurance, until: datetime | None, offered: Assurance, wanted: datetime | None) -> bool:
    """Whether an entry makes an equal one superfluous: as well assured, and there for as long."""
    lives_as_long = until is None or (wanted is not None and until >= wanted)
    return lives_as_long and held.rank >= offered.rank


def keys_of(signal_type: SignalType, values: NDArray[np.uint8], uneven: tuple[bytes, ...]) -> NDArray[np.uint8]:
    """What makes each value the same value."""
    if signal_type.width is not None:
        return values
    if signal_type is SignalType.VPDQ:
        digests = b"".join(_video_key(video, row) for row, video in enumerate(uneven))
    else:
        digests = b"".join(hashlib.sha256(value).digest() for value in uneven)
    return np.frombuffer(digests, np.uint8).reshape(len(uneven), _KEY_BYTES)


def _check_traces(signal_type: SignalType, values: tuple[bytes, ...]) -> None:
    for row, value in enumerate(values if signal_type is SignalType.TRACE else ()):
        try:
            Trace.from_bytes(value)
        except SignatureError as error:
            raise BankError(f"Value {row + 1}: {error}") from None


def _video_key(video: bytes, row: int) -> bytes:
    # The frames that are matched, whatever their times: lists round these, and a video that was withdrawn would come
    # back as another one.
    try:
        hashes = matchable_hashes(video)
    except SignatureError as error:
        raise BankError(f"Value {row + 1}: {error}") from None
    if not video:
        raise BankError(f"Value {row + 1} is a video without a frame.")
    return hashlib.sha256(hashes.tobytes() if len(hashes) else video).digest()


def _fixed(entries: NewEntries, width: int) -> NDArray[np.uint8]:
    values = entries.values
    if isinstance(values, np.ndarray):
        if values.dtype != np.uint8 or values.shape != (len(values), width):
            raise BankError(f"An array of {values.dtype} with shape {values.shape} where {width} bytes a value belong.")
        return np.ascontiguousarray(values)
    for row, value in enumerate(values):
        if len(value) != width:
            raise BankError(f"Value {row + 1} has {len(value)} bytes where {entries.signal_type} has {width}.")
    return np.frombuffer(b"".join(values), np.uint8).reshape(len(values), width)


def _qualities(entries: NewEntries) -> NDArray[np.uint8]:
    wide = np.asarray(entries.qualities, np.int64)
    if ((wide < 0) | ((wide > 100) & (wide != NO_QUALITY))).any():
        raise BankError("A quality that is not between 0 and 100.")
    return wide.astype(np.uint8)


def _distinct(keys: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first row of each value, in order, and for each row which of those it equals."""
    if not len(keys):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    whole = np.pad(keys, ((0, 0), (0, -keys.shape[1] % _WORD))).view(np.uint64)
    order = np.lexsort(whole.T)  # stable: of equal values the first row comes first
    begins = np.r_[True, (whole[order[1:]] != whole[order[:-1]]).any(axis=1)]
    first_of = np.empty(len(keys), np.int64)
    first_of[order] = order[begins][np.cumsum(begins) - 1]
    firsts = np.flatnonzero(first_of == np.arange(len(keys)))
    return firsts, np.searchsorted(firsts, first_of)
