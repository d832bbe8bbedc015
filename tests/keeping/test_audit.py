from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest

from haalweg.keeping import AuditError
from haalweg.keeping.audit import DETAILS, Act, Anchor, AuditRow, Witness, chain_start, chained, verify

NOW = datetime(2026, 11, 25, 14, 30, 5, 123456, tzinfo=UTC)
START = chain_start(b"a store's own id")


def rows(count):
    acts = list(Act)
    return [
        AuditRow(number, NOW + timedelta(seconds=number), acts[number % len(acts)], number % 3 or None, number, "pdq")
        for number in range(1, count + 1)
    ]


def head_of(log):
    head = START
    for row in log:
        head = chained(head, row)
    return head


LOG = rows(120)
HEAD = head_of(LOG)


def sentence_of(log, head=HEAD, *witnesses):
    with pytest.raises(AuditError) as caught:
        verify(log, head, *witnesses, start=START)
    return str(caught.value)


@pytest.mark.parametrize("count", [0, 1, 120])
def test_a_log_that_nobody_touched_is_verified_and_says_where_it_stands(count):
    log = rows(count)
    assert verify(log, head_of(log), start=START) == Witness(count, head_of(log))


def test_the_chain_is_what_the_documentation_says():
    row = AuditRow(2, NOW, Act.WITHDRAWN, None, 3, "asked")
    text = "2\x002026-11-25T14:30:05.123456+00:00\0withdrawn\0\x003\0asked"
    assert chained(START, row) == sha256(START + text.encode()).digest()
    assert sha256(b"haalweg audit 1\0a store's own id").digest() == START


def test_the_same_moment_in_another_zone_is_the_same_row():
    row = AuditRow(1, NOW.astimezone(timezone(timedelta(hours=2))), Act.ADDED, 1, 1)
    assert chained(START, row) == chained(START, replace(row, at=NOW))


@pytest.mark.threat("L1")
@pytest.mark.parametrize(
    "change",
    [
        {"at": NOW},
        {"act": Act.EXPORTED},
        {"subject": 99},
        {"subject": None},
        {"count": 0},
        {"detail": "md5"},
        {"detail": ""},
        {"by": 0},
    ],
)
def test_every_edit_of_a_row_shows(change):
    log = [*LOG]
    log[49] = replace(log[49], **change)
    assert sentence_of(log) == "The 120 rows of the audit log do not lead to its head: a row was changed."


@pytest.mark.threat("L1")
def test_a_row_that_was_removed_put_in_or_moved_shows():
    gap = "The audit log goes from row 49 to row 51: rows were removed or put in."
    assert sentence_of([*LOG[:49], *LOG[50:]]) == gap
    assert sentence_of([*LOG[:50], *LOG[49:]]) == (
        "The audit log goes from row 50 to row 50: rows were removed or put in."
    )
    renumbered = [replace(row, number=number) for number, row in enumerate([*LOG[:49], *LOG[50:]], 1)]
    assert sentence_of(renumbered) == "The 119 rows of the audit log do not lead to its head: a row was changed."


@pytest.mark.threat("L1")
def test_a_cut_and_chained_anew_log_passes_without_its_witness_and_fails_with_it():
    witness = verify(LOG, HEAD, start=START)
    cut = LOG[:20]
    assert verify(cut, head_of(cut), start=START) == Witness(20, head_of(cut))
    assert sentence_of(cut, head_of(cut), witness) == (
        "The audit log ends at row 20, but its witness saw row 120: the end was cut."
    )


@pytest.mark.threat("L1")
def test_a_log_written_anew_passes_without_its_witness_and_fails_with_it():
    witness = verify(LOG[:80], head_of(LOG[:80]), start=START)
    forged = [replace(LOG[0], count=0), *LOG[1:]]
    verify(forged, head_of(forged), start=START)
    assert sentence_of(forged, head_of(forged), witness) == (
        "The audit log up to row 80 is not what its witness saw: it was written anew."
    )


def test_a_log_that_has_grown_since_its_witness_is_verified():
    for number in (0, 1, 80, 120):
        witness = Witness(number, head_of(LOG[:number]))
        assert verify(LOG, HEAD, witness, start=START).number == 120


