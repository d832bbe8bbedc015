"""One jailed worker: what it says is checked, and it is ended when it dies, hangs or breaks the rules."""

from __future__ import annotations

import fcntl
import os
import select
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from math import inf
from typing import TYPE_CHECKING, BinaryIO, TypeVar, cast

import numpy as np

from haalweg.adapters.media import records
from haalweg.adapters.media.errors import Trouble
from haalweg.adapters.media.jail import Level
from haalweg.adapters.media.records import Flag, Job, Kind, RecordError
from haalweg.errors import HaalwegError
from haalweg.signals import FrameView, HashedFrame, VideoSignatures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import FileIO

    from numpy.typing import NDArray

    from haalweg.adapters.media.limits import Limits
    from haalweg.signals import HashedPart

PICTURES = "haalweg.adapters.media.worker"
VIDEOS = "haalweg.adapters.media.video_worker"

_START_S = 60.0  # a cold disk and a busy machine
_PIPE_BYTES = 1 << 20  # most that Linux gives; most files fit whole, so that neither side waits for the other
_Room = TypeVar("_Room", bytearray, memoryview)


class WorkerStartError(HaalwegError):
    """A worker that did not get as far as locking itself in."""


class StreamError(Exception):
    """What a caller's own stream raised while a video was read from it."""

    def __init__(self, error: Exception) -> None:
        super().__init__(type(error).__name__)
        self.error = error


class Refusal(Exception):  # noqa: N818 - not an error of the caller's: it becomes a MediaError with the file's name
    def __init__(self, trouble: Trouble, size: tuple[int, int] = (0, 0)) -> None:
        super().__init__(trouble.name)
        self.trouble = trouble
        self.size = size


