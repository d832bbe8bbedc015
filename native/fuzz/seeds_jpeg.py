"""Small files in every sampling and table for fuzz_jpeg.cpp to start from: python native/fuzz/seeds_jpeg.py FOLDER."""

import itertools
import sys
from pathlib import Path
from typing import Any

from PIL import Image

TABLES: list[dict[str, Any]] = [{}, {"optimize": True}, {"restart_marker_rows": 8}]
SIDES = (
    512,
    768,
    960,
    2048,
)  # of each the reader keeps another part of a block; nearly flat, so that the files stay small


def drawn(side: int) -> Image.Image:
    picture = Image.linear_gradient("L").resize((side, side), Image.Resampling.NEAREST).convert("RGB")
    picture.paste((200, 80, 40), (60, 100, 200, 180))
    return picture


for number, (sampling, tables) in enumerate(itertools.product((0, 1, 2), TABLES)):
    drawn(SIDES[0]).save(Path(sys.argv[1]) / f"{number}.jpg", "JPEG", quality=10, subsampling=sampling, **tables)
for side in SIDES:
    drawn(side).convert("L").save(Path(sys.argv[1]) / f"grey-{side}.jpg", "JPEG", quality=10)
