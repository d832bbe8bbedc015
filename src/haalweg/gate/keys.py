"""Keys of those who ask: shown once, kept as digests, each for what it is for and as long as it is meant to last.

A key's name is that of the platform it belongs to: several of one name are that platform's, and what it says of an
entry counts once and holds where it asks.
"""

from __future__ import annotations

import hashlib
import math
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from haalweg.banks import checked_name
from haalweg.gate.state import GateStateError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from haalweg.gate.state import StateFile

_PREFIX = "hwk_"  # so that scanners for leaked keys know one when they see it
_TOKEN_BYTES = 32
_MOST_NAME = 100
_FRESH_S = 0.05


class Scope(StrEnum):
    """What a key may do."""

    CHECK = "check"  # have uploads checked, with the full answer
    LOOKUP = "lookup"  # ask whether signatures match in the banks that are named for it, and be told yes or no
    FEED = "feed"  # follow the banks that are named for it
    FEEDBACK = "feedback"  # say what became of an upload that matched
    CURATE = "curate"  # add to banks of this gate and take out of them, as HMA's clients do
    STATUS = "status"  # see how the gate does, and its metrics


_BY_BANK = frozenset({Scope.FEED, Scope.LOOKUP})


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key; not the key itself."""

    id: int
    name: str
    scopes: frozenset[Scope]
    tier: str | None  # of the feed
    banks: tuple[str, ...]  # what it follows, asks of or speaks of; none where it does none of these
    made_at: datetime  # UTC, as are the others
    expires_at: datetime | None
    ended_at: datetime | None
    adults_only_at: datetime | None  # when it was declared for it that everybody shown in what it adds is an adult

    def is_valid(self, now: datetime) -> bool:
        """Whether it still opens anything."""
        return self.ended_at is None and (self.expires_at is None or now < self.expires_at)


class Keys:
    """The keys of one gate, and the secret that subscribers' names for entries are made with.

    For any number of threads. A key that another process made opens at once, one that it ended opens nothing more
    within a twentieth of a second: to ask the file each time would cost a fifth of a signature check.
    """

    def __init__(self, state: StateFile) -> None:
        self._state = state
        self._seen: tuple[int, int] | None = None
        self._read_at = -math.inf  # seconds of a clock that only goes forward
        self._by_digest: dict[bytes, Key] = {}

    def new(
        self,
        name: str,
        scopes: frozenset[Scope],
        *,
        now: datetime,
        expires_at: datetime | None = None,
        tier: str | None = None,
        banks: tuple[str, ...] = (),
        adults_only: bool = False,
    ) -> str:
        """Make a key and give it: it cannot be had again. Several may have one name, for changing them over.

        adults_only: whoever makes it declares that everybody shown in what is added with it is an adult; without that
        there is no key to curate, since nobody is asked about each picture. Raises GateStateError, and BankError for a
        name that no bank has.
        """
        if not 0 < len(name) <= _MOST_NAME or not name.isprintable():
            raise GateStateError(f"A key's name has 1 to {_MOST_NAME} characters that can be printed.")
        if not scopes:
            raise GateStateError(f"A key for nothing. There are: {', '.join(Scope)}.")
        if Scope.CURATE in scopes and not adults_only:
            raise GateStateError(
                "With a key to curate entries are added and nobody is asked who is shown. It is made only where you "
                "declare that everybody shown in what is added with it is an adult."
            )
        if (_BY_BANK & scopes) and not banks:
            raise GateStateError("A key to follow or to look up is for banks by name, and no other answers it.")
        for bank in banks:  # they are kept in one text, with blanks between
            checked_name(bank)
        token = _PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)
        with self._state.writing() as file:
            key = file.execute(
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
            ).lastrowid
            if adults_only:
                file.execute("INSERT INTO declaration VALUES (?, ?)", (key, _number(now)))
        return token

    def end(self, name: str, *, now: datetime) -> int:
        """End every key of a name; how many there were."""
        with self._state.writing() as file:
            ended = file.execute(
                "UPDATE key SET ended_at = ? WHERE name = ? AND ended_at IS NULL", (_number(now), name)
            )
            self._read_at = -math.inf
            return ended.rowcount

    def all(self) -> tuple[Key, ...]:
        """All that were ever made, the oldest first."""
        self._read_anew()
        return tuple(sorted(self._by_digest.values(), key=lambda key: key.id))

    def of(self, token: str, *, now: datetime) -> Key | None:
        """Whose key that is; None for one that opens nothing."""
        digest = _digest(token)
        if digest not in self._by_digest or time.monotonic() - self._read_at > _FRESH_S:
            self._read_anew()
        key = self._by_digest.get(digest)
        return key if key is not None and key.is_valid(now) else None

    def secret_for(self, key: Key) -> bytes:
        """What a subscriber's names for entries are made with; no two keys of different names have the same."""
        ((secret,),) = self._state.rows("SELECT value FROM secret")
        return hashlib.blake2b(key.name.encode(), key=secret, digest_size=32, person=b"haalweg.feed").digest()

    def _read_anew(self) -> None:
        self._read_at = time.monotonic()
        mark = self._state.mark()
        if mark == self._seen:
            return
        rows = self._state.rows(
            "SELECT digest, id, name, scopes, tier, banks, made_at, expires_at, ended_at, at"
            " FROM key LEFT JOIN declaration ON key = id"
        )
        self._by_digest = {digest: _key_of(rest) for digest, *rest in rows}
        self._seen = mark


def _key_of(row: Sequence[Any]) -> Key:
    id_, name, scopes, tier, banks, made, *moments = row
    return Key(
        id_,
        name,
        frozenset(map(Scope, scopes.split())),
        tier,
        tuple(banks.split()),
        datetime.fromtimestamp(made, UTC),
        *(None if at is None else datetime.fromtimestamp(at, UTC) for at in moments),
    )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def _number(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())
