"""What others are told of: that something happened, by numbers; no name of a person, no URL, value or picture."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from haalweg.matching.policy import Action
from haalweg.plain_text import utc_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from haalweg.gate.receipts import Pull
    from haalweg.matching.check import Checked, Finding


class Event(StrEnum):
    """What can happen."""

    UPLOAD_HELD = "upload.held"
    UPLOAD_BLOCKED = "upload.blocked"
    SOURCE_STALE = "source.stale"  # not heard from for as long as the policy allows
    SOURCE_HEARD = "source.heard"  # heard again after that
    SOURCE_HELD = "source.held"  # it sent too much at once: a person has to look
    ENTRY_MATCHES_MANY = "entry.matches_many"  # what very many upload: it holds at most until a person looked
    FEED_PULLED = "feed.pulled"  # a key asked for everything that it may follow: a whole copy went out
    POLICY_TROUBLE = "policy.trouble"  # changed settings could not be taken over


_BY_ACTION = {Action.HOLD: Event.UPLOAD_HELD, Action.BLOCK: Event.UPLOAD_BLOCKED}


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened just now."""

    event: Event
    data: Mapping[str, object] = field(default_factory=dict)

    def as_json(self, *, now: datetime) -> bytes:
        """Write it as it is sent."""
        at = utc_text(now, timespec="milliseconds")
        said = {"type": self.event.value, "timestamp": at, "data": self.data}
        return json.dumps(said, separators=(",", ":")).encode()


def happenings_of(uploads: Iterable[Checked]) -> list[Happening]:
    """Those among these uploads that did not simply pass."""
    return [_upload(each, _BY_ACTION[each.action]) for each in uploads if each.action in _BY_ACTION]


def of_crowd(finding: Finding) -> Happening:
    """An entry that matches what very many upload."""
    return Happening(Event.ENTRY_MATCHES_MANY, _numbers(finding))


def of_source(event: Event, source: str) -> Happening:
    """Something about a source; its name is that in the settings."""
    return Happening(event, {"source": source})


def of_pull(pull: Pull) -> Happening:
    """A key that asked for everything, by its number."""
    return Happening(Event.FEED_PULLED, {"key": pull.key, "again": pull.again})


def _upload(checked: Checked, event: Event) -> Happening:
    return Happening(
        event,
        {
            "verdict": checked.verdict.value,
            "action": checked.action.value,
            "failure": checked.failure.value if checked.failure else None,
            "matches": [_numbers(finding) for finding in checked.matches],
            "leads": [_numbers(finding) for finding in checked.leads],
        },
    )


def _numbers(finding: Finding) -> dict[str, int]:
    return {"bank": finding.facts.bank_id, "entry": finding.found.entry}
