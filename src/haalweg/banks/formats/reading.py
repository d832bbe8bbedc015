"""A list of signatures to batches that a bank takes in, and the lines that are none."""

from __future__ import annotations

import csv
import re
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import numpy as np

from haalweg.banks.entries import NO_QUALITY, Assurance
from haalweg.banks.errors import BankError
from haalweg.banks.formats.kinds import NAMES, UNWRITTEN, Format
from haalweg.banks.formats.lines import MOST_LINE_BYTES, Chunk, chunks_of
from haalweg.signals import SignalType, SignatureError
from haalweg.signals.video import packed, vpdq_from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

_FULL = 65_536  # values that a batch holds at most, about
_FULL_BYTES = 1 << 24
_SAMPLE = 1000  # values that are looked at to tell PDQ from SHA-256
_SURE = 8  # values from which on that can be told
_PDQ_BITS = 128
_TYPED = re.compile(rb"([a-z][a-z0-9_]*)[ \t]+(.*)", re.DOTALL)
_HEX = re.compile("(?:[0-9a-fA-F]{32}){1,2}")
_PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_TRACE = b"HWTR"  # a trace file begins so
_DELIMITERS = (",", ";", "\t")
_VALUE_COLUMNS = ("value", "hash", "signal", "signature", *NAMES)
_TERMS = ("source", "note", "assurance", "expires_at")
_COLUMNS = (*_VALUE_COLUMNS, "signal_type", "type", "quality", *_TERMS)
_NIBBLES = np.full(256, 16, np.uint8)
_NIBBLES[np.frombuffer(b"0123456789abcdef", np.uint8)] = np.arange(16)
_NIBBLES[np.frombuffer(b"ABCDEF", np.uint8)] = np.arange(10, 16)


class ListError(BankError):
    """A list that cannot be read as it is. The text says what to add to the command."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a list says about entries besides their values; None: nothing."""

    source: str | None = None
    note: str | None = None
    assurance: Assurance | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Batch:
    """Values of one type that can be added together."""

    signal_type: SignalType
    values: NDArray[np.uint8] | Sequence[bytes]
    qualities: NDArray[np.uint8] | Sequence[int] | None
    terms: Terms
    bytes_read: int  # of the list, up to here

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that holds no signature of the list's kind."""

    line: int  # from 1
    reason: str


def read_list(
    stream: BinaryIO, *, format_: Format | None = None, signal_type: SignalType | None = None
) -> Iterator[Batch | BadLine]:
    """Read a list in bounded memory. What is not said is told from its first lines.

    Raises ListError where that cannot be told, OSError where reading fails.
    """
    if signal_type in UNWRITTEN:
        raise ListError(_NO_LISTS)
    chunks = chunks_of(stream)
    head = next(chunks, Chunk(1, b"", 0))
    every = _Queue(head, chunks)
    if head.data.startswith(_TRACE):
        raise ListError(_NO_LISTS)
    if head.data.startswith(_PACKED):
        raise ListError("A packed file. Unpack it on the way: zcat LIST | haalweg bank import FILE - ...")
    first = _first_line(head.data)
    kind = format_ or _format_of(first, signal_type)
    if kind is Format.JSON and not _is_whole(first):
        yield from _one_document(every)
    elif kind is Format.CSV:
        yield from _Gathered().of(_csv_values(every, first, signal_type), every)
    else:
        yield from _text(every, signal_type or _type_in_text(head.data))


class _Queue:
    """Chunks, and how far they have been read."""

    def __init__(self, head: Chunk, rest: Iterator[Chunk]) -> None:
        self._waiting = deque([head])
        self._rest = rest
        self.bytes_read = 0

    def __iter__(self) -> Iterator[Chunk]:
        for chunk in self._both():
            self.bytes_read = chunk.bytes_read
            yield chunk

    def _both(self) -> Iterator[Chunk]:
        while self._waiting:
            yield self._waiting.popleft()
        yield from self._rest


_NO_TERMS = Terms()


class _Value(NamedTuple):  # made ten million times: a dataclass takes three times as long
    line: int
    signal_type: SignalType
    value: bytes
    quality: int = NO_QUALITY
    terms: Terms = _NO_TERMS


