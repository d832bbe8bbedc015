"""The reader of low frequencies: near the exact hash on whole baseline files, silent on everything else."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from haalweg import _native
from haalweg.signals import PdqHash, hash_orientations
from tests import pictures

SIDE = _native.JPEG_NEAR_SMALLEST_SIDE
SAMPLINGS = ["4:4:4", "4:2:2", "4:2:0"]


@cache
def jpeg(name: str = "coffee", height: int = SIDE, width: int = SIDE, mode: str = "RGB", **options: Any) -> bytes:
    picture = Image.fromarray(pictures.enlarged(pictures.photo(name), height, width)).convert(mode)
    out = io.BytesIO()
    picture.save(out, "JPEG", **options)
    return out.getvalue()


def distances(data: bytes, *, may_leave: bool = False) -> list[int]:
    read = _native.jpeg_hash_near(data, all_orientations=True)
    if read is None and may_leave:
        return [0]
    assert read is not None
    exact = hash_orientations(np.asarray(Image.open(io.BytesIO(data)).convert("RGB")))
    return [PdqHash(near).distance(hashed.hash) for near, hashed in zip(read[0], exact, strict=True)]


@pytest.mark.parametrize("quality", [30, 50, 75, 95])
@pytest.mark.parametrize("name", pictures.NAMES)
@pytest.mark.parametrize("height", [SIDE, 771, 1003, 2050])
def test_a_photo_is_at_most_eight_bits_off_in_every_orientation(name, quality, height):
    assert max(distances(jpeg(name, height, height + 21, quality=quality))) <= 8


@pytest.mark.parametrize("side", [SIDE, 777, 1024, 1530, 2100])
@pytest.mark.parametrize("name", ["brick", "grass", "gravel"])
def test_a_picture_that_is_all_fine_texture_is_at_most_eight_bits_off_or_left(name, side):
    out = io.BytesIO()
    Image.fromarray(pictures.quilt(name, side)).save(out, "JPEG")
    assert max(distances(out.getvalue(), may_leave=True)) <= 8


@pytest.mark.parametrize("drawn", [pictures.noise(600, 600), pictures.board(1024, 1024, 3)], ids=["noise", "board"])
def test_a_picture_with_nothing_but_fine_detail_is_left_to_the_decoder(drawn):
    out = io.BytesIO()
    Image.fromarray(drawn).save(out, "JPEG")
    assert _native.jpeg_hash_near(out.getvalue(), all_orientations=False) is None


@pytest.mark.parametrize("options", [{}, {"optimize": True}, {"restart_marker_blocks": 7}, {"restart_marker_rows": 1}])
@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_every_sampling_with_any_tables_and_restarts_is_read(sampling, options):
    assert max(distances(jpeg(subsampling=sampling, **options))) <= 8


def test_a_grey_file_is_read():
    assert max(distances(jpeg(mode="L"))) <= 8


def test_one_orientation_is_the_first_of_the_eight():
    one, eight = (_native.jpeg_hash_near(jpeg(), all_orientations=every) for every in (False, True))
    assert one is not None
    assert eight is not None
    assert one == (eight[0][:1], eight[1])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8",
        b"not a picture",
        jpeg(height=SIDE - 1),
        jpeg(width=SIDE - 1),
        jpeg(progressive=True),
        jpeg(mode="CMYK"),
        jpeg(keep_rgb=True),
    ],
    ids=["nothing", "start", "text", "too low", "too narrow", "progressive", "cmyk", "rgb"],
)
def test_what_it_does_not_read_it_leaves_to_the_decoder(data):
    assert _native.jpeg_hash_near(data, all_orientations=False) is None


def test_bytes_behind_the_picture_change_nothing():
    read = _native.jpeg_hash_near(jpeg(), all_orientations=False)
    assert _native.jpeg_hash_near(jpeg() + b"more", all_orientations=False) == read


@pytest.mark.parametrize("options", [{}, {"restart_marker_rows": 1}], ids=["plain", "restarts"])
def test_a_file_cut_at_any_marker_or_anywhere_is_refused(options):
    data = jpeg(**options)
    markers = [i for i in range(len(data) - 1) if data[i] == 0xFF and data[i + 1] != 0]
    for cut in {*(at + more for at in markers for more in range(4)), *range(0, len(data), len(data) // 97)}:
        if cut < len(data):
            assert _native.jpeg_hash_near(data[:cut], all_orientations=False) is None, cut


def test_a_restart_marker_out_of_turn_is_damage():
    data = jpeg(restart_marker_rows=1)
    at = data.index(b"\xff\xd0")
    assert _native.jpeg_hash_near(data[: at + 1] + b"\xd3" + data[at + 2 :], all_orientations=False) is None


@settings(max_examples=150, deadline=None)
@given(
    flips=st.lists(st.tuples(st.integers(0, 2**31), st.integers(1, 255)), min_size=1, max_size=6), start=st.booleans()
)
def test_flipped_bytes_never_crash_it(flips, start):
    data = bytearray(jpeg(restart_marker_rows=4))
    for place, change in flips:
        data[place % (700 if start else len(data))] ^= change
    read = _native.jpeg_hash_near(bytes(data), all_orientations=True)
    assert read is None or len(read[0]) == 8
