"""Events brought to those who asked for them, signed as Standard Webhooks are, until they arrive or are given up."""

from __future__ import annotations

import asyncio
import base64
import hmac
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from haalweg.adapters.net.guarded import GuardedNet, NetError
from haalweg.gate.logs import LOG
from haalweg.gate.outbox import UndeliveredError, deliver
from haalweg.gate.state import GateStateError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from haalweg.gate.events import Happening
    from haalweg.gate.outbox import Outbox, Parcel
    from haalweg.gate.settings import Webhook

PARCEL = "webhook"
PAUSES = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
_ANSWER_S = 10.0


class Webhooks:
    """The webhooks of one gate. For one event loop."""

    def __init__(self, hooks: Sequence[Webhook], outbox: Outbox, *, pauses: Sequence[timedelta] = PAUSES) -> None:
        """pauses: between one try and the next; after the last try it is given up."""
        self._hooks = hooks
        self._outbox = outbox
        self._pauses = pauses
        self._thread = ThreadPoolExecutor(1, "webhooks")  # for the disk, which the loop does not wait for

    @property
    def are_there(self) -> bool:
        """Whether anybody is told of anything."""
        return bool(self._hooks)

    async def tell(self, happenings: Sequence[Happening]) -> None:
        """Keep what happened for each webhook that asked for it; when this returns it survives a crash."""
        now = datetime.now(UTC)
        letters = [
            (hook.name, happening.as_json(now=now))
            for happening in happenings
            for hook in self._hooks
            if happening.event in hook.events
        ]
        if not letters:
            return
        try:
            put = partial(self._outbox.put_all, PARCEL, letters, now=now)
            await asyncio.get_running_loop().run_in_executor(self._thread, put)
        except GateStateError as error:  # a full disk, say: whoever asked for a verdict still gets it
            LOG.warning("events_not_kept", error=type(error).__name__)

    async def run(self) -> None:
        """Bring events, until cancelled; a receiver that is slow or away keeps those of others waiting for nothing."""
        targets = {hook.name for hook in self._hooks}.union(self._outbox.targets(PARCEL))
        if not targets:
            return
        courier = _Courier(self._hooks, self._pauses)
        async with asyncio.TaskGroup() as group:
            for target in targets:
                group.create_task(deliver(self._outbox, PARCEL, courier, target=target))


class _Courier:
    """Fits outbox.Courier."""

    def __init__(self, hooks: Sequence[Webhook], pauses: Sequence[timedelta]) -> None:
        self.pauses = pauses
        self._hooks = {hook.name: hook for hook in hooks}
        self._internet = GuardedNet()
        self._anywhere = GuardedNet(may_reach=lambda _: True)

    async def bring(self, parcel: Parcel) -> None:
        hook = self._hooks.get(parcel.target)
        if hook is None:
            raise UndeliveredError("the settings name no such webhook any more")
        net = self._anywhere if hook.local else self._internet
        headers = signed(parcel.id, parcel.body, hook.secret, now=datetime.now(UTC))
        try:
            async with asyncio.timeout(_ANSWER_S), net.ask("POST", hook.place, headers, parcel.body) as answer:
                status = answer.status
        except TimeoutError:
            raise UndeliveredError(f"no answer within {_ANSWER_S:g} s") from None
        except NetError as error:
            raise UndeliveredError(str(error)) from None
        if not 200 <= status < 300:
            raise UndeliveredError(f"it answered with status {status}")


def signed(id: str, body: bytes, secret: bytes, *, now: datetime) -> dict[str, str]:  # noqa: A002 - as receivers know it
    """Give the headers that a body is sent with, of Standard Webhooks (standardwebhooks.com, version 1)."""
    at = str(int(now.timestamp()))
    signature = hmac.digest(secret, f"{id}.{at}.".encode() + body, "sha256")
    return {
        "content-type": "application/json",
        "user-agent": "haalweg",
        "webhook-id": id,
        "webhook-timestamp": at,
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }
