"""The way to a bank file: what it has to be, how it is opened, and how a new one comes to its place."""

from __future__ import annotations

import os
import secrets
import sqlite3
import stat
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from haalweg.adapters.bank_file.errors import BankFileError, said_of
from haalweg.adapters.bank_file.schema import (
    APPLICATION_ID,
    PAGE_BYTES,
    SINCE_2,
    SINCE_3,
    TABLES,
    TABLES_1,
    TABLES_2,
    VERSION,
)
from haalweg.banks.changes import EPOCH_BYTES
from haalweg.plain_text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FULL, _ON = 2, 1
_TAKEN = "there is a file of this name already. Nothing was changed."
_TABLES_OF = {1: TABLES_1, 2: TABLES_2, VERSION: TABLES}
_CANNOT_WRITE = ("SQLITE_CANTOPEN", "SQLITE_READONLY")


def connected(path: Path, name: str, *, read_only: bool, wait_s: float) -> sqlite3.Connection:
    """Open a file and see that it is a bank file of this version. Raises BankFileError and sqlite3.Error."""
    _refuse_what_is_no_file(path, name)
    path = path.resolve()  # SQLite's files lie beside the file itself, not beside a link to it
    if not read_only and not _may_write(path):
        raise BankFileError(f"{name}: it cannot be written here: the file, its folder or the disk is read-only.")
    with ExitStack() as undo:
        connection = _reading(path, name, wait_s) if read_only else _connection(path, "rw", wait_s)
        undo.callback(connection.close)
        _refuse_strangers(connection, name)
        if not read_only:
            _make_safe(connection, name)
            _bring_up(connection, name)
        undo.pop_all()
    return connection


