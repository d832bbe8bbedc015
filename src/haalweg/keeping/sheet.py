"""The keys on paper: numbered lines of letters and digits, each with characters that show a typing error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from haalweg.keeping.errors import SheetError
from haalweg.keeping.keys import SECRET_BYTES, KeyRing, SealingKey
from haalweg.keeping.memory import guard_memory

if TYPE_CHECKING:
    from collections.abc import Iterable

# Crockford's base 32: no letter that looks like a digit; I and L are read as 1, O as 0.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ON_A_SHEET = frozenset(_ALPHABET)
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, "\N{EN DASH}": None})

_LINE_BYTES = 10
_LINE_LETTERS = 16
_CHECK_LETTERS = 4  # 20 bits: one wrong line in a million goes unseen, and then the closing line shows it
_WHOLE_LINE = _LINE_LETTERS + _CHECK_LETTERS
_GROUP = 4
_DATE_BYTES = 8
_SECRET_LINES = (_DATE_BYTES + SECRET_BYTES) // _LINE_BYTES
_NUMBERED = re.compile(r"\s*([0-9]{1,4})[\s.:)]\s*(.*)")


class SheetLine(NamedTuple):
    """One line: its number, what it carries, and whether it is the closing one."""

    number: int
    data: bytes  # 10 bytes
    closing: bool = False

    @property
    def check(self) -> str:
        """The last group, by which a typing error shows."""
        mark = b"closing" if self.closing else b"line"
        digest = sha256(b"haalweg recovery sheet 1\0%s\0%d\0%s" % (mark, self.number, self.data)).digest()
        return _letters(digest)[:_CHECK_LETTERS]

    def __str__(self) -> str:
        letters = _letters(self.data) + self.check
        groups = [letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP)]
        return f"{self.number:3}  {'  '.join(groups)}"

    def __repr__(self) -> str:
        return f"SheetLine({self.number})"


@dataclass(frozen=True, slots=True)
class _Lines:
    """What was read so far, and what was wrong with the rest."""

    by_number: dict[int, SheetLine]
    wrong: list[str]


def sheet_of(ring: KeyRing) -> tuple[SheetLine, ...]:
    """Four lines for the look-up secret, four for each key, oldest first, and a closing line over all of them."""
    dated = [(ring.made_at, ring.lookup_secret), *((key.made_at, key.secret) for key in ring.keys)]
    carried = b"".join(int(at.timestamp()).to_bytes(_DATE_BYTES) + secret for at, secret in dated)
    chunks = [carried[at : at + _LINE_BYTES] for at in range(0, len(carried), _LINE_BYTES)]
    lines = [SheetLine(number, chunk) for number, chunk in enumerate(chunks, 1)]
    return (*lines, SheetLine(len(lines) + 1, _digest(carried), closing=True))


def ring_from(text: str) -> KeyRing:
    """Read a whole sheet as it was typed or scanned; lines that start with no number are passed over.

    Raises SheetError with a sentence for every line that is wrong.
    """
    read = _read(text.splitlines())
    if read.wrong and read.by_number:
        raise SheetError("\n".join(read.wrong))
    return ring_of(read.by_number.values())


def ring_of(lines: Iterable[SheetLine]) -> KeyRing:
    """Put the keys together from all lines of a sheet. Raises SheetError where one is missing or from another sheet."""
    guard_memory()
    by_number = {line.number: line for line in lines}
    if not by_number:
        raise SheetError(
            "This is no recovery sheet: no line of it has a number and then the five groups of four that belong to it."
        )
    last = max(by_number)
    missing = [number for number in range(1, last) if number not in by_number]
    if missing:
        raise SheetError("\n".join(f"Line {number} is missing." for number in missing))
    if not by_number[last].closing:
        raise SheetError(f"The sheet goes on after line {last}: type the lines that follow, up to its last one.")
    carried = b"".join(by_number[number].data for number in range(1, last))
    if by_number[last].data != _digest(carried) or (last - 1) % _SECRET_LINES or last - 1 < 2 * _SECRET_LINES:
        raise SheetError("Every line is right by itself, but they are from different sheets. Use the lines of one.")
    size = _LINE_BYTES * _SECRET_LINES
    (made_at, lookup), *keys = (_dated(carried[at : at + size]) for at in range(0, len(carried), size))
    return KeyRing(lookup, made_at, tuple(SealingKey.of(secret, at) for at, secret in keys), sheet_checked=True)


def line_from(text: str, number: int) -> SheetLine:
    """Read one line; its number may stand before it. Raises SheetError that says where to look again."""
    letters = _letters_in(text, number)
    for at, letter in enumerate(letters):
        if letter not in _ON_A_SHEET:
            raise SheetError(
                f"Line {number}: group {at // _GROUP + 1} has a character that is on no sheet. Look again."
            )
    if len(letters) != _WHOLE_LINE:
        raise SheetError(f"Line {number}: {len(letters)} characters where a line has {_WHOLE_LINE}. Look again.")
    if (line := _fitting(letters, number)) is None:
        raise SheetError(f"Line {number}: its check characters do not fit. {_where_to_look(letters, number)}")
    return line


def _read(texts: Iterable[str]) -> _Lines:
    read = _Lines({}, [])
    for text in texts:
        numbered = _NUMBERED.fullmatch(text)
        if numbered is None:
            continue
        number = int(numbered[1])
        try:
            line = line_from(numbered[2], number)
        except SheetError as error:
            read.wrong.append(str(error))
            continue
        if read.by_number.setdefault(number, line) != line:
            read.wrong.append(f"Line {number} is there twice, from different sheets. Use the lines of one.")
    return read


def same_letters(typed: str, printed: str) -> bool:
    """Whether someone typed what is printed, as forgiving as the sheet is: small letters, O for 0, blanks."""
    return _tidied(typed) == printed


def _letters_in(text: str, number: int) -> str:
    whole, numbered = _tidied(text), _NUMBERED.fullmatch(text.strip())
    if numbered is None or int(numbered[1]) != number or _fitting(whole, number):
        return whole
    return _tidied(numbered[2])


def _tidied(text: str) -> str:
    return "".join(text.upper().split()).translate(_LOOKALIKES)


def _fitting(letters: str, number: int) -> SheetLine | None:
    if len(letters) != _WHOLE_LINE or not _ON_A_SHEET.issuperset(letters):
        return None
    value = 0
    for letter in letters[:_LINE_LETTERS]:
        value = value << 5 | _ALPHABET.index(letter)
    lines = [SheetLine(number, value.to_bytes(_LINE_BYTES), closing) for closing in (False, True)]
    return next((line for line in lines if line.check == letters[_LINE_LETTERS:]), None)


def _where_to_look(letters: str, number: int) -> str:
    """Name the group that, with one character changed or two neighbours swapped, would make the line right."""
    groups = set()
    for at in range(len(letters)):
        others = [letters[:at] + other + letters[at + 1 :] for other in _ALPHABET if other != letters[at]]
        swapped = letters[:at] + letters[at : at + 2][::-1] + letters[at + 2 :]
        if any(_fitting(other, number) for other in [*others, swapped]):
            groups.add(at // _GROUP + 1)
    if len(groups) == 1:
        return f"Look again at group {groups.pop()}."
    return "Look again at all of it, and whether it is this line."


def _letters(data: bytes) -> str:
    value, bits = int.from_bytes(data), 8 * len(data)
    return "".join(_ALPHABET[value >> bits - 5 - at & 31] for at in range(0, bits - 4, 5))


def _digest(carried: bytes) -> bytes:
    return sha256(b"haalweg recovery sheet 1\0whole\0" + carried).digest()[:_LINE_BYTES]


def _dated(data: bytes) -> tuple[datetime, bytes]:
    return datetime.fromtimestamp(int.from_bytes(data[:_DATE_BYTES]), UTC), data[_DATE_BYTES:]
