"""Web archives: the bodies of responses and resources, read once from front to back.

Records are found here. fastwarc, which unpacks Brotli, Zstandard and LZ4 for us, would find them too, but takes a
record that was cut for whole, ends the archive at one body that is not encoded as its header says, and panics on some
streams.
Source of the formats: WARC/1.1 (IIPC, 2017), RFC 9110, RFC 9112.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from fastwarc.stream_io import BrotliReader, ZstdReader

from haalweg.adapters.sources.items import Item, ItemError, reason_for
from haalweg.adapters.sources.names import shown
from haalweg.adapters.sources.slices import Stretch, Tape
from haalweg.adapters.sources.unpacking import Foreign, Inflate, Unpacked, Unpacking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _typeshed import WriteableBuffer

    from haalweg.adapters.sources.limits import SourceLimits
    from haalweg.adapters.sources.unpacking import Readable

_BUFFER = 1 << 16
_CHUNK_LINE = re.compile(rb"[0-9A-Fa-f]{1,15}[ \t]*(;[^\r\n]*)?\r?\n")
_MOST_CHUNK_LINE = 1024
_MOST_ENCODINGS = 3
_READ_TYPES = (b"response", b"resource")
_CUT = "the web archive ends in the middle of a record: it was cut, or a length in it is damaged."
_NOT_SO_ENCODED = "its body is not encoded as its HTTP header says, or it is damaged."
_DAMAGED = "the web archive is damaged here. What comes next that looks like a record is read."


@dataclass(frozen=True, slots=True)
class _Record:
    kind: bytes
    address: bytes
    is_http: bool
    length: int


def items_of_warc(
    stream: io.RawIOBase, limits: SourceLimits, wrapped: Callable[[str, io.RawIOBase, int | None], Item]
) -> Iterator[Item]:
    """Each body; wrapped: makes an item of a name, bytes and their number. Raises nothing."""
    buffered: io.BufferedReader = io.BufferedReader(stream, _BUFFER)
    tape = Tape(buffered)
    is_damaged = False  # said already
    try:
        while line := _next_start(tape, limits):
            record = _record(tape, limits) if line.startswith(b"WARC/") else None
            if record is None:
                if not is_damaged:
                    yield Item("", None, reason=_DAMAGED, ends_source=True)
                is_damaged = True
                continue
            is_damaged = False
            end = tape.at + record.length
            if record.kind in _READ_TYPES and record.length:
                item = _item(Stretch(tape, record.length), record, limits, wrapped)
                if item is not None:
                    yield item
            if not tape.skip_to(end):
                raise ItemError(_CUT)
    except OSError as error:
        yield Item("", None, reason=reason_for(error), ends_source=True)
    finally:
        buffered.detach()  # the stream is the caller's


def _next_start(tape: Tape, limits: SourceLimits) -> bytes:
    """The first line of the next record; one line of what is none, and then the start of what is one again."""
    line = tape.line(limits.header_bytes)
    while line in (b"\r\n", b"\n"):
        line = tape.line(limits.header_bytes)
    if line and not line.startswith(b"WARC/"):
        ahead = tape.ahead(5)
        while ahead and ahead != b"WARC/":
            tape.line(limits.header_bytes)
            ahead = tape.ahead(5)
    return line


def _record(tape: Tape, limits: SourceLimits) -> _Record | None:
    """Read a record's header; None: damaged. Raises ItemError where it was cut."""
    fields: dict[bytes, bytes] = {}
    start = tape.at
    while (line := tape.line(limits.header_bytes)).strip(b"\r\n"):
        name, _, value = line.partition(b":")
        fields.setdefault(name.strip().lower(), value.strip())
        if tape.at - start > limits.header_bytes:
            return None
    if not line:
        raise ItemError(_CUT)
    length = fields.get(b"content-length", b"")
    if not length.isdigit() or len(length) > 18:
        return None
    is_http = fields.get(b"content-type", b"").lower().startswith(b"application/http")
    address = fields.get(b"warc-target-uri", b"").strip(b"<>")
    return _Record(fields.get(b"warc-type", b"").lower(), address, is_http, int(length))


