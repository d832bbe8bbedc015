"""A restore that was broken off once all of it was ready: it is ended before anything is opened."""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from haalweg.plain_text import shown
from haalweg.web.configuration import ConfigurationError
from haalweg.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from haalweg.web.configuration import Configuration

_MARK = "restore.unfinished"
_TORN = b"null"
_BESIDE = ("-wal", "-shm", "-journal")  # SQLite's files, which belong to the file that is replaced


def mark_ready(folder: Path, moves: Mapping[Path, Path]) -> None:
    """Write down that all is ready and what goes where; from now on the restore is ended, whoever goes on."""
    content = [[os.fspath(ready), os.fspath(place)] for ready, place in moves.items()]
    write_whole(folder / _MARK, lambda file: file.write(json.dumps(content).encode()))


def mark_begun(folder: Path) -> None:
    """Write down that the database is about to be replaced: until all is ready nothing may be opened."""
    write_whole(folder / _MARK, lambda file: file.write(_TORN))


def is_torn(folder: Path) -> bool:
    """Whether a restore was broken off before all was ready, so that only another one can end it."""
    try:
        return (folder / _MARK).read_bytes() == _TORN
    except FileNotFoundError:
        return False


def is_unfinished(folder: Path) -> bool:
    """Whether a restore was broken off, so that what is there is not one helpline."""
    return (folder / _MARK).exists()


def end_restore(configuration: Configuration, replay: Callable[[], object] | None = None) -> bool:
    """End a restore that was broken off; whether there was one. Raises ConfigurationError where it cannot be ended.

    replay: what opens the door's bank, so that its journal is carried out; None: the door does that when it starts.
    """
    mark = configuration.folder / _MARK
    try:
        moves = json.loads(mark.read_bytes())
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{_BROKEN_OFF} ({type(error).__name__}). {_AGAIN}") from None
    if moves is None:
        raise ConfigurationError(f"{_BROKEN_OFF} while the database was replaced. {_AGAIN}")
    if listens(configuration.door_socket):
        raise ConfigurationError(f"{_BROKEN_OFF}, and the machine door runs. Stop it, then give this command again.")
    try:
        _move([(Path(ready), Path(place)) for ready, place in moves])
        if replay is not None:
            replay()
        mark.unlink()
    except OSError as error:
        raise ConfigurationError(
            f"{_BROKEN_OFF}, and cannot be ended by this user ({error.strerror}). Give `haalweg serve check` as one "
            "who may write to the door's files too, root for instance."
        ) from None
    return True


def listens(path: Path) -> bool:
    """Whether a process listens at this socket file."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        try:
            asking.connect(os.fspath(path))
        except OSError:
            return False
        return True


def _move(moves: Sequence[tuple[Path, Path]]) -> None:
    for ready, place in moves:
        if ready.exists():  # else it was moved before this was broken off
            for end in _BESIDE:
                with suppress(FileNotFoundError):
                    Path(f"{place}{end}").unlink()
            ready.replace(place)
    for folder in {place.parent for _, place in moves}:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


_BROKEN_OFF = f"{shown(_MARK)}: a restore was broken off"
_AGAIN = "Give the same `haalweg serve restore` again, with --replace."
