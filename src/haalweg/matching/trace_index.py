"""Traces in memory, ready to be asked which of their photos a picture was made from. A lead, never a match."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from haalweg import _native
from haalweg.signals import Box, TraceKind
from haalweg.signals.pdq import checked_pixels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from haalweg.signals import Trace

POSSIBLE_SCORE = 12.0  # from here on worth a person's look; docs/explanation/trace.md has the measurements
PROBABLE_SCORE = 25.0  # from here on only what shares its very pixels was ever seen

GRID = 8  # cells a side, of which a photo's areas are made


class RecognisedKind(StrEnum):
    """What a picture has of a photo."""

    DERIVED = "derived"  # a coherent part of the photo is missing or replaced
    SAME_PHOTO = "same_photo"  # all of it agrees


class LeadLevel(StrEnum):
    """How sure a lead is. Below both there is silence."""

    PROBABLE = "probable"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A photo that was recognised in a picture."""

    id: int
    kind: RecognisedKind
    score: float
    inliers: int  # places that speak for it
    mirrored: bool
    agrees: tuple[Box, ...]  # in pixels of the picture in question
    altered: tuple[Box, ...]
    altered_percent: int  # of the photo's area that can be told, 0..100
    trace_kind: TraceKind

    @property
    def is_lead(self) -> bool:
        """Whether a person should look: a source photo itself is innocent, a fake is not."""
        return self.kind is RecognisedKind.DERIVED or self.trace_kind is TraceKind.FAKE

    @property
    def level(self) -> LeadLevel:
        """How sure it is."""
        return LeadLevel.PROBABLE if self.score >= PROBABLE_SCORE else LeadLevel.POSSIBLE


class TraceIndex:
    """Many traces and one question: which of their photos does a picture come from? Any number of threads may ask.

    Additions and removals are seen by the next search. In memory only.
    """

    def __init__(self) -> None:
        """Begin with no traces."""
        self._native = _native.TraceIndex()

    def add(self, trace: Trace, id: int) -> None:  # noqa: A002 - the promised name
        """Take a trace in. Several may have one id: a search answers with the best of them."""
        self._native.add(bytes(trace), id)

    def remove(self, id: int) -> int:  # noqa: A002 - the promised name
        """Forget every trace of an id; how many there were."""
        return self._native.remove(id)

    def __len__(self) -> int:
        return self._native.size

    @property
    def nbytes(self) -> int:
        """Memory in use."""
        return self._native.nbytes

    def search(self, rgb: NDArray[np.uint8], *, least: float = POSSIBLE_SCORE) -> list[Recognised]:
        """Name the photos that a picture shows or was made from, best first, each id once.

        rgb: as for `hash_pixels`, errors too. least: the score from which on a photo is named.
        """
        pixels = checked_pixels(rgb)
        height, width = pixels.shape[:2]
        return [overlay.recognised() for overlay in overlays(self._native, pixels, (width, height), least=least)]


def overlays(
    index: _native.TraceIndex, pixels: NDArray[np.uint8], picture: tuple[int, int], *, least: float
) -> list[Overlay]:
    """Search as `TraceIndex.search`; say how the picture, so wide and high, lies over what was recognised in it."""
    width, height, rows = index.search(pixels, least)
    return [Overlay(Row(*row), (width, height), picture) for row in rows]


class Row(NamedTuple):
    """What the core says of a photo that it recognised."""

    id: int
    of_a_fake: bool
    derived: bool
    mirrored: bool
    score: float
    inliers: int
    width: int  # of the photo as its trace sees it
    height: int
    agreeing: int  # cells of the photo, bit GRID * row + column
    altered: int
    share_altered: float
    transform: tuple[float, float, float, float]  # scales and shifts, from the photo to the picture as it was searched
    agrees: bytes  # for each point of the trace, whether it speaks for the photo


@dataclass(frozen=True, slots=True)
class Overlay:
    """How a picture lies over a photo that was recognised in it."""

    row: Row
    searched: tuple[int, int]  # width and height
    picture: tuple[int, int]  # the same before it was made smaller for the search

    def across(self, x: float) -> float:
        """Where a column of the photo, as its trace sees it, lies in the picture; beyond its sides too."""
        scale, _, shift, _ = self.row.transform
        at = scale * x + shift
        return (self.searched[0] - at if self.row.mirrored else at) * self.picture[0] / self.searched[0]

    def down(self, y: float) -> float:
        """Where a line of the photo lies in the picture."""
        _, scale, _, shift = self.row.transform
        return (scale * y + shift) * self.picture[1] / self.searched[1]

    def recognised(self) -> Recognised:
        """The answer, as it is promised."""
        row = self.row
        return Recognised(
            row.id,
            RecognisedKind.DERIVED if row.derived else RecognisedKind.SAME_PHOTO,
            row.score,
            row.inliers,
            row.mirrored,
            self._boxes(row.agreeing),
            self._boxes(row.altered),
            round(100 * row.share_altered),
            TraceKind.FAKE if row.of_a_fake else TraceKind.SOURCE,
        )

    def _boxes(self, cells: int) -> tuple[Box, ...]:
        x = [_within(self.across(self.row.width * column / GRID), self.picture[0]) for column in range(GRID + 1)]
        y = [_within(self.down(self.row.height * line / GRID), self.picture[1]) for line in range(GRID + 1)]
        found = (
            Box(min(x[left], x[right]), y[top], max(x[left], x[right]), y[bottom])
            for left, top, right, bottom in rectangles(cells)
        )
        return tuple(box for box in found if box.left < box.right and box.top < box.bottom)


def _within(at: float, side: int) -> int:
    return min(side, max(0, round(at)))


def rectangles(cells: int) -> list[tuple[int, int, int, int]]:
    """Cover the cells (bit 8 * row + column) with rectangles: left, top, right, bottom, the ends not part of it."""
    runs: list[tuple[int, int, int, int]] = []
    open_runs: dict[tuple[int, int], int] = {}
    for line in range(GRID + 1):
        columns = cells >> (GRID * line) & 0xFF if line < GRID else 0
        here = set(_runs(columns))
        ended = [run for run in open_runs if run not in here]
        runs += [(left, open_runs.pop((left, right)), right, line) for left, right in ended]
        for run in here:
            open_runs.setdefault(run, line)
    return sorted(runs, key=lambda run: (run[1], run[0]))


def _runs(columns: int) -> list[tuple[int, int]]:
    found, start = [], None
    for column in range(GRID + 1):
        is_set = bool(columns >> column & 1)
        if is_set and start is None:
            start = column
        elif not is_set and start is not None:
            found.append((start, column))
            start = None
    return found
