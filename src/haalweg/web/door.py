"""The machine door, as web asks it: over a socket file on this machine."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

import httpx

from haalweg.banks import Cursor, Opinion
from haalweg.banks.feed import Tier
from haalweg.errors import HaalwegError
from haalweg.keeping.letters import LetterBox

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from haalweg.keeping.audit import Anchor

_AT_ONCE = 500  # letters that are read back, or asked about, in one request
_TIMEOUT = httpx.Timeout(20.0, connect=2.0)


class DoorError(HaalwegError):
    """The machine door does not answer, or refuses. The text holds nothing of what was asked."""


class DoorRefusalError(DoorError):
    """The machine door answers, and refuses this: what else there is to tell can be told."""


class Closed(Protocol):
    """A row that keeps a letter."""

    letter: Any  # bytes, as each database gives them

    @property
    def place(self) -> str:
        """Where its letter opens."""
        ...


def letters_of(rows: Iterable[Closed]) -> list[Letter]:
    """Give the letters of rows, as the door takes them."""
    return [Letter(each.place, bytes(each.letter)) for each in rows]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of signatures that the door was told of."""

    unreadable: int  # letters that do not open there: changed, or to a key that is gone
    reached: Cursor  # of the door's bank, after that: who followed it up to there has heard of it
    withdrawn_before: int = 0  # of those to be admitted: they do not come in again


@dataclass(frozen=True, slots=True)
class Follower:
    """Who follows the door's bank: a partner, or a gate of the helpline's own."""

    name: str  # of its keys; a partner's is the partner's
    banks: frozenset[str]
    signal_types: frozenset[str]  # that go out to it
    tier: Tier  # how much goes out to it
    follows: bool  # no: its keys have ended, and what it took over may still be there
    key_until: datetime | None  # None: without end
    cursor: Cursor | None  # how far it has followed, as it last said
    heard_at: datetime | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a platform said of uploads that matched."""

    who: str
    opinion: Opinion
    reason: str | None  # why it was not blocked
    at: datetime


@dataclass(frozen=True, slots=True)
class Doubted:
    """That an entry matches what very many people upload, and nobody there has said yet what that is."""

    mark: bytes  # of its value, as `value_lookup` has it
    at: datetime  # since when, where several said so: the last


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """A letter, and where it lies."""

    place: str
    letter: bytes


class Door:
    """For any number of threads."""

    def __init__(self, socket: Path) -> None:
        self._client = httpx.Client(
            transport=httpx.HTTPTransport(uds=str(socket)), base_url="http://door", timeout=_TIMEOUT, trust_env=False
        )

    def box(self) -> LetterBox:
        """What to close letters with. Raises DoorError."""
        said = self._asked("GET", "/box")
        return LetterBox(str(said["key_id"]), bytes.fromhex(str(said["public_key"])))

    def admit(
        self, letters: Iterable[Letter], *, banks: Sequence[str], assurance: str, expires_at: datetime | None
    ) -> Told:
        """Put signatures into banks. Safe to do twice, as all of these are."""
        said = self._asked(
            "POST",
            "/admit",
            {
                "letters": _written(letters),
                "banks": list(banks),
                "assurance": assurance,
                "expires_at": expires_at.isoformat() if expires_at else None,
            },
        )
        return _told(said)

    def release(self, letters: Iterable[Letter], *, banks: Sequence[str]) -> Told:
        """Take signatures out of these banks so that they may come in again."""
        return _told(self._asked("POST", "/release", {"letters": _written(letters), "banks": list(banks)}))

    def withdraw(self, letters: Iterable[Letter], *, reason: str) -> Told:
        """Take signatures out of every bank, for good."""
        return _told(self._asked("POST", "/withdraw", {"letters": _written(letters), "reason": reason}))

    def anchor(self, anchor: Anchor) -> None:
        """Tell where our audit log stands, for whoever follows to hear."""
        self._asked("POST", "/anchor", {"anchor": str(anchor)})

    def known_as_harmless(self, letters: Sequence[Letter]) -> list[bool]:
        """Which signatures a negative bank knows: pictures that are everybody's, or screens of apps."""
        known: list[bool] = []
        for at in range(0, len(letters), _AT_ONCE):
            some = letters[at : at + _AT_ONCE]
            rows = set(self._asked("POST", "/known", {"letters": _written(some)})["known"])
            known += [row in rows for row in range(len(some))]
        return known

    def followers(self) -> list[Follower]:
        """Everybody who follows the door's bank, or did."""
        return [
            Follower(
                each["name"],
                frozenset(each["banks"]),
                frozenset(each["signal_types"]),
                Tier(each["tier"]),
                each["follows"],
                datetime.fromisoformat(each["expires_at"]) if each["expires_at"] else None,
                Cursor.parse(each["cursor"]) if each["cursor"] else None,
                datetime.fromisoformat(each["heard_at"]) if each["heard_at"] else None,
            )
            for each in self._asked("GET", "/followers")["followers"]
        ]

    def said(self, letters: Sequence[Letter], *, banks: Sequence[str]) -> list[list[Said]]:
        """What platforms said of each signature, of its entries in these banks."""
        if not letters:
            return []
        rows = self._asked("POST", "/said", {"letters": _written(letters), "banks": list(banks)})["said"]
        return [
            [
                Said(each["who"], Opinion(each["opinion"]), each["reason"], datetime.fromisoformat(each["at"]))
                for each in said
            ]
            for said in rows
        ]

    def doubted(self, mark_keys: Mapping[str, bytes]) -> list[Doubted]:
        """Every entry that matches what very many people upload. mark_keys: what marks are made with, of each type."""
        keys = {name: key.hex() for name, key in mark_keys.items()}
        rows = self._asked("POST", "/doubted", {"mark_keys": keys})["doubted"]
        return [Doubted(bytes.fromhex(each["mark"]), datetime.fromisoformat(each["at"])) for each in rows]

    def read_back(self, letters: Sequence[Letter], *, who: int, why: str) -> list[str | None]:
        """Read texts back; None for one that does not open.

        who: the number of a member of staff, 0 for the person; why: a word of the door's list.
        """
        plain: list[str | None] = []
        for at in range(0, len(letters), _AT_ONCE):
            some = _written(letters[at : at + _AT_ONCE])
            plain += self._asked("POST", "/open", {"letters": some, "who": who, "why": why})["plain"]
        return [None if each is None else base64.b64decode(each).decode() for each in plain]

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    def _asked(self, method: str, path: str, content: dict[str, object] | None = None) -> dict[str, Any]:
        try:
            answer = self._client.request(method, path, json=content)
        except httpx.HTTPError as error:
            raise DoorError(f"The machine door does not answer ({type(error).__name__}).") from None
        if answer.status_code != httpx.codes.OK:
            raise DoorRefusalError(f"The machine door answered with status {answer.status_code}.")
        said: dict[str, Any] = answer.json()
        return said


def _told(said: dict[str, Any]) -> Told:
    return Told(said["unreadable"], Cursor.parse(said["reached"]), said.get("withdrawn_before", 0))


def _written(letters: Iterable[Letter]) -> list[dict[str, str]]:
    return [{"place": each.place, "letter": base64.b64encode(each.letter).decode()} for each in letters]
