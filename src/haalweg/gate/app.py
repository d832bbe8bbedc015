"""What the gate answers, route by route. Nothing is answered without a key but whether it lives."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from haalweg.adapters.media import MediaError
from haalweg.banks import BankError, Cursor, CursorAheadError
from haalweg.banks.feed import MOST_A_PAGE, Subscriber, Tier, page_for
from haalweg.gate import hma
from haalweg.gate.keys import Scope
from haalweg.gate.looking import asked_of, look_at
from haalweg.gate.lookup import FeltOutError
from haalweg.gate.metrics import Metrics, banks_that_may_be_named
from haalweg.gate.problems import Problem
from haalweg.gate.reading import GoneError, body_of, parts_of
from haalweg.matching.check import Verdict, as_json, check
from haalweg.matching.policy import Failure

if TYPE_CHECKING:
    from haalweg.adapters.bank_file import BankFile
    from haalweg.adapters.media import MediaPool
    from haalweg.banks.feed import FeedPage
    from haalweg.gate.following import Followers
    from haalweg.gate.keeper import Keeper
    from haalweg.gate.keys import GateState, Key
    from haalweg.gate.looking import Rules
    from haalweg.gate.lookup import LookUp
    from haalweg.gate.queue import FairQueue
    from haalweg.gate.reading import Receive, Room
    from haalweg.gate.settings import Limits
    from haalweg.matching.check import Checked

Scope_ = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_LOG = logging.getLogger("haalweg.gate")
_MOST_JSON_BYTES = 256_000
_MOST_WAIT_S = 30
_HMA_PATHS = ("/h/", "/m/")
_BY_PATH = "/t/"


@dataclass(frozen=True, slots=True)
class Asking:
    """One request, as far as the routes need it."""

    method: str
    path: str
    query: dict[str, str]
    content_type: str
    length: int | None
    token: str | None
    receive: Receive


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    body: bytes
    content_type: str = "application/json"
    status: int = 200


@dataclass(slots=True)
class Gate:
    """An ASGI application over one bank."""

    keeper: Keeper
    state: GateState
    pool: MediaPool
    queue: FairQueue
    room: Room
    lookups: LookUp
    metrics: Metrics
    limits: Limits
    rules: Rules
    followers: Followers
    rules_trouble: str | None = None  # why a changed policy was not taken over
    is_stopping: bool = False

    async def __call__(self, scope: Scope_, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        headers: list[tuple[bytes, bytes]] = []
        asking = _asking(scope, receive)
        try:
            answer = await self._answer(asking)
        except GoneError:
            return
        except Problem as problem:
            if asking.path.startswith(_HMA_PATHS):
                answer = Answer(_json({"message": str(problem)}), status=problem.status)
            else:
                answer = Answer(_json(problem.as_json()), "application/problem+json", problem.status)
            if problem.retry_after_s is not None:
                headers.append((b"retry-after", str(problem.retry_after_s).encode()))
            if problem.status == 401:
                headers.append((b"www-authenticate", b"Bearer"))
        except Exception as error:  # noqa: BLE001 - whatever it was, who asks gets an answer that tells nothing
            _LOG.error("A request failed: %s.", type(error).__name__)  # no traceback: it may hold values
            answer = Answer(_json({"title": "Failed", "status": 500, "detail": "Something failed here."}), status=500)
        headers += [
            (b"content-type", answer.content_type.encode()),
            (b"content-length", str(len(answer.body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, asking: Asking) -> Answer:
        if asking.path not in _ROUTES:
            raise Problem(404, "There is no such route.")
        methods, needed, route = _ROUTES[asking.path]
        if asking.method not in methods:
            raise Problem(405, f"This route takes {' and '.join(methods)}.")
        if needed is None:
            return await route(self, asking, None)
        return await route(self, asking, self._key(asking.token, needed))

    def _key(self, token: str | None, needed: Scope) -> Key:
        key = self.state.key_of(token, now=_now()) if token else None
        if key is None:
            raise Problem(401, "No key that is known and not over. Send it as `Authorization: Bearer hwk_...`.")
        if needed not in key.scopes:
            raise Problem(403, f"This key is not for that: it would need the scope {needed}.")
        return key

    # The routes

    async def check(self, asking: Asking, key: Key | None) -> Answer:
        """Check uploads, or the signatures of some."""
        assert key is not None
        if self.is_stopping:
            raise Problem(503, "The gate is being stopped.", retry_after_s=5)
        if asking.content_type.startswith("application/json"):
            checked = await self._check_signatures(asking)
        else:
            try:
                # Of a body that does not say how long it is as much as may come.
                with self.room.of(min(asking.length or self.limits.upload_bytes, self.limits.upload_bytes)):
                    checked = await self._check_uploads(asking, key)
            except Problem as problem:
                if problem.retry_after_s is not None:
                    problem.action = self.rules.policy.failures[Failure.OVERLOADED]
                raise
        for one in checked:
            self.metrics.count(one)
        return Answer(_json({"items": [as_json(one) for one in checked]}))

    async def lookup(self, asking: Asking, key: Key | None) -> Answer:
        """Say yes or no to signatures, and no more."""
        assert key is not None
        items = asked_of(_object(await self._body(asking, _MOST_JSON_BYTES)).get("items"))
        try:
            answer = self.lookups.answer(key.id, items, self.keeper.live, self.rules.policy, now=_now())
        except FeltOutError:
            self.metrics.felt_out.inc()
            _LOG.warning("Key %d feels an entry out: refused.", key.id)
            raise
        return Answer(_json({"items": answer}))

    async def _check_signatures(self, asking: Asking) -> list[Checked]:
        found = _object(await self._body(asking, _MOST_JSON_BYTES))
        now = _now()
        return [
            check(asked, self.keeper.live, self.rules.policy, now=now, statements=self.rules.statement)
            for asked in asked_of(found.get("items"))
        ]

    async def _check_uploads(self, asking: Asking, key: Key) -> list[Checked]:
        body = await self._body(asking, self.limits.upload_bytes)
        if not body:
            raise Problem(400, "An empty body where a picture or video is expected.")
        is_form = asking.content_type.startswith("multipart/")
        uploads = parts_of(body, asking.content_type) if is_form else [body]

        def look(data: bytes) -> Checked:
            return look_at(data, self.pool, self.keeper.live, self.rules, now=_now())

        return [await self.queue.run(key.id, lambda data=data: look(data)) for data in uploads]  # type: ignore[misc]

    async def feed(self, asking: Asking, key: Key | None) -> Answer:
        """Tell a subscriber what became of the banks that are named for them."""
        assert key is not None
        wait_s = _whole(asking.query.get("wait", "0"), "wait", _MOST_WAIT_S)
        after = _cursor(asking.query.get("cursor"))
        until = asyncio.get_running_loop().time() + wait_s
        while True:
            page = await self._page(key, after)
            left = until - asyncio.get_running_loop().time()
            if page.withdrawn or page.entries or page.more or after is None or left <= 0 or self.is_stopping:
                return Answer(page.as_json().encode())
            if page.cursor != after:  # news, of banks that are not theirs
                after = page.cursor
                continue
            await self.keeper.change(left)

    async def _page(self, key: Key, after: Cursor | None) -> FeedPage:
        def page(store: BankFile) -> FeedPage:
            banks = frozenset(bank.id for bank in store.banks() if bank.name in key.banks)
            subscriber = Subscriber(self.state.secret_for(key), Tier(key.tier or Tier.LOOK_UP), banks)
            return page_for(store, subscriber, after, most=MOST_A_PAGE, now=_now())

        try:
            return await self.keeper.do(page)
        except CursorAheadError:
            raise Problem(409, "This cursor was not given out here. Ask without one, for everything.") from None

    async def live(self, _: Asking, __: Key | None) -> Answer:
        return Answer(b"alive\n", "text/plain")

    async def ready(self, _: Asking, __: Key | None) -> Answer:
        if self.is_stopping:
            raise Problem(503, "The gate is being stopped.")
        return Answer(b"ready\n", "text/plain")

    async def status(self, _: Asking, __: Key | None) -> Answer:
        """Say how the gate does; nothing of any entry."""
        return Answer(
            _json(
                {
                    "jail": self.pool.level.name.lower(),
                    "entries": len(self.keeper.live.index),
                    "policy_trouble": self.rules_trouble,
                    "sources": self.followers.as_json(),
                }
            )
        )

    async def show_metrics(self, _: Asking, __: Key | None) -> Answer:
        """Count for Prometheus."""
        counts = await self.keeper.do(lambda store: banks_that_may_be_named(store, now=_now()))
        text = self.metrics.text(counts, self.followers.ages(now=_now()))
        return Answer(text, "text/plain; version=0.0.4; charset=utf-8")

    async def hma_status(self, _: Asking, __: Key | None) -> Answer:
        """As HMA says it."""
        loaded = not self.is_stopping
        return Answer((hma.ALIVE if loaded else hma.NOT_LOADED).encode(), "text/plain", 200 if loaded else 503)

    async def hma_hash(self, asking: Asking, key: Key | None) -> Answer:
        """Hash a file: its PDQ, or nothing where it is too flat."""
        assert key is not None
        (data,) = await self._hma_files(asking)
        try:
            parts = await self.queue.run(key.id, lambda: self.pool.signatures_of(data))
        except MediaError as error:
            raise Problem(400, error.sentence) from None
        return Answer(_json({"pdq": "" if parts[0].too_flat else parts[0].hashed.hash.hex}))

    async def hma_lookup(self, asking: Asking, key: Key | None) -> Answer:
        """Look a signal or a file up."""
        assert key is not None
        if asking.content_type.startswith("multipart/"):
            (data,) = await self._hma_files(asking)
            checked = await self.queue.run(
                key.id, lambda: look_at(data, self.pool, self.keeper.live, self.rules, now=_now())
            )
            if checked.verdict in (Verdict.TOO_FLAT, Verdict.UNREADABLE):
                raise Problem(400, checked.reason or "The picture holds too little detail to be hashed.")
            return Answer(_json(hma.lookup_of(checked.matches)))
        found = hma.lookup(await self._hma_query(asking), self.keeper.live, self.rules.policy, now=_now())
        return Answer(_json(found))

    async def hma_raw_lookup(self, asking: Asking, _: Key | None) -> Answer:
        """Look a signal up, whatever its bank is called."""
        query = await self._hma_query(asking)
        return Answer(_json(hma.raw_lookup(query, self.keeper.live, self.rules.policy, now=_now())))

    async def hma_compare(self, asking: Asking, _: Key | None) -> Answer:
        """Compare two signals."""
        return Answer(_json(hma.compare(_object(await self._body(asking, _MOST_JSON_BYTES)))))

    async def _hma_files(self, asking: Asking) -> list[bytes]:
        if "url" in asking.query:
            raise Problem(403, "This gate fetches nothing. Send the file or its signal.")
        if not asking.content_type.startswith("multipart/"):
            raise Problem(400, "A form with one file is expected.")
        with self.room.of(min(asking.length or self.limits.upload_bytes, self.limits.upload_bytes)):
            files = parts_of(await self._body(asking, self.limits.upload_bytes), asking.content_type)
        if len(files) != 1:
            raise Problem(400, "A form with one file is expected.")
        return files

    async def _hma_query(self, asking: Asking) -> dict[str, str]:
        """What is asked: in the query string, or in a body that no proxy logs."""
        if asking.method == "GET":
            return asking.query
        body = await self._body(asking, _MOST_JSON_BYTES)
        if asking.content_type.startswith("application/json"):
            return asking.query | {name: str(value) for name, value in _object(body).items()}
        form = parse_qs(body.decode("latin-1"))
        return asking.query | {name: values[-1] for name, values in form.items()}

    async def _body(self, asking: Asking, most: int) -> bytes:
        return await body_of(asking.receive, announced=asking.length, most=most, seconds=self.limits.body_seconds)


_Route = Callable[[Gate, Asking, "Key | None"], Awaitable[Answer]]
_ROUTES: dict[str, tuple[tuple[str, ...], Scope | None, _Route]] = {
    "/api/v1/check": (("POST",), Scope.CHECK, Gate.check),
    "/api/v1/lookup": (("POST",), Scope.LOOKUP, Gate.lookup),
    "/api/v1/feed": (("GET",), Scope.FEED, Gate.feed),
    "/api/v1/status": (("GET",), Scope.STATUS, Gate.status),
    "/metrics": (("GET",), Scope.STATUS, Gate.show_metrics),
    "/status": (("GET",), None, Gate.hma_status),
    "/status/live": (("GET",), None, Gate.live),
    "/status/ready": (("GET",), None, Gate.ready),
    "/h/hash": (("POST",), Scope.CHECK, Gate.hma_hash),
    "/m/lookup": (("GET", "POST"), Scope.CHECK, Gate.hma_lookup),
    "/m/raw_lookup": (("GET", "POST"), Scope.CHECK, Gate.hma_raw_lookup),
    "/m/compare": (("POST",), Scope.CHECK, Gate.hma_compare),
}


def _asking(scope: Scope_, receive: Receive) -> Asking:
    content_type, length, token = "", None, None
    for name, value in scope["headers"]:
        if name == b"content-type":
            content_type = value.decode("latin-1").lower() if b"boundary" not in value else value.decode("latin-1")
        elif name == b"content-length" and value.isdigit():
            length = int(value)
        elif name == b"authorization" and value[:7].lower() == b"bearer ":
            token = value[7:].strip().decode("latin-1")
    path: str = scope["path"]
    if path.startswith(_BY_PATH):  # for those who can send no header
        token, _, rest = path.removeprefix(_BY_PATH).partition("/")
        path = f"/{rest}"
    query = {name: values[-1] for name, values in parse_qs(scope.get("query_string", b"").decode("latin-1")).items()}
    return Asking(scope["method"], path, query, content_type, length, token, receive)


def _object(body: bytes) -> dict[str, object]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise Problem(400, "The body is no JSON.") from None
    if not isinstance(found, dict):
        raise Problem(400, "The body is JSON, and no object.")
    return found


def _cursor(text: str | None) -> Cursor | None:
    if text is None:
        return None
    try:
        return Cursor.parse(text)
    except BankError:
        raise Problem(400, "cursor: this is none. Good: cursor=1048.3; none at all for everything.") from None


def _whole(text: str, name: str, most: int) -> int:
    if not text.isdecimal() or int(text) > most:
        raise Problem(400, f"{name}: a whole number from 0 to {most} is expected.")
    return int(text)


def _json(content: object) -> bytes:
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()


def _now() -> datetime:
    return datetime.now(UTC)
