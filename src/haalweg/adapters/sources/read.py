"""From a shard to its items: each with its bytes, or with the reason why there are none."""

from __future__ import annotations

import io
import os
from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO

from haalweg.adapters.sources.folder import Opener
from haalweg.adapters.sources.items import Item, reason_for
from haalweg.adapters.sources.limits import SourceLimits
from haalweg.adapters.sources.shards import Member, Shard, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFAULT = SourceLimits()
_BUFFER = 1 << 16


def items_of(shard: Shard, limits: SourceLimits = _DEFAULT) -> Iterator[Item]:
    """Read one shard in its order. Raises nothing: what is wrong is an item with a reason."""
    for item in _items(shard, limits):
        item.name = shard.within + item.name
        try:
            yield item
        finally:
            item.close()


def _items(shard: Shard, limits: SourceLimits) -> Iterator[Item]:
    del limits
    if shard.kind is SourceKind.FILE:
        return _files(shard, os.path.dirname(shard.path))  # noqa: PTH120 - a name in any bytes
    return _files(shard, shard.path)


def _files(shard: Shard, root: str) -> Iterator[Item]:
    members = shard.members or ()
    try:
        opener = Opener(root)
    except (OSError, ValueError) as error:
        for member in members:
            yield Item(member.name, None, post=member.post, reason=member.reason or reason_for(error), ends_source=True)
        return
    with closing(opener):
        step = (shard.until - shard.since) / max(1, len(members))
        for number, member in enumerate(members, 1):
            yield _file(shard, member, opener, shard.since + step * number)


def _file(shard: Shard, member: Member, opener: Opener, until: float) -> Item:
    def refused(reason: str) -> Item:
        return Item(member.name, None, post=member.post, reason=reason, ends_source=member.ends_source, until=until)

    if member.reason is not None:
        return refused(member.reason)
    name = member.name if shard.kind is not SourceKind.FILE else os.path.basename(shard.path)  # noqa: PTH119 - any bytes
    try:
        descriptor, status = opener.open(name)
    except (OSError, ValueError) as error:
        return refused(reason_for(error))
    stream: BinaryIO = io.BufferedReader(io.FileIO(descriptor), _BUFFER)
    return Item(member.name, stream, post=member.post, size=status.st_size, until=until)
