"""Bodies read into memory, never further than allowed, and never into a file: not even a part of one."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from haalweg.gate.problems import Problem

Taking = Callable[[int], None]  # raises Problem where there is no room for so many bytes more
Receive = Callable[[], Coroutine[Any, Any, MutableMapping[str, Any]]]

MOST_PARTS = 100
_MOST_HEADER_BYTES = 4096  # of one part
_RETRY_AFTER_S = 2
LEAST_BYTES_A_S = 16_000  # of a body, after the first seconds
_FIRST_S = 5.0


class Room:
    """How much of uploads may be in memory at once. For one event loop.

    Nobody has more of it than is left for all others: one may fill half of it, a second half of what is left then, and
    so on, so that whoever comes still finds some. What counts is what has come, not what was announced.
    """

    def __init__(self, most: int) -> None:
        """most: bytes of all uploads together."""
        self._left = most
        self._taken: Counter[int] = Counter()

    @contextmanager
    def for_upload(self, who: int) -> Iterator[Taking]:
        """Say of what comes for an upload how long it is; there is room for it again when this ends.

        who: the key that sends it, or has it fetched.
        """
        of_this = 0

        def take(count: int) -> None:
            nonlocal of_this
            if self._taken[who] + count > self._left - count:
                raise Problem(503, "Too much is being looked at. Try again later.", retry_after_s=_RETRY_AFTER_S)
            of_this += count
            self._left -= count
            self._taken[who] += count

        try:
            yield take
        finally:
            self._left += of_this
            self._taken[who] -= of_this
            if not self._taken[who]:
                del self._taken[who]


class GoneError(Exception):
    """Who asked hung up before the body was whole."""


@dataclass(slots=True)
class Part:
    """One file or field of a form, in memory."""

    name: str = ""
    is_file: bool = False  # it says what its file is called; what it says is not kept
    data: bytearray = field(default_factory=bytearray)
    header_bytes: int = 0


async def body_of(
    receive: Receive, *, announced: int | None, most: int, seconds: float, take: Taking = lambda _: None
) -> bytes:
    """Read a body. announced: its length as the header says. take: is told of each piece of it how long that is.

    Raises Problem for one that is too large or too slow, and what `take` raises.
    """
    if announced is not None and announced > most:
        raise _too_large(most)
    message = _there_already(receive)
    if message is not None and not message.get("more_body", False):
        body = _checked(message, 0, most)
        take(len(body))
        return body
    return await _rest_of(receive, message, most=most, seconds=seconds, take=take)


async def _rest_of(
    receive: Receive, message: MutableMapping[str, Any] | None, *, most: int, seconds: float, take: Taking
) -> bytes:
    """Read on. message: the first one, where it was there already."""
    body = bytearray()
    began = asyncio.get_running_loop().time()
    try:
        async with asyncio.timeout(min(seconds, _FIRST_S)) as clock:
            while True:
                if message is None:
                    message = await receive()
                piece = _checked(message, len(body), most)
                take(len(piece))
                body += piece
                if not message.get("more_body", False):
                    return bytes(body)
                clock.reschedule(began + min(seconds, _FIRST_S + len(body) / LEAST_BYTES_A_S))
                message = None
    except TimeoutError:
        raise Problem(
            408,
            f"The body took longer than {seconds:g} s to come, or came slower than {LEAST_BYTES_A_S:,} bytes a second.",
        ) from None


def _there_already(receive: Receive) -> MutableMapping[str, Any] | None:
    """The first message, where it can be had without waiting: then no clock has to run, which costs as much as reading.

    None: it has to be waited for, and nothing of it was taken.
    """
    receiving = receive()
    try:
        receiving.send(None)
    except StopIteration as done:
        message: MutableMapping[str, Any] = done.value
        return message
    receiving.close()
    return None


def _checked(message: MutableMapping[str, Any], before: int, most: int) -> bytes:
    if message["type"] == "http.disconnect":
        raise GoneError
    body: bytes = message.get("body", b"")
    if before + len(body) > most:
        raise _too_large(most)
    return body


def parts_of(body: bytes, content_type: str) -> list[bytes]:
    """Take a form apart, every field by its content alone. Raises Problem for one that is damaged or has too many."""
    return [bytes(part.data) for part in fields_of(body, content_type)]


def fields_of(body: bytes, content_type: str) -> list[Part]:
    """`parts_of`, with their names."""
    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if not boundary:
        raise Problem(400, "A multipart body whose header names no boundary.")
    form = _Form()
    try:
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": form.begin,
                "on_header_field": form.header_name,
                "on_header_value": form.header_value,
                "on_header_end": form.end_header,
                "on_part_data": form.data,
                "on_end": form.end,
            },
        )
        parser.write(body)
        parser.finalize()
    except FormParserError:
        raise Problem(400, "A multipart body that is damaged or cut short.") from None
    if not form.is_whole:
        raise Problem(400, "A multipart body that is cut short.")
    if not form.parts:
        raise Problem(400, "A form without a part.")
    return form.parts


@dataclass(slots=True)
class _Form:
    """What a parser has told of a form so far."""

    parts: list[Part] = field(default_factory=list)
    is_whole: bool = False
    name: bytearray = field(default_factory=bytearray)  # of the header that is being read
    value: bytearray = field(default_factory=bytearray)

    def begin(self) -> None:
        if len(self.parts) == MOST_PARTS:
            raise Problem(413, f"A form of more than {MOST_PARTS} parts. Send them in several requests.")
        self.parts.append(Part())

    def header_name(self, chunk: bytes, start: int, end: int) -> None:
        self._count_header(end - start)
        self.name += chunk[start:end]

    def header_value(self, chunk: bytes, start: int, end: int) -> None:
        self._count_header(end - start)
        self.value += chunk[start:end]

    def end_header(self) -> None:
        if bytes(self.name).lower() == b"content-disposition":
            _, options = parse_options_header(bytes(self.value))
            self.parts[-1].name = options.get(b"name", b"").decode("utf-8", "replace")
            self.parts[-1].is_file = b"filename" in options
        self.name.clear()
        self.value.clear()

    def data(self, chunk: bytes, start: int, end: int) -> None:
        self.parts[-1].data += chunk[start:end]

    def end(self) -> None:
        self.is_whole = True

    def _count_header(self, count: int) -> None:
        self.parts[-1].header_bytes += count
        if self.parts[-1].header_bytes > _MOST_HEADER_BYTES:
            raise Problem(413, f"A part of the form has more than {_MOST_HEADER_BYTES:,} bytes of headers.")


def _too_large(most: int) -> Problem:
    return Problem(413, f"The body has more than {most:,} bytes, the most that is taken.")
