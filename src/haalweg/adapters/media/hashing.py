"""Pixels to parts, inside a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from haalweg.adapters.media.errors import DecodeError, Trouble
from haalweg.signals import HashedPart, PictureShapeError, hash_orientations, inner_pictures

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from haalweg.signals import Box


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


def _cut_out(rgb: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    return rgb[box.top : box.bottom, box.left : box.right]
