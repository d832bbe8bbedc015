"""A locked-in process for videos: their blocks come in as it asks for them, signatures go out, nothing else happens.

Started by `pool` as `python -m haalweg.adapters.media.video_worker` with the limits as arguments. A process of its own
kind, so that workers for pictures need not load FFmpeg, nor be within reach of what is wrong with it.
"""

from __future__ import annotations

import io
import sys
import time
from typing import TYPE_CHECKING

import av
import numpy as np

from haalweg.adapters.media import records
from haalweg.adapters.media.decode_video import Blocks, OpenedVideo
from haalweg.adapters.media.hashing import Views, whole_and_inner
from haalweg.adapters.media.limits import Limits
from haalweg.adapters.media.records import BLOCK_BYTES, Flag, Job, Kind
from haalweg.adapters.media.serving import run

if TYPE_CHECKING:
    from haalweg.adapters.media.serving import Line, Request


def main(arguments: list[str]) -> None:
    """Be a worker for videos."""
    limits = Limits.from_arguments(arguments)
    run(limits, limits.video_seconds + records.VIDEO_GRACE_S, warm_up, answer)


def answer(line: Line, request: Request, limits: Limits) -> None:
    """Hash one video, frame by frame."""
    if request.job is not Job.VIDEO:
        raise records.RecordError("not a video")

    def fetch(block: int) -> bytes:
        line.send(request.number, Kind.READ, counts=(block, 0))
        return line.take(records.block_length(block, request.length))

    ends_at = time.monotonic() + limits.video_seconds
    video = OpenedVideo(Blocks(fetch, request.length, ends_at), limits, ends_at)
    wanted = Views()
    for number, (timestamp_s, rgb) in enumerate(video.frames()):
        parts = whole_and_inner(number, rgb)
        views = wanted.of(parts[0], rgb, timestamp_s) if request.flags & Flag.VIEWS else []
        payload = records.TIME.pack(timestamp_s) + records.packed(parts) + records.packed_views(views)
        line.send(request.number, Kind.FRAME, counts=(len(parts), len(views)), payload=payload)
    line.send(request.number, Kind.END, detail=video.cut_short, payload=records.TIME.pack(video.seconds))


def warm_up(limits: Limits) -> None:
    """Decode and hash a drawn video, so that nothing has to be loaded from a disk later."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("mpeg4", rate=1)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
        container.mux([*stream.encode(frame), *stream.encode()])
    data = out.getvalue()

    def fetch(block: int) -> bytes:
        return data[block * BLOCK_BYTES :][:BLOCK_BYTES]

    ends_at = time.monotonic() + limits.video_seconds
    for number, (_, rgb) in enumerate(OpenedVideo(Blocks(fetch, len(data), ends_at), limits, ends_at).frames()):
        Views().of(whole_and_inner(number, rgb)[0], rgb)


if __name__ == "__main__":
    main(sys.argv[1:])
