"""The jailed workers and the way to them: one file at a time each, replaced when one dies or hangs."""

from __future__ import annotations

import atexit
import fcntl
import os
import queue
import select
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Self, TypeVar, cast

import numpy as np

from haalweg.adapters.media import records
from haalweg.adapters.media.errors import MediaError, Trouble, sentence_for
from haalweg.adapters.media.jail import Level
from haalweg.adapters.media.limits import Limits
from haalweg.adapters.media.records import Flag, Job, Kind, RecordError
from haalweg.adapters.media.sources import Source, bytes_of, place_of
from haalweg.errors import HaalwegError

if TYPE_CHECKING:
    from io import FileIO

    from numpy.typing import NDArray

    from haalweg.signals import Hashed, HashedPart

_START_S = 60.0  # a cold disk and a busy machine
_PIPE_BYTES = 1 << 20  # most that Linux gives; most files fit whole, so that neither side waits for the other
_Room = TypeVar("_Room", bytearray, memoryview)
_WORDS = {
    Level.LIMITS: "memory and file limits only: this kernel has neither seccomp nor Landlock for us",
    Level.LANDLOCK: "Landlock and limits: no file can be opened; this kernel has no seccomp for us",
    Level.SECCOMP: "seccomp and limits: no file, network, process or new code",
    Level.SECCOMP_AND_LANDLOCK: "seccomp, Landlock and limits: no file, network, process or new code",
}


class WorkerStartError(HaalwegError):
    """A worker that did not get as far as locking itself in."""


class _Refusal(Exception):  # noqa: N818 - not an error of the caller's: it becomes a MediaError with the file's name
    def __init__(self, trouble: Trouble, size: tuple[int, int] = (0, 0)) -> None:
        super().__init__(trouble.name)
        self.trouble = trouble
        self.size = size


class JailedProcess:
    """One worker and the two pipes to it. Not for more than one thread at a time."""

    def __init__(self, limits: Limits, *, module: str = "haalweg.adapters.media.worker") -> None:
        """Start it and wait until it is locked in. Raises WorkerStartError."""
        self._limits = limits
        self._number = 0
        # Nothing of our environment: no key, no setting, no proxy. -I would also drop the way to an editable install.
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", module, *_arguments(limits)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            close_fds=True,
            cwd="/",
            env=_environment(),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = cast("FileIO", self._process.stdin), cast("FileIO", self._process.stdout)  # bufsize=0
        for pipe in (self._to, self._from):
            os.set_blocking(pipe.fileno(), False)  # our ends only: it is we who watch the clock
            with suppress(OSError):  # who has many pipes gets small ones
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        self._ends_at = time.monotonic() + _START_S
        try:
            self.level = Level(self._header(Kind.READY)[0])
        except (_Refusal, OSError, EOFError, ValueError) as error:
            self.end()
            raise WorkerStartError(
                "The decoding worker did not start. Run `python -m haalweg.adapters.media.worker "
                f"{' '.join(_arguments(limits))}` to see why."
            ) from error

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def ask(self, job: Job, data: bytes, flags: int) -> tuple[HashedPart, ...] | NDArray[np.uint8]:
        """Send a file and read the answer. Raises _Refusal; after one that ends it, `is_alive` is false."""
        self._number = (self._number + 1) & 0xFFFFFFFF
        header = records.REQUEST.pack(records.REQUEST_MAGIC, self._number, job, flags, len(data))
        self._ends_at = time.monotonic() + self._limits.seconds
        try:
            self._write(header)
            self._write(data)
            return self._answer(job)
        except (RecordError, ValueError) as error:
            self.end()
            raise _Refusal(Trouble.BROKE_THE_RULES) from error
        except TimeoutError as error:
            self.end()
            raise _Refusal(Trouble.TOO_SLOW) from error
        except (OSError, EOFError) as error:
            self.end()
            raise _Refusal(Trouble.WORKER_DIED) from error
        except BaseException:  # Ctrl-C in between: what it still wants to say is not an answer to the next file
            self.end()
            raise

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked again."""
        return self._process.poll() is None

    def end(self) -> None:
        """Kill it and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        self._to.close()
        self._from.close()

    def _answer(self, job: Job) -> tuple[HashedPart, ...] | NDArray[np.uint8]:
        if job is not Job.PIXELS:
            _, count, _ = self._header(Kind.PARTS)
            if not 1 <= count <= records.MOST_PARTS:
                raise RecordError(f"{count} parts")
            return records.unpacked(self._read(bytearray(count * records.PART.size)))
        _, width, height = self._header(Kind.PIXELS)
        if not 0 < width * height <= self._limits.max_pixels:
            raise RecordError(f"{width} x {height} pixels")
        rgb = np.empty((height, width, 3), np.uint8)
        self._read(rgb.data.cast("B"))
        return rgb

    def _header(self, expected: Kind) -> tuple[int, int, int]:
        header = self._read(bytearray(records.ANSWER.size))
        magic, number, kind, detail, first, second = records.ANSWER.unpack(header)
        if magic != records.ANSWER_MAGIC or number != self._number:
            raise RecordError("not an answer to this request")
        if kind == Kind.TROUBLE:
            raise _Refusal(Trouble(detail), (first, second))
        if kind != expected:
            raise RecordError("an answer of another kind")
        return detail, first, second

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[self._to.write(rest) or 0 :]
            if rest:
                self._await(self._to, select.POLLOUT)

    def _read(self, room: _Room) -> _Room:
        rest = memoryview(room)
        while rest:
            got = self._from.readinto(rest)
            if got == 0:
                raise EOFError(f"{len(rest)} bytes short")
            rest = rest[got or 0 :]
            if rest:
                self._await(self._from, select.POLLIN)
        return room

    def _await(self, pipe: FileIO, event: int) -> None:
        # Asked after each piece: a worker that always has one more byte ready is too slow as well.
        left_s = self._ends_at - time.monotonic()
        waiting = select.poll()
        waiting.register(pipe, event)
        if left_s <= 0 or not waiting.poll(left_s * 1000):
            raise TimeoutError


