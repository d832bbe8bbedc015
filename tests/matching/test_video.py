"""Which videos of a bank another one shows, by the rule of vPDQ."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haalweg.matching.video import VideoIndex
from haalweg.signals import HashedPart, Orientation
from haalweg.signals.inner import Box
from haalweg.signals.video import packed
from tests.matching.videos import code, entry, flipped, part, video

A, B, C, D, E = (code(seed) for seed in range(1000, 1005))


def index(entries):
    return VideoIndex((number, packed(frames)) for number, frames in entries.items())


def shares(found):
    return [(one.id, one.query_percent, one.entry_percent) for one in found]


@pytest.mark.parametrize(("bits", "is_found"), [(0, True), (31, True), (32, False)])
def test_a_frame_is_found_up_to_and_including_31_bits(bits, is_found):
    found = index({7: entry(A)}).search(video(part(flipped(A, bits))))
    assert shares(found) == ([(7, 100, 100)] if is_found else [])


@pytest.mark.parametrize(("asking", "held", "is_found"), [(50, 50, True), (49, 50, False), (50, 49, False)])
def test_frames_below_a_quality_of_50_are_not_looked_at(asking, held, is_found):
    found = index({7: entry(A, quality=held)}).search(video(part(A, asking)))
    assert bool(found) is is_found


def test_four_of_five_frames_are_a_match_and_three_are_none():
    (four,) = index({7: entry(A, B, C, D)}).search(video(*map(part, (A, B, C, D, E))))
    assert (four.query_percent, four.entry_percent, four.is_match()) == (80, 100, True)
    (three,) = index({7: entry(A, B, C)}).search(video(*map(part, (A, B, C, D, E))))
    assert (three.query_percent, three.entry_percent, three.is_match()) == (60, 100, False)


def test_a_clip_of_a_long_entry_is_a_match_unless_the_entry_has_to_be_covered():
    (clip,) = index({7: entry(A, B, C, D, E)}).search(video(part(A)))
    assert (clip.query_percent, clip.entry_percent) == (100, 20)
    assert clip.is_match()
    assert clip.is_match(entry_percent=20)
    assert not clip.is_match(entry_percent=21)


def test_an_entry_inside_a_long_compilation_is_a_match_only_if_that_is_asked_for():
    (inside,) = index({7: entry(A)}).search(video(*map(part, (A, B, C, D, E))))
    assert (inside.query_percent, inside.entry_percent) == (20, 100)
    assert not inside.is_match()
    assert inside.is_match(query_percent=0, entry_percent=80)


def test_a_frame_that_comes_again_counts_once():
    (found,) = index({7: entry(A, A, A, B)}).search(video(*map(part, (A, A, A, C))))
    assert (found.query_percent, found.entry_percent) == (50, 50)


@pytest.mark.parametrize("turn", Orientation)
def test_a_turned_or_mirrored_copy_is_found_and_says_how(turn):
    (found,) = index({7: entry(A, B)}).search(video(part(A, turn=turn), part(B, turn=turn)))
    assert (found.orientation, found.query_percent) == (turn, 100)


def test_frames_of_which_only_one_orientation_is_known_are_found_as_they_are_shown_and_not_mirrored():
    def alone(*values):
        whole = video(*map(part, values))
        frames = (HashedPart(0, None, frame.parts[0].orientations[:1]) for frame in whole.frames)
        return video(*frames)

    entries = index({7: entry(A, B, C, D), 8: entry(E)})
    for values in ((A, B, C, D, E), (B, A), (E,)):
        assert entries.search(alone(*values)) == [
            replace(each, part=replace(each.part, orientations=each.part.orientations[:1]))
            for each in entries.search(video(*map(part, values)))
        ]
    mirrored = HashedPart(0, None, part(A, turn=Orientation.FLIP_X).orientations[:1])
    assert entries.search(video(mirrored)) == []


def test_frames_found_in_different_orientations_do_not_add_up():
    found = index({7: entry(A, B)}).search(video(part(A), part(B, turn=Orientation.ROTATE90)))
    assert shares(found) == [(7, 50, 50), (7, 50, 50)]


def test_a_video_that_plays_inside_a_screenshot_is_found_and_says_where():
    box = Box(10, 20, 110, 220)
    screen = [part(code(seed)) for seed in (1, 2, 3)]
    inside = [part(flipped(one, 3), inner=box) for one in (A, B, C)]
    (found,) = index({7: entry(A, B, C)}).search(video(*zip(screen, inside, strict=True)))
    assert (found.query_percent, found.entry_percent, found.distance_bits) == (100, 100, 3)
    assert found.part.inner == box


def test_what_is_found_inside_frames_never_takes_away_from_what_their_whole_gives():
    frames = [(part(A),), (part(E, quality=10), part(D, inner=Box(0, 0, 9, 9)))]
    found = index({7: entry(A)}).search(video(*frames))
    assert shares(found) == [(7, 100, 100)]


def test_the_closest_frame_is_the_one_that_is_shown():
    (found,) = index({7: entry(A, B)}).search(video(part(flipped(A, 9)), part(flipped(B, 4)), part(flipped(B, 6))))
    assert (found.distance_bits, found.timestamp_s) == (4, 1)


def test_a_frame_that_many_entries_share_finds_each_of_them():
    found = index({5: entry(A, B), 6: entry(A), 7: entry(C)}).search(video(part(A)))
    assert shares(found) == [(6, 100, 100), (5, 100, 50)]


def test_an_empty_index_and_a_flat_video_find_nothing():
    assert index({}).search(video(part(A))) == []
    assert index({7: entry(A)}).search(video(part(A, quality=0))) == []
    assert len(index({7: entry(A, quality=0)})) == 1


def slow(asking, frames, turn):
    theirs = {frame.hash for frame in frames if frame.quality >= 50}
    ours = {p.orientations[turn].hash for f in asking.frames for p in f.parts if p.quality >= 50}
    near = [(a, b) for a in ours for b in theirs if a.distance(b) <= 31]
    if not near:
        return None
    return len({a for a, _ in near}) * 100 / len(ours), len({b for _, b in near}) * 100 / len(theirs)


BASE = [code(seed) for seed in range(6)]
values = st.builds(flipped, st.sampled_from(BASE), st.integers(0, 40), seed=st.integers(0, 3))
asked = st.lists(st.builds(part, values, st.sampled_from([0, 49, 50, 100])), max_size=8)
held = st.lists(st.lists(values, min_size=1, max_size=8), min_size=1, max_size=4)


@given(asked, held)
def test_it_finds_what_a_slow_comparison_of_all_with_all_finds(frames, entries):
    asking = video(*frames)
    found = VideoIndex((number, packed(entry(*one))) for number, one in enumerate(entries)).search(asking)
    upright = {
        one.id: (one.query_percent, one.entry_percent) for one in found if one.orientation is Orientation.IDENTITY
    }
    expected = {number: slow(asking, entry(*one), 0) for number, one in enumerate(entries)}
    assert upright == {number: share for number, share in expected.items() if share is not None}
