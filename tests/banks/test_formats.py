"""Hash lists as the field writes them, and as they come: from any editor, cut, mixed, hostile."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import tracemalloc
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haalweg.banks import NO_QUALITY, Assurance, BankId, Entry, EntryId
from haalweg.banks.formats import HEADER, BadLine, Batch, Format, ListError, Terms, line_of, read_list
from haalweg.signals import vpdq_from_json
from haalweg.signals.video import packed
from tests.banks.building import MD5, NOW, PDQ, SHA256, TRACE, VPDQ, codes, traces, video

A, B = (code.tobytes().hex() for code in codes(2))
PHOTO = "f" * 32 + "0" * 32  # half of its bits set, as a photo's
MD5_VALUE = codes(1, width=16)[0].tobytes().hex()
FRAMES = json.dumps([f"{A},100,0.0", f"{B},77,1.0"])
MD5_AMONG_PDQ = (
    "32 characters where pdq has 64 hexadecimal ones. 32 is the length of an MD5. If all of the list is MD5: import it "
    "with --signal md5."
)


def read(text, **how: Any):
    data = text if isinstance(text, bytes) else text.encode()
    values, bad = [], []
    for item in read_list(io.BytesIO(data), **how):
        if isinstance(item, BadLine):
            bad.append((item.line, item.reason))
        else:
            values += [(item.signal_type, bytes(value).hex()) for value in item.values]
    return values, bad


def batches(text, **how: Any):
    return [item for item in read_list(io.BytesIO(text.encode()), **how) if isinstance(item, Batch)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_list_reads_the_same_from_any_editor(encoding, end, last):
    text = end.join([A, B.upper(), A]) + end * last
    assert read(text.encode(encoding), signal_type=PDQ) == ([(PDQ, A), (PDQ, B), (PDQ, A)], [])


def test_comments_and_blank_lines_are_passed_over():
    assert read(f"# from a partner\n\n  {A}  \n\t\n# {B}\n", signal_type=PDQ) == ([(PDQ, A)], [])


def test_a_local_file_of_threatexchange_says_its_types():
    text = f"pdq {A}\nmd5 {MD5_VALUE}\nvideo_md5 {MD5_VALUE}\nsha256 {B}\nvpdq {FRAMES}\n"
    values, bad = read(text)
    assert sorted(values) == sorted(
        [(PDQ, A), (MD5, MD5_VALUE), (MD5, MD5_VALUE), (SHA256, B), (VPDQ, packed(vpdq_from_json(FRAMES)).hex())]
    )
    assert bad == []


def test_a_type_that_no_bank_holds_is_a_bad_line():
    assert read(f"pdq {A}\nraw_text hello\n")[1] == [
        (2, "A signal type that a bank does not hold; it holds pdq, md5, video_md5, sha256, video_sha256, vpdq.")
    ]


NO_LISTS = "Traces stand in no list: they come as files of their own, with `haalweg bank import FILE --traces`."


def test_a_line_with_a_trace_is_a_bad_line():
    assert read(f"pdq {A}\ntrace {A}\n")[1] == [(2, NO_LISTS)]
    assert read(f"signal_type,value\npdq,{A}\ntrace,{A}\n")[1] == [(3, NO_LISTS)]


def test_a_list_said_to_hold_traces_and_a_trace_file_are_refused():
    for data, signal_type in ((f"{A}\n", TRACE), (traces(1)[0], None)):
        with pytest.raises(ListError, match=re.escape(NO_LISTS)):
            read(data, signal_type=signal_type)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (MD5_VALUE, MD5_AMONG_PDQ),
        (A[:-1], "63 characters where pdq has 64 hexadecimal ones."),
        (A[:-1] + "g", "Characters that are not hexadecimal where pdq was expected."),
        (A[:-2] + "\0\0", "Characters that are not hexadecimal where pdq was expected."),
        (A[:-2] + "é", "63 characters where pdq has 64 hexadecimal ones."),
        (f"md5 {MD5_VALUE}", "An MD5 in a list of pdq."),
        (A + A, "128 characters where pdq has 64 hexadecimal ones. 128 is the length of a SHA-512."),
    ],
)
def test_a_bad_line_is_named_by_its_number_and_shape(line, reason):
    values, bad = read(f"{A}\n{line}\n{B}\n", signal_type=PDQ)
    assert bad == [(2, reason)]
    assert values == [(PDQ, A), (PDQ, B)]


def test_what_stands_before_a_bad_line_comes_before_it():
    kinds = [type(item) for item in read_list(io.BytesIO(f"{A}\nx\n{B}\n".encode()), signal_type=PDQ)]
    assert kinds == [Batch, BadLine, Batch]


def test_a_line_without_end_is_passed_over_in_bounded_memory():
    class Endless(io.RawIOBase):
        left = 200 << 20

        def readable(self) -> bool:
            return True

        def readinto(self, room) -> int:
            size = min(len(room), self.left)
            room[:size] = b"a" * size
            self.left -= size
            return size

    stream = io.BufferedReader(Endless(), 1 << 20)
    tracemalloc.start()
    items = list(read_list(stream, signal_type=PDQ))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert items == [BadLine(1, "Longer than the 16 MiB that are read of a line.")]
    assert most < 100 << 20


def test_after_a_line_that_is_too_long_the_numbers_still_hold():
    long = "a" * (17 << 20)
    assert read(f"{A}\n{long}\n{B}\nx\n", signal_type=PDQ) == (
        [(PDQ, A), (PDQ, B)],
        [
            (2, "Longer than the 16 MiB that are read of a line."),
            (4, "1 characters where pdq has 64 hexadecimal ones."),
        ],
    )


# What a list holds is told from its values


def test_half_of_the_bits_set_are_pdq_and_another_number_is_sha256():
    assert {kind for kind, _ in read(f"{PHOTO}\n" * 20)[0]} == {PDQ}
    assert {kind for kind, _ in read("\n".join(code.tobytes().hex() for code in codes(200)))[0]} == {SHA256}
    assert {kind for kind, _ in read(f"{MD5_VALUE}\n")[0]} == {MD5}


def test_too_few_values_to_tell_are_asked_about():
    with pytest.raises(ListError) as caught:
        read(f"{PHOTO}\n")
    assert str(caught.value) == (
        "A PDQ hash and a SHA-256 both have 64 characters, and there are too few values to tell which these are. Say "
        "it with --signal pdq or --signal sha256."
    )


@pytest.mark.parametrize("text", ["https://example.org/\n", "\0" * 1000, "%PDF-1.7\n"])
def test_what_is_no_list_is_said_to_be_none(text):
    with pytest.raises(ListError, match=re.escape("Say what the list holds with --signal")):
        read(text)


def test_a_packed_list_is_to_be_unpacked_on_the_way():
    with pytest.raises(ListError) as caught:
        read(gzip.compress(f"{A}\n".encode()), signal_type=PDQ)
    assert str(caught.value) == "A packed file. Unpack it on the way: zcat LIST | haalweg bank import FILE - ..."


def test_an_empty_list_holds_nothing():
    assert read("") == ([], [])
    assert read("\n\n# nothing\n") == ([], [])


# CSV


@pytest.mark.parametrize(
    "text",
    [
        f"signal_type,value\npdq,{A}\npdq,{B}\n",
        f"value;quality;signal_type\n{A};100;pdq\n{B};;pdq\n",
        f"hash\tquality\tseen\n{A}\t100\t3\n{B}\t50\t4\n",
        f"pdq\n{A}\n{B}\n",
        f"id,PDQ,comment\n1,{A},x\n2,{B},y\n",
        f'"value","quality"\n"{A}","100"\n"{B}",""\n',
        f"{A},100\n{B},99\n",
        f"pdq,{A}\npdq,{B},100\n",
    ],
)
def test_csv_is_read_with_and_without_names_of_columns(text):
    assert read(text, signal_type=PDQ) == ([(PDQ, A), (PDQ, B)], [])


def test_csv_brings_quality_and_terms():
    text = (
        "value,quality,source,note,assurance,expires_at\n"
        f'{A},77,partner,"a, b",seen,2027-01-01\n'
        f"{B},,,,,2027-01-01T12:00:00+02:00\n"
    )
    first, second = batches(text, signal_type=PDQ)
    assert first.terms == Terms("partner", "a, b", Assurance.SEEN, datetime(2027, 1, 1, tzinfo=UTC))
    assert list(first.qualities) == [77]
    assert second.terms == Terms(expires_at=datetime(2027, 1, 1, 10, tzinfo=UTC))
    assert list(second.qualities) == [NO_QUALITY]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (f"{MD5_VALUE},100,,", MD5_AMONG_PDQ),
        (f"{A},101,,", "A quality that is not between 0 and 100."),
        (f"{A},1e1,,", "A quality that is not between 0 and 100."),
        (f"{A},100,sure,", "An assurance that is none of self_reported, spoken, seen."),
        (f"{A},100,,soon", "A time that is not written as 2026-12-31 or 2026-12-31T23:59:59Z."),
        (",100,,", "No value."),
        (f'"{A},100,,', "Quotation marks that are not closed in their line, or stand within a value."),
    ],
)
def test_a_bad_row_is_named_by_its_line_and_shape(row, reason):
    text = f"value,quality,assurance,expires_at\n{B},100,,\n{row}\n"
    assert read(text, signal_type=PDQ) == ([(PDQ, B)], [(3, reason)])


def test_columns_without_values_are_refused():
    with pytest.raises(ListError, match=re.escape("A list whose first line names no column with values")):
        read("quality,source\n100,x\n")


# vPDQ


@pytest.mark.parametrize(
    "text",
    [FRAMES, FRAMES + "\n", json.dumps(json.loads(FRAMES), indent=2), f"{FRAMES}\n{FRAMES}\n", f"vpdq {FRAMES}\n"],
)
def test_videos_are_read_as_one_document_or_a_line_each(text):
    values, bad = read(text)
    assert set(values) == {(VPDQ, packed(vpdq_from_json(FRAMES)).hex())}
    assert bad == []


def test_videos_within_csv():
    out = io.StringIO()
    csv.writer(out).writerows([["signal_type", "value"], ["vpdq", FRAMES]])
    assert read(out.getvalue())[0] == [(VPDQ, packed(vpdq_from_json(FRAMES)).hex())]


def test_a_frame_that_is_none_is_a_bad_line():
    assert read(f'["{A},100,0.0", "{MD5_VALUE},100,1.0"]\n{FRAMES}\n')[1] == [
        (1, "Frame 1: 32 characters where PDQ has 64 hexadecimal ones. 32 is the length of an MD5.")
    ]


# Writing


def entry(value, signal_type=PDQ, **others: Any):
    about: dict[str, Any] = {
        "quality": 100,
        "source": "",
        "assurance": Assurance.SEEN,
        "note": "",
        "added_at": NOW,
        "expires_at": None,
    } | others
    return Entry(EntryId(1), BankId(1), signal_type, value, **about)


@pytest.mark.parametrize("format_", [Format.CSV, Format.THREATEXCHANGE])
def test_what_is_written_is_read_back(format_):
    entries = [entry(codes(1)[0].tobytes()), entry(video(), VPDQ), entry(codes(1, width=16)[0].tobytes(), MD5)]
    text = HEADER * (format_ is Format.CSV) + "".join(line_of(each, format_) for each in entries)
    assert sorted(read(text)[0]) == sorted((each.signal_type, each.value.hex()) for each in entries)


def test_csv_keeps_what_was_said_of_an_entry():
    kept = entry(
        codes(1)[0].tobytes(), source="partner", note='says "17", twice', expires_at=datetime(2027, 1, 1, tzinfo=UTC)
    )
    (batch,) = batches(HEADER + line_of(kept, Format.CSV))
    assert batch.terms == Terms("partner", 'says "17", twice', Assurance.SEEN, datetime(2027, 1, 1, tzinfo=UTC))


@pytest.mark.threat("N3")
@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "a\nb"])
def test_no_text_of_an_entry_becomes_a_formula_or_a_line(text):
    (row,) = csv.reader(io.StringIO(line_of(entry(codes(1)[0].tobytes(), note=text), Format.CSV)))
    assert not row[5].startswith(("=", "+", "-", "@", "\t"))
    assert "\n" not in row[5]


# Anything at all


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([None, *Format]), st.sampled_from([None, PDQ, MD5, VPDQ]))
def test_no_list_whatsoever_breaks_the_reader(data, format_, signal_type):
    try:
        items = list(read_list(io.BytesIO(data), format_=format_, signal_type=signal_type))
    except ListError as error:
        items = []
        assert "\n" not in str(error)  # noqa: PT017 - either of the two is an answer
    for item in items:
        assert isinstance(item, Batch | BadLine)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([A, B, "", "# x", "zz", f"pdq {A}", " " + A]), max_size=20), st.integers(1, 50))
def test_pieces_of_any_size_give_the_same_list(lines, size):
    class Trickle(io.BytesIO):
        def read(self, _most=-1):
            return super().read(size)

    data = "\n".join(lines).encode()
    whole = [_flat(item) for item in read_list(io.BytesIO(data), signal_type=PDQ)]
    trickled = [_flat(item) for item in read_list(Trickle(data), signal_type=PDQ)]
    assert _joined(whole) == _joined(trickled)


def _flat(item):
    if isinstance(item, BadLine):
        return [(item.line, item.reason)]
    return [np.asarray(bytearray(value)).tobytes() for value in item.values]


def _joined(parts):
    return [each for part in parts for each in part]
