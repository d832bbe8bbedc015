"""What a reader of sources hands out, one at a time, and what can be wrong with it."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, BinaryIO

from haalweg.adapters.sources.shards import SourceError

if TYPE_CHECKING:
    from haalweg.reports.post import Post

_SENTENCES = {
    errno.ENOENT: "it is not there, or no longer.",
    errno.ENOTDIR: "it is no longer there, or a symbolic link stands in its path: links are not followed.",
    errno.ELOOP: "a symbolic link, which is not followed. Give what it leads to as a source of its own.",
    errno.EACCES: "we may not read it. Run the scan as somebody who may.",
    errno.EPERM: "we may not read it. Run the scan as somebody who may.",
    errno.ENAMETOOLONG: "its path is longer than this system takes. Start the scan in a folder deeper down.",
    errno.ENXIO: "not a file but a socket or a device.",
    errno.EIO: "the disk gave an error. Copy the disk first, with a tool for dying disks, and scan the copy.",
    errno.EMFILE: "too many files are open. Raise the limit (`ulimit -n`) and scan again.",
    errno.ENFILE: "too many files are open. Raise the limit (`ulimit -n`) and scan again.",
    errno.ESTALE: "the network share lost it. Scan again.",
}


class ItemError(SourceError, OSError):
    """Bytes that cannot be had. An OSError too: whoever reads streams expects one. The text is a sentence."""


class Item:
    """One thing of a source, to be read before the next one is asked for; one that is not opened costs little."""

    __slots__ = ("_stream", "ends_source", "name", "post", "reason", "size", "until")

    def __init__(
        self,
        name: str,
        stream: BinaryIO | None,
        *,
        post: Post | None = None,
        reason: str | None = None,
        ends_source: bool = False,
        size: int | None = None,
        until: float = 1.0,
    ) -> None:
        """Either a stream or a reason."""
        self.name = name
        self.post = post
        self.reason = reason
        self.ends_source = ends_source
        self.size = size  # bytes, where the source says
        self.until = until  # how far through its source, 0..1
        self._stream = stream

    def open(self) -> BinaryIO:
        """Give the bytes; reading them raises OSError, see reason_for. Raises ItemError where there are none."""
        if self._stream is None:
            raise ItemError(self.reason or "its bytes are gone: the next one was asked for.")
        return self._stream

    def close(self) -> None:
        """Let go of the bytes."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None


def reason_for(error: OSError | ValueError) -> str:
    """Say in a sentence why bytes could not be had."""
    if isinstance(error, ItemError):
        return str(error)
    if isinstance(error, OSError):
        known = _SENTENCES.get(error.errno or 0)
        return known or f"it cannot be read ({os.strerror(error.errno) if error.errno else type(error).__name__})."
    return "its name holds a null character, which no file system has."
