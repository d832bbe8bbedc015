"""The part of a picture that was not found by itself is marked in real Chromium, and hashed as it is natively."""

from __future__ import annotations

import json
import os
import subprocess

import numpy as np
import pytest
from PIL import Image

import haalweg
from tests import pictures
from tests.web.chromium import AXE, MODULES, SCRIPTS, needs_chromium

pytestmark = [needs_chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["nl", "en"])
def walk(request, live_server, tmp_path):
    """What was seen, and the pixels of both pictures."""
    drawn = pictures.scene(41)
    empty = np.full_like(drawn, 127)
    small = Image.fromarray(drawn).resize((drawn.shape[1] // 8, drawn.shape[0] // 8))
    empty[: small.height, : small.width] = np.asarray(small)  # too small to be found by itself
    files = [tmp_path / "one.png", tmp_path / "flat.png"]  # of PNG every decoder makes the same pixels
    for rgb, path in zip((drawn, empty), files, strict=True):
        Image.fromarray(rgb).save(path)
    command = ["node", SCRIPTS / "marking.mjs", MODULES, AXE, live_server.url, request.param, tmp_path / "profile"]
    done = subprocess.run([*command, *files], env=os.environ, capture_output=True, text=True, timeout=240, check=True)
    return request.param == "nl", json.loads(done.stdout), drawn, empty


def test_a_part_is_marked_by_keyboard_or_by_tapping_and_hashed_beside_the_whole(walk):
    is_dutch, seen, drawn, empty = walk
    assert seen["trouble"] == []
    assert seen["axe"] == []
    found = seen["found"]
    assert (found["expanded"], found["focus"], found["pictures"]) == (["false", "true"], "left", 0)
    assert found["atFirst"] == {"left": 10, "right": 90, "top": 10, "bottom": 90}
    assert found["label"] == (
        "Lege omtrek met het deel: 10 tot 90 procent van links, 10 tot 90 procent van boven."
        if is_dutch
        else "Empty outline with the part: 10 to 90 percent from the left, 10 to 90 percent from the top."
    )
    assert found["spoken"] == ("25 procent van links" if is_dutch else "25 percent from the left")
    assert (found["least"], found["edges"]) == (35, {"left": 25, "right": 100, "top": 10, "bottom": 70})
    ready = "Vingerafdruk van het deel klaar." if is_dutch else "Fingerprint of the part ready."
    assert found["said"] == ready
    assert found["live"] == f"{'Foto' if is_dutch else 'Photo'} 1: {ready}"
    assert (found["veil"], found["veils"]) == ("grayscale(1) blur(24px)", 0)
    # The part is one more signature of the same file; its bits are those that the core gives for these pixels.
    (item,) = found["first"]["exact"]["items"]
    assert item["parts"][0]["inner"] is None
    assert_is_native(item["parts"], drawn, found["edges"])
    assert ("1 deel dat je aanwees" if is_dutch else "1 part that you marked") in found["first"]["summary"]
    assert found["otherLanguage"] == {
        "said": "Fingerprint of the part ready." if is_dutch else "Vingerafdruk van het deel klaar.",
        "edges": found["edges"],
    }
    # A tap moves one corner; what was made before is let go until it is used again.
    tapped = found["tapped"]["edges"]
    assert (tapped["right"], tapped["bottom"], found["tapped"]["said"]) == (100, 70, "")
    assert abs(tapped["left"] - 40) <= 1
    assert abs(tapped["top"] - 30) <= 1
    assert found["letGo"]
    assert_is_native(found["second"]["exact"]["items"][0]["parts"], drawn, tapped)
    assert found["dropped"] == {"focus": "mark-use", "said": ""}
    assert [part["inner"] for part in found["third"]["exact"]["items"][0]["parts"]] == [None]
    assert ("dat je aanwees" if is_dutch else "that you marked") not in found["third"]["summary"]
    # What holds too little is said to, and a part can make up for a whole that does.
    assert found["poor"].startswith("Op dit deel staat te weinig" if is_dutch else "There is too little in this part")
    assert found["flat"] == ("Vingerafdruk klaar." if is_dutch else "Fingerprint ready.")
    assert_is_native(found["flatSent"], empty, {"left": 0, "right": 25, "top": 0, "bottom": 25})


def assert_is_native(parts, rgb, edges):
    height, width = rgb.shape[:2]
    left, right = width * edges["left"] // 100, -(-width * edges["right"] // 100)
    top, bottom = height * edges["top"] // 100, -(-height * edges["bottom"] // 100)
    native = haalweg.hash_pixels(np.ascontiguousarray(rgb[top:bottom, left:right]))
    assert parts[-1] == {
        "inner": [left, top, right, bottom],
        "quality": native.quality,
        "pdq": native.hash.hex,
    }
