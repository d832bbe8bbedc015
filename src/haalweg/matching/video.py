"""Videos against videos: the rule of vPDQ, in every orientation of the asking one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from haalweg.matching.radius_index import RadiusIndex
from haalweg.signals import MATCH_THRESHOLD_BITS, Orientation
from haalweg.signals.video import MOST_FRAMES, matchable_hashes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from haalweg.signals import HashedFrame, HashedPart, VideoSignatures

    Numbers = NDArray[np.int64]

QUERY_PERCENT = 80  # of the asking video's frames that have to be found in an entry, as vPDQ sets it
ENTRY_PERCENT = 0  # of the entry's frames that have to be found in the asking video, as vPDQ sets it

_FRAME_BITS = MOST_FRAMES.bit_length()

_TURNS = tuple(Orientation)


@dataclass(frozen=True, slots=True)
class VideoFound:
    """An entry that shares at least one frame with the asking video; whether that is a match is up to the shares."""

    id: int
    orientation: Orientation  # how the asking video has to be turned to lie over the entry
    query_percent: float  # of the asking video's distinct frames with enough detail: how many the entry has
    entry_percent: float  # of the entry's: how many the asking video has
    distance_bits: int  # of the closest two frames
    timestamp_s: float  # of the asking one of these two
    part: HashedPart  # the same, or the picture framed inside it that came so close

    def is_match(self, query_percent: float = QUERY_PERCENT, entry_percent: float = ENTRY_PERCENT) -> bool:
        """Whether both shares reach what is asked."""
        return self.query_percent >= query_percent and self.entry_percent >= entry_percent


class VideoIndex:
    """Videos, ready to be asked which of them another one shows.

    Any number of threads may ask beside one that adds and removes.
    """

    def __init__(self, entries: Iterable[tuple[int, bytes]]) -> None:
        """Take in ids and packed videos (`signals.video.packed`)."""
        self._held: dict[int, _Held] = {}  # by slot: a number of our own, never used again
        self._slots: dict[int, list[int]] = {}  # by id
        self._following = 0
        self._index = RadiusIndex(np.empty((0, 32), np.uint8))  # of frames, under slot and number
        self.add(entries)

    def add(self, entries: Iterable[tuple[int, bytes]]) -> None:
        """Take in more; one that is flat throughout is never found."""
        codes, ids = [np.empty((0, 32), np.uint8)], [np.empty(0, np.uint64)]
        for number, data in entries:
            hashes = matchable_hashes(data)
            slot, self._following = self._following, self._following + 1
            self._held[slot] = _Held(number, len(hashes))
            self._slots.setdefault(number, []).append(slot)
            codes.append(hashes)
            ids.append(_frames_of(slot, len(hashes)))
        self._index.add(np.concatenate(codes), np.concatenate(ids))  # last: who finds a frame finds its video

    def remove(self, ids: Iterable[int]) -> int:
        """Forget the videos of these ids; how many there were."""
        slots = [slot for number in ids for slot in self._slots.pop(number, ())]
        if slots:
            self._index.remove(np.concatenate([_frames_of(slot, self._held[slot].frames) for slot in slots]))
        for slot in slots:
            del self._held[slot]
        return len(slots)

    def __len__(self) -> int:
        return len(self._held)

    def search(self, asking: VideoSignatures) -> list[VideoFound]:
        """Every entry that shares a frame with the asking video, in any orientation; the largest share first.

        An entry comes once for each orientation, and once more where pictures framed inside the frames are found:
        then a frame counts as found when it or a picture inside it is. Take the first that `is_match`.
        Source: threatexchange 1.2, extensions/vpdq: quality of 50 and more, 31 bits and less, each distinct frame
        counted once. The other orientations and the inner pictures are ours, and can only find more.
        """
        rows = _rows(asking.frames)
        if not rows or not len(self._index):
            return []
        codes = b"".join(bytes(turned.hash) for row in rows for turned in row.part.orientations)
        turns = np.array([len(row.part.orientations) for row in rows])  # all of them, or only as it is shown
        row_of = np.repeat(np.arange(len(rows)), turns)
        turn_of = np.concatenate([np.arange(count) for count in turns.tolist()])
        found = self._index.search(np.frombuffer(codes, np.uint8).reshape(-1, 32), MATCH_THRESHOLD_BITS)
        if not len(found):
            return []
        slots, slot = np.unique(found.id.astype(np.int64) >> _FRAME_BITS, return_inverse=True)
        frame = found.id.astype(np.int64) & ((1 << _FRAME_BITS) - 1)
        pairs = _Pairs(row_of[found.query], turn_of[found.query], slot, frame, found.distance)
        # One that is removed just now is left out, though its frames were found.
        held = [self._held.get(each) for each in slots.tolist()]
        pairs = pairs.only(np.array([each is not None for each in held])[slot])
        whole = np.array([row.part.inner is None for row in rows])[pairs.row]
        answers = [*_shares(pairs.only(whole), [row for row in rows if row.part.inner is None], rows, held)]
        if not whole.all():
            answers += _shares(pairs, rows, rows, held)
        return sorted(answers, key=lambda one: (-one.query_percent, -one.entry_percent, one.distance_bits))


@dataclass(frozen=True, slots=True)
class _Held:
    """A video of the index."""

    id: int
    frames: int  # distinct ones with enough detail


@dataclass(frozen=True, slots=True)
class _Row:
    frame: int
    timestamp_s: float
    part: HashedPart

    def name(self, turn: int) -> bytes:
        return bytes(self.part.orientations[turn].hash)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Hashes of the asking video and of entries that lie within reach of each other; five arrays of one length."""

    row: Numbers
    turn: Numbers
    slot: Numbers  # of the videos that were found, counted from 0
    frame: Numbers  # of that video
    distance: NDArray[np.int32]

    def only(self, chosen: NDArray[np.bool_]) -> _Pairs:
        return _Pairs(self.row[chosen], self.turn[chosen], self.slot[chosen], self.frame[chosen], self.distance[chosen])


