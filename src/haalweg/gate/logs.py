"""The gate's log: a JSON object a line, of an event's name and of fields that are on a list.

Nothing that was sent can get into it: no URL, file name, signature, key or client's address, and no text of an error,
which may quote any of these. What libraries log is reduced to which of them spoke, and how loudly.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Final

from haalweg.plain_text import utc_text

FIELDS: Final = frozenset(
    {
        "count",
        "error",  # the name of its type
        "key",  # the number of a key
        "kind",  # of what was to be brought
        "library",
        "part",  # of the gate
        "source",  # by its name in the settings
        "target",  # the same
        "tries",
        "who",  # the number of a member of staff; 0: the person whose page it is
        "why",
    }
)
_WORD = re.compile(r"[A-Za-z0-9_.-]{1,100}")
_OURS = "haalweg.gate"
_Value = str | int


class GateLog:
    """What the gate logs with. Raises ValueError for what may not be logged."""

    def __init__(self) -> None:
        self._logger = logging.getLogger(_OURS)

    def info(self, event: str, **fields: _Value) -> None:
        """Something was done that has to be seen afterwards."""
        self._log(logging.INFO, event, fields)

    def warning(self, event: str, **fields: _Value) -> None:
        """Somebody should know soon."""
        self._log(logging.WARNING, event, fields)

    def error(self, event: str, **fields: _Value) -> None:
        """Something is broken."""
        self._log(logging.ERROR, event, fields)

    def _log(self, level: int, event: str, fields: dict[str, _Value]) -> None:
        for name, value in fields.items():
            if name not in FIELDS:
                raise ValueError(f"{name}: not a field of the log.")
            if isinstance(value, str) and not _WORD.fullmatch(value):
                raise ValueError(f"{name}: {len(value)} characters that are no single word.")
        self._logger.log(level, event, extra={"fields": fields})


LOG: Final = GateLog()


class AsJson(logging.Formatter):
    """Writes a record as a line of JSON; of one that is not ours no word but the library's name."""

    def format(self, record: logging.LogRecord) -> str:
        """Write it."""
        is_ours = record.name == _OURS and hasattr(record, "fields")
        fields = record.__dict__["fields"] if is_ours else {"library": record.name.split(".", 1)[0]}
        at = utc_text(datetime.fromtimestamp(record.created, UTC), timespec="milliseconds")
        event = record.msg if is_ours else "library_spoke"
        return json.dumps({"at": at, "level": record.levelname.lower(), "event": event, **fields})


def log_to_stderr() -> None:
    """Have all that is logged in this process, and every warning, go out this way and no other."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger(_OURS).setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
