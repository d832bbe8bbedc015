"""Django's settings for the type checker: of an installation that is made on the spot."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from haalweg.web.configuration import CONFIGURATION
from haalweg.web.secret import WebSecret

_folder = Path(tempfile.mkdtemp(prefix="haalweg-types-"))
(_folder / "serve.toml").write_text('name = "Hulplijn"\naddress = "http://localhost:8641"\ntry_out = true\n')
WebSecret.make(_folder / "web.secret")
os.environ[CONFIGURATION] = str(_folder / "serve.toml")

from haalweg.web.settings import *  # noqa: E402, F403 - once there is something to read
