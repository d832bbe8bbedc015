"""How the gate does: for who runs it, for Prometheus, and for whatever restarts it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from haalweg.banks import Opinion
from haalweg.banks.feedback import flagged
from haalweg.gate.http import Answer, json_answer
from haalweg.gate.metrics import banks_that_may_be_named
from haalweg.gate.problems import Problem
from haalweg.plain_text import utc_text

if TYPE_CHECKING:
    from haalweg.gate.app import Gate
    from haalweg.gate.http import Asking
    from haalweg.gate.keys import Key

ALIVE, NOT_LOADED = b"I-AM-ALIVE", b"INDEX-NOT-LOADED"


async def status(gate: Gate, _: Asking, __: Key) -> Answer:
    """Say how the gate does; nothing of any entry."""
    said = await gate.keeper.do(lambda store: store.said())

    def entries(opinion: Opinion) -> int:
        return len({each.entry for each in said if each.opinion is opinion})

    return json_answer(
        {
            "jail": gate.pool.level.name.lower(),
            "entries": len(gate.keeper.live.index),
            "policy_trouble": gate.rules_trouble,
            "store_trouble": gate.keeper.trouble or gate.state.trouble,
            "sources": gate.followers.as_json(),
            "subscribers": [
                {"name": each.subscriber, "cursor": str(each.cursor), "at": utc_text(each.at)}
                for each in gate.receipts.all()
            ],
            "disputed_entries": entries(Opinion.NOT_BLOCKED),
            "entries_that_match_many": entries(Opinion.MATCHES_MANY),
            "disputes_much": flagged(said, now=datetime.now(UTC)),
            "not_passed_on": {"waiting": gate.outbox.waiting(), "given_up": len(gate.outbox.given_up())},
        }
    )


async def metrics(gate: Gate, _: Asking, __: Key) -> Answer:
    """Count for Prometheus."""
    now = datetime.now(UTC)
    counts = await gate.keeper.do(lambda store: banks_that_may_be_named(store, now=now))
    gate.metrics.store_trouble.set(bool(gate.keeper.trouble or gate.state.trouble))
    text = gate.metrics.text(counts, gate.followers.ages(now=now))
    return Answer(text, "text/plain; version=0.0.4; charset=utf-8")


async def live(_: Gate, __: Asking) -> Answer:
    """Say that the process answers."""
    return Answer(b"alive\n", "text/plain")


async def ready(gate: Gate, _: Asking) -> Answer:
    """Say whether uploads may be sent here."""
    if gate.is_stopping:
        raise Problem(503, "The gate is being stopped.")
    return Answer(b"ready\n", "text/plain")


async def as_hma_says(gate: Gate, _: Asking) -> Answer:
    """Say it in HMA's words."""
    return Answer(NOT_LOADED, "text/plain", 503) if gate.is_stopping else Answer(ALIVE, "text/plain")
