"""A worker whose decoder has been taken over: each file it gets names the attack it tries. Only for test_jail."""

from __future__ import annotations

import ctypes
import mmap
import os
import pickle
import socket
import sys
import time
from pathlib import Path

from haalweg.adapters.media import records, video_worker, worker
from haalweg.adapters.media.limits import Limits
from haalweg.adapters.media.records import Job, Kind
from haalweg.adapters.media.serving import run


def attack(name: str, argument: str) -> str:  # noqa: C901, PLR0912 - a list of attacks, one a case
    libc = ctypes.CDLL(None, use_errno=True)
    match name:
        case "open":
            return Path(argument).read_text()
        case "write":
            Path(argument).write_text("out")
        case "connect":
            socket.create_connection(("127.0.0.1", int(argument)), timeout=2)
        case "unix":
            socket.socket(socket.AF_UNIX).connect(argument)
        case "fork":
            if os.fork() == 0:
                os._exit(0)
        case "exec":
            os.execv("/bin/true", ["true"])  # noqa: S606 - it must not get that far
        case "kill":
            os.kill(int(argument), 0)
        case "parent":
            into = ctypes.create_string_buffer(16)
            local = (ctypes.c_void_p * 2)(ctypes.addressof(into), 16)
            if libc.process_vm_readv(int(argument), local, 1, local, 1, 0) < 0:
                raise OSError(ctypes.get_errno(), "process_vm_readv")
        case "ptrace":
            if libc.ptrace(16, int(argument), 0, 0) < 0:
                raise OSError(ctypes.get_errno(), "ptrace")
        case "execmem":
            mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        case "unlimited":
            import resource  # noqa: PLC0415 - loaded before the jail by the worker

            resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))
    return "done"


def answer(line, request, _limits):
    # Of a video only the length is sent; the name of the attack is in its first block, which is asked for.
    if request.job is Job.VIDEO:
        line.send(request.number, Kind.READ)
        data = line.take(records.block_length(0, request.length))
    else:
        data = line.take(request.length)
    name, _, argument = data.rstrip(b"\0").decode().partition(" ")
    line.watching = request.job is Job.VIDEO
    lie = LIES.get(name)
    if lie is not None:
        lie(line, request.number)
        return
    try:
        said = attack(name, argument)
    except Exception as error:  # noqa: BLE001 - what stops it is what the test asks for
        said = f"refused: {error!r}"
    # A quality of 7 for done, 3 for refused: the only kind of answer the parent takes.
    quality = 3 if said.startswith("refused") else 7
    part = records.PART.pack(0, 0, quality, 0, 0, 0, 0, bytes(256))
    if request.job is Job.VIDEO:
        frame(line, request.number, 0, part)
        end(line, request.number, 0)
    else:
        line.send(request.number, Kind.PARTS, counts=(1, 0), payload=part)


PART = records.PART.pack(0, 0, 100, 0, 0, 0, 0, bytes(256))


def frame(line, number, timestamp_s, *parts):
    payload = records.TIME.pack(timestamp_s) + b"".join(parts or (PART,))
    line.send(number, Kind.FRAME, counts=(len(parts) or 1, 0), payload=payload)


def end(line, number, seconds):
    line.send(number, Kind.END, payload=records.TIME.pack(seconds))


def gigabyte(line, number):
    line.send(number, Kind.PARTS, counts=(0xFFFFFFFF, 0))
    while True:
        line._answers.write(bytes(1 << 20))


def drip(line, number):
    line.send(number, Kind.PIXELS, counts=(9_000, 9_000))
    while True:
        line._answers.write(b"\0")


def read_without_end(line, number):
    while True:
        line.send(number, Kind.READ)
        line.take(records.block_length(0, 64))


def ask_without_listening(line, number):
    while True:
        line.send(number, Kind.READ)


def half_an_answer_while_reading(line, number):
    line.send(number, Kind.FRAME, counts=(1, 0), payload=records.TIME.pack(0))
    line.send(number, Kind.READ)
    time.sleep(3600)


def frames_without_end(line, number):
    for second in range(1 << 30):
        frame(line, number, second, records.PART.pack(second % 65536, 0, 100, 0, 0, 0, 0, bytes(256)))


