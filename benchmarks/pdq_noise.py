"""How far the fast samples lie from the reference's own, and how often that sends a picture the slow way.

Run: python benchmarks/pdq_noise.py
The two constants at the top of native/src/pdq.cpp must be several times the largest figures printed here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

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
    print("| pictures | count | coefficients near the median, most apart | gradients, most apart | slow way, one / eight |")
    print("|---|---|---|---|---|")
    for name, pictures in kinds():
        coefficient_noise, gradient_noise, slow_one, slow_eight, count = 0.0, 0.0, 0, 0, 0
        for rgb in pictures:
            fast, exact = parts(rgb, exact=False), parts(rgb, exact=True)
            near = np.abs(exact[1] - np.median(exact[1])) < NEAR_THE_MEDIAN
            mirrored = np.abs(exact[1] + np.median(exact[1])) < NEAR_THE_MEDIAN
            apart = np.abs(fast[1] - exact[1])[near | mirrored]
            coefficient_noise = max(coefficient_noise, float(apart.max(initial=0.0)))
            for axis in (0, 1):
                steps = [np.diff(samples, axis=axis) * 100 / 255 for samples in (fast[0], exact[0])]
                gradient_noise = max(gradient_noise, float(np.abs(steps[0] - steps[1]).max()))
            slow_one += goes_the_slow_way(exact[1], eight=False)
            slow_eight += goes_the_slow_way(exact[1], eight=True)
            count += 1
        print(
            f"| {name} | {count} | {coefficient_noise:.5f} | {gradient_noise:.5f} |"
            f" {slow_one / count:.1%} / {slow_eight / count:.1%} |",
        )


def parts(rgb: NDArray[np.uint8], *, exact: bool) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    samples, coefficients = np.empty((64, 64), np.float32), np.empty((16, 16), np.float32)
    _native.pdq_parts(rgb, exact, samples, coefficients)
    return samples, coefficients


def goes_the_slow_way(coefficients: NDArray[np.float32], *, eight: bool) -> bool:
    i, j = np.indices((16, 16))
    signs = [1, np.where((i + j) % 2, -1, 1), np.where(i % 2, 1, -1), np.where(j % 2, 1, -1)]
    for sign in signs if eight else signs[:1]:
        ordered = np.sort((coefficients * sign).ravel())
        if ordered[128] - ordered[127] <= 2 * _native.PDQ_COEFFICIENT_NOISE:
            return True
    return False


def kinds() -> Iterator[tuple[str, Iterator[NDArray[np.uint8]]]]:
    sources = [skimage.data.astronaut(), skimage.data.coffee(), skimage.data.chelsea(), skimage.data.rocket()]
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
    shape = (x // period % 2, (x // period + y // period) % 2, (x + 2 * y) / (width + 2 * height), x * y // period % 7 / 6)
    low, high = random.integers(0, 256, 3), random.integers(0, 256, 3)
    return np.asarray(low + (high - low) * np.asarray(shape[k % 4])[..., None], dtype=np.uint8)


if __name__ == "__main__":
    main()
