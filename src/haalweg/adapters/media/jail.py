"""The jail a decoding worker locks itself into, for good, before it sees the first file.

What the kernel offers is taken, and the level says what that was: `seccomp` (only a list of system calls is left),
`landlock` (no file can be opened any more) or `limits` (neither: memory, file size and descriptors are still bounded).
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
from enum import IntEnum
from typing import TYPE_CHECKING

from haalweg.adapters.media.syscalls import LANDLOCK_CREATE_RULESET, LANDLOCK_RESTRICT_SELF, SYSCALLS, Syscalls

if TYPE_CHECKING:
    from haalweg.adapters.media.limits import Limits

_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_SET_MODE_FILTER = 1
_SECCOMP_FILTER_FLAG_TSYNC = 1  # every thread of the process, not only this one
_LANDLOCK_FS_RIGHTS = (1 << 13) - 1  # all of version 1
_KILL, _ALLOW, _ERRNO = 0x80000000, 0x7FFF0000, 0x00050000
_EPERM, _ENOSYS = 1, 38
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_AT_NUMBER, _AT_ARCH, _AT_ARGUMENT = 0, 4, 16
_PROT_EXEC = 4
_CLONE_THREAD = 0x10000
_DESCRIPTORS = 8


class Level(IntEnum):
    """What of the jail this kernel gave."""

    LIMITS = 1
    LANDLOCK = 2
    SECCOMP = 3
    SECCOMP_AND_LANDLOCK = 4


def lock_in(limits: Limits) -> Level:
    """Close every way out of this process. Raises OSError where not even the limits can be set."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends us
    os.closerange(3, 1 << 16)
    for name, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _DESCRIPTORS),
        (resource.RLIMIT_AS, limits.memory_bytes),
    ):
        resource.setrlimit(name, (most, most))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) or libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    landlock = _landlock(libc)
    if _seccomp(libc):
        return Level.SECCOMP_AND_LANDLOCK if landlock else Level.SECCOMP
    return Level.LANDLOCK if landlock else Level.LIMITS


def _landlock(libc: ctypes.CDLL) -> bool:
    handled = ctypes.c_uint64(_LANDLOCK_FS_RIGHTS)
    ruleset = libc.syscall(LANDLOCK_CREATE_RULESET, ctypes.byref(handled), ctypes.sizeof(handled), 0)
    if ruleset < 0:
        return False
    # A ruleset without one rule: nothing on any file system may be opened, made or removed.
    locked: bool = libc.syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0
    os.close(ruleset)
    return locked


def _seccomp(libc: ctypes.CDLL) -> bool:
    syscalls = SYSCALLS.get(platform.machine())
    if syscalls is None:
        return False
    code = ctypes.create_string_buffer(filter_program(syscalls))
    program = ctypes.create_string_buffer(struct.pack("HP", (len(code) - 1) // 8, ctypes.addressof(code)))
    done: int = libc.syscall(syscalls.seccomp, _SECCOMP_SET_MODE_FILTER, _SECCOMP_FILTER_FLAG_TSYNC, program)
    return done == 0


def filter_program(syscalls: Syscalls) -> bytes:
    """Write the filter for the kernel: struct sock_filter[], 8 bytes an instruction."""

    def instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
        return struct.pack("<HBBI", code, if_true, if_false, value)

    def answer(number: int, *answers: bytes) -> bytes:
        return instruction(_JUMP_IF_EQUAL, number, 0, len(answers)) + b"".join(answers)

    def argument(index: int) -> bytes:
        return instruction(_LOAD, _AT_ARGUMENT + 8 * index)  # its low half, which holds every flag we ask about

    allow, refuse = instruction(_RETURN, _ALLOW), instruction(_RETURN, _ERRNO | _EPERM)
    not_executable = (argument(2), instruction(_JUMP_IF_ANY_BIT, _PROT_EXEC, 0, 1), refuse, allow)
    only_threads = (argument(0), instruction(_JUMP_IF_ANY_BIT, _CLONE_THREAD, 0, 1), allow, refuse)
    return b"".join(
        (
            instruction(_LOAD, _AT_ARCH),
            instruction(_JUMP_IF_EQUAL, syscalls.audit_arch, 1, 0),
            instruction(_RETURN, _KILL),
            instruction(_LOAD, _AT_NUMBER),
            *(answer(number, allow) for number in syscalls.allowed.values()),
            answer(syscalls.mmap, *not_executable),
            answer(syscalls.mprotect, *not_executable),
            answer(syscalls.clone, *only_threads),
            answer(syscalls.clone3, instruction(_RETURN, _ERRNO | _ENOSYS)),
            refuse,
        )
    )
