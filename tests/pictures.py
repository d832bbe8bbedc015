"""Harmless pictures for tests: drawn on the spot, or from scikit-image."""

from __future__ import annotations

from functools import lru_cache

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


def blocks(height: int, width: int, block: int, seed: int, levels: int) -> Rgb:
    """Squares of so many pixels a side, of few colours: many coefficients tie, or nearly."""
    small = np.random.default_rng(seed).integers(0, levels, (height // block + 1, width // block + 1, 3))
    drawn = np.kron(small * 255 // (levels - 1), np.ones((block, block, 1)))
    return np.ascontiguousarray(drawn.astype(np.uint8)[:height, :width])


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


@lru_cache(maxsize=64)
def scene(seed: int, height: int = 360, width: int = 480) -> Rgb:
    """A drawn scene with as much in it as a photo: light from one side, things before each other, grain. Read only."""
    from PIL import Image, ImageDraw, ImageFilter  # noqa: PLC0415 - most tests need no Pillow

    random = np.random.default_rng(seed)
    light = np.add.outer(np.linspace(0, random.uniform(20, 60), height), np.linspace(0, random.uniform(20, 90), width))
    image = Image.fromarray((60 + light[..., None] + random.uniform(-30, 40, 3)).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for _ in range(140):
        size = random.uniform(4, 60)
        x, y = random.uniform(0, width), random.uniform(0, height)
        colour = tuple(random.integers(0, 256, 3).tolist())
        corners = [(x + size * random.uniform(-1, 1), y + size * random.uniform(-1, 1)) for _ in range(5)]
        if random.random() < 0.4:
            draw.ellipse((x, y, x + size, y + size * random.uniform(0.3, 1)), fill=colour)
        else:
            draw.polygon(corners, fill=colour)
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(0.7))).astype(np.int16)
    drawn = np.asarray(np.clip(soft + random.normal(0, 4, soft.shape), 0, 255), np.uint8)
    drawn.setflags(write=False)
    return drawn


def redressed(rgb: Rgb, *, seed: int = 0) -> Rgb:
    """A fake of the kind that is sought: a body's place in the middle drawn anew, the rest slightly cropped."""
    from PIL import Image, ImageDraw, ImageFilter  # noqa: PLC0415 - most tests need no Pillow

    height, width = rgb.shape[:2]
    mask = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(mask)
    draw.rounded_rectangle((0.36 * width, 0.3 * height, 0.64 * width, height), 0.1 * width, fill=255)
    draw.ellipse((0.28 * width, 0.3 * height, 0.72 * width, 0.62 * height), fill=255)
    other = Image.fromarray(quilt("brick", max(height, width), seed=seed)[:height, :width])
    made = Image.composite(other, Image.fromarray(rgb), mask.filter(ImageFilter.GaussianBlur(2)))
    return np.asarray(made)[height // 40 : -height // 50, width // 50 : -width // 40]


def enlarged(rgb: Rgb, height: int, width: int, *, seed: int = 0) -> Rgb:
    """The picture at another size, with a little fine noise so that it is not smooth."""
    from PIL import Image  # noqa: PLC0415 - most tests need no Pillow

    big = np.asarray(Image.fromarray(rgb).resize((width, height), Image.Resampling.BICUBIC)).astype(np.int16)
    grain = np.random.default_rng(seed).integers(-4, 5, big.shape)
    return np.asarray(np.clip(big + grain, 0, 255), dtype=np.uint8)
