"""Videos are hashed a frame a second, and one that is hostile ends with a sentence."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from typing import BinaryIO, cast

import av
import numpy as np
import pytest

from haalweg.adapters.media import Limits, MediaError, MediaPool, Trouble, kind_of
from haalweg.adapters.media.decode_video import Blocks
from haalweg.adapters.media.hashing import Views
from haalweg.adapters.media.kinds import MediaKind
from haalweg.adapters.media.records import BLOCK_BYTES
from haalweg.errors import HaalwegError
from haalweg.signals import Hashed, HashedPart, Orientation, PdqHash, hash_pixels, view_of
from tests.adapters.media.pictures_in_files import FORMATS, drawn, saved
from tests.adapters.media.videos_in_files import KINDS, first_frame, made, only_sound, slowly_hashed, with_index_first

DAMAGED = "damaged: it starts like a video but no frame of it can be decoded. Look for another copy."


def wholes(video):
    return [(frame.timestamp_s, frame.parts[0].hashed) for frame in video.frames]


def trouble_of(pool, source):
    with pytest.raises(MediaError) as caught:
        pool.video_of(source)
    assert str(caught.value).endswith(f": {caught.value.sentence}")
    return caught.value.trouble, caught.value.sentence


@pytest.fixture(scope="module")
def ordinary():
    return made(sound=True)


# --- what is hashed


@pytest.mark.parametrize(("form", "codec"), KINDS)
def test_every_kind_gives_the_frames_that_decoding_all_of_them_gives(pool, form, codec):
    data = made(form, codec)
    assert kind_of(data[:64]) is MediaKind.VIDEO
    video = pool.video_of(data)
    assert wholes(video) == slowly_hashed(data)
    assert [round(frame.timestamp_s) for frame in video.frames] == [0, 1, 2, 3]
    assert not video.cut_short
    assert 3 < video.seconds < 4


def test_of_a_video_the_frames_that_traces_are_looked_for_in_come_one_by_one(pool, ordinary):
    seen = []
    video = pool.video_of(ordinary, seen=lambda view, frame: seen.append((view, frame)))
    assert wholes(video) == wholes(pool.video_of(ordinary))
    assert [frame for _, frame in seen] == list(video.frames), "another photo each second"
    expected = view_of(0, first_frame(ordinary))
    assert expected is not None
    assert np.array_equal(seen[0][0].grey, expected.grey)
    assert [view.frame for view, _ in seen] == [0, 1, 2, 3]


def test_a_frame_that_shows_what_the_last_one_did_is_not_searched_again(pool):
    still = io.BytesIO()
    with av.open(still, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=2)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for _ in range(12):
            container.mux(stream.encode(av.VideoFrame.from_image(drawn())))
        container.mux(stream.encode())
    seen = []
    video = pool.video_of(still.getvalue(), seen=lambda view, _: seen.append(view.frame))
    assert (len(video.frames), seen) == (6, [0])


def test_far_into_a_video_not_every_second_is_searched():
    views, searched = Views(), []
    for second in range(7200):
        code = np.random.default_rng(second).bytes(32)
        part = HashedPart(second, None, (Hashed(PdqHash(code), 100),) * 8)
        searched += [view.frame for view in views.of(part, np.zeros((9, 9, 3), np.uint8), float(second))]
    assert searched[:300] == list(range(300))
    assert 800 < len(searched) < 1300
    assert max(np.diff(searched)) <= 25


def test_frames_between_that_others_are_not_built_on_are_left_out_without_changing_what_is_hashed(pool):
    data = made("matroska", "libx264", seconds=6, rate=25)
    assert wholes(pool.video_of(data)) == slowly_hashed(data)


def test_each_frame_comes_in_eight_orientations_with_its_number(pool, ordinary):
    for number, frame in enumerate(pool.video_of(ordinary).frames):
        assert frame.parts[0].inner is None
        assert [part.frame for part in frame.parts] == [number] * len(frame.parts)
        assert all(len(part.orientations) == len(Orientation) for part in frame.parts)


def test_what_a_bank_holds_of_it_is_its_whole_frames(pool, ordinary):
    video = pool.video_of(ordinary)
    assert [(frame.timestamp_s, frame.hash, frame.quality) for frame in video.vpdq] == [
        (at, hashed.hash, hashed.quality) for at, hashed in wholes(video)
    ]


def test_a_telephone_held_upright_gives_an_upright_video(pool):
    upright = made("mp4", "mpeg4", seconds=1, turned_degrees=-90)
    matrix = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)  # as telephones write it
    assert matrix in upright
    rgb = first_frame(upright)
    shown = np.ascontiguousarray(np.rot90(rgb, -1))  # a quarter to the right
    assert wholes(pool.video_of(upright)) == [(0, hash_pixels(shown))]


@pytest.mark.parametrize("degrees", [90, 180, -90])
def test_a_turned_video_is_hashed_as_it_is_shown(pool, degrees):
    lying = made("mp4", "mpeg4", seconds=1)
    ((_, standing),) = wholes(pool.video_of(made("mp4", "mpeg4", seconds=1, turned_degrees=degrees)))
    rgb = first_frame(lying)
    shown = np.ascontiguousarray(np.rot90(rgb, degrees // 90))  # both count counter-clockwise
    assert standing == hash_pixels(shown)


def test_a_picture_is_no_video_whether_it_moves_or_not(pool):
    for name in FORMATS:
        trouble, sentence = trouble_of(pool, saved(drawn(), name))
        assert trouble is Trouble.NOT_A_VIDEO
    assert sentence == "not a video we read (MP4, MOV, WebM, MKV, AVI, MPEG, FLV, WMV, Ogg Theora)."


# --- where it comes from


def test_a_path_an_open_file_bytes_and_a_member_of_an_archive_give_the_same(pool, ordinary, tmp_path):
    expected = pool.video_of(ordinary)
    path = tmp_path / "v.mp4"
    path.write_bytes(ordinary)
    with zipfile.ZipFile(tmp_path / "v.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("v.mp4", ordinary)
    assert pool.video_of(path) == expected
    with path.open("rb") as file:
        file.seek(100)
        assert pool.video_of(file) == expected
    with zipfile.ZipFile(tmp_path / "v.zip") as archive, archive.open("v.mp4") as member:
        assert pool.video_of(member) == expected


class Pipe(io.RawIOBase):
    """A stream that cannot go back."""

    def __init__(self, data) -> None:
        self._data = io.BytesIO(data)

    def readable(self):
        return True

    def readinto(self, room):
        return self._data.readinto(room)


def test_a_stream_that_cannot_go_back_is_read_into_memory_as_far_as_the_limits_allow(pool, ordinary):
    assert pool.video_of(io.BufferedReader(Pipe(ordinary))) == pool.video_of(ordinary)
    with MediaPool(limits=Limits(max_bytes=1000)) as small:
        assert trouble_of(small, io.BufferedReader(Pipe(ordinary)))[0] is Trouble.TOO_MANY_BYTES


def test_a_file_of_eight_gigabytes_is_read_in_pieces(pool, ordinary, tmp_path):
    path = tmp_path / "big.mp4"
    path.write_bytes(ordinary)
    with path.open("r+b") as file:
        file.truncate(8 << 30)  # a hole: nothing of it is on the disk
    assert pool.video_of(path).frames == pool.video_of(ordinary).frames


class Failing(io.BytesIO):
    """A stream of a file that fails when it is asked for more than its first block."""

    def __init__(self, data, error) -> None:
        super().__init__(data)
        self._error = error

    def fileno(self):
        return 0

    def read(self, size=-1):
        if self.tell() >= BLOCK_BYTES:
            raise self._error
        return super().read(size)


LONG = b"\0\0\0\x20ftypisom" + bytes(20) + b"\0\0\0\x08free" * (BLOCK_BYTES // 4)


@pytest.mark.parametrize("error", [OSError("gone"), ValueError("closed"), zipfile.BadZipFile("sum")])
def test_a_stream_that_fails_on_the_way_is_said_to_be_unreadable(pool, error):
    assert trouble_of(pool, Failing(LONG, error)) == (Trouble.UNREADABLE_FILE, "the file cannot be read.")


def test_a_stream_that_says_itself_what_is_wrong_is_let_through(pool):
    class BombError(HaalwegError, ValueError):
        pass

    with pytest.raises(BombError, match=r"^it grows and grows\.$"):
        pool.video_of(Failing(LONG, BombError("it grows and grows.")))


def test_a_file_that_shrinks_meanwhile_is_said_to_be_unreadable(pool):
    class Shrinking(Failing):
        def read(self, size=-1):
            self.truncate(min(BLOCK_BYTES, len(self.getvalue())))
            return io.BytesIO.read(self, size)

    assert trouble_of(pool, Shrinking(LONG, OSError()))[0] is Trouble.UNREADABLE_FILE


def test_an_empty_and_a_missing_file(pool, tmp_path):
    assert trouble_of(pool, b"")[0] is Trouble.EMPTY
    assert trouble_of(pool, io.BytesIO())[0] is Trouble.EMPTY
    assert trouble_of(pool, tmp_path / "v.mp4")[0] is Trouble.NO_SUCH_FILE
    assert trouble_of(pool, tmp_path)[0] is Trouble.NOT_A_FILE


def test_blocks_are_a_file_that_is_fetched_as_it_is_read():
    data = np.random.default_rng(0).bytes(3 * BLOCK_BYTES + 1000)
    fetched = []

    def fetch(number):
        fetched.append(number)
        return data[number * BLOCK_BYTES :][:BLOCK_BYTES]

    blocks = Blocks(fetch, len(data), time.monotonic() + 60)
    assert blocks.seek(-1500, 2) == len(data) - 1500
    assert blocks.read(4000) + blocks.read(4000) == data[-1500:]
    assert blocks.read(10) == b""
    assert (blocks.seek(5), blocks.seek(5, 1), blocks.tell()) == (5, 10, 10)
    assert blocks.read(7) == data[10:17]
    assert blocks.seek(1 << 40) == 1 << 40
    assert blocks.read(1) == b""
    with pytest.raises(ValueError, match="before the first byte"):
        blocks.seek(-1)
    blocks.seek(0)
    blocks.read(1)
    assert fetched == [2, 3, 0]


# --- what is hostile


@pytest.mark.threat("F9")
def test_a_video_whose_index_was_cut_off_is_said_to_be_damaged(pool, ordinary):
    for part in (0.1, 0.5, 0.9):
        assert trouble_of(pool, ordinary[: int(len(ordinary) * part)]) == (Trouble.DAMAGED_VIDEO, DAMAGED)


@pytest.mark.threat("F9")
@pytest.mark.parametrize("form", ["matroska", "flv", "mpegts", "avi"])
def test_of_a_cut_video_what_is_there_is_hashed(pool, form):
    data = made(form, {"flv": "flv", "avi": "mpeg4"}.get(form, "libx264"), seconds=8)
    found = wholes(pool.video_of(data[: len(data) // 2]))
    assert 2 <= len(found) < 8
    assert found[:2] == slowly_hashed(data)[:2]


def test_a_video_that_ends_before_it_says_it_does_is_cut_short(pool, tmp_path):
    data = with_index_first(made(seconds=8), tmp_path / "v.mp4")
    assert not pool.video_of(data).cut_short
    video = pool.video_of(data[: len(data) // 2])
    assert video.cut_short
    assert 2 <= len(video.frames) < 8


@pytest.mark.threat("F9")
def test_only_sound_and_a_sleeve_are_nothing_to_see(pool):
    sentence = "a video file with nothing to see that we decode: sound only, or a codec we do not read."
    assert trouble_of(pool, only_sound()) == (Trouble.NO_FRAMES, sentence)
    assert trouble_of(pool, made("avi", "ffv1", seconds=1)) == (Trouble.NO_FRAMES, sentence)


@pytest.mark.threat("F9")
def test_seventy_streams_are_too_many(pool):
    assert trouble_of(pool, made("matroska", "mpeg4", seconds=1, rate=1, streams=70)) == (
        Trouble.TOO_MANY_STREAMS,
        "more than 64 streams in one video file.",
    )


@pytest.mark.threat("F9")
def test_frames_larger_than_the_limit_are_not_decoded():
    with MediaPool(limits=Limits(video_pixels=100_000)) as tight:
        assert trouble_of(tight, made(seconds=1)) == (
            Trouble.TOO_MANY_PIXELS_A_FRAME,
            "352 x 288 pixels a frame; at most 100,000 are decoded.",
        )
        small, large = (made("mpegts", "mpeg2video", seconds=2, size=size) for size in ((320, 240), (640, 480)))
        assert len(tight.video_of(small + large).frames) == 2, "of a size that changes on the way too"


@pytest.mark.threat("F9")
def test_a_size_that_changes_on_the_way_is_followed(pool):
    small, large = (made("mpegts", "mpeg2video", seconds=2, size=size) for size in ((320, 240), (640, 480)))
    found = [hashed.hash for _, hashed in wholes(pool.video_of(small + large))]
    expected = [hashed.hash for part in (small, large) for _, hashed in slowly_hashed(part)]
    assert len(found) == 4
    # The clock of the second part begins where that of the first ended, so that its frames are others by one.
    assert all(one.distance(other) < 32 for one, other in zip(found, expected, strict=True))


@pytest.mark.threat("F9")
def test_a_frame_that_promises_four_gigapixels(pool):
    data = made("avi", "mjpeg", seconds=1, rate=1)
    size = struct.pack(">HH", 288, 352)
    assert data.count(size) == 1
    assert trouble_of(pool, data.replace(size, struct.pack(">HH", 65_500, 65_500)))[0] in (
        Trouble.DAMAGED_VIDEO,
        Trouble.TOO_MANY_PIXELS_A_FRAME,
    )


def patched(data, box, offset, value):
    """Overwrite 32 bits of an MP4's box, counted from behind its name."""
    changed = bytearray(data)
    struct.pack_into(">I", changed, data.index(box) + 4 + offset, value)
    return bytes(changed)


