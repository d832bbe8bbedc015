from __future__ import annotations

import os
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haalweg.matching import IndexFileError, RadiusIndex, RadiusIndexError


def random_codes(count, *, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, 32), dtype=np.uint8)


def clustered_codes(count):
    centres = random_codes(count // 20, seed=1)
    return np.concatenate([flipped(centres, bits, seed=bits) for bits in range(20)])


def skewed_codes(count):
    rng = np.random.default_rng(2)
    bits = rng.random((count, 256)) < rng.random(256) ** 3
    return np.packbits(bits, axis=1)


def flipped(codes, bits, *, seed=0):
    rng = np.random.default_rng(seed)
    planes = np.unpackbits(codes, axis=1)
    for row in planes:
        row[rng.choice(256, bits, replace=False)] ^= 1
    return np.packbits(planes, axis=1)


BANKS = {"balanced": random_codes, "clustered": clustered_codes, "skewed": skewed_codes}


def slow_scan(codes, ids, queries, radius):
    rows = []
    for q, query in enumerate(queries):
        distances = np.bitwise_count(codes ^ query).sum(axis=1)
        near = np.flatnonzero(distances <= radius)
        rows += sorted((q, int(distances[i]), int(ids[i])) for i in near)
    return rows


def rows(found):
    return list(zip(found.query.tolist(), found.distance.tolist(), found.id.tolist(), strict=True))


@pytest.mark.parametrize("kind", BANKS)
@pytest.mark.parametrize("count", [400, 5_000, 70_000])
def test_every_planted_distance_is_found_before_and_after_changes_and_in_the_file(kind, count, tmp_path):
    codes = BANKS[kind](count)
    ids = np.arange(len(codes), dtype=np.uint64) + np.uint64(2**40)
    queries = np.concatenate([flipped(codes[b : b + 1], b, seed=b) for b in range(32)])
    index = RadiusIndex(codes, ids)
    assert rows(index.search(queries)) == slow_scan(codes, ids, queries, 31)
    for step in range(6):
        more = flipped(codes[step * 30 : step * 30 + 200], 3 + step, seed=step)
        new = np.arange(len(more), dtype=np.uint64) + np.uint64(1000 * step)
        index.add(more, new)
        codes, ids = np.concatenate([codes, more]), np.concatenate([ids, new])
        gone = ids[step::50]
        kept = ~np.isin(ids, gone)
        assert index.remove(gone) == (~kept).sum()
        codes, ids = codes[kept], ids[kept]
        assert rows(index.search(queries)) == slow_scan(codes, ids, queries, 31)
    assert len(index) == len(codes)
    index.save(tmp_path / "saved.index")
    opened = RadiusIndex.open(tmp_path / "saved.index")
    opened.verify()
    assert (tmp_path / "saved.index").stat().st_mode & 0o777 == 0o600
    assert rows(opened.search(queries, threads=2)) == slow_scan(codes, ids, queries, 31)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(0, 600), radius=st.integers(0, 31))
def test_any_bank_answers_as_the_slow_scan_does_at_any_radius(seed, count, radius):
    codes = random_codes(count, seed=seed)
    ids = np.arange(count, dtype=np.uint64)[::-1].copy()
    near = [flipped(codes[i : i + 1], min(radius + i % 2, 256), seed=i) for i in range(min(count, 6))]
    queries = np.concatenate([random_codes(2, seed=seed + 1), *near])
    assert rows(RadiusIndex(codes, ids).search(queries, radius)) == slow_scan(codes, ids, queries, radius)


def test_many_equal_codes_are_all_found():
    codes = np.repeat(random_codes(1), 20_000, axis=0)
    assert len(RadiusIndex(codes).search(codes[:1])) == 20_000


@pytest.mark.parametrize("radius", [-1, 32, 256])
def test_a_radius_that_would_not_be_exact_is_refused(radius):
    with pytest.raises(RadiusIndexError, match=f"A radius of {radius} bits: the index is exact for 0 to 31 only"):
        RadiusIndex(random_codes(3)).search(random_codes(1), radius)


def test_a_cut_or_flipped_file_is_refused(tmp_path):
    path = tmp_path / "x.index"
    RadiusIndex(random_codes(100)).save(path)
    whole = path.read_bytes()
    for cut in (0, 1, 100, 4096, len(whole) - 1):
        path.write_bytes(whole[:cut])
        with pytest.raises(IndexFileError, match=r"x\.index is "):
            RadiusIndex.open(path)
    for at in [*range(48), 4000, 4070, 4090, 4096, 9000, len(whole) // 2, len(whole) - 1]:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        with pytest.raises(IndexFileError, match=r"x\.index is "):
            RadiusIndex.open(path)


def test_searches_beside_a_writer_find_what_stays():
    codes = random_codes(3_000)
    index = RadiusIndex(codes)
    failures: list[object] = []
    done = threading.Event()

    def look():
        while not done.is_set():
            if rows(index.search(codes[:20], 0)) != [(q, 0, q) for q in range(20)]:
                failures.append("an entry that stays was missed")

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for step in range(60):
        ids = np.arange(100, dtype=np.uint64) + np.uint64(10_000 + 100 * step)
        index.add(random_codes(100, seed=step + 5), ids)
        index.remove(ids[:50])
    done.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(index) == 3_000 + 60 * 50


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_child_is_refused_with_a_sentence():
    index = RadiusIndex(random_codes(10))
    child = os.fork()
    if child == 0:
        try:
            index.search(random_codes(1))
        except RadiusIndexError:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
