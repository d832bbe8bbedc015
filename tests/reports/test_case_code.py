"""Eight words of published lists: enough of them, drawn evenly, and understood however they are typed."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haalweg.reports.case_code import LANGUAGES, WORDS, CaseCode, CaseCodeError, words_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_has_2048_plain_words_that_four_letters_tell_apart(language):
    words = words_of(language)
    assert len(words) == len({word[:4] for word in words}) == 2_048
    assert all(4 <= len(word) <= 9 and word.isascii() and word.isalpha() and word.islower() for word in words)


@pytest.mark.threat("C1")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_has_at_least_88_bits(language):
    assert WORDS * math.log2(len(set(words_of(language)))) >= 88


@pytest.mark.threat("C1")
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_is_drawn_as_often_as_any_other_at_every_place(language):
    draws = 8_192
    codes = [CaseCode.new(language).words for _ in range(draws)]
    expected = draws / 2_048
    for place in range(WORDS):
        counts = Counter(code[place] for code in codes)
        chi_square = sum((counts[word] - expected) ** 2 / expected for word in words_of(language))
        # 2,047 degrees of freedom, a deviation of 64: six of them either way is chance less than once in 10**8 runs.
        assert 2_047 - 6 * 64 < chi_square < 2_047 + 6 * 64


@pytest.mark.parametrize("language", LANGUAGES)
@given(seed=st.binary(min_size=32, max_size=32))
def test_the_same_code_is_read_from_capitals_commas_numbers_and_line_breaks(language, seed):
    code = CaseCode.of(seed, language)
    for typed in (
        " ".join(code.words),
        ", ".join(code.words).upper(),
        "\n".join(f"{number}. {word} " for number, word in enumerate(code.words, 1)),
        "\u00a0".join(word.title() for word in code.words),
        " ".join("".join(chr(0xFEE0 + ord(sign)) for sign in word) for word in code.words),
    ):
        assert CaseCode.parse(typed) == code


@pytest.mark.parametrize("given_words", [1, 7, 9])
def test_too_few_or_too_many_words_are_counted(given_words):
    with pytest.raises(CaseCodeError) as refused:
        CaseCode.parse(" ".join(words_of("en")[:given_words]))
    assert refused.value.given == given_words
    assert str(refused.value) == f"{given_words} words where 8 are expected."


def test_a_mistyped_word_gets_a_proposal_and_does_not_stand_in_the_message():
    words = list(words_of("en")[:8])
    meant = max(words, key=len)
    typed = meant[:-1] + "q"
    with pytest.raises(CaseCodeError) as refused:
        CaseCode.parse(" ".join(typed if word == meant else word for word in words))
    assert (refused.value.unknown, refused.value.near) == (typed, meant)
    assert typed not in str(refused.value)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_code_or_refused(text):
    try:
        code = CaseCode.parse(text)
    except CaseCodeError:
        return
    assert len(code.words) == WORDS


def test_a_code_shows_nothing_of_itself_and_its_look_up_needs_the_key():
    code = CaseCode.new("nl")
    assert repr(code) == "CaseCode()"
    assert code.lookup(b"a" * 32) == CaseCode(code.words).lookup(b"a" * 32)
    assert code.lookup(b"a" * 32) != code.lookup(b"b" * 32)
    assert len(code.lookup(b"a" * 32)) == 32
