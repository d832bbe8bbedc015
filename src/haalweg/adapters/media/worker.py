"""A locked-in process: files come in by standard input, signatures go out by standard output, nothing else happens.

Started by `pool` as `python -m haalweg.adapters.media.worker` with the limits as arguments.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, BinaryIO

from haalweg import _native
from haalweg.adapters.media import records
from haalweg.adapters.media.decode import DecodeError, Opened
from haalweg.adapters.media.errors import Trouble
from haalweg.adapters.media.jail import Level, lock_in
from haalweg.adapters.media.limits import Limits
from haalweg.adapters.media.records import Flag, Job, Kind
from haalweg.signals import Hashed, HashedPart, PdqHash, PictureShapeError, hash_orientations, inner_pictures

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from haalweg.signals import Box

_GRACE_S = 5  # after its parent should have stopped it, a hung worker ends by itself


def main(arguments: list[str]) -> None:
    """Lock in, say so, then answer until standard input ends."""
    max_bytes, max_pixels, frames, frames_walked, seconds, memory_bytes = arguments
    limits = Limits(int(max_bytes), int(max_pixels), int(frames), int(frames_walked), float(seconds), int(memory_bytes))
    requests, answers = os.fdopen(0, "rb", buffering=0), os.fdopen(1, "wb", buffering=0)
    _warm_up(limits)
    serve(requests, answers, limits, lock_in(limits))


def serve(requests: BinaryIO, answers: BinaryIO, limits: Limits, level: Level) -> None:
    """Answer one request after the other."""
    _send(answers, 0, Kind.READY, level)
    while True:
        try:
            header = records.read_exactly(requests, records.REQUEST.size)
        except EOFError:
            return
        magic, number, job, flags, length = records.REQUEST.unpack(header)
        if magic != records.REQUEST_MAGIC or length > limits.max_bytes:
            return
        data = records.read_exactly(requests, length)
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + _GRACE_S)
        try:
            _answer(answers, number, Job(job), data, flags, limits)
        except DecodeError as error:
            _send(answers, number, Kind.TROUBLE, error.trouble, error.size)
        except MemoryError:
            _send(answers, number, Kind.TROUBLE, Trouble.OUT_OF_MEMORY)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(answers: BinaryIO, number: int, job: Job, data: bytes, flags: int, limits: Limits) -> None:  # noqa: PLR0917
    opened = Opened(data, limits, tiff=bool(flags & Flag.TIFF))
    if job is Job.PIXELS:
        rgb = opened.first_frame()
        _send(answers, number, Kind.PIXELS, 0, (rgb.shape[1], rgb.shape[0]), rgb.data)
        return
    if job is Job.HASH:
        quick = _quick(data) if flags & Flag.FAST and opened.is_plain_jpeg else None
        parts = [quick or _whole(0, opened.first_frame())]
    else:
        parts = [part for frame, rgb in opened.distinct_frames() for part in _parts(frame, rgb)]
    _send(answers, number, Kind.PARTS, 0, (len(parts), 0), records.packed(parts))


def _parts(frame: int, rgb: NDArray[np.uint8]) -> list[HashedPart]:
    inner = (HashedPart(frame, box, hash_orientations(_cut_out(rgb, box))) for box in inner_pictures(rgb))
    return [_whole(frame, rgb), *inner]


def _cut_out(rgb: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    return rgb[box.top : box.bottom, box.left : box.right]


def _quick(data: bytes) -> HashedPart | None:
    """Read only the low frequencies of a JPEG; None where the reader leaves it to the full decoder."""
    found = _native.jpeg_hash_near(data, True)  # noqa: FBT003 - the core takes no names
    if found is None:
        return None
    values, quality = found
    return HashedPart(0, None, tuple(Hashed(PdqHash(value), quality) for value in values))


def _whole(frame: int, rgb: NDArray[np.uint8]) -> HashedPart:
    try:
        return HashedPart(frame, None, hash_orientations(rgb))
    except PictureShapeError as error:
        height, width = rgb.shape[:2]
        trouble = Trouble.TOO_SMALL if min(width, height) < 5 else Trouble.TOO_MANY_PIXELS
        raise DecodeError(trouble, (width, height)) from error


def _send(  # noqa: PLR0917 - the fields of a record, in their order
    answers: BinaryIO,
    number: int,
    kind: Kind,
    detail: int,
    counts: tuple[int, int] = (0, 0),
    payload: bytes | memoryview = b"",
) -> None:
    header = records.ANSWER.pack(records.ANSWER_MAGIC, number, kind, detail, *counts)
    for piece in (header, payload):
        rest = memoryview(piece).cast("B")
        while len(rest):
            rest = rest[answers.write(rest) :]


def _warm_up(limits: Limits) -> None:
    """Decode and hash a drawn picture in every format, so that nothing has to be loaded from a disk later."""
    import io  # noqa: PLC0415 - only here

    from PIL import Image  # noqa: PLC0415 - only here

    drawn = Image.linear_gradient("L").resize((64, 64)).convert("RGB")
    for name in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF", "TIFF", "HEIF"):
        out = io.BytesIO()
        drawn.save(out, name)
        _parts(0, Opened(out.getvalue(), limits, tiff=True).first_frame())


if __name__ == "__main__":
    main(sys.argv[1:])
