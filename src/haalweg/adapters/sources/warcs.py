"""Web archives: the bodies of responses and resources, read once from front to back by fastwarc.

fastwarc goes on behind damage without a word, and takes a record that was cut for whole: so places and lengths are
compared here. It is not asked to decode bodies, since one that is not encoded as its header says would end the archive;
and its reader of chunked bodies refuses extensions, which http.client does not.
"""

from __future__ import annotations

import gzip
import io
import re
from http.client import HTTPResponse
from typing import TYPE_CHECKING, cast
from zipfile import ZIP_DEFLATED

from fastwarc.stream_io import BrotliReader, ZstdReader
from fastwarc.warc import ArchiveIterator

from haalweg.adapters.sources.items import Item, ItemError, reason_for
from haalweg.adapters.sources.names import shown
from haalweg.adapters.sources.unpacking import Bounded, unzipped

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

    from fastwarc.warc import WarcRecord

    from haalweg.adapters.sources.limits import SourceLimits
    from haalweg.adapters.sources.unpacking import Read

_BUFFER = 1 << 16
_KEPT = 3 << 16  # more than fastwarc reads ahead
_STEP = 1 << 14  # forward at least, so that no damage is looked at for ever
_CHUNK_LINE = re.compile(rb"[0-9A-Fa-f]{1,15}[ \t]*(;[^\r\n]*)?\r?\n")
_MOST_CHUNK_LINE = 1024
_MOST_ENCODINGS = 3
_READ_TYPES = (b"response", b"resource")
_UNACCOUNTED = 512  # bytes between two records, blanks in headers among them, that hide no picture
_CUT = "the web archive ends in the middle of a record: it was cut, or a length in it is damaged."
_NOT_SO_ENCODED = "its body is not encoded as its HTTP header says, or it is damaged."
_DAMAGED = "the web archive is damaged here. What comes next that looks like a record is read."


def items_of_warc(
    stream: io.RawIOBase | io.BytesIO, limits: SourceLimits, wrapped: Callable[[str, io.RawIOBase, int | None], Item]
) -> Iterator[Item]:
    """Each body; wrapped: makes an item of a name, bytes and their number. Raises nothing."""
    try:
        for record in _records(_Stream(stream), limits):
            if record is None:
                yield Item("", None, reason=_DAMAGED, ends_source=True)
            elif (record.headers.get_bytes(b"WARC-Type") or b"").lower() in _READ_TYPES and record.content_length:
                item = _item(record, limits, wrapped)
                if item is not None:
                    yield item
    except OSError as error:
        yield Item("", None, reason=reason_for(error), ends_source=True)


class _Stream(io.RawIOBase):
    """A stream as fastwarc reads it; it can go back a little."""

    def __init__(self, stream: io.RawIOBase | io.BytesIO) -> None:
        super().__init__()
        self._stream, self._kept, self._again, self._at = stream, b"", b"", 0
        self.is_at_end = False

    def read(self, size: int = _BUFFER, /) -> bytes:
        data, self._again = self._again[:size], self._again[size:]
        data = data or self._stream.read(size) or b""
        self._kept = (self._kept + data)[-_KEPT:]
        self._at += len(data)
        self.is_at_end = not data
        return data

    def tell(self) -> int:
        return self._at

    def go_back(self, place: int) -> None:
        """To a place that was read a moment ago."""
        length = max(0, min(self._at - place, len(self._kept)))
        self._again = self._kept[len(self._kept) - length :] + self._again
        self._kept, self._at = b"", self._at - length
        self.is_at_end = self.is_at_end and not self._again


def _records(stream: _Stream, limits: SourceLimits) -> Iterator[WarcRecord | None]:
    """Each record; None: something was passed over. Raises OSError, also where the archive was cut."""
    end, is_lost = 0, False  # where the last record ended
    while not stream.is_at_end:
        start = stream.tell()
        try:
            records = ArchiveIterator(
                stream, parse_http=False, quirks_mode=True, max_header_len=limits.header_bytes, stream_detect=False
            )
            for record in records:
                told = record.headers.get_bytes(b"Content-Length") or b""
                if not told.isdigit() or record.content_length != int(told[:20]):
                    is_lost = True
                    continue
                if record.content_length > limits.member_bytes:
                    is_lost = True
                    stream.go_back(record.stream_pos + len(b"WARC/"))
                    break
                if is_lost or record.stream_pos > end + _UNACCOUNTED:
                    yield None
                head = sum(len(name) + len(value) + 4 for name, value in record.headers.items_bytes())
                end, is_lost = record.stream_pos + head + record.content_length, False
                yield record
                record.reader.consume()
                if record.reader.tell() < record.content_length:
                    raise ItemError(_CUT)
        except OSError as error:
            if isinstance(error, ItemError) or error.errno:
                raise
            is_lost = True  # the iterator too, with what it read ahead
            stream.go_back(max(end, start + _STEP, stream.tell() - _BUFFER))
    if is_lost or stream.tell() > end + _UNACCOUNTED:
        raise ItemError(_CUT)


