"""Puts some of the pages that `make shots` drew side by side, for the documentation: doc_pictures.py SHOTS."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
GAP, GROUND = 24, (222, 216, 205)
PHONE = ("start", "files", "check", "own-page")
DESK = ("1280-light-queue", "1280-light-case")


def side_by_side(pages: list[Path], width: int, height: int) -> Image.Image:
    """The tops of some pages, each so wide and high, in few colours."""
    sheet = Image.new("RGB", (len(pages) * (width + GAP) + GAP, height + 2 * GAP), GROUND)
    for number, page in enumerate(pages):
        with Image.open(page) as drawn:
            scaled = drawn.convert("RGB").resize((width, round(drawn.height * width / drawn.width)))
            sheet.paste(scaled.crop((0, 0, width, min(height, scaled.height))), (GAP + number * (width + GAP), GAP))
    return sheet.quantize(64)


def _drawn(shots: Path, kind: str, page: str) -> Path:
    """The picture of a page, whatever its number on the path."""
    (drawn,) = shots.glob(f"{kind}-[0-9][0-9]-{page}.png")
    return drawn


def main() -> None:
    shots = Path(sys.argv[1])
    for language in ("nl", "en"):
        phone = [_drawn(shots, f"{language}-360-light", page) for page in PHONE]
        side_by_side(phone, 360, 780).save(IMAGES / f"helpline-phone.{language}.png", optimize=True)
        desk = [shots / f"desk-{language}-{page}.png" for page in DESK]
        side_by_side(desk, 760, 780).save(IMAGES / f"helpline-desk.{language}.png", optimize=True)


if __name__ == "__main__":
    main()
