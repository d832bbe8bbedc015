"""A decoder that has been taken over gets nothing: no file, no connection, no process, no lie of its own size."""

from __future__ import annotations

import os
import socket
import time

import pytest

from haalweg.adapters.media import Limits, MediaError, MediaPool, Trouble
from haalweg.adapters.media import pool as pool_module
from haalweg.adapters.media.jail import Level, filter_program
from haalweg.adapters.media.pool import JailedProcess, _Refusal
from haalweg.adapters.media.records import Job
from haalweg.adapters.media.syscalls import SYSCALLS
from tests.adapters.media.pictures_in_files import drawn, saved

REFUSED, DONE = 3, 7
ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), *[os.pardir] * 3))  # noqa: PTH100, PTH118, PTH120


@pytest.fixture
def hostile(monkeypatch):
    monkeypatch.setattr(pool_module, "_environment", lambda: {"PYTHONPATH": ROOT, "OPENBLAS_NUM_THREADS": "1"})
    process = JailedProcess(Limits(seconds=3), module="tests.adapters.media.hostile_worker")
    if process.level not in (Level.SECCOMP, Level.SECCOMP_AND_LANDLOCK):
        process.end()
        pytest.skip("needs a kernel with seccomp")
    yield process
    process.end()


def outcome(process, attack):
    (part,) = process.ask(Job.HASH, attack.encode(), 0)
    return part.quality


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
@pytest.mark.parametrize("lie", ["pickle", "gigabyte", "pixels"])
def test_an_answer_that_is_no_record_ends_it(hostile, lie):
    with pytest.raises(_Refusal) as caught:
        hostile.ask(Job.PIXELS if lie == "pixels" else Job.HASH, lie.encode(), 0)
    assert caught.value.trouble is Trouble.BROKE_THE_RULES
    assert not hostile.is_alive


@pytest.mark.parametrize("delay", ["hang", "drip"])
def test_a_worker_that_hangs_or_drips_is_stopped_in_time(hostile, delay):
    begun = time.monotonic()
    with pytest.raises(_Refusal) as caught:
        hostile.ask(Job.PIXELS, delay.encode(), 0)
    assert caught.value.trouble is Trouble.TOO_SLOW
    assert time.monotonic() - begun < 30
    assert not hostile.is_alive


def test_a_dead_worker_costs_one_file():
    data = saved(drawn(), "PNG")
    with MediaPool() as pool:
        before = pool.hash_image(data)
        worker = pool._idle.get()
        assert worker is not None
        os.kill(worker.pid, 9)
        pool._idle.put(worker)
        try:
            pool.hash_image(data)
        except MediaError as error:
            assert error.trouble is Trouble.WORKER_DIED  # noqa: PT017 - either is fine, by who was first
        assert pool.hash_image(data) == before


def test_a_worker_inherits_no_setting_and_no_descriptor(monkeypatch):
    monkeypatch.setenv("HAALWEG_KEY_FILE", "/somewhere/key")
    with MediaPool() as pool:
        worker = pool._idle.get()
        assert worker is not None
        with open(f"/proc/{worker.pid}/environ", "rb") as file:  # noqa: PTH123 - readable to root only: not dumpable
            assert b"HAALWEG_KEY_FILE" not in file.read()
        assert len(os.listdir(f"/proc/{worker.pid}/fd")) == 3  # noqa: PTH208 - in, out and the null device
        pool._idle.put(worker)


def test_no_worker_outlives_its_pool():
    with MediaPool() as pool:
        worker = pool._idle.get()
        assert worker is not None
        pool._idle.put(worker)
    assert not worker.is_alive


@pytest.mark.parametrize("machine", sorted(SYSCALLS))
def test_the_filter_is_whole_instructions_and_ends_in_a_refusal(machine):
    program = filter_program(SYSCALLS[machine])
    assert len(program) % 8 == 0
    assert program[-4:] == (0x00050001).to_bytes(4, "little")
