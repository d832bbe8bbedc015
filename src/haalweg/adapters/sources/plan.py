"""From an argument to shards: what kind of source it is, and into what shares it falls."""

from __future__ import annotations

import os
import stat
from array import array
from bisect import bisect_left
from contextlib import closing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from haalweg.adapters.sources import telegram
from haalweg.adapters.sources.folder import Opener, walk
from haalweg.adapters.sources.gathering import Gathering, identity_of
from haalweg.adapters.sources.items import ItemError, reason_for
from haalweg.adapters.sources.kinds import HEAD_BYTES, Archive, archive_of, is_named_as_media
from haalweg.adapters.sources.limits import SourceLimits
from haalweg.adapters.sources.shards import Member, Shard, SourceKind
from haalweg.adapters.sources.unpacking import unpacked_head
from haalweg.adapters.sources.zips import shards_of_zip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from haalweg.adapters.sources.folder import Found

_DEFAULT = SourceLimits()
_HEAD_BYTES = 1 << 20  # bzip2 gives nothing before it has 900,000 bytes, unpacked
_HTML_HEAD_BYTES = 1 << 12
_JSON_HEAD_BYTES = 1 << 16
_SHARE_OF_MESSAGES = 0.95  # of the way through an export; the rest is for files that no message names
_HTML = "messages.html"
_HTML_REASON = (
    "an export of Telegram as HTML, from which chat, message and sender are not read. "
    "Export as JSON (machine-readable) to have them beside each row."
)


_UNCLEAR_REASON = (
    "this may be an export of Telegram, but its JSON is damaged or not as Telegram Desktop writes it. "
    "What lies beside it is read without chat and message."
)


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
            yield from _folder_or_export(Shard(argument, SourceKind.FOLDER, path, (), ""), limits)
        elif stat.S_ISREG(status.st_mode):
            yield from _file(argument, path, limits)
        else:
            yield _refused(argument, path, "neither a file nor a folder. Write it to a file first and give that.")


def _refused(argument: str, path: str, reason: str) -> Shard:
    return Shard(argument, SourceKind.FILE, path, (Member(argument, reason=reason, ends_source=True),), "")


def _file(argument: str, path: str, limits: SourceLimits) -> Iterator[Shard]:
    folder, name = os.path.split(os.path.realpath(path))
    try:
        with closing(Opener(folder)) as opener, _opened(opener, name) as stream:
            head = stream.read(_HEAD_BYTES)
            status = os.fstat(stream.fileno())
    except (OSError, ValueError) as error:
        yield _refused(argument, path, reason_for(error))
        return
    whole = Shard(argument, SourceKind.FILE, os.path.join(folder, name), (), identity_of(status))  # noqa: PTH118 - a name in any bytes
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and telegram.is_export(head[:_JSON_HEAD_BYTES], limits):
        yield from _export(replace(whole, path=folder, identity=""), name, limits)
        return
    archive = archive_of(head[:HEAD_BYTES])
    kind, reason = _kind_of(archive, head, name, limits) if archive else (None, None)
    if kind is None:
        yield replace(whole, members=(Member(argument, reason=reason, ends_source=reason is not None),))
    else:
        yield from _archive(replace(whole, kind=kind), limits)


def _folder_or_export(empty: Shard, limits: SourceLimits) -> Iterator[Shard]:
    if _holds_export(empty.path, limits):
        yield from _export(empty, telegram.RESULT, limits)
    else:
        yield from _folder(empty, limits, lambda _name: True)


def _folder(empty: Shard, limits: SourceLimits, wanted: Callable[[str], bool]) -> Iterator[Shard]:
    """Files as they lie; archives and exports among them as what they are. wanted: by name, whether a file is read."""
    span = empty.until - empty.since
    gathering = Gathering(empty, limits.members_per_shard)
    with closing(_Inside(empty.path, limits)) as inside:
        for found in walk(empty.path, lambda name: not _holds_export(f"{empty.path}/{name}", limits)):
            if not wanted(found.name):
                continue
            until = empty.since + span * found.until
            kind, reason = inside.look(found)
            if kind is None:
                member = Member(found.name, reason=found.reason or reason, ends_source=found.unread_folder)
                if shard := gathering.add(member, until, found.status):
                    yield shard
                continue
            if shard := gathering.rest(gathering.since):
                yield shard
            path, within = f"{empty.path}/{found.name}", f"{empty.within}{found.name}/"
            part = replace(empty, path=path, within=within, since=gathering.since, until=until)
            if kind is SourceKind.TELEGRAM:
                yield from _export(part, telegram.RESULT, limits)
            elif found.status is not None:
                yield from _archive(replace(part, kind=kind, identity=identity_of(found.status)), limits)
            gathering.since = until
        if shard := gathering.rest(empty.until):
            yield shard


def _archive(whole: Shard, limits: SourceLimits) -> Iterator[Shard]:
    if whole.kind is SourceKind.ZIP:
        yield from shards_of_zip(whole, limits)
    else:
        yield replace(whole, members=None)


