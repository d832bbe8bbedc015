"""From a shard to its items: each with its bytes, or with the reason why there are none."""

from __future__ import annotations

import io
import os
from contextlib import closing
from typing import TYPE_CHECKING

from haalweg.adapters.sources.folder import Opener
from haalweg.adapters.sources.gathering import identity_of
from haalweg.adapters.sources.items import Item, reason_for
from haalweg.adapters.sources.kinds import HEAD_BYTES, archive_of
from haalweg.adapters.sources.limits import SourceLimits
from haalweg.adapters.sources.shards import Member, Shard, SourceKind
from haalweg.adapters.sources.tars import items_of_tar
from haalweg.adapters.sources.telegram import RESULT, is_export
from haalweg.adapters.sources.unpacking import unpacked
from haalweg.adapters.sources.warcs import items_of_warc
from haalweg.adapters.sources.zips import opened_in_zip

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFAULT = SourceLimits()
_BUFFER = 1 << 16
_CHANGED = "it has changed since the scan was planned. Scan it again."
_ARCHIVE_INSIDE = "an archive inside an archive, which is not opened. Unpack the outer one and scan the folder."
_EXPORT_INSIDE = (
    "an export of Telegram inside an archive, whose pictures are read without chat and message. "
    "Unpack it and scan the folder to have them beside each row."
)
_ARCHIVE_IN_DISGUISE = "an archive, though nothing said so. Give it as a source of its own to have it opened."


def items_of(shard: Shard, limits: SourceLimits = _DEFAULT) -> Iterator[Item]:
    """Read one shard in its order. Raises nothing: what is wrong is an item with a reason."""
    for item in _items(shard, limits):
        # What has no name is the archive itself.
        item.name = shard.within + item.name if item.name else shard.within.rstrip("/") or shard.source
        try:
            yield item
        finally:
            item.close()


def _items(shard: Shard, limits: SourceLimits) -> Iterator[Item]:
    if shard.kind in (SourceKind.ZIP, SourceKind.TAR, SourceKind.WARC):
        return _archive(shard, limits)
    return _files(shard)


def _files(shard: Shard) -> Iterator[Item]:
    members = shard.members or ()
    root = os.path.dirname(shard.path) if shard.kind is SourceKind.FILE else shard.path  # noqa: PTH120 - any bytes
    try:
        opener = Opener(root)
    except (OSError, ValueError) as error:
        for member in members:
            reason = member.reason or reason_for(error)
            yield Item(member.name, None, post=member.post, reason=reason, ends_source=True, until=shard.until)
        return
    step = (shard.until - shard.since) / max(1, len(members))
    with closing(opener):
        for number, member in enumerate(members, 1):
            yield _file(shard, member, opener, shard.since + step * number)


def _file(shard: Shard, member: Member, opener: Opener, until: float) -> Item:
    if member.reason is not None:
        return _refused(member, member.reason, until)
    name = member.name if shard.kind is not SourceKind.FILE else os.path.basename(shard.path)  # noqa: PTH119 - any bytes
    try:
        descriptor, status = opener.open(name)
    except (OSError, ValueError) as error:
        return _refused(member, reason_for(error), until)
    raw = io.FileIO(descriptor)
    return _wrapped(member.name, raw, status.st_size, member=member, until=until, against=_ARCHIVE_IN_DISGUISE)


def _archive(shard: Shard, limits: SourceLimits) -> Iterator[Item]:
    folder, name = os.path.split(shard.path)
    try:
        with closing(Opener(folder)) as opener:
            descriptor, status = opener.open(name)
    except (OSError, ValueError) as error:
        yield Item("", None, reason=reason_for(error), ends_source=True, until=shard.until)
        return
    with io.FileIO(descriptor) as file:
        if identity_of(status) != shard.identity:
            yield Item("", None, reason=_CHANGED, ends_source=True, until=shard.until)
        elif shard.kind is SourceKind.ZIP:
            yield from _zip(shard, file, limits)
        else:
            yield from _read_through(shard, file, status.st_size, limits)


def _zip(shard: Shard, file: io.FileIO, limits: SourceLimits) -> Iterator[Item]:
    members = shard.members or ()
    step = (shard.until - shard.since) / max(1, len(members))
    for number, member in enumerate(members, 1):
        until = shard.since + step * number
        if member.reason is not None:
            yield _refused(member, member.reason, until)
            continue
        try:
            raw, size = opened_in_zip(file.fileno(), member, limits)
        except OSError as error:
            yield _refused(member, reason_for(error), until)
        else:
            yield _wrapped(member.name, raw, size, member=member, until=until)


def _read_through(shard: Shard, file: io.FileIO, size: int, limits: SourceLimits) -> Iterator[Item]:
    """A tar or a web archive, which are read from front to back."""
    stream = unpacked(file, archive_of(os.pread(file.fileno(), HEAD_BYTES, 0)), limits)
    if shard.kind is SourceKind.TAR:
        items = items_of_tar(stream, file.fileno() if stream is file else None, limits, _wrapped)
    else:
        items = items_of_warc(stream, limits, _wrapped)
    for item in items:
        item.until = shard.since + (shard.until - shard.since) * min(1.0, file.tell() / max(1, size))
        yield item


def _wrapped(
    name: str,
    raw: io.RawIOBase,
    size: int | None,
    *,
    member: Member | None = None,
    until: float = 1.0,
    against: str = _ARCHIVE_INSIDE,
) -> Item:
    """Look at the first bytes, for an archive or for what cannot be read at all."""
    member = member or Member(name)
    stream = io.BufferedReader(raw, _BUFFER)
    try:
        head = stream.peek(HEAD_BYTES)
        reason = against if archive_of(head[:HEAD_BYTES]) else None
        if name.rpartition("/")[2] == RESULT and against == _ARCHIVE_INSIDE and is_export(head, _DEFAULT):
            reason = _EXPORT_INSIDE
    except (OSError, ValueError) as error:
        reason = reason_for(error)
    if reason is None:
        return Item(name, stream, post=member.post, size=size, until=until)
    stream.close()
    return _refused(member, reason, until)


def _refused(member: Member, reason: str, until: float) -> Item:
    return Item(member.name, None, post=member.post, reason=reason, ends_source=member.ends_source, until=until)