def _item(
    record: WarcRecord, limits: SourceLimits, wrapped: Callable[[str, io.RawIOBase, int | None], Item]
) -> Item | None:
    """What a record holds; None: a response without a body."""
    address = (record.headers.get_bytes(b"WARC-Target-URI") or b"").strip(b"<>")
    name = shown(address.decode("utf-8", "surrogateescape"), limits) or "a record without an address"
    encodings: list[str] = []
    try:
        if (record.headers.get_bytes(b"Content-Type") or b"").lower().startswith(b"application/http"):
            encodings = _encodings(record, limits)
            if not record.content_length:
                return None
        size, reader = record.content_length, record.reader
        block = Bounded(reader.read, limits, size=size)
        return wrapped(name, _decoded(block, encodings, size, limits), None if encodings else size)
    except OSError as error:
        return Item(name, None, reason=reason_for(error))


def _encodings(record: WarcRecord, limits: SourceLimits) -> list[str]:
    """Read past the HTTP header: the encodings of the body, the last one applied first."""
    record.is_http = True  # also where its type is not written as fastwarc has it
    try:
        record.parse_http(quirks_mode=True, max_header_len=limits.header_bytes)
    except OSError as error:
        if isinstance(error, ItemError) or error.errno:
            raise
        raise ItemError(f"its HTTP header has more than {limits.header_bytes:,} bytes.") from error
    headers = record.http_headers
    if not (headers.status_line_bytes or b"").startswith(b"HTTP/"):
        raise ItemError("its HTTP header is damaged.")
    values = [*headers.get_bytes_multiple(b"Content-Encoding"), *headers.get_bytes_multiple(b"Transfer-Encoding")]
    words = [word.strip() for value in values for word in value.decode("latin-1").lower().split(",")]
    encodings = [word for word in words if word not in ("", "identity")]
    if len(encodings) > _MOST_ENCODINGS:
        raise ItemError(f"its body is encoded {len(encodings)} times over, as bombs are.")
    return encodings[::-1]


def _decoded(body: io.RawIOBase, encodings: list[str], size: int, limits: SourceLimits) -> io.RawIOBase:
    """The body without its encodings. One that is not there is no error: crawlers decode, and keep the header."""
    for encoding in encodings:
        packed: io.BufferedReader = io.BufferedReader(body, _BUFFER)
        head = packed.peek(_MOST_CHUNK_LINE)[:_MOST_CHUNK_LINE]
        read: Read = packed.read1
        if encoding == "chunked":
            if _CHUNK_LINE.match(head):
                read = _unchunked(packed)
        elif encoding in ("gzip", "x-gzip"):
            if head.startswith(b"\x1f\x8b"):
                read = gzip.GzipFile(fileobj=packed).read1
        elif encoding == "deflate":
            if len(head) > 1 and head[0] & 15 == ZIP_DEFLATED and not int.from_bytes(head[:2], "big") % 31:
                packed.read(2)  # zlib's frame, which is there or not
            read = unzipped(packed, ZIP_DEFLATED, limits.member_bytes, limits.member_bytes)
        elif encoding in ("br", "zstd"):
            read = (BrotliReader(packed) if encoding == "br" else ZstdReader(packed)).read
        else:
            raise ItemError("its body is encoded in a way that we do not read.")
        body = Bounded(read, limits, packed=lambda: size, nonsense=_NOT_SO_ENCODED)
    return body


class _Socket:
    """What http.client reads a response from."""

    def __init__(self, body: io.BufferedReader) -> None:
        self._body = body

    def makefile(self, _mode: str) -> io.BufferedReader:
        return self._body


def _unchunked(body: io.BufferedReader) -> Read:
    response = HTTPResponse(cast("socket.socket", _Socket(body)))
    response.chunked, response.chunk_left, response.length = True, None, None  # as where its header was read by itself
    return response.read1
