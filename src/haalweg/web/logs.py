"""The web process's log: which part spoke and how loudly. No address, no query, no body, no text of an error."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Final

from haalweg.plain_text import utc_text

OURS: Final = "haalweg.web"
EVENTS: Final = frozenset(
    {
        "chores failed",
        "mails failed",
        "no key to close letters with",
        "tasks failed",
        "the machine door cannot do what was decided",
        "the machine door does not answer",
        "the mail server does not take mails",
    }
)


class RouteOnly(logging.Formatter):
    """Writes a record as a line of JSON: of ours the event, where it is on the list, and of others no word."""

    def format(self, record: logging.LogRecord) -> str:
        """Write it."""
        at = utc_text(datetime.fromtimestamp(record.created, UTC), timespec="milliseconds")
        said = {"at": at, "level": record.levelname.lower(), "library": record.name.split(".", 1)[0]}
        if record.name == OURS and record.msg in EVENTS:
            said["event"] = record.msg
        status = getattr(record, "status_code", None)
        if isinstance(status, int):
            said["status"] = str(status)
        if record.exc_info and record.exc_info[0] is not None:
            said["error"] = record.exc_info[0].__name__
        return json.dumps(said)
