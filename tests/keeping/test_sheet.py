from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from haalweg.keeping import KeyRing, SealingKey, SheetError
from haalweg.keeping.sheet import SheetLine, line_from, ring_from, ring_of, same_letters, sheet_of

NOW = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)
SECRETS = [sha256(b"%d" % number).digest() for number in range(3)]  # the same in every run, as typing errors are
RING = KeyRing(SECRETS[0], NOW, (SealingKey.of(SECRETS[1], NOW), SealingKey.of(SECRETS[2], NOW + timedelta(days=300))))
SHEET = sheet_of(RING)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def text_of(lines):
    return "\n".join(map(str, lines))


def in_groups(text, other):
    return "\n".join(line[:5] + line[5:].translate(str.maketrans(other)) for line in text.splitlines())


def letters_of(line):
    return "".join(str(line).split()[1:])


def sentence_of(text):
    with pytest.raises(SheetError) as caught:
        ring_from(text)
    return str(caught.value)


@pytest.mark.threat("K6")
@pytest.mark.parametrize("rotations", [0, 1, 2, 30])
def test_a_sheet_gives_every_key_back(rotations):
    ring = KeyRing.make(NOW)
    for day in range(rotations):
        ring = ring.rotated(NOW + timedelta(days=day))
    lines = sheet_of(ring)
    got_back = ring_from(text_of(lines))
    assert len(lines) == 4 * (2 + rotations) + 1
    assert (got_back.lookup_secret, got_back.made_at, got_back.keys) == (ring.lookup_secret, ring.made_at, ring.keys)
    assert got_back.sheet_checked
    assert not got_back.rotation_open


def test_a_line_is_a_number_and_five_groups_of_four():
    for number, line in enumerate(SHEET, 1):
        first, *groups = str(line).split()
        assert int(first) == number
        assert [len(group) for group in groups] == [4] * 5
        assert set("".join(groups)) <= set(ALPHABET)
        assert groups[-1] == line.check


def test_a_sheet_after_a_rotation_begins_with_the_lines_of_the_one_before():
    before = sheet_of(KeyRing(RING.lookup_secret, RING.made_at, RING.keys[:1]))
    assert SHEET[: len(before) - 1] == before[:-1]
    assert str(SHEET[len(before) - 1]) != str(before[-1])


@pytest.mark.threat("K6")
@pytest.mark.parametrize(
    "retyped",
    [
        str.lower,
        lambda text: in_groups(text, {"0": "O", "1": "l"}),
        lambda text: in_groups(text, {"0": "o", "1": "I"}),
        lambda text: text.replace("  ", "\t"),
        lambda text: "\n".join(f"{line.split()[0]}. {'-'.join(line.split()[1:])}" for line in text.splitlines()),
        lambda text: "\n".join(f"{line.split()[0]} {''.join(line.split()[1:])}" for line in text.splitlines()),
        lambda text: "\n".join(reversed(text.splitlines())),
        lambda text: "Recovery sheet\n\nKeys: none\n" + text.replace("\n", "\r\n\r\n") + "\nthe end\n",
        lambda text: text + "\n" + text,
    ],
)
def test_a_sheet_may_be_typed_in_many_ways(retyped):
    assert ring_from(retyped(text_of(SHEET))).keys == RING.keys


@pytest.mark.threat("K6")
def test_every_single_typing_error_is_seen_and_its_group_named():
    line = SHEET[3]
    letters = letters_of(line)
    named = tried = 0
    for at, other in itertools.product(range(20), ALPHABET[::4]):
        if other == letters[at]:
            continue
        with pytest.raises(SheetError) as caught:
            line_from(letters[:at] + other + letters[at + 1 :], 4)
        tried += 1
        sentence = str(caught.value)
        assert sentence.startswith("Line 4: its check characters do not fit. Look again at ")
        assert letters not in sentence
        named += sentence == f"Line 4: its check characters do not fit. Look again at group {at // 4 + 1}."
    assert named > 0.95 * tried  # where two groups could be meant, none is named


@pytest.mark.threat("K6")
def test_swapped_neighbours_are_seen():
    letters = letters_of(SHEET[3])
    for at in range(19):
        swapped = letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
        if swapped != letters:
            with pytest.raises(SheetError, match="Line 4: its check characters do not fit"):
                line_from(swapped, 4)


def test_random_lines_are_not_taken_for_lines_of_the_sheet():
    draw = random.Random(1)
    for _ in range(200):
        with pytest.raises(SheetError):
            line_from("".join(draw.choices(ALPHABET, k=20)), 1)