class JailedProcess:
    """One worker and the two pipes to it. Not for more than one thread at a time."""

    def __init__(self, limits: Limits, *, module: str = PICTURES) -> None:
        """Start it and wait until it is locked in. Raises WorkerStartError."""
        self._limits = limits
        self._number = 0
        # Nothing of our environment: no key, no setting, no proxy. -I would also drop the way to an editable install.
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", module, *limits.to_arguments()],
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
            self.level = Level(self._header(Kind.READY)[1])
        except (Refusal, OSError, EOFError, ValueError) as error:
            self.end()
            raise WorkerStartError(
                f"The decoding worker did not start. Run `python -m {module} "
                f"{' '.join(limits.to_arguments())}` to see why."
            ) from error

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def ask(
        self, job: Job, data: bytes, flags: int, seen: Callable[[FrameView], object] | None = None
    ) -> tuple[HashedPart, ...] | NDArray[np.uint8]:
        """Send a file and read the answer. Raises Refusal; after one that ends it, `is_alive` is false.

        seen: told each view; without it none is asked for.
        """
        with self._held_to_the_rules(Trouble.TOO_SLOW):
            self._begin(job, flags | _views_flag(seen), len(data), self._limits.seconds)
            self._write(data)
            return self._answer(job, seen)

    def watch(
        self, stream: BinaryIO, size: int, seen: Callable[[FrameView, HashedFrame], object] | None = None
    ) -> VideoSignatures:
        """Have a video looked at, and send what is asked for of it. Raises Refusal, and StreamError for the stream's.

        What was seen before a limit was met is given, cut short. seen: told each view, with its frame, as it comes.
        """
        frames: list[HashedFrame] = []
        size = min(size, records.MOST_BLOCKS * records.BLOCK_BYTES)
        try:
            with self._held_to_the_rules(Trouble.VIDEO_TOO_SLOW):
                self._begin(Job.VIDEO, _views_flag(seen), size, self._limits.video_seconds + records.VIDEO_GRACE_S)
                return self._watched(stream, size, frames, seen)
        except Refusal as refusal:
            if not frames or refusal.trouble in (Trouble.WORKER_DIED, Trouble.BROKE_THE_RULES):
                raise
            return VideoSignatures(tuple(frames), frames[-1].timestamp_s, cut_short=True)

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked again."""
        return self._process.poll() is None

    def kill(self) -> None:
        """Kill it under the hands of the thread that asks it, which then ends it."""
        self._process.kill()

    def end(self) -> None:
        """Kill it and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        self._to.close()
        self._from.close()

    @contextmanager
    def _held_to_the_rules(self, when_slow: Trouble) -> Iterator[None]:
        try:
            yield
        except (RecordError, ValueError) as error:
            self.end()
            raise Refusal(Trouble.BROKE_THE_RULES) from error
        except TimeoutError as error:
            self.end()
            raise Refusal(when_slow) from error
        except (OSError, EOFError) as error:
            self.end()
            raise Refusal(Trouble.WORKER_DIED) from error
        except Refusal:  # its own answer: it is ready for the next file
            raise
        except BaseException:  # Ctrl-C in between: what it still wants to say is not an answer to the next file
            self.end()
            raise

    def _begin(self, job: Job, flags: int, length: int, patience_s: float) -> None:
        self._number = (self._number + 1) & 0xFFFFFFFF
        self._ends_at = time.monotonic() + patience_s
        self._write(records.REQUEST.pack(records.REQUEST_MAGIC, self._number, job, flags, length))

    def _answer(
        self, job: Job, seen: Callable[[FrameView], object] | None
    ) -> tuple[HashedPart, ...] | NDArray[np.uint8]:
        if job is not Job.PIXELS:
            _, _, count, views = self._header(Kind.PARTS)
            if views and (seen is None or views > count):
                raise RecordError("views that were not asked for")
            parts = self._parts(count, records.MOST_PARTS)
            frames = {part.frame for part in parts}
            for _ in range(views):
                view = self._view(self._limits.max_pixels)
                if view.frame not in frames:
                    raise RecordError("a view of another frame")
                frames.remove(view.frame)
                if seen is not None:
                    seen(view)
            return parts
        _, _, width, height = self._header(Kind.PIXELS)
        if not 0 < width * height <= self._limits.max_pixels:
            raise RecordError(f"{width} x {height} pixels")
        rgb = np.empty((height, width, 3), np.uint8)
        self._read(rgb.data.cast("B"))
        return rgb

    def _watched(
        self,
        stream: BinaryIO,
        size: int,
        frames: list[HashedFrame],
        seen: Callable[[FrameView, HashedFrame], object] | None,
    ) -> VideoSignatures:
        while True:
            kind, detail, first, second = self._header(Kind.READ, Kind.FRAME, Kind.END)
            if second > int(kind == Kind.FRAME and seen is not None):
                raise RecordError("a field that is not used, or a view that was not asked for")
            if kind == Kind.READ:
                self._write(_block(stream, first, size))
            elif kind == Kind.FRAME:
                frames.append(self._frame(first, frames))
                if second and seen is not None:
                    view = self._view(self._limits.video_pixels)
                    if view.frame != len(frames) - 1:
                        raise RecordError("a view of another frame")
                    seen(view, frames[-1])
            else:
                seconds = self._time()
                if not frames or seconds < frames[-1].timestamp_s or detail > 1:
                    raise RecordError("an end that cannot be")
                return VideoSignatures(tuple(frames), seconds, cut_short=bool(detail))
            # Nothing above waits for a worker that asks and asks.
            if time.monotonic() > self._ends_at:
                raise TimeoutError

    def _frame(self, count: int, before: list[HashedFrame]) -> HashedFrame:
        if len(before) == self._limits.video_frames:
            raise RecordError("more frames than were asked for")
        timestamp_s = self._time()
        if before and timestamp_s <= before[-1].timestamp_s:
            raise RecordError("a frame before the one before")
        parts = self._parts(count, records.MOST_PARTS_OF_A_FRAME)
        if parts[0].inner is not None or any(part.frame != len(before) for part in parts):
            raise RecordError("parts of another frame")
        return HashedFrame(timestamp_s, parts)

    def _view(self, most_pixels: int) -> FrameView:
        head = self._read(bytearray(records.VIEW.size))
        frame, width, height, shape = records.checked_view(head, most_pixels)
        grey = np.empty(shape, np.uint8)
        self._read(grey.data.cast("B"))
        return FrameView(frame, width, height, grey)

    def _time(self) -> float:
        (seconds,) = records.TIME.unpack(self._read(bytearray(records.TIME.size)))
        if not 0 <= seconds < inf:
            raise RecordError("a time that cannot be")
        return float(seconds)

    def _parts(self, count: int, most: int) -> tuple[HashedPart, ...]:
        if not 1 <= count <= most:
            raise RecordError(f"{count} parts")
        return records.unpacked(self._read(bytearray(count * records.PART.size)))

    def _header(self, *expected: Kind) -> tuple[int, int, int, int]:
        header = self._read(bytearray(records.ANSWER.size))
        magic, number, kind, detail, first, second = records.ANSWER.unpack(header)
        if magic != records.ANSWER_MAGIC or number != self._number:
            raise RecordError("not an answer to this request")
        if kind == Kind.TROUBLE:
            trouble = Trouble(detail)
            if not trouble.is_a_workers:
                raise RecordError("a trouble that is not for a worker to say")
            raise Refusal(trouble, (first, second))
        if kind not in expected:
            raise RecordError("an answer of another kind")
        return kind, detail, first, second

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


def _views_flag(seen: object) -> int:
    return 0 if seen is None else Flag.VIEWS


def _block(stream: BinaryIO, block: int, size: int) -> bytes:
    length = records.block_length(block, size)
    if not length:
        raise RecordError("a block that is not there")
    try:
        stream.seek(block * records.BLOCK_BYTES)
        return records.read_exactly(stream, length)
    except Exception as error:
        raise StreamError(error) from error


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("HAALWEG_ISA", "VIRTUAL_ENV") if name in os.environ}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8", "PYTHONSAFEPATH": "1"}
