"""The small file beside the bank: what a gate knows of those who ask, and what it passes on. It holds no signature."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from haalweg.errors import HaalwegError
from haalweg.plain_text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_APPLICATION_ID = 0x68676174  # "hgat"
_VERSION = 6  # one more with every table that comes: a file without it gets it when it is opened

_TABLES = {
    "key": """(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  digest BLOB NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  tier TEXT,
  banks TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  expires_at INTEGER,
  ended_at INTEGER
) STRICT""",
    "declaration": "(key INTEGER PRIMARY KEY REFERENCES key (id), at INTEGER NOT NULL) STRICT",
    "bank_switch": """(
  store TEXT NOT NULL,
  bank TEXT NOT NULL,
  ratio REAL NOT NULL,
  is_deleted INTEGER NOT NULL,
  PRIMARY KEY (store, bank)
) STRICT, WITHOUT ROWID""",
    "entry_switch": """(
  store TEXT NOT NULL,
  entry INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (store, entry)
) STRICT, WITHOUT ROWID""",
    "content": """(
  store TEXT NOT NULL,
  entry INTEGER NOT NULL,
  content INTEGER NOT NULL,
  PRIMARY KEY (store, entry),
  UNIQUE (store, content, entry)
) STRICT, WITHOUT ROWID""",
    "secret": "(id INTEGER PRIMARY KEY CHECK (id = 1), value BLOB NOT NULL) STRICT",
    "receipt": """(
  subscriber TEXT PRIMARY KEY,
  cursor TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID""",
    "under_18": "(id INTEGER PRIMARY KEY, who TEXT NOT NULL, at INTEGER NOT NULL) STRICT",
    "parcel": """(
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  body BLOB NOT NULL,
  made_at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  due_at INTEGER,
  trouble TEXT NOT NULL
) STRICT""",
    "head": """(
  source TEXT NOT NULL,
  log TEXT NOT NULL,
  number INTEGER NOT NULL,
  digest BLOB NOT NULL,
  heard_at INTEGER NOT NULL,
  PRIMARY KEY (source, log, number, digest)
) STRICT, WITHOUT ROWID""",
    "growth": """(
  source TEXT PRIMARY KEY,
  there INTEGER NOT NULL,
  more INTEGER NOT NULL,
  is_all INTEGER NOT NULL,
  at INTEGER NOT NULL,
  allowed_at INTEGER
) STRICT, WITHOUT ROWID""",
    "asked": "(key INTEGER PRIMARY KEY, day INTEGER NOT NULL, count INTEGER NOT NULL) STRICT",
}


class GateStateError(HaalwegError):
    """A state file that cannot be used, or something that cannot be kept in it."""


class StateFile:
    """The file, open. For any number of threads; another process may write beside it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.trouble: str | None = None  # why it could not be written the last time it had to be
        self._connection = connection
        self._one_at_a_time = threading.RLock()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the file, or make it. Raises GateStateError."""
        name = shown(os.fspath(path))
        try:
            if not path.exists():
                os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
            connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
            _prepare(connection, name)
        except FileNotFoundError:
            raise GateStateError(f"{name}: there is no such folder.") from None
        except (OSError, sqlite3.Error) as error:
            raise GateStateError(f"{name}: it cannot be used as the gate's state file ({error}).") from error
        return cls(connection)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One step that is done as a whole, durably, or not at all. Raises GateStateError."""
        with self._one_at_a_time:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
                self._connection.execute("COMMIT")
                self.trouble = None
            except BaseException as error:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    self.trouble = f"The gate's state file cannot be written ({error})."
                    raise GateStateError(self.trouble) from error
                raise

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Read. Raises GateStateError."""
        with self._one_at_a_time:
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.Error as error:
                raise GateStateError(f"The gate's state file cannot be read ({error}).") from error

    def mark(self) -> tuple[int, int]:
        """Something else after every change, by whatever process; in microseconds."""
        ((seen,),) = self.rows("PRAGMA data_version")
        return seen, self._connection.total_changes


def _prepare(connection: sqlite3.Connection, name: str) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != _APPLICATION_ID and (application, tables) != (0, 0):
        raise GateStateError(f"{name}: a file of something else. Name another one as `state`.")
    if version > _VERSION:
        raise GateStateError(f"{name}: it was made by a newer haalweg (version {version}; this one knows {_VERSION}).")
    if (application, version) == (_APPLICATION_ID, _VERSION):
        return
    connection.execute("BEGIN IMMEDIATE")
    for table, columns in _TABLES.items():
        connection.execute(f"CREATE TABLE IF NOT EXISTS {table} {columns}")
    connection.execute("INSERT OR IGNORE INTO secret VALUES (1, randomblob(32))")
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute("COMMIT")
