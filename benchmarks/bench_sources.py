"""What planning and reading a source costs, without any hashing: processor time for each item, and memory.

Usage: python benchmarks/bench_sources.py [files, default 10000]
"""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import tarfile
import tempfile
import time
import zipfile
from multiprocessing import get_context
from pathlib import Path

from haalweg.adapters.sources import items_of, shards_of

_BYTES = 50_000  # of a picture


def main() -> None:
    """Print one line a source."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for make in (make_folder, make_export, make_zip, make_tar, make_tar_gz, make_warc_gz):
            make(folder / make.__name__.removeprefix("make_"), count)
        print(f"{'source':10} {'items':>8} {'plan us':>9} {'read us':>9} {'memory MiB':>11}")
        for path in sorted(folder.iterdir()):
            with get_context("spawn").Pool(1) as fresh:  # a process of its own: its memory is the source's
                items, planned, read, memory = fresh.apply(costs, (str(path),))
            figures = f"{planned / items * 1e6:9.1f} {read / items * 1e6:9.1f}"
            print(f"{path.name:10} {items:8,} {figures} {memory:11.1f}")


def costs(path: str) -> tuple[int, float, float, float]:
    """Items; seconds to plan, and to open and read each; MiB that it grew by."""
    before = peak_kib()
    began = time.process_time()
    for shard in shards_of(path):
        assert shard.digest
    planned = time.process_time()
    items = 0
    for shard in shards_of(path):
        for item in items_of(shard):
            items += 1
            with item.open() as stream:
                while stream.read(1 << 16):
                    pass
    read = time.process_time()
    planning = planned - began
    return items, planning, read - planned - planning, (peak_kib() - before) / 1024


def peak_kib() -> int:
    """Most memory this process ever had. Not ru_maxrss: that begins with what the process was before exec."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def make_folder(folder: Path, count: int) -> None:
    """A hundred files a folder."""
    for number in range(count):
        path = folder / f"{number // 100:05}" / f"IMG_{number:06}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(_BYTES))


def make_export(folder: Path, count: int) -> None:
    """A chat of so many photos, as Telegram Desktop writes it."""
    (folder / "photos").mkdir(parents=True)
    with (folder / "result.json").open("w") as file:
        file.write('{"name": "Chat", "type": "private_supergroup", "id": 1, "messages": [')
        for number in range(count):
            name = f"photos/photo_{number}@01-03-2026_10-00-00.jpg"
            (folder / name).write_bytes(os.urandom(_BYTES))
            words = [{"type": "plain", "text": "some words "}, {"type": "link", "text": "http://example.org"}]
            message = {"id": number, "type": "message", "date": "2026-03-01T10:00:00", "date_unixtime": "1772355600"}
            message |= {"from": "Somebody", "from_id": "user1", "photo": name, "width": 800, "height": 600}
            message |= {"text": words, "text_entities": words}
            file.write(("," if number else "") + json.dumps(message, indent=1))
        file.write("]}")


def make_zip(path: Path, count: int) -> None:
    """Deflated, as most tools do."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(count):
            archive.writestr(f"photos/{number}.jpg", os.urandom(_BYTES))


def make_tar(path: Path, count: int) -> None:
    """Plain."""
    with tarfile.open(path, "w") as archive:
        _fill(archive, count)


def make_tar_gz(path: Path, count: int) -> None:
    """Packed."""
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        _fill(archive, count)


def make_warc_gz(path: Path, count: int) -> None:
    """A record a picture, each packed by itself."""
    with path.open("wb") as file:
        for number in range(count):
            block = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n" + os.urandom(_BYTES)
            head = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/%d.jpg\r\n" % number
            head += b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(block)
            file.write(gzip.compress(head + block + b"\r\n\r\n", 1))


def _fill(archive: tarfile.TarFile, count: int) -> None:
    for number in range(count):
        member = tarfile.TarInfo(f"photos/{number}.jpg")
        member.size = _BYTES
        archive.addfile(member, io.BytesIO(os.urandom(_BYTES)))


if __name__ == "__main__":
    main()
