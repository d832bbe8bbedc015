"""The few system calls a decoder needs once everything is loaded, by processor. All others are refused.

Source: the kernel's tables (arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Syscalls:
    """Numbers for one processor."""

    audit_arch: int  # AUDIT_ARCH_*, what the filter is asked to run under
    allowed: dict[str, int]
    mmap: int  # allowed unless the memory is to be executable
    mprotect: int  # the same
    clone: int  # allowed for threads, never for processes
    clone3: int  # refused with ENOSYS: its flags lie in memory, where a filter cannot look; libc falls back to clone
    seccomp: int


_X86_64 = Syscalls(
    audit_arch=0xC000003E,
    allowed={
        "read": 0,
        "write": 1,
        "close": 3,
        "fstat": 5,
        "lseek": 8,
        "munmap": 11,
        "brk": 12,
        "rt_sigaction": 13,
        "rt_sigprocmask": 14,
        "rt_sigreturn": 15,
        "readv": 19,
        "writev": 20,
        "sched_yield": 24,
        "mremap": 25,
        "madvise": 28,
        "nanosleep": 35,
        "setitimer": 38,
        "getpid": 39,
        "exit": 60,
        "gettimeofday": 96,
        "sysinfo": 99,
        "sigaltstack": 131,
        "gettid": 186,
        "futex": 202,
        "sched_getaffinity": 204,
        "set_tid_address": 218,
        "restart_syscall": 219,
        "clock_gettime": 228,
        "clock_nanosleep": 230,
        "exit_group": 231,
        "set_robust_list": 273,
        "getrandom": 318,
        "rseq": 334,
    },
    mmap=9,
    mprotect=10,
    clone=56,
    clone3=435,
    seccomp=317,
)

_AARCH64 = Syscalls(
    audit_arch=0xC00000B7,
    allowed={
        "close": 57,
        "lseek": 62,
        "read": 63,
        "write": 64,
        "readv": 65,
        "writev": 66,
        "fstat": 80,
        "exit": 93,
        "exit_group": 94,
        "set_tid_address": 96,
        "futex": 98,
        "set_robust_list": 99,
        "nanosleep": 101,
        "setitimer": 103,
        "clock_gettime": 113,
        "clock_nanosleep": 115,
        "sched_getaffinity": 123,
        "sched_yield": 124,
        "restart_syscall": 128,
        "sigaltstack": 132,
        "rt_sigaction": 134,
        "rt_sigprocmask": 135,
        "rt_sigreturn": 139,
        "gettimeofday": 169,
        "getpid": 172,
        "gettid": 178,
        "sysinfo": 179,
        "brk": 214,
        "munmap": 215,
        "mremap": 216,
        "madvise": 233,
        "getrandom": 278,
        "rseq": 293,
    },
    mmap=222,
    mprotect=226,
    clone=220,
    clone3=435,
    seccomp=277,
)

SYSCALLS = {"x86_64": _X86_64, "aarch64": _AARCH64}
LANDLOCK_CREATE_RULESET = 444  # the same number everywhere
LANDLOCK_RESTRICT_SELF = 446
