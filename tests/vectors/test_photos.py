"""The browser's hasher and ours on real photos: the same pixels give the same bits, quality and inner pictures."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import haalweg
from tests.pictures import photo
from tests.vectors.golden import signature

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "web-hasher/build/tests/hash_stdin.js"


def answers(pictures):
    if shutil.which("node") is None or not SCRIPT.exists():
        pytest.skip("needs node and the compiled tests of web-hasher: `make browser-tests`")
    pictures = list(pictures)
    data = b"".join(struct.pack("<II", rgb.shape[1], rgb.shape[0]) + rgb.tobytes() for rgb in pictures)
    lines = subprocess.run(["node", SCRIPT], input=data, capture_output=True, check=True).stdout.splitlines()
    assert len(lines) == len(pictures)
    return zip(pictures, map(json.loads, lines), strict=True)


def compare(pictures):
    for rgb, both in answers(pictures):
        inner = []
        for box in haalweg.inner_pictures(rgb):
            part = np.ascontiguousarray(rgb[box.top : box.bottom, box.left : box.right])
            inner.append([[box.left, box.top, box.right, box.bottom], signature(part)])
        assert both == [{"whole": signature(rgb), "inner": inner}] * 2


def test_photos_of_scikit_image():
    compare(photo(name) for name in ("astronaut", "coffee", "chelsea", "rocket"))


def test_all_shared_photos(shared_photos):
    for at in range(0, len(shared_photos), 50):
        compare(np.asarray(Image.open(path).convert("RGB")) for path in shared_photos[at : at + 50])
