"""Nobody keeps one of the few threads busy by sending a request slowly.

A proxy before the pages takes requests in by itself and passes them on whole; this is for what gets past it.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from gunicorn.workers.gthread import ThreadWorker

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_S = 30.0  # that a request may take to come in
_MOST_WHEN_FULL_S = 3.0  # the same, while every thread has one in hand


def most_s(in_hand: int, threads: int) -> float:
    """How long a request may take to come in, by how many are in hand."""
    return _MOST_S if in_hand < threads else _MOST_WHEN_FULL_S


class Worker(ThreadWorker):
    """gunicorn's with threads, which cuts off what takes too long to come in. What is in is answered, however long."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lock = threading.Lock()
        self._since: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:
        """Read a request and answer it; in one of the threads."""
        with self._lock:
            self._since[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            with self._lock:
                del self._since[conn]

    def notify(self) -> None:
        """Once a second and after each request."""
        super().notify()
        with self._lock:
            in_hand = dict(self._since)
            longest = most_s(len(in_hand), self.cfg.threads)
            now = time.monotonic()
            _cut_off(conn.sock for conn, since in in_hand.items() if now - since > longest)


def _cut_off(sockets: Iterable[socket.socket]) -> None:
    """Read nothing more of them: a request that is in already is answered all the same."""
    for each in sockets:
        with suppress(OSError):  # it ended by itself
            each.shutdown(socket.SHUT_RD)
