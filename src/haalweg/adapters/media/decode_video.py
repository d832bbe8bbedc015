"""Videos to frames of sRGB pixels, one a second, turned as shown. Runs inside the jail only."""

from __future__ import annotations

import time
from math import floor
from typing import TYPE_CHECKING

import av
import numpy as np
from av.codec.context import ThreadType
from av.stream import Discard, Disposition

from haalweg.adapters.media.errors import DecodeError, Trouble
from haalweg.adapters.media.records import BLOCK_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from av.container import InputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

    from haalweg.adapters.media.limits import Limits

    Rgb = NDArray[np.uint8]

# Of FFmpeg's four hundred formats and five hundred decoders, these. None of them opens a second file or address.
FORMATS = ("mov", "matroska", "avi", "mpegts", "mpeg", "mpegvideo", "flv", "asf", "ogg")
DECODERS = (
    *("h264", "hevc", "vvc", "vp8", "vp9", "libdav1d", "av1", "mpeg4", "mpeg2video", "mpeg1video", "mjpeg", "theora"),
    *("h263", "h263i", "h263p", "flv", "vp6", "vp6f", "msmpeg4", "msmpeg4v1", "msmpeg4v2", "msmpeg4v3"),
    *("wmv1", "wmv2", "wmv3", "vc1", "svq1", "svq3", "cinepak", "dvvideo", "prores", "rawvideo"),
)
_BLOCKS_KEPT = 16
_LONGEST_PAUSE_S = 86_400.0  # a longer step from one frame to the next is a broken clock
_SLACK_S = 2.0  # so much less than it says of itself, a video may last

av.logging.set_level(None)


class OutOfTimeError(Exception):
    """Raised under FFmpeg's hands where it reads on and on."""


class Blocks:
    """A video as FFmpeg reads it: blocks that are fetched when they are wanted, the last few of them kept."""

    def __init__(self, fetch: Callable[[int], bytes], size: int, ends_at: float) -> None:
        """fetch: gives a block by its number; ends_at: on the monotonic clock, when reading is over."""
        self._fetch = fetch
        self._size = size
        self._ends_at = ends_at
        self._at = 0
        self._kept: dict[int, bytes] = {}

    def read(self, count: int) -> bytes:
        """At most so many bytes; none at the end. Raises OutOfTimeError."""
        if time.monotonic() > self._ends_at:
            raise OutOfTimeError
        if self._at >= self._size:
            return b""
        block, start = divmod(self._at, BLOCK_BYTES)
        piece = self._block(block)[start : start + count]
        self._at += len(piece)
        return piece

    def seek(self, offset: int, whence: int = 0) -> int:
        """As a file's."""
        at = offset + (0, self._at, self._size)[whence]
        if at < 0:
            raise ValueError("before the first byte")
        self._at = at
        return at

    def tell(self) -> int:
        """As a file's."""
        return self._at

    def _block(self, number: int) -> bytes:
        data = self._kept.pop(number, None) or self._fetch(number)
        self._kept[number] = data  # last again
        if len(self._kept) > _BLOCKS_KEPT:
            del self._kept[next(iter(self._kept))]
        return data


