"""A block as bytes: what was written is read back, and nothing else is taken for one."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import BankError
from haalweg.banks.block_layout import Layout, packed, unpacked
from haalweg.signals import SignalType
from tests.banks.building import NOW, codes, new_entries, traces, video


def a_layout(count, width=32):
    return Layout(
        np.arange(count, dtype=np.uint16), codes(1, width=max(count, 1))[0][:count], codes(count, width=width)
    )


def videos(*given_):
    count = len(given_)
    return Layout(np.arange(count, dtype=np.uint16), np.zeros(count, np.uint8), np.empty((count, 0), np.uint8), given_)


def same(a, b):
    return (
        a.offsets.tolist() == b.offsets.tolist()
        and a.qualities.tolist() == b.qualities.tolist()
        and np.array_equal(a.values, b.values)
        and a.uneven == b.uneven
    )


@pytest.mark.parametrize("width", [16, 32])
@pytest.mark.parametrize("count", [1, 2, 4096])
def test_a_block_is_read_back(count, width):
    layout = a_layout(count, width)
    data = packed(layout)
    assert len(data) == 8 + count * (3 + width)
    assert same(unpacked(data), layout)


@pytest.mark.parametrize("frames", [(1,), (1, 100, 3), (30_000,)])
def test_a_block_of_videos_is_read_back(frames):
    layout = videos(*(video(count) for count in frames))
    assert same(unpacked(packed(layout)), layout)


@pytest.mark.threat("K1")
def test_the_size_of_a_block_does_not_tell_how_long_a_video_is():
    assert {len(packed(videos(video(frames)))) for frames in range(1, 90)} == {4096}
    assert len(packed(videos(video(200)))) == 16384


def test_a_full_block_of_traces_is_not_filled_up_to_twice_its_size(tmp_path):
    with BankFile.new(tmp_path / "case.bank", None, now=NOW) as store:
        store.add(new_entries(store.make_bank("HELPLINE", now=NOW), traces(500), SignalType.TRACE), now=NOW)
    sizes = sqlite3.connect(tmp_path / "case.bank").execute("SELECT length(payload), entries FROM block").fetchall()
    assert sum(entries for _, entries in sizes) == 500
    assert {size for size, _ in sizes} <= {1 << 19, 1 << 20}


def test_entries_are_left_out_by_their_rows():
    layout = a_layout(5)
    kept = layout.without(np.array([0, 3]))
    assert kept.offsets.tolist() == [1, 2, 4]
    assert np.array_equal(kept.values, layout.values[[1, 2, 4]])
    assert videos(b"a", b"b", b"c").without(np.array([1])).uneven == (b"a", b"c")


def test_the_layout_is_what_the_documentation_says():
    layout = Layout(
        np.array([0, 2], np.uint16), np.array([100, 255], np.uint8), np.array([[1] * 16, [2] * 16], np.uint8)
    )
    assert packed(layout) == bytes.fromhex("01001000 02000000  0000 0200  64 ff") + b"\x01" * 16 + b"\x02" * 16
    assert (
        packed(videos(b"abc", b"de"))[:21]
        == (bytes.fromhex("01000000 02000000  0000 0100  00 00  03000000 02000000")[:21])
    )


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_other_bytes_are_refused(data):
    try:
        layout = unpacked(data)
    except BankError:
        return
    assert len(layout.offsets) == len(layout.qualities) == len(layout.values)


@pytest.mark.parametrize("cut", [1, 7, 8, 20, 100])
def test_a_block_that_was_cut_is_refused(cut):
    with pytest.raises(BankError, match=r"A block of|where a block has"):
        unpacked(packed(a_layout(3))[:-cut])