@contextmanager
def new_file(place: Path) -> Iterator[sqlite3.Connection]:
    """Give an empty file to fill. It is whole or not there: written beside its place, for its owner only, then linked.

    Raises BankFileError, also where there is a file already.
    """
    name = shown(os.fspath(place))
    beside = place.with_name(f".haalweg.{secrets.token_hex(8)}")
    if place.exists():
        raise BankFileError(f"{name}: {_TAKEN}")
    try:
        os.close(os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        try:
            with said_of(name):
                connection = _connection(beside, "rw", 0)
                try:
                    yield connection
                finally:
                    connection.close()
            _sync(beside, os.O_RDONLY)
            _put_in_place(beside, place)
        finally:
            for left in (beside, beside.with_name(beside.name + "-journal")):
                left.unlink(missing_ok=True)
        _sync(place.parent, os.O_RDONLY | os.O_DIRECTORY)
    except FileExistsError as error:
        raise BankFileError(f"{name}: {_TAKEN}") from error
    except FileNotFoundError as error:
        raise BankFileError(f"{name}: there is no such folder.") from error
    except OSError as error:
        raise BankFileError(f"{name}: it cannot be made: {error.strerror or 'the disk gave an error'}.") from error


def _put_in_place(beside: Path, place: Path) -> None:
    """Give the file its name; unlike a rename this replaces nothing."""
    try:
        os.link(beside, place)
    except FileExistsError:
        raise
    except OSError:
        # A disk without links, as sticks and cards have: the name is taken first, empty.
        os.close(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        beside.replace(place)


def make_tables(connection: sqlite3.Connection) -> None:
    """Turn an empty file into a bank file without its first row."""
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    for statement in TABLES.values():
        connection.execute(statement)


def _refuse_what_is_no_file(path: Path, name: str) -> None:
    # Asked by name: whoever opens and closes the file past SQLite takes away the locks that this process has on it.
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BankFileError(f"{name}: there is no such file. Make one with `haalweg bank new`.") from error
    except (OSError, ValueError) as error:  # ValueError: a name with a null byte
        raise BankFileError(f"{name}: it cannot be read.") from error
    if not stat.S_ISREG(status.st_mode):
        raise BankFileError(f"{name}: not a file, so no bank file.")
    if not os.access(path, os.R_OK):
        raise BankFileError(f"{name}: this user may not read it.")


def _refuse_strangers(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("BEGIN")  # another program may be bringing it up: version and tables are those of one moment
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        found = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL"))
    finally:
        connection.execute("ROLLBACK")
    if application != APPLICATION_ID:
        raise BankFileError(f"{name}: not a bank file. Make one with `haalweg bank new`.")
    if version not in _TABLES_OF:
        raise BankFileError(
            f"{name}: a bank file of version {version}; this haalweg reads version {VERSION}. "
            f"Use {'a newer one' if version > VERSION else 'the one it was made with'}."
        )
    if found != _TABLES_OF[version]:
        # Its triggers and views would run as ours.
        raise BankFileError(f"{name}: its tables are not those of a bank file. Go back to a copy.")


def _bring_up(connection: sqlite3.Connection, name: str) -> None:
    """Make a file of an earlier version one of this, in one step."""
    if _version_of(connection) == VERSION:
        return
    with said_of(name):
        connection.execute("PRAGMA foreign_keys = OFF")  # tables that others refer to are made anew
        connection.execute("BEGIN IMMEDIATE")
        try:
            while (version := _version_of(connection)) < VERSION:  # unless somebody else was quicker
                _NEXT[version](connection)
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        finally:
            connection.execute("PRAGMA foreign_keys = ON")


def _to_version_2(connection: sqlite3.Connection) -> None:
    """Withdrawals get the order in which they were made."""
    store = connection.execute("SELECT * FROM store").fetchone()
    withdrawn = connection.execute("SELECT * FROM withdrawn ORDER BY withdrawn_at, entry").fetchall()
    for table in ("store", "withdrawn"):
        connection.execute(f"DROP TABLE {table}")
    for table in ("store", "withdrawn", *SINCE_2):
        connection.execute(TABLES_2[table])
    connection.execute(
        "INSERT INTO store VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        (*store, secrets.token_bytes(EPOCH_BYTES), len(withdrawn)),
    )
    connection.executemany(
        "INSERT INTO withdrawn VALUES (?, ?, ?, ?, ?, ?)",
        ((number, *row) for number, row in enumerate(withdrawn, 1)),
    )


def _to_version_3(connection: sqlite3.Connection) -> None:
    """What sources called their entries stays; nothing was said of any."""
    store = connection.execute("SELECT * FROM store").fetchone()
    following = connection.execute("SELECT * FROM following").fetchall()
    for table in ("store", "following"):
        connection.execute(f"DROP TABLE {table}")
    for table in ("store", "following", *SINCE_3):
        connection.execute(TABLES[table])
    connection.execute("INSERT INTO store VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)", store)
    connection.executemany("INSERT INTO following VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)", following)


_NEXT = {1: _to_version_2, 2: _to_version_3}


def _version_of(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _make_safe(connection: sqlite3.Connection, name: str) -> None:
    """See that what is written here survives: what SQLite was told is read back."""
    (journal,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()
    (secure,) = connection.execute("PRAGMA secure_delete").fetchone()
    if (journal, synchronous, secure) != ("wal", _FULL, _ON):
        raise BankFileError(f"{name}: this disk does not keep what is written to it safely. Put it on a local one.")


def _reading(path: Path, name: str, wait_s: float) -> sqlite3.Connection:
    # Able to write where it can, so that the files beside it, which every reader needs, go away with the last of them.
    connection = _connection(path, "rw", wait_s) if _may_write(path) else _unwritable(path, name, wait_s)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _unwritable(path: Path, name: str, wait_s: float) -> sqlite3.Connection:
    try:
        with ExitStack() as undo:
            connection = _connection(path, "ro", wait_s)
            undo.callback(connection.close)
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            undo.pop_all()
    except sqlite3.OperationalError as error:
        if not error.sqlite_errorname.startswith(_CANNOT_WRITE):
            raise
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            # Its newest changes are in there, withdrawals among them, and cannot be read here.
            raise BankFileError(
                f"{name}: its newest changes are still in the file {shown(log.name)} beside it, which cannot be "
                "read on a read-only disk. Copy both to a folder where you may write."
            ) from error
        return _connection(path, "ro&immutable=1", wait_s)
    return connection


def _connection(path: Path, mode: str, wait_s: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=wait_s,
        isolation_level=None,
        check_same_thread=False,  # one thread at a time is the caller's to see to
    )
    try:
        for setting in (
            "synchronous = FULL",
            "secure_delete = ON",  # what is freed is overwritten
            "temp_store = MEMORY",  # nothing sorted or sifted ever lands in TMPDIR
            "cache_size = -512",  # kB: what a gate reads it reads once, and the kernel has the rest
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "cell_size_check = ON",
        ):
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
