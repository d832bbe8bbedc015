"""What a row is found again by whose value is in a letter: a mark that nobody makes without the server's secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from haalweg.reports.locations import Location


def of_contact(email: str) -> bytes:
    """Give the mark of an e-mail address (32 bytes), however its letters are written."""
    return _mark("contact", email.strip().lower())


def of_link(location: Location) -> bytes | None:
    """Give that of a link or a message (32 bytes); None: it is plain text."""
    return _mark("link", location.text) if location.site else None


def of_site(location: Location) -> bytes | None:
    """Give that of the site or the chat that it is in (32 bytes); None: it is plain text."""
    return _mark("site", location.site) if location.site else None


def _mark(purpose: str, value: str) -> bytes:
    mark: bytes = settings.HAALWEG_SECRET.lookup(purpose, value.encode())
    return mark
