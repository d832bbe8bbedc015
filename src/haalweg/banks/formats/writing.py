"""Entries as the field writes them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from haalweg.banks.formats.kinds import Format
from haalweg.signals import SignalType
from haalweg.signals.video import unpacked, vpdq_to_json

if TYPE_CHECKING:
    from haalweg.banks.entries import Entry

HEADER = "signal_type,value,quality,source,assurance,note,added_at,expires_at\n"  # of a CSV
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def line_of(entry: Entry, format_: Format) -> str:
    """One entry with its value, and the end of the line. The entry must be live."""
    assert entry.value is not None
    value = vpdq_to_json(unpacked(entry.value)) if entry.signal_type is SignalType.VPDQ else entry.value.hex()
    if format_ is Format.THREATEXCHANGE:
        return f"{entry.signal_type} {value}\n"
    return _csv_line(entry, value) if format_ is Format.CSV else f"{value}\n"


def _csv_line(entry: Entry, value: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(
        [
            entry.signal_type.value,
            value,
            "" if entry.quality is None else entry.quality,
            _quoted(entry.source),
            entry.assurance.value,
            _quoted(entry.note),
            entry.added_at.isoformat(),
            "" if entry.expires_at is None else entry.expires_at.isoformat(),
        ]
    )
    return out.getvalue()


def _quoted(text: str) -> str:
    """Keep a table program from taking a text for a formula, and a line a line."""
    one_line = " ".join(text.splitlines())
    return f"'{one_line}" if one_line.startswith(_FORMULAS) else one_line
