"""The key that comes with a report, so that what is sent twice is kept once. The eight words are made from it."""

from __future__ import annotations

import uuid


def sent_key(text: str) -> uuid.UUID:
    """Read one. Raises ValueError for what is no random UUID: what can be foreseen would give words that can."""
    key = uuid.UUID(text)
    if key.version != 4 or str(key) != text.lower():
        raise ValueError("No UUID of version 4.")
    return key
