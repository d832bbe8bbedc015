"""Where a picture comes from: a path, bytes or an open file, and how to name it in a sentence."""

from __future__ import annotations

import io
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from haalweg.adapters.media.errors import MediaError, Trouble, sentence_for
from haalweg.adapters.media.limits import Limits
from haalweg.plain_text import shown
from haalweg.signals import FileDigests, digests_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Source = str | bytes | os.PathLike[str] | BinaryIO


def place_of(source: Source) -> str:
    r"""Name the source for people: a path with what a terminal could obey, or not show, written as \xNN or \uNNNN."""
    if isinstance(source, bytes):
        return f"{len(source):,} bytes"
    path = source if isinstance(source, str | os.PathLike) else getattr(source, "name", None)
    if not isinstance(path, str | os.PathLike):
        return "an open file"
    return shown(os.fspath(path))


def bytes_of(source: Source, limits: Limits) -> bytes:
    """Read all of it. Raises MediaError for what is no file, empty, or larger than the limits say."""
    if isinstance(source, bytes):
        data = source
    elif isinstance(source, str | os.PathLike):
        with _opened(source, limits) as stream:
            data = _read(stream, source, limits)
    else:
        data = _read(source, source, limits)
    if not data:
        raise _error(Trouble.EMPTY, source, limits)
    if len(data) > limits.max_bytes:
        raise _error(Trouble.TOO_MANY_BYTES, source, limits)
    return data


@contextmanager
def seekable(source: Source, limits: Limits) -> Iterator[tuple[BinaryIO, int]]:
    """Give a stream of all of the source that can be read from any place, and its size. Raises MediaError.

    Files, and streams of files, may be of any size. Other streams are read into memory where the limits allow: going
    back in an archive's member means unpacking it once more.
    """
    if isinstance(source, str | os.PathLike):
        with _opened(source, limits) as stream:
            yield stream, _size(stream, source, limits)
        return
    if not isinstance(source, bytes) and _can_seek(source):
        size = _size(source, source, limits)
        if size > limits.max_bytes or _is_file(source):
            yield source, size
            return
        source.seek(0)
    data = bytes_of(source, limits)
    yield io.BytesIO(data), len(data)


def file_digests(source: Source) -> FileDigests:
    """SHA-256 and MD5 of the file, streamed. Raises MediaError where it cannot be read."""
    if isinstance(source, bytes):
        return digests_of(io.BytesIO(source))
    limits = Limits()
    try:
        if isinstance(source, str | os.PathLike):
            with _opened(source, limits) as stream:
                return digests_of(stream)
        return digests_of(source)
    except OSError as error:
        raise _error(Trouble.UNREADABLE_FILE, source, limits) from error


def _opened(path: str | os.PathLike[str], limits: Limits) -> BinaryIO:
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for its other end for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise _error(Trouble.NO_SUCH_FILE, path, limits) from error
    except (OSError, ValueError) as error:  # ValueError: a name with a null byte
        raise _error(Trouble.UNREADABLE_FILE, path, limits) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _error(Trouble.NOT_A_FILE, path, limits)
    return os.fdopen(descriptor, "rb")


def _size(stream: BinaryIO, source: Source, limits: Limits) -> int:
    try:
        size = stream.seek(0, os.SEEK_END)
    except OSError as error:
        raise _error(Trouble.UNREADABLE_FILE, source, limits) from error
    if not size:
        raise _error(Trouble.EMPTY, source, limits)
    return size


def _can_seek(stream: BinaryIO) -> bool:
    return getattr(stream, "seekable", lambda: False)()


def _is_file(stream: BinaryIO) -> bool:
    try:
        stream.fileno()
    except (OSError, AttributeError):
        return False
    return True


def _read(stream: BinaryIO, source: Source, limits: Limits) -> bytes:
    try:
        return stream.read(limits.max_bytes + 1)
    except OSError as error:
        raise _error(Trouble.UNREADABLE_FILE, source, limits) from error


def _error(trouble: Trouble, source: Source, limits: Limits) -> MediaError:
    return MediaError(trouble, place_of(source), sentence_for(trouble, limits))
