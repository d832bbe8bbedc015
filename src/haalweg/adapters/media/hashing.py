"""Pixels to parts, inside a worker."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from haalweg.adapters.media.errors import DecodeError, Trouble
from haalweg.signals import HashedPart, PictureShapeError, hash_orientations, inner_pictures, view_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from haalweg.signals import Box, FrameView, PdqHash

_SAME_BITS = 12  # of two frames of one still scene
_RARER_FROM_S = 300  # of a video: from then on not every second is searched any more


def whole(frame: int, rgb: NDArray[np.uint8]) -> HashedPart:
    """Hash a frame as it is. Raises DecodeError where it is too small or too large."""
    try:
        return HashedPart(frame, None, hash_orientations(rgb))
    except PictureShapeError as error:
        height, width = rgb.shape[:2]
        trouble = Trouble.TOO_SMALL if min(width, height) < 5 else Trouble.TOO_MANY_PIXELS
        raise DecodeError(trouble, (width, height)) from error


def whole_and_inner(frame: int, rgb: NDArray[np.uint8]) -> list[HashedPart]:
    """Hash a frame, and the pictures framed inside it. Raises DecodeError as `whole`."""
    as_it_is = whole(frame, rgb)  # first: it says what is too small to be looked into
    inner = (HashedPart(frame, box, hash_orientations(_cut_out(rgb, box))) for box in inner_pictures(rgb))
    return [as_it_is, *inner]


class Views:
    """Which frames of a picture or a video are worth a search for traces, which takes longer than to hash them.

    What shows the same as the last one is left out, and far into a video more and more: two hours are a thousand
    searches.
    """

    def __init__(self) -> None:
        """Begin before the first frame."""
        self._last: PdqHash | None = None
        self._due_s = 0.0

    def of(self, part: HashedPart, rgb: NDArray[np.uint8], timestamp_s: float = inf) -> list[FrameView]:
        """The frame as it is to be searched, or nothing. part: its whole."""
        seen = part.hashed.hash
        if timestamp_s < self._due_s or (self._last is not None and seen.distance(self._last) <= _SAME_BITS):
            return []
        self._last = seen
        self._due_s = timestamp_s + timestamp_s / _RARER_FROM_S if timestamp_s < inf else 0.0
        view = view_of(part.frame, rgb)
        return [] if view is None else [view]


def _cut_out(rgb: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    return rgb[box.top : box.bottom, box.left : box.right]
