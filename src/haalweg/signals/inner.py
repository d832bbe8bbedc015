"""The picture inside a screenshot, a letterbox or a frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from haalweg import _native
from haalweg.signals.pdq import checked_pixels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle inside a picture, in pixels from its top left corner; right and bottom are not part of it."""

    left: int
    top: int
    right: int
    bottom: int


def inner_pictures(rgb: NDArray[np.uint8]) -> list[Box]:
    """Find the framed pictures inside a screenshot, letterbox, border or story frame, the clearest first, at most four.

    rgb and errors as for `hash_pixels`. An empty list: nothing framed was found. A plain photo rarely gives a box;
    where it does, that costs one hash more and no match is lost.
    """
    return [Box(*corners) for corners in _native.inner_pictures(checked_pixels(rgb))]
