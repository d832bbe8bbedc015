"""What one machine needs to look at items: the bank's index, made once, and the workers that hash."""

from __future__ import annotations

import io
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, BinaryIO, Self

from haalweg.adapters.bank_file import opened
from haalweg.adapters.media import HEAD_BYTES, MediaError, MediaKind, MediaPool, Trouble, file_digests, kind_of
from haalweg.adapters.sources import reason_for
from haalweg.banks import BankKind, can_match
from haalweg.matching import BankIndex, surest
from haalweg.plain_text import shown
from haalweg.scan.parts import Counts, ScanError
from haalweg.scan.rows import Kind, Row
from haalweg.signals import HashedPicture

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from haalweg.adapters.sources import Item
    from haalweg.banks import BankStore
    from haalweg.matching import Lead, Match
    from haalweg.signals import FrameView, HashedFrame

_PIECE_BYTES = 1 << 18
_TOO_LONG = "more than {most:,} bytes in an archive that is read in order. Unpack it and scan the folder."
_CUT_SHORT = "only the first {seconds:,.0f} s of the video were looked at: it is longer than we decode, or damaged."


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen of one item."""

    rows: tuple[Row, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Loaded:
    """A bank in memory."""

    index: BankIndex
    digest: str  # of the store it was made of
    can_match: bool  # whether it holds anything that could match


class Scanner:
    """Looks at items, as many at once as there are workers. Nothing of an item is kept but its rows."""

    def __init__(self, bank: Loaded, pool: MediaPool, *, tiff: bool) -> None:
        """Take both over: they are closed with it."""
        self.bank = bank
        self._tiff = tiff
        self._index = bank.index
        self._pool = pool
        self._threads = ThreadPoolExecutor(pool.workers)
        self._room = BoundedSemaphore(2 * pool.workers)  # pictures in memory, waiting or at work

    @property
    def workers(self) -> int:
        """How many items are hashed at once."""
        return self._pool.workers

    def look_at(self, source: str, item: Item) -> Future[Looked]:
        """Read the item now, hash it soon. A video is hashed before this returns, since it is read as it is decoded."""
        if item.reason is not None:
            return _ready(unreadable(source, item, item.reason))
        self._room.acquire()
        try:
            with item.open() as stream:
                answer = self._begun(source, item, stream)
        except OSError as error:
            answer = _ready(unreadable(source, item, reason_for(error)))
        except BaseException:
            self._room.release()
            raise
        answer.add_done_callback(lambda _: self._room.release())
        return answer

    def interrupt(self) -> None:
        """End the workers, also those at work: what they were looking at was not seen, and PoolClosedError says so."""
        self._pool.kill()

    def close(self) -> None:
        """End the workers and forget the index."""
        self.interrupt()
        self._threads.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begun(self, source: str, item: Item, stream: BinaryIO) -> Future[Looked]:
        begin = stream.read(_PIECE_BYTES)  # of most pictures all
        kind, most = kind_of(begin[:HEAD_BYTES]), self._pool.limits.max_bytes
        if kind is MediaKind.PICTURE:
            return self._threads.submit(self._picture, source, item, _whole(stream, begin, most))
        if kind is not MediaKind.VIDEO and not self._index.wants_digests:
            return _ready(Looked((), Counts(others=1)))
        if not stream.seekable():
            stream = io.BytesIO(_whole(stream, begin, most))
            if stream.getbuffer().nbytes > most:
                return _ready(unreadable(source, item, _TOO_LONG.format(most=most)))
        seen = self._video(stream) if kind is MediaKind.VIDEO else _Seen(Counts(others=1))
        return _ready(self._answer(source, item, seen, stream))

    def _picture(self, source: str, item: Item, data: bytes) -> Looked:
        try:
            if self._index.wants_traces:
                picture = self._pool.picture_of(data, tiff=self._tiff)
            else:
                picture = HashedPicture(self._pool.signatures_of(data, tiff=self._tiff))
        except MediaError as error:
            seen = _Seen(Counts(pictures=1), unread=error.sentence)
        else:
            too_flat = all(part.too_flat for part in picture.parts)
            seen = _Seen(
                Counts(pictures=1, too_flat=int(too_flat)),
                self._index.match_picture(picture.parts),
                self._index.leads_in(picture.views, picture.parts),
            )
        return self._answer(source, item, seen, io.BytesIO(data))

    def _video(self, stream: BinaryIO) -> _Seen:
        leads: list[Lead] = []

        def searched(view: FrameView, frame: HashedFrame) -> None:
            found = self._index.leads_in([view], frame.parts)
            leads.extend(replace(lead, frame=0, frame_s=frame.timestamp_s) for lead in found)

        try:
            video = self._pool.video_of(stream, seen=searched if self._index.wants_traces else None)
        except MediaError as error:
            if error.trouble is Trouble.NO_FRAMES:  # sound
                return _Seen(Counts(others=1))
            return _Seen(Counts(videos=1), unread=error.sentence)
        too_flat = all(part.too_flat for frame in video.frames for part in frame.parts)
        return _Seen(
            Counts(videos=1, too_flat=int(too_flat)),
            self._index.match_video(video),
            surest(leads),
            unread=_CUT_SHORT.format(seconds=video.seconds) if video.cut_short else None,
        )

    def _answer(self, source: str, item: Item, seen: _Seen, stream: BinaryIO) -> Looked:
        matches, sha256 = seen.matches, None
        if matches or self._index.wants_digests:
            stream.seek(0)
            digests = file_digests(stream)
            matches = [*matches, *self._index.match_digests(digests)]
            sha256 = digests.sha256
        if matches or seen.leads:
            rows = [_row(source, item, match, sha256) for match in matches]
            rows += [_lead_row(source, item, lead) for lead in seen.leads]
            return Looked(tuple(rows), seen.counts + Counts(matched=int(bool(matches)), leads=int(bool(seen.leads))))
        if seen.unread is not None:
            return unreadable(source, item, seen.unread)
        return Looked((), seen.counts)


@dataclass(frozen=True, slots=True)
class _Seen:
    counts: Counts
    matches: list[Match] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    unread: str | None = None  # why nothing could be seen, or not all


def open_scanner(
    bank: Path,
    *,
    workers: int | None,
    tiff: bool = False,
    advance: Callable[[int, int], None] = lambda _entries, _of: None,
) -> Scanner:
    """Load a bank and start workers, by default one a processor.

    tiff: read TIFF too. advance: told how many entries of all are loaded.
    """
    pool = MediaPool(workers or MediaPool.sensible_workers())  # before any key is read: workers inherit nothing
    try:
        with opened(bank, read_only=True) as store:
            refuse_what_is_for_gates(store, bank)
            now = datetime.now(UTC)
            # Before the entries: a change that comes in between makes the bank another one, never the same one.
            digest = store.digest()
            total = sum(count.live for count in store.counts(now=now))
            index = BankIndex.of(store, now=now, advance=lambda read: advance(read, total))
            return Scanner(Loaded(index, digest, can_match(store, now=now)), pool, tiff=tiff)
    except BaseException:
        pool.close()
        raise


def refuse_what_is_for_gates(store: BankStore, bank: Path) -> None:
    """Raise ScanError for a bank file that holds what only a gate may match with."""
    if any(each.kind is BankKind.REPORT_BY_LAW for each in store.banks()):
        raise ScanError(
            f"{shown(str(bank))}: it holds a bank whose matches are reported by law. Such a list is for the gate of "
            "the platform that has an agreement on it, and nothing is scanned with it. Give a bank file without one."
        )


def _whole(stream: BinaryIO, begin: bytes, most: int) -> bytes:
    """Read to the end, or to one byte more than most; begin was read before."""
    # In pieces: Python makes room for as much as it is asked for, and asking for all that is allowed is slow.
    pieces, length = [begin], len(begin)
    while length <= most and (piece := stream.read(min(_PIECE_BYTES, most + 1 - length))):
        pieces.append(piece)
        length += len(piece)
    return b"".join(pieces)


def unreadable(source: str, item: Item, reason: str) -> Looked:
    """Say that an item was not looked at, and why."""
    row = Row(Kind.UNREADABLE, source, item.name, reason=reason)
    return Looked((_posted(row, item),), Counts(unreadable=1, incomplete=int(item.ends_source)))


def _ready(looked: Looked) -> Future[Looked]:
    future: Future[Looked] = Future()
    future.set_result(looked)
    return future


def _row(source: str, item: Item, match: Match, sha256: str | None) -> Row:
    row = Row(
        Kind.MATCH,
        source,
        item.name,
        bank=match.bank,
        entry=match.entry,
        signal_type=match.signal_type.value,
        distance_bits=match.distance_bits,
        orientation=None if match.orientation is None else match.orientation.value,
        inner=match.inner,
        quality=match.quality,
        frame_s=match.frame_s,
        sha256=sha256,
    )
    return _posted(row, item)


def _lead_row(source: str, item: Item, lead: Lead) -> Row:
    row = Row(
        Kind.LEAD,
        source,
        item.name,
        bank=lead.bank,
        entry=lead.entry,
        signal_type=lead.signal_type.value,
        frame_s=lead.frame_s,
        level=lead.level.value,
        altered_percent=lead.altered_percent,
    )
    return _posted(row, item)


def _posted(row: Row, item: Item) -> Row:
    post = item.post
    if post is None:
        return row
    return replace(
        row,
        posted_at=post.posted_at,
        chat_id=post.chat_id,
        chat_name=post.chat_name,
        chat_type=post.chat_type,
        message_id=post.message_id,
        sender_id=post.sender_id,
    )
