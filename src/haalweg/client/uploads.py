"""An upload on its way to the gate: sent as it is read, never copied as a whole and never put into a file."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import anyio.to_thread

from haalweg.client.errors import GateClientError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

MOST_FILES = 100  # in one request
_CHUNK_BYTES = 65_536


class BinaryFile(Protocol):
    """Something to read bytes from. Where it can seek, it is sent from its beginning and stands there afterwards."""

    def read(self, size: int, /) -> bytes: ...


Upload = bytes | bytearray | memoryview | str | os.PathLike[str] | BinaryFile


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """An upload that can be read now."""

    data: bytes | BinaryFile
    length: int | None  # None: nobody knows before it was read
    can_be_sent_again: bool

    def headers(self) -> dict[str, str]:
        """What is said of it before it is sent."""
        length = {} if self.length is None else {"content-length": str(self.length)}
        return length | {"content-type": "application/octet-stream"}

    def for_form(self) -> tuple[str, Any]:
        """As httpx takes a file of a form: of a file it needs no more than we do, though its types say so."""
        return ("upload", self.data)

    def chunks(self) -> bytes | Iterator[bytes]:
        """Read it from its beginning."""
        return self.data if isinstance(self.data, bytes) else _chunks_of(self.data)

    def chunks_later(self) -> bytes | AsyncIterator[bytes]:
        """Read it from its beginning, in threads so that a slow disk stops nobody else."""
        return self.data if isinstance(self.data, bytes) else _chunks_later_of(self.data)


@contextmanager
def opened(upload: Upload) -> Iterator[Content]:
    """Have an upload ready to be sent. Raises OSError for a path that cannot be read, GateClientError for no upload."""
    if isinstance(upload, bytes | bytearray | memoryview):
        yield Content(bytes(upload), len(bytes(upload)), can_be_sent_again=True)
    elif isinstance(upload, str | os.PathLike):
        with open(upload, "rb") as file:  # noqa: PTH123 - whatever kind of path it is
            yield Content(file, _length_of(file), can_be_sent_again=True)
    elif not hasattr(upload, "read"):
        raise GateClientError(f"No upload: {type(upload).__name__}. Give bytes, a path, or a file opened for reading.")
    elif not _can_seek(upload):
        yield Content(upload, None, can_be_sent_again=False)
    else:
        try:
            yield Content(upload, _length_of(upload), can_be_sent_again=True)
        finally:
            _rewind(upload)


def _chunks_of(file: BinaryFile) -> Iterator[bytes]:
    _rewind(file)
    while chunk := _bytes_only(file.read(_CHUNK_BYTES)):
        yield chunk


async def _chunks_later_of(file: BinaryFile) -> AsyncIterator[bytes]:
    _rewind(file)
    while chunk := _bytes_only(await anyio.to_thread.run_sync(file.read, _CHUNK_BYTES)):
        yield chunk


def _bytes_only(chunk: object) -> bytes:
    if isinstance(chunk, bytes):
        return chunk
    if hasattr(chunk, "close"):
        chunk.close()  # a coroutine that nobody will wait for
    raise GateClientError(
        f"A file whose read() gives bytes is expected, and this one gave {type(chunk).__name__}. "
        'Open it with "rb"; of an upload whose read() is awaited give its `.file`.'
    )


def _can_seek(file: BinaryFile) -> bool:
    seekable = getattr(file, "seekable", None)
    return bool(seekable()) if callable(seekable) else hasattr(file, "seek")


def _length_of(file: BinaryFile) -> int:
    file.seek(0, os.SEEK_END)  # type: ignore[attr-defined]  # only of what can seek
    length: int = file.tell()  # type: ignore[attr-defined]  # as above
    return length


def _rewind(file: BinaryFile) -> None:
    if _can_seek(file):
        file.seek(0)  # type: ignore[attr-defined]  # as above
