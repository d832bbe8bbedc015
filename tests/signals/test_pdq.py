from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pdqhash
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from haalweg import _native
from haalweg.signals import (
    Hashed,
    Orientation,
    PdqHash,
    PictureShapeError,
    SignatureError,
    hash_orientations,
    hash_pixels,
)
from tests import pictures

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pictures import Rgb


def reference(rgb: Rgb) -> Hashed:
    bits, quality = pdqhash.compute(rgb)
    return Hashed(PdqHash(np.packbits(bits.astype(np.uint8)).tobytes()), quality)


def reference_orientations(rgb: Rgb) -> tuple[Hashed, ...]:
    hashes, quality = pdqhash.compute_dihedral(rgb)
    return tuple(Hashed(PdqHash(np.packbits(bits.astype(np.uint8)).tobytes()), quality) for bits in hashes)


SIZES = [
    (5, 5),
    (5, 900),
    (900, 5),
    (63, 65),
    (127, 129),
    (128, 128),
    (129, 127),
    (200, 1500),
    (480, 640),
    (1004, 1600),
]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", pictures.NAMES)
def test_a_photo_hashes_as_the_reference_does_at_every_size(name, size):
    rgb = pictures.enlarged(pictures.photo(name), *size)
    assert hash_pixels(rgb) == reference(rgb)
    assert hash_orientations(rgb) == reference_orientations(rgb)


@pytest.mark.parametrize("name", pictures.NAMES[:2])
def test_a_twelve_megapixel_photo_hashes_as_the_reference_does(name):
    rgb = pictures.enlarged(pictures.photo(name), 3024, 4032)
    assert hash_orientations(rgb) == reference_orientations(rgb)


def test_every_shared_photo_hashes_as_the_reference_does(shared_photos: list[Path]):
    for path in shared_photos:
        rgb = np.asarray(Image.open(path).convert("RGB"))
        assert hash_pixels(rgb) == reference(rgb), path.name
        assert hash_orientations(rgb) == reference_orientations(rgb), path.name


TIED = [
    *(pictures.bars(300 + 7 * k, 700 - 11 * k, 2 + 3 * k) for k in range(12)),
    *(pictures.board(512, 512, 2 ** (1 + k)) for k in range(8)),
    *(pictures.gradient(97 * k, 83 * k) for k in range(1, 8)),
    pictures.flat(300, 400),
    pictures.flat(64, 65, 0),
    pictures.flat(700, 701, 255),
    *(
        pictures.blocks(*each)
        for each in [(323, 16, 11, 599683001, 2), (13, 23, 9, 2673023684, 3), (51, 45, 16, 303962135, 3)]
    ),
]


@pytest.mark.parametrize("rgb", TIED, ids=lambda rgb: f"{rgb.shape[1]}x{rgb.shape[0]}")
def test_exact_and_near_ties_are_settled_as_the_reference_settles_them(rgb):
    assert hash_pixels(rgb) == reference(rgb)
    assert hash_orientations(rgb) == reference_orientations(rgb)


@settings(max_examples=150, deadline=None)
@given(
    height=st.integers(5, 400),
    width=st.integers(5, 400),
    block=st.integers(1, 40),
    seed=st.integers(0, 2**32 - 1),
    levels=st.sampled_from([2, 3, 7, 256]),
)
def test_any_picture_of_blocks_hashes_as_the_reference_does(height, width, block, seed, levels):
    rgb = pictures.blocks(height, width, block, seed, levels)
    assert hash_pixels(rgb) == reference(rgb)
    if (height, width) != (64, 64):
        assert hash_orientations(rgb) == reference_orientations(rgb)


def test_a_picture_of_64_by_64_is_its_own_samples_in_every_orientation():
    rgb = pictures.enlarged(pictures.photo("coffee"), 64, 64)
    assert hash_pixels(rgb) == reference(rgb)
    assert hash_orientations(rgb)[0] == reference(rgb)


@pytest.mark.parametrize(
    ("orientation", "turn"),
    [
        (Orientation.IDENTITY, lambda a: a),
        (Orientation.ROTATE90, lambda a: np.rot90(a, 1)),
        (Orientation.ROTATE180, lambda a: np.rot90(a, 2)),
        (Orientation.ROTATE270, lambda a: np.rot90(a, 3)),
        (Orientation.FLIP_X, np.flipud),
        (Orientation.FLIP_Y, np.fliplr),
        (Orientation.TRANSPOSE, lambda a: np.transpose(a, (1, 0, 2))),
        (Orientation.ANTITRANSPOSE, lambda a: np.rot90(np.transpose(a, (1, 0, 2)), 2)),
    ],
    ids=lambda value: value.value if isinstance(value, Orientation) else "",
)
@pytest.mark.parametrize("name", pictures.NAMES)
def test_each_orientation_is_the_hash_of_the_picture_turned_that_way(name, orientation, turn):
    rgb = pictures.photo(name)
    turned = hash_pixels(np.ascontiguousarray(turn(rgb)))
    distances = [hashed.hash.distance(turned.hash) for hashed in hash_orientations(rgb)]
    assert distances[list(Orientation).index(orientation)] <= 31
    assert sum(distance <= 31 for distance in distances) == 1


