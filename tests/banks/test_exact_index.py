"""Exact look-ups in memory, held to a dictionary."""

from __future__ import annotations

import re

import numpy as np
import pytest

from haalweg.banks import BankError, ExactIndex


def values(count, width=32, *, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, width), dtype=np.uint8)


def as_a_dictionary_finds(codes, ids, queries):
    held: dict[bytes, list[int]] = {}
    for code, id_ in zip(codes, ids.tolist(), strict=True):
        held.setdefault(code.tobytes(), []).append(id_)
    return [(row, id_) for row, query in enumerate(queries) for id_ in sorted(held.get(query.tobytes(), []))]


@pytest.mark.parametrize("width", [1, 7, 8, 16, 20, 32, 33])
@pytest.mark.parametrize("pieces", [[0], [1], [300], [1, 1, 1, 1, 1], [200, 50, 20, 5, 1], [5, 0, 200]])
def test_what_is_found_is_what_a_dictionary_finds(width, pieces):
    rng = np.random.default_rng(3)
    codes = values(sum(pieces), width)
    codes[:, width // 2] %= 2
    ids = rng.integers(0, 1 << 63, len(codes), dtype=np.uint64)
    index = ExactIndex(codes[:0], ids[:0])
    begin = 0
    for piece in pieces:
        index.add(codes[begin : begin + piece], ids[begin : begin + piece])
        begin += piece
    queries = np.concatenate([codes[::2], values(50, width, seed=9)])
    rows, found = index.find(queries)
    assert list(zip(rows.tolist(), found.tolist(), strict=True)) == as_a_dictionary_finds(codes, ids, queries)
    assert len(index) == sum(pieces)


def test_a_value_under_several_ids_is_found_under_all_of_them():
    code = values(1)
    index = ExactIndex(np.repeat(code, 3, axis=0), np.array([9, 2, 5], np.uint64))
    rows, ids = index.find(code)
    assert (rows.tolist(), ids.tolist()) == ([0, 0, 0], [2, 5, 9])


def test_without_ids_a_value_is_found_by_its_row():
    codes = values(10)
    assert ExactIndex(codes).find(codes[7:8])[1].tolist() == [7]


def test_values_made_to_collide_are_told_apart():
    # The top bits of two words, and those that the mixing lays over them: the same key, whatever it was begun with.
    code, other = np.zeros((1, 32), np.uint8), np.zeros((1, 32), np.uint8)
    other[0, 7], other[0, 15], other[0, 12] = 0x80, 0x80, 0x04
    index = ExactIndex(np.concatenate([code, other]))
    assert index.find(code)[1].tolist() == [0]
    assert index.find(other)[1].tolist() == [1]


@pytest.mark.parametrize(
    "wrong",
    [np.zeros((2, 16), np.uint8), np.zeros(32, np.uint8), np.zeros((2, 32), np.int8), np.zeros((2, 0), np.uint8)],
)
def test_another_shape_is_refused_in_a_sentence(wrong):
    with pytest.raises(BankError, match=re.escape("where values are uint8 (n, 32).")):
        ExactIndex(values(3)).find(wrong)


def test_each_value_needs_an_id():
    with pytest.raises(BankError, match=re.escape("3 values with 2 ids of uint64: each needs one of uint64.")):
        ExactIndex(values(3), np.zeros(2, np.uint64))


@pytest.mark.parametrize("pieces", [[300], [2, 2, 2, 2, 2], [200, 50, 20, 6, 2]])
@pytest.mark.parametrize("step", [1, 2, 7])
def test_what_was_removed_is_found_no_more_and_the_rest_still_is(pieces, step):
    codes = values(sum(pieces))
    ids = np.arange(len(codes), dtype=np.uint64) // np.uint64(2)  # two values an id
    index = ExactIndex(codes[:0], ids[:0])
    stays = np.zeros(len(codes), bool)
    begin = 0
    for piece in pieces:
        index.add(codes[begin : begin + piece], ids[begin : begin + piece])
        stays[begin : begin + piece] = True
        begin += piece
        gone = np.unique(ids[:begin])[::step]
        there = int((stays & np.isin(ids, gone)).sum())
        assert index.remove(gone) == there
        assert index.remove(gone) == 0
        stays &= ~np.isin(ids, gone)
        rows, found = index.find(codes)
        expected = [(row, int(ids[row])) for row in np.flatnonzero(stays).tolist()]
        assert list(zip(rows.tolist(), found.tolist(), strict=True)) == expected
        assert len(index) == len(expected)
