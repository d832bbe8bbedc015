"""A decoder that has been taken over gets nothing: no file, no connection, no process, no lie of its own size."""

from __future__ import annotations

import io
import os
import signal
import socket
import threading
import time

import pytest

from haalweg.adapters.media import Limits, MediaError, MediaPool, PoolClosedError, Trouble, jailed_process, records
from haalweg.adapters.media import pool as pool_module
from haalweg.adapters.media.jail import Level, filter_program
from haalweg.adapters.media.jailed_process import JailedProcess, Refusal
from haalweg.adapters.media.records import Job
from haalweg.adapters.media.syscalls import SYSCALLS
from tests.adapters.media.pictures_in_files import drawn, saved

REFUSED, DONE = 3, 7
LIMITS = Limits(seconds=3, video_seconds=2, video_frames=100)
ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), *[os.pardir] * 3))  # noqa: PTH100, PTH118, PTH120


@pytest.fixture
def planted(monkeypatch):
    """Workers find the planted decoder, and videos are waited for no longer than pictures."""
    monkeypatch.setattr(jailed_process, "_environment", lambda: {"PYTHONPATH": ROOT, "OPENBLAS_NUM_THREADS": "1"})
    monkeypatch.setattr(records, "VIDEO_GRACE_S", 1)
    return "tests.adapters.media.hostile_worker"


@pytest.fixture
def hostile(planted):
    process = JailedProcess(LIMITS, module=planted)
    if process.level not in (Level.SECCOMP, Level.SECCOMP_AND_LANDLOCK):
        process.end()
        pytest.skip("needs a kernel with seccomp")
    yield process
    process.end()


def outcome(process, attack):
    """The same whether it is asked for a picture or for a video."""
    (part,) = process.ask(Job.HASH, attack.encode(), 0)
    ((of_a_video,),) = (frame.parts for frame in show(process, attack).frames)
    assert of_a_video.quality == part.quality
    return part.quality


def show(process, attack):
    """Have it watch a video of 64 bytes, which are the attack's name."""
    data = attack.encode().ljust(64, b"\0")
    return process.watch(io.BytesIO(data), len(data))


@pytest.mark.threat("F9")
def test_it_can_neither_read_nor_write_a_file(hostile, tmp_path):
    key = tmp_path / "key"
    key.write_text("secret")
    assert outcome(hostile, f"open {key}") == REFUSED
    assert outcome(hostile, f"open /proc/{os.getpid()}/environ") == REFUSED
    assert outcome(hostile, f"write {tmp_path / 'copy'}") == REFUSED
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


