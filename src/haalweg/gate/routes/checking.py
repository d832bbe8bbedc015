"""Uploads, or the signatures of some: a verdict for each, or for partners who get no values a yes or no."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from haalweg.gate.crowds import hold_back, uploader_of
from haalweg.gate.events import happenings_of
from haalweg.gate.fetching import FetchError
from haalweg.gate.http import MOST_SIGNATURES_BYTES, json_answer
from haalweg.gate.logs import LOG
from haalweg.gate.looking import Elsewhere, asked_of, items_of, look_at
from haalweg.gate.lookup import FeltOutError
from haalweg.gate.problems import Problem
from haalweg.gate.reading import parts_of
from haalweg.gate.switches import NamedBanks
from haalweg.matching.check import Asked, as_json, check_all, unchecked
from haalweg.matching.policy import Failure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from haalweg.gate.app import Gate
    from haalweg.gate.http import Answer, Asking
    from haalweg.gate.keys import Key
    from haalweg.matching.check import Checked


async def check_uploads(gate: Gate, asking: Asking, key: Key) -> Answer:
    """Check uploads, what is to be fetched, or the signatures of some."""
    uploader = uploader_of(asking)
    try:
        checked = await _checked(gate, asking, key)
    except Problem as problem:
        if problem.retry_after_s is not None:
            problem.action = gate.rules.policy.failures[Failure.OVERLOADED]
            gate.metrics.count_refused()
        raise
    gate.metrics.count(checked)
    await _doubt_crowds(gate, checked, uploader, key)
    if gate.webhooks.are_there:
        await gate.webhooks.tell(happenings_of(checked))  # before the answer: what was answered was told
    return json_answer({"items": [as_json(one) for one in checked]})


async def _checked(gate: Gate, asking: Asking, key: Key) -> list[Checked]:
    if gate.is_stopping:
        raise Problem(503, "The gate is being stopped.", retry_after_s=5)
    return await (_check_items if asking.is_json else _check_files)(gate, asking, key)


async def _doubt_crowds(gate: Gate, checked: Sequence[Checked], uploader: str | None, key: Key) -> None:
    now = datetime.now(UTC)
    over = gate.crowds.over(checked, uploader, gate.rules.policy, who=key.name, now=now)
    if over:
        await hold_back(over, key, keeper=gate.keeper, box=gate.feedback, webhooks=gate.webhooks, now=now)


async def look_up(gate: Gate, asking: Asking, key: Key) -> Answer:
    """Say yes or no to signatures, of the banks that are named for the key, and no more."""
    if not key.banks:  # one that was made before keys to look up named any
        raise Problem(403, "This key names no bank that it may ask of. Who runs this gate has to make another one.")
    items = asked_of(await asking.json())
    banks = NamedBanks(gate.banks, key.banks)
    try:
        answer = gate.lookups.answer(key.id, items, banks, gate.rules.policy, now=datetime.now(UTC))
    except FeltOutError:
        gate.metrics.felt_out.inc()
        LOG.warning("entry_felt_out", key=key.id)
        raise
    return json_answer({"items": answer})


async def _check_items(gate: Gate, asking: Asking, key: Key) -> list[Checked]:
    items = items_of(await asking.json(MOST_SIGNATURES_BYTES), fetches=gate.fetcher is not None)
    fetched = iter([await _check_fetched(gate, item.url, key) for item in items if isinstance(item, Elsewhere)])
    signatures = [item for item in items if isinstance(item, Asked)]
    if any(asked.video for asked in signatures):  # so many frames that others would wait for them
        checked = iter(await gate.queue.run(key.id, partial(_check_now, gate, signatures, key)))
    else:
        checked = iter(_check_now(gate, signatures, key))
    return [next(fetched if isinstance(item, Elsewhere) else checked) for item in items]


def _check_now(gate: Gate, signatures: Sequence[Asked], key: Key) -> list[Checked]:
    banks, rules, now = gate.banks, gate.rules, datetime.now(UTC)
    return check_all(signatures, banks, rules.policy, now=now, statements=rules.statement, who=key.name)


async def _check_fetched(gate: Gate, url: str, key: Key) -> Checked:
    assert gate.fetcher is not None
    await gate.queue.refuse_beyond_limit(key.id)
    try:
        async with gate.fetcher.fetched(url, gate.room, key.id) as data:
            return await gate.queue.run(key.id, partial(look_now, gate, data, key))
    except FetchError as error:
        return unchecked(Failure.UNREADABLE, gate.rules.policy, str(error))


async def _check_files(gate: Gate, asking: Asking, key: Key) -> list[Checked]:
    await gate.queue.refuse_beyond_limit(key.id)
    with gate.room.for_upload(key.id) as take:
        body = await asking.body(gate.limits.upload_bytes, take)
        if not body and not asking.content_type:  # with one it is an upload that holds nothing
            raise Problem(400, "An empty body where a picture or video is expected.")
        uploads = parts_of(body, asking.content_type) if asking.is_form else [body]
        return [await gate.queue.run(key.id, partial(look_now, gate, data, key)) for data in uploads]


def look_now(gate: Gate, data: bytes, key: Key) -> Checked:
    """Check one upload, in a thread of the queue's."""
    return look_at(data, gate.pool, gate.banks, gate.rules, now=datetime.now(UTC), who=key.name)
