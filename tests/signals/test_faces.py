from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from haalweg._native import find_faces
from tests import pictures
from tests.reference import faces as reference

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.pictures import Rgb

FACE = (186, 64, 262, 160)  # the astronaut's, from the hair line to the chin, in the photo as it is: 512 x 512


def resized(rgb: Rgb, side: int) -> Rgb:
    return np.asarray(Image.fromarray(rgb).resize((side, side), Image.Resampling.BOX))


def one_channel(grey: NDArray[np.uint8]) -> Rgb:
    return np.ascontiguousarray(grey).reshape(*grey.shape, 1)


def covers(box: tuple[int, int, int, int], part: tuple[int, int, int, int], scale: float = 1.0) -> bool:
    left, top, right, bottom = (value * scale for value in part)
    return box[0] <= left and box[1] <= top and box[2] >= right and box[3] >= bottom


def astronaut() -> Rgb:
    return pictures.photo("astronaut")


@pytest.mark.parametrize("side", [2048, 1000, 512, 350, 200])
def test_the_surest_box_is_the_face_whatever_the_size_of_the_photo(side):
    box = find_faces(resized(astronaut(), side))[0]
    assert covers(box, FACE, side / 512)
    assert box[2] - box[0] < side / 2


def test_a_face_turned_the_other_way_round_is_found_too():
    boxes = find_faces(np.ascontiguousarray(astronaut()[:, ::-1]))
    assert any(covers((512 - right, top, 512 - left, bottom), FACE) for left, top, right, bottom in boxes)


@pytest.mark.parametrize("parts_left", [2, 4])
def test_a_face_in_a_dark_photo_is_found(parts_left):
    assert any(covers(box, FACE) for box in find_faces(astronaut() // parts_left))


def test_a_face_that_fills_the_photo_is_found():
    assert any(covers(box, (15, 25, 70, 75)) for box in find_faces(astronaut()[65:165, 180:270]))


def test_a_face_seen_from_the_side_is_found():
    boxes = find_faces(one_channel(pictures.photo("camera")))
    assert any(covers(box, (225, 125, 265, 155)) for box in boxes)


def test_grey_rgb_and_rgba_of_one_picture_give_the_same_boxes():
    rgb = np.repeat(one_channel(pictures.photo("camera")), 3, axis=2)
    rgba = np.concatenate([rgb, np.zeros_like(rgb[..., :1])], axis=2)
    assert find_faces(rgb[..., :1].copy()) == find_faces(rgb) == find_faces(rgba)


def test_rows_that_lie_apart_in_memory_are_read_as_what_they_show():
    window = astronaut()[40:200, 150:300]
    assert find_faces(window) == find_faces(window.copy()) != []


@pytest.mark.parametrize("colour", [0, 128, 255])
def test_plain_ground_has_no_face(colour):
    assert find_faces(pictures.flat(640, 480, colour)) == []


@pytest.mark.parametrize("seed", range(8))
def test_noise_loses_next_to_nothing_to_false_boxes(seed):
    """One window that agrees makes a small box: a face overlooked would cost more than the points this takes."""
    boxes = find_faces(pictures.noise(300, 400, seed=seed))
    assert sum((right - left) * (bottom - top) for left, top, right, bottom in boxes) < 300 * 400 * 0.15


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (7, 7), (8, 20_000), (20_000, 8), (1, 100_000), (30, 4000)])
def test_a_picture_of_any_shape_is_taken(size):
    noise = np.random.default_rng(0).integers(0, 256, (*size, 3), dtype=np.uint8)
    assert find_faces(noise) == []


@pytest.mark.parametrize("shape", [(0, 5, 3), (5, 0, 3), (5, 5, 2)])
def test_what_is_no_picture_is_refused(shape):
    with pytest.raises(ValueError, match=r"expected|contiguous|at least one pixel"):
        find_faces(np.zeros(shape, np.uint8))


def test_every_box_lies_within_the_photo_and_twice_gives_the_same():
    for name in ("astronaut", "coffee", "chelsea", "rocket"):
        rgb = pictures.photo(name)
        boxes = find_faces(rgb)
        assert boxes == find_faces(rgb)
        for left, top, right, bottom in boxes:
            assert 0 <= left < right <= rgb.shape[1]
            assert 0 <= top < bottom <= rgb.shape[0]


SMALL = {
    "face": lambda: astronaut()[::3, ::3, 1][8:62, 46:100],
    "wide": lambda: astronaut()[::2, ::2, 1][20:60, 80:150],
    "profile": lambda: pictures.photo("camera")[::4, ::4][20:60, 40:80],
    "texture": lambda: pictures.photo("coffee")[100:160:2, 200:300:2, 0],
    "one more than a row of windows": lambda: astronaut()[::4, ::4, 0][8:49, 37:80],
}


@pytest.mark.parametrize("name", SMALL)
def test_the_boxes_are_those_of_the_slow_way(name):
    grey = SMALL[name]()
    assert find_faces(one_channel(grey)) == reference.find_faces(grey)


def test_what_is_compared_with_the_slow_way_holds_faces():
    assert sum(find_faces(one_channel(make())) != [] for make in SMALL.values()) >= 2
