"""The outbox: nothing that was put in is lost, nothing is brought for ever."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from haalweg.gate.outbox import Outbox, UndeliveredError, deliver
from haalweg.gate.state import StateFile

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Carrier:
    """Who fails so many times."""

    def __init__(self, fails: int, pauses: tuple[timedelta, ...]) -> None:
        self.fails = fails
        self.pauses = pauses
        self.brought: list[bytes] = []

    async def bring(self, parcel):
        if self.fails:
            self.fails -= 1
            raise UndeliveredError("nobody is there")
        self.brought.append(parcel.body)


def run(outbox, carrier, done):
    """Deliver until something holds."""

    async def story():
        task = asyncio.create_task(deliver(outbox, "news", carrier))
        async with asyncio.timeout(20):
            while not done():  # noqa: ASYNC110 - it is the outbox that is looked at, which tells nobody
                await asyncio.sleep(0.01)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    asyncio.run(story())


def test_what_was_put_in_is_there_after_a_restart_until_it_has_arrived(tmp_path):
    with StateFile.open(tmp_path / "gate.state") as state:
        for body in (b"1", b"2"):
            Outbox(state).put("news", "A", body, now=NOW)
    with StateFile.open(tmp_path / "gate.state") as state:
        outbox, carrier = Outbox(state), Carrier(0, ())
        run(outbox, carrier, lambda: len(carrier.brought) == 2)
        assert sorted(carrier.brought) == [b"1", b"2"]
        assert outbox.due("news", now=datetime.now(UTC)) == []


def test_what_has_the_same_id_is_the_same(outbox):
    assert outbox.put("news", "A", b"1", now=NOW, id="x") == outbox.put("news", "A", b"1", now=NOW, id="x") == "x"
    assert outbox.waiting() == 1


def test_what_was_given_up_and_is_put_in_again_is_brought_again(outbox):
    outbox.put("news", "A", b"1", now=NOW, id="x")
    (parcel,) = outbox.due("news", now=NOW)
    outbox.failed(parcel, "nobody is there", again_at=None)
    outbox.put("news", "A", b"1", now=NOW, id="x")
    assert [(each.id, each.tries) for each in outbox.due("news", now=NOW)] == [("x", 0)]


def test_what_takes_the_place_of_another_does_so_of_its_own_kind_and_no_other(outbox):
    for kind, id_ in (("news", "a.1"), ("other", "a.2"), ("news", "b.1")):
        outbox.put(kind, "A", b"1", now=NOW, id=id_)
    outbox.put("news", "A", b"2", now=NOW, id="a.3", instead_of="a")
    assert [parcel.id for parcel in outbox.all()] == ["a.2", "b.1", "a.3"]


def test_it_is_tried_again_after_its_pause_and_given_up_after_the_last(outbox):
    outbox.put("news", "A", b"1", now=NOW)
    carrier = Carrier(2, (timedelta(milliseconds=50),))
    run(outbox, carrier, outbox.given_up)
    (parcel,) = outbox.given_up()
    assert (parcel.tries, parcel.trouble, outbox.waiting()) == (2, "nobody is there", 0)
    assert outbox.try_again(now=datetime.now(UTC)) == 1
    run(outbox, carrier, lambda: carrier.brought)
    assert outbox.given_up() == []


def test_it_waits_as_long_as_was_said(outbox):
    outbox.put("news", "A", b"1", now=NOW)
    (parcel,) = outbox.due("news", now=NOW)
    outbox.failed(parcel, "nobody is there", again_at=NOW + MINUTE)
    assert outbox.due("news", now=NOW) == []
    (again,) = outbox.due("news", now=NOW + MINUTE)
    assert (again.tries, repr(again)) == (1, "Parcel(news for A, 1 tries)")


def test_another_kind_stays_where_it_is(outbox):
    outbox.put("other", "A", b"1", now=NOW)
    outbox.put("news", "A", b"2", now=NOW)
    carrier = Carrier(0, ())
    run(outbox, carrier, lambda: carrier.brought)
    assert outbox.waiting() == 1
