"""What the tests share: pictures that are drawn or come with scikit-image, and the shared photos where they are."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

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
