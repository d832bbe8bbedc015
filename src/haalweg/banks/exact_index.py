"""Which of many values is exactly this one: in memory, cheap to extend, nothing to write down."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from haalweg.banks.errors import BankError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORD = 8
_SHIFT = np.uint64(29)


@dataclass(frozen=True, slots=True, repr=False)
class _Run:
    """Values as they came, and the way to them by their mixed key."""

    keys: NDArray[np.uint64]  # sorted
    rows: NDArray[np.uint32]  # of each key its value
    values: NDArray[np.uint8]
    ids: NDArray[np.uint64]
    live: NDArray[np.bool_]  # of each value whether it is still there

    @property
    def dead(self) -> int:
        return len(self.live) - int(self.live.sum())


class ExactIndex:
    """Finds every entry whose value equals a query's, byte for byte.

    Any number of threads may ask beside one that adds and removes; what that one did is seen by all who ask afterwards.
    """

    __slots__ = ("_odd", "_runs", "_start", "_width")

    def __init__(self, values: NDArray[np.uint8], ids: NDArray[np.uint64] | None = None) -> None:
        """Take values, uint8 (n, width), under ids, uint64 (n,); without ids under their row. Raises BankError."""
        self._width = values.shape[1] if values.ndim == 2 else 0
        # Drawn anew for each index: a list cannot be made so that all of its values get the same key.
        self._start = np.uint64(secrets.randbits(64))
        self._odd = np.uint64(secrets.randbits(64) | 1)
        self._runs: tuple[_Run, ...] = ()  # replaced as a whole: who is asking keeps those that they began with
        self.add(values, np.arange(len(values), dtype=np.uint64) if ids is None else ids)

    def add(self, values: NDArray[np.uint8], ids: NDArray[np.uint64]) -> None:
        """Take more. A value may come under several ids, and an id stand for several values."""
        values = self._checked(values)
        if ids.dtype != np.uint64 or ids.shape != (len(values),):
            raise BankError(f"{len(values)} values with {len(ids)} ids of {ids.dtype}: each needs one of uint64.")
        if not len(values):
            return
        runs = [*self._runs, self._run(values, ids)]
        while len(runs) > 1 and len(runs[-2].keys) <= 2 * len(runs[-1].keys):
            last, before = runs.pop(), runs.pop()
            runs.append(_merged(before, last))
        self._runs = tuple(runs)

    def remove(self, ids: NDArray[np.uint64]) -> int:
        """Forget every value of these ids; how many there were. It looks through all: remove many in one call."""
        gone = 0
        for run in self._runs:
            rows = np.flatnonzero(np.isin(run.ids, ids) & run.live)
            run.live[rows] = False
            gone += len(rows)
        if gone:
            self._runs = tuple(_swept(run) if 2 * run.dead > len(run.live) else run for run in self._runs)
        return gone

    def find(self, queries: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        """Rows of the queries, uint8 (m, width), and the ids of what equals them; sorted by row, then id."""
        queries = self._checked(queries)
        keys = self._keys(queries)
        order = np.argsort(keys)  # neighbours in the index are asked for one after the other
        rows: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
        ids: list[NDArray[np.uint64]] = [np.empty(0, np.uint64)]
        for run in self._runs:
            asking = order
            at = np.searchsorted(run.keys, keys[asking])
            while len(asking):
                inside = at < len(run.keys)
                asking, at = asking[inside], at[inside]
                same_key = run.keys[at] == keys[asking]
                asking, at = asking[same_key], at[same_key]
                there = run.rows[at]
                equal = (run.values[there] == queries[asking]).all(axis=1) & run.live[there]
                rows.append(asking[equal].astype(np.int64))
                ids.append(run.ids[there[equal]])
                at = at + 1
        found_rows, found_ids = np.concatenate(rows), np.concatenate(ids)
        by_row = np.lexsort((found_ids, found_rows))
        return found_rows[by_row], found_ids[by_row]

    def __len__(self) -> int:
        return sum(len(run.live) - run.dead for run in self._runs)

    def _checked(self, values: NDArray[np.uint8]) -> NDArray[np.uint8]:
        if values.dtype != np.uint8 or values.ndim != 2 or values.shape[1] != self._width or not self._width:
            raise BankError(
                f"An array of {values.dtype} with shape {values.shape} where values are uint8 (n, {self._width or 32})."
            )
        return np.ascontiguousarray(values)

    def _run(self, values: NDArray[np.uint8], ids: NDArray[np.uint64]) -> _Run:
        keys = self._keys(values)
        order = np.argsort(keys, kind="stable")
        live = np.ones(len(values), bool)
        return _Run(keys[order], order.astype(np.uint32), values, np.ascontiguousarray(ids), live)

    def _keys(self, values: NDArray[np.uint8]) -> NDArray[np.uint64]:
        filled = -self._width % _WORD
        whole = np.pad(values, ((0, 0), (0, filled))) if filled else values
        keys = np.full(len(values), self._start, np.uint64)
        for word in whole.view(np.uint64).T:
            keys = (keys ^ word) * self._odd
            keys ^= keys >> _SHIFT
        return keys


def _merged(before: _Run, last: _Run) -> _Run:
    keys = np.concatenate([before.keys, last.keys])
    rows = np.concatenate([before.rows, last.rows + np.uint32(len(before.rows))])
    order = np.argsort(keys, kind="stable")  # two sorted halves: one merge
    return _Run(
        keys[order],
        rows[order],
        np.concatenate([before.values, last.values]),
        np.concatenate([before.ids, last.ids]),
        np.concatenate([before.live, last.live]),
    )


def _swept(run: _Run) -> _Run:
    """Drop the values that are no longer there."""
    kept = run.live[run.rows]
    place = np.cumsum(run.live) - 1
    rows = place[run.rows[kept]].astype(np.uint32)
    return _Run(run.keys[kept], rows, run.values[run.live], run.ids[run.live], np.ones(len(rows), bool))