class _Gathered:
    """Values put together by what they have in common."""

    def __init__(self) -> None:
        self._groups: dict[tuple[SignalType, Terms], tuple[list[bytes], list[int]]] = {}
        self._count = self._bytes = 0

    def of(self, values: Iterable[_Value | BadLine], read: _Queue) -> Iterator[Batch | BadLine]:
        """Batches, and bad lines where they stand: after all good ones before them."""
        in_common: tuple[SignalType, Terms] | None = None
        group: tuple[list[bytes], list[int]] = ([], [])
        for value in values:
            if isinstance(value, BadLine):
                yield from self._all(read)
                in_common = None
                yield value
                continue
            # Neighbours have most in common, and to look up the group takes longer than all the rest.
            if in_common is None or in_common != (value.signal_type, value.terms):
                in_common = (value.signal_type, value.terms)
                group = self._groups.setdefault(in_common, ([], []))
            group[0].append(value.value)
            group[1].append(value.quality)
            self._count += 1
            self._bytes += len(value.value)
            if self._count >= _FULL or self._bytes >= _FULL_BYTES:
                yield from self._all(read)
                in_common = None
        yield from self._all(read)

    def _all(self, read: _Queue) -> Iterator[Batch]:
        groups, self._groups, self._count, self._bytes = self._groups, {}, 0, 0
        for (signal_type, terms), (values, qualities) in groups.items():
            yield Batch(signal_type, values, qualities, terms, read.bytes_read)


def _text(chunks: _Queue, signal_type: SignalType | None) -> Iterator[Batch | BadLine]:
    for chunk in chunks:
        regular = _regular(chunk.data, signal_type)
        if signal_type is not None and regular is not None:
            yield Batch(signal_type, regular, None, Terms(), chunk.bytes_read)
        else:
            yield from _Gathered().of(_text_values(chunk, signal_type), chunks)


def _regular(data: bytes, signal_type: SignalType | None) -> NDArray[np.uint8] | None:
    """Values of lines that are one hexadecimal value each and nothing else, all at once: most lists are so."""
    width = signal_type and signal_type.width
    if not width or len(data) % (2 * width + 1) or not data:
        return None
    lines = np.frombuffer(data, np.uint8).reshape(-1, 2 * width + 1)
    nibbles = _NIBBLES[lines[:, :-1]]
    if (lines[:, -1] != ord("\n")).any() or (nibbles > 15).any():
        return None
    return (nibbles[:, ::2] << np.uint8(4)) | nibbles[:, 1::2]


def _text_values(chunk: Chunk, signal_type: SignalType | None) -> Iterator[_Value | BadLine]:
    for line, text in _lines(chunk):
        if text is None:
            yield BadLine(line, _TOO_LONG)
            continue
        content = text.strip()
        if not content or content.startswith(b"#"):
            continue
        try:
            yield _text_value(line, content, signal_type)
        except SignatureError as error:
            yield BadLine(line, str(error))


def _text_value(line: int, content: bytes, signal_type: SignalType | None) -> _Value:
    typed = _TYPED.fullmatch(content)
    if typed is not None:
        name = typed[1].decode()
        if name not in NAMES:
            raise SignatureError(_unknown(name))
        if signal_type is not None and NAMES[name] is not signal_type:
            raise SignatureError(f"{_article(NAMES[name])} in a list of {signal_type}.")
        return _Value(line, NAMES[name], _value(NAMES[name], typed[2].strip()))
    if signal_type is None:
        signal_type = SignalType.VPDQ if content.startswith(b"[") else None
    if signal_type is None:
        raise SignatureError("No signal type before the value, as the lines above have.")
    return _Value(line, signal_type, _value(signal_type, content))


def _csv_values(chunks: _Queue, first: bytes, signal_type: SignalType | None) -> Iterator[_Value | BadLine]:
    delimiter = _delimiter(first.decode(errors="replace"))
    columns: list[str] | None = None
    unnamed: SignalType | None = None
    for chunk in chunks:
        for line, text in _lines(chunk):
            if text is None:
                yield BadLine(line, _TOO_LONG)
                continue
            if not text.strip() or text.startswith(b"#"):
                continue
            try:
                fields = _fields(text, delimiter)
                if columns is None:
                    columns, is_header = _columns(fields)
                    if is_header:
                        continue
                if signal_type is None and unnamed is None and not _names_type(columns):
                    unnamed = _type_in_column(chunk, line, delimiter, columns)
                yield _csv_value(line, dict(zip(columns, fields, strict=False)), signal_type or unnamed)
            except SignatureError as error:
                yield BadLine(line, str(error))