@pytest.mark.threat("F9")
def test_it_can_reach_no_network(hostile, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert outcome(hostile, f"connect {listening.getsockname()[1]}") == REFUSED
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        listening.listen()
        assert outcome(hostile, f"unix {tmp_path / 's'}") == REFUSED


@pytest.mark.threat("F9")
@pytest.mark.parametrize("attack", ["fork", "exec", "execmem", "unlimited"])
def test_it_can_start_no_process_and_no_new_code(hostile, attack):
    assert outcome(hostile, attack) == REFUSED


@pytest.mark.threat("F9")
@pytest.mark.parametrize("attack", ["parent", "ptrace", "kill"])
def test_it_can_neither_read_nor_touch_its_parent(hostile, attack):
    assert outcome(hostile, f"{attack} {os.getpid()}") == REFUSED


@pytest.mark.threat("F9")
@pytest.mark.parametrize("lie", ["pickle", "gigabyte", "pixels", "parents-trouble", "read"])
def test_an_answer_that_is_no_record_ends_it(hostile, lie):
    with pytest.raises(Refusal) as caught:
        hostile.ask(Job.PIXELS if lie == "pixels" else Job.HASH, lie.encode(), 0)
    assert caught.value.trouble is Trouble.BROKE_THE_RULES
    assert not hostile.is_alive


@pytest.mark.parametrize("delay", ["hang", "drip"])
def test_a_worker_that_hangs_or_drips_is_stopped_in_time(hostile, delay):
    begun = time.monotonic()
    with pytest.raises(Refusal) as caught:
        hostile.ask(Job.PIXELS, delay.encode(), 0)
    assert caught.value.trouble is Trouble.TOO_SLOW
    assert time.monotonic() - begun < 30
    assert not hostile.is_alive


@pytest.mark.threat("F9")
@pytest.mark.parametrize(
    "lie",
    [
        *("pickle", "gigabyte", "pixels", "parents-trouble", "parts"),
        *("read-behind-the-end", "read-far-behind-the-end", "read-a-gigabyte", "read-for-another"),
        *("answer-while-reading", "frames-without-end", "no-frame", "an-end-before-its-frame", "a-frame-again"),
        *("a-time-that-is-none", "a-time-without-end", "a-thousand-parts", "no-part", "parts-of-another-frame"),
        "no-whole",
    ],
)
def test_a_lie_about_a_video_ends_it(hostile, lie):
    with pytest.raises(Refusal) as caught:
        show(hostile, lie)
    assert caught.value.trouble is Trouble.BROKE_THE_RULES
    assert not hostile.is_alive


def searched(process, attack, *, video):
    """Have it show the frames that traces are looked for in."""
    views = []
    if video:
        data = attack.encode().ljust(64, b"\0")
        process.watch(io.BytesIO(data), len(data), lambda view, _: views.append(view))
    else:
        process.ask(Job.SIGNATURES, attack.encode(), 0, views.append)
    return views


@pytest.mark.parametrize("video", [False, True])
def test_a_view_is_given_where_it_was_asked_for(hostile, video):
    (view,) = searched(hostile, "a-view", video=video)
    assert (view.frame, view.width, view.height, view.grey.shape) == (0, 9, 9, (9, 9, 1))


@pytest.mark.threat("F9")
@pytest.mark.parametrize("video", [False, True])
@pytest.mark.parametrize(
    "lie",
    [
        *("two-views", "many-views", "a-view-of-another-frame", "a-view-too-large", "a-view-larger-than-its-frame"),
        *("a-view-too-small", "a-view-of-more-than-is-decoded"),
    ],
)
def test_a_lie_about_a_view_ends_it(hostile, lie, video):
    with pytest.raises(Refusal) as caught:
        searched(hostile, lie, video=video)
    assert caught.value.trouble is Trouble.BROKE_THE_RULES
    assert not hostile.is_alive


@pytest.mark.threat("F9")
def test_a_view_that_nobody_asked_for_ends_it(hostile):
    with pytest.raises(Refusal) as caught:
        hostile.ask(Job.SIGNATURES, b"a-view", 0)
    assert caught.value.trouble is Trouble.BROKE_THE_RULES
    assert not hostile.is_alive


@pytest.mark.threat("F9")
@pytest.mark.parametrize("delay", ["hang", "read-without-end", "ask-without-listening", "half-an-answer-while-reading"])
def test_a_worker_that_reads_a_video_for_ever_is_stopped_in_time(hostile, delay):
    begun = time.monotonic()
    with pytest.raises(Refusal) as caught:
        show(hostile, delay)
    assert caught.value.trouble is Trouble.VIDEO_TOO_SLOW
    assert time.monotonic() - begun < 30
    assert not hostile.is_alive


def test_what_was_seen_of_a_video_before_its_worker_hung_is_given(hostile):
    video = show(hostile, "hang-after-a-frame")
    assert ([frame.timestamp_s for frame in video.frames], video.seconds, video.cut_short) == ([5.0], 5.0, True)
    assert not hostile.is_alive


def test_a_video_that_kills_its_worker_gives_nothing_of_what_came_before(hostile):
    with pytest.raises(Refusal) as caught:
        show(hostile, "die-after-a-frame")
    assert caught.value.trouble is Trouble.WORKER_DIED


@pytest.mark.threat("F9")
def test_a_worker_reads_nothing_but_the_blocks_of_its_video(hostile):
    class Watched(io.BytesIO):
        places: list[tuple[int, int]] = []  # noqa: RUF012 - one test, one object

        def read(self, size=-1):
            self.places.append((self.tell(), size))
            return super().read(size)

    data = Watched(b"hang-after-a-frame".ljust(64, b"\0") + b"what lies behind it in the same stream")
    hostile.watch(data, 64)
    assert data.places == [(0, 64)]


@pytest.fixture
def started(monkeypatch):
    """The workers that were started, in their order."""
    workers = []

    class Counted(JailedProcess):
        def __init__(self, limits: Limits, *, module: str) -> None:
            super().__init__(limits, module=module)
            workers.append(self)

    monkeypatch.setattr(pool_module, "JailedProcess", Counted)
    return workers


def kill_at_work(pool, workers):
    while not pool._pictures._at_work:
        time.sleep(0.01)
    time.sleep(0.2)
    os.kill(workers[-1].pid, signal.SIGKILL)


def test_a_worker_that_is_killed_between_two_files_costs_none(started):
    data = saved(drawn(), "PNG")
    with MediaPool() as pool:
        before = pool.hash_image(data)
        os.kill(started[0].pid, signal.SIGKILL)
        assert pool.hash_image(data) == before
        assert len(started) == 2


def test_a_file_whose_worker_is_killed_is_given_to_a_fresh_one(planted, started, monkeypatch):
    monkeypatch.setattr(pool_module, "PICTURES", planted)
    with MediaPool(limits=LIMITS) as pool:
        killer = threading.Thread(target=kill_at_work, args=(pool, started))
        killer.start()
        with pytest.raises(MediaError) as caught:
            pool.hash_image(b"hang")
        killer.join()
    assert caught.value.trouble is Trouble.TOO_SLOW, "not that the first worker died"
    assert len(started) == 2


@pytest.mark.parametrize("name", ["PICTURES", "VIDEOS"])
def test_a_file_that_kills_two_workers_is_reported_and_the_next_one_is_hashed(planted, started, monkeypatch, name):
    monkeypatch.setattr(pool_module, name, planted)
    monkeypatch.setattr(pool_module, "_is_video", lambda _: True)
    with MediaPool(limits=LIMITS) as pool:
        before = len(started)
        with pytest.raises(MediaError) as caught:
            pool.hash_image(b"die") if name == "PICTURES" else pool.video_of(b"die")
        assert len(started) - before == (1 if name == "PICTURES" else 2)
        assert pool.hash_image(b"open /etc/passwd" if name == "PICTURES" else saved(drawn(), "PNG")).quality > 0
    assert str(caught.value) == (
        "3 bytes: the decoder died on it, by itself or stopped by its jail. Treat the file as hostile."
    )


def test_who_waits_for_a_pool_that_is_stopped_is_told_so(planted, started, monkeypatch):
    monkeypatch.setattr(pool_module, "PICTURES", planted)
    pool = MediaPool(limits=Limits())
    told = []

    def ask(file):
        try:
            pool.hash_image(file)
        except PoolClosedError as error:
            told.append(str(error))

    threads = [threading.Thread(target=ask, args=(b"hang",)) for _ in range(2)]  # one at work, one that waits
    for thread in threads:
        thread.start()
    while not pool._pictures._at_work:
        time.sleep(0.01)
    pool.kill()
    for thread in threads:
        thread.join(10)
    ask(b"hang")
    assert told == ["The decoding workers were stopped before they had looked at the file."] * 3
    assert not any(worker.is_alive for worker in started)


def test_a_worker_inherits_no_setting_and_no_descriptor(monkeypatch, started):
    monkeypatch.setenv("HAALWEG_KEY_FILE", "/somewhere/key")
    with MediaPool():
        (worker,) = started
        with open(f"/proc/{worker.pid}/environ", "rb") as file:  # noqa: PTH123 - readable to root only: not dumpable
            assert b"HAALWEG_KEY_FILE" not in file.read()
        assert len(os.listdir(f"/proc/{worker.pid}/fd")) == 3  # noqa: PTH208 - in, out and the null device


def test_no_worker_outlives_its_pool(started):
    with MediaPool():
        assert started[0].is_alive
    assert not started[0].is_alive


@pytest.mark.parametrize("machine", sorted(SYSCALLS))
def test_the_filter_is_whole_instructions_and_ends_in_a_refusal(machine):
    program = filter_program(SYSCALLS[machine])
    assert len(program) % 8 == 0
    assert program[-4:] == (0x00050001).to_bytes(4, "little")
