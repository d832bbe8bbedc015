"""Folders: walked in the order of their names, without following a link; files opened without following one either."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from haalweg.adapters.sources.items import ItemError, reason_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NOT_A_FILE = {
    stat.S_IFLNK: "a symbolic link, which is not followed. Give what it leads to as a source of its own.",
    stat.S_IFIFO: "not a file but a pipe.",
    stat.S_IFSOCK: "not a file but a socket.",
    stat.S_IFCHR: "not a file but a device.",
    stat.S_IFBLK: "not a file but a device.",
}


@dataclass(slots=True)
class Found:
    """Something lying in a folder."""

    name: str  # from the folder where the walk began
    status: os.stat_result | None
    reason: str | None
    unread_folder: bool
    until: float  # how far through the walk, 0..1


@dataclass(slots=True)
class _Level:
    prefix: str
    names: list[str] = field(repr=False)  # still to come, the next one last
    count: int
    since: float
    span: float


def walk(root: str, enter: Callable[[str], bool]) -> Iterator[Found]:
    """Everything below root but folders, in the order of the names; folders that cannot be read with a reason.

    enter: asked for each folder below root; False: it is given as found, and not walked.
    Memory: the names of one folder a level. How far it is through is a guess: a folder counts as its siblings do.
    """
    levels: list[_Level] = []
    yield from _entered(levels, root, "", 0.0, 1.0)
    while levels:
        level = levels[-1]
        if not level.names:
            levels.pop()
            continue
        name = level.prefix + level.names.pop()
        until = level.since + level.span * (1 - len(level.names) / level.count)
        try:
            status = os.lstat(f"{root}/{name}")
        except OSError as error:
            yield Found(name, None, reason_for(error), unread_folder=False, until=until)
            continue
        kind = stat.S_IFMT(status.st_mode)
        if kind == stat.S_IFDIR and enter(name):
            span = level.span / level.count
            yield from _entered(levels, root, f"{name}/", until - span, span)
        else:
            yield Found(name, status, _NOT_A_FILE.get(kind), unread_folder=False, until=until)


def _entered(levels: list[_Level], root: str, prefix: str, since: float, span: float) -> Iterator[Found]:
    try:
        names = os.listdir(f"{root}/{prefix}")  # noqa: PTH208 - a million names
    except OSError as error:
        yield Found(prefix, None, f"the folder cannot be read: {reason_for(error)}", unread_folder=True, until=since)
        return
    names.sort(reverse=True)
    levels.append(_Level(prefix, names, max(1, len(names)), since, span))


class Opener:
    """Opens files below a root. No part of their path may be a link, so nothing leads out, whatever changes."""

    def __init__(self, root: str) -> None:
        """Raises OSError."""
        self._root = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        self._folder = ""
        self._descriptor = self._root  # of the folder that was used last: most files have it in common

    def open(self, name: str) -> tuple[int, os.stat_result]:
        """Open a regular file: its descriptor and its status. Raises OSError, ValueError."""
        folder, _, last = name.rpartition("/")
        self._change_to(folder)
        # Without O_NONBLOCK, opening a named pipe would wait for its other end for ever.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(last, flags, dir_fd=self._descriptor)
        status = os.fstat(descriptor)
        if stat.S_ISREG(status.st_mode):
            return descriptor, status
        os.close(descriptor)
        raise ItemError(_NOT_A_FILE.get(stat.S_IFMT(status.st_mode), "not a file but a folder."))

    def close(self) -> None:
        """Let go of the folders."""
        self._leave()
        os.close(self._root)

    def _change_to(self, folder: str) -> None:
        if folder == self._folder:
            return
        self._leave()
        try:
            for part in folder.split("/") if folder else ():
                self._step(part)
        except BaseException:
            self._leave()
            raise
        self._folder = folder

    def _step(self, part: str) -> None:
        if part in ("", ".", ".."):
            raise ItemError("its path could lead out of the folder: not followed.")
        deeper = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=self._descriptor)
        if self._descriptor != self._root:
            os.close(self._descriptor)
        self._descriptor = deeper

    def _leave(self) -> None:
        if self._descriptor != self._root:
            os.close(self._descriptor)
        self._descriptor, self._folder = self._root, ""
