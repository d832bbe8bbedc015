"""SHA-256 and MD5 of whole files: equal bytes, not equal pictures."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class FileDigests:
    """The two digests that hash lists hold of a file, in lower-case hexadecimal; empty where one is not known."""

    sha256: str
    md5: str


def digests_of(stream: BinaryIO) -> FileDigests:
    """Read the stream to its end, a piece at a time, and give both digests. Raises OSError where reading fails."""
    sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    for chunk in _chunks(stream):
        sha256.update(chunk)
        md5.update(chunk)
    return FileDigests(sha256.hexdigest(), md5.hexdigest())


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk
