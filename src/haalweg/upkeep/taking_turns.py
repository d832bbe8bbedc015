"""A restore has a helpline to itself: it takes away what another one laid ready. Backups run beside each other."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from haalweg.plain_text import shown
from haalweg.upkeep.errors import UpkeepError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def taking_turns(folder: Path, *, alone: bool) -> Iterator[None]:
    """Keep others from beginning, for as long as it takes. Raises UpkeepError where another one is at it.

    The lock is the folder's own and goes with this process, however that ends: nothing of it stays behind.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UpkeepError(
                f"{shown(os.fspath(folder))}: another backup or restore of this helpline is at it just now. Nothing "
                "was changed. Give this command again once it has ended."
            ) from None
        yield
    finally:
        os.close(descriptor)
