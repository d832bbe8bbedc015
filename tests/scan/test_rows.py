"""A row means the same in JSON lines, CSV and Parquet, and carries nothing that a reader would obey."""

from __future__ import annotations

import csv
import json
import re
import stat
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet
import pytest

from haalweg.scan.parts import ScanError
from haalweg.scan.results import write_results
from haalweg.scan.rows import COLUMNS, Kind, Row, as_json, from_json
from haalweg.signals import Box

FULL = Row(
    Kind.MATCH,
    "export",
    "photos/photo_1.jpg",
    bank="reported",
    entry=7,
    signal_type="pdq",
    distance_bits=4,
    orientation="flip_y",
    inner=Box(0, 600, 1080, 1410),
    quality=100,
    sha256="0" * 64,
    posted_at=datetime(2026, 11, 1, 12, 30, tzinfo=UTC),
    chat_id="-100123",
    chat_name="Groep “één”",
    chat_type="private_supergroup",
    message_id="45",
    sender_id="user99",
)
HOSTILE = {
    "formula": '=HYPERLINK("http://x","y")',
    "plus": "+31600000000",
    "at": "@cmd",
    "tab": "\t=1",
    "markup": "[link=http://x]click[/link][red]",
    "escape": "\x1b]8;;http://x\x1b\\name\x1b[31m",
    "bidi": "invoice\u202efdp.exe",
    "new line": "a\r\nmatch,export,b",
    "broken byte": "photo\udcff.jpg",
    "half a pair": "\ud83d",
    "separator": "a\u2028b",
}


def test_the_columns_are_the_promised_ones():
    assert (
        *("kind", "source", "item", "bank", "entry", "signal_type", "distance_bits", "orientation", "inner"),
        *("quality", "frame_s", "level", "altered_percent", "sha256", "posted_at", "chat_id", "chat_name"),
        *("chat_type", "message_id", "sender_id", "reason"),
    ) == COLUMNS


def test_json_gives_back_what_was_written_and_leaves_out_what_is_absent():
    assert from_json(as_json(FULL)) == FULL
    assert "null" not in as_json(FULL)
    assert json.loads(as_json(FULL))["posted_at"] == "2026-11-01T12:30:00Z"
    assert json.loads(as_json(FULL))["inner"] == [0, 600, 1080, 1410]


@pytest.mark.threat("N3")
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_json_line_is_one_line_that_no_terminal_obeys(text):
    line = as_json(Row(Kind.UNREADABLE, "export", text, reason="damaged"))
    assert line.isprintable()
    line.encode()
    if max(text) < "\ud800":
        assert json.loads(line)["item"] == text


@pytest.mark.threat("N3")
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_csv_cell_is_text_that_no_spreadsheet_computes_and_no_terminal_obeys(tmp_path, text):
    out = tmp_path / "found.csv"
    write_results(out, [Row(Kind.MATCH, "export", "a.jpg", chat_name=text)])
    raw = out.read_text("utf-8")
    heading, row = csv.reader(raw.splitlines())
    assert heading == list(COLUMNS)
    cell = row[COLUMNS.index("chat_name")]
    assert cell[0] not in "=+-@\t\r"
    assert cell.isprintable()
    assert all(line.isprintable() for line in raw.splitlines())


def test_the_three_formats_say_the_same(tmp_path):
    rows = [
        FULL,
        Row(Kind.UNREADABLE, "export", "b.jpg", reason="damaged"),
        Row(Kind.MATCH, "export", "photo\udcff.jpg"),
    ]
    for ending in ("jsonl", "csv", "parquet"):
        write_results(tmp_path / f"found.{ending}", rows)
        assert stat.S_IMODE((tmp_path / f"found.{ending}").stat().st_mode) == 0o600
    lines = [json.loads(line) for line in (tmp_path / "found.jsonl").read_text("utf-8").splitlines()]
    table = pyarrow.parquet.read_table(tmp_path / "found.parquet").to_pylist()
    cells = list(csv.DictReader((tmp_path / "found.csv").read_text("utf-8").splitlines()))
    assert [row["item"] for row in table] == [row["item"] for row in lines] == [row["item"] for row in cells]
    assert [row["item"] for row in table][2] == "photo\\xff.jpg"
    assert table[0]["inner"] == lines[0]["inner"] == [int(number) for number in cells[0]["inner"].split()]
    assert table[0]["posted_at"] == FULL.posted_at
    assert cells[0]["posted_at"] == lines[0]["posted_at"] == "2026-11-01T12:30:00Z"
    assert cells[0]["chat_id"] == "'-100123"  # a spreadsheet would take it for a number


def test_an_ending_that_is_none_of_the_three_is_refused_before_any_work(tmp_path):
    with pytest.raises(ScanError, match=r"found.xlsx: results are written as .jsonl, .csv or .parquet"):
        write_results(tmp_path / "found.xlsx", [])


def test_the_documentation_describes_every_column_in_its_order():
    page = Path(__file__).resolve().parents[2] / "docs/reference/rows.md"
    described = [
        name
        for line in page.read_text("utf-8").splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    ]
    assert described == list(COLUMNS)
