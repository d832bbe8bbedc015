"""Whether the Dutch is up to date is asked without changing anything, also where it is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PO = "src/haalweg/web/locale/nl/LC_MESSAGES/django.po"

pytestmark = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs gettext: scripts/system-packages.sh")


@pytest.fixture
def copy(tmp_path):
    """All that the script reads, and a text of which there is no Dutch yet."""
    for folder in ("scripts", "src/haalweg/web", "tests/web"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "tests/__init__.py").touch()
    page = tmp_path / "src/haalweg/web/intake/templates/intake/keep.html"
    page.write_text(page.read_text() + '{% translate "A text without Dutch" %}')
    return tmp_path


def test_a_check_that_finds_something_leaves_all_as_it_was(copy):
    folder = (copy / PO).parent
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    command = [copy / "scripts/web_translations.sh", "--check"]
    done = subprocess.run(
        command, env=os.environ | {"PYTHON": sys.executable}, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stderr == f"{PO}: texts without Dutch: 1, with one that is in doubt: 0.\n"
    assert done.returncode == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
