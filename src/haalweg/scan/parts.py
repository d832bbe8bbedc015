"""What a scan has found so far, on the disk, in parts named by what was scanned, so that a repeat overwrites itself.

A part is whole or not there. Killed at any moment, a scan goes on with what is missing: each row is in the result once.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from haalweg.errors import HaalwegError
from haalweg.plain_text import shown
from haalweg.scan.rows import Row, as_json, from_json
from haalweg.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PLAN = "scan.json"
_LOCK = "lock"
_STOPPED = ".stopped"


class ScanError(HaalwegError):
    """A scan that cannot begin or go on as it was asked for."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What has been looked at."""

    pictures: int = 0
    videos: int = 0
    others: int = 0  # neither a picture nor a video
    unreadable: int = 0
    too_flat: int = 0  # pictures and videos with too little detail to be matched by their looks; counted above too
    matched: int = 0  # items with at least one match; counted above too
    leads: int = 0  # items with at least one lead; counted above too
    incomplete: int = 0  # sources that could not be read to their end

    @property
    def items(self) -> int:
        """All of them."""
        return self.pictures + self.videos + self.others + self.unreadable

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.pictures + other.pictures,
            self.videos + other.videos,
            self.others + other.others,
            self.unreadable + other.unreadable,
            self.too_flat + other.too_flat,
            self.matched + other.matched,
            self.leads + other.leads,
            self.incomplete + other.incomplete,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of some items that follow each other."""

    rows: tuple[Row, ...] = ()
    counts: Counts = field(default_factory=Counts)


class Parts:
    """A folder of parts beside the results file, for one scan at a time."""

    def __init__(self, folder: Path) -> None:
        """Take a folder that `begin` or `go_on` made; on another machine, one that both see."""
        self.folder = folder

    @classmethod
    def begin(cls, folder: Path, plan: dict[str, Any]) -> Self:
        """Make the folder and write down what is to be scanned. Raises ScanError where a scan was begun before."""
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise ScanError(f"{folder}: cannot be made ({error.strerror}).") from error
        parts = cls(folder)
        parts._lock()
        if _PLAN in parts:
            raise ScanError(
                f"{folder.name}: a scan with these results was begun before and did not end. Go on with --resume, or "
                "remove that folder to forget it.",
            )
        parts._write(_PLAN, json.dumps(plan))
        return parts

    @classmethod
    def go_on(cls, folder: Path, plan: dict[str, Any]) -> Self:
        """Open the folder of a scan that was interrupted. Raises ScanError where it was another scan."""
        parts = cls(folder)
        try:
            parts._lock()
            begun = json.loads((folder / _PLAN).read_bytes())
        except FileNotFoundError:
            raise ScanError(
                f"{folder.name}: no scan with these results was interrupted. Begin it without --resume."
            ) from None
        except (OSError, ValueError) as error:
            raise ScanError(
                f"{folder.name}: damaged, so the scan cannot go on. Remove that folder and begin anew."
            ) from error
        for name, was in begun.items():
            if plan.get(name) != was:
                raise ScanError(f"{folder.name}: that scan was begun with {_OTHER.get(name, name)}. {_ANEW}")
        for stopped in folder.glob(f"*{_STOPPED}"):
            stopped.unlink()
        return parts

    def __contains__(self, name: str) -> bool:
        return (self.folder / name).exists()

    def put(self, name: str, part: Part, *, stopped: bool = False) -> None:
        """Write a part: durable when this returns. stopped: not all of its items, to be done again."""
        lines = [json.dumps(asdict(part.counts)), *map(as_json, part.rows)]
        self._write(f"{name}{_STOPPED}" if stopped else name, "\n".join(lines))

    def get(self, name: str) -> Part | None:
        """Read a part, also one that was stopped in the middle; None where there is neither."""
        for path in (self.folder / name, self.folder / f"{name}{_STOPPED}"):
            with suppress(FileNotFoundError):
                counts, *rows = path.read_bytes().splitlines()
                return Part(tuple(map(from_json, rows)), Counts(**json.loads(counts)))
        return None

    def remove(self) -> None:
        """Forget it all: the results are elsewhere now."""
        shutil.rmtree(self.folder)

    def _lock(self) -> None:
        self._held = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._held)
            raise ScanError(f"{self.folder.name}: that scan is running now, in another process.") from None

    def _write(self, name: str, text: str) -> None:
        written(self.folder / name, lambda out: out.write(text.encode()))


class InMemory:
    """Parts of a scan without a results file: gone with it."""

    def __init__(self) -> None:
        """Begin with none."""
        self._parts: dict[str, Part] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def put(self, name: str, part: Part, *, stopped: bool = False) -> None:  # noqa: ARG002 - nothing is done again
        """Keep a part."""
        self._parts[name] = part

    def get(self, name: str) -> Part | None:
        """Give it."""
        return self._parts.get(name)


_OTHER = {
    "bank": "another bank, or that bank has changed since",
    "sources": "other sources",
    "version": "another version of haalweg",
    "tiff": "another choice of --tiff",
}
_ANEW = "Rows of both would not fit together: begin anew, with another --out."


def part_name(digest: str, number: int) -> str:
    """Name the part of a shard that holds its items from number times the size of a part on."""
    return f"{digest}-{number}"


def written(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file, whole or not at all. Raises ScanError where it cannot be written."""
    try:
        write_whole(path, write)
    except OSError as error:
        raise ScanError(
            f"{shown(path.name)}: cannot be written ({error.strerror}). Nothing that was written before is lost: once "
            "it can be written, the same command with --resume goes on.",
        ) from error
