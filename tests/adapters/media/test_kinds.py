"""The first bytes tell what a file is."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest

from haalweg.adapters.media.kinds import HEAD_BYTES, MediaKind, kind_of
from tests.adapters.media.pictures_in_files import FORMATS, drawn, saved


@pytest.mark.parametrize("name", [*FORMATS, "TIFF"])
def test_every_picture_we_read_is_known_by_its_first_64_bytes(name):
    assert kind_of(saved(drawn(), name)[:64]) is MediaKind.PICTURE


def _tar():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a"))
    return out.getvalue()


def _zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", "a")
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        _tar(),
        _zip(),
        b"PK\x05\x06" + bytes(18),
        gzip.compress(b"", mtime=0),
        bz2.compress(b"a"),
        lzma.compress(b""),
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!\x1a\x07\x01\0",
        b"WARC/1.1\r\n",
    ],
)
def test_archives(data):
    assert kind_of(data[:HEAD_BYTES]) is MediaKind.ARCHIVE


@pytest.mark.parametrize(
    "data",
    [
        b"\0\0\0\x20ftypisom",
        b"\0\0\0\x14ftypqt  ",
        b"\0\0\0\x18ftyp3gp5",
        b"\0\0\0\x08wide\0\0",
        b"G\x40\x11\x10",
        b"G\x01\xff\x10" + bytes(184) + b"G",
        b"\0\0\0\0G\x40\x11\x10",
        b"OggS" + bytes(24) + b"\x80theora",
        b"RIFF....AVI LIST",
        b"\0\0\x01\xba",
    ],
)
def test_videos(data):
    assert kind_of(data) is MediaKind.VIDEO


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"G",
        b"Good morning",
        b"BM is not always a bitmap",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\0\0\0\x20ftypM4A ",
        b"\0\0\0\x18ftypcrx ",
        b"OggS" + bytes(24) + b"\x01vorbis",
        b"RIFF....WAVEfmt ",
        b"ID3\x04",
        bytes(512),
    ],
)
def test_texts_sounds_and_the_rest_are_nothing_we_read(data):
    assert kind_of(data) is None
