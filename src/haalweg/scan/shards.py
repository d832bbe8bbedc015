"""One piece of a source through the workers into parts: the same work on this machine and on any other."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from haalweg.adapters.media import PoolClosedError
from haalweg.adapters.sources import items_of
from haalweg.scan.parts import Counts, Part, part_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from haalweg.adapters.sources import Item, Shard
    from haalweg.scan.rows import Row
    from haalweg.scan.scanner import Looked, Scanner

PART_ITEMS = 256


class PartStore(Protocol):
    """Where parts go: a folder, or memory where there is no results file."""

    def __contains__(self, name: str) -> bool: ...
    def put(self, name: str, part: Part, *, stopped: bool = False) -> None: ...
    def get(self, name: str) -> Part | None: ...


def scan_shard(
    shard: Shard,
    scanner: Scanner,
    parts: PartStore,
    *,
    stopped: Callable[[], bool] = lambda: False,
    advance: Callable[[Counts, float], None] = lambda _counts, _until: None,
) -> None:
    """Look at every item of a shard that no part holds yet.

    stopped: asked before each item; once it says yes, what was seen so far is written as a part to be done again.
    advance: told what was looked at, item by item or a part that an earlier run did, and how far
        through its source that is, 0..1.
    """
    end = _end_of(shard)
    if end in parts:
        for part in parts_of(shard.digest, parts):
            advance(part.counts, shard.until)
        return
    items, number, items_left = items_of(shard), 0, True
    while items_left and not stopped():
        name = part_name(shard.digest, number)
        looking = _Looking(shard, scanner, advance)
        chunk = islice(items, PART_ITEMS)
        if (done := parts.get(name)) is not None:
            items_left = sum(1 for _ in chunk) == PART_ITEMS  # passed by unread
            advance(done.counts, shard.since)
        else:
            items_left = looking.at(chunk, stopped) == PART_ITEMS
            parts.put(name, looking.part(), stopped=stopped())
        number += 1
        if name == end:
            return
    if not stopped():
        parts.put(end, Part())


def parts_of(digest: str, parts: PartStore) -> Iterator[Part]:
    """Give what was found in a shard, in order."""
    number = 0
    while (part := parts.get(part_name(digest, number))) is not None:
        yield part
        number += 1


def _end_of(shard: Shard) -> str:
    """Name the part that says that the shard was read to its end: the only one where it names its members."""
    return part_name(shard.digest, 0) if shard.members is not None else f"{shard.digest}-end"


class _Looking:
    """Items in the order in which they came, a few of them at work."""

    def __init__(self, shard: Shard, scanner: Scanner, advance: Callable[[Counts, float], None]) -> None:
        self._shard = shard
        self._scanner = scanner
        self._advance = advance
        self._waiting: deque[tuple[Future[Looked], float]] = deque()
        self._rows: list[Row] = []
        self._counts = Counts()

    def at(self, items: Iterator[Item], stopped: Callable[[], bool]) -> int:
        """Look at all of them; how many there were."""
        number = 0
        with suppress(PoolClosedError):  # stopped: what was at work was not seen
            for item in items:
                if stopped():
                    break
                self._waiting.append((self._scanner.look_at(self._shard.source, item), item.until))
                number += 1
                while self._waiting and self._waiting[0][0].done():
                    self._take()
            while self._waiting:
                self._take()
        return number

    def part(self) -> Part:
        """Say what was seen."""
        return Part(tuple(self._rows), self._counts)

    def _take(self) -> None:
        answer, until = self._waiting.popleft()
        looked = answer.result()
        self._rows += looked.rows
        self._counts += looked.counts
        self._advance(looked.counts, until)
