"""From an entry that a source's bank gets or loses to every gate that follows it: `bench_gates.py [GATES] [ROUNDS]`.

One source and 20 gates unless said, each a process, all on this machine. Time runs from the moment the add or the
withdrawal is begun to the first answer that shows it; each gate is asked fifty times a second.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from asking import Asking
from codes import balanced
from served import AGate, follower, other_load, until
from timing import Row, table

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import Assurance, EntryId, NewEntries, WithdrawalReason
from haalweg.signals import SignalType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EVERY_S = 0.02
HELD = 1_000  # entries from the start
TOO_LATE_S = 30.0


def rows(gates: int = 20, rounds: int = 50) -> list[Row]:
    """Return (work, ours, peer, ratio, goal)."""
    rng = np.random.default_rng(3)
    with tempfile.TemporaryDirectory() as name, ExitStack() as ends:
        source = AGate(Path(name) / "source")
        ends.callback(source.kill)
        store = ends.enter_context(BankFile.open(source.bank, source.ring))
        bank = store.make_bank("NL", now=datetime.now(UTC)).id
        first = balanced(HELD, rng)
        store.add(NewEntries(bank, SignalType.PDQ, first, assurance=Assurance.SEEN), now=datetime.now(UTC))
        source.start()
        asked = []
        for number in range(gates):
            gate = follower(Path(name) / f"gate{number}", source)
            ends.callback(gate.kill)
            gate.start()
            asked.append(Asking(gate.port, gate.uploads))
        for each in asked:
            ends.callback(each.close)
            until(partial(each.matches, first[-1].tobytes()), TOO_LATE_S)
        seen: dict[str, list[float]] = {"confirmed to blocked": [], "withdrawn to silent": []}
        for _ in range(rounds):
            value = balanced(1, rng)[0].tobytes()
            begun = time.perf_counter()
            new = NewEntries(bank, SignalType.PDQ, [value], [100], assurance=Assurance.SEEN)
            entry = store.add(new, now=datetime.now(UTC)).first_id
            seen["confirmed to blocked"] += [at - begun for at in _answered(asked, value, match=True)]
            assert entry is not None
            begun = time.perf_counter()
            store.withdraw([EntryId(entry)], reason=WithdrawalReason.ASKED, now=datetime.now(UTC))
            seen["withdrawn to silent"] += [at - begun for at in _answered(asked, value, match=False)]
    return [
        _row(f"{what}, {gates} gates, p50 / p99 / slowest of {rounds} rounds", times) for what, times in seen.items()
    ]


def _row(name: str, times: Sequence[float]) -> Row:
    p50, p99, slowest = (1000 * figure for figure in (*np.percentile(times, [50, 99]), max(times)))
    return name, f"{p50:.0f} / {p99:.0f} / {slowest:.0f} ms", "", "", "p99 under 1,000 ms"


def _answered(asked: Sequence[Asking], value: bytes, *, match: bool) -> Iterator[float]:
    """Give for each gate when it first answered so."""
    waiting, end = list(asked), time.perf_counter() + TOO_LATE_S
    while waiting:
        for each in waiting:
            each.send([value])
        answers = [(each, each.receive()[0], time.perf_counter()) for each in waiting]
        yield from (at for _, found, at in answers if found is match)
        waiting = [each for each, found, _ in answers if found is not match]
        if time.perf_counter() > end:
            sys.exit(f"{len(waiting)} gates still did not show it after {TOO_LATE_S:.0f} s.")
        time.sleep(EVERY_S)


if __name__ == "__main__":
    print(
        f"Others keep {other_load():.1f} of {os.cpu_count()} cores busy; figures taken above 0.2 are to be taken again."
    )
    print(table(rows(*map(int, sys.argv[1:]))))
