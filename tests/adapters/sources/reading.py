"""What a source gives when all of it is planned, sent away and read; and what that costs a process of its own."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from haalweg.adapters.sources import Shard, SourceLimits, items_of, reason_for, shards_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from haalweg.reports.post import Post

_CHILD = """
import json, sys, time
from haalweg.adapters.sources import items_of, reason_for, shards_of
written = []
def watch(event, arguments):
    if event == "open" and (set(str(arguments[1] or "")) & set("wax+") or (arguments[2] or 0) & 0o303):
        written.append(str(arguments[0]))
    if event in ("os.mkdir", "os.rename", "os.link", "os.symlink", "os.truncate", "shutil.unpack_archive"):
        written.append(event)
sys.addaudithook(watch)
def peak():  # not ru_maxrss: that begins with what the process was before exec, which is pytest
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
before, began, count, reasons = peak(), time.process_time(), 0, []
for shard in shards_of(sys.argv[1]):
    for item in items_of(shard):
        count += 1
        try:
            if item.reason is None and sys.argv[2] == "read":
                with item.open() as stream:
                    while stream.read(65536): pass
        except OSError as error:
            item.reason = reason_for(error)
        if item.reason and len(reasons) < 50: reasons.append(item.reason)
print(json.dumps({"grown_mib": (peak() - before) / 1024, "count": count, "reasons": reasons, "written": written,
                  "seconds": time.process_time() - began}))
"""


@dataclass(frozen=True)
class Read:
    """An item after it was read."""

    name: str
    data: bytes | None
    reason: str | None
    ends_source: bool
    post: Post | None


def noise(length: int, seed: int = 0) -> bytes:
    return random.Random(seed).randbytes(length)


def read(source: Path | str, limits: SourceLimits | None = None) -> list[Read]:
    """Everything a source gives. Holds what is true of every source: sentences, order, shards that can travel."""
    limits = limits or SourceLimits()
    everything, so_far = [], 0.0
    for shard in shards_of(str(source), limits):
        assert Shard.from_json(shard.to_json()) == shard
        assert shard.members is None or 1 <= len(shard.members) <= limits.members_per_shard
        assert so_far <= shard.since <= shard.until <= 1
        so_far = shard.until
        everything += read_shard(shard, limits)
    return everything


def read_shard(shard: Shard, limits: SourceLimits | None = None) -> list[Read]:
    everything, so_far = [], shard.since
    for item in items_of(shard, limits or SourceLimits()):
        assert so_far <= item.until <= shard.until + 1e-9
        so_far = item.until
        data, reason = None, item.reason
        if reason is None:
            try:
                with item.open() as stream:
                    data = stream.read()
            except OSError as error:
                reason = reason_for(error)
            else:
                assert item.size in (None, len(data))
        assert reason is None or (reason.endswith(".") and reason.isprintable())
        everything.append(Read(item.name, data, reason, item.ends_source, item.post))
    return everything


def names(everything: Iterable[Read]) -> list[str]:
    return [item.name for item in everything]


def only(everything: list[Read]) -> Read:
    assert len(everything) == 1, names(everything)
    return everything[0]


def cost(source: Path, *, opened: bool = True) -> dict[str, Any]:
    """Plan and read a source in a process of its own: its memory in MiB beyond what it began with, and its reasons."""
    how = "read" if opened else "pass"
    done = subprocess.run([sys.executable, "-c", _CHILD, source, how], capture_output=True, check=True, text=True)
    assert not done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    assert said["written"] == [], "nothing of a source is ever written"
    return said
