"""Our rule for videos and that of `threatexchange` give the same shares and the same verdict."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from haalweg.matching.video import VideoIndex
from haalweg.signals import Orientation, vpdq_to_json
from haalweg.signals.video import packed
from tests.matching.test_video import values
from tests.matching.videos import entry, part, video
from tests.signals.threatexchange_vpdq import VPDQSignal

videos = st.lists(values, min_size=1, max_size=8)


def upright(asking, frames):
    found = VideoIndex([(1, packed(frames))]).search(asking)
    return next((one for one in found if one.orientation is Orientation.IDENTITY), None)


@given(videos, videos)
def test_the_shares_and_the_verdict_are_theirs(asking, held):
    ours = upright(video(*map(part, asking)), entry(*held))
    theirs = VPDQSignal.compare_hash(vpdq_to_json(entry(*asking)), vpdq_to_json(entry(*held)))
    assert (ours is not None and ours.is_match()) is theirs.match
    assert vars(theirs.distance) == {
        "query_match_percent": ours.query_percent if ours else 0,
        "compared_match_percent": ours.entry_percent if ours else 0,
    }


@given(videos, st.lists(videos, min_size=1, max_size=3))
def test_a_bank_gives_the_matches_their_index_gives(asking, entries):
    theirs = VPDQSignal.get_index_cls().build(
        (vpdq_to_json(entry(*frames)), number) for number, frames in enumerate(entries)
    )
    found = VideoIndex((number, packed(entry(*frames))) for number, frames in enumerate(entries)).search(
        video(*map(part, asking))
    )
    matched = {one.id for one in found if one.orientation is Orientation.IDENTITY and one.is_match()}
    assert matched == {match.metadata for match in theirs.query(vpdq_to_json(entry(*asking)))}
