"""A report without files that is told in a plain form: by who has no script, or to a case worker by phone."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

from haalweg.reports.locations import Location, LocationError, LocationKind
from haalweg.web.sent_keys import sent_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

AGES = ("age", "source", "others")
_MAYBE_YOUNG = ("no", "unknown")


def is_maybe_young(told: QueryDict) -> bool:
    """Whether somebody in it is, or may be, under 18: then nothing else of it is read."""
    return any(told.get(name) in _MAYBE_YOUNG for name in AGES)


def key_of(told: QueryDict) -> uuid.UUID:
    """Made with the form: what is sent twice is kept once."""
    try:
        return sent_key(told.get("key", ""))
    except ValueError:
        return uuid.uuid4()


def lines_of(told: QueryDict) -> list[str]:
    """Where it is, a place a line."""
    return [line.strip() for line in told.get("places", "").splitlines() if line.strip()]


def report_of(told: QueryDict, *, language: str, consents: Sequence[str]) -> bytes:
    """Write it as the path does, whose JSON it is."""
    is_for_self = told["whom"] == "self"
    return json.dumps(
        {
            "version": 1,
            "language": language,
            "age": {"in_picture": told["age"], "in_source_photo": told["source"], "others": told["others"]},
            "for": "self" if is_for_self else "someone_else",
            "authority": None if is_for_self else told["whom"],
            "have": "only_link",
            "items": [],
            "places": [_place(line) for line in lines_of(told)],
            "story": told.get("story", ""),
            "consents": list(consents),
            "contact": None,
            "pin": None,
        }
    ).encode()


def _place(line: str) -> dict[str, str]:
    try:
        found = Location.parse(line)
    except LocationError:
        return {"url": line}  # it is refused, with why
    return {"text": line} if found.kind is LocationKind.TEXT else {"url": found.text}
