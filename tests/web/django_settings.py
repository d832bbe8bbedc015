"""Django's settings for tests and the type checker: of an installation that is made on the spot."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from haalweg.web.configuration import CONFIGURATION
from haalweg.web.secret import WebSecret

FOLDER = Path(tempfile.mkdtemp(prefix="haalweg-web-"))
(FOLDER / "serve.toml").write_text(
    'name = "Hulplijn De Proef"\naddress = "http://localhost:8641"\ntry_out = true\ndoor = "door/gate.toml"\n'
)
WebSecret.make(FOLDER / "web.secret")
os.environ[CONFIGURATION] = str(FOLDER / "serve.toml")

from haalweg.web.settings import *  # noqa: E402, F403 - once there is something to read

ALLOWED_HOSTS = ["localhost", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests make many accounts
