"""How far the fast samples lie from the reference's own, and how often that sends a picture the slow way.

Run: python benchmarks/pdq_noise.py
`noise_of` in native/src/pdq_internal.hpp must allow well more than what is seen: no share printed here may come near
100 %, except for drawings whose coefficients tie exactly, which always go the slow way.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import skimage.data
from PIL import Image

from haalweg import _native

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

PHOTOS = Path(__file__).resolve().parents[2] / "shared" / "data" / "photos"
NEAR_THE_MEDIAN = 1.0  # coefficients further away keep their bits whatever the noise


def main() -> None:
    print("| pictures | count | noise of coefficients near the median | of gradients | slow way, one / eight |")
    print("|---|---|---|---|---|")
    smaller_frequency = np.minimum(*np.indices((16, 16)))
    for name, pictures in kinds():
        coefficient_share, gradient_share, slow_one, slow_eight, count = 0.0, 0.0, 0, 0, 0
        for rgb in pictures:
            fast, exact = parts(rgb, exact=False), parts(rgb, exact=True)
            allowed, allowed_gradient = _native.pdq_noise(rgb.shape[1], rgb.shape[0])
            median = np.median(exact[1])
            near = (np.abs(exact[1] - median) < NEAR_THE_MEDIAN) | (np.abs(exact[1] + median) < NEAR_THE_MEDIAN)
            shares = (np.abs(fast[1] - exact[1]) / np.asarray(allowed)[smaller_frequency])[near]
            coefficient_share = max(coefficient_share, float(shares.max(initial=0.0)))
            for axis in (0, 1):
                steps = [np.diff(samples, axis=axis) * 100 / 255 for samples in (fast[0], exact[0])]
                gradient_share = max(gradient_share, float(np.abs(steps[0] - steps[1]).max()) / allowed_gradient)
            slow_one += not _native.pdq_settled(rgb, all_orientations=False)
            slow_eight += not _native.pdq_settled(rgb, all_orientations=True)
            count += 1
        print(
            f"| {name} | {count} | {coefficient_share:.0%} of what is allowed | {gradient_share:.0%} |"
            f" {slow_one / count:.1%} / {slow_eight / count:.1%} |",
        )


def parts(rgb: NDArray[np.uint8], *, exact: bool) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    samples, coefficients = np.empty((64, 64), np.float32), np.empty((16, 16), np.float32)
    _native.pdq_parts(rgb, exact, samples, coefficients)
    return samples, coefficients


def kinds() -> Iterator[tuple[str, Iterator[NDArray[np.uint8]]]]:
    data: Any = skimage.data
    sources = [data.astronaut(), data.coffee(), data.chelsea(), data.rocket()]
    sources += [np.asarray(Image.open(path).convert("RGB")) for path in sorted(PHOTOS.glob("*.jpg"))]
    yield "photos as they are", iter(sources)
    for width, height, step in ((200, 150, 2), (1024, 768, 3), (1600, 1004, 3), (4032, 3024, 12), (9000, 7000, 80)):
        yield f"photos at {width} x {height}", (scaled(rgb, width, height) for rgb in sources[::step])
    random = np.random.default_rng(7)
    yield "noise", (random.integers(0, 256, (*random.integers(5, 900, 2), 3), dtype=np.uint8) for _ in range(150))
    yield "drawn: bars, boards, gradients", (drawn(k) for k in range(120))


def scaled(rgb: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    size = (width, height) if rgb.shape[1] >= rgb.shape[0] else (height, width)
    return np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.BICUBIC))


def drawn(k: int) -> NDArray[np.uint8]:
    random = np.random.default_rng(k)
    height, width = (int(side) for side in random.integers(300, 2500, 2))
    y, x = np.mgrid[:height, :width]
    period = int(random.integers(2, 200))
    bars, board = x // period % 2, (x // period + y // period) % 2
    slope, rings = (x + 2 * y) / (width + 2 * height), x * y // period % 7 / 6
    low, high = random.integers(0, 256, 3), random.integers(0, 256, 3)
    return np.asarray(low + (high - low) * np.asarray((bars, board, slope, rings)[k % 4])[..., None], dtype=np.uint8)


if __name__ == "__main__":
    main()
