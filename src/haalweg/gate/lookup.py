"""Look-up for partners who get no values: yes or no, so many a day, and not the same picture felt out bit by bit.

A yes or no is an oracle: from one near copy some 280 questions give all bits of an entry, by walking to the edge of the
radius and then turning one bit after the other (measured: 289 at most in 500 runs). Those questions lie close to each
other, so too many of them that do are refused. What was asked is known for an hour, in memory alone; how much was asked
today also stands in the state file, so that a new start is no new budget.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from haalweg.gate.problems import Problem
from haalweg.gate.state import GateStateError
from haalweg.matching.check import Verdict, check_all
from haalweg.signals import MATCH_THRESHOLD_BITS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from haalweg.gate.state import StateFile
    from haalweg.matching.check import Asked, Checked, KnownBanks
    from haalweg.matching.policy import Policy

MOST_NEAR = 20  # questions within the radius of each other, in an hour
MOST_UNWRITTEN = 100  # questions of one key that a gate which is killed may forget: of so many at least one is written
_HOUR = timedelta(hours=1)
_ROOM = 256  # hashes at first
_CODE_BYTES = 32


class FeltOutError(Problem):
    """Questions that feel an entry out."""

    def __init__(self) -> None:
        super().__init__(
            429,
            f"More than {MOST_NEAR} questions of this key within an hour lie close to each other. "
            "Who asks so much of one picture runs a gate of their own.",
            retry_after_s=int(_HOUR.total_seconds()),
        )


@dataclass(slots=True)
class _Asker:
    """What one key has asked."""

    day: date = date.min
    today: int = 0
    unwritten: int = 0  # of these
    codes: NDArray[np.uint8] = field(default_factory=lambda: np.empty((_ROOM, _CODE_BYTES), np.uint8))
    times: NDArray[np.float64] = field(default_factory=lambda: np.empty(_ROOM))
    count: int = 0

    def near(self, code: NDArray[np.uint8]) -> tuple[int, bool]:
        """How many different hashes of the last hour lie near, and whether this very one is among them."""
        bits = np.bitwise_count(self.codes[: self.count] ^ code).sum(axis=1, dtype=np.int64)
        return int((bits <= MATCH_THRESHOLD_BITS).sum()), bool((bits == 0).any())

    def forget_before(self, moment: float) -> None:
        kept = np.flatnonzero(self.times[: self.count] >= moment)
        if len(kept) < self.count:
            self.codes[: len(kept)], self.times[: len(kept)] = self.codes[kept], self.times[kept]
            self.count = len(kept)

    def remember(self, code: NDArray[np.uint8], moment: float) -> None:
        if self.count == len(self.times):
            self.codes = np.concatenate([self.codes, np.empty_like(self.codes)])
            self.times = np.concatenate([self.times, np.empty_like(self.times)])
        self.codes[self.count], self.times[self.count] = code, moment
        self.count += 1


class LookUp:
    """Answers by level only. For one event loop."""

    def __init__(self, state: StateFile, a_day: int) -> None:
        """a_day: questions of one key, in a day of UTC."""
        self._state = state
        self._a_day = a_day
        self._askers: dict[int, _Asker] = {}

    def answer(
        self, who: int, items: Sequence[Asked], banks: KnownBanks, policy: Policy, *, now: datetime
    ) -> list[dict[str, str]]:
        """Say of each item whether it matches. Raises Problem, and then has looked nothing up."""
        asker = self._asker(who, now.date())
        if asker.today + len(items) > self._a_day:
            enough = f"{self._a_day:,} questions a day are answered to one key."
            raise Problem(429, enough, retry_after_s=_until_midnight(now))
        asker.today += len(items)
        asker.unwritten += len(items)
        if asker.unwritten >= MOST_UNWRITTEN:
            self._write(who, asker)
        self._take_note(asker, items, now.timestamp())
        checked = check_all(items, banks, policy, now=now)
        return [{"level": _level(*each)} for each in zip(items, checked, strict=True)]

    def close(self) -> None:
        """Write down how much was asked."""
        for who, asker in self._askers.items():
            if asker.unwritten:
                self._write(who, asker)

    def _asker(self, who: int, today: date) -> _Asker:
        asker = self._askers.setdefault(who, _Asker())
        if asker.day != today:
            asked = self._state.rows("SELECT count FROM asked WHERE key = ? AND day = ?", (who, today.toordinal()))
            asker.day, asker.today, asker.unwritten = today, sum(count for (count,) in asked), 0
        return asker

    def _write(self, who: int, asker: _Asker) -> None:
        with suppress(GateStateError), self._state.writing() as file:  # of a full disk /status tells; memory goes on
            (asker.today,) = file.execute(
                "INSERT INTO asked VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET"
                " count = excluded.count + iif(day = excluded.day, count, 0), day = excluded.day RETURNING count",
                (who, asker.day.toordinal(), asker.unwritten),
            ).fetchone()
            asker.unwritten = 0

    def _take_note(self, asker: _Asker, items: Sequence[Asked], moment: float) -> None:
        asker.forget_before(moment - _HOUR.total_seconds())
        for code in _codes(items):
            near, asked_before = asker.near(code)
            if asked_before:  # which tells them nothing new
                continue
            asker.remember(code, moment)  # also what is refused: waiting a while is no way around
            if near >= MOST_NEAR:
                raise FeltOutError


def _codes(items: Sequence[Asked]) -> list[NDArray[np.uint8]]:
    return [
        np.frombuffer(bytes(turned.hash), np.uint8)
        for item in items
        for part in item.parts
        for turned in part.orientations
    ]


def _level(asked: Asked, checked: Checked) -> str:
    # Of what is reported by law nothing is told, not even by another word for what was too flat.
    if any(not each.by_law for each in checked.matches):
        return Verdict.MATCH.value
    return Verdict.TOO_FLAT.value if asked.too_flat else Verdict.NO_MATCH.value


def _until_midnight(now: datetime) -> int:
    return 86_400 - (now.hour * 3_600 + now.minute * 60 + now.second)
