from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import NamedTuple

import numpy as np
import pytest

from haalweg import _native
from haalweg._native import CandidateIndex, CandidateOptions
from tests.reference import candidates as slow

ROWS = np.dtype(
    [("slot", "<u4"), ("score", "<f4"), ("votes", "<f4"), ("points", "<i4")]
    + [(name, "<f4") for name in ("scale", "shift_x", "shift_y")]
)
SUPPORT = np.dtype([("x", "<u2"), ("y", "<u2"), ("asked", "<u4")])


class Photo(NamedTuple):
    places: np.ndarray
    levels: np.ndarray
    codes: np.ndarray


class Query(NamedTuple):
    places: np.ndarray
    levels: np.ndarray
    codes: np.ndarray
    margins: np.ndarray


def a_photo(seed=0, *, points=60, codes=None):
    rng = np.random.default_rng([seed, 1])
    codes = rng.integers(0, 2**64, (points, 2), dtype=np.uint64) if codes is None else codes
    return Photo(
        rng.integers(0, 1024, (len(codes), 2), dtype=np.uint16), rng.integers(2, 6, len(codes), dtype=np.uint8), codes
    )


def flipped(codes, rate, *, seed=0):
    differing = np.random.default_rng(seed).random((len(codes), 128)) < rate
    return codes ^ np.packbits(differing, axis=1, bitorder="little").view(np.uint64)


def a_query(*photos, rate=0.0, scale=1.0, shift=(0.0, 0.0), seed=0):
    """The points of those photos, scaled and shifted, with that share of their bits turned over."""
    rng = np.random.default_rng([seed, 2])
    codes = np.concatenate([photo.codes for photo in photos])
    places = np.concatenate([photo.places for photo in photos]) / 2 * scale + np.array(shift)
    levels = np.concatenate([photo.levels for photo in photos]).astype(int) + round(2 * np.log2(scale))
    turned = flipped(codes, rate, seed=seed)
    certain = (slow.bits(turned) == slow.bits(codes))[:, :24]
    margins = np.where(certain, rng.integers(20, 256, certain.shape), rng.integers(0, 40, certain.shape))
    return Query(places.astype(np.float32), levels.astype(np.uint8), turned, margins.astype(np.uint8))


def options(**given):
    made = CandidateOptions()
    for name, value in given.items():
        setattr(made, name, value)
    return made


def answer(index, query, **given):
    return index.candidates(*query, options=options(**given))


def asked(index, query, **given):
    rows, support, _ = answer(index, query, **given)
    return np.frombuffer(rows, ROWS), np.frombuffer(support, SUPPORT)


def slots(index, query, **given):
    return asked(index, query, **given)[0]["slot"].tolist()


def test_an_empty_index_and_an_empty_query_give_no_candidates():
    photo = a_photo()
    index = CandidateIndex()
    assert slots(index, a_query(photo)) == []
    index.add(3, *photo)
    assert slots(index, a_query(a_photo(points=0))) == []
    assert (index.photos, index.postings) == (1, 60)


def test_a_query_of_one_point_finds_its_photo_even_where_it_is_the_only_one():
    photo = a_photo()
    index = CandidateIndex()
    index.add(5, *photo)
    query = a_query(photo)
    rows, support = asked(index, Query(*(column[7:8] for column in query)))
    assert rows["slot"].tolist() == [5]
    assert rows["points"].tolist() == [1]
    assert support.tolist() == [(*photo.places[7].tolist(), 0)]


def test_a_photo_without_points_is_counted_and_taken_back():
    index = CandidateIndex()
    index.add(0, *a_photo(points=0))
    assert index.photos == 1
    assert index.remove(0, *a_photo(points=0))
    assert index.photos == 0


@pytest.mark.parametrize("scale", [0.5, 1.0, 1.7])
def test_the_scale_and_shift_of_the_source_in_the_query_are_told(scale):
    photos = [a_photo(seed) for seed in range(30)]
    index = CandidateIndex()
    for slot, photo in enumerate(photos):
        index.add(slot, *photo)
    rows, support = asked(index, a_query(photos[4], rate=0.05, scale=scale, shift=(40, -25)))
    best = rows[0]
    assert best["slot"] == 4
    assert best["scale"] == pytest.approx(scale, rel=1e-3)
    assert (best["shift_x"], best["shift_y"]) == pytest.approx((40, -25), abs=0.1)
    assert best["points"] >= 20
    for x, y, point in support[: best["points"]].tolist():
        assert photos[4].places[point].tolist() == [x, y]


