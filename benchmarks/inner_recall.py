"""How often a framed photo is found again: recall of whole and inner pictures at 31 bits, over ../shared/data/photos.

Run: python benchmarks/inner_recall.py
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageOps

from haalweg import _native
from haalweg.signals import MATCH_THRESHOLD_BITS, hash_pixels, inner_pictures

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))
from first_look import screenshot

if TYPE_CHECKING:
    from collections.abc import Callable

PHOTOS = Path(__file__).resolve().parents[2] / "shared" / "data" / "photos"
FRAMES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "dark chat screenshot": screenshot,
    "letterbox of 4 %, black": lambda photo: ImageOps.expand(photo, (0, photo.height // 25), (0, 0, 0)),
    "letterbox of 10 %, black": lambda photo: ImageOps.expand(photo, (0, photo.height // 10), (0, 0, 0)),
    "border of 20 pixels, white": lambda photo: ImageOps.expand(photo, 20, (255, 255, 255)),
}


def main() -> None:
    """Print one row a frame."""
    photos = [Image.open(path).convert("RGB") for path in sorted(PHOTOS.glob("*.jpg"))]
    hashed = [(photo, hash_pixels(np.asarray(photo))) for photo in photos]
    kept = [(photo, found.hash) for photo, found in hashed if not found.too_flat]
    boxes = sum(len(inner_pictures(np.asarray(photo))) for photo, _ in kept)
    print(
        f"{len(kept)} photos of quality 50 and more; {boxes} boxes found in them as they are ({_native.isa_name()})\n"
    )
    print("| frame | whole only | whole and inner |\n|---|---|---|")
    for name, frame in FRAMES.items():
        whole = both = 0
        for photo, wanted in kept:
            rgb = np.asarray(frame(photo))
            near = hash_pixels(rgb).hash.distance(wanted) <= MATCH_THRESHOLD_BITS
            cuts = (rgb[box.top : box.bottom, box.left : box.right] for box in inner_pictures(rgb))
            whole += near
            both += near or any(hash_pixels(cut).hash.distance(wanted) <= MATCH_THRESHOLD_BITS for cut in cuts)
        print(f"| {name} | {whole / len(kept):.2f} | {both / len(kept):.2f} |")


if __name__ == "__main__":
    main()
