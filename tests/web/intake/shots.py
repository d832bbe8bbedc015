"""Pictures of every page of the intake, to be looked at: `make shots`. No test: those look at no picture."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests import pictures
from tests.web.chromium import MODULES, SCRIPTS


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_drawn(live_server, tmp_path, language):
    photo, folder = tmp_path / "strand.jpg", Path(os.environ["HAALWEG_SHOTS"])
    Image.fromarray(pictures.scene(5)).save(photo, quality=92)
    command = ["node", SCRIPTS / "shots.mjs", MODULES, live_server.url, language, photo, folder]
    subprocess.run(command, check=True, timeout=300)
    assert len(list(folder.glob(f"{language}-*.png"))) == 72  # 18 pages, on a phone and a desk, light and dark