def test_a_line_that_is_typed_in_the_place_of_another_is_seen():
    with pytest.raises(SheetError) as caught:
        line_from(letters_of(SHEET[2]), 4)
    assert str(caught.value) == (
        "Line 4: its check characters do not fit. Look again at all of it, and whether it is this line."
    )


@pytest.mark.parametrize("typed", ["{}", "4 {}", "4. {}", " 4) {}", "  4:  {}  \n"])
def test_the_number_of_a_line_may_be_typed_with_it(typed):
    assert line_from(typed.format(letters_of(SHEET[3])), 4) == SHEET[3]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Line 4: 0 characters where a line has 20. Look again."),
        ("4  ABCD ABCD ABCD ABCD ABC", "Line 4: 19 characters where a line has 20. Look again."),
        ("ABCD ABCD ABCD ABCD ABCDE", "Line 4: 21 characters where a line has 20. Look again."),
        ("ABCD ABCD AB?D ABCD ABCD", "Line 4: group 3 has a character that is on no sheet. Look again."),
        ("UBCD ABCD ABCD ABCD ABCD", "Line 4: group 1 has a character that is on no sheet. Look again."),
        (
            "ABCD ABCD ABCD ABCD ABC\N{ARABIC-INDIC DIGIT FOUR}",
            "Line 4: group 5 has a character that is on no sheet. Look again.",
        ),
    ],
)
def test_a_line_that_cannot_be_one_is_named_with_what_is_wrong(typed, sentence):
    with pytest.raises(SheetError) as caught:
        line_from(typed, 4)
    assert str(caught.value) == sentence


def test_a_typed_sheet_names_every_wrong_line_at_once():
    lines = text_of(SHEET).splitlines()
    lines[1] = lines[1][:-1]
    lines[6] = lines[6][:-1] + "!"
    assert sentence_of("\n".join(lines)) == (
        "Line 2: 19 characters where a line has 20. Look again.\n"
        "Line 7: group 5 has a character that is on no sheet. Look again."
    )


def test_missing_lines_are_named():
    assert sentence_of(text_of([*SHEET[:2], *SHEET[3:5], *SHEET[6:]])) == "Line 3 is missing.\nLine 6 is missing."


@pytest.mark.threat("K6")
@pytest.mark.parametrize("kept", [1, 4, 8, 12])
def test_a_sheet_that_ends_too_early_is_never_taken_for_a_whole_one(kept):
    assert sentence_of(text_of(SHEET[:kept])) == (
        f"The sheet goes on after line {kept}: type the lines that follow, up to its last one."
    )


def test_pages_of_different_sheets_are_not_mixed():
    one, other = sheet_of(KeyRing.make(NOW)), sheet_of(KeyRing.make(NOW))
    assert sentence_of(text_of([*one[:4], *other[4:]])) == (
        "Every line is right by itself, but they are from different sheets. Use the lines of one."
    )
    assert (
        sentence_of(text_of([*one, *other])).splitlines()[0]
        == ("Line 1 is there twice, from different sheets. Use the lines of one.")
        or one[0] == other[0]
    )
    before = sheet_of(KeyRing(RING.lookup_secret, RING.made_at, RING.keys[:1]))
    assert sentence_of(text_of([*before, *SHEET])) == (
        "Line 9 is there twice, from different sheets. Use the lines of one."
    )


@pytest.mark.parametrize("text", ["", "a letter\nwith no number", "1 apple\n2 pears", "\0" * 500])
def test_what_is_no_sheet_is_said_to_be_none(text):
    assert sentence_of(text) == (
        "This is no recovery sheet: no line of it has a number and then the five groups of four that belong to it."
    )


def test_a_closing_line_alone_is_no_sheet():
    with pytest.raises(SheetError, match="different sheets"):
        ring_of([SheetLine(1, bytes(10), closing=True)])


@pytest.mark.threat("K4")
def test_a_line_shows_its_number_only_unless_it_is_printed():
    assert repr(SHEET[2]) == "SheetLine(3)"
    assert repr(SHEET).count("SheetLine(") == len(SHEET)


def test_what_is_typed_back_may_be_small_and_spaced():
    assert same_letters(" abc1\n", "ABC1")
    assert same_letters("abcl", "ABC1")
    assert same_letters("a bc1", "ABC1")
    assert not same_letters("", "ABC1")
    assert not same_letters("ABC2", "ABC1")
