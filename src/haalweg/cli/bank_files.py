"""Pictures and videos to the signatures that a bank takes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from haalweg.adapters.media import MediaError, Trouble, file_digests, place_of
from haalweg.banks import NO_QUALITY
from haalweg.cli.language import _
from haalweg.cli.traces import kept_in_words
from haalweg.signals import MATCH_QUALITY, SignalType, TooLittleDetail
from haalweg.signals.video import matchable_hashes, packed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from haalweg.adapters.media import MediaPool
    from haalweg.cli.traces import Tracing
    from haalweg.signals import HashedPart


@dataclass(frozen=True, slots=True)
class Signature:
    """One value of a file."""

    signal_type: SignalType
    value: bytes = field(repr=False)
    quality: int = NO_QUALITY
    turns: tuple[bytes, ...] = field(default=(), repr=False)  # of a picture: in the eight orientations


@dataclass(slots=True)
class FileSignatures:
    """What a file gave, and what is to be said about it."""

    name: str
    signatures: list[Signature] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    error: str | None = None
    is_video: bool = False


def signatures_of_files(
    paths: Sequence[str],
    signals: Sequence[SignalType],
    pool: MediaPool,
    *,
    inner: bool,
    tiff: bool,
    tracings: Sequence[Tracing] = (),
) -> Iterator[FileSignatures]:
    """Hash them in their order, several at once. Of a video the signature is vPDQ where PDQ is asked for.

    tracings: the traces to make of each picture, beside its hashes.
    """

    def one(path: str) -> FileSignatures:
        file = _of_file(path, signals, pool, inner=inner, tiff=tiff)
        if file.error is None and not file.is_video:
            for tracing in tracings:
                _trace(path, tracing, pool, file, tiff=tiff)
        return file

    threads = ThreadPoolExecutor(pool.workers)
    try:
        yield from threads.map(one, paths)
    finally:
        threads.shutdown(cancel_futures=True)


def _trace(path: str, tracing: Tracing, pool: MediaPool, file: FileSignatures, *, tiff: bool) -> None:
    try:
        trace = tracing.of(path, pool, tiff=tiff)
    except MediaError as error:
        file.error = str(error)
    except TooLittleDetail as error:
        file.remarks.append(str(error))
    else:
        file.signatures.append(Signature(SignalType.TRACE, bytes(trace)))
        file.remarks.append(kept_in_words(trace, tracing))


def _of_file(path: str, signals: Sequence[SignalType], pool: MediaPool, *, inner: bool, tiff: bool) -> FileSignatures:
    file = FileSignatures(place_of(path))
    try:
        if SignalType.PDQ in signals and not _video(path, pool, file):
            _picture(pool.signatures_of(path, tiff=tiff), file, inner=inner)
        if SignalType.SHA256 in signals or SignalType.MD5 in signals:
            digests = file_digests(path)
            values = {SignalType.SHA256: digests.sha256, SignalType.MD5: digests.md5}
            file.signatures += [
                Signature(kind, bytes.fromhex(value)) for kind, value in values.items() if kind in signals
            ]
    except MediaError as error:
        return FileSignatures(file.name, error=str(error))
    return file


def _video(path: str, pool: MediaPool, file: FileSignatures) -> bool:
    try:
        video = pool.video_of(path)
    except MediaError as error:
        if error.trouble is Trouble.NOT_A_VIDEO:
            return False
        raise
    file.is_video = True
    value = packed(video.vpdq)
    if not len(matchable_hashes(value)):
        file.remarks.append(_("no frame with enough detail to be matched: its vPDQ is not added"))
        return True
    if video.cut_short:
        file.remarks.append(
            _("only its first {seconds} seconds were looked at; the rest is not in the entry").format(
                seconds=f"{video.seconds:,.0f}"
            )
        )
    file.signatures.append(Signature(SignalType.VPDQ, value))
    return True


def _picture(parts: Sequence[HashedPart], file: FileSignatures, *, inner: bool) -> None:
    for part in parts:
        box = part.inner
        if part.too_flat:
            if box is None:
                file.remarks.append(
                    _("too little detail (quality {quality}, {needed} are needed): its PDQ hash is not added").format(
                        quality=part.quality, needed=MATCH_QUALITY
                    )
                )
        elif box is not None and not inner:
            file.remarks.append(
                _("there is a framed picture in it, {width} x {height} at {left}, {top}: --inner adds that too").format(
                    width=box.right - box.left, height=box.bottom - box.top, left=box.left, top=box.top
                )
            )
        else:
            turns = tuple(bytes(turned.hash) for turned in part.orientations)
            file.signatures.append(Signature(SignalType.PDQ, turns[0], part.quality, turns))
