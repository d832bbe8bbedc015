from __future__ import annotations

import hashlib
import os
import struct
import subprocess
import sys
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haalweg import _native
from haalweg.matching import IndexFileError, RadiusIndex, RadiusIndexError
from tests.reference.xxh64 import xxh64


def random_codes(count, *, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, 32), dtype=np.uint8)


def clustered_codes(count):
    centres = random_codes(count // 20, seed=1)
    return np.concatenate([flipped(centres, bits, seed=bits) for bits in range(20)])


def skewed_codes(count):
    rng = np.random.default_rng(2)
    bits = rng.random((count, 256)) < rng.random(256) ** 3
    return np.packbits(bits, axis=1)


def letterboxed_codes(count):
    """Half of every code the same, as a black border or a document leaves it."""
    codes = random_codes(count, seed=3)
    codes[: count // 2, ::2] = codes[0, ::2]
    return codes


def flipped(codes, bits, *, seed=0):
    rng = np.random.default_rng(seed)
    planes = np.unpackbits(codes, axis=1)
    for row in planes:
        row[rng.choice(256, bits, replace=False)] ^= 1
    return np.packbits(planes, axis=1)


BANKS = {
    "balanced": random_codes,
    "clustered": clustered_codes,
    "skewed": skewed_codes,
    "letterboxed": letterboxed_codes,
}


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


@pytest.mark.parametrize("kind", BANKS)
def test_each_of_many_planted_distances_is_found(kind):
    codes = BANKS[kind](70_000)
    planted = np.random.default_rng(9).integers(0, len(codes), (8, 32))
    index = RadiusIndex(codes)
    for row in planted:
        queries = np.concatenate([flipped(codes[at : at + 1], bits, seed=int(at)) for bits, at in enumerate(row)])
        found = set(zip(*(column.tolist() for column in vars_of(index.search(queries))), strict=True))
        assert {(bits, int(at), bits) for bits, at in enumerate(row)} <= found


def vars_of(found):
    return found.query, found.id, found.distance


def test_bits_that_differ_side_by_side_or_in_one_row_are_found():
    codes = random_codes(70_000)
    index = RadiusIndex(codes)
    planes = np.unpackbits(np.repeat(codes[:1], 256, axis=0), axis=1)
    for start, row in enumerate(planes):
        row[(start + np.arange(31)) % 256] ^= 1
    found = index.search(np.packbits(planes, axis=1))
    assert [q for q, entry in zip(found.query.tolist(), found.id.tolist(), strict=True) if entry == 0] == list(
        range(256)
    )


ANSWERS = """
import hashlib, sys
import numpy as np
from haalweg import _native
from haalweg.matching import RadiusIndex
rng = np.random.default_rng(4)
codes = rng.integers(0, 256, (80_000, 32), dtype=np.uint8)
codes[:40_000, ::2] = codes[0, ::2]
index = RadiusIndex(codes)
index.add(codes[:300], np.arange(300, dtype=np.uint64))
digest = hashlib.sha256()
for radius in (0, 7, 15, 16, 23, 24, 31):
    found = index.search(codes[:400] ^ (rng.random((400, 32)) < 0.1).astype(np.uint8), radius)
    for column in (found.query, found.id, found.distance):
        digest.update(column.tobytes())
index.save(sys.argv[1])
print(_native.isa_name(), digest.hexdigest())
"""


@pytest.mark.skipif(_native.isa_name() != "avx2", reason="needs a processor with AVX2 to compare with")
def test_every_instruction_set_gives_the_same_answers_and_the_same_file(tmp_path):
    answers, files = [], []
    for isa in ("", "baseline"):
        path = tmp_path / f"index{isa}"
        environment = {**os.environ, "HAALWEG_ISA": isa}
        ran = subprocess.run(
            [sys.executable, "-c", ANSWERS, path], env=environment, check=True, capture_output=True, text=True
        )
        answers.append(ran.stdout.split())
        files.append(hashlib.sha256(path.read_bytes()).hexdigest())
    assert answers[0][0] != answers[1][0]
    assert answers[0][1] == answers[1][1]
    assert files[0] == files[1]


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


def test_the_slow_checksum_gives_the_published_values():
    assert xxh64(b"") == 0xEF46DB3751D8E999
    assert xxh64(b"abc") == 0x44BC2CF5AD770999
    assert xxh64(b"Nobody inspects the spammish repetition") == 0xFBCEA83C8A378BF1


def signed(file: bytearray) -> bytes:
    """Give a damaged file checksums that fit."""
    struct.pack_into("<Q", file, 32, xxh64(bytes(file[4096:])))
    struct.pack_into("<Q", file, 4088, xxh64(bytes(file[:4064])))
    return bytes(file)


def test_a_saved_file_carries_xxh64_of_its_body_and_of_its_header(tmp_path):
    path = tmp_path / "x.index"
    RadiusIndex(random_codes(1_000)).save(path)
    whole = path.read_bytes()
    assert signed(bytearray(whole)) == whole


@pytest.mark.parametrize("where", ["codes", "ids", "offsets", "sketches", "slots"])
@pytest.mark.parametrize("fill", ["ones", "zeros", "noise"])
def test_hostile_contents_behind_valid_checksums_crash_nothing(where, fill, tmp_path):
    path, count = tmp_path / "x.index", 1_000
    codes = random_codes(count)
    RadiusIndex(codes).save(path)
    file = bytearray(path.read_bytes())
    offset_table, sketch_table, slot_table = 131_136, 2_048, 4_032
    parts = {"codes": 4096, "ids": 4096 + 32 * count}
    parts["offsets"] = -(-(4096 + 40 * count) // 64) * 64
    parts["sketches"] = parts["offsets"] + 16 * offset_table
    parts["slots"] = parts["sketches"] + 16 * sketch_table + 64
    end = parts["slots"] + 16 * slot_table
    assert end == len(file)
    begin, end = parts[where], min([at for at in parts.values() if at > parts[where]], default=end)
    noise = np.random.default_rng(6).integers(0, 256, end - begin, dtype=np.uint8).tobytes()
    file[begin:end] = {"ones": b"\xff" * (end - begin), "zeros": bytes(end - begin), "noise": noise}[fill]
    path.write_bytes(signed(file))
    index = RadiusIndex.open(path)
    for radius in (0, 15, 31):
        found = index.search(codes, radius)
        assert (found.distance <= radius).all()
    index.add(codes, np.arange(count, dtype=np.uint64))
    index.remove(np.arange(5, dtype=np.uint64))
    index.save(tmp_path / "y.index")


def test_damage_in_a_large_file_is_known_once_it_is_verified(tmp_path):
    path = tmp_path / "large.index"
    codes = random_codes(70_000)
    RadiusIndex(codes).save(path)
    assert path.stat().st_size > 8 * 2**20
    for at in (4096, path.stat().st_size // 2, path.stat().st_size - 1):
        with path.open("r+b") as file:
            file.seek(at)
            byte = file.read(1)[0]
            file.seek(at)
            file.write(bytes([byte ^ 16]))
        index = RadiusIndex.open(path)
        with pytest.raises(IndexFileError, match=r"large\.index is damaged: its checksum differs\."):
            index.verify()
        with pytest.raises(IndexFileError, match=r"large\.index is damaged: its checksum differs\."):
            index.search(codes[:1])
        with path.open("r+b") as file:
            file.seek(at)
            file.write(bytes([byte]))
    RadiusIndex.open(path).verify()


def test_an_index_let_go_while_its_file_is_still_being_checked_stops_the_check(tmp_path):
    path = tmp_path / "large.index"
    RadiusIndex(random_codes(70_000)).save(path)
    for _ in range(20):
        RadiusIndex.open(path)


def test_a_saved_file_outlives_later_changes_and_its_own_removal(tmp_path):
    path = tmp_path / "x.index"
    codes = random_codes(2_000)
    RadiusIndex(codes).save(path)
    opened = RadiusIndex.open(path)
    RadiusIndex(codes[:10]).save(path)
    assert len(opened.search(codes, 0)) == 2_000
    path.unlink()
    opened.remove(np.arange(1_000, dtype=np.uint64))
    assert len(opened.search(codes, 0)) == 1_000


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


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_child_lets_go_of_an_index_whose_file_is_still_being_checked(tmp_path):
    path = tmp_path / "large.index"
    RadiusIndex(random_codes(400_000)).save(path)
    index = RadiusIndex.open(path)
    child = os.fork()
    if child == 0:
        del index
        os._exit(7)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
