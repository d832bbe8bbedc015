"""A day compressed, made short: `make soak` is the long one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SOAK = Path(__file__).resolve().parents[2] / "benchmarks" / "soak.py"


def test_whatever_goes_wrong_no_verdict_is_wrong_and_nothing_acknowledged_is_lost():
    options = ["--checks", "5000", "--batch", "20", "--held", "300", "--seed", "3"]
    done = subprocess.run([sys.executable, SOAK, *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = dict(line.strip("| ").split(" | ") for line in done.stdout.splitlines() if " | " in line)
    assert int(rows["checks"].replace(",", "")) >= 5000
    for what in ("wrong verdicts", "of these lost", "questions without an answer"):
        assert rows[what] == "0"
    for what in ("of entries that had to match", "of entries that were withdrawn"):
        assert int(rows[what].replace(",", "")) > 100
    happened = ("a gate was killed", "source and writer were killed", "the feed stood still")
    for what in (*happened, "the source's bank was put back from a copy"):
        assert rows[what] == "1x"
