"""Keys of those who ask: shown once, kept as digests, each for what it is for and as long as it is meant to last."""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from haalweg.errors import HaalwegError
from haalweg.plain_text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_PREFIX = "hwk_"  # so that scanners for leaked keys know one when they see it
_TOKEN_BYTES = 32
_APPLICATION_ID = 0x68676174  # "hgat"
_MOST_NAME = 100
_TABLES = """
CREATE TABLE key (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  digest BLOB NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  tier TEXT,
  banks TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  expires_at INTEGER,
  ended_at INTEGER
) STRICT;
CREATE TABLE secret (id INTEGER PRIMARY KEY CHECK (id = 1), value BLOB NOT NULL) STRICT;
"""


class Scope(StrEnum):
    """What a key may do."""

    CHECK = "check"  # have uploads checked, with the full answer
    LOOKUP = "lookup"  # ask whether signatures match, and be told yes or no
    FEED = "feed"  # follow the banks that are named for it
    STATUS = "status"  # see how the gate does, and its metrics


class GateStateError(HaalwegError):
    """A state file that cannot be used, or a key that cannot be made."""


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key; not the key itself."""

    id: int
    name: str
    scopes: frozenset[Scope]
    tier: str | None  # of the feed
    banks: tuple[str, ...]  # of the feed
    made_at: datetime  # UTC, as are the others
    expires_at: datetime | None
    ended_at: datetime | None

    def is_valid(self, now: datetime) -> bool:
        """Whether it still opens anything."""
        return self.ended_at is None and (self.expires_at is None or now < self.expires_at)


class GateState:
    """The small file beside the bank: keys, and the secret that subscribers' names for entries are made with.

    For any number of threads; another process may write beside it, and is heard at the next question.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._seen: tuple[int, ...] | None = None
        self._by_digest: dict[bytes, Key] = {}

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

    def new_key(
        self,
        name: str,
        scopes: frozenset[Scope],
        *,
        now: datetime,
        expires_at: datetime | None = None,
        tier: str | None = None,
        banks: tuple[str, ...] = (),
    ) -> str:
        """Make a key and give it: it cannot be had again. Several may have one name, for changing them over."""
        if not 0 < len(name) <= _MOST_NAME or not name.isprintable():
            raise GateStateError(f"A key's name has 1 to {_MOST_NAME} characters that can be printed.")
        if not scopes:
            raise GateStateError(f"A key for nothing. There are: {', '.join(Scope)}.")
        token = _PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)
        with self._writing():
            self._connection.execute(
                "INSERT INTO key (name, digest, scopes, tier, banks, made_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    name,
                    _digest(token),
                    " ".join(sorted(scopes)),
                    tier,
                    " ".join(banks),
                    _number(now),
                    _number(expires_at),
                ),
            )
        return token

    def end_keys(self, name: str, *, now: datetime) -> int:
        """End every key of a name; how many there were."""
        with self._writing():
            ended = self._connection.execute(
                "UPDATE key SET ended_at = ? WHERE name = ? AND ended_at IS NULL", (_number(now), name)
            )
            return ended.rowcount

    def all_keys(self) -> tuple[Key, ...]:
        """All that were ever made, the oldest first."""
        self._read_anew()
        return tuple(sorted(self._by_digest.values(), key=lambda key: key.id))

    def key_of(self, token: str, *, now: datetime) -> Key | None:
        """Whose key that is; None for one that opens nothing."""
        self._read_anew()
        key = self._by_digest.get(_digest(token))
        return key if key is not None and key.is_valid(now) else None

    def secret_for(self, key: Key) -> bytes:
        """What a subscriber's names for entries are made with; no two keys of different names have the same."""
        (secret,) = self._connection.execute("SELECT value FROM secret").fetchone()
        return hashlib.blake2b(key.name.encode(), key=secret, digest_size=32, person=b"haalweg.feed").digest()

    def _read_anew(self) -> None:
        (seen,) = self._connection.execute("PRAGMA data_version").fetchone()
        mark = (seen, self._connection.total_changes)
        if mark == self._seen:
            return
        rows = self._connection.execute(
            "SELECT digest, id, name, scopes, tier, banks, made_at, expires_at, ended_at FROM key"
        ).fetchall()
        self._by_digest = {digest: _key_of(rest) for digest, *rest in rows}
        self._seen = mark

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise GateStateError(f"The gate's state file cannot be written ({error}).") from error


def _prepare(connection: sqlite3.Connection, name: str) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application == 0 and tables == 0:
        connection.executescript(f"BEGIN IMMEDIATE; PRAGMA application_id = {_APPLICATION_ID}; {_TABLES}")
        connection.execute("INSERT INTO secret VALUES (1, ?)", (secrets.token_bytes(32),))
        connection.execute("COMMIT")
    elif application != _APPLICATION_ID:
        raise GateStateError(f"{name}: a file of something else. Name another one as `state`.")


def _key_of(row: Sequence[Any]) -> Key:
    id_, name, scopes, tier, banks, made, expires, ended = row
    return Key(
        id_,
        name,
        frozenset(map(Scope, scopes.split())),
        tier,
        tuple(banks.split()),
        datetime.fromtimestamp(made, UTC),
        None if expires is None else datetime.fromtimestamp(expires, UTC),
        None if ended is None else datetime.fromtimestamp(ended, UTC),
    )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def _number(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())
