"""Members on their way into shards of one folder or archive."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from haalweg.adapters.sources.shards import Member, Shard

_STATUS = struct.Struct("<qq")


def identity_of(status: os.stat_result) -> str:
    """Size and time of one file."""
    return f"{status.st_size}-{status.st_mtime_ns}"


class Gathering:
    """Takes members, gives a shard whenever one is full."""

    def __init__(self, empty: Shard, most: int) -> None:
        """empty: what the shards have in common; its identity is kept, or made of the members' own where it is ""."""
        self._empty = empty
        self._most = most
        self._members: list[Member] = []
        self._statuses = hashlib.sha256()
        self.since = empty.since

    def add(self, member: Member, until: float, status: os.stat_result | None = None) -> Shard | None:
        """Take one more. Status: of the file behind it, if there is one."""
        self._members.append(member)
        size, time = (-1, -1) if status is None else (status.st_size, status.st_mtime_ns)
        self._statuses.update(_STATUS.pack(size, time))
        return self.rest(until) if len(self._members) >= self._most else None

    def rest(self, until: float) -> Shard | None:
        """Give what was taken since the last shard."""
        if not self._members:
            return None
        shard = replace(
            self._empty,
            members=tuple(self._members),
            identity=self._empty.identity or self._statuses.hexdigest()[:32],
            since=self.since,
            until=until,
        )
        self._members = []
        self._statuses = hashlib.sha256()
        self.since = until
        return shard
