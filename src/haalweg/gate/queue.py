"""Work in turn: whoever sends much waits behind their own, not before others."""

from __future__ import annotations

import asyncio
import random
from collections import OrderedDict, deque
from typing import TYPE_CHECKING, TypeVar

from haalweg.gate.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

_Answer = TypeVar("_Answer")
_RETRY_AFTER_S = 2
_PROMPT_REFUSALS = 20  # of one who asks, in a second; who is told more often is told later
_LATE_S = (1.0, 3.0)  # spread: a thousand refused at one moment come again at one moment


class FairQueue:
    """So many at work at once, taken from those who ask in turn. For one event loop."""

    def __init__(self, executor: Executor, at_once: int, most_waiting: int) -> None:
        """most_waiting: of one who asks; beyond that they are told to come again."""
        self._executor = executor
        self._free = at_once
        self._most_waiting = most_waiting
        self._waiting: OrderedDict[int, deque[asyncio.Future[None]]] = OrderedDict()
        self._refused: dict[int, tuple[int, int]] = {}  # in which second last, and how often in it

    async def run(self, who: int, work: Callable[[], _Answer]) -> _Answer:
        """Do it in a thread when it is their turn. Raises Problem where too much of theirs waits already."""
        await self._turn_of(who)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, work)
        finally:
            self._free += 1
            self._next()

    async def refuse_beyond_limit(self, who: int) -> None:
        """Raise Problem where too much of theirs waits already; to be asked before a body is read for nothing.

        Who sends the same again at once, a thousand at a time, is told later, spread over seconds: refusing them as
        fast as they ask keeps everybody else waiting.
        """
        if not self._is_full(who):
            return
        second = int(asyncio.get_running_loop().time())
        last, count = self._refused.get(who, (second, 0))
        self._refused[who] = (second, count + 1 if last == second else 1)
        if self._refused[who][1] > _PROMPT_REFUSALS:
            await asyncio.sleep(random.uniform(*_LATE_S))  # noqa: S311 - no secret
        raise self._refusal()

    async def _turn_of(self, who: int) -> None:
        if self._free and not self._waiting:
            self._free -= 1
            return
        if self._is_full(who):
            raise self._refusal()
        mine = self._waiting.setdefault(who, deque())
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        mine.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # it was given, and is not used
                self._free += 1
                self._next()
            raise

    def _is_full(self, who: int) -> bool:
        return len(self._waiting.get(who, ())) >= self._most_waiting

    def _refusal(self) -> Problem:
        return Problem(
            503, f"{self._most_waiting} of yours wait already. Try again later.", retry_after_s=_RETRY_AFTER_S
        )

    def _next(self) -> None:
        while self._free and self._waiting:
            who, turns = self._waiting.popitem(last=False)
            turn = turns.popleft()
            if turns:
                self._waiting[who] = turns  # at the end of the line
            if not turn.done():
                self._free -= 1
                turn.set_result(None)
