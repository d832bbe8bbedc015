"""A browser for tests: what it sends, it sends as browsers do."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.test import Client

PASSWORD = "correct horse 12 battery"  # noqa: S105 - of a test
FORM = "application/x-www-form-urlencoded"


class Browser(Client):
    """Django's test client, which by itself sends every form as multipart."""

    def submit(self, path: str, *, address: str = "192.0.2.1", **fields: str) -> Any:
        """Send a form, from this address."""
        return self.post(path, urlencode(fields), content_type=FORM, REMOTE_ADDR=address)
