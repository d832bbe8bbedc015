"""What a file is, by its first bytes; a name proves nothing."""

from __future__ import annotations

from enum import Enum

HEAD_BYTES = 512  # as many of the first bytes tell all we know; fewer will do for all but tar and some MPEG streams


class MediaKind(Enum):
    """How a file is to be read."""

    PICTURE = "picture"
    VIDEO = "video"
    ARCHIVE = "archive"


_STARTS = (
    (b"\xff\xd8\xff", MediaKind.PICTURE),  # JPEG
    (b"\x89PNG\r\n\x1a\n", MediaKind.PICTURE),
    (b"GIF87a", MediaKind.PICTURE),
    (b"GIF89a", MediaKind.PICTURE),
    (b"II*\0", MediaKind.PICTURE),  # TIFF, which is read only if asked for
    (b"MM\0*", MediaKind.PICTURE),
    (b"II+\0", MediaKind.PICTURE),
    (b"MM\0+", MediaKind.PICTURE),
    (b"\x1a\x45\xdf\xa3", MediaKind.VIDEO),  # Matroska, WebM
    (b"FLV\x01", MediaKind.VIDEO),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", MediaKind.VIDEO),  # WMV, ASF
    (b"\0\0\x01\xba", MediaKind.VIDEO),  # MPEG program stream
    (b"\0\0\x01\xb3", MediaKind.VIDEO),  # MPEG-1 and MPEG-2 without a container
    (b"PK\x03\x04", MediaKind.ARCHIVE),
    (b"PK\x05\x06", MediaKind.ARCHIVE),
    (b"PK\x07\x08", MediaKind.ARCHIVE),
    (b"\x1f\x8b", MediaKind.ARCHIVE),  # gzip
    (b"BZh", MediaKind.ARCHIVE),
    (b"\xfd7zXZ\0", MediaKind.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", MediaKind.ARCHIVE),  # zstd
    (b"7z\xbc\xaf\x27\x1c", MediaKind.ARCHIVE),
    (b"Rar!\x1a\x07", MediaKind.ARCHIVE),
    (b"WARC/", MediaKind.ARCHIVE),
)
_RIFF = {b"WEBP": MediaKind.PICTURE, b"AVI ": MediaKind.VIDEO}
_PICTURE_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1", b"avif", b"avis"}
_SOUND_BRANDS = {b"M4A ", b"M4B ", b"M4P "}
_RAW_BRANDS = {b"crx "}  # a camera's raw picture, which we do not read
_QUICKTIME_BOXES = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}  # of the time before `ftyp`
_BMP_HEADERS = {12, 16, 40, 52, 56, 64, 108, 124}
_TS_PACKET = 188
_TS_TABLES = {b"\x40\x00", b"\x40\x11", b"\x60\x00", b"\x60\x11"}


def kind_of(head: bytes) -> MediaKind | None:
    """Tell by the first bytes, HEAD_BYTES of them if there are so many; None: nothing we read."""
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _kind_of_brand(head[8:12])
    if head[4:8] in _QUICKTIME_BOXES or _is_transport_stream(head) or _is_theora(head):
        return MediaKind.VIDEO
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return MediaKind.PICTURE
    return MediaKind.ARCHIVE if head[257:262] == b"ustar" else None


def _kind_of_brand(brand: bytes) -> MediaKind | None:
    if brand in _SOUND_BRANDS | _RAW_BRANDS:
        return None
    return MediaKind.PICTURE if brand in _PICTURE_BRANDS else MediaKind.VIDEO


def _is_transport_stream(head: bytes) -> bool:
    # Recorders put a time of four bytes before each packet. Where the second packet is not in sight, the first has to
    # be one of the two tables that a stream begins with.
    for lead in (0, 4):
        second = head[lead + _TS_PACKET + lead :][:1]
        if head[lead : lead + 1] == b"G" and (second == b"G" if second else head[lead + 1 : lead + 3] in _TS_TABLES):
            return True
    return False


def _is_theora(head: bytes) -> bool:
    return head.startswith(b"OggS") and b"\x80theora" in head[:64]
