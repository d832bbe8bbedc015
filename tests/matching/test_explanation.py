"""Where a photo and a picture agree: the same places and boxes in both, as a search finds them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import ImageOps

from haalweg.matching import LeadLevel, RecognisedKind, TraceIndex, explain
from haalweg.signals import Box, FrameView, trace_pixels, view_of
from tests import pictures
from tests.matching.test_trace_index import cropped, in_a_screenshot, photo, replaced


def viewed(image, frame=0):
    view = view_of(frame, np.asarray(image))
    assert view is not None
    return view


def explained(source, *made):
    return explain(trace_pixels(np.asarray(source)), source.size, [viewed(image, n) for n, image in enumerate(made)])


def made_from(name):
    return replaced(photo(name), photo("immunohistochemistry"))


def holds(box, at):
    return box.left <= at[0] < box.right and box.top <= at[1] < box.bottom


@pytest.mark.parametrize("name", ["coffee", "rocket", "astronaut"])
def test_it_is_what_a_search_answers(name):
    made = cropped(made_from(name))
    index = TraceIndex()
    index.add(trace_pixels(np.asarray(photo(name))), 0)
    [found] = index.search(np.asarray(made))
    explanation = explained(photo(name), made)
    answer = explanation.recognised
    assert answer is not None
    assert (answer.kind, answer.level) == (RecognisedKind.DERIVED, LeadLevel.PROBABLE)
    assert (answer.score, answer.agrees, answer.altered) == (found.score, found.agrees, found.altered)
    assert explanation.agreeing == found.inliers


def test_what_was_replaced_lies_in_the_altered_boxes_of_both():
    source, made = photo("coffee"), made_from("coffee")
    explanation = explained(source, made)
    assert explanation.recognised is not None
    for boxes, size in ((explanation.altered, source.size), (explanation.recognised.altered, made.size)):
        assert any(holds(box, (0.5 * size[0], 0.65 * size[1])) for box in boxes)
        assert not any(holds(box, (20, 20)) for box in boxes)
    inside = [place for place in explanation.places if any(holds(box, place.at) for box in explanation.altered)]
    assert sum(place.agrees for place in inside) < len(inside) / 4


@pytest.mark.parametrize(
    ("change", "there"),
    [
        (lambda image: image, lambda x, y, _: (x, y)),
        (ImageOps.mirror, lambda x, y, size: (size[0] - x, y)),
        (lambda image: image.crop((60, 40, *image.size)), lambda x, y, _: (x - 60, y - 40)),
        (lambda image: image.resize((1500, 1000)), lambda x, y, size: (x * 1500 / size[0], y * 1000 / size[1])),
    ],
    ids=["as it is", "mirrored", "cropped", "larger"],
)
def test_a_place_is_shown_where_it_went(change, there):
    source = photo("coffee")
    made = change(made_from("coffee"))
    explanation = explained(source, made)
    assert explanation.picture == made.size
    for place in explanation.places:
        expected = there(*place.at, source.size)
        if place.shown_at is None:
            assert not holds(Box(0, 0, *made.size), expected)
        else:
            assert place.shown_at == pytest.approx(expected, abs=3)


def test_of_a_photo_in_a_frame_places_and_boxes_lie_inside_the_frame():
    explanation = explained(in_a_screenshot(photo("astronaut")), made_from("astronaut"))
    framed = explanation.framed
    assert framed is not None
    assert explanation.agreeing > 100
    assert all(holds(framed, place.at) for place in explanation.places)
    for box in (*explanation.agrees, *explanation.altered):
        assert framed.left <= box.left < box.right <= framed.right
        assert framed.top <= box.top < box.bottom <= framed.bottom


def test_no_place_lies_in_what_was_left_out():
    explanation = explained(photo("astronaut"), photo("astronaut"))
    assert explanation.left_out
    for box in explanation.left_out:
        inside = Box(box.left + 1, box.top + 1, box.right, box.bottom)  # places are kept to half a pixel
        assert not any(holds(inside, place.at) for place in explanation.places)


def test_where_nothing_is_recognised_no_place_agrees():
    explanation = explained(photo("coffee"), photo("rocket"))
    assert explanation.recognised is None
    assert (explanation.agreeing, explanation.agrees, explanation.altered) == (0, (), ())
    assert len(explanation.places) == 400
    assert not any(place.agrees or place.shown_at for place in explanation.places)


def test_of_several_frames_it_is_the_one_that_is_recognised():
    explanation = explained(photo("coffee"), photo("rocket"), made_from("coffee"), photo("chelsea"))
    assert explanation.frame == 1
    assert explanation.picture == photo("coffee").size


def test_a_picture_without_detail_is_no_error():
    flat = pictures.flat(300, 200)
    explanation = explain(trace_pixels(np.asarray(photo("coffee"))), (600, 400), [FrameView(0, 200, 300, flat)])
    assert explanation.recognised is None
    assert explanation.picture == (200, 300)


def test_it_holds_no_array():
    explanation = explained(photo("coffee"), made_from("coffee"))
    assert replace(explanation) == explanation
    assert hash(explanation) == hash(replace(explanation)), "numbers, boxes and nothing that could be pixels"
