"""Reports that were acknowledged are there, however the processes end. `make storm` is the long run of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

STORM = Path(__file__).resolve().parents[2] / "benchmarks" / "storm.py"


@pytest.mark.threat("K9")
def test_what_was_acknowledged_while_processes_were_killed_is_there_and_nothing_twice():
    done = subprocess.run(
        [sys.executable, STORM, "--reports", "24", "--kills", "6"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "| reports acknowledged | 24 |" in done.stdout
    assert "killed" in done.stdout
