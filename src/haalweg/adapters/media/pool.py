"""The workers, for any number of threads: lent out, taken back, replaced when they die."""

from __future__ import annotations

import atexit
import os
import queue
from contextlib import contextmanager, suppress
from functools import cache
from threading import Event, Lock
from typing import TYPE_CHECKING, BinaryIO, Self, TypeVar

import numpy as np

from haalweg.adapters.media.errors import MediaError, Trouble, sentence_for
from haalweg.adapters.media.jail import Level
from haalweg.adapters.media.jailed_process import (
    PICTURES,
    VIDEOS,
    JailedProcess,
    Refusal,
    StreamError,
    WorkerStartError,
)
from haalweg.adapters.media.kinds import HEAD_BYTES, MediaKind, kind_of
from haalweg.adapters.media.limits import Limits
from haalweg.adapters.media.records import Flag, Job
from haalweg.adapters.media.sources import Source, bytes_of, place_of, seekable
from haalweg.errors import HaalwegError
from haalweg.signals import HashedPicture, TraceKind, trace_pixels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from haalweg.signals import Box, FrameView, Hashed, HashedFrame, HashedPart, Trace, VideoSignatures

_Said = TypeVar("_Said")
_WORDS = {
    Level.LIMITS: "memory and file limits only: this kernel has neither seccomp nor Landlock for us",
    Level.LANDLOCK: "Landlock and limits: no file can be opened; this kernel has no seccomp for us",
    Level.SECCOMP: "seccomp and limits: no file, network, process or new code",
    Level.SECCOMP_AND_LANDLOCK: "seccomp, Landlock and limits: no file, network, process or new code",
}


class PoolClosedError(HaalwegError):
    """A file that was not looked at, since the pool was closed meanwhile."""

    def __init__(self) -> None:
        super().__init__("The decoding workers were stopped before they had looked at the file.")


class _Crew:
    """Workers of one kind: so many at most, each started when it is first needed."""

    def __init__(self, limits: Limits, module: str, most: int) -> None:
        self._limits = limits
        self._module = module
        self._closed = Event()
        self._changing = Lock()
        self._at_work: set[JailedProcess] = set()
        self.idle: queue.LifoQueue[JailedProcess | None] = queue.LifoQueue()
        for _ in range(most):
            self.idle.put(None)

    def ask(self, question: Callable[[JailedProcess], _Said]) -> _Said:
        """Ask a worker, when one is idle. Raises what the question raises, and PoolClosedError.

        Where the worker died, a fresh one is asked the same: the kernel may have ended it for the memory that others
        took.
        """
        worker = self.idle.get()
        try:
            worker = self._sent_to_work(worker)
            try:
                return question(worker)
            except Refusal as refusal:
                if refusal.trouble is not Trouble.WORKER_DIED:
                    raise
            worker = self._sent_to_work(worker)
            return question(worker)
        except Refusal:
            if self._closed.is_set():
                raise PoolClosedError from None
            raise
        finally:
            self._take_back(worker)

    def close(self) -> None:
        """End the workers that are idle; those at work end when they have answered."""
        with self._changing:
            self._closed.set()
        idle: list[JailedProcess | None] = []
        with suppress(queue.Empty):
            while True:
                idle.append(self.idle.get_nowait())
        for worker in idle:
            if worker is not None:
                worker.end()
            self.idle.put(None)  # who waits for one is told that there is none

    def kill(self) -> None:
        """End all workers."""
        self.close()
        with self._changing:
            for worker in self._at_work:
                worker.kill()

    def _sent_to_work(self, worker: JailedProcess | None) -> JailedProcess:
        if self._closed.is_set():
            raise PoolClosedError
        fit = worker if worker is not None and worker.is_alive else self._started()
        with self._changing:
            if worker is not None:
                self._at_work.discard(worker)
            if not self._closed.is_set():
                self._at_work.add(fit)
                return fit
        fit.end()
        raise PoolClosedError

    def _started(self) -> JailedProcess:
        with suppress(WorkerStartError):  # killed while it began, for the memory that others took
            return JailedProcess(self._limits, module=self._module)
        return JailedProcess(self._limits, module=self._module)

    def _take_back(self, worker: JailedProcess | None) -> None:
        with self._changing:
            if worker is not None:
                self._at_work.discard(worker)
            closed = self._closed.is_set()
        if worker is not None and closed:
            worker.end()
        self.idle.put(worker if worker is not None and worker.is_alive else None)


