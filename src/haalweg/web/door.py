"""The machine door, as web asks it: over a socket file on this machine."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from haalweg.errors import HaalwegError
from haalweg.keeping.letters import LetterBox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

_AT_ONCE = 500  # letters that are read back in one request
_TIMEOUT = httpx.Timeout(20.0, connect=2.0)


class DoorError(HaalwegError):
    """The machine door does not answer, or refuses. The text holds nothing of what was asked."""


class LetterError(DoorError):
    """A letter that the machine door cannot open, however often it is asked: it was changed, or its key is gone."""


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
    ) -> dict[str, int]:
        """Put signatures into banks; how many were new, there already, or withdrawn before. Safe to do twice."""
        return self._asked(
            "POST",
            "/admit",
            {
                "letters": _written(letters),
                "banks": list(banks),
                "assurance": assurance,
                "expires_at": expires_at.isoformat() if expires_at else None,
            },
        )

    def release(self, letters: Iterable[Letter], *, banks: Sequence[str]) -> int:
        """Take signatures out of these banks so that they may come in again; how many went. Safe to do twice."""
        return int(self._asked("POST", "/release", {"letters": _written(letters), "banks": list(banks)})["gone"])

    def withdraw(self, letters: Iterable[Letter], *, reason: str) -> int:
        """Take signatures out of every bank; how many entries went. Safe to do twice."""
        return int(self._asked("POST", "/withdraw", {"letters": _written(letters), "reason": reason})["gone"])

    def read_back(self, letters: Sequence[Letter], *, who: int, why: str) -> list[str]:
        """Read texts back. who: the number of a member of staff, 0 for the person; why: a word of the door's list."""
        plain: list[str] = []
        for at in range(0, len(letters), _AT_ONCE):
            some = _written(letters[at : at + _AT_ONCE])
            plain += self._asked("POST", "/open", {"letters": some, "who": who, "why": why})["plain"]
        return [base64.b64decode(each).decode() for each in plain]

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    def _asked(self, method: str, path: str, content: dict[str, object] | None = None) -> dict[str, Any]:
        try:
            answer = self._client.request(method, path, json=content)
        except httpx.HTTPError as error:
            raise DoorError(f"The machine door does not answer ({type(error).__name__}).") from None
        if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
            raise LetterError("The machine door cannot open a letter.")
        if answer.status_code != httpx.codes.OK:
            raise DoorError(f"The machine door answered with status {answer.status_code}.")
        said: dict[str, Any] = answer.json()
        return said


def _written(letters: Iterable[Letter]) -> list[dict[str, str]]:
    return [{"place": each.place, "letter": base64.b64encode(each.letter).decode()} for each in letters]