def _csv_value(line: int, row: dict[str, str], signal_type: SignalType | None) -> _Value:
    named = (row.get("signal_type") or row.get("type") or "").lower()
    if named and named not in NAMES:
        raise SignatureError(_unknown(named))
    column = next((name for name in _VALUE_COLUMNS if row.get(name)), None)
    if column is None:
        raise SignatureError("No value.")
    kind = NAMES.get(named) or NAMES.get(column) or signal_type
    if kind is None:
        raise SignatureError("No signal type.")
    if signal_type is not None and kind is not signal_type:
        raise SignatureError(f"{_article(kind)} in a list of {signal_type}.")
    return _Value(line, kind, _value(kind, row[column].encode()), _quality(row.get("quality", "")), _terms(row))


def _terms(row: dict[str, str]) -> Terms:
    if not any(row.get(name) for name in _TERMS):
        return _NO_TERMS
    assurance = row.get("assurance") or None
    if assurance is not None and assurance not in list(Assurance):
        raise SignatureError(f"An assurance that is none of {', '.join(Assurance)}.")
    return Terms(
        row.get("source") or None,
        row.get("note") or None,
        None if assurance is None else Assurance(assurance),
        moment_from(row.get("expires_at") or ""),
    )


def moment_from(text: str) -> datetime | None:
    """Read a date, or a date and a time, in UTC unless it says otherwise. Raises SignatureError; nothing gives None."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SignatureError("A time that is not written as 2026-12-31 or 2026-12-31T23:59:59Z.") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _quality(text: str) -> int:
    if not text:
        return NO_QUALITY
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= 100):
        raise SignatureError("A quality that is not between 0 and 100.")
    return int(text)


def _one_document(chunks: _Queue) -> Iterator[Batch | BadLine]:
    parts: list[bytes] = []
    size = 0
    for chunk in chunks:
        size += len(chunk.data)
        if chunk.too_long or size > MOST_LINE_BYTES:
            yield BadLine(1, _TOO_LONG)
            return
        parts.append(chunk.data)
    try:
        value = _value(SignalType.VPDQ, b"".join(parts))
    except SignatureError as error:
        yield BadLine(1, str(error))
        return
    yield Batch(SignalType.VPDQ, [value], None, Terms(), chunks.bytes_read)


def _value(signal_type: SignalType, text: bytes) -> bytes:
    try:
        if signal_type is SignalType.VPDQ:
            return packed(vpdq_from_json(text.decode(errors="replace")))
        return signal_type.from_hex(text.decode(errors="replace"))
    except SignatureError as error:
        if len(text) != 2 * _width(SignalType.MD5) or signal_type is SignalType.MD5:
            raise
        raise SignatureError(f"{error} If all of the list is MD5: import it with --signal md5.") from None


def _lines(chunk: Chunk) -> Iterator[tuple[int, bytes | None]]:
    if chunk.too_long:
        yield chunk.first_line, None
        return
    yield from enumerate(chunk.data.split(b"\n")[:-1], chunk.first_line)


def _fields(text: bytes, delimiter: str) -> list[str]:
    decoded = text.decode(errors="replace")
    if '"' not in decoded:
        return [part.strip() for part in decoded.split(delimiter)]
    csv.field_size_limit(MOST_LINE_BYTES)
    try:
        return [part.strip() for part in next(csv.reader([decoded], delimiter=delimiter, strict=True))]
    except (csv.Error, StopIteration):
        raise SignatureError("Quotation marks that are not closed in their line, or stand within a value.") from None


def _first_line(data: bytes) -> bytes:
    for line in data.split(b"\n"):
        if line.strip() and not line.lstrip().startswith(b"#"):
            return line.strip()
    return b""


def _format_of(first: bytes, signal_type: SignalType | None) -> Format:
    if first.startswith(b"["):
        return Format.JSON
    text = first.decode(errors="replace")
    typed = _TYPED.fullmatch(first)
    if typed is not None and typed[1].decode() in NAMES and signal_type in (None, NAMES[typed[1].decode()]):
        return Format.TEXT
    if any(delimiter in text for delimiter in _DELIMITERS) or text.strip('"').lower() in _COLUMNS:
        return Format.CSV
    return Format.TEXT


def _is_whole(first: bytes) -> bool:
    return first.startswith(b"[") and first.endswith(b"]")


def _delimiter(first: str) -> str:
    return max(_DELIMITERS, key=first.count)


def _columns(fields: list[str]) -> tuple[list[str], bool]:
    """Names of the columns, and whether the list gave them itself."""
    names = [field.lower() for field in fields]
    if any(name in _COLUMNS for name in names) and not any(map(_looks_like_value, fields)):
        if not any(name in _VALUE_COLUMNS for name in names):
            raise ListError(f"A list whose first line names no column with values: {', '.join(_VALUE_COLUMNS)}.")
        return names, True
    if names[0] in NAMES:
        return ["signal_type", "value", "quality"], False
    return ["value", "quality"], False


def _looks_like_value(field: str) -> bool:
    return field.startswith("[") or _HEX.fullmatch(field) is not None


def _names_type(columns: list[str]) -> bool:
    return any(name in ("signal_type", "type", *NAMES) for name in columns)


def _type_in_column(chunk: Chunk, line: int, delimiter: str, columns: list[str]) -> SignalType:
    at = next(index for index, name in enumerate(columns) if name in _VALUE_COLUMNS)
    texts = chunk.data.split(b"\n")[line - chunk.first_line :][: 2 * _SAMPLE]
    rows = (text.decode(errors="replace").split(delimiter) for text in texts)
    return _type_of([row[at].strip().strip('"').encode() for row in rows if len(row) > at])


def _type_in_text(data: bytes) -> SignalType | None:
    """None: each line says it itself."""
    lines = [line.strip() for line in data[: 1 << 20].split(b"\n")[: 2 * _SAMPLE]]
    values = [line for line in lines if line and not line.startswith(b"#")]
    if not values:
        return SignalType.PDQ  # nothing will be read
    typed = _TYPED.fullmatch(values[0])
    if typed is not None or values[0].startswith(b"["):
        return None
    return _type_of(values)


def _type_of(values: list[bytes]) -> SignalType:
    """Tell the type of values that do not name it, from as many as there are."""
    length = len(values[0]) if values else 0
    if length == 2 * _width(SignalType.MD5):
        return SignalType.MD5
    if length != 2 * _width(SignalType.PDQ):
        raise ListError(
            f"The first value has {length} characters: PDQ and SHA-256 have 64, MD5 has 32. Say what the list holds "
            "with --signal, and how it is written with --format."
        )
    bits = [value.bit_count() for value in map(_as_number, values[:_SAMPLE]) if value is not None]
    if len(bits) < _SURE:
        raise ListError(
            "A PDQ hash and a SHA-256 both have 64 characters, and there are too few values to tell which these are. "
            "Say it with --signal pdq or --signal sha256."
        )
    # A picture's PDQ has exactly half of its bits set; one of twenty SHA-256 values has that by accident.
    return SignalType.PDQ if 2 * bits.count(_PDQ_BITS) > len(bits) else SignalType.SHA256


def _as_number(value: bytes) -> int | None:
    try:
        return int.from_bytes(SignalType.PDQ.from_hex(value.decode(errors="replace")))
    except SignatureError:
        return None


def _width(signal_type: SignalType) -> int:
    assert signal_type.width is not None
    return signal_type.width


def _unknown(name: str) -> str:
    return _NO_LISTS if name in UNWRITTEN else _UNKNOWN_TYPE


def _article(signal_type: SignalType) -> str:
    return {SignalType.MD5: "An MD5", SignalType.SHA256: "A SHA-256"}.get(signal_type, f"A {signal_type}")


_TOO_LONG = f"Longer than the {MOST_LINE_BYTES >> 20} MiB that are read of a line."
_UNKNOWN_TYPE = f"A signal type that a bank does not hold; it holds {', '.join(NAMES)}."
_NO_LISTS = "Traces stand in no list: they come as files of their own, with `haalweg bank import FILE --traces`."
