"""How sources are followed: none is asked without a pause, none is stopped whole, and all is known after a restart."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import Assurance, Cursor
from haalweg.gate.following import Followers
from haalweg.gate.growth import Growth
from haalweg.gate.heads import Heads
from haalweg.gate.keeper import Keeper
from haalweg.gate.keys import Scope
from haalweg.gate.receipts import Pull, Receipts
from haalweg.gate.settings import Source
from haalweg.gate.state import StateFile
from tests.gate.gates import AGate, bearer, until
from tests.gate.servers import send, serving
from tests.matching.videos import code

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SOON_S = 30.0
EMPTY = {
    "version": 1,
    "epoch": "00" * 8,
    "after": None,
    "cursor": "1.0.0",
    "more": False,
    "withdrawn": [],
    "banks": [],
    "entries": [],
    "confirmed": [],
    "head": f"0:{'00' * 32}",
    "helpline": None,
}


def followed(path, server, seconds, *, enough=lambda _: False):
    """Follow a source for so long, or until it is enough; how the source does, as the status has it."""

    async def tell(_):
        pass

    async def story():
        source = Source("S", f"http://127.0.0.1:{server.server_port}", "hwk_x", Assurance.SEEN)
        with (
            StateFile.open(path.with_suffix(".state")) as state,
            Keeper(lambda: BankFile.open(path, None)) as keeper,
        ):
            followers = Followers(
                [source],
                keeper,
                Heads(state),
                tell=tell,
                stale_after=lambda: timedelta(days=1),
                growth=Growth(state),
            )
            task = asyncio.create_task(followers.run())
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    while not enough(followers.as_json()[0]):  # noqa: ASYNC110 - nobody tells
                        await asyncio.sleep(0.02)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            return followers.as_json()[0]

    return asyncio.run(story())


@pytest.fixture
def path(tmp_path):
    BankFile.new(tmp_path / "plain.bank", None, now=NOW).close()
    return tmp_path / "plain.bank"


def page(**changed):
    return json.dumps(EMPTY | changed).encode()


def after(handler):
    return handler.path.partition("cursor=")[2].partition("&")[0] or None


@pytest.mark.threat("X7")
def test_a_source_that_wants_everything_anew_each_time_is_asked_less_and_less_often(path):
    with serving(lambda handler, _: send(handler, 409)) as server:
        state = followed(path, server, 2.2)
    assert 2 <= len(server.asked) <= 4  # after 0, 0.5 and 1.5 s
    assert state["trouble"] == "What it gives is not what comes next: everything is fetched anew."


@pytest.mark.threat("X7")
def test_a_source_that_does_not_wait_for_news_is_not_asked_without_a_pause(path):
    with serving(lambda handler, _: send(handler, 200, page(after=after(handler)))) as server:
        state = followed(path, server, 2.2)
    assert 3 <= len(server.asked) <= 7  # twice, then one each half a second
    assert (state["trouble"], state["heard_at"] is None) == (None, False)


@pytest.mark.threat("X7")
def test_a_bank_that_cannot_be_one_here_is_left_out_and_said_and_the_others_come(path):
    def bank(name, kind="positive"):
        return {
            "name": name, "kind": kind, "threshold_bits": 31, "video_query_percent": 80, "video_entry_percent": 0,
        }  # fmt: skip

    def entry(ref, name):
        return {
            "ref": f"{ref:032x}", "bank": name, "signal_type": "pdq", "value": code(ref).hex(), "quality": 100,
            "assurance": "spoken", "expires_at": None,
        }  # fmt: skip

    names = ["NL", "L" * 254, "OURS"]
    with BankFile.open(path, None) as store:
        store.make_bank("S_OURS", now=NOW)
    told = {"banks": [bank(name) for name in names], "entries": [entry(n, name) for n, name in enumerate(names, 1)]}
    with serving(lambda handler, _: send(handler, 200, page(after=after(handler), **told))) as server:
        state = followed(path, server, SOON_S, enough=lambda state: state["heard_at"])
    assert state["trouble"] == (
        "A bank is left out: its name here would have 256 characters. Give the source a shorter one. "
        "There is a bank S_OURS in this file that is not this source's. Follow the source under another name."
    )
    with BankFile.open(path, None) as store:
        banks = {bank.id: bank.name for bank in store.banks()}
        assert [banks[each.bank] for each in store.entries(now=datetime.now(UTC))] == ["S_NL"]


def test_when_a_source_was_heard_is_known_after_a_restart_without_it(tmp_path):
    source = AGate(tmp_path / "source")
    source.add(code(1))
    key = source.key(Scope.FEED, tier="hashes")
    settings = f'[[sources]]\nname = "S"\nurl = "{source.url}"\nkey_env = "S_KEY"\n'
    one = AGate(tmp_path / "one", settings=settings, environment={"S_KEY": key})
    watch = one.key(Scope.STATUS)

    def said(path):
        return httpx.get(f"{one.url}{path}", headers=bearer(watch), trust_env=False)

    try:
        source.start()
        one.start()
        until(lambda: said("/api/v1/status").json()["sources"][0]["heard_at"], SOON_S, one.log)
        source.kill()
        one.kill()
        one.start()
        until(lambda: said("/api/v1/status").json()["sources"][0]["trouble"], SOON_S, one.log)
        assert said("/api/v1/status").json()["sources"][0]["heard_at"] is not None
        assert 'haalweg_source_age_seconds{source="S"}' in said("/metrics").text
        # And of the key: a copy went out to it, once.
        assert source.log().count('"event": "feed_pulled", "key": 2, "count": 1') == 1
    finally:
        source.kill()
        one.kill()


@pytest.mark.threat("X2")
def test_who_asks_for_everything_is_noticed_the_first_time_and_again(tmp_path):
    def asks(after, now=NOW, key=1):
        cursor = None if after is None else Cursor.parse(after)
        return receipts.pulled(key, "PARTNER", cursor, now=now)

    with StateFile.open(tmp_path / "state") as state:
        receipts = Receipts(state)
        assert asks(None) == Pull(1, again=False)
        assert asks(None) is None  # told of within the hour
        receipts.note("PARTNER", Cursor.parse("1000.0.0"), now=NOW)
        later = NOW + timedelta(hours=2)
        assert asks("1000.2.0", later) is None
        assert asks("800.0.0", later) is None  # another gate of theirs, which is behind
        assert asks("1.0.0", later) == Pull(1, again=True)  # as good as none
        assert asks(None, later, key=2) == Pull(2, again=True)
        receipts = Receipts(state)  # after a restart
        assert asks("999.0.0", later) is None
        assert asks(None, later) == Pull(1, again=True)
