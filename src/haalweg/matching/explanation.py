"""Where a photo and a picture agree: places and boxes of both, never a pixel of either."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from haalweg import _native
from haalweg.matching.trace_index import GRID, POSSIBLE_SCORE, Overlay, overlays, rectangles
from haalweg.signals import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from haalweg.matching.trace_index import Recognised
    from haalweg.signals import FrameView, Trace

Size = tuple[int, int]  # width and height


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a trace keeps of its photo."""

    at: tuple[float, float]  # in pixels of the photo
    shown_at: tuple[float, float] | None  # in pixels of the picture; None: it lies outside, or nothing was recognised
    agrees: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a photo and a picture have in common, and where."""

    recognised: Recognised | None  # its boxes are of the picture
    frame: int  # of the picture
    photo: Size
    picture: Size
    places: tuple[Place, ...]
    agrees: tuple[Box, ...]  # of the photo, as those that follow
    altered: tuple[Box, ...]
    left_out: tuple[Box, ...]
    framed: Box | None  # where only a part of the photo was traced

    @property
    def agreeing(self) -> int:
        """How many places agree."""
        return sum(place.agrees for place in self.places)


def explain(trace: Trace, photo: Size, views: Sequence[FrameView]) -> Explanation:
    """Look for a photo in a picture as a search among many traces does, and say where the two agree.

    trace: as it was made from the photo, which says what was left out. views: the frames of the picture, at least one;
    of several the one that is recognised best, or the first.
    """
    index = _native.TraceIndex()
    index.add(bytes(trace), 0)
    found = [
        (overlay, view.frame)
        for view in views
        for overlay in overlays(index, view.grey, (view.width, view.height), least=POSSIBLE_SCORE)
    ]
    first = views[0]
    overlay, frame = max(found, key=lambda each: each[0].row.score, default=(None, first.frame))
    traced = trace.framed or Box(0, 0, *photo)
    return Explanation(
        overlay.recognised() if overlay else None,
        frame,
        photo,
        overlay.picture if overlay else (first.width, first.height),
        _places(trace, traced, overlay),
        _boxes(overlay.row.agreeing, traced) if overlay else (),
        _boxes(overlay.row.altered, traced) if overlay else (),
        trace.left_out,
        trace.framed,
    )


def _places(trace: Trace, traced: Box, overlay: Overlay | None) -> tuple[Place, ...]:
    across, down = (traced.right - traced.left) / trace.width, (traced.bottom - traced.top) / trace.height
    return tuple(
        Place(
            (traced.left + x * across, traced.top + y * down),
            _shown_at(x, y, overlay) if overlay else None,
            agrees=overlay is not None and bool(overlay.row.agrees[number]),
        )
        for number, (x, y) in enumerate(trace.places.tolist())
    )


def _shown_at(x: float, y: float, overlay: Overlay) -> tuple[float, float] | None:
    across, down = overlay.across(x), overlay.down(y)
    width, height = overlay.picture
    return (across, down) if 0 <= across < width and 0 <= down < height else None


def _boxes(cells: int, traced: Box) -> tuple[Box, ...]:
    left, top, right, bottom = astuple(traced)
    x = [round(left + (right - left) * column / GRID) for column in range(GRID + 1)]
    y = [round(top + (bottom - top) * line / GRID) for line in range(GRID + 1)]
    return tuple(Box(x[a], y[b], x[c], y[d]) for a, b, c, d in rectangles(cells))
