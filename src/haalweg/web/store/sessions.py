"""Sessions that a copy of the table does not open: it holds digests of their keys, and what they hold is closed."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DbStore
from django.utils import timezone

if TYPE_CHECKING:
    from cryptography.fernet import Fernet
    from django.contrib.sessions.base_session import AbstractBaseSession


class SessionStore(DbStore):
    """Django's, with a digest where it has the key and a closed text where it has a signed one."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Close what a session holds."""
        return _closed().encrypt(json.dumps(session_dict).encode()).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """Open it; one that cannot be opened is empty."""
        try:
            found: dict[str, Any] = json.loads(_closed().decrypt(session_data))
        except InvalidToken:
            return {}
        return found

    def exists(self, session_key: str) -> bool:
        """Whether there is such a session."""
        return super().exists(_digest(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Make the row."""
        row = super().create_model_instance(data)
        row.session_key = _digest(self._get_or_create_session_key())  # type: ignore[attr-defined]  # the stubs lack it
        return row

    def delete(self, session_key: str | None = None) -> None:
        """End a session."""
        key = session_key or self.session_key
        if key is not None:
            self.model.objects.filter(session_key=_digest(key)).delete()

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        found = self.model.objects.filter(session_key=_digest(self.session_key), expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
        return found


def _closed() -> Fernet:
    closed: Fernet = settings.HAALWEG_SECRET.closed("sessions")
    return closed


def _digest(key: str | None) -> str:
    return sha256(b"haalweg session 1\0" + (key or "").encode()).hexdigest()[:40]
