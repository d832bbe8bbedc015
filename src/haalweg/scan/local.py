"""A scan on this machine: shards side by side, as many as there are workers, results in the order of the sources."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from haalweg.scan.shards import scan_shard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from haalweg.adapters.sources import Shard
    from haalweg.scan.parts import Counts
    from haalweg.scan.scanner import Scanner
    from haalweg.scan.shards import PartStore


def scan_here(
    shards: Iterable[Shard],
    scanner: Scanner,
    parts: PartStore,
    *,
    advance: Callable[[Shard, Counts, float], None],
) -> None:
    """Scan every shard. KeyboardInterrupt and errors come through once all shards at work put down what they saw."""
    stop = Event()
    drivers = ThreadPoolExecutor(scanner.workers)
    at_work: deque[Future[None]] = deque()
    try:
        for shard in shards:
            told = partial(advance, shard)
            at_work.append(drivers.submit(scan_shard, shard, scanner, parts, stopped=stop.is_set, advance=told))
            while len(at_work) > scanner.workers:
                at_work.popleft().result()
        while at_work:
            at_work.popleft().result()
    except BaseException:
        stop.set()
        scanner.interrupt()  # whoever waits for a worker is set free
        wait(at_work)
        raise
    finally:
        drivers.shutdown(cancel_futures=True)
