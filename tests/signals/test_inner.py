from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import haalweg
from haalweg import _native
from haalweg.signals import Box, PictureShapeError, hash_pixels, inner_pictures
from tests import pictures

if TYPE_CHECKING:
    from tests.pictures import Rgb


def framed(rgb: Rgb, at: tuple[int, int], size: tuple[int, int], colour: int = 250) -> Rgb:
    """The picture on a plain page; at: left and top, size: width and height of the page."""
    page = pictures.flat(size[1], size[0], colour)
    left, top = at
    page[top : top + rgb.shape[0], left : left + rgb.shape[1]] = rgb
    return page


def with_telephone_bars(page: Rgb) -> Rgb:
    """A clock and buttons above and below, as drawn blocks on the page's own colour."""
    ink = 255 - int(page[0, 0, 0])
    width, height = page.shape[1], page.shape[0]
    page[20:50, 40:140] = ink
    page[20:50, width - 160 : width - 60 : 2] = ink
    for k in range(4):
        page[height - 90 : height - 40, 60 + k * width // 4 : 110 + k * width // 4] = ink
    return page


def as_jpeg(rgb: Rgb, quality: int) -> Rgb:
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, "JPEG", quality=quality)
    return np.asarray(Image.open(out))


@pytest.mark.parametrize("colour", [0, 18, 128, 250])
@pytest.mark.parametrize("name", ["coffee", "chelsea", "astronaut"])
def test_the_photo_in_a_telephones_screenshot_is_found_to_the_pixel(name, colour):
    photo = pictures.photo(name)
    screenshot = with_telephone_bars(framed(photo, (50, 400), (750, 1500), colour))
    height, width = photo.shape[:2]
    assert inner_pictures(screenshot)[0] == Box(50, 400, 50 + width, 400 + height)


@pytest.mark.parametrize("quality", [90, 60, 30])
def test_the_photo_in_a_re_encoded_screenshot_still_matches(quality):
    photo = pictures.photo("coffee")
    screenshot = as_jpeg(with_telephone_bars(framed(photo, (53, 403), (750, 1500))), quality)
    box = inner_pictures(screenshot)[0]
    inner = screenshot[box.top : box.bottom, box.left : box.right]
    assert hash_pixels(inner).hash.distance(hash_pixels(photo).hash) <= 31


@pytest.mark.parametrize("share", [0.04, 0.10])
def test_the_photo_between_the_bars_of_a_letterbox_is_found(share):
    photo = pictures.photo("coffee")
    height, width = photo.shape[:2]
    bar = round(height * share)
    letterbox = framed(photo, (0, bar), (width, height + 2 * bar), 0)
    assert inner_pictures(letterbox)[0] == Box(0, bar, width, bar + height)


def test_a_photo_over_a_drifting_background_is_found():
    photo = pictures.photo("coffee")
    page = np.ascontiguousarray(np.broadcast_to(np.linspace(0, 250, 900)[None, :, None], (1600, 900, 3))).astype(
        np.uint8
    )
    page[500:900, 150:750] = photo
    box = inner_pictures(page)[0]
    assert np.abs(np.subtract((box.left, box.top, box.right, box.bottom), (150, 500, 750, 900))).max() <= 4


def test_two_photos_in_one_frame_are_both_found():
    page = framed(pictures.photo("coffee"), (40, 60), (700, 1200))
    page[560:1072, 60:572] = pictures.photo("astronaut")
    assert {Box(60, 560, 572, 1072), Box(40, 60, 640, 460)} <= set(inner_pictures(page))


def test_at_most_four_boxes_come_back():
    page = pictures.flat(1600, 1100, 255)
    for k in range(6):
        left, top = 40 + k % 2 * 520, 40 + k // 2 * 520
        page[top : top + 480, left : left + 480] = pictures.noise(480, 480, seed=k)
    assert len(inner_pictures(page)) == _native.INNER_MOST == 4


@pytest.mark.parametrize("name", pictures.NAMES)
def test_a_plain_photo_has_no_inner_picture(name):
    assert inner_pictures(pictures.photo(name)) == []


def test_plain_photos_rarely_have_an_inner_picture(shared_photos):
    counts = [len(inner_pictures(np.asarray(Image.open(path).convert("RGB")))) for path in shared_photos]
    assert np.mean(counts) <= 0.4


def test_grey_an_alpha_channel_and_rows_with_gaps_give_the_same_boxes():
    grey = pictures.photo("coffee")[..., :1]
    page = framed(np.repeat(grey, 3, axis=2), (50, 60), (700, 900))
    boxes = inner_pictures(page)
    assert boxes[0] == Box(50, 60, 650, 460)
    alpha = pictures.noise(900, 700)[..., :1]
    assert inner_pictures(np.ascontiguousarray(page[..., :1])) == boxes
    assert inner_pictures(np.concatenate([page, alpha], axis=2)) == boxes
    wide = np.concatenate([page, page], axis=1)
    assert inner_pictures(wide[:, :700]) == boxes


def test_inner_pictures_is_promised_to_others():
    assert haalweg.inner_pictures is inner_pictures
    assert haalweg.Box is Box


@settings(max_examples=200, deadline=None)
@given(
    size=st.tuples(st.integers(5, 500), st.integers(5, 500)),
    block=st.integers(1, 90),
    channels=st.sampled_from([1, 3, 4]),
    levels=st.sampled_from([2, 3, 256]),
    seed=st.integers(0, 2**32 - 1),
)
def test_boxes_of_any_picture_lie_inside_it_and_come_again(size, block, channels, levels, seed):
    height, width = size
    random = np.random.default_rng(seed)
    small = random.integers(0, levels, (height // block + 1, width // block + 1, channels)) * 255 // (levels - 1)
    rgb = np.ascontiguousarray(np.kron(small, np.ones((block, block, 1))).astype(np.uint8)[:height, :width])
    boxes = inner_pictures(rgb)
    assert boxes == inner_pictures(rgb.copy())
    assert len(boxes) <= 4
    assert len(set(boxes)) == len(boxes)
    for box in boxes:
        assert 0 <= box.left < box.right <= width
        assert 0 <= box.top < box.bottom <= height
        hash_pixels(rgb[box.top : box.bottom, box.left : box.right])


@pytest.mark.parametrize(
    "size", [(5, 5), (5, 262_144), (262_144, 5), (33, 262_144), (262_144, 33), (1, 1), (31, 32), (32, 32)], ids=str
)
def test_hostile_sizes_end_in_an_answer_or_a_sentence(size):
    rgb = pictures.noise(*size)
    if min(size) < _native.PDQ_SMALLEST_SIDE:
        with pytest.raises(PictureShapeError):
            inner_pictures(rgb)
    else:
        assert inner_pictures(rgb) == []


def test_the_core_refuses_a_side_longer_than_pdq_takes():
    with pytest.raises(ValueError, match="a side is too long"):
        _native.inner_pictures(np.broadcast_to(np.zeros((1, 1, 3), np.uint8), (5, 262_145, 3)).copy())
