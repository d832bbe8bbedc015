"""What a bank may be called, and what it may be told."""

from __future__ import annotations

import re

import pytest

from haalweg.banks import Assurance, BankError, BankSettings, checked_name


@pytest.mark.parametrize("name", ["A", "HELPLINE_2026", "my-bank", "_x", "1", "A" * 255])
def test_these_are_names(name):
    assert checked_name(name) == name


@pytest.mark.parametrize("name", ["", "-x", "a b", "é", "a\n", "A" * 256, "a/b", "[link]", "\x1b[31m"])
def test_these_are_not(name):
    with pytest.raises(BankError) as caught:
        checked_name(name)
    assert str(caught.value) == (
        "A bank's name has 1 to 255 letters from A to Z, digits, - and _, and begins with no -; this one has "
        f"{len(name)} characters. Good: my_bank, HELPLINE-2026."
    )


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((32,), "A threshold of 32 bits: it lies between 0 and 31."),
        ((-1,), "A threshold of -1 bits: it lies between 0 and 31."),
        ((31, 101), "101 % of a video's frames: it lies between 0 and 100."),
        ((31, 80, -1), "-1 % of a video's frames: it lies between 0 and 100."),
    ],
)
def test_settings_that_no_bank_can_have(values, sentence):
    with pytest.raises(BankError, match=re.escape(sentence)):
        BankSettings(*values)


def test_assurance_has_an_order():
    assert [each.rank for each in (Assurance.SELF_REPORTED, Assurance.SPOKEN, Assurance.SEEN)] == [0, 1, 2]