def test_grey_and_an_alpha_channel_hash_as_the_same_colours_do():
    rgb = pictures.photo("coffee")
    alpha = np.full((*rgb.shape[:2], 1), 77, np.uint8)
    assert hash_pixels(np.concatenate([rgb, alpha], axis=2)) == hash_pixels(rgb)
    grey = rgb[..., :1]
    assert hash_pixels(grey) == reference(np.repeat(grey, 3, axis=2))


def test_rows_with_gaps_between_them_and_reversed_arrays_are_read_right():
    rgb = pictures.photo("astronaut")
    assert hash_pixels(rgb[:, 10:400]) == reference(np.ascontiguousarray(rgb[:, 10:400]))
    assert hash_pixels(rgb[::-1]) == reference(np.ascontiguousarray(rgb[::-1]))
    assert hash_pixels(rgb[:, ::2]) == reference(np.ascontiguousarray(rgb[:, ::2]))


def test_a_flat_picture_has_a_quality_of_nought_and_says_it_is_too_flat():
    hashed = hash_pixels(pictures.flat(400, 300))
    assert hashed.quality == 0
    assert hashed.too_flat
    assert not hash_pixels(pictures.photo("coffee")).too_flat


@pytest.mark.parametrize(
    ("rgb", "sentence"),
    [
        (np.zeros((4, 9, 3), np.uint8), "A picture of 9 x 4 pixels: PDQ needs at least 5 a side."),
        (
            np.zeros((9, 9), np.uint8),
            "An array of uint8 with shape (9, 9) where a picture is uint8 (height, width, 3).",
        ),
        (
            np.zeros((9, 9, 3), np.float32),
            "An array of float32 with shape (9, 9, 3) where a picture is uint8 (height, width, 3).",
        ),
        (
            np.broadcast_to(np.zeros((1, 1, 3), np.uint8), (5, 300_000, 3)),
            "A picture of 300000 x 5 pixels: PDQ takes at most 262144 a side.",
        ),
    ],
)
def test_what_is_not_a_picture_is_refused_with_its_shape(rgb, sentence):
    with pytest.raises(PictureShapeError) as refusal:
        hash_pixels(rgb)
    assert str(refusal.value) == sentence


PRINT_A_DIGEST_OF_MANY_HASHES = """
import hashlib, numpy as np
from haalweg import _native
random, digest = np.random.default_rng(3), hashlib.sha256()
for _ in range(60):
    rgb = random.integers(0, 256, (*random.integers(5, 500, 2), 3), dtype=np.uint8)
    for way in _native.PdqWay:
        hashes, quality = _native.pdq_orientations(rgb, way)
        digest.update(b"".join(hashes) + bytes([quality]))
print(digest.hexdigest(), _native.isa_name())
"""


def test_every_instruction_set_gives_the_same_bits():
    def answer(isa: str) -> list[str]:
        program = [sys.executable, "-c", PRINT_A_DIGEST_OF_MANY_HASHES]
        return subprocess.run(
            program, env={**os.environ, "HAALWEG_ISA": isa}, capture_output=True, text=True, check=True
        ).stdout.split()

    widest, plain = answer(""), answer("baseline")
    assert plain[1] in {"sse2", "neon"}
    assert widest[0] == plain[0]


def test_hexadecimal_and_bytes_are_the_same_256_bits_in_the_fields_order():
    value = PdqHash.from_hex("f8" * 31 + "01")
    assert value.hex == "f8" * 31 + "01"
    assert bytes(value) == bytes.fromhex(value.hex)
    assert PdqHash.from_hex(value.hex.upper()) == value
    assert hash(PdqHash.from_hex(value.hex)) == hash(value)


def test_distance_counts_differing_bits():
    nought = PdqHash(bytes(32))
    assert nought.distance(nought) == 0
    assert nought.distance(PdqHash(b"\xff" * 32)) == 256
    assert nought.distance(PdqHash(b"\x01" + bytes(30) + b"\x80")) == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ab" * 16, "32 characters where PDQ has 64 hexadecimal ones. 32 is the length of an MD5."),
        ("", "0 characters where PDQ has 64 hexadecimal ones."),
        ("g" * 64, "Characters that are not hexadecimal where a PDQ hash was expected."),
        ("ab " * 21 + "a", "Characters that are not hexadecimal where a PDQ hash was expected."),
        ("\uff10" * 64, "Characters that are not hexadecimal where a PDQ hash was expected."),
    ],
)
def test_text_that_is_no_pdq_hash_is_refused_with_the_reason(text, sentence):
    with pytest.raises(SignatureError) as refusal:
        PdqHash.from_hex(text)
    assert str(refusal.value) == sentence


@pytest.mark.threat("K4")
def test_a_hash_does_not_show_its_value_in_a_log_or_traceback():
    hashed = hash_pixels(pictures.photo("coffee"))
    assert hashed.hash.hex[:8] not in repr(hashed)


def test_the_fast_way_alone_settles_most_photos_and_never_a_flat_one():
    assert sum(_native.pdq_settled(pictures.photo(name), all_orientations=True) for name in pictures.NAMES) >= 2
    assert not _native.pdq_settled(pictures.flat(500, 500), all_orientations=False)
