"""A partner that follows the machine door, for tests: it says what it was told to say, and nothing by itself."""

from __future__ import annotations

import uuid
from typing import Any

import httpx

from haalweg.gate.keys import Scope
from haalweg.web.store.models import Partner
from tests.gate.gates import AGate, bearer


class Follower:
    """A partner's gate, as the door sees it: it asks for what is new, and says how far it has come by that."""

    def __init__(self, machine_door: AGate, name: str, *, bank: str) -> None:
        Partner.objects.create(name=name, title=name.title(), kind="chat")
        self._url = machine_door.url
        self._key = machine_door.key(Scope.FEED, Scope.FEEDBACK, name=name, tier="hashes", banks=(bank,))
        self._cursor: str | None = None
        self._refs: list[str] = []

    def asks(self) -> dict[str, Any]:
        """Ask for what is new."""
        query = {} if self._cursor is None else {"cursor": self._cursor}
        answer = httpx.get(f"{self._url}/api/v1/feed", params=query, headers=bearer(self._key), trust_env=False)
        page: dict[str, Any] = answer.json()
        self._cursor = page["cursor"]
        self._refs += [each["ref"] for each in page["entries"]]
        return page

    def takes_over(self) -> None:
        """It fetches all there is, and says so with the next question."""
        while self.asks()["more"]:
            pass
        self.asks()

    def says(self, **more: str) -> None:
        """Of the first that it ever got."""
        content = {"id": str(uuid.uuid4()), "ref": self._refs[0]} | more
        answer = httpx.post(f"{self._url}/api/v1/feedback", json=content, headers=bearer(self._key), trust_env=False)
        assert answer.json()["taken"] is True
