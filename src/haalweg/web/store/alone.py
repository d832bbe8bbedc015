"""What is done by one at a time. SQLite has one web process; PostgreSQL may have several, which ask for a lock."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

_of_this_process: dict[int, threading.Lock] = {}


@contextmanager
def alone(lock: int) -> Iterator[bool]:
    """Whether no other process does it now; another thread of this one is waited for."""
    with _of_this_process.setdefault(lock, threading.Lock()):
        if connection.vendor != "postgresql":
            yield True
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
            (mine,) = cursor.fetchone()
            try:
                yield mine
            finally:
                if mine:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])


def wait_for(lock: int) -> None:
    """Wait until no other transaction has this lock, and keep it until this one ends. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
