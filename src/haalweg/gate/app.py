"""The gate as an ASGI application: who asks is known, what goes wrong is said in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from haalweg.adapters.bank_file import JournalError
from haalweg.gate.http import Answer, asking_of, json_answer, json_bytes
from haalweg.gate.logs import LOG
from haalweg.gate.problems import Problem
from haalweg.gate.reading import GoneError
from haalweg.gate.routes import Open, is_of_hma, route_for

if TYPE_CHECKING:
    from haalweg.adapters.media import MediaPool
    from haalweg.gate.contents import Contents
    from haalweg.gate.crowds import Crowds
    from haalweg.gate.feedback import FeedbackBox
    from haalweg.gate.fetching import Fetcher
    from haalweg.gate.following import Followers
    from haalweg.gate.heads import Heads
    from haalweg.gate.http import Asking, HttpScope, Send
    from haalweg.gate.keeper import Keeper
    from haalweg.gate.keys import Key, Keys, Scope
    from haalweg.gate.looking import Rules
    from haalweg.gate.lookup import LookUp
    from haalweg.gate.metrics import Metrics
    from haalweg.gate.outbox import Outbox
    from haalweg.gate.queue import FairQueue
    from haalweg.gate.reading import Receive, Room
    from haalweg.gate.receipts import Receipts
    from haalweg.gate.settings import Limits
    from haalweg.gate.state import StateFile
    from haalweg.gate.switches import Switches
    from haalweg.gate.webhooks import Webhooks
    from haalweg.matching.check import KnownBanks

_JOURNAL_AGAIN_S = 60  # somebody has to bring it back first


@dataclass(slots=True)
class Gate:
    """An ASGI application over one bank."""

    keeper: Keeper
    state: StateFile
    switches: Switches
    banks: KnownBanks  # what is checked against: the keeper's, without what is switched off
    contents: Contents
    keys: Keys
    outbox: Outbox
    feedback: FeedbackBox
    crowds: Crowds
    receipts: Receipts
    heads: Heads
    pool: MediaPool
    queue: FairQueue
    room: Room
    lookups: LookUp
    metrics: Metrics
    limits: Limits
    rules: Rules
    followers: Followers
    webhooks: Webhooks
    fetcher: Fetcher | None  # None: nothing is fetched
    rules_trouble: str | None = None  # why a changed policy was not taken over
    is_stopping: bool = False

    async def __call__(self, scope: HttpScope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        headers: list[tuple[bytes, bytes]] = []
        asking = asking_of(scope, receive, body_seconds=self.limits.body_seconds)
        try:
            answer = await self._answer(asking)
        except GoneError:
            return
        except Problem as problem:
            answer, headers = _refusal(asking, problem)
        except JournalError as error:
            LOG.error("request_failed", error=type(error).__name__)
            sentence = "The withdrawal journal of this gate's bank cannot be written, so nothing was changed."
            answer, headers = _refusal(asking, Problem(503, sentence, retry_after_s=_JOURNAL_AGAIN_S))
        except Exception as error:  # noqa: BLE001 - whatever it was, who asks gets an answer that tells nothing
            LOG.error("request_failed", error=type(error).__name__)  # no traceback: it may hold values
            answer, headers = _refusal(asking, Problem(500, "Something failed here."))
        headers += [
            (b"content-type", answer.content_type.encode()),
            (b"content-length", str(len(answer.body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, asking: Asking) -> Answer:
        route = route_for(asking)
        if isinstance(route, Open):
            return await route.answer(self, asking)
        return await route.answer(self, asking, self._key(asking.token, route.scope))

    def _key(self, token: str | None, needed: Scope) -> Key:
        key = self.keys.of(token, now=datetime.now(UTC)) if token else None
        if key is None:
            raise Problem(401, "No key that is known and not over. Send it as `Authorization: Bearer hwk_...`.")
        if needed not in key.scopes:
            raise Problem(403, f"This key is not for that: it would need the scope {needed}.")
        return key


def _refusal(asking: Asking, problem: Problem) -> tuple[Answer, list[tuple[bytes, bytes]]]:
    headers = []
    if problem.retry_after_s is not None:
        headers.append((b"retry-after", str(problem.retry_after_s).encode()))
    if problem.allow:
        headers.append((b"allow", ", ".join(problem.allow).encode()))
    if problem.status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    if is_of_hma(asking.path):
        return json_answer({"message": str(problem)}, problem.status), headers
    return Answer(json_bytes(problem.as_json()), "application/problem+json", problem.status), headers