def _kind_of(archive: Archive, head: bytes, name: str, limits: SourceLimits) -> tuple[SourceKind | None, str | None]:
    """How an archive is read, or the reason why it is not."""
    inner: Archive | None = archive
    if archive in (Archive.GZIP, Archive.BZIP2, Archive.XZ):
        inner = archive_of(unpacked_head(head, archive, limits))
    if archive in (Archive.ZSTD, Archive.LZ4) and ".warc" in name:
        inner = Archive.WARC
    kinds = {Archive.ZIP: SourceKind.ZIP, Archive.TAR: SourceKind.TAR, Archive.WARC: SourceKind.WARC}
    if inner in kinds and not (inner is Archive.ZIP and archive is not Archive.ZIP):
        return kinds[inner], None
    return None, f"a file packed with {archive.value}, which is not opened. Unpack it and scan the folder."


class _Inside:
    """Looks into files of one folder while it is planned; who may not be read says so when he is read."""

    def __init__(self, root: str, limits: SourceLimits) -> None:
        self._limits = limits
        self._opener: Opener | None = None
        with suppress(OSError):
            self._opener = Opener(root)

    def look(self, found: Found) -> tuple[SourceKind | None, str | None]:
        """What source of its own it is, if it is one, or a reason."""
        if found.reason is not None or found.status is None:
            return None, found.reason
        if stat.S_ISDIR(found.status.st_mode):
            return SourceKind.TELEGRAM, None
        if is_named_as_media(found.name):
            return None, None
        head = self._head(found.name, _HTML_HEAD_BYTES)
        if archive := archive_of(head[:HEAD_BYTES]):
            head = self._head(found.name, _HEAD_BYTES)
            return _kind_of(archive, head, found.name, self._limits)
        last, reason = found.name.rpartition("/")[2], None
        if last == _HTML and b"Exported Data" in head:
            reason = _HTML_REASON
        elif last == telegram.RESULT and head:
            head = self._head(found.name, _JSON_HEAD_BYTES)
            reason = _UNCLEAR_REASON if telegram.is_export(head, self._limits) is None else None
        return None, reason

    def close(self) -> None:
        if self._opener is not None:
            self._opener.close()

    def _head(self, name: str, count: int) -> bytes:
        if self._opener is None:
            return b""
        try:
            with _opened(self._opener, name) as stream:
                return stream.read(count)
        except (OSError, ValueError):
            return b""


def _holds_export(folder: str, limits: SourceLimits) -> bool:
    if not os.path.lexists(f"{folder}/{telegram.RESULT}"):
        return False
    try:
        with closing(Opener(folder)) as opener, _opened(opener, telegram.RESULT) as stream:
            return telegram.is_export(stream.read(_JSON_HEAD_BYTES), limits) is True
    except (OSError, ValueError):
        return False


def _export(empty: Shard, result: str, limits: SourceLimits) -> Iterator[Shard]:
    """The files that messages name, each with its post; then those that no message names, as in any folder."""
    middle = empty.since + (empty.until - empty.since) * _SHARE_OF_MESSAGES
    named = array("Q")  # eight bytes a name instead of the name: an export may hold millions
    messages = replace(empty, kind=SourceKind.TELEGRAM, until=middle)
    yield from _messages(messages, result, named, limits)
    known: NDArray[np.uint64] = np.unique(np.frombuffer(named, np.uint64))
    rest = replace(empty, kind=SourceKind.FOLDER, since=middle)
    yield from _folder(rest, limits, lambda name: name not in (result, _HTML) and not _is_among(known, _short(name)))


def _messages(empty: Shard, result: str, named: array[int], limits: SourceLimits) -> Iterator[Shard]:
    gathering = Gathering(empty, limits.members_per_shard)
    until = empty.since
    try:
        with closing(Opener(empty.path)) as opener, _opened(opener, result) as stream:
            size = max(1, os.fstat(stream.fileno()).st_size)
            chats: dict[int, telegram.Chat] | None = None
            for chat, message in telegram.messages_in(stream, limits):
                until = empty.since + (empty.until - empty.since) * min(1.0, stream.tell() / size)
                if not chat.is_known and chats is None:
                    with _opened(opener, result) as again:
                        chats = telegram.chats_in(again, limits)
                known = chat if chat.is_known or chats is None else chats.get(chat.number, chat)
                for member in telegram.members_of(message, known):
                    status = _status(f"{empty.path}/{member.name}") if member.reason is None else None
                    if shard := gathering.add(member, until, status):
                        yield shard
                named.extend(map(_short, telegram.named_in(message)))
    except (OSError, ValueError) as error:
        reason = str(error) if isinstance(error, ItemError) else reason_for(error)
        member = Member(result, reason=f"{reason} What comes after it has lost its chat and message.", ends_source=True)
        if shard := gathering.add(member, empty.until):
            yield shard
    if shard := gathering.rest(empty.until):
        yield shard


def _status(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except (OSError, ValueError):
        return None


def _short(name: str) -> int:
    return hash(name) & 0xFFFF_FFFF_FFFF_FFFF


def _is_among(known: NDArray[np.uint64], short: int) -> bool:
    at = bisect_left(known, short)
    return at < len(known) and int(known[at]) == short


def _opened(opener: Opener, name: str) -> BinaryIO:
    descriptor, _ = opener.open(name)
    return os.fdopen(descriptor, "rb")
