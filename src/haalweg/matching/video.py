"""Videos against videos: the rule of vPDQ, in every orientation of the asking one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from haalweg.matching.radius_index import RadiusIndex
from haalweg.signals import MATCH_THRESHOLD_BITS, Orientation
from haalweg.signals.video import matchable_hashes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from haalweg.signals import HashedFrame, HashedPart, VideoSignatures

    Numbers = NDArray[np.int64]

QUERY_PERCENT = 80  # of the asking video's frames that have to be found in an entry, as vPDQ sets it
ENTRY_PERCENT = 0  # of the entry's frames that have to be found in the asking video, as vPDQ sets it

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
    """Videos, ready to be asked which of them another one shows. Any number of threads may ask it."""

    def __init__(self, entries: Iterable[tuple[int, bytes]]) -> None:
        """Take in ids and packed videos (`signals.video.packed`); one that is flat throughout is never found."""
        hashes = [(number, matchable_hashes(data)) for number, data in entries]
        self._ids = [number for number, _ in hashes]
        self._lengths = np.array([len(found) for _, found in hashes], np.int64)
        self._owner = np.repeat(np.arange(len(hashes)), self._lengths)
        self._index = RadiusIndex(np.concatenate([np.empty((0, 32), np.uint8), *(found for _, found in hashes)]))

    def __len__(self) -> int:
        return len(self._ids)

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
        found = self._index.search(np.frombuffer(codes, np.uint8).reshape(-1, 32), MATCH_THRESHOLD_BITS)
        if not len(found):
            return []
        pairs = _Pairs(found.query // len(_TURNS), found.query % len(_TURNS), found.id.astype(np.int64), found.distance)
        whole = np.array([row.part.inner is None for row in rows])[pairs.row]
        answers = [*self._shares(pairs.only(whole), [row for row in rows if row.part.inner is None], rows)]
        if not whole.all():
            answers += self._shares(pairs, rows, rows)
        return sorted(answers, key=lambda one: (-one.query_percent, -one.entry_percent, one.distance_bits))

    def _shares(self, pairs: _Pairs, counted: Sequence[_Row], rows: Sequence[_Row]) -> Iterator[VideoFound]:
        group_of = np.zeros((len(_TURNS), len(rows)), np.int64)
        groups = []
        for turn in range(len(_TURNS)):
            names = {row.frame: row.name(turn) for row in reversed(counted)}  # the whole frame's, where it counts
            numbers = {name: number for number, name in enumerate(set(names.values()))}
            group_of[turn] = [numbers[names[row.frame]] if row.frame in names else -1 for row in rows]
            groups.append(len(numbers))
        owner = self._owner[pairs.entry_row]
        side = owner * len(_TURNS) + pairs.turn  # one of these, one answer
        asked = _distinct(side, group_of[pairs.turn, pairs.row], len(rows))
        held = _distinct(side, pairs.entry_row, len(self._owner))
        closest = np.lexsort((pairs.row, pairs.distance, side))
        first = closest[np.unique(side[closest], return_index=True)[1]]
        for at in first.tolist():
            entry, turn, row = int(owner[at]), int(pairs.turn[at]), rows[int(pairs.row[at])]
            yield VideoFound(
                self._ids[entry],
                _TURNS[turn],
                asked[int(side[at])] * 100 / groups[turn],
                held[int(side[at])] * 100 / int(self._lengths[entry]),
                int(pairs.distance[at]),
                row.timestamp_s,
                row.part,
            )


@dataclass(frozen=True, slots=True)
class _Row:
    frame: int
    timestamp_s: float
    part: HashedPart

    def name(self, turn: int) -> bytes:
        return bytes(self.part.orientations[turn].hash)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Hashes of the asking video and of entries that lie within reach of each other; four arrays of one length."""

    row: Numbers
    turn: Numbers
    entry_row: Numbers
    distance: NDArray[np.int32]

    def only(self, chosen: NDArray[np.bool_]) -> _Pairs:
        return _Pairs(self.row[chosen], self.turn[chosen], self.entry_row[chosen], self.distance[chosen])


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