@pytest.mark.threat("F9")
@pytest.mark.parametrize(
    ("box", "offset", "value"),
    [
        (b"mdhd", 12, 0),  # no ticks in a second
        (b"mdhd", 12, 1),  # each frame lasts for hours
        (b"mdhd", 12, 1 << 31),
        (b"stts", 12, 0),  # frames that take no time
        (b"stts", 12, (1 << 31) - 1),
        (b"stts", 12, (1 << 32) - 5),  # time that runs backwards
        (b"stts", 8, (1 << 32) - 1),  # 4 billion frames: at one a second more than a century
        (b"stsz", 8, (1 << 32) - 1),
        (b"stco", 4, (1 << 32) - 1),
    ],
)
def test_clocks_and_indexes_that_lie_cost_neither_time_nor_memory(pool, ordinary, box, offset, value):
    begun = time.monotonic()
    try:
        video = pool.video_of(patched(ordinary, box, offset, value))
    except MediaError as error:
        assert error.sentence == DAMAGED  # noqa: PT017 - either is fine
    else:
        assert 1 <= len(video.frames) <= 32
    assert time.monotonic() - begun < 10
    assert len(pool.video_of(ordinary).frames) == 4, "the next video is none the worse for it"


class Endless(io.RawIOBase):
    """A transport stream that comes again and again, for a petabyte."""

    def __init__(self, data, *, pause_s=0.0) -> None:
        self._data, self._at, self._pause_s = data, 0, pause_s

    def readable(self):
        return True

    def seekable(self):
        return True

    def seek(self, offset, whence=0):
        self._at = offset + (0, self._at, 1 << 50)[whence]
        return self._at

    def tell(self):
        return self._at

    def read(self, size=-1):
        time.sleep(self._pause_s if size >= BLOCK_BYTES else 0)
        start = self._at % len(self._data)
        self._at += size
        return (self._data * (size // len(self._data) + 2))[start : start + size]


def endless(*, pause_s=0.0):
    return cast("BinaryIO", Endless(made("mpegts", "mpeg2video"), pause_s=pause_s))


@pytest.mark.threat("F9")
def test_an_endless_video_is_left_when_its_time_is_over():
    with MediaPool(limits=Limits(video_seconds=2)) as hurried:
        begun = time.monotonic()
        video = hurried.video_of(endless())
        assert time.monotonic() - begun < 10
        assert video.cut_short
        times = [frame.timestamp_s for frame in video.frames]
        assert len(times) > 4
        assert times == sorted(set(times)), "a clock that begins again goes on"
        (worker,) = [worker for worker in hurried._videos.idle.queue if worker is not None]
        assert worker.is_alive, "it stopped by itself"


@pytest.mark.threat("F9")
def test_an_endless_video_is_left_when_its_frames_are_too_many():
    with MediaPool(limits=Limits(video_frames=7)) as short:
        video = short.video_of(endless())
        assert (len(video.frames), video.cut_short) == (7, True)


def test_as_many_frames_as_the_limit_are_not_cut_short(ordinary):
    with MediaPool(limits=Limits(video_frames=4)) as short:
        assert not short.video_of(ordinary).cut_short


@pytest.mark.threat("F9")
def test_a_video_that_comes_too_slowly_to_show_a_frame_is_left_with_a_sentence():
    with MediaPool(limits=Limits(video_seconds=1)) as hurried:
        assert trouble_of(hurried, endless(pause_s=0.7)) == (
            Trouble.VIDEO_TOO_SLOW,
            "no frame of the video was decoded within 1 s.",
        )


@pytest.mark.threat("F9")
@pytest.mark.parametrize("form", ["mp4", "matroska", "avi", "mpegts", "flv", "asf"])
def test_damage_anywhere_gives_frames_or_a_sentence(pool, form):
    data = made(form, {"flv": "flv", "avi": "mpeg4", "asf": "wmv2"}.get(form, "libx264"), seconds=3)
    for seed in range(12):
        random = np.random.default_rng(seed)
        damaged = bytearray(data)
        for place in random.integers(16, len(data) if seed % 2 else 2000, 60):
            damaged[place] = random.integers(256)
        try:
            assert pool.video_of(bytes(damaged)).frames
        except MediaError as error:
            assert error.trouble in (Trouble.DAMAGED_VIDEO, Trouble.NO_FRAMES, Trouble.TOO_MANY_PIXELS_A_FRAME)  # noqa: PT017 - either is fine


def test_a_video_that_takes_more_memory_than_a_worker_has():
    with MediaPool(limits=Limits(memory_bytes=380 << 20)) as tight:
        trouble, _ = trouble_of(tight, made("mp4", "mpeg4", seconds=1, rate=1, size=(6000, 5900)))
        assert trouble in (Trouble.OUT_OF_MEMORY, Trouble.WORKER_DIED, Trouble.DAMAGED_VIDEO)
        assert tight.video_of(made(seconds=1)).frames, "the next video is none the worse for it"
