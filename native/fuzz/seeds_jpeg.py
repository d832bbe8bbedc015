"""Small files in every sampling and table for fuzz_jpeg.cpp to start from: python native/fuzz/seeds_jpeg.py FOLDER."""

import itertools
import sys
from pathlib import Path
from typing import Any

from PIL import Image

SIDE = 512  # the least that the reader takes; nearly flat, so that a file stays small
TABLES: list[dict[str, Any]] = [{}, {"optimize": True}, {"restart_marker_rows": 8}]

picture = Image.linear_gradient("L").resize((SIDE, SIDE), Image.Resampling.NEAREST).convert("RGB")
picture.paste((200, 80, 40), (60, 100, 200, 180))
for number, (sampling, tables) in enumerate(itertools.product((0, 1, 2), TABLES)):
    picture.save(Path(sys.argv[1]) / f"{number}.jpg", "JPEG", quality=10, subsampling=sampling, **tables)
picture.convert("L").save(Path(sys.argv[1]) / "grey.jpg", "JPEG", quality=10)
