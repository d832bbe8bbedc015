"""The pages' database, copied while it is used and put back: an SQLite file, or PostgreSQL by its own programs."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from typing import TYPE_CHECKING

from haalweg.upkeep.errors import UpkeepError

if TYPE_CHECKING:
    from pathlib import Path

    from haalweg.web.configuration import Database

_MISSING = "it is not there (Debian package postgresql-client)"


def copy_database(database: Database, copy: Path) -> None:
    """Copy it, as it stands in one moment, to a file that is there and empty. Raises UpkeepError."""
    if database.file is None:
        _run(database, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", os.fspath(copy))
        return
    if not database.file.exists():
        raise UpkeepError(f"{database.place}: there is no database yet. It is made when the pages first run.")
    try:
        copy_sqlite(database.file, copy)
    except sqlite3.Error as error:
        raise UpkeepError(f"{database.place}: the database cannot be copied ({error}).") from None


def copy_sqlite(file: Path, copy: Path) -> None:
    """Copy an SQLite file as it stands in one moment, whoever writes to it meanwhile. Raises sqlite3.Error."""
    from_, to = sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True), sqlite3.connect(copy)
    try:
        from_.backup(to)
        to.execute("PRAGMA journal_mode = DELETE")  # one file
    finally:
        from_.close()
        to.close()


def put_back_postgres(database: Database, dump: Path) -> None:
    """Replace what a PostgreSQL database holds, all of it or nothing. Raises UpkeepError."""
    _run(
        database,
        "pg_restore",
        "--single-transaction",
        "--exit-on-error",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--no-privileges",
        "--dbname",
        database.name,
        os.fspath(dump),
    )


def holds_cases(database: Database) -> bool:
    """Whether a helpline's tables are there. Raises UpkeepError where that cannot be asked."""
    if database.file is not None:
        return database.file.exists()
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is used

    try:
        with psycopg.connect(
            dbname=database.name,
            user=database.user or None,
            password=database.password or None,
            host=database.host or None,
            port=database.port or None,
            connect_timeout=5,
        ) as connection:
            found = connection.execute("SELECT to_regclass('store_case')").fetchone()
            return found is not None and found[0] is not None
    except psycopg.Error as error:
        raise UpkeepError(
            f"{database.place}: the database cannot be reached ({str(error).partition(chr(10))[0]})."
        ) from None


def _run(database: Database, program: str, *arguments: str) -> None:
    named = {
        "PGDATABASE": database.name,
        "PGUSER": database.user,
        "PGPASSWORD": database.password,
        "PGHOST": database.host,
        "PGPORT": database.port,
    }
    environment = os.environ | {name: value for name, value in named.items() if value}
    try:
        done = subprocess.run(  # noqa: S603 - PostgreSQL's own, found where its package puts it
            [program, *arguments], env=environment, capture_output=True, text=True, check=False
        )
    except OSError as error:
        reason = _MISSING if isinstance(error, FileNotFoundError) else error.strerror
        raise UpkeepError(f"{program}: {reason}. PostgreSQL is copied and put back by its own programs.") from None
    if done.returncode:
        first = done.stderr.strip().partition("\n")[0]
        raise UpkeepError(f"{database.place}: {program} failed: {first}")
