"""What every locked-in worker does: lock in, say so, then answer one request after the other until its input ends."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

from haalweg.adapters.media import records
from haalweg.adapters.media.errors import DecodeError, Trouble
from haalweg.adapters.media.jail import lock_in
from haalweg.adapters.media.records import Job, Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from haalweg.adapters.media.jail import Level
    from haalweg.adapters.media.limits import Limits

    Answer = Callable[["Line", "Request", Limits], None]

_NICE = 5  # where processors are few, who hands files out and answers others comes before who decodes
_GRACE_S = 5  # after its parent should have stopped it, a hung worker ends by itself


@dataclass(frozen=True, slots=True)
class Request:
    """What the parent asks."""

    number: int
    job: Job
    flags: int
    length: int  # of the file, in bytes


class Line:
    """The two pipes to the parent."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO) -> None:
        """Take both over; neither may have a buffer."""
        self._requests = requests
        self._answers = answers

    def next_request(self) -> Request:
        """Wait for it. Raises EOFError where there will be none, RecordError for what is none."""
        magic, number, job, flags, length = records.REQUEST.unpack(self.take(records.REQUEST.size))
        if magic != records.REQUEST_MAGIC:
            raise records.RecordError("not a request")
        return Request(number, Job(job), flags, length)

    def take(self, count: int) -> bytes:
        """Read so many bytes of what the parent sends. Raises EOFError."""
        return records.read_exactly(self._requests, count)

    def send(
        self,
        request: int,
        kind: Kind,
        *,
        detail: int = 0,
        counts: tuple[int, int] = (0, 0),
        payload: bytes | memoryview = b"",
    ) -> None:
        """Write a record of an answer; which fields mean what is said in `records`."""
        header = records.ANSWER.pack(records.ANSWER_MAGIC, request, kind, detail, *counts)
        for piece in (header, payload):
            rest = memoryview(piece).cast("B")
            while len(rest):
                rest = rest[self._answers.write(rest) :]


def run(limits: Limits, patience_s: float, warm_up: Callable[[Limits], None], answer: Answer) -> None:
    """Be a worker. warm_up loads all that will be needed, since nothing can be loaded in the jail."""
    os.nice(_NICE)
    line = Line(os.fdopen(0, "rb", buffering=0), os.fdopen(1, "wb", buffering=0))
    warm_up(limits)
    serve(line, limits, patience_s, lock_in(limits), answer)


def serve(line: Line, limits: Limits, patience_s: float, level: Level, answer: Answer) -> None:
    """Answer until the parent is gone or asks for what it may not."""
    line.send(0, Kind.READY, detail=level)
    while True:
        try:
            request = line.next_request()
            signal.setitimer(signal.ITIMER_REAL, patience_s + _GRACE_S)
            answer(line, request, limits)
        except DecodeError as error:
            line.send(request.number, Kind.TROUBLE, detail=error.trouble, counts=error.size)
        except MemoryError:
            line.send(request.number, Kind.TROUBLE, detail=Trouble.OUT_OF_MEMORY)
        except (EOFError, records.RecordError):
            return
        signal.setitimer(signal.ITIMER_REAL, 0)
