"""Harmless pictures for tests: drawn on the spot, or from scikit-image."""

from __future__ import annotations

import numpy as np
import skimage.data
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]

NAMES = ("astronaut", "coffee", "chelsea", "rocket")


def photo(name: str) -> Rgb:
    """One of scikit-image's colour photos: uint8 (height, width, 3)."""
    return np.ascontiguousarray(getattr(skimage.data, name)())


def noise(height: int, width: int, *, seed: int = 0) -> Rgb:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def flat(height: int, width: int, grey: int = 128) -> Rgb:
    return np.full((height, width, 3), grey, np.uint8)


def bars(height: int, width: int, period: int) -> Rgb:
    """Vertical bars: many coefficients tie exactly, which is where a hash can go wrong."""
    column = (np.arange(width) // period % 2 * 200 + 20).astype(np.uint8)
    return np.ascontiguousarray(np.broadcast_to(column[None, :, None], (height, width, 3)))


def board(height: int, width: int, period: int) -> Rgb:
    y, x = np.mgrid[:height, :width]
    return np.ascontiguousarray(
        np.repeat((((x // period + y // period) % 2) * 255).astype(np.uint8)[..., None], 3, axis=2)
    )


def gradient(height: int, width: int) -> Rgb:
    y, x = np.mgrid[:height, :width]
    return np.stack([x * 255 // max(width - 1, 1), y * 255 // max(height - 1, 1), (x + y) % 256], axis=2).astype(
        np.uint8
    )


def quilt(name: str, side: int, *, seed: int = 0) -> Rgb:
    """One of scikit-image's textures, grey, as fine as it is, to any size: patches of it, turned at random."""
    random, texture, patch = np.random.default_rng(seed), getattr(skimage.data, name)(), 64
    big = np.empty((side + patch, side + patch), np.uint8)
    for y in range(0, side, patch):
        for x in range(0, side, patch):
            top, left = random.integers(0, min(texture.shape) - patch, 2)
            part = np.rot90(texture[top : top + patch, left : left + patch], int(random.integers(4)))
            big[y : y + patch, x : x + patch] = part
    return np.repeat(big[:side, :side, None], 3, axis=2)


def enlarged(rgb: Rgb, height: int, width: int, *, seed: int = 0) -> Rgb:
    """The picture at another size, with a little fine noise so that it is not smooth."""
    from PIL import Image  # noqa: PLC0415 - most tests need no Pillow

    big = np.asarray(Image.fromarray(rgb).resize((width, height), Image.Resampling.BICUBIC)).astype(np.int16)
    grain = np.random.default_rng(seed).integers(-4, 5, big.shape)
    return np.asarray(np.clip(big + grain, 0, 255), dtype=np.uint8)
