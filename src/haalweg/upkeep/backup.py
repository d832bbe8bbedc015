"""A helpline in one sealed file. Its keys and its withdrawal journal are not in it: they are kept elsewhere."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import tarfile
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from haalweg.adapters.bank_file import BankFile
from haalweg.gate.settings import read_settings
from haalweg.gate.state import StateFile
from haalweg.keeping import KeepingError, KeyRing, key_file
from haalweg.keeping.sealed_stream import OpeningStream, SealingStream
from haalweg.plain_text import shown
from haalweg.upkeep.databases import copy_database, copy_sqlite
from haalweg.upkeep.errors import UpkeepError
from haalweg.upkeep.taking_turns import taking_turns
from haalweg.web.configuration import read_configuration
from haalweg.web.unfinished import is_unfinished
from haalweg.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import IO, BinaryIO

_VERSION = 1
ABOUT, SETTINGS, DOOR, SECRET, BANK, STATE, DATABASE = (
    "about.json",
    "serve.toml",
    "door.toml",
    "web.secret",
    "door.bank",
    "door.state",
    "database",
)
_MEMBERS = (SETTINGS, DOOR, SECRET, BANK, STATE, DATABASE)


@dataclass(frozen=True, slots=True)
class About:
    """What a backup is of."""

    made_at: datetime
    bank: str  # the id of the door's bank
    is_postgres: bool

    def as_json(self) -> bytes:
        """Write it as it lies in a backup."""
        content = {"version": _VERSION, "made_at": self.made_at.isoformat(), "bank": self.bank}
        return json.dumps(content | {"is_postgres": self.is_postgres}).encode()

    @classmethod
    def parse(cls, data: bytes) -> About:
        """Read it. Raises UpkeepError for one of another version."""
        content = json.loads(data)
        if content["version"] != _VERSION:
            raise UpkeepError("a backup of another version of haalweg: use the one that made it, or newer.")
        return cls(datetime.fromisoformat(content["made_at"]), content["bank"], content["is_postgres"])


def back_up(config: Path, file: Path, environment: Mapping[str, str], *, now: datetime) -> About:
    """Write a backup where there is no file yet, whoever uses the helpline meanwhile, and read it back.

    The bank is copied before the database: what is on the list then has its case in the copy, and its person can take
    it back. Raises UpkeepError, and what the settings, the keys and the bank raise.
    """
    _refuse_to_write_over(file)
    configuration = read_configuration(config, environment)
    door = read_settings(configuration.door, environment)
    ring = KeyRing.read(key_file(environment))
    about = About(now.astimezone(UTC), BankFile.id_of(door.bank), configuration.database.file is None)

    def write(out: BinaryIO) -> None:
        with SealingStream(out, ring) as sealing, tarfile.open(fileobj=sealing, mode="w|") as tar:
            _add(tar, ABOUT, io.BytesIO(about.as_json()), now)
            for member, path in ((SETTINGS, config), (DOOR, configuration.door), (SECRET, configuration.secret)):
                _add(tar, member, io.BytesIO(_content_of(path)), now)
            for member, beside, make in (
                (BANK, door.bank, lambda copy: _copy_bank(door.bank, copy, ring)),
                (STATE, door.state, lambda copy: _copy_state(door.state, copy)),
                (
                    DATABASE,
                    configuration.database.file or config,
                    lambda copy: copy_database(configuration.database, copy),
                ),
            ):
                with _copied(beside.resolve().parent, make) as copy:
                    _add(tar, member, copy, now)
        _refuse_to_write_over(file)  # by another one that began meanwhile and was quicker

    with taking_turns(configuration.folder, alone=False):
        if is_unfinished(configuration.folder):
            raise UpkeepError(
                f"{shown(os.fspath(configuration.folder))}: a restore was broken off, and a backup would be of no "
                "whole helpline. `haalweg serve check` ends it, or says what does; then back up."
            )
        try:
            write_whole(file, write)
        except OSError as error:
            raise UpkeepError(f"{shown(os.fspath(file))}: the backup cannot be written ({error.strerror}).") from None
    try:
        _read_back(file, ring)
    except BaseException:  # Ctrl-C too: who finds a backup takes it for one that was read back
        file.unlink()
        raise
    return about


def _refuse_to_write_over(file: Path) -> None:
    if os.path.lexists(file):
        raise UpkeepError(
            f"{shown(os.fspath(file))}: there is a file of this name already. Nothing was changed. Name another one."
        )


def _content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UpkeepError(
            f"{shown(os.fspath(path))}: it cannot be read ({error.strerror}), and a backup without it would be none."
        ) from None


def _read_back(file: Path, ring: KeyRing) -> None:
    with opened_backup(file, ring) as (_, members):
        for _, content in members:
            while content.read(1 << 20):
                pass


def _copy_bank(file: Path, copy: Path, ring: KeyRing) -> None:
    copy.unlink()  # it is made whole, under a name that nothing has
    with BankFile.open(file, ring, read_only=True) as bank:
        bank.snapshot(copy)


def _copy_state(file: Path, copy: Path) -> None:
    try:
        if file.exists():
            copy_sqlite(file, copy)
        else:  # the door makes it, as its own user, when it first runs
            StateFile.open(copy).close()
    except sqlite3.Error as error:
        raise UpkeepError(f"{shown(os.fspath(file))}: the door's state cannot be copied ({error}).") from None


@contextmanager
def opened_backup(file: Path, ring: KeyRing) -> Iterator[tuple[About, Iterator[tuple[str, IO[bytes]]]]]:
    """Give what a backup is of, then its parts in the order of `back_up`; once all were had it is whole.

    Raises UpkeepError.
    """
    name = shown(os.fspath(file))
    try:
        with file.open("rb") as sealed, io.BufferedReader(OpeningStream(sealed, ring)) as buffered:
            plain = cast("IO[bytes]", buffered)
            with tarfile.open(fileobj=plain, mode="r|") as tar:
                members = _members(tar)
                first, content = next(members, (None, None))
                if first != ABOUT or content is None:
                    raise UpkeepError(f"{name}: not a backup of a helpline.")
                yield About.parse(content.read()), _rest(members, plain)
    except OSError as error:  # of the backup, or of what the one who reads it does meanwhile
        place = name if error.filename is None else shown(os.fsdecode(error.filename))
        if isinstance(error, FileNotFoundError):
            raise UpkeepError(f"{place}: there is no such file.") from None
        raise UpkeepError(f"{place}: it cannot be used ({error.strerror or type(error).__name__}).") from None
    except (KeepingError, tarfile.TarError) as error:
        raise UpkeepError(f"{name}: {error}") from None


def _rest(members: Iterator[tuple[str, IO[bytes]]], plain: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    found = []
    for member, content in members:
        found.append(member)
        yield member, content
    while plain.read(1 << 16):  # its end is sealed too
        pass
    if tuple(found) != _MEMBERS:
        raise UpkeepError("a backup that lacks a part.")


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for member in tar:
        content = tar.extractfile(member)
        assert content is not None  # we wrote files only
        yield member.name, content


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes], now: datetime) -> None:
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, os.SEEK_END)
    member.mtime = int(now.timestamp())
    content.seek(0)
    tar.addfile(member, content)


@contextmanager
def _copied(folder: Path, make: Callable[[Path], None]) -> Iterator[IO[bytes]]:
    """A copy that lies where what it is of lies, and has no name as soon as it is made: nothing of it stays."""
    try:
        for left in (*folder.glob(f"{_COPY}*"), *folder.glob(f"{READY}*")):
            with suppress(FileNotFoundError):
                if time.time() - left.stat().st_mtime > _LEFT_S:  # of one that was killed in the middle of making it
                    left.unlink()
        descriptor, name = tempfile.mkstemp(prefix=_COPY, dir=folder)
    except OSError as error:
        raise UpkeepError(
            f"{shown(os.fspath(folder))}: a copy cannot be made there, which a backup needs for a moment "
            f"({error.strerror})."
        ) from None
    os.close(descriptor)
    copy = Path(name)
    try:
        make(copy)
        content = copy.open("rb")
    finally:
        copy.unlink(missing_ok=True)
    with content:
        yield content


_COPY = ".haalweg-copy."
READY = ".haalweg-restored."  # what a restore lays ready begins so
_LEFT_S = 3600
