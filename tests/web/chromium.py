"""What tests in real Chromium share. `make test` installs all that they need; elsewhere they are skipped by name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
MODULES = _ROOT / "web-hasher" / "package.json"  # playwright-core is among its modules
AXE = _ROOT / "web-pages/node_modules/axe-core/axe.min.js"
SCRIPTS = Path(__file__).parent / "browser"

needs_chromium = pytest.mark.skipif(
    None in (shutil.which("chromium"), shutil.which("node"))
    or not AXE.exists()
    or not MODULES.with_name("node_modules").exists(),
    reason="needs Chromium, node and node's modules: `make browser-tests`",
)