def one_frame_then(what):
    def lie(line, number):
        frame(line, number, 5.0)
        what(line, number)

    return lie


def view(frame=0, size=(9, 9), shape=(9, 9), grey=None):
    return records.VIEW.pack(frame, *size, *shape) + (bytes(shape[0] * shape[1]) if grey is None else grey)


def with_views(*views, count=None):
    """An answer of one part, and so many views."""

    def lie(line, number):
        counts = (1, len(views) if count is None else count)
        if line.watching:
            line.send(number, Kind.FRAME, counts=counts, payload=b"".join([records.TIME.pack(0), PART, *views]))
            end(line, number, 0)
        else:
            line.send(number, Kind.PARTS, counts=counts, payload=b"".join([PART, *views]))

    return lie


LIES = {
    "a-view": with_views(view()),
    "two-views": with_views(view(), view()),
    "many-views": with_views(view(), count=0xFFFFFFFF),
    "a-view-of-another-frame": with_views(view(frame=3)),
    "a-view-too-large": with_views(view(size=(900, 900), shape=(800, 700))),
    "a-view-larger-than-its-frame": with_views(view(size=(7, 9))),
    "a-view-too-small": with_views(view(shape=(4, 9))),
    "a-view-of-more-than-is-decoded": with_views(view(size=(65535, 65535))),
    "pickle": lambda line, _: line._answers.write(pickle.dumps({"hash": 1})),
    "gigabyte": gigabyte,
    "pixels": lambda line, number: line.send(number, Kind.PIXELS, counts=(60_000, 60_000)),
    "hang": lambda *_: time.sleep(3600),
    "drip": drip,
    "die": lambda *_: os._exit(9),
    "parents-trouble": lambda line, number: line.send(number, Kind.TROUBLE, detail=16),
    "parts": lambda line, number: line.send(number, Kind.PARTS, counts=(1, 0), payload=PART),
    "read": lambda line, number: line.send(number, Kind.READ),
    "read-behind-the-end": lambda line, number: line.send(number, Kind.READ, counts=(1, 0)),
    "read-far-behind-the-end": lambda line, number: line.send(number, Kind.READ, counts=(0xFFFFFFFF, 0)),
    "read-a-gigabyte": lambda line, number: line.send(number, Kind.READ, counts=(0, 1 << 30)),
    "read-for-another": lambda line, number: line.send(number + 1, Kind.READ),
    "read-without-end": read_without_end,
    "ask-without-listening": ask_without_listening,
    "answer-while-reading": lambda line, number: (line.send(number, Kind.READ), end(line, number, 0)),
    "half-an-answer-while-reading": half_an_answer_while_reading,
    "frames-without-end": frames_without_end,
    "no-frame": lambda line, number: end(line, number, 0),
    "an-end-before-its-frame": one_frame_then(lambda line, number: end(line, number, 4)),
    "a-frame-again": one_frame_then(lambda line, number: frame(line, number, 5.0)),
    "a-time-that-is-none": lambda line, number: frame(line, number, float("nan")),
    "a-time-without-end": lambda line, number: frame(line, number, float("inf")),
    "a-thousand-parts": lambda line, number: frame(line, number, 0, *[PART] * 1000),
    "no-part": lambda line, number: line.send(number, Kind.FRAME, payload=records.TIME.pack(0)),
    "parts-of-another-frame": lambda line, number: frame(
        line, number, 0, records.PART.pack(1, 0, 100, 0, 0, 0, 0, bytes(256))
    ),
    "no-whole": lambda line, number: frame(line, number, 0, records.PART.pack(0, 1, 100, 0, 0, 9, 9, bytes(256))),
    "hang-after-a-frame": one_frame_then(lambda *_: time.sleep(3600)),
    "die-after-a-frame": one_frame_then(lambda *_: os._exit(9)),
}


def warm_up(limits):
    worker.warm_up(limits)
    video_worker.warm_up(limits)  # so that FFmpeg is there to be misused


if __name__ == "__main__":
    given = Limits.from_arguments(sys.argv[1:])
    run(given, given.seconds, warm_up, answer)