@pytest.mark.threat("L1")
def test_a_log_of_another_store_cannot_stand_in():
    with pytest.raises(AuditError, match="do not lead to its head"):
        verify(LOG, HEAD, start=chain_start(b"another store"))
    assert sentence_of(LOG, HEAD, Witness(0, chain_start(b"another store"))) == (
        "The audit log up to row 0 is not what its witness saw: it was written anew."
    )


def test_a_witness_is_read_as_it_was_printed():
    witness = Witness(120, HEAD)
    assert str(witness) == f"120:{HEAD.hex()}"
    assert Witness.parse(f" {witness}\n") == Witness.parse(str(witness).upper()) == witness


@pytest.mark.parametrize("text", ["", "120", f"120:{'0' * 63}", f"-1:{'0' * 64}", f"1 :{'0' * 64}", f"01:{'0' * 64}"])
def test_what_is_no_witness_is_refused(text):
    with pytest.raises(AuditError) as caught:
        Witness.parse(text)
    assert str(caught.value) == (
        "A witness is a row number, a colon and 64 hexadecimal digits, as the check printed it."
    )


@pytest.mark.threat("L2")
@pytest.mark.parametrize("detail", ["Ann", "https://example.org", "0" * 32, "ab" * 32, "0" * 64, "1a2b3c4", "PDQ", " "])
def test_no_name_and_no_value_can_be_a_detail(detail):
    with pytest.raises(AuditError) as caught:
        AuditRow(1, NOW, Act.ADDED, 1, 1, detail)
    assert str(caught.value) == (f"{len(detail)} characters that are not on the list of details an audit row may hold.")


@pytest.mark.parametrize("detail", [*sorted(DETAILS), "1a2b3c4d"])
def test_what_is_on_the_list_or_a_key_s_id_can_be_a_detail(detail):
    assert AuditRow(1, NOW, Act.ADDED, 1, 1, detail).detail == detail


def test_who_did_it_is_part_of_the_chain_and_rows_without_it_are_as_before():
    row = AuditRow(2, NOW, Act.REFUSED, 7, 3, "no_detail", by=4)
    text = "2\x002026-11-25T14:30:05.123456+00:00\0refused\x007\x003\0no_detail\x004"
    assert chained(START, row) == sha256(START + text.encode()).digest()
    assert len({chained(START, replace(row, by=by)) for by in (None, 0, 4)}) == 3


@pytest.mark.threat("L1")
def test_a_log_is_held_to_every_witness_and_not_to_the_last_one_alone():
    early, late = (Witness(number, head_of(LOG[:number])) for number in (40, 120))
    assert verify(LOG, HEAD, early, late, start=START) == late
    assert sentence_of(LOG, HEAD, replace(early, digest=bytes(32)), late) == (
        "The audit log up to row 40 is not what its witness saw: it was written anew."
    )
    assert sentence_of(LOG, HEAD, early, replace(early, digest=bytes(32))).startswith("The audit log up to row 40 is")
    assert sentence_of(LOG, HEAD, early, replace(late, number=121)) == (
        "The audit log ends at row 120, but its witness saw row 121: the end was cut."
    )


@pytest.mark.threat("L1")
def test_a_log_whose_first_rows_were_let_go_is_verified_from_where_it_begins():
    kept, before = LOG[30:], head_of(LOG[:30])
    for number in (30, 31, 120):
        verify(kept, HEAD, Witness(number, head_of(LOG[:number])), start=before, cut=30)
    with pytest.raises(AuditError, match="begins at row 31, after what its witness saw"):
        verify(kept, HEAD, Witness(29, head_of(LOG[:29])), start=before, cut=30)
    with pytest.raises(AuditError, match="row 30 is not what its witness saw"):
        verify(kept, HEAD, Witness(30, bytes(32)), start=before, cut=30)
    with pytest.raises(AuditError, match="do not lead to its head"):
        verify(kept, HEAD, start=START, cut=30)


def test_an_anchor_says_of_which_log_it_is():
    anchor = Anchor(b"0123456789abcdef", Witness(120, HEAD))
    assert Anchor.parse(f"{anchor}\n") == anchor
    for text in (str(anchor.head), f"0:{anchor.head}", f"{anchor}0", ""):
        with pytest.raises(AuditError):
            Anchor.parse(text)
