"""What the thread that mails does, when it is a test's turn."""

from __future__ import annotations

import dataclasses
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from haalweg.web import running
from haalweg.web.store import mails
from tests.web.a_mail_server import AMailServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path


@contextmanager
def mailed_by(settings: Any, folder: Path) -> Iterator[AMailServer]:
    """A mail server, which the helpline of the tests sends its mails to."""
    with AMailServer(folder) as server:
        settings.HAALWEG = dataclasses.replace(settings.HAALWEG, mail=server.settings())
        yield server


def deliver(*, now: datetime | None = None) -> None:
    """Look up what was asked, and send all that is due."""
    now = now or timezone.now()
    mails.answer(running.door(), now=now)
    while mails.send_next(running.door(), now=now):
        pass
