"""Archives by their first bytes, whatever they are called."""

from __future__ import annotations

import os
from enum import Enum

HEAD_BYTES = 512  # tar says what it is in byte 257
_PICTURES = frozenset(
    {
        ".jpg",
        ".jpeg",
        ".jpe",
        ".jfif",
        ".png",
        ".gif",
        ".webp",
        ".bmp",
        ".heic",
        ".heif",
        ".avif",
        ".tif",
        ".tiff",
        ".mp4",
        ".m4v",
        ".mov",
        ".webm",
        ".mkv",
        ".avi",
        ".3gp",
        ".mpg",
        ".mpeg",
        ".ogg",
        ".mp3",
    }
)


class Archive(Enum):
    """What holds other files."""

    ZIP = "zip"
    TAR = "tar"
    WARC = "WARC"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZSTD = "Zstandard"
    LZ4 = "LZ4"
    RAR = "RAR"
    SEVEN_ZIP = "7-Zip"


_MAGIC = (
    (b"PK\3\4", Archive.ZIP),
    (b"PK\5\6", Archive.ZIP),  # an empty one
    (b"PK\7\x08", Archive.ZIP),  # the first of several
    (b"WARC/", Archive.WARC),
    (b"\x1f\x8b\x08", Archive.GZIP),
    (b"\xfd7zXZ\0", Archive.XZ),
    (b"\x28\xb5\x2f\xfd", Archive.ZSTD),
    (b"\x04\x22\x4d\x18", Archive.LZ4),
    (b"Rar!\x1a\x07", Archive.RAR),
    (b"7z\xbc\xaf\x27\x1c", Archive.SEVEN_ZIP),
)


def archive_of(head: bytes) -> Archive | None:
    """What the first HEAD_BYTES of a file say it is; None: no archive we know of."""
    for magic, archive in _MAGIC:
        if head.startswith(magic):
            return archive
    if head[257:262] == b"ustar":
        return Archive.TAR
    if head.startswith(b"BZh") and head[4:10] in (b"1AY&SY", b"\x17rE8P\x90"):
        return Archive.BZIP2
    return None


def is_named_as_media(name: str) -> bool:
    """Whether a name ends like a picture's or a film's: not worth a look for an archive while planning."""
    return os.path.splitext(name)[1].lower() in _PICTURES  # noqa: PTH122 - a million names
