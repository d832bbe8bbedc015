"""Parts of a scan: whole or not there, for one scan at a time, and never mixed with those of another."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest

from haalweg.scan.parts import Counts, Part, Parts, ScanError, written
from haalweg.scan.rows import Kind, Row

PLAN = {"version": "1", "bank": "b" * 64, "sources": ["export"]}
PART = Part((Row(Kind.MATCH, "export", "a.jpg", bank="reported", entry=1),), Counts(pictures=3, matched=1))


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "found.csv.parts"


def let_go(parts):
    os.close(parts._held)


def test_a_part_comes_back_as_it_was_put(folder):
    parts = Parts.begin(folder, PLAN)
    assert "x-0" not in parts
    assert parts.get("x-0") is None
    parts.put("x-0", PART)
    assert "x-0" in parts
    assert parts.get("x-0") == PART


@pytest.mark.threat("N4")
def test_nobody_else_can_read_parts(folder):
    parts = Parts.begin(folder, PLAN)
    parts.put("x-0", PART)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_part_that_was_stopped_counts_as_found_but_not_as_done(folder):
    parts = Parts.begin(folder, PLAN)
    parts.put("x-0", PART, stopped=True)
    assert "x-0" not in parts
    assert parts.get("x-0") == PART
    let_go(parts)
    assert Parts.go_on(folder, PLAN).get("x-0") is None


def test_a_scan_that_was_begun_before_is_not_begun_over(folder):
    let_go(Parts.begin(folder, PLAN))
    with pytest.raises(ScanError, match=r"was begun before and did not end. Go on with --resume"):
        Parts.begin(folder, PLAN)


def test_a_scan_killed_before_it_wrote_its_plan_can_be_begun(folder):
    folder.mkdir()
    Parts.begin(folder, PLAN)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"bank": "c" * 64}, "begun with another bank, or that bank has changed since"),
        ({"sources": ["other"]}, "begun with other sources"),
        ({"version": "2"}, "begun with another version of haalweg"),
    ],
)
def test_a_scan_goes_on_only_with_what_it_was_begun_with(folder, change, sentence):
    let_go(Parts.begin(folder, PLAN))
    with pytest.raises(ScanError, match=sentence):
        Parts.go_on(folder, PLAN | change)


def test_nothing_to_go_on_with_is_said(folder):
    with pytest.raises(ScanError, match="no scan with these results was interrupted"):
        Parts.go_on(folder, PLAN)


def test_a_damaged_plan_is_said(folder):
    let_go(Parts.begin(folder, PLAN))
    (folder / "scan.json").write_text("{")
    with pytest.raises(ScanError, match="damaged, so the scan cannot go on"):
        Parts.go_on(folder, PLAN)


def test_a_second_process_is_kept_out(folder):
    Parts.begin(folder, PLAN)
    code = (
        f"from pathlib import Path; from haalweg.scan.parts import Parts; Parts.go_on(Path({str(folder)!r}), {PLAN!r})"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "that scan is running now, in another process" in other.stderr


def test_a_file_is_whole_or_as_it_was(tmp_path):
    path = tmp_path / "found.jsonl"
    written(path, lambda out: out.write(b"first"))

    def fail(out):
        out.write(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(ScanError, match=r"found.jsonl: cannot be written \(No space left on device\)"):
        written(path, fail)
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]
