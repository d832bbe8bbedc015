"""Traces in memory, ready to be asked which of their photos a picture was made from. A lead, never a match."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from haalweg import _native
from haalweg.signals import Box, TraceKind
from haalweg.signals.pdq import checked_pixels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from haalweg.signals import Trace

POSSIBLE_SCORE = 12.0  # from here on worth a person's look; docs/explanation/trace.md has the measurements
PROBABLE_SCORE = 25.0  # from here on only what shares its very pixels was ever seen

_GRID = 8


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
        width, height, rows = self._native.search(pixels, least)
        return [_recognised(row, (width, height), (pixels.shape[1], pixels.shape[0])) for row in rows]


def _recognised(row: _native.RecognisedRow, searched: tuple[int, int], picture: tuple[int, int]) -> Recognised:
    id_, fake, derived, mirrored, score, points, width, height, agreeing, altered, share, transform = row

    def boxes(cells: int) -> tuple[Box, ...]:
        scale_x, scale_y, shift_x, shift_y = transform
        across = [scale_x * width * column / _GRID + shift_x for column in range(_GRID + 1)]
        down = [scale_y * height * line / _GRID + shift_y for line in range(_GRID + 1)]
        if mirrored:
            across = [searched[0] - x for x in across]
        x = [min(picture[0], max(0, round(at * picture[0] / searched[0]))) for at in across]
        y = [min(picture[1], max(0, round(at * picture[1] / searched[1]))) for at in down]
        found = (
            Box(min(x[left], x[right]), y[top], max(x[left], x[right]), y[bottom])
            for left, top, right, bottom in _rectangles(cells)
        )
        return tuple(box for box in found if box.left < box.right and box.top < box.bottom)

    kind = RecognisedKind.DERIVED if derived else RecognisedKind.SAME_PHOTO
    of = TraceKind.FAKE if fake else TraceKind.SOURCE
    return Recognised(id_, kind, score, points, mirrored, boxes(agreeing), boxes(altered), round(100 * share), of)


def _rectangles(cells: int) -> list[tuple[int, int, int, int]]:
    """Cover the cells (bit 8 * row + column) with rectangles: left, top, right, bottom, the ends not part of it."""
    runs: list[tuple[int, int, int, int]] = []
    open_runs: dict[tuple[int, int], int] = {}
    for line in range(_GRID + 1):
        columns = cells >> (_GRID * line) & 0xFF if line < _GRID else 0
        here = set(_runs(columns))
        ended = [run for run in open_runs if run not in here]
        runs += [(left, open_runs.pop((left, right)), right, line) for left, right in ended]
        for run in here:
            open_runs.setdefault(run, line)
    return sorted(runs, key=lambda run: (run[1], run[0]))


def _runs(columns: int) -> list[tuple[int, int]]:
    found, start = [], None
    for column in range(_GRID + 1):
        is_set = bool(columns >> column & 1)
        if is_set and start is None:
            start = column
        elif not is_set and start is not None:
            found.append((start, column))
            start = None
    return found