def clustered(count, points):
    """Photos whose points lie near a few common codes, so that many hits come by chance."""
    centres = np.random.default_rng(3).integers(0, 2**64, (40, 2), dtype=np.uint64)
    for seed in range(count):
        rng = np.random.default_rng([seed, 4])
        rows = flipped(centres[rng.integers(0, 40, points)], 0.09, seed=seed)
        yield a_photo(seed, codes=rows)


@pytest.mark.parametrize("probes", [1, 24, 100])
@pytest.mark.parametrize("count", [3, 30, 100])
def test_the_votes_are_those_of_a_slow_comparison_of_the_same_buckets(count, probes):
    photos = list(clustered(count, 60))
    index = CandidateIndex()
    for slot, photo in enumerate(photos):
        index.add(slot, *photo)
    query = a_query(photos[1], rate=0.06)
    # Margins that no two sets of bits share the cost of, so that the order of buckets is no matter of ties.
    query = query._replace(margins=np.random.default_rng(5).permuted(np.tile(np.arange(9, 249, 10), (60, 1)), axis=1))
    query = query._replace(margins=query.margins.astype(np.uint8))
    codes = np.concatenate([photo.codes for photo in photos])
    owners = np.repeat(np.arange(count), 60)
    expected = slow_votes(index, query, codes, owners, probes)
    rows, _ = asked(index, query, probes=probes, distance=20, keep=10**6, most=count)
    got = dict(zip(rows["slot"].tolist(), rows["votes"].tolist(), strict=True))
    assert set(got) <= set(expected)
    assert len(got) == min(len(expected), count)
    for slot, vote in got.items():
        assert vote == pytest.approx(expected[slot], abs=1e-3)


def slow_votes(index, query, codes, owners, probes):
    whole = index.buckets.bit_length() - 1
    split = index.buckets - (1 << whole)
    used = whole + (split > 0)
    near = slow.distances(query.codes, codes)
    counts, found = {}, set()
    for row in range(len(query.codes)):
        own = int(query.codes[row, 0])
        looked_at: list[int] = []
        for turned in slow.probed(query.margins[row], used, 1 << used):
            bucket = bucket_of(own ^ turned, whole, split)
            if bucket not in looked_at:
                looked_at.append(bucket)
            if len(looked_at) == probes:
                break
        theirs = np.array([bucket_of(int(code), whole, split) for code in codes[:, 0]])
        mine = np.isin(theirs, looked_at) & (near[row] <= 20)
        counts[row] = near[row][mine]
        for slot in np.unique(owners[mine]):
            found.add((row, int(slot), int(near[row][mine & (owners == slot)].min())))
    return slow.votes(found, counts, index.photos, 20)


def bucket_of(index, whole, split):
    bucket = index & ((1 << whole) - 1)
    return index & ((2 << whole) - 1) if bucket < split else bucket


def test_with_every_bucket_read_every_hit_counts_as_in_a_slow_scan():
    photos = list(clustered(20, 60))
    index = CandidateIndex()
    for slot, photo in enumerate(photos):
        index.add(slot, *photo)
    query = a_query(photos[1], rate=0.1)
    codes, owners = np.concatenate([photo.codes for photo in photos]), np.repeat(np.arange(20), 60)
    _, _, work = answer(index, query, probes=512, distance=20)
    assert work[2] == 60 * len(codes)
    near = slow.distances(query.codes, codes)
    assert work[3] == (near <= 20).sum()
    found = slow.hits(query.codes, codes, owners, 20)
    expected = slow.votes(found, {row: near[row][near[row] <= 20] for row in range(60)}, 20, 20)
    rows, _ = asked(index, query, probes=512, distance=20, keep=10**6)
    assert {row["slot"]: round(float(row["votes"]), 3) for row in rows} == {s: round(v, 3) for s, v in expected.items()}


def state(index):
    return index.photos, index.postings


def test_after_a_removal_nothing_of_the_photo_is_found_and_its_slot_can_serve_another():
    photos = [a_photo(seed) for seed in range(200)]
    index = CandidateIndex()
    for slot, photo in enumerate(photos):
        index.add(slot, *photo)
    for slot in range(0, 200, 3):
        assert index.remove(slot, *photos[slot])
        assert not index.remove(slot, *photos[slot])
        assert slot not in slots(index, a_query(photos[slot]))
    for slot in range(0, 200, 3):
        index.add(slot, *a_photo(1000 + slot))
    for slot in range(200):
        mine = a_photo(1000 + slot) if slot % 3 == 0 else photos[slot]
        assert slots(index, a_query(mine, rate=0.03))[0] == slot
        if slot % 3 == 0:
            assert slot not in slots(index, a_query(photos[slot]))
    assert state(index) == (200, 200 * 60)