def _shares(
    pairs: _Pairs, counted: Sequence[_Row], rows: Sequence[_Row], held: Sequence[_Held | None]
) -> Iterator[VideoFound]:
    group_of = np.zeros((len(_TURNS), len(rows)), np.int64)
    groups = []
    for turn in range(len(_TURNS)):
        turned = [row for row in reversed(counted) if turn < len(row.part.orientations)]
        names = {row.frame: row.name(turn) for row in turned}  # the whole frame's, where it counts
        numbers = {name: number for number, name in enumerate(set(names.values()))}
        group_of[turn] = [numbers[names[row.frame]] if row.frame in names else -1 for row in rows]
        groups.append(len(numbers))
    side = pairs.slot * len(_TURNS) + pairs.turn  # one of these, one answer
    asked = _distinct(side, group_of[pairs.turn, pairs.row], len(rows))
    shown = _distinct(side, pairs.frame, 1 << _FRAME_BITS)
    closest = np.lexsort((pairs.row, pairs.distance, side))
    first = closest[np.unique(side[closest], return_index=True)[1]]
    for at in first.tolist():
        entry, turn, row = held[int(pairs.slot[at])], int(pairs.turn[at]), rows[int(pairs.row[at])]
        if entry is None:
            continue
        yield VideoFound(
            entry.id,
            _TURNS[turn],
            asked[int(side[at])] * 100 / groups[turn],
            shown[int(side[at])] * 100 / entry.frames,
            int(pairs.distance[at]),
            row.timestamp_s,
            row.part,
        )


def _frames_of(slot: int, count: int) -> NDArray[np.uint64]:
    return np.arange(count, dtype=np.uint64) + np.uint64(slot << _FRAME_BITS)


def _rows(frames: Sequence[HashedFrame]) -> list[_Row]:
    return [
        _Row(number, frame.timestamp_s, part)
        for number, frame in enumerate(frames)
        for part in frame.parts
        if not part.too_flat
    ]


def _distinct(side: Numbers, what: Numbers, most: int) -> dict[int, int]:
    """How many different `what`, each below most, every side has."""
    sides, counts = np.unique(np.unique(side * most + what) // most, return_counts=True)
    return dict(zip(sides.tolist(), counts.tolist(), strict=True))
