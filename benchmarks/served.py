"""Server processes on a core of their own, asked by wrk from another one: how many, how late, at what cost."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

sys.path.append(str(Path(__file__).resolve().parents[1]))  # the tests know how a gate is started

from tests.gate.gates import AGate, follower_of, free_port, until
from tests.processes import children_of

__all__ = [
    "SERVER_CORE",
    "AGate",
    "Asked",
    "ask",
    "flooded",
    "follower",
    "free_port",
    "on_core",
    "other_load",
    "until",
]

SERVER_CORE, WRK_CORE = 0, 1
_SCRIPT = Path(__file__).with_name("bodies.lua")
_RETRY_AFTER_MS = 2_000
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking for some seconds."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    server_s: float  # of processor time

    @property
    def a_second(self) -> float:
        return self.requests / self.seconds

    @property
    def server_us(self) -> float:
        """Of processor time, a request."""
        return self.server_s * 1e6 / self.requests


def follower(folder: Path, source: AGate) -> AGate:
    """Make a gate that follows the bank NL of another."""
    return follower_of(source, folder, more="[limits]\nworkers = 1\n")


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """What is started meanwhile stays on this core, with all that it starts."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def ask(
    url: str,
    bodies: Path,
    server: int,
    *,
    content_type: str,
    headers: Mapping[str, str] | None = None,
    whole: bool = False,
    connections: int = 32,
    seconds: int = 5,
    warm: bool = True,
    core: int | None = WRK_CORE,
) -> Asked:
    """Post one body after the other to a server for some seconds.

    bodies: a file of them, one a line; whole: it is one body. server: its process, whose children are counted too.
    warm: for a second before; not where one answer takes longer, since what nobody waits for is still worked on.
    Exits where one answer was no success, since then a figure says nothing.
    """
    pinned = [] if core is None else ["taskset", "-c", str(core)]
    script = [str(bodies), "whole" if whole else "lines", content_type]

    def run(duration: int) -> str:
        command = [*pinned, *_wrk(url, script, headers or {}, connections=connections, seconds=duration)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    if warm:
        run(1)
    before = cpu_s(server)
    said = run(seconds)
    used = cpu_s(server) - before
    found = re.search(r"asked (\d+) (\d+) (\d+) (\d+) (\d+)", said)
    if found is None:
        sys.exit(f"wrk said something else than expected:\n{said}")
    requests, duration_us, p50_us, p99_us, failed = map(int, found.groups())
    if failed:
        sys.exit(f"{failed} of {requests} requests were not answered as they should be.")
    return Asked(requests, duration_us / 1e6, p50_us / 1e3, p99_us / 1e3, used)


@contextmanager
def flooded(url: str, body: Path, *, content_type: str, headers: Mapping[str, str], at_once: int) -> Iterator[None]:
    """Meanwhile so many post a body all at once, and again when they were answered and have waited as they are told."""
    script = [str(body), "whole", content_type, str(_RETRY_AFTER_MS)]
    command = _wrk(url, script, headers, connections=at_once, seconds=3_600)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as flood:
        try:
            yield
        finally:
            flood.terminate()


def _wrk(url: str, script: Sequence[str], headers: Mapping[str, str], *, connections: int, seconds: int) -> list[str]:
    more = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    return [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "--timeout",
        "60s",
        "-s",
        str(_SCRIPT),
        *more,
        url,
        "--",
        *script,
    ]


def cpu_s(process: int) -> float:
    """Processor time that a process and its children have used so far."""
    stat = Path(f"/proc/{process}/stat").read_text()
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / _TICKS + sum(map(cpu_s, children_of(process)))


def other_load(seconds: float = 2.0) -> float:
    """Cores that others keep busy just now; to be asked while nothing of ours runs."""

    def busy() -> int:
        user, nice, system, _, _, irq, soft, *_ = map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:])
        return user + nice + system + irq + soft

    before = busy()
    time.sleep(seconds)
    return (busy() - before) / _TICKS / seconds
