"""A request as the routes see it, and what goes back."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import orjson

from haalweg.gate.problems import Problem
from haalweg.gate.reading import body_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from haalweg.gate.reading import Receive, Taking

HttpScope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MOST_JSON_BYTES = 256_000
MOST_SIGNATURES_BYTES = 2_000_000  # of a check: a video has thousands of frames
UPLOADER_HEADER = b"haalweg-uploader"
_BY_PATH = "/t/"  # before a key and the path itself, for those who can send no header


@dataclass(slots=True)
class Asking:
    """One request, as far as the routes need it."""

    method: str
    path: str
    query: dict[str, str]
    content_type: str
    length: int | None  # as the header says
    token: str | None
    receive: Receive
    body_seconds: float
    uploader: str | None = None  # whom the platform takes an upload from, by a name that tells us nothing
    named: Mapping[str, str] = field(default_factory=dict)  # what the path names, where its route has a {name}

    async def body(self, most: int, take: Taking = lambda _: None) -> bytes:
        """Read the body into memory; take: of a `Room`. Raises Problem for one that is too large or too slow."""
        return await body_of(self.receive, announced=self.length, most=most, seconds=self.body_seconds, take=take)

    async def json(self, most: int = MOST_JSON_BYTES) -> dict[str, Any]:
        """Read the body as a JSON object. Raises Problem."""
        try:
            found = _READER.decode((await self.body(most)).removeprefix(BOM_UTF8).decode())
        except (ValueError, RecursionError):
            raise Problem(400, "The body is no JSON.") from None
        if not isinstance(found, dict):
            raise Problem(400, "The body is JSON, and no object.")
        return found

    @property
    def is_json(self) -> bool:
        """Whether the body says that it is JSON."""
        return self.content_type.startswith("application/json")

    @property
    def is_form(self) -> bool:
        """Whether the body says that it is a form with files."""
        return self.content_type.startswith("multipart/")


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    body: bytes
    content_type: str = "application/json"
    status: int = 200


def _number(text: str) -> float:
    """To JSON 1.0 is a whole number."""
    number = float(text)
    return int(number) if number.is_integer() else number


_READER = json.JSONDecoder(parse_float=_number)


def asking_of(scope: HttpScope, receive: Receive, *, body_seconds: float) -> Asking:
    """Read what a server handed us."""
    content_type, length, token, uploader = "", None, None, None
    for name, value in scope["headers"]:
        if name == b"content-type":
            content_type = value.decode("latin-1").lower() if b"boundary" not in value else value.decode("latin-1")
        elif name == b"content-length" and value.isdigit():
            length = int(value)
        elif name == b"authorization" and value[:7].lower() == b"bearer ":
            token = value[7:].strip().decode("latin-1")
        elif name == UPLOADER_HEADER:
            uploader = value.decode("latin-1")
    path: str = scope["path"]
    if path.startswith(_BY_PATH):
        token, _, rest = path.removeprefix(_BY_PATH).partition("/")
        path = f"/{rest}"
    asked = scope.get("query_string", b"")
    query = {name: values[-1] for name, values in parse_qs(asked.decode("latin-1")).items()} if asked else {}
    return Asking(scope["method"], path, query, content_type, length, token, receive, body_seconds, uploader)


def json_bytes(content: object) -> bytes:
    """Write JSON as short as it gets."""
    return orjson.dumps(content)


def json_answer(content: object, status: int = 200) -> Answer:
    """Answer in JSON."""
    return Answer(json_bytes(content), status=status)


def whole_number(text: str, name: str, most: int) -> int:
    """Read a number of the query. Raises Problem."""
    if not text.isascii() or not text.isdecimal() or int(text) > most:
        raise Problem(400, f"{name}: a whole number from 0 to {most} is expected.")
    return int(text)
