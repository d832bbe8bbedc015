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

from haalweg.adapters.media import records, worker
from haalweg.adapters.media.records import Kind


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


def answer(answers, number, _job, data, _flags, _limits):
    name, _, argument = data.decode().partition(" ")
    if name == "pickle":
        answers.write(pickle.dumps({"hash": 1}))
    elif name == "gigabyte":
        answers.write(records.ANSWER.pack(records.ANSWER_MAGIC, number, Kind.PARTS, 0, 0xFFFFFFFF, 0))
        while True:
            answers.write(bytes(1 << 20))
    elif name == "pixels":
        answers.write(records.ANSWER.pack(records.ANSWER_MAGIC, number, Kind.PIXELS, 0, 60_000, 60_000))
    elif name == "hang":
        time.sleep(3600)
    elif name == "drip":
        answers.write(records.ANSWER.pack(records.ANSWER_MAGIC, number, Kind.PIXELS, 0, 9_000, 9_000))
        while True:
            answers.write(b"\0")
    elif name == "die":
        os._exit(9)
    else:
        try:
            said = attack(name, argument)
        except Exception as error:  # noqa: BLE001 - what stops it is what the test asks for
            said = f"refused: {error!r}"
        # A quality of 7 for done, 3 for refused: the only kind of answer the parent takes.
        quality = 3 if said.startswith("refused") else 7
        payload = records.PART.pack(0, 0, quality, 0, 0, 0, 0, bytes(256))
        answers.write(records.ANSWER.pack(records.ANSWER_MAGIC, number, Kind.PARTS, 0, 1, 0) + payload)


if __name__ == "__main__":
    worker._answer = answer
    worker.main(sys.argv[1:])
