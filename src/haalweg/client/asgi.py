"""For ASGI applications: a middleware that has uploads checked before the application sees them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from haalweg.client.answers import Action
from haalweg.client.errors import GateRefusedError
from haalweg.client.forms import FormError, files_of
from haalweg.client.hooks import LANGUAGES, refused, report_trouble, said_to_uploader

if TYPE_CHECKING:
    from collections.abc import Collection

    from haalweg.client.answers import Checked
    from haalweg.client.async_gate_client import AsyncGateClient

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_RETRY_AFTER = (b"retry-after", b"2")
_MULTIPART = b"multipart/form-data"


class GateMiddleware:
    """Has what is sent to some paths checked, and hands it on unchanged.

    client: an AsyncGateClient.
    paths: of uploads, as `/upload` or `/boards/*/upload`. What is sent there is a form with files, or a file as it is.
    most_bytes: of one request; a larger one is refused with 413.
    most_bytes_at_once: of all requests until they are answered; beyond it they are refused with 503. Besides the body
    itself the files of a form are in memory once more while they are checked.
    uploader: gives of a scope your name for the account that uploads, as `GateClient.check` takes it.

    The application finds the answers in `scope["haalweg"]`, one Checked for each file, in order. Where a path was not
    listed there is no such key. An upload that is blocked does not reach it: the uploader gets the statement of reasons
    as application/problem+json, with status 451.
    """

    def __init__(
        self,
        app: App,
        client: AsyncGateClient,
        *,
        paths: Collection[str],
        most_bytes: int = 100_000_000,
        most_bytes_at_once: int = 500_000_000,
        uploader: Callable[[Scope], str | None] = lambda _: None,
    ) -> None:
        self._app = app
        self._client = client
        self._paths = tuple(paths)
        self._most_bytes = most_bytes
        self._most_at_once = most_bytes_at_once
        self._uploader = uploader
        self._bytes_now = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check an upload, and let the application answer."""
        if scope["type"] != "http" or not any(fnmatchcase(scope["path"], path) for path in self._paths):
            await self._app(scope, receive, send)
            return
        held = _Held()
        try:
            await self._check(scope, receive, send, held)
        finally:
            self._bytes_now -= held.bytes

    async def _check(self, scope: Scope, receive: Receive, send: Send, held: _Held) -> None:
        try:
            body = await self._body(receive, held)
            if body is None:
                return  # whoever sent it hung up
            scope["haalweg"] = checked = await self._checked(body, scope)
            _refuse_blocked(checked, scope)
        except _RefusedError as refusal:
            await refusal.send(send)
            return
        await self._app(scope, _replay(body, receive), send)

    async def _body(self, receive: Receive, held: _Held) -> bytes | None:
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            chunk = message.get("body", b"")
            self._bytes_now += len(chunk)
            held.bytes += len(chunk)
            body += chunk
            if len(body) > self._most_bytes:
                raise _RefusedError(413, "Too large", f"More than {self._most_bytes:,} bytes are not taken.")
            if self._bytes_now > self._most_at_once:
                raise _RefusedError(503, "Busy", "Too much is being uploaded. Try again later.", headers=[_RETRY_AFTER])
            if not message.get("more_body", False):
                return bytes(body)

    async def _checked(self, body: bytes, scope: Scope) -> tuple[Checked, ...]:
        content_type = _content_type(scope)
        try:
            uploads = files_of(body, content_type) if content_type.lower().startswith(_MULTIPART) else [body]
        except FormError as error:
            raise _RefusedError(400, "Bad request", str(error)) from None
        uploads = [upload for upload in uploads if upload]  # a file that was not chosen is empty
        try:
            checked = await self._client.check_many(uploads, uploader=self._uploader(scope))
        except GateRefusedError as error:
            checked = [refused(error, self._client.on_failure)] * len(uploads)
        for one in checked:
            report_trouble(one)
        return tuple(checked)


@dataclass(slots=True)
class _Held:
    bytes: int = 0


class _RefusedError(Exception):
    def __init__(
        self,
        status: int,
        title: str,
        sentence: str,
        *,
        headers: list[tuple[bytes, bytes]] | None = None,
        **more: object,
    ) -> None:
        super().__init__(sentence)
        self._status = status
        self._headers = headers or []
        self._content = {"type": "about:blank", "title": title, "status": status, "detail": sentence} | more

    async def send(self, send: Send) -> None:
        body = json.dumps(self._content, ensure_ascii=False).encode()
        headers = [
            (b"content-type", b"application/problem+json"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            *self._headers,
        ]
        await send({"type": "http.response.start", "status": self._status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _refuse_blocked(checked: tuple[Checked, ...], scope: Scope) -> None:
    for one in checked:
        if one.action is not Action.BLOCK:
            continue
        sentence = said_to_uploader(one, _language(scope))
        if one.verdict is None:
            raise _RefusedError(503, "Busy", sentence, headers=[_RETRY_AFTER])
        if one.statement is None:
            raise _RefusedError(403, "Not posted", sentence)
        statement = {language: getattr(one.statement, language) for language in LANGUAGES}
        raise _RefusedError(451, "Not posted", sentence, statement=statement)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give the body once, and from then on what the server has to tell."""
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> MutableMapping[str, Any]:
        return messages.pop() if messages else await receive()

    return replayed


def _content_type(scope: Scope) -> bytes:
    found = [value for name, value in scope["headers"] if name == b"content-type"]
    if len(found) > 1:
        raise _RefusedError(400, "Bad request", "There are two content types. Send one.")
    return found[0] if found else b""


def _language(scope: Scope) -> str:
    """Take the first of the languages that who asks would like, and that we speak."""
    wanted = b",".join(value for name, value in scope["headers"] if name == b"accept-language")
    tags = (part.split(";")[0].strip() for part in wanted.decode("latin-1").split(","))
    return next((tag for tag in tags if tag.lower().split("-")[0] in LANGUAGES), "en")
