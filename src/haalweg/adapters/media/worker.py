"""A locked-in process: pictures come in by standard input, signatures go out by standard output, nothing else happens.

Started by `pool` as `python -m haalweg.adapters.media.worker` with the limits as arguments.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from haalweg import _native
from haalweg.adapters.media import records
from haalweg.adapters.media.decode import Opened
from haalweg.adapters.media.hashing import Views, whole, whole_and_inner
from haalweg.adapters.media.limits import Limits
from haalweg.adapters.media.records import Flag, Job, Kind
from haalweg.adapters.media.serving import run
from haalweg.signals import Hashed, HashedPart, PdqHash

if TYPE_CHECKING:
    from haalweg.adapters.media.serving import Line, Request
    from haalweg.signals import FrameView


def main(arguments: list[str]) -> None:
    """Be a worker for pictures."""
    limits = Limits.from_arguments(arguments)
    run(limits, limits.seconds, warm_up, answer)


def answer(line: Line, request: Request, limits: Limits) -> None:
    """Hash one picture, or give its pixels."""
    if request.length > limits.max_bytes or request.job is Job.VIDEO:
        raise records.RecordError("more than a picture")
    data = line.take(request.length)
    opened = Opened(data, limits, tiff=bool(request.flags & Flag.TIFF))
    if request.job is Job.PIXELS:
        rgb = opened.first_frame()
        line.send(request.number, Kind.PIXELS, counts=(rgb.shape[1], rgb.shape[0]), payload=rgb.data)
        return
    views: list[FrameView] = []
    if request.job is Job.HASH:
        quick = _quick(data) if request.flags & Flag.FAST and opened.is_plain_jpeg else None
        parts = [quick or whole(0, opened.first_frame())]
    else:
        parts, wanted = [], Views()
        for frame, rgb in opened.distinct_frames():
            of_frame = whole_and_inner(frame, rgb)
            parts += of_frame
            if request.flags & Flag.VIEWS:
                views += wanted.of(of_frame[0], rgb)
    payload = records.packed(parts) + records.packed_views(views)
    line.send(request.number, Kind.PARTS, counts=(len(parts), len(views)), payload=payload)


def _quick(data: bytes) -> HashedPart | None:
    """Read only the low frequencies of a JPEG; None where the reader leaves it to the full decoder."""
    found = _native.jpeg_hash_near(data, True)  # noqa: FBT003 - the core takes no names
    if found is None:
        return None
    values, quality = found
    return HashedPart(0, None, tuple(Hashed(PdqHash(value), quality) for value in values))


def warm_up(limits: Limits) -> None:
    """Decode and hash a drawn picture in every format, so that nothing has to be loaded from a disk later."""
    import io  # noqa: PLC0415 - only here

    from PIL import Image  # noqa: PLC0415 - only here

    drawn = Image.linear_gradient("L").resize((64, 64)).convert("RGB")
    for name in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF", "TIFF", "HEIF"):
        out = io.BytesIO()
        drawn.save(out, name)
        rgb = Opened(out.getvalue(), limits, tiff=True).first_frame()
        Views().of(whole_and_inner(0, rgb)[0], rgb)


if __name__ == "__main__":
    main(sys.argv[1:])
