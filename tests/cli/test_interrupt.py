"""Ctrl-C keeps what was printed and leaves no process behind; neither does a killed parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

HAALWEG = Path(sys.executable).with_name("haalweg")
FILES = 400


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "noise.png"
    noise = np.random.default_rng(1).integers(0, 256, (1200, 1600, 3), dtype=np.uint8)
    Image.fromarray(noise).save(path, compress_level=1)
    return path


@pytest.fixture
def working(large):
    """A `haalweg hash` in the middle of its work, in a group of its own as a terminal would start it."""
    process = subprocess.Popen(
        [HAALWEG, "hash", "--workers", "2", *[large] * FILES],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdout, process.stderr):
        assert pipe is not None
        pipe.close()


def children(pid):
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return found


def wait_until_gone(pids):
    deadline = time.monotonic() + 30
    while alive := [pid for pid in pids if Path(f"/proc/{pid}/stat").exists() and state(pid) != "Z"]:
        assert time.monotonic() < deadline, f"still there: {alive}"
        time.sleep(0.05)


def state(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "Z"


def test_ctrl_c_keeps_what_was_printed_and_leaves_nothing_running(working):
    first = working.stdout.readline()
    workers = children(working.pid)
    assert workers
    os.killpg(working.pid, signal.SIGINT)
    out, err = working.communicate(timeout=60)
    rows = (first + out).splitlines()
    assert working.returncode == 130
    assert err.decode() == "Interrupted. What was printed so far is right and complete.\n"
    assert 1 <= len(rows) < FILES
    assert len(set(rows)) == 1
    wait_until_gone(workers)


def test_workers_end_when_their_parent_is_killed(working):
    working.stdout.readline()
    workers = children(working.pid)
    assert workers
    working.kill()
    wait_until_gone(workers)


def test_a_closed_pipe_is_no_traceback(working):
    working.stdout.readline()
    working.stdout.close()
    assert working.stderr.read() == b""
    assert working.wait(timeout=60) == 2
