"""What cannot be hashed gets a sentence that names it, and costs nothing else."""

from __future__ import annotations

import io
import os
import struct
import zlib

import pytest

from haalweg.adapters.media import Limits, MediaError, MediaPool, Trouble, file_digests, place_of
from tests.adapters.media.pictures_in_files import FORMATS, drawn, saved


def trouble_of(pool, source):
    with pytest.raises(MediaError) as caught:
        pool.hash_image(source)
    with pytest.raises(MediaError) as asked_for_all:
        pool.signatures_of(source)
    assert str(asked_for_all.value) == str(caught.value)
    assert str(caught.value).startswith(place_of(source))
    assert str(caught.value).endswith(".")
    return caught.value.trouble


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("part", [0.02, 0.3, 0.8])
def test_a_truncated_file_is_said_to_be_damaged(pool, name, part):
    data = saved(drawn(), name)
    assert trouble_of(pool, data[: int(len(data) * part)]) in (Trouble.DAMAGED, Trouble.NOT_A_PICTURE)


def test_a_png_that_promises_900_megapixels(pool):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(90_001))) + chunk(b"IEND", b"")
    with pytest.raises(MediaError, match="30000 x 30000 pixels; at most 120,000,000") as caught:
        pool.hash_image(bomb)
    assert caught.value.trouble is Trouble.TOO_MANY_PIXELS


@pytest.mark.parametrize("size", [(1, 1), (4, 400), (400, 4)])
def test_too_small_to_hash(pool, size):
    assert trouble_of(pool, saved(drawn().resize(size), "PNG")) is Trouble.TOO_SMALL


def test_the_smallest_that_can_be_hashed(pool):
    assert pool.hash_image(saved(drawn().resize((5, 5)), "PNG")).quality >= 0


def test_a_huge_exif_block_is_no_reason_to_fail(pool):
    image = drawn()
    assert pool.hash_image(saved(image, "JPEG", exif=b"Exif\0\0" + bytes(65_000)))
    assert pool.hash_image(saved(image, "PNG", exif=b"Exif\0\0" + b"\xff" * 4_000_000))


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\0", b"GIF89a"])
def test_what_is_no_picture(pool, data):
    assert trouble_of(pool, data) in (Trouble.NOT_A_PICTURE, Trouble.DAMAGED)


def test_a_wrong_extension_does_not_matter(pool, tmp_path):
    path = tmp_path / "really-a-png.jpg"
    path.write_bytes(saved(drawn(), "PNG"))
    assert pool.hash_image(path).quality == 100


def test_empty_missing_directory_and_pipe(pool, tmp_path):
    empty = tmp_path / "empty.jpg"
    empty.touch()
    os.mkfifo(tmp_path / "pipe")
    assert trouble_of(pool, empty) is Trouble.EMPTY
    assert trouble_of(pool, b"") is Trouble.EMPTY
    assert trouble_of(pool, tmp_path / "missing.jpg") is Trouble.NO_SUCH_FILE
    assert trouble_of(pool, tmp_path) is Trouble.NOT_A_FILE
    assert trouble_of(pool, tmp_path / "pipe") is Trouble.NOT_A_FILE
    assert trouble_of(pool, "null\0byte.jpg") is Trouble.UNREADABLE_FILE


def test_a_file_that_cannot_be_read(pool):
    assert trouble_of(pool, "/proc/self/mem") is Trouble.UNREADABLE_FILE  # opens for us, and fails at the first byte
    with pytest.raises(MediaError, match="cannot be read"):
        file_digests("/proc/self/mem")


def test_a_latin_1_name_is_read_and_shown(pool, tmp_path):
    name = os.fsencode(tmp_path) + b"/caf\xe9.jpg"
    with open(name, "wb") as file:  # noqa: PTH123 - a name in bytes
        file.write(saved(drawn(), "JPEG"))
    path = os.fsdecode(name)
    assert pool.hash_image(path).quality == 100
    assert place_of(path).endswith(r"/caf\xe9.jpg")
    assert file_digests(path) == file_digests(saved(drawn(), "JPEG"))


def test_a_name_cannot_speak_to_the_terminal():
    assert place_of("a\x1b[2Jb\u202egnp.jpg") == r"a\x1b[2Jb\u202egnp.jpg"


def test_too_many_bytes():
    with MediaPool(limits=Limits(max_bytes=1000)) as small:
        assert trouble_of(small, bytes(1001)) is Trouble.TOO_MANY_BYTES
        assert trouble_of(small, io.BytesIO(bytes(5000))) is Trouble.TOO_MANY_BYTES


def test_a_picture_that_takes_more_memory_than_a_worker_has():
    data = saved(drawn(64, 64).resize((9000, 9000)), "PNG", compress_level=1)
    with MediaPool(limits=Limits(memory_bytes=700 << 20)) as tight:
        assert trouble_of(tight, data) in (Trouble.OUT_OF_MEMORY, Trouble.WORKER_DIED)
        assert tight.hash_image(saved(drawn(), "PNG")).quality == 100, "the next file is none the worse for it"