class OpenedVideo:
    """A video of which only the header was read."""

    def __init__(self, file: Blocks, limits: Limits, ends_at: float) -> None:
        """Read the header. Raises DecodeError where there is nothing to see in it, or more than the limits."""
        self._limits = limits
        self._ends_at = ends_at
        self.seconds = 0.0  # that were looked at so far
        self.cut_short = False
        try:
            self._container = _opened(file, limits)
            self._stream = self._chosen_stream()
        except (MemoryError, DecodeError):
            raise
        except OutOfTimeError as error:
            raise DecodeError(Trouble.VIDEO_TOO_SLOW) from error
        except Exception as error:
            raise DecodeError(Trouble.DAMAGED_VIDEO) from error
        self._clock = _Clock(self._stream)
        self._due_s = 0.0
        self._read_to = 0  # in the stream's own time

    def frames(self) -> Iterator[tuple[float, Rgb]]:
        """The first frame, then the first of every second, each with its time. Raises DecodeError where there is none.

        Ends at the limits, and where the file cannot be read on, with `cut_short` set.
        """
        given = 0
        for frame in self._decoded():
            self.seconds = self._clock.at(frame.pts)
            rgb = self._pixels(frame) if self.seconds >= self._due_s else None
            if rgb is None:
                continue
            if given == self._limits.video_frames:
                self.cut_short = True
                break
            self._due_s = floor(self.seconds) + 1
            given += 1
            yield self.seconds, rgb
        if not given:
            raise DecodeError(Trouble.VIDEO_TOO_SLOW if time.monotonic() > self._ends_at else Trouble.DAMAGED_VIDEO)
        self.cut_short |= self._ends_early()

    def _chosen_stream(self) -> VideoStream:
        streams = self._container.streams
        if len(streams) > self._limits.video_streams:
            raise DecodeError(Trouble.TOO_MANY_STREAMS)
        best = streams.best("video")
        chosen = next((stream for stream in streams.video if best is not None and stream.index == best.index), None)
        if chosen is None or Disposition.attached_pic in Disposition(chosen.disposition):  # a record sleeve
            raise DecodeError(Trouble.NO_FRAMES)
        if getattr(chosen.codec_context, "name", None) not in DECODERS:  # None: there is no decoder
            raise DecodeError(Trouble.NO_FRAMES)
        if chosen.width * chosen.height > self._limits.video_pixels:
            raise DecodeError(Trouble.TOO_MANY_PIXELS_A_FRAME, (chosen.width, chosen.height))
        for stream in streams:
            if stream.index != chosen.index:
                stream.discard = Discard.all  # so that it is not even read where the format allows
        context = chosen.codec_context
        context.thread_type, context.thread_count = ThreadType.NONE, 1
        context.options = {"max_pixels": str(self._limits.video_pixels)}  # for sizes that change on the way
        return chosen

    def _decoded(self) -> Iterator[VideoFrame]:
        packets = self._container.demux(self._stream)
        while time.monotonic() <= self._ends_at:
            try:
                packet = next(packets)
            except StopIteration:
                return
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 - whatever a broken file raises, what was seen before it can be fine
                break
            self._skip_what_is_not_due(packet)
            yield from self._decoded_packet(packet)
        self.cut_short = True

    def _decoded_packet(self, packet: Packet[VideoStream]) -> list[VideoFrame]:
        self._read_to = max(self._read_to, (packet.pts or 0) + (packet.duration or 0))
        try:
            return self._stream.decode(packet)
        except MemoryError:
            raise
        except av.FFmpegError:
            return []  # as players do, who show the next one

    def _skip_what_is_not_due(self, packet: Packet[VideoStream]) -> None:
        # A frame that no other is built on need not be decoded when it is not to be hashed: of common videos half.
        # One that would go back in time is: the clock may then run otherwise than it seems now.
        early = packet.pts is not None and self._clock.is_between(packet.pts, self._due_s)
        self._stream.codec_context.skip_frame = "NONREF" if early else "DEFAULT"

    def _pixels(self, frame: VideoFrame) -> Rgb | None:
        if frame.width * frame.height > self._limits.video_pixels:
            return None
        try:
            rgb = frame.to_ndarray(format="rgb24", threads=1)
        except MemoryError:
            raise
        except (av.FFmpegError, ValueError):  # pixels of a kind that cannot be converted
            return None
        return np.ascontiguousarray(np.rot90(rgb, round(frame.rotation / 90)))

    def _ends_early(self) -> bool:
        duration, base = self._stream.duration, self._stream.time_base
        if duration is None or base is None:
            return False
        return float((duration + (self._stream.start_time or 0) - self._read_to) * base) > _SLACK_S


class _Clock:
    """Seconds of playing since the first frame: never backwards, whatever the file's own times do."""

    def __init__(self, stream: VideoStream) -> None:
        self._tick_s = float(stream.time_base or 1 / 1000)
        rate = float(stream.average_rate or 25)
        self._frame_ticks = max(1, round(1 / min(max(rate, 1), 1000) / self._tick_s))
        self._ticks = 0
        self._last: int | None = None

    def at(self, pts: int | None) -> float:
        """Take a frame's own time, and say what the clock shows."""
        if self._last is None:
            self._last = pts if pts is not None else 0
        else:
            self._ticks += self._step(pts)
            self._last = pts if pts is not None else self._last + self._frame_ticks
        return self._ticks * self._tick_s

    def is_between(self, pts: int, due_s: float) -> bool:
        """Whether a frame of that time comes after the last one and before what is due."""
        if self._last is None or pts <= self._last:
            return False
        return (self._ticks + self._step(pts)) * self._tick_s < due_s

    def _step(self, pts: int | None) -> int:
        step = self._frame_ticks if pts is None or self._last is None else pts - self._last
        return step if 0 < step * self._tick_s <= _LONGEST_PAUSE_S else self._frame_ticks


def _opened(file: Blocks, limits: Limits) -> InputContainer:
    return av.open(
        file,
        "r",
        metadata_errors="ignore",
        options={
            "format_whitelist": ",".join(FORMATS),
            "codec_whitelist": ",".join(DECODERS),
            "max_streams": str(limits.video_streams + 1),
            "max_pixels": str(limits.video_pixels),
        },
    )
