"""Whole lines of a list in bounded memory, whatever program wrote it: with a byte order mark, in UTF-16, from a Mac."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_LINE_BYTES = 1 << 24  # a video of a day

_PIECE = 1 << 22
_HEAD = 4096
_MARKS = (  # the longer ones first: one begins like another
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True, repr=False)
class Chunk:
    """Some whole lines in UTF-8, each ended by a line feed, or one line that was too long to read."""

    first_line: int  # from 1
    data: bytes
    bytes_read: int  # of the file, up to here
    too_long: bool = False


def chunks_of(stream: BinaryIO) -> Iterator[Chunk]:
    """Read the stream to its end. Raises OSError where reading fails."""
    head = stream.read(_HEAD)
    decode, skip = _decoder(head)
    line, rest, seen, carriage, skipping, seen_text = 1, b"", len(head), b"", False, False
    piece = head[skip:]
    while True:
        ended = not piece
        data = carriage + decode(piece, ended)
        if not seen_text and data:
            data, seen_text = data.removeprefix(codecs.BOM_UTF8), True  # some programs write the mark twice
        # The other half of a line's end may come with the next piece.
        carriage = b"\r" if data.endswith(b"\r") and not ended else b""
        data = data[: len(data) - len(carriage)]
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if skipping:
            _, found, data = data.partition(b"\n")
            if found:
                line, skipping = line + 1, False
        whole = rest + data
        if ended and whole and not whole.endswith(b"\n"):
            whole += b"\n"
        cut = whole.rfind(b"\n") + 1
        if cut:
            lines, rest = whole[:cut], whole[cut:]
            yield Chunk(line, lines, seen)
            line += lines.count(b"\n")
        else:
            rest = whole
        if len(rest) > MOST_LINE_BYTES:
            yield Chunk(line, b"", seen, too_long=True)
            rest, skipping = b"", True
        if ended:
            return
        piece = stream.read(_PIECE)
        seen += len(piece)


def _decoder(head: bytes) -> tuple[Callable[[bytes, bool], bytes], int]:
    """How to turn pieces into UTF-8, and how many bytes of mark to leave out first."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return _through(encoding), len(mark)
    if len(head) > 1 and head[0] and not head[1]:
        return _through("utf-16-le"), 0  # without a mark: hexadecimal digits have a zero beside them
    if len(head) > 1 and not head[0] and head[1]:
        return _through("utf-16-be"), 0
    return _through("utf-8"), 0


def _through(encoding: str) -> Callable[[bytes, bool], bytes]:
    if encoding == "utf-8":
        return lambda piece, _: piece
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    return lambda piece, final: decoder.decode(piece, final).encode(errors="replace")