def test_a_removal_with_other_points_than_were_added_leaves_nothing_either():
    photos = [a_photo(seed) for seed in range(300)]
    index = CandidateIndex()
    for slot, photo in enumerate(photos):
        index.add(slot, *photo)
    assert index.remove(7, *a_photo(9999))
    assert index.remove(8, *(column[:20] for column in photos[8]))
    assert state(index) == (298, 298 * 60)
    for slot in (7, 8):
        assert slot not in slots(index, a_query(photos[slot]))
    assert slots(index, a_query(photos[9]))[0] == 9


def test_points_of_one_photo_that_are_all_equal_are_all_taken_back():
    photo = a_photo(codes=np.zeros((400, 2), np.uint64))
    twin = Photo(photo.places * 0, photo.levels * 0, photo.codes)
    index = CandidateIndex()
    index.add(0, *twin)
    index.add(1, *twin)
    assert index.remove(0, *twin)
    assert state(index) == (1, 400)
    assert slots(index, a_query(a_photo(codes=photo.codes[:5]))) == [1]
    assert index.remove(1, *twin)
    assert state(index) == (0, 0)


def test_the_answers_are_the_same_whatever_the_bank_went_through():
    photos, others = list(clustered(50, 60)), [a_photo(seed) for seed in range(50)]
    straight, winding = CandidateIndex(), CandidateIndex()
    for slot, photo in enumerate(photos):
        straight.add(slot, *photo)
    for slot in reversed(range(50)):
        winding.add(slot + 1000, *others[slot])
        winding.add(slot, *photos[slot])
    for slot in range(50):
        winding.remove(slot + 1000, *others[slot])
    assert state(straight) == state(winding)
    assert straight.buckets < winding.buckets <= 512  # all of them are read, so that how many there are changes nothing
    for slot in range(0, 50, 5):
        query = a_query(photos[slot], rate=0.05)
        one, other = (answer(index, query, probes=512) for index in (straight, winding))
        assert one[:2] == other[:2]


def test_an_index_that_shrinks_again_finds_what_is_left():
    photos = [a_photo(seed, points=400) for seed in range(400)]
    index = CandidateIndex()
    for slot, photo in enumerate(photos):
        index.add(slot, *photo)
    wide, large = index.buckets, index.nbytes
    for slot in range(4, 400):
        index.remove(slot, *photos[slot])
    assert index.buckets < wide / 8
    assert index.nbytes <= large
    for slot in range(4):
        assert slots(index, a_query(photos[slot], rate=0.05))[0] == slot
    for slot in range(4):
        index.remove(slot, *photos[slot])
    assert state(index) == (0, 0)
    for slot in range(20):
        index.add(slot, *photos[slot])
    assert slots(index, a_query(photos[11], rate=0.05))[0] == 11


def test_growth_from_one_photo_to_fifty_thousand_keeps_every_answer():
    rng = np.random.default_rng(8)
    first = [a_photo(seed, points=100) for seed in range(25)]
    queries = [a_query(photo, rate=0.05, seed=slot) for slot, photo in enumerate(first)]
    index = CandidateIndex()
    slot = 0
    places, levels = a_photo(points=60)[:2]
    for size in (1, 10, 25, 100, 1_000, 10_000, 50_000):
        while slot < size:
            codes = rng.integers(0, 2**64, (60, 2), dtype=np.uint64)
            index.add(slot, *(first[slot] if slot < 25 else (places, levels, codes)))
            slot += 1
        for known in range(min(size, 25)):
            assert slots(index, queries[known])[0] == known
    assert index.buckets > 200_000
    assert index.postings == 25 * 100 + 49_975 * 60
    assert index.nbytes < 22 * index.postings + 2**22


def test_a_code_that_everybody_has_is_not_read_and_can_be_taken_back():
    common = np.repeat(a_photo(points=1).codes, 20, axis=0)
    photos = [a_photo(seed, codes=np.concatenate([common, a_photo(seed).codes])) for seed in range(300)]
    index = CandidateIndex()
    for slot, photo in enumerate(photos):
        index.add(slot, *photo)
    _, _, work = index.candidates(*a_query(photos[3]))
    assert work[2] < 60 * 512 * 24
    assert slots(index, a_query(photos[3]))[0] == 3
    assert slots(index, a_query(a_photo(codes=common)), distance=14) == []
    for slot in range(295):
        index.remove(slot, *photos[slot])
    # Five photos are left that hold it twenty times each: now it says something again.
    assert set(slots(index, a_query(a_photo(codes=common)), distance=14)) == set(range(295, 300))


def test_near_copies_of_one_picture_do_not_take_every_place():
    meme, source = a_photo(1), a_photo(2)
    index = CandidateIndex()
    for copy in range(200):
        index.add(copy, meme.places, meme.levels, flipped(meme.codes, 0.01, seed=copy))
    index.add(500, *source)
    part = Photo(*(column[:8] for column in source))
    query = a_query(meme, part)
    crowded = slots(index, query, crowd=1e9)
    assert len(crowded) == 50
    assert 500 not in crowded
    assert 500 in slots(index, query)


