"""The key file on the disk: read only where nobody else can read it, written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
import struct
from typing import TYPE_CHECKING

from haalweg.keeping.errors import KeyFileError
from haalweg.plain_text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_BYTES = 1 << 20
_ACL = "system.posix_acl_access"
_ACL_USER, _ACL_GROUP_OBJ, _ACL_GROUP = 0x02, 0x04, 0x08


Stamp = tuple[int, int, int]  # inode, time of writing, size: another one after every replace


def stamp_of(path: Path) -> Stamp | None:
    """What the file looks like from outside; None where it cannot be seen."""
    try:
        return _stamp(path.stat())
    except OSError:
        return None


def read(path: Path) -> tuple[bytes, Stamp]:
    """All of the file, and its stamp. Raises KeyFileError where it is missing, no file, or others may read it."""
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for its other end for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        raise KeyFileError(
            f"There is no key file at {_name(path)}. Make one with: haalweg keys new. If there was one, get it back "
            "from its recovery sheet: haalweg keys recover. If it is elsewhere, name it in HAALWEG_KEY_FILE."
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a name with a null byte
        raise KeyFileError(f"{_name(path)}: the key file cannot be read ({_reason(error)}).") from None
    try:
        _check(descriptor, path)
        return _all_of(descriptor, path), _stamp(os.fstat(descriptor))
    finally:
        os.close(descriptor)


def write_new(path: Path, data: bytes) -> None:
    """Write the file where there is none. Raises KeyFileError where there is one, or it cannot be written."""
    if os.path.lexists(path):
        raise _already_there(path)
    with _sentences(path):
        _make_folder(path.parent)
    with alone_in_folder_of(path), _sentences(path):
        try:
            _write_beside(path, data)
            os.link(_beside(path), path)  # refuses where replace would overwrite
        except FileExistsError:
            raise _already_there(path) from None
        finally:
            _beside(path).unlink(missing_ok=True)
        _flush_folder(path.parent)


def replace(path: Path, data: bytes) -> None:
    """Put new contents in the place of the old. Call it alone in the folder."""
    with _sentences(path):
        try:
            _write_beside(path, data)
            _beside(path).rename(path)
        finally:
            _beside(path).unlink(missing_ok=True)
        _flush_folder(path.parent)


@contextlib.contextmanager
def alone_in_folder_of(path: Path) -> Iterator[None]:
    """Wait for other commands that write keys here, and keep them waiting."""
    with _sentences(path):
        descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(OSError):  # a file system without locks: the checks that follow still hold
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _check(descriptor: int, path: Path) -> None:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise KeyFileError(
            f"{_name(path)}: not a file, where a key file should be. Name the right one in HAALWEG_KEY_FILE."
        )
    if status.st_mode & stat.S_IRWXO or (status.st_mode & stat.S_IRWXG and not _only_for_me(descriptor)):
        raise KeyFileError(
            f"{_name(path)}: other people on this machine may read the keys (mode {status.st_mode & 0o777:03o}). "
            f"Close it with: chmod 600 {_name(path)}. If someone may have read it, make a new key: haalweg keys rotate."
        )
    if status.st_size > _MOST_BYTES:
        raise KeyFileError(f"{_name(path)}: {status.st_size:,} bytes, far more than a key file has. {_ANOTHER}")


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_ino, status.st_mtime_ns, status.st_size


def _only_for_me(descriptor: int) -> bool:
    """Whether the group's bits are an access list that names this user only, as systemd gives its credentials."""
    try:
        entries = os.getxattr(descriptor, _ACL)[4:]
    except OSError:
        return False
    for tag, rights, who in struct.iter_unpack("<HHI", entries):
        for_others = tag in (_ACL_GROUP_OBJ, _ACL_GROUP) or (tag == _ACL_USER and who != os.geteuid())
        if rights and for_others:
            return False
    return True


def _all_of(descriptor: int, path: Path) -> bytes:
    try:
        with os.fdopen(os.dup(descriptor), "rb") as stream:
            return stream.read(_MOST_BYTES)
    except OSError as error:
        raise KeyFileError(f"{_name(path)}: the key file cannot be read ({_reason(error)}).") from None


def _beside(path: Path) -> Path:
    # Always the same name: what a power cut leaves behind is written over by the next command, not collected.
    return path.with_name(f".{path.name}.new")


def _write_beside(path: Path, data: bytes) -> None:
    beside = _beside(path)
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        os.fchmod(stream.fileno(), 0o600)
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _make_folder(folder: Path) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in missing:
        _flush_folder(each.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise KeyFileError(
            f"{_name(path)}: the key file cannot be written ({_reason(error)}). {_way_out(error)}"
        ) from None


def _way_out(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Nothing was changed. Make room and run the command again."
    return "Nothing was changed. Name a place where you may write in HAALWEG_KEY_FILE."


def _already_there(path: Path) -> KeyFileError:
    if path.is_dir():
        return KeyFileError(
            f"{_name(path)}: a folder, where the key file should come. Name a file in HAALWEG_KEY_FILE."
        )
    if not path.exists():
        return KeyFileError(
            f"{_name(path)}: a link that leads nowhere, where the key file should come. Remove it first."
        )
    return KeyFileError(
        f"{_name(path)}: there is a key file already, and it is never written over: what it sealed would be lost. "
        "For a new key beside the old ones: haalweg keys rotate. For keys of another installation, name another "
        "place in HAALWEG_KEY_FILE."
    )


def _name(path: Path) -> str:
    return shown(str(path))


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "what should be its folder is a file"
    return (error.strerror or "unknown reason").lower() if isinstance(error, OSError) else "no such name"


_ANOTHER = "Name the right file in HAALWEG_KEY_FILE."
