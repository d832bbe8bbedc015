"""Uploads, or the signatures of some: a verdict for each, or for partners who get no values a yes or no."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from haalweg.gate.http import MOST_SIGNATURES_BYTES, json_answer
from haalweg.gate.logs import LOG
from haalweg.gate.looking import asked_of, look_at
from haalweg.gate.lookup import FeltOutError
from haalweg.gate.problems import Problem
from haalweg.gate.reading import parts_of
from haalweg.matching.check import as_json, check_all
from haalweg.matching.policy import Failure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from haalweg.gate.app import Gate
    from haalweg.gate.http import Answer, Asking
    from haalweg.gate.keys import Key
    from haalweg.matching.check import Asked, Checked


async def check_uploads(gate: Gate, asking: Asking, key: Key) -> Answer:
    """Check uploads, or the signatures of some."""
    if gate.is_stopping:
        raise Problem(503, "The gate is being stopped.", retry_after_s=5)
    try:
        if asking.is_json:
            checked = await _check_signatures(gate, asking, key)
        else:
            with gate.room.for_upload(asking.length):
                checked = await _check_files(gate, asking, key)
    except Problem as problem:
        if problem.retry_after_s is not None:
            problem.action = gate.rules.policy.failures[Failure.OVERLOADED]
        raise
    gate.metrics.count(checked)
    return json_answer({"items": [as_json(one) for one in checked]})


async def look_up(gate: Gate, asking: Asking, key: Key) -> Answer:
    """Say yes or no to signatures, and no more."""
    items = asked_of(await asking.json())
    try:
        answer = gate.lookups.answer(key.id, items, gate.keeper.live, gate.rules.policy, now=datetime.now(UTC))
    except FeltOutError:
        gate.metrics.felt_out.inc()
        LOG.warning("entry_felt_out", key=key.id)
        raise
    return json_answer({"items": answer})


async def _check_signatures(gate: Gate, asking: Asking, key: Key) -> list[Checked]:
    items = asked_of(await asking.json(MOST_SIGNATURES_BYTES), videos=True)
    if any(asked.video for asked in items):  # so many frames that others would wait for them
        return await gate.queue.run(key.id, partial(_check_now, gate, items, key))
    return _check_now(gate, items, key)


def _check_now(gate: Gate, items: Sequence[Asked], key: Key) -> list[Checked]:
    live, rules, now = gate.keeper.live, gate.rules, datetime.now(UTC)
    return check_all(items, live, rules.policy, now=now, statements=rules.statement, who=key.name)


async def _check_files(gate: Gate, asking: Asking, key: Key) -> list[Checked]:
    gate.queue.refuse_beyond_limit(key.id)
    body = await asking.body(gate.limits.upload_bytes)
    if not body:
        raise Problem(400, "An empty body where a picture or video is expected.")
    uploads = parts_of(body, asking.content_type) if asking.is_form else [body]
    return [await gate.queue.run(key.id, partial(look_now, gate, data, key)) for data in uploads]


def look_now(gate: Gate, data: bytes, key: Key) -> Checked:
    """Check one upload, in a thread of the queue's."""
    return look_at(data, gate.pool, gate.keeper.live, gate.rules, now=datetime.now(UTC), who=key.name)