def test_a_source_enrolled_several_times_is_found_each_time():
    photo = a_photo(1)
    index = CandidateIndex()
    for slot in range(40):
        index.add(slot, *(photo if slot < 6 else a_photo(slot)))
    assert slots(index, a_query(photo, rate=0.05))[:6] == [0, 1, 2, 3, 4, 5]


def test_points_that_agree_in_no_scale_and_shift_score_less_than_those_that_do():
    index = CandidateIndex()
    photo = a_photo(1)
    index.add(0, *photo)
    index.add(1, np.random.default_rng(9).permutation(photo.places), photo.levels, photo.codes)
    rows, _ = asked(index, a_query(photo))
    assert rows["slot"].tolist() == [0, 1]
    assert rows["votes"][0] == rows["votes"][1]
    assert rows["score"][0] > 2 * rows["score"][1]


def test_searches_beside_a_writer_find_what_stays_and_nothing_that_left():
    photos = [a_photo(seed) for seed in range(40)]
    index = CandidateIndex()
    for slot, photo in enumerate(photos):
        index.add(slot, *photo)
    failures: list[object] = []
    done = threading.Event()

    def look(first):
        while not done.is_set():
            failures.extend(
                slot for slot in range(first, 40, 2) if slots(index, a_query(photos[slot], rate=0.03))[:1] != [slot]
            )

    threads = [threading.Thread(target=look, args=(first,)) for first in range(2)]
    for thread in threads:
        thread.start()
    for step in range(600):
        index.add(100 + step, *a_photo(1000 + step, points=200))
        if step >= 50 and step % 2 == 0:
            index.remove(50 + step, *a_photo(950 + step, points=200))
            assert 50 + step not in slots(index, a_query(a_photo(950 + step, points=200)))
    done.set()
    for thread in threads:
        thread.join()
    assert not failures


@pytest.mark.parametrize(
    ("slot", "places", "levels", "what"),
    [
        (2**24, [[0, 0]], [0], "a slot below 2\\^24 expected"),
        (1, [[1024, 0]], [0], "places of 0 to 1023 half pixels"),
        (1, [[0, 1024]], [0], "places of 0 to 1023 half pixels"),
        (1, [[0, 0]], [8], "levels of 0 to 7"),
        (0, [[0, 0]], [0], "a slot that is not in use expected"),
        (1, [[0, 0]], [0, 1], "as many places as levels and codes expected"),
    ],
)
def test_what_cannot_be_stored_is_refused_and_changes_nothing(slot, places, levels, what):
    index = CandidateIndex()
    index.add(0, *a_photo())
    with pytest.raises(ValueError, match=what):
        index.add(slot, np.array(places, np.uint16), np.array(levels, np.uint8), np.zeros((1, 2), np.uint64))
    assert state(index) == (1, 60)


@pytest.mark.parametrize(
    "given", [{"probes": 513}, {"probes": -1}, {"distance": 41}, {"most": -1}, {"shortlist": -1}, {"crowd": 0}]
)
def test_options_out_of_range_are_refused(given):
    with pytest.raises(ValueError, match="expected"):
        asked(CandidateIndex(), a_query(a_photo()), **given)


@pytest.mark.parametrize("place", [np.inf, np.nan])
def test_a_query_whose_places_are_no_numbers_is_refused(place):
    query = a_query(a_photo())
    query.places[3, 1] = place
    with pytest.raises(ValueError, match="a finite place and a level of 0 to 7 expected"):
        asked(CandidateIndex(), query)


ANSWERS = """
import hashlib
from haalweg import _native
from tests.matching.test_candidate_index import CandidateIndex, a_query, clustered
photos = list(clustered(300, 60))
index = CandidateIndex()
for slot, photo in enumerate(photos):
    index.add(slot, *photo)
digest = hashlib.sha256()
for slot, photo in enumerate(photos[:60]):
    for part in index.candidates(*a_query(photo, rate=0.08, scale=1.3, seed=slot))[:2]:
        digest.update(part)
print(_native.isa_name(), digest.hexdigest())
"""


@pytest.mark.skipif(_native.isa_name() != "avx2", reason="needs a processor with AVX2 to compare with")
def test_every_instruction_set_gives_the_same_candidates():
    answers = [
        subprocess.run(
            [sys.executable, "-c", ANSWERS],
            env={**os.environ, "HAALWEG_ISA": isa},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split()
        for isa in ("", "baseline")
    ]
    assert answers[0][0] != answers[1][0]
    assert answers[0][1] == answers[1][1]
