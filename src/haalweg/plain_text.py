"""Text as it is shown and written: from outside, without harm to who looks at it; moments, as everybody reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


def shown(text: str) -> str:
    r"""Write what a terminal could obey or not show, and what turns the direction of reading, as \xNN or \uNNNN."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else _escaped(letter) for letter in text)


def _escaped(letter: str) -> str:
    code = ord(letter)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is no UTF-8, as os.fsdecode keeps it
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def utc_text(at: datetime, *, timespec: str = "auto") -> str:
    """Write a moment of UTC as RFC 3339 has it, with a Z. timespec: as `isoformat` takes it."""
    return at.isoformat(timespec=timespec).replace("+00:00", "Z")
