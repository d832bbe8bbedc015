"""What a store holds, asked about parts of pictures: each entry once, as close as it comes, unless it is harmless."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import BankKind, BankSettings, NewEntries, WithdrawalReason
from haalweg.matching import BankIndex
from haalweg.signals import Box, FileDigests, Orientation, SignalType
from haalweg.signals.video import packed
from tests.matching.videos import code, entry, flipped, part, video

NOW = datetime(2026, 11, 25, tzinfo=UTC)
KNOWN = code(1)


@pytest.fixture
def store(tmp_path):
    with BankFile.new(tmp_path / "plain.bank", None, now=NOW) as opened:
        yield opened


def add(store, name, *values, signal_type=SignalType.PDQ, kind=BankKind.POSITIVE, settings=None, **more):
    bank = store.bank(name) or store.make_bank(name, now=NOW, kind=kind, settings=settings or BankSettings())
    return store.add(NewEntries(bank.id, signal_type, list(values), **more), now=NOW).first_id


def index_of(store, now=NOW):
    return BankIndex.of(store, now=now)


@pytest.mark.parametrize(("bits", "is_match"), [(0, True), (31, True), (32, False)])
def test_an_entry_matches_up_to_and_including_31_bits(store, bits, is_match):
    number = add(store, "one", KNOWN)
    matches = index_of(store).match_picture([part(flipped(KNOWN, bits))])
    assert [(match.bank, match.entry, match.distance_bits) for match in matches] == [("one", number, bits)] * is_match


def test_each_bank_has_the_threshold_it_was_made_with(store):
    add(store, "strict", KNOWN, settings=BankSettings(threshold_bits=10))
    add(store, "wide", KNOWN)
    matches = index_of(store).match_picture([part(flipped(KNOWN, 11))])
    assert [match.bank for match in matches] == ["wide"]
    assert len(index_of(store).match_picture([part(flipped(KNOWN, 10))])) == 2


def test_an_entry_is_found_once_in_its_closest_part_and_orientation(store):
    add(store, "one", KNOWN)
    inner = Box(0, 10, 20, 30)
    asking = [
        part(flipped(KNOWN, 20)),
        part(flipped(KNOWN, 3), inner=inner, turn=Orientation.FLIP_Y),
        part(flipped(KNOWN, 5), inner=Box(1, 2, 3, 4)),
    ]
    (match,) = index_of(store).match_picture(asking)
    assert (match.distance_bits, match.orientation, match.inner) == (3, Orientation.FLIP_Y, inner)


def test_entries_come_closest_first(store):
    far, near = add(store, "one", flipped(KNOWN, 9)), add(store, "two", flipped(KNOWN, 2))
    assert [match.entry for match in index_of(store).match_picture([part(KNOWN)])] == [near, far]


def test_a_part_without_detail_is_not_asked(store):
    add(store, "one", KNOWN)
    assert index_of(store).match_picture([part(KNOWN, quality=49)]) == []
    assert len(index_of(store).match_picture([part(KNOWN, quality=50)])) == 1


def test_a_part_that_a_negative_bank_knows_is_no_match_and_the_other_parts_still_are(store):
    add(store, "one", KNOWN)
    add(store, "logos", flipped(KNOWN, 12), kind=BankKind.NEGATIVE)
    assert index_of(store).match_picture([part(KNOWN)]) == []
    other = add(store, "one", code(2))
    matches = index_of(store).match_picture([part(KNOWN), part(code(2), inner=Box(0, 0, 9, 9))])
    assert [match.entry for match in matches] == [other]


def test_what_was_withdrawn_or_has_expired_is_not_there(store):
    number = add(store, "one", KNOWN)
    add(store, "two", KNOWN, expires_at=NOW + timedelta(days=1))
    assert len(index_of(store)) == 2
    store.withdraw([number], reason=WithdrawalReason.ASKED, now=NOW)
    assert [match.bank for match in index_of(store).match_picture([part(KNOWN)])] == []
    add(store, "three", code(3), expires_at=NOW + timedelta(days=1))
    later = index_of(store, now=NOW + timedelta(days=2))
    assert (len(later), later.match_picture([part(code(3))])) == (0, [])


def test_a_store_without_entries_matches_nothing(store):
    index = index_of(store)
    assert (len(index), index.wants_digests) == (0, False)
    assert index.match_picture([part(KNOWN)]) == []
    assert index.match_video(video(part(KNOWN))) == []
    assert index.match_digests(FileDigests("0" * 64, "0" * 32)) == []


def test_digests_match_exactly_and_not_where_a_negative_bank_has_them(store):
    sha256, md5 = bytes(range(32)), bytes(16)
    add(store, "files", sha256, signal_type=SignalType.SHA256)
    add(store, "files", md5, signal_type=SignalType.MD5)
    index = index_of(store)
    assert index.wants_digests
    matches = index.match_digests(FileDigests(sha256.hex(), md5.hex()))
    assert [(match.signal_type, match.distance_bits) for match in matches] == [("sha256", None), ("md5", None)]
    assert index.match_digests(FileDigests("1" * 64, "1" * 32)) == []
    add(store, "harmless", sha256, signal_type=SignalType.SHA256, kind=BankKind.NEGATIVE)
    found = index_of(store).match_digests(FileDigests(sha256.hex(), md5.hex()))
    assert [match.signal_type for match in found] == ["md5"]


def test_a_frame_of_a_video_matches_a_picture_with_its_time(store):
    number = add(store, "one", KNOWN)
    (match,) = index_of(store).match_video(video(part(code(5)), part(code(6)), part(flipped(KNOWN, 4))))
    assert (match.entry, match.signal_type, match.frame_s, match.distance_bits) == (number, "pdq", 2.0, 4)


def test_a_video_matches_by_the_shares_that_its_bank_asks_for(store):
    known = packed(entry(code(10), code(11), code(12), code(13)))
    settings = BankSettings(video_query_percent=0, video_entry_percent=75)
    add(store, "whole", known, signal_type=SignalType.VPDQ)  # 80 and 0, as the field has it
    add(store, "parts", known, signal_type=SignalType.VPDQ, settings=settings)
    within_a_longer_one = video(*(part(code(number)) for number in (10, 11, 12, 40, 41, 42)))
    matches = index_of(store).match_video(within_a_longer_one)
    assert [(match.bank, match.signal_type) for match in matches] == [("parts", "vpdq")]
    a_part_of_it = video(part(code(12)), part(code(13)))
    assert [match.bank for match in index_of(store).match_video(a_part_of_it)] == ["whole"]


def test_a_video_that_a_negative_bank_knows_is_no_match(store):
    frames = (code(10), code(11))
    add(store, "videos", packed(entry(*frames)), signal_type=SignalType.VPDQ)
    add(store, "trailers", packed(entry(*frames)), signal_type=SignalType.VPDQ, kind=BankKind.NEGATIVE)
    assert index_of(store).match_video(video(*map(part, frames))) == []


def test_loading_says_how_far_it_is(store):
    values = [np.random.default_rng(number).bytes(32) for number in range(10_000)]
    add(store, "one", *values)
    told: list[int] = []
    BankIndex.of(store, now=NOW, advance=told.append)
    assert told == sorted(told)
    assert told[-1] == 10_000
