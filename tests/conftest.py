"""What the tests share: pictures that are drawn or come with scikit-image, and the shared photos where they are."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Tests press Ctrl-C; who was started in the background ignores it, and its children would too.
signal.signal(signal.SIGINT, signal.default_int_handler)

os.environ["HAALWEG_LANGUAGE"] = "en"  # sentences are held in English, whatever this machine speaks

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_photos() -> list[Path]:
    """Harmless photos kept beside the project's root, in name order; the test is skipped by name where they are not."""
    photos = sorted((SHARED_DATA / "photos").glob("*.jpg"))
    if not photos:
        pytest.skip("needs ../shared/data/photos, which is not part of the project")
    return photos


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mount a small file system of its own, with these options; skips by name where this machine does not let us."""
    place = tmp_path / "mounted"
    place.mkdir()

    def mount(options: str) -> Path:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", place], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("needs to mount a file system, which this machine does not let us")
        return place

    yield mount
    subprocess.run(["umount", place], capture_output=True, check=False)
