"""Fills the command-line reference from the commands themselves, so that it cannot go stale."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import Any


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Replace `{{ help bank add }}` by what `haalweg bank add --help` prints."""
    return re.sub(r"\{\{ help ?([\w ]*?) \}\}", lambda found: f"```text\n{help_of(found[1])}```", markdown)


def help_of(command: str) -> str:
    arguments = [sys.executable, "-c", "from haalweg.cli import main; main()", *command.split(), "--help"]
    environment = {**os.environ, "COLUMNS": "100", "HAALWEG_LANGUAGE": "en"}
    answer = subprocess.run(arguments, capture_output=True, text=True, check=True, env=environment)  # noqa: S603 - our own
    return answer.stdout.replace("python -c", "haalweg").replace("Usage: -c", "Usage: haalweg")
