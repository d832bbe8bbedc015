"""The feed as its source serves it: what became of the banks that a subscriber may follow."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from haalweg.banks import BankError, Cursor, CursorAheadError
from haalweg.banks.feed import MOST_A_PAGE, Subscriber, Tier, page_for
from haalweg.gate.events import of_pull
from haalweg.gate.http import Answer, whole_number
from haalweg.gate.logs import LOG
from haalweg.gate.problems import Problem

if TYPE_CHECKING:
    from haalweg.adapters.bank_file import BankFile
    from haalweg.banks.feed import FeedPage
    from haalweg.gate.app import Gate
    from haalweg.gate.http import Asking
    from haalweg.gate.keys import Key

_MOST_WAIT_S = 30


async def feed(gate: Gate, asking: Asking, key: Key) -> Answer:
    """Tell a subscriber what became of the banks that are named for them."""
    wait_s = whole_number(asking.query.get("wait", "0"), "wait", _MOST_WAIT_S)
    after = asked = _cursor(asking.query.get("cursor"))
    until = asyncio.get_running_loop().time() + wait_s
    pull = await gate.keeper.do(lambda _: gate.receipts.pulled(key.id, key.name, after, now=datetime.now(UTC)))
    while True:
        known = gate.keeper.changes  # before the page is read: what comes meanwhile is not waited past
        page = await _page(gate, key, after)
        if pull is not None:
            LOG.warning("feed_pulled", key=pull.key, count=len(page.entries))
            await gate.webhooks.tell([of_pull(pull)])
            pull = None
        left = until - asyncio.get_running_loop().time()
        is_news = page.withdrawn or page.entries or page.confirmed or page.more or after is None
        if is_news or left <= 0 or gate.is_stopping:
            # After what was asked: between that and `after` there was nothing of theirs.
            return Answer(replace(page, after=asked).as_json().encode())
        if page.cursor != after:  # news, of banks that are not theirs
            after = page.cursor
            continue
        await gate.keeper.change(known, left)


def subscriber_of(gate: Gate, key: Key, store: BankFile) -> Subscriber:
    """Who follows with this key, and what of."""
    banks = frozenset(bank.id for bank in store.banks() if bank.name in key.banks)
    return Subscriber(gate.keys.secret_for(key), Tier(key.tier or Tier.LOOK_UP), banks)


async def _page(gate: Gate, key: Key, after: Cursor | None) -> FeedPage:
    def page(store: BankFile) -> FeedPage:
        now = datetime.now(UTC)
        told = page_for(
            store, subscriber_of(gate, key, store), after, most=MOST_A_PAGE, now=now, helpline=gate.heads.ours()
        )
        if after is not None:
            gate.receipts.note(key.name, after, now=now)
        return told

    try:
        return await gate.keeper.do(page)
    except CursorAheadError:
        raise Problem(409, "This cursor was not given out here. Ask without one, for everything.") from None


def _cursor(text: str | None) -> Cursor | None:
    if text is None:
        return None
    try:
        return Cursor.parse(text)
    except BankError:
        raise Problem(400, "cursor: this is none. Good: cursor=1048.3.7; none at all for everything.") from None
