"""From an argument to shards: what kind of source it is, and into what shares it falls."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from haalweg.adapters.sources.folder import walk
from haalweg.adapters.sources.gathering import Gathering
from haalweg.adapters.sources.items import reason_for
from haalweg.adapters.sources.limits import SourceLimits
from haalweg.adapters.sources.shards import Member, Shard, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFAULT = SourceLimits()


def shards_of(argument: str, limits: SourceLimits = _DEFAULT) -> Iterator[Shard]:
    """Plan one source, as a stream: a folder, archive, export or file. Raises nothing: what is wrong is a member."""
    path = os.path.abspath(argument)  # noqa: PTH100 - a name in any bytes, links and all
    try:
        status = os.stat(path)  # noqa: PTH116 - what was given by hand may be a link
    except FileNotFoundError:
        yield _refused(argument, path, "there is no such file or folder.")
    except (OSError, ValueError) as error:
        yield _refused(argument, path, reason_for(error))
    else:
        if stat.S_ISDIR(status.st_mode):
            yield from _folder(Shard(argument, SourceKind.FOLDER, path, (), ""), limits)
        elif stat.S_ISREG(status.st_mode):
            yield Shard(argument, SourceKind.FILE, path, (Member(argument),), "")
        else:
            yield _refused(argument, path, "neither a file nor a folder. Write it to a file first and give that.")


def _refused(argument: str, path: str, reason: str) -> Shard:
    return Shard(argument, SourceKind.FILE, path, (Member(argument, reason=reason, ends_source=True),), "")


def _folder(empty: Shard, limits: SourceLimits) -> Iterator[Shard]:
    span = empty.until - empty.since
    gathering = Gathering(empty, limits.members_per_shard)
    for found in walk(empty.path, lambda _name: True):
        until = empty.since + span * found.until
        member = Member(found.name, reason=found.reason, ends_source=found.unread_folder)
        if shard := gathering.add(member, until, found.status):
            yield shard
    if shard := gathering.rest(empty.until):
        yield shard
