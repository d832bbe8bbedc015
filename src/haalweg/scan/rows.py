"""One row for each finding: where, what it is close to, and why; the same in JSON lines, CSV and Parquet."""

from __future__ import annotations

import json
import re
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from haalweg.plain_text import shown, utc_text
from haalweg.signals import Box

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would compute them (OWASP ASVS 1.2.10)
_NOT_ASCII = re.compile(r"[^\x20-\x7e]")
_SURROGATES = re.compile("[\ud800-\udfff]")


class Kind(StrEnum):
    """What a row says of its item."""

    MATCH = "match"
    LEAD = "lead"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Row:
    """A finding. What does not apply is None; text is as it was found, to be escaped by whoever shows it."""

    kind: Kind
    source: str  # as it was given
    item: str  # path, archive member or WARC URL
    bank: str | None = None
    entry: int | None = None
    signal_type: str | None = None
    distance_bits: int | None = None
    orientation: str | None = None
    inner: Box | None = None  # of a screenshot, when the picture inside it matched
    quality: int | None = None
    frame_s: float | None = None
    level: str | None = None
    altered_percent: float | None = None
    sha256: str | None = None  # of match rows only
    posted_at: datetime | None = None  # UTC
    chat_id: str | None = None
    chat_name: str | None = None
    chat_type: str | None = None
    message_id: str | None = None
    sender_id: str | None = None
    reason: str | None = None  # why it is unreadable


COLUMNS = tuple(field.name for field in fields(Row))


def plain(row: Row) -> dict[str, object]:
    """Every column by its name: a box as four numbers, text without what no UTF-8 can hold."""
    return {name: _plain(getattr(row, name)) for name in COLUMNS}


def _plain(value: object) -> object:
    if isinstance(value, Box):
        return list(astuple(value))
    if isinstance(value, str) and not value.isascii():
        return _SURROGATES.sub(lambda found: shown(found[0]), value)
    return value


def as_json(row: Row) -> str:
    """One line. Absent means null; no character in it can be obeyed by a terminal or turn the reading direction."""
    present = {name: value for name, value in plain(row).items() if value is not None}
    return _NOT_ASCII.sub(_json_escape, json.dumps(present, ensure_ascii=False, separators=(",", ":"), default=_time))


def from_json(line: str | bytes) -> Row:
    """Read what `as_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    found: dict[str, Any] = json.loads(line)
    found["kind"] = Kind(found["kind"])
    if "inner" in found:
        found["inner"] = Box(*found["inner"])
    if "posted_at" in found:
        found["posted_at"] = datetime.fromisoformat(found["posted_at"])
    return Row(**found)


def _json_escape(found: re.Match[str]) -> str:
    return found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1]


def _time(value: object) -> str:
    assert isinstance(value, datetime)
    return utc_text(value)


def csv_cells(row: Row) -> list[str]:
    """Cells for CSV: text escaped as for a screen, and nothing that a spreadsheet would compute."""
    return [_csv_cell(value) for value in plain(row).values()]


def _csv_cell(value: object) -> str:
    if isinstance(value, str):
        return f"'{shown(value)}" if value.startswith(_FORMULA_STARTS) else shown(value)
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, datetime):
        return _time(value)
    return "" if value is None else str(value)