class MediaPool:
    """So many jailed workers, for any number of threads. Make it before any key is read; a worker inherits nothing."""

    def __init__(self, workers: int = 1, *, limits: Limits | None = None) -> None:
        """Start the workers. Raises WorkerStartError."""
        self.limits = limits or Limits()
        self.workers = workers
        self._idle: queue.LifoQueue[JailedProcess | None] = queue.LifoQueue()
        first = JailedProcess(self.limits)
        self.level = first.level
        for _ in range(workers - 1):
            self._idle.put(None)  # started when it is first needed
        self._idle.put(first)

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

    def load_pixels(self, source: Source, *, tiff: bool = False) -> NDArray[np.uint8]:
        """Pixels of the first frame, uint8 (height, width, 3). Raises MediaError."""
        rgb = self._ask(Job.PIXELS, source, fast=False, tiff=tiff)
        assert isinstance(rgb, np.ndarray)
        return rgb

    def close(self) -> None:
        """End the workers that are idle; those at work end when their answer is read."""
        while True:
            try:
                worker = self._idle.get_nowait()
            except queue.Empty:
                return
            if worker is not None:
                worker.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, job: Job, source: Source, *, fast: bool, tiff: bool) -> tuple[HashedPart, ...] | NDArray[np.uint8]:
        data = bytes_of(source, self.limits)
        flags = Flag.FAST * fast | Flag.TIFF * tiff
        worker = self._idle.get()
        try:
            if worker is None or not worker.is_alive:
                worker = JailedProcess(self.limits)
            return worker.ask(job, data, flags)
        except _Refusal as refusal:
            sentence = sentence_for(refusal.trouble, self.limits, refusal.size)
            raise MediaError(refusal.trouble, place_of(source), sentence) from None
        finally:
            self._idle.put(worker if worker is not None and worker.is_alive else None)


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


def jail_level() -> str:
    """What holds a worker here, in words."""
    return _WORDS[_shared_pool(os.getpid()).level]


@cache
def _shared_pool(_process: int) -> MediaPool:
    # By process id: a forked child starts workers of its own and leaves its parent's alone.
    pool = MediaPool(MediaPool.sensible_workers())
    atexit.register(pool.close)
    return pool


def _arguments(limits: Limits) -> list[str]:
    return [
        str(limits.max_bytes),
        str(limits.max_pixels),
        str(limits.frames),
        str(limits.frames_walked),
        str(limits.seconds),
        str(limits.memory_bytes),
    ]


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("HAALWEG_ISA", "VIRTUAL_ENV") if name in os.environ}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8", "PYTHONSAFEPATH": "1"}
