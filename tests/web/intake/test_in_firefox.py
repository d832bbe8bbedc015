"""The page that hashes, in Firefox: its worker gives the value that the core gives, or says that it cannot."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess

import pytest
from PIL import Image

import haalweg
from tests import pictures
from tests.web.chromium import MODULES, SCRIPTS

MOST_BITS_OFF = 2  # by the noise with which Firefox answers a page that reads pixels, where it does

pytestmark = [
    pytest.mark.skipif(
        None in (shutil.which("firefox-esr"), shutil.which("node")) or not MODULES.with_name("node_modules").exists(),
        reason="needs Firefox ESR, node and node's modules: `make browser-tests`",
    ),
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.threat("P3")
def test_firefox_hashes_a_drawn_picture_as_the_core_does(live_server, tmp_path):
    picture, rgb = tmp_path / "one.png", pictures.scene(43)
    Image.fromarray(rgb).save(picture)
    command = ["node", SCRIPTS / "firefox.mjs", MODULES, live_server.url, tmp_path / "profile", picture]
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, timeout=180, check=True)
    seen = json.loads(done.stdout)
    assert seen["trouble"] == []
    assert (seen["found"]["browser"], seen["found"]["said"]) == ("firefox", "Vingerafdruk klaar.")
    (item,) = seen["found"]["exact"]["items"]
    native, (whole, *_) = haalweg.hash_pixels(rgb), item["parts"]
    assert haalweg.PdqHash.from_hex(whole["pdq"]).distance(native.hash) <= MOST_BITS_OFF
    assert (whole["inner"], abs(whole["quality"] - native.quality) <= 1) == (None, True)
    assert item["sha256"] == hashlib.sha256(picture.read_bytes()).hexdigest()