class MediaPool:
    """So many jailed workers, for any number of threads. Make it before any key is read; a worker inherits nothing."""

    def __init__(self, workers: int = 1, *, limits: Limits | None = None) -> None:
        """Start the first worker for pictures; the others start when they are first needed. Raises WorkerStartError."""
        self.limits = limits or Limits()
        self.workers = workers
        self._pictures = _Crew(self.limits, PICTURES, workers)
        self._videos = _Crew(self.limits, VIDEOS, workers)
        self.level = self._pictures.ask(lambda worker: worker.level)

    @staticmethod
    def sensible_workers() -> int:
        """One for each processor this process may use."""
        return len(os.sched_getaffinity(0))

    def hash_image(self, source: Source, *, fast: bool = False, tiff: bool = False) -> Hashed:
        """PDQ of the first frame. Raises MediaError; fast as for `hash_image` of the module; tiff: read TIFF too."""
        parts = self._ask(Job.HASH, source, fast=fast, tiff=tiff)
        assert isinstance(parts, tuple)
        return parts[0].hashed

    def signatures_of(self, source: Source, *, tiff: bool = False) -> tuple[HashedPart, ...]:
        """Every distinct frame, whole first, then the pictures inside it. Raises MediaError."""
        parts = self._ask(Job.SIGNATURES, source, fast=False, tiff=tiff)
        assert isinstance(parts, tuple)
        return parts

    def picture_of(self, source: Source, *, tiff: bool = False) -> HashedPicture:
        """`signatures_of`, and the frames as traces are looked for in them. Raises MediaError."""
        data = bytes_of(source, self.limits)

        def asked(worker: JailedProcess) -> HashedPicture:
            views: list[FrameView] = []
            parts = worker.ask(Job.SIGNATURES, data, Flag.TIFF * tiff, views.append)
            assert isinstance(parts, tuple)
            return HashedPicture(parts, tuple(views))

        with self._named(source):
            return self._pictures.ask(asked)

    def load_pixels(self, source: Source, *, tiff: bool = False) -> NDArray[np.uint8]:
        """Pixels of the first frame, uint8 (height, width, 3). Raises MediaError."""
        rgb = self._ask(Job.PIXELS, source, fast=False, tiff=tiff)
        assert isinstance(rgb, np.ndarray)
        return rgb

    def video_of(
        self, source: Source, *, seen: Callable[[FrameView, HashedFrame], object] | None = None
    ) -> VideoSignatures:
        """Of a video, its first frame and then the first of each second: whole, and the pictures inside it.

        source: a path or an open file may be of any size; streams that are no files are read as they can be, those
        that cannot seek into memory as the limits allow. It is read from its beginning. seen: told those frames that
        traces are to be looked for in, as they come; where a worker died, again from the first.
        Raises MediaError, PoolClosedError, and what a stream raises that is a sentence of its own.
        """
        with seekable(source, self.limits) as (stream, size), self._named(source):
            if not _is_video(stream):
                raise Refusal(Trouble.NOT_A_VIDEO)
            return self._videos.ask(lambda worker: worker.watch(stream, size, seen))

    def close(self) -> None:
        """End the workers that are idle; those at work end when they have answered."""
        self._pictures.close()
        self._videos.close()

    def kill(self) -> None:
        """End all workers. Who waits for an answer gets PoolClosedError."""
        self._pictures.kill()
        self._videos.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, job: Job, source: Source, *, fast: bool, tiff: bool) -> tuple[HashedPart, ...] | NDArray[np.uint8]:
        data = bytes_of(source, self.limits)
        flags = Flag.FAST * fast | Flag.TIFF * tiff
        with self._named(source):
            return self._pictures.ask(lambda worker: worker.ask(job, data, flags))

    @contextmanager
    def _named(self, source: Source) -> Iterator[None]:
        try:
            yield
        except Refusal as refusal:
            raise _error(refusal.trouble, source, self.limits, refusal.size) from None
        except StreamError as failed:
            if isinstance(failed.error, HaalwegError):
                raise failed.error from None
            raise _error(Trouble.UNREADABLE_FILE, source, self.limits) from failed


def hash_image(source: Source, *, fast: bool = False) -> Hashed:
    """PDQ hash of a picture: a path, bytes or a file object; turned as EXIF says, in sRGB, decoded in a jailed worker.

    fast: baseline JPEGs of 512 pixels and more on the short side are read two to three times as fast and hash at most
    8 bits off (measured; other files are decoded exactly all the same).
    Raises MediaError, a ValueError, for what gives no hash.
    """
    return _shared_pool(os.getpid()).hash_image(source, fast=fast)


def load_pixels(source: Source) -> NDArray[np.uint8]:
    """Pixels of a picture, uint8 (height, width, 3), sRGB, turned as EXIF says, decoded in a jailed worker.

    source: a path, bytes or a file object. Raises MediaError, a ValueError, for what gives no pixels.
    """
    return _shared_pool(os.getpid()).load_pixels(source)


def trace_image(source: Source, *, kind: TraceKind = TraceKind.SOURCE, leave_out: Sequence[Box] = ()) -> Trace:
    """Trace a photo from a file, decoded in a jailed worker.

    leave_out: boxes in pixels of the photo as it is shown, in which no point is kept, beside the faces that are found.
    Raises MediaError, and TooLittleDetail where the photo holds too little to recognise a picture by.
    """
    return trace_pixels(load_pixels(source), kind=kind, leave_out=leave_out)


def jail_level() -> str:
    """What holds a worker here, in words."""
    return _WORDS[_shared_pool(os.getpid()).level]


@cache
def _shared_pool(_process: int) -> MediaPool:
    # By process id: a forked child starts workers of its own and leaves its parent's alone.
    pool = MediaPool(MediaPool.sensible_workers())
    atexit.register(pool.close)
    return pool


def _is_video(stream: BinaryIO) -> bool:
    try:
        stream.seek(0)
        return kind_of(stream.read(HEAD_BYTES)) is MediaKind.VIDEO
    except Exception as error:
        raise StreamError(error) from error


def _error(trouble: Trouble, source: Source, limits: Limits, size: tuple[int, int] = (0, 0)) -> MediaError:
    return MediaError(trouble, place_of(source), sentence_for(trouble, limits, size))
