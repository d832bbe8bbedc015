"""Pictures are looked at in turn: one who sends a thousand does not keep another waiting."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

import pytest

from haalweg.gate.problems import Problem
from haalweg.gate.queue import FairQueue
from haalweg.gate.reading import Room

FLOOD, OTHER = 1, 2


@pytest.mark.threat("G2")
def test_whoever_floods_waits_behind_their_own():
    done: list[int] = []
    gate = threading.Event()

    def work(who):
        gate.wait()
        done.append(who)

    async def story():
        with ThreadPoolExecutor(2) as threads:
            queue = FairQueue(threads, 2, most_waiting=1000)
            flood = [asyncio.create_task(queue.run(FLOOD, lambda: work(FLOOD))) for _ in range(200)]
            await asyncio.sleep(0)
            others = [asyncio.create_task(queue.run(OTHER, lambda: work(OTHER))) for _ in range(20)]
            await asyncio.sleep(0)
            gate.set()
            await asyncio.gather(*flood, *others)

    asyncio.run(story())
    last = max(place for place, who in enumerate(done) if who == OTHER)
    assert last <= 2 * 20 + 4  # every second one was theirs, but for those already at work


def test_beyond_what_may_wait_one_is_told_to_come_again():
    async def story():
        with ThreadPoolExecutor(1) as threads:
            queue, gate = FairQueue(threads, 1, most_waiting=2), threading.Event()
            tasks = [asyncio.create_task(queue.run(FLOOD, gate.wait)) for _ in range(4)]
            await asyncio.sleep(0.05)
            refused = [task for task in tasks if task.done()]
            gate.set()
            await asyncio.gather(*tasks, return_exceptions=True)
            return [task.exception() for task in refused]

    (problem,) = asyncio.run(story())
    assert isinstance(problem, Problem)
    assert (problem.status, problem.retry_after_s) == (503, 2)


@pytest.mark.threat("G2")
def test_who_is_refused_again_and_again_is_told_later_and_nobody_else(monkeypatch):
    slept = []

    async def sleep(seconds):
        slept.append(seconds)

    async def refused(queue, who):
        with pytest.raises(Problem) as caught:
            await queue.refuse_beyond_limit(who)
        assert caught.value.status == 503

    async def story():
        with ThreadPoolExecutor(1) as threads:
            queue, gate = FairQueue(threads, 1, most_waiting=1), threading.Event()
            tasks = [asyncio.create_task(queue.run(who, gate.wait)) for who in (FLOOD, FLOOD, OTHER)]
            await asyncio.sleep(0)
            clock = asyncio.get_running_loop().time()
            monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: clock)
            monkeypatch.setattr(asyncio, "sleep", sleep)
            for _ in range(20):
                await refused(queue, FLOOD)
            assert slept == []  # at once
            for _ in range(5):
                await refused(queue, FLOOD)
            assert len(set(slept)) == 5
            assert all(1 <= seconds <= 3 for seconds in slept)
            await refused(queue, OTHER)
            assert len(slept) == 5
            clock += 1
            await refused(queue, FLOOD)
            assert len(slept) == 5
            monkeypatch.undo()
            gate.set()
            await asyncio.gather(*tasks)

    asyncio.run(story())


def test_no_more_is_in_memory_at_once_than_may_be():
    room = Room(100)
    with room.for_upload(FLOOD) as take, room.for_upload(FLOOD) as take_more:
        take(20)
        take_more(30)
        with pytest.raises(Problem, match="Too much is being looked at") as raised:
            take(1)
        assert raised.value.retry_after_s == 2
    with room.for_upload(FLOOD) as take:
        take(50)  # all of it was free again


def test_one_who_fills_memory_leaves_room_to_whoever_comes():
    room, room_of = Room(1_000_000), ExitStack()
    with room_of:
        for who in range(OTHER + 1, OTHER + 6):
            take = room_of.enter_context(room.for_upload(who))
            with suppress(Problem):
                while True:
                    take(1_000)
        room_of.enter_context(room.for_upload(OTHER))(10_000)


def test_who_gives_up_waiting_leaves_their_turn_to_others():
    async def story():
        with ThreadPoolExecutor(1) as threads:
            queue, gate = FairQueue(threads, 1, most_waiting=9), threading.Event()
            first = asyncio.create_task(queue.run(FLOOD, gate.wait))
            await asyncio.sleep(0.02)
            given_up = asyncio.create_task(queue.run(FLOOD, gate.wait))
            last = asyncio.create_task(queue.run(OTHER, lambda: "seen"))
            await asyncio.sleep(0.02)
            given_up.cancel()
            gate.set()
            await first
            return await asyncio.wait_for(last, 5), await queue.run(OTHER, lambda: "again")

    assert asyncio.run(story()) == ("seen", "again")
