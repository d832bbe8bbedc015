"""How every figure is measured: contenders in turn, the median of several rounds; processor time if nothing is said."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Row = tuple[str, str, str, str, str]  # work, ours, the peer in the same run, the ratio, the goal


def side_by_side(
    contenders: dict[str, Callable[[], object]],
    *,
    rounds: int = 7,
    turn_s: float = 0.02,
    clock: Callable[[], float] = time.thread_time,
) -> dict[str, float]:
    """Milliseconds of each, run in turn so that a change of the machine's mood meets all of them.

    clock: another one where other processes take part in the work.

    In its turn a contender runs as often as fits `turn_s`, at least once, so that short work is not measured with the
    caches that its neighbour left behind. The first round warms up and is not counted.
    """
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds + 1):
        for name, work in contenders.items():
            work()
            begun, runs = clock(), 0
            while not runs or clock() - begun < turn_s:
                work()
                runs += 1
            times[name].append((clock() - begun) * 1000 / runs)
    return {name: statistics.median(each[1:]) for name, each in times.items()}


def table(rows: Sequence[Row]) -> str:
    """Write rows as Markdown."""
    header = ("work", "ours", "peer", "ratio", "goal")
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)
