"""The code of a case: eight words, the only way back to a page that has no account."""

from __future__ import annotations

import difflib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from haalweg.errors import HaalwegError

WORDS = 8
LANGUAGES = ("nl", "en")
_DATA = Path(__file__).resolve().parents[1] / "data"
_BETWEEN = re.compile(r"[^a-z]+")
_MOST_TYPED = 1_000  # characters
_SEED_BYTES = 32


class CaseCodeError(HaalwegError):
    """What was typed is no case code: `given` words were found where eight are expected, or `unknown` is on no list."""

    def __init__(self, *, given: int | None = None, unknown: str | None = None, near: str | None = None) -> None:
        """near: the word of the lists that was perhaps meant."""
        super().__init__(
            f"{given} words where {WORDS} are expected." if unknown is None else "A word that is on neither list."
        )
        self.given = given
        self.unknown = unknown
        self.near = near


@dataclass(frozen=True, slots=True)
class CaseCode:
    """Eight words of the published lists. It shows nothing of itself in a message or a log."""

    words: tuple[str, ...] = field(repr=False)

    @classmethod
    def new(cls, language: str) -> CaseCode:
        """Draw one; each of 2,048 words eight times over: 88 bits."""
        return cls.of(secrets.token_bytes(_SEED_BYTES), language)

    @classmethod
    def of(cls, seed: bytes, language: str) -> CaseCode:
        """The code that a secret seed stands for, 32 bytes of chance: the same seed is the same code."""
        if len(seed) < _SEED_BYTES:
            raise ValueError(f"A seed of {len(seed)} bytes where {_SEED_BYTES} are needed.")
        words, number = words_of(language), int.from_bytes(seed[:_SEED_BYTES])
        drawn = []
        for _ in range(WORDS):
            number, which = divmod(number, len(words))
            drawn.append(words[which])
        return cls(tuple(drawn))

    @classmethod
    def parse(cls, text: str) -> CaseCode:
        """Read what a person typed or pasted: capitals, commas, numbers and line breaks make no difference.

        Words of both languages are understood. Raises CaseCodeError.
        """
        typed = typed_words(text)
        for word in typed:
            if word not in _known():
                near = difflib.get_close_matches(word, sorted(_known()), 1, cutoff=0.75)
                raise CaseCodeError(unknown=word, near=near[0] if near else None)
        if len(typed) != WORDS:
            raise CaseCodeError(given=len(typed))
        return cls(typed)

    def lookup(self, key: bytes) -> bytes:
        """What a case is found by (32 bytes): nobody without the key can make it, or try codes out."""
        return hmac.digest(key, b"haalweg case code 1\0" + " ".join(self.words).encode(), "sha256")


def typed_words(text: str) -> tuple[str, ...]:
    """Take the words out of what was typed: capitals, accents, commas, numbers and line breaks make no difference."""
    plain = unicodedata.normalize("NFKD", text[:_MOST_TYPED]).lower()
    return tuple(word for word in _BETWEEN.split(re.sub(r"[\u0300-\u036f]", "", plain)) if word)


@cache
def words_of(language: str) -> tuple[str, ...]:
    """The list of a language: nl or en. 2,048 words, 4 to 9 letters, no two with the same four at the beginning."""
    if language not in LANGUAGES:
        raise ValueError(f"{language!r}: there is no list of words in this language.")
    return tuple((_DATA / f"words.{language}.txt").read_text("ascii").split())


@cache
def _known() -> frozenset[str]:
    return frozenset(word for language in LANGUAGES for word in words_of(language))
