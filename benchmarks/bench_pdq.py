"""PDQ from decoded pixels: ours against `pdqhash`, Meta's C++ behind a thin Python layer.

Run: python benchmarks/bench_pdq.py
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pdqhash
from samples import PICTURE_SIZES, picture
from timing import Row, side_by_side, table

from haalweg import _native

GOALS = {0.25: 75, 1.6: 100, 12: 150}


def rows() -> list[Row]:
    """Return (work, ours, peer, ratio, goal) for the three sizes, one and eight orientations."""
    found: list[Row] = []
    for megapixels, (width, height) in PICTURE_SIZES.items():
        rgb = np.asarray(picture(width, height))
        ms = side_by_side(
            {
                "ours": partial(_native.pdq_hash, rgb),
                "eight": partial(_native.pdq_orientations, rgb),
                "exact": partial(_native.pdq_hash, rgb, _native.PdqWay.exact_only),
                "peer": partial(pdqhash.compute, rgb),
            },
            rounds=5,
        )
        name = f"PDQ from pixels, {megapixels} MP"
        ratio = ms["peer"] / ms["ours"]
        found += [
            (name, f"{ms['ours']:.3f} ms", f"pdqhash {ms['peer']:.1f} ms", f"{ratio:.0f}x", f"{GOALS[megapixels]}x"),
            (
                f"{name}, all eight orientations",
                f"{ms['eight']:.3f} ms",
                f"one orientation {ms['ours']:.3f} ms",
                f"{ms['eight'] / ms['ours']:.2f}x",
                "1.1x at most",
            ),
            (
                f"{name}, where a tie sends it the slow way",
                f"{ms['exact']:.2f} ms",
                f"pdqhash {ms['peer']:.1f} ms",
                f"{ms['peer'] / ms['exact']:.0f}x",
                "",
            ),
        ]
    return found


if __name__ == "__main__":
    print(table(rows()))