def _item(
    block: Stretch, record: _Record, limits: SourceLimits, wrapped: Callable[[str, io.RawIOBase, int | None], Item]
) -> Item | None:
    """What a record holds; None: a response without a body."""
    name = shown(record.address.decode("utf-8", "surrogateescape"), limits) or "a record without an address"
    if not record.is_http:
        return wrapped(name, block, record.length)
    body: io.BufferedReader = io.BufferedReader(block, _BUFFER)
    try:
        header_bytes, encodings = _header(body, limits)
        plain = _decoded(body, encodings, limits)
    except OSError as error:
        return Item(name, None, reason=reason_for(error))
    if header_bytes == record.length:
        return None
    size = record.length - header_bytes if plain is body else None
    most = max(limits.ratio_from_bytes, limits.ratio * record.length)
    return wrapped(name, Unpacked(plain, lambda: most, limits, _NOT_SO_ENCODED), size)


def _header(body: io.BufferedReader, limits: SourceLimits) -> tuple[int, list[str]]:
    """Read past the header: how many bytes it has, and the encodings of the body, the last one applied first."""
    line = body.readline(limits.header_bytes)
    if not line.startswith(b"HTTP/"):
        raise ItemError("its HTTP header is damaged.")
    count, content, transfer = len(line), list[str](), list[str]()
    while line.strip(b"\r\n"):
        line = body.readline(limits.header_bytes)
        count += len(line)
        if count > limits.header_bytes:
            raise ItemError(f"its HTTP header has more than {limits.header_bytes:,} bytes.")
        name, _, value = line.partition(b":")
        words = [word.strip() for word in value.decode("latin-1").lower().split(",")]
        if name.strip().lower() == b"content-encoding":
            content += words
        elif name.strip().lower() == b"transfer-encoding":
            transfer += words
    encodings = [word for word in content + transfer if word not in ("", "identity")]
    if len(encodings) > _MOST_ENCODINGS:
        raise ItemError(f"its body is encoded {len(encodings)} times over, as bombs are.")
    return count, encodings[::-1]


def _decoded(body: io.BufferedReader, encodings: list[str], limits: SourceLimits) -> Readable:
    """The body without its encodings. One that is not there is no error: crawlers decode, and keep the header."""
    stream: Readable = body
    for encoding in encodings:
        if stream is not body:
            inner = Unpacked(stream, lambda: limits.member_bytes, limits, _NOT_SO_ENCODED)
            body = io.BufferedReader(inner, _BUFFER)
        head = body.peek(_MOST_CHUNK_LINE)[:_MOST_CHUNK_LINE]
        stream = body
        if encoding == "chunked":
            if _CHUNK_LINE.match(head):
                stream = _Chunks(body)
        elif encoding in ("gzip", "x-gzip"):
            if head.startswith(b"\x1f\x8b"):
                stream = Unpacking(body, partial(Inflate, 31), limits)
        elif encoding == "deflate":
            wbits = 15 if len(head) > 1 and head[0] & 15 == 8 and int.from_bytes(head[:2], "big") % 31 == 0 else -15
            stream = Unpacking(body, partial(Inflate, wbits), limits, several=False)
        elif encoding == "br":
            stream = BrotliReader(Foreign(body))
        elif encoding == "zstd":
            stream = ZstdReader(Foreign(body))
        else:
            raise ItemError("its body is encoded in a way that we do not read.")
    return stream


class _Chunks(io.RawIOBase):
    """A chunked body put together."""

    def __init__(self, body: io.BufferedReader) -> None:
        super().__init__()
        self._body, self._left, self._is_first, self._is_done = body, 0, True, False

    def readable(self) -> bool:
        return True

    def readinto(self, room: WriteableBuffer, /) -> int:
        if self._is_done or (not self._left and not self._begin_chunk()):
            return 0
        view = memoryview(room).cast("B")[: self._left]
        got = self._body.readinto(view)
        if not got:
            raise ItemError("its chunked body was cut.")
        self._left -= got
        return got

    def _begin_chunk(self) -> bool:
        if not self._is_first:
            self._body.readline(_MOST_CHUNK_LINE)  # the end of the line after the chunk before
        self._is_first = False
        line = self._body.readline(_MOST_CHUNK_LINE)
        if not _CHUNK_LINE.match(line):
            raise ItemError("its chunked body was cut or is damaged.")
        self._left = int(line.partition(b";")[0], 16)
        self._is_done = not self._left
        return self._left > 0
