"""Where a gate is reached: had before anybody is told so, and never taken from another gate."""

from __future__ import annotations

import errno
import grp
import os
import socket
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from haalweg.errors import HaalwegError
from haalweg.gate.settings import SettingsError
from haalweg.plain_text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from haalweg.gate.settings import Listen

_WAITING = 2048  # who may wait to be let in; the system allows fewer
_ONLY_US = 0o600  # of a socket file: its user
_OUR_GROUP = 0o660  # its user and group, to which a proxy of another user is added


class CannotListenError(HaalwegError):
    """A place where nothing can listen. The text names it and says why."""

    def __init__(self, place: str, reason: str, *, is_taken: bool = False) -> None:
        super().__init__(f"{place}: nothing can listen there ({reason}).")
        self.place = place
        self.reason = reason
        self.is_taken = is_taken  # by another program, perhaps by this one


@contextmanager
def listening_at(listen: Listen) -> Iterator[socket.socket]:
    """Have the place for as long as it is needed. Raises CannotListenError."""
    if listen.socket is not None:
        with socket_file(listen.socket, mode=_OUR_GROUP) as made:
            yield made
        return
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    try:
        made = socket.create_server((listen.host, listen.port), family=family, backlog=_WAITING)
    except OSError as error:
        # What `create_server` makes of the reason holds the address once more; that of a name is below nought.
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        is_taken = error.errno == errno.EADDRINUSE
        raise CannotListenError(listen.place, reason or "no such address", is_taken=is_taken) from None
    with made:
        yield made


@contextmanager
def socket_file(path: Path, *, mode: int = _ONLY_US, group: str | None = None) -> Iterator[socket.socket]:
    """A socket file for as long as it is needed; one that was left behind is replaced.

    mode: who may open it. group: whose users may too, in place of its own. Raises CannotListenError, also where another
    gate listens there, and SettingsError for a group that cannot be given it.
    """
    place = f"unix:{shown(os.fspath(path))}"
    _refuse_where_one_listens(path, place)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as made:
        try:
            ours = _bound(made, path, mode, group)
        except OSError as error:
            raise CannotListenError(place, error.strerror or "the path is too long") from None
        try:
            yield made
        finally:
            with suppress(FileNotFoundError):
                if path.stat().st_ino == ours:  # and not another gate's, which took its place
                    path.unlink()


def _bound(made: socket.socket, path: Path, mode: int, group: str | None) -> int:
    """Have it listen there; the number of the file that it made."""
    path.unlink(missing_ok=True)
    before = os.umask(0o777 & ~mode)
    try:
        made.bind(os.fspath(path))
    finally:
        os.umask(before)
    if group is not None:
        try:
            _open_to(path, group)
        except SettingsError:
            path.unlink()
            raise
    made.listen(_WAITING)
    return path.stat().st_ino


def _open_to(path: Path, group: str) -> None:
    try:
        os.chown(path, -1, grp.getgrnam(group).gr_gid)
    except KeyError:
        raise SettingsError(f"web_group: there is no group {shown(group)} on this machine.") from None
    except PermissionError:
        raise SettingsError(
            f"web_group: this user is not in the group {shown(group)}, so it cannot open its socket to it. Put it "
            f"there: usermod -aG {shown(group)} USER."
        ) from None
    path.chmod(_OUR_GROUP)


def _refuse_where_one_listens(path: Path, place: str) -> None:
    if path.exists() and not path.is_socket():
        raise CannotListenError(place, "there is something else")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking, suppress(OSError):
        asking.connect(os.fspath(path))
        raise CannotListenError(place, "another gate listens there", is_taken=True)
