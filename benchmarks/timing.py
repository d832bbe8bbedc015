"""How every figure is measured: processor time of this thread, the contenders in turn, the median of several rounds."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def side_by_side(contenders: dict[str, Callable[[], object]], *, rounds: int = 7) -> dict[str, float]:
    """Milliseconds of processor time of each, run in turn so that a change of the machine's mood meets all of them."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds + 1):
        for name, work in contenders.items():
            begun = time.thread_time()
            work()
            times[name].append((time.thread_time() - begun) * 1000)
    return {name: statistics.median(each[1:]) for name, each in times.items()}  # the first round warms up


def table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Write rows as Markdown."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)
