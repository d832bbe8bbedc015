"""Altered copies of ../shared/data/photos: how many are found again at 31 bits, and how many unrelated photos match.

Run: python benchmarks/alterations.py            the tables
     python benchmarks/alterations.py --misses   for each framed photo that is missed, where the box lies
"""

from __future__ import annotations

import io
import random
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from layouts import HELD_OUT, TUNED
from PIL import Image, ImageDraw, ImageFont, ImageOps

from haalweg.signals import MATCH_THRESHOLD_BITS, PictureShapeError, hash_orientations, hash_pixels, inner_pictures

if TYPE_CHECKING:
    from collections.abc import Callable

    from layouts import Layout
    from numpy.typing import NDArray

    from haalweg.signals import Box

    Place = tuple[int, int, int, int]

PHOTOS = Path(__file__).resolve().parents[2] / "shared" / "data" / "photos"
# Every second photo was looked at while the search for inner pictures was made; the tables give the others apart.
LOOKED_AT = slice(0, None, 2)


def caption(photo: Image.Image) -> Image.Image:
    image = photo.copy()
    draw = ImageDraw.Draw(image)
    size = max(12, photo.height // 16)
    draw.rectangle((0, photo.height - 2 * size, photo.width, photo.height), fill=(255, 255, 255))
    draw.text(
        (size, photo.height - 3 * size // 2), "look who this is", fill=(0, 0, 0), font=ImageFont.load_default(size)
    )
    return image


def cropped(share: float) -> Callable[[Image.Image], Image.Image]:
    def crop(photo: Image.Image) -> Image.Image:
        across, down = round(photo.width * share / 2), round(photo.height * share / 2)
        return photo.crop((across, down, photo.width - across, photo.height - down))

    return crop


def encoded(quality: int) -> Callable[[Image.Image], Image.Image]:
    return lambda photo: as_jpeg(photo, quality)


def resized(share: float) -> Callable[[Image.Image], Image.Image]:
    return lambda photo: photo.resize(
        (round(photo.width * share), round(photo.height * share)), Image.Resampling.LANCZOS
    )


ALTERATIONS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "JPEG q30": encoded(30),
    "JPEG q50": encoded(50),
    "JPEG q70": encoded(70),
    "JPEG q90": encoded(90),
    "resized 0.25x": resized(0.25),
    "resized 0.5x": resized(0.5),
    "resized 2x": resized(2),
    "mirrored": ImageOps.mirror,
    "rotated 90": lambda photo: photo.transpose(Image.Transpose.ROTATE_90),
    "rotated 180": lambda photo: photo.transpose(Image.Transpose.ROTATE_180),
    "rotated 270": lambda photo: photo.transpose(Image.Transpose.ROTATE_270),
    "caption over the lowest eighth": caption,
    "cropped by 5 %": cropped(0.05),
    "cropped by 10 %": cropped(0.10),
    "cropped by 15 %": cropped(0.15),
}


@dataclass
class Copy:
    """One altered copy of one photo."""

    whole: NDArray[np.uint8]  # (orientations, 32)
    inner: NDArray[np.uint8]  # (parts * orientations, 32)
    overlap: float  # the best box and the true place: their intersection over their union


def as_jpeg(image: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(out).convert("RGB")


def signatures(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    try:
        hashed = hash_orientations(rgb)
    except PictureShapeError:
        return np.empty((0, 32), np.uint8)
    if hashed[0].too_flat:
        return np.empty((0, 32), np.uint8)
    return np.array([np.frombuffer(bytes(one.hash), np.uint8) for one in hashed])


def copy_of(image: Image.Image, place: Place | None) -> Copy:
    rgb = np.asarray(image)
    boxes = inner_pictures(rgb)
    parts = [signatures(np.ascontiguousarray(rgb[box.top : box.bottom, box.left : box.right])) for box in boxes]
    overlap = max((overlap_of(box, place) for box in boxes), default=0.0) if place else 0.0
    return Copy(signatures(rgb), np.concatenate([np.empty((0, 32), np.uint8), *parts]), overlap)


def overlap_of(box: Box, place: Place) -> float:
    left, top, right, bottom = place
    width = min(box.right, right) - max(box.left, left)
    height = min(box.bottom, bottom) - max(box.top, top)
    if width <= 0 or height <= 0:
        return 0.0
    both = (box.right - box.left) * (box.bottom - box.top) + (right - left) * (bottom - top)
    return width * height / (both - width * height)


def copies(path: Path) -> tuple[NDArray[np.uint8], dict[str, Copy]] | None:
    """The photo's own hash and all its copies; None where it is too flat to match."""
    photo = Image.open(path).convert("RGB")
    own = hash_pixels(np.asarray(photo))
    if own.too_flat:
        return None
    found = framed(path, photo, TUNED | HELD_OUT)
    found |= {name: copy_of(alter(photo), None) for name, alter in ALTERATIONS.items()}
    found["as it is"] = copy_of(photo, None)
    return np.frombuffer(bytes(own.hash), np.uint8), found


def framed(path: Path, photo: Image.Image, layouts: dict[str, Layout]) -> dict[str, Copy]:
    found = {}
    for name, layout in layouts.items():
        rng = random.Random(f"{path.name} {name}")
        image, place = layout(photo, rng)
        # As people hold them: a saved screenshot is without loss, one that was sent on is a JPEG.
        found[name] = copy_of(as_jpeg(image, rng.choice((75, 85, 90))) if rng.random() < 0.5 else image, place)
    return found


def misses(path: Path) -> list[str]:
    """For each tuned frame in which the photo is missed: what was found instead."""
    photo = Image.open(path).convert("RGB")
    own = hash_pixels(np.asarray(photo))
    if own.too_flat:
        return []
    lines = []
    for name, copy in framed(path, photo, TUNED).items():
        bits = nearest(np.concatenate([copy.whole, copy.inner]), np.frombuffer(bytes(own.hash), np.uint8))
        if bits > MATCH_THRESHOLD_BITS:
            boxes = len(copy.inner) // 8
            lines.append(f"{name}: {path.name}: {boxes} boxes, overlap {copy.overlap:.3f}, {bits} bits")
    return lines


def distances(hashes: NDArray[np.uint8], to: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Differing bits, (n, m)."""
    ones = np.array([byte.bit_count() for byte in range(256)], np.uint8)
    return np.stack([ones[hashes ^ one].sum(axis=1, dtype=np.int64) for one in to], axis=1).reshape(
        len(hashes), len(to)
    )


def nearest(hashes: NDArray[np.uint8], own: NDArray[np.uint8]) -> int:
    return int(distances(hashes, own[None]).min(initial=256))


def main() -> None:
    paths = sorted(PHOTOS.glob("*.jpg"))
    if not paths:
        sys.exit(f"There are no photos in {PHOTOS}.")
    with ProcessPoolExecutor() as pool:
        if "--misses" in sys.argv:
            print("\n".join(sorted(line for lines in pool.map(misses, paths[LOOKED_AT]) for line in lines)))
            return
        everything = list(pool.map(copies, paths, chunksize=4))
    kept = [(path, *found) for path, found in zip(paths, everything, strict=True) if found is not None]
    print(f"{len(kept)} photos of quality 50 and more.\n")
    print(
        "| alteration | whole only | whole and inner, turned and mirrored | photos not looked at |\n|---|---|---|---|"
    )
    for name in [*ALTERATIONS, *TUNED, *HELD_OUT]:
        whole = [nearest(found[name].whole[:1], own) <= MATCH_THRESHOLD_BITS for _, own, found in kept]
        any_part = np.array(
            [
                nearest(np.concatenate([found[name].whole, found[name].inner]), own) <= MATCH_THRESHOLD_BITS
                for _, own, found in kept
            ]
        )
        unseen = np.delete(any_part, np.s_[LOOKED_AT])
        held = " (held out)" if name in HELD_OUT else ""
        print(f"| {name}{held} | {np.mean(whole):.2f} | {any_part.mean():.2f} | {unseen.mean():.2f} |")
    boxes = sum(len(found["as it is"].inner) // 8 for _, _, found in kept)
    print(f"\nBoxes seen in the {len(kept)} photos as they are: {boxes}.")
    print_false_matches(kept)


def print_false_matches(kept: list[tuple[Path, NDArray[np.uint8], dict[str, Copy]]]) -> None:
    originals = np.stack([own for _, own, _ in kept])
    pairs, near = 0, set()
    for i, (_, _, found) in enumerate(kept):
        for copy in found.values():
            hashes = np.concatenate([copy.whole, copy.inner])
            if not len(hashes):
                continue
            bits = distances(hashes, originals).min(axis=0)
            pairs += len(kept) - 1
            near |= {(i, int(j)) for j in np.flatnonzero(bits <= MATCH_THRESHOLD_BITS) if j != i}
    print(f"Pairs of a copy and an unrelated photo: {pairs:,}; pairs of photos that match: {len(near)}.")
    for i, j in sorted(near):
        print(f"  {kept[i][0].name} and {kept[j][0].name}")


if __name__ == "__main__":
    main()
