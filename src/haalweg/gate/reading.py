"""Bodies read into memory, never further than allowed, and never into a file: not even a part of one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from haalweg.gate.problems import Problem

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

MOST_PARTS = 100
_MOST_HEADER_BYTES = 4096  # of one part
_RETRY_AFTER_S = 2


class Room:
    """How much of uploads may be in memory at once. For one event loop."""

    def __init__(self, most: int, *, one: int) -> None:
        """most, one: bytes of all uploads together, and of one of them."""
        self._left = most
        self._one = one

    @contextmanager
    def for_upload(self, announced: int | None) -> Iterator[None]:
        """Keep room for an upload as long as it lasts, the most there may be where it does not say how long it is.

        Raises Problem where there is no such room now.
        """
        count = min(announced or self._one, self._one)
        if count > self._left:
            raise Problem(503, "Too much is being looked at. Try again later.", retry_after_s=_RETRY_AFTER_S)
        self._left -= count
        try:
            yield
        finally:
            self._left += count


class GoneError(Exception):
    """Who asked hung up before the body was whole."""


@dataclass(slots=True)
class Part:
    """One file or field of a form, in memory."""

    name: str = ""
    is_file: bool = False  # it says what its file is called; what it says is not kept
    data: bytearray = field(default_factory=bytearray)
    header_bytes: int = 0
    header: tuple[bytearray, bytearray] = field(default_factory=lambda: (bytearray(), bytearray()))  # being read

    def end_header(self) -> None:
        """Take what a header says."""
        name, value = self.header
        self.header = (bytearray(), bytearray())
        if bytes(name).lower() == b"content-disposition":
            _, options = parse_options_header(bytes(value))
            self.name = options.get(b"name", b"").decode("utf-8", "replace")
            self.is_file = b"filename" in options


async def body_of(receive: Receive, *, announced: int | None, most: int, seconds: float) -> bytes:
    """Read a body. announced: its length as the header says. Raises Problem for one that is too large or too slow."""
    if announced is not None and announced > most:
        raise _too_large(most)
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise GoneError
                body += message.get("body", b"")
                if len(body) > most:
                    raise _too_large(most)
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        raise Problem(408, f"The body took longer than {seconds:g} s to come.") from None


def parts_of(body: bytes, content_type: str) -> list[bytes]:
    """Take a form apart, every field by its content alone. Raises Problem for one that is damaged or has too many."""
    return [bytes(part.data) for part in fields_of(body, content_type)]


def fields_of(body: bytes, content_type: str) -> list[Part]:
    """`parts_of`, with their names."""
    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if not boundary:
        raise Problem(400, "A multipart body whose header names no boundary.")
    parts: list[Part] = []

    def begin() -> None:
        if len(parts) == MOST_PARTS:
            raise Problem(413, f"A form of more than {MOST_PARTS} parts. Send them in several requests.")
        parts.append(Part())

    def header(which: int, chunk: bytes, start: int, end: int) -> None:
        parts[-1].header[which].extend(chunk[start:end])
        parts[-1].header_bytes += end - start
        if parts[-1].header_bytes > _MOST_HEADER_BYTES:
            raise Problem(413, f"A part of the form has more than {_MOST_HEADER_BYTES:,} bytes of headers.")

    def data(chunk: bytes, start: int, end: int) -> None:
        parts[-1].data += chunk[start:end]

    ended: list[bool] = []
    parser = MultipartParser(
        boundary,
        {
            "on_part_begin": begin,
            "on_header_field": partial(header, 0),
            "on_header_value": partial(header, 1),
            "on_header_end": lambda: parts[-1].end_header(),
            "on_part_data": data,
            "on_end": lambda: ended.append(True),
        },
    )
    try:
        parser.write(body)
        parser.finalize()
    except MultipartParseError:
        raise Problem(400, "A multipart body that is damaged or cut short.") from None
    if not ended:
        raise Problem(400, "A multipart body that is cut short.")
    if not parts:
        raise Problem(400, "A form without a part.")
    return parts


def _too_large(most: int) -> Problem:
    return Problem(413, f"The body has more than {most:,} bytes, the most that is taken.")
