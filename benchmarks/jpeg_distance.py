"""How far the fast hash of a JPEG lies from the exact one, over photos that its limits were not chosen on.

Run: python benchmarks/jpeg_distance.py
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import simplejpeg
import skimage.data
from PIL import Image

from haalweg import _native
from haalweg.signals import MATCH_QUALITY, PdqHash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

PHOTOS = Path(__file__).resolve().parents[2] / "shared" / "data" / "photos"
SIDES = (512, 640, 768, 900, 1024, 1500, 2048, 2700)
WAYS: tuple[dict[str, Any], ...] = (
    {"quality": 30},
    {"quality": 50, "subsampling": 0},
    {"quality": 75, "subsampling": 1, "optimize": True},
    {"quality": 90, "restart_marker_rows": 1},
    {"quality": 75, "grey": True},
)
PATCH = 64


def main() -> None:
    """Print one row for each kind of picture and size."""
    # The limits were chosen on the photos of even number.
    photos = [Image.open(path).convert("RGB") for path in sorted(PHOTOS.glob("*.jpg"))[1::2]]
    if not photos:
        sys.exit(f"There are no photos in {PHOTOS}.")
    print("| picture | shorter side | files | median bits | most bits | more than 8 bits | left to the decoder |")
    print("|---|---|---|---|---|---|---|")
    for name, kind in (("photos", scaled), ("photos with grain", grainy), ("grass, gravel and brick", textured)):
        for side in SIDES:
            step = 3 if side <= 1024 else 12
            print_row(f"{name} | {side}", [kind(photo, side, k) for k, photo in enumerate(photos[::step])])
    print_row("noise | 512 to 1024", [noise(512 + 4 * k, k) for k in range(128)])


def print_row(name: str, pictures: list[Image.Image]) -> None:
    """Each picture is written in each way."""
    bits: list[int] = []
    left = 0
    for data in files(pictures):
        exact, quality = _native.pdq_hash(simplejpeg.decode_jpeg(data, "RGB"))
        if quality < MATCH_QUALITY:
            continue
        near = _native.jpeg_hash_near(data, all_orientations=False)
        if near is None:
            left += 1
        else:
            bits.append(PdqHash(near[0][0]).distance(PdqHash(exact)))
    count = len(bits) + left
    median, most = (f"{np.median(bits):g}", str(max(bits))) if bits else ("", "")
    print(
        f"| {name} | {count} | {median} | {most} | {sum(b > 8 for b in bits)} | {left / max(count, 1):.1%} |",
        flush=True,
    )


def files(pictures: list[Image.Image]) -> Iterator[bytes]:
    for picture in pictures:
        for way in WAYS:
            options = {name: value for name, value in way.items() if name != "grey"}
            out = io.BytesIO()
            (picture.convert("L") if "grey" in way else picture).save(out, "JPEG", **options)
            yield out.getvalue()


def scaled(photo: Image.Image, side: int, _: int) -> Image.Image:
    factor = side / min(photo.size)
    width, height = (max(side, round(length * factor)) for length in photo.size)
    return photo.resize((width, height), Image.Resampling.LANCZOS)


def grainy(photo: Image.Image, side: int, seed: int) -> Image.Image:
    rgb = np.asarray(scaled(photo, side, seed)).astype(np.float32)
    grain = np.random.default_rng(seed).normal(0, 8, rgb.shape)
    return Image.fromarray(np.clip(rgb + grain, 0, 255).astype(np.uint8))


def textured(_: Image.Image, side: int, seed: int) -> Image.Image:
    """Patches of a texture as fine as it is, turned at random, so that nothing repeats itself."""
    random = np.random.default_rng(seed)
    texture: NDArray[np.uint8] = getattr(skimage.data, ("grass", "gravel", "brick")[seed % 3])()
    big = np.empty((side + PATCH, side + PATCH), np.uint8)
    for y in range(0, side, PATCH):
        for x in range(0, side, PATCH):
            top, left = random.integers(0, len(texture) - PATCH, 2)
            part = np.rot90(texture[top : top + PATCH, left : left + PATCH], int(random.integers(4)))
            big[y : y + PATCH, x : x + PATCH] = part
    return Image.fromarray(np.ascontiguousarray(big[:side, :side])).convert("RGB")


def noise(side: int, seed: int) -> Image.Image:
    grey = np.random.default_rng(seed).integers(0, 256, (side, side), dtype=np.uint8)
    return Image.fromarray(grey).convert("RGB")


if __name__ == "__main__":
    main()
