"""JPEG bytes to PDQ by low frequencies against `threatexchange`, and how far those hashes lie from the exact ones.

Run: python benchmarks/bench_jpeg.py
"""

from __future__ import annotations

import io
import statistics
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image
from samples import PICTURE_SIZES, jpeg
from threatexchange.signal_type.pdq.signal import PdqSignal
from timing import Row, side_by_side, table

from haalweg import _native
from haalweg.signals import PdqHash

PHOTOS = Path(__file__).resolve().parents[2] / "shared" / "data" / "photos"
GOALS = {0.25: 15, 1.6: 16, 12: 30}
SIDES = (512, 768, 1024, 2048)
WAYS: dict[str, dict[str, int | bool]] = {
    "quality 30": {"quality": 30},
    "quality 50": {"quality": 50},
    "quality 75, 4:4:4": {"quality": 75, "subsampling": 0},
    "quality 75, 4:2:2, optimised": {"quality": 75, "subsampling": 1, "optimize": True},
    "quality 95, restarts": {"quality": 95, "restart_marker_rows": 1},
}


def rows() -> list[Row]:
    """Return (work, ours, peer, ratio, goal) for the three sizes."""
    found: list[Row] = []
    for megapixels, (width, height) in PICTURE_SIZES.items():
        data = jpeg(width, height)
        ms = side_by_side(
            {
                "ours": partial(_native.jpeg_hash_near, data, all_orientations=False),
                "peer": partial(PdqSignal.hash_from_bytes, data),
            },
            rounds=5,
        )
        peer, ratio = f"threatexchange {ms['peer']:.1f} ms", ms["peer"] / ms["ours"]
        name = f"JPEG to near hash, {megapixels} MP"
        found.append((name, f"{ms['ours']:.2f} ms", peer, f"{ratio:.1f}x", f"{GOALS[megapixels]}x"))
    return found


def distances(side: int, options: dict[str, int | bool]) -> list[int]:
    """Bits between the near and the exact hash of every fifth shared photo, brought to that side."""
    found = []
    for path in sorted(PHOTOS.glob("*.jpg"))[::5]:
        photo = Image.open(path)
        out = io.BytesIO()
        photo.convert("RGB").resize((side, side), Image.Resampling.LANCZOS).save(out, "JPEG", **options)
        near = _native.jpeg_hash_near(out.getvalue(), all_orientations=False)
        if near is None:
            raise SystemExit(f"{path.name} at {side} x {side} pixels was not read: the reader takes such files.")
        exact, _ = _native.pdq_hash(np.asarray(Image.open(out).convert("RGB")))
        found.append(PdqHash(near[0][0]).distance(PdqHash(exact)))
    return found


if __name__ == "__main__":
    print(table(rows()))
    print("\n| written as | side | photos | median bits | most bits |\n|---|---|---|---|---|")
    for way, options in WAYS.items():
        for side in SIDES:
            bits = distances(side, options)
            print(f"| {way} | {side} | {len(bits)} | {statistics.median(bits):g} | {max(bits)} |")
