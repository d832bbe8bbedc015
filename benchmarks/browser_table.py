"""The hasher in the page beside ours: bits that differ from the same file, and what a 12-megapixel photo takes.

Run: make browser-tests, then python benchmarks/browser_table.py
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

import haalweg

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[1]
PHOTOS = ROOT.parent / "shared" / "data" / "photos"
SCRIPT = ROOT / "web-hasher/build/tests/hash_in_page.js"
TWELVE_MEGAPIXELS = (4032, 3024)


def main() -> None:
    if not SCRIPT.exists():
        sys.exit("The tests of web-hasher are not compiled: run `make browser-tests` first.")
    photos = sorted(PHOTOS.glob("*.jpg"))
    if not photos:
        sys.exit(f"There are no photos in {PHOTOS}.")
    print("| decoded by Chromium and by us | files | median bits | most | 0 bits | quality off by 2 or more |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        print(compared("photos as they are, JPEG", photos))
        for name, suffix, options in (
            ("photos at 512 pixels, JPEG q85", ".jpg", {"quality": 85}),
            ("photos at 512 pixels, WebP q80", ".webp", {"quality": 80}),
            ("photos at 512 pixels, PNG", ".png", {}),
        ):
            print(compared(name, [smaller(path, Path(folder), suffix, options) for path in photos[::3]]))
        large = []
        for path in photos[::60]:
            to = Path(folder) / f"large-{path.stem}.jpg"
            Image.open(path).convert("RGB").resize(TWELVE_MEGAPIXELS, Image.Resampling.BICUBIC).save(to, quality=90)
            large.append(to)
        rows = in_page(large)
    print("\n| a photo of 4032 x 3024 pixels in the page, after decoding | median ms | most ms |\n|---|---|---|")
    for name, parts in (
        ("reading the pixels from the browser", ["read"]),
        ("eight hashes", ["hash"]),
        ("inner pictures", ["inner"]),
        ("all of it", ["read", "hash", "inner"]),
    ):
        times = [sum(row["ms"][part] for part in parts) for row in rows[1:]]  # the first also warms up
        print(f"| {name} | {statistics.median(times):.0f} | {max(times):.0f} |")


def compared(name: str, paths: list[Path]) -> str:
    bits, quality = [], []
    for path, row in zip(paths, in_page(paths), strict=True):
        ours = haalweg.hash_image(path)
        if ours.quality < 50:
            continue
        bits.append(ours.hash.distance(haalweg.PdqHash.from_hex(row["pdq"])))
        quality.append(abs(ours.quality - row["quality"]))
    same, far = sum(b == 0 for b in bits) / len(bits), sum(q > 1 for q in quality)
    return f"| {name} | {len(bits)} | {statistics.median(bits):.0f} | {max(bits)} | {same:.0%} | {far} |"


def in_page(paths: Iterable[Path]) -> list[dict[str, Any]]:
    done = subprocess.run(["node", SCRIPT, *paths], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def smaller(path: Path, folder: Path, suffix: str, options: dict[str, Any]) -> Path:
    image = Image.open(path).convert("RGB")
    image.thumbnail((512, 512))
    to = folder / f"{path.stem}{suffix}"
    image.save(to, **options)
    return to


if __name__ == "__main__":
    main()
