"""The long poll of a feed: what is written while a page is read comes with the next one, and is not waited past."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import Assurance, NewEntries
from haalweg.banks.feed import Tier, page_for
from haalweg.gate.heads import Heads
from haalweg.gate.keeper import Keeper
from haalweg.gate.keys import Keys, Scope
from haalweg.gate.receipts import Receipts
from haalweg.gate.routes import feeding
from haalweg.gate.state import StateFile
from haalweg.signals import SignalType
from tests.matching.videos import code

if TYPE_CHECKING:
    from haalweg.banks.feed import FeedPage

SOON_S, LONG_S = 5.0, 25


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "plain.bank"
    with BankFile.new(path, None, now=datetime.now(UTC)) as store:
        store.make_bank("NL", now=datetime.now(UTC))
    return path


def write_as_another_process(path):
    with BankFile.open(path) as store:
        (bank,) = store.banks()
        new = NewEntries(bank.id, SignalType.PDQ, [code(1)], assurance=Assurance.SEEN)
        store.add(new, now=datetime.now(UTC))


@pytest.mark.parametrize("seen_by", ["the same look", "another one"])
def test_what_is_written_while_a_page_is_read_is_not_waited_past(path, tmp_path, monkeypatch, seen_by):
    pages: list[FeedPage] = []
    loop: Any = None

    def page_then_written(store, *told, **more):
        page = page_for(store, *told, **more)
        pages.append(page)
        if len(pages) == 2:  # that of the long poll, which had no news when it was read
            write_as_another_process(path)
            if seen_by == "another one":  # as where the index is brought up to date before the route goes on
                keeper.live.refresh(now=datetime.now(UTC))
                loop.call_soon_threadsafe(keeper.wake)
        return page

    async def story():
        nonlocal loop
        loop = asyncio.get_running_loop()
        first = await feeding.feed(gate, asking(), key)
        cursor = json.loads(first.body)["cursor"]
        async with asyncio.timeout(SOON_S):
            second = await feeding.feed(gate, asking(cursor=cursor, wait=str(LONG_S)), key)
        return json.loads(second.body)

    monkeypatch.setattr(feeding, "page_for", page_then_written)
    with StateFile.open(tmp_path / "gate.state") as state, Keeper(lambda: BankFile.open(path)) as keeper:
        keys = Keys(state)
        keys.new("S", frozenset({Scope.FEED}), now=datetime.now(UTC), tier=Tier.HASHES, banks=("NL",))
        (key,) = keys.all()
        gate: Any = SimpleNamespace(
            keeper=keeper, receipts=Receipts(state), heads=Heads(state), keys=keys, is_stopping=False, webhooks=Nobody()
        )
        page = asyncio.run(story())
    assert len(page["entries"]) == 1
    assert len(pages) == 3


def asking(**query: str) -> Any:
    return SimpleNamespace(query=query)


class Nobody:
    """Is told what the gate tells others."""

    async def tell(self, happenings):
        pass
