"""Look-up for partners who get no values: yes or no, so many a day, and not the same picture felt out bit by bit.

A yes or no is an oracle: from one near copy some 280 questions give all bits of an entry, by walking to the edge of the
radius and then turning one bit after the other (measured: 289 at most in 500 runs), and so do as many random steps away
from the copy. Whatever the way, what tells of an entry lies about its edge: all that matches it is within twice the
radius of each other. So questions that lie so near each other are counted, and too many of them refused. Photos that
have nothing in common do not (10,000 parts of 343 photos: see the test).

What was asked is known in memory alone: for a day, and what has company for a month, so that waiting helps little: two
questions a day go unseen, which takes more than four months. How much was asked today also stands in the state file, so
that a new start is no new budget.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
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

NEAR_BITS = 2 * MATCH_THRESHOLD_BITS + 8  # all that match one entry lie within the double; 8 for what just misses it
MOST_NEAR = 20  # questions of one key that lie near another one, in an hour
MOST_NEAR_IN_ALL = 40  # of all that are known
MOST_KNOWN = 100_000  # hashes that one key asked of, 4.5 MB; beyond that those are forgotten first that stand alone
MOST_UNWRITTEN = 100  # questions of one key that a gate which is killed may forget: of so many at least one is written
_COMPANY = 3  # near ones: what has so many is known for longer
_HOUR_S, _DAY_S, _MONTH_S = 3_600.0, 86_400.0, 30 * 86_400.0
_ROOM = 256  # hashes at first
_WORDS = 4  # of 64 bits, of a hash


class FeltOutError(Problem):
    """Questions that feel an entry out."""

    def __init__(self, *, in_hour: bool) -> None:
        most, when = (MOST_NEAR, "within an hour") if in_hour else (MOST_NEAR_IN_ALL, "of late")
        super().__init__(
            429,
            f"More than {most} questions of this key {when} lie close to each other. "
            "Who asks so much of one picture runs a gate of their own.",
            retry_after_s=int(_HOUR_S if in_hour else _DAY_S),
        )


class _Known:
    """The hashes that one key has asked of, in the order in which they came."""

    def __init__(self) -> None:
        self._codes = np.empty((_WORDS, _ROOM), np.uint64)
        self._times = np.empty(_ROOM)
        self._company = np.empty(_ROOM, np.int32)
        self._is_answered = np.empty(_ROOM, np.bool_)
        self._count = 0
        self._forget_at = 0.0

    def refuse_or_remember(self, codes: Sequence[NDArray[np.uint64]], moment: float) -> None:
        """Note one question, of one hash or of all orientations. Raises FeltOutError.

        One that was answered before tells nothing new. What is refused is known too: waiting is no way around, and
        neither is asking again.
        """
        if moment >= self._forget_at or self._count + len(codes) > MOST_KNOWN:
            self._forget(moment)
        new = [(code, near) for code in codes if (near := self._near(code)) is not None]
        error: FeltOutError | None = None
        for _, near in new:
            if int((self._times[near] > moment - _HOUR_S).sum()) >= MOST_NEAR:
                error = FeltOutError(in_hour=True)
            elif len(near) >= MOST_NEAR_IN_ALL:
                error = error or FeltOutError(in_hour=False)
        for code, near in new:
            self._remember(code, near, moment, is_answered=error is None)
        if error is not None:
            raise error

    # What follows is for the methods above.

    def _near(self, code: NDArray[np.uint64]) -> NDArray[np.intp] | None:
        """Which of those that are known lie near; None where this very one was answered."""
        bits = np.bitwise_count(self._codes[:, : self._count] ^ code[:, None]).sum(axis=0, dtype=np.uint16)
        near = np.flatnonzero(bits <= NEAR_BITS)
        same = near[bits[near] == 0]
        return None if self._is_answered[same].any() else near

    def _remember(self, code: NDArray[np.uint64], near: NDArray[np.intp], moment: float, *, is_answered: bool) -> None:
        if self._count == len(self._times):
            self._codes = np.concatenate([self._codes, np.empty_like(self._codes)], axis=1)
            self._times = np.concatenate([self._times, np.empty_like(self._times)])
            self._company = np.concatenate([self._company, np.empty_like(self._company)])
            self._is_answered = np.concatenate([self._is_answered, np.empty_like(self._is_answered)])
        at, self._count = self._count, self._count + 1
        self._codes[:, at], self._times[at], self._is_answered[at] = code, moment, is_answered
        self._company[at] = len(near)
        self._company[near] += 1

    def _forget(self, moment: float) -> None:
        times, has_company = self._times[: self._count], self._company[: self._count] >= _COMPANY
        kept = np.flatnonzero((times > moment - _DAY_S) | (has_company & (times > moment - _MONTH_S)))
        most = MOST_KNOWN - MOST_KNOWN // 10  # so that it is not gone through for each question
        if len(kept) > most:
            kept = np.sort(kept[np.lexsort((times[kept], has_company[kept]))[-most:]])
        for rows in (self._times, self._company, self._is_answered):
            rows[: len(kept)] = rows[kept]
        self._codes[:, : len(kept)] = self._codes[:, kept]
        self._count, self._forget_at = len(kept), moment + _HOUR_S


@dataclass(slots=True)
class _Asker:
    """What one key has asked."""

    day: date = date.min
    today: int = 0
    unwritten: int = 0  # of these
    known: _Known = field(default_factory=_Known)


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
        for item in items:
            asker.known.refuse_or_remember(_codes(item), now.timestamp())
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


def _codes(item: Asked) -> list[NDArray[np.uint64]]:
    return [
        np.frombuffer(bytes(turned.hash), np.uint64)
        for part in item.parts
        if not part.too_flat  # of which no more is told than that
        for turned in part.orientations
    ]


def _level(asked: Asked, checked: Checked) -> str:
    # Of what is reported by law nothing is told, not even by another word for what was too flat.
    if any(not each.by_law for each in checked.matches):
        return Verdict.MATCH.value
    return Verdict.TOO_FLAT.value if asked.too_flat else Verdict.NO_MATCH.value


def _until_midnight(now: datetime) -> int:
    return 86_400 - (now.hour * 3_600 + now.minute * 60 + now.second)
