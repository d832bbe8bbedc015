"""The labels of the trace's measurement: a wrong one would make every figure wrong, and nobody would see it."""

from __future__ import annotations

import random

import numpy as np
import pytest
import trace_changes
import trace_data
import trace_scenes
from PIL import Image
from trace_data import Query, Source
from trace_peers import collapsed


def a_photo(width: int = 320, height: int = 240) -> Image.Image:
    grey = np.random.default_rng(5).normal(0, 1, (height // 8, width // 8, 3))
    return Image.fromarray((128 + 40 * grey).clip(0, 255).astype(np.uint8)).resize((width, height))


@pytest.fixture(scope="module")
def everything(shared_photos) -> trace_data.TraceData:
    assert shared_photos
    return trace_data.load()


@pytest.mark.parametrize("size", [(512, 384), (384, 512), (101, 101), (64, 63)])
def test_the_two_halves_of_a_photo_have_a_gap_between_them(size):
    first, second = trace_data.half_boxes(*size)
    along = 0 if size[0] >= size[1] else 1
    assert second[along] - first[along + 2] >= 16
    assert first[along] == 0
    assert second[along + 2] == size[along]


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
@pytest.mark.parametrize("size", [(512, 384), (336, 448), (512, 288)])
def test_a_replaced_region_covers_the_share_that_the_label_says(share, size):
    mask = trace_scenes.figure_of(size, share, random.Random(3))
    assert np.asarray(mask).mean() / 255 == pytest.approx(share, abs=0.02)


@pytest.mark.parametrize("change", [*trace_changes.CHANGES.values(), *trace_changes.REPOSTS.values()])
def test_a_change_gives_the_same_picture_from_the_same_seed(change):
    one, again = (change(a_photo(), random.Random("seed")) for _ in range(2))
    assert one.size == again.size
    assert one.tobytes() == again.tobytes()


def test_what_a_generator_redraws_drifts_by_about_a_pixel_and_smoothly():
    field = trace_changes.smooth_field(400, 300, np.random.default_rng(1), 40)
    assert field.shape == (300, 400)
    assert field.std() == pytest.approx(1, abs=0.01)
    assert abs(np.diff(field, axis=1)).max() < 0.2


def test_sampling_where_the_pixels_are_changes_nothing():
    rgb = np.asarray(a_photo())
    y, x = np.mgrid[: rgb.shape[0], : rgb.shape[1]].astype(np.float32)
    assert np.array_equal(trace_changes.sampled(rgb, x, y), rgb)


def test_matches_that_fall_on_one_spot_are_no_match():
    spread, spot = np.random.default_rng(2).uniform(0, 500, (2, 40, 2)).astype(np.float32)
    spot = 100 + spot / 500
    assert collapsed(spread, spot)
    assert collapsed(spot, spread)
    assert not collapsed(spread, spread)


def test_a_photo_that_both_contain_is_neither_a_find_nor_a_false_alarm():
    query = a_query(material={"a", "b"}, expected={"photo a": "derived"}, silent=("scene of b",))
    assert query.verdict(a_source("photo a", {"a"})) == "expected"
    assert query.verdict(a_source("scene of b", {"b"})) == "film"
    assert query.verdict(a_source("half of a", {"a"})) == "ignored"
    assert query.verdict(a_source("photo c", {"c"})) == "unrelated"


def a_query(*, material: set[str], expected: dict[str, str], silent: tuple[str, ...]) -> Query:
    return Query("q", "film", "none", "held out", frozenset(material), a_photo, expected=expected, silent=silent)


def a_source(name: str, material: set[str]) -> Source:
    return Source(name, "held out", frozenset(material), a_photo)


def test_a_photo_that_is_left_out_is_in_no_picture(everything):
    for one in (*everything.sources.values(), *everything.queries):
        assert not one.material & trace_data.LEFT_OUT


def test_labels_name_sources_that_are_there_and_do_not_contradict_each_other(everything):
    assert len({query.id for query in everything.queries}) == len(everything.queries)
    for query in everything.queries:
        named = {*query.expected, *query.silent}
        assert named <= set(everything.sources)
        assert named
        assert not set(query.expected) & set(query.silent)


def test_nothing_of_one_half_is_seen_in_the_other(everything):
    for half in trace_data.HALVES:
        mine = everything.only(half=half)
        assert all({*query.expected, *query.silent} <= set(mine.sources) for query in mine.queries)
        other = next(one for one in trace_data.HALVES if one != half)
        shown = {name for one in (*mine.sources.values(), *mine.queries) for name in one.material}
        hidden = {name for name, its in trace_data.half_of().items() if its == other}
        assert not shown & hidden


def test_there_are_two_hundred_pairs_of_different_photos_in_one_frame(everything):
    pairs = [query for query in everything.queries if query.set.startswith("frame, ")]
    assert len(pairs) >= 200
    assert all(not query.material & everything.sources[query.silent[0]].material for query in pairs)


def test_a_picture_is_the_same_whenever_it_is_made(everything):
    again = {query.id: query for query in trace_data.load().queries}
    for query in everything.sample(1).queries:
        assert query.picture().tobytes() == again[query.id].picture().tobytes(), query.id
