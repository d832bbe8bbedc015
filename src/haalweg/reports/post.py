"""Where on a platform something was posted, as far as its source says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Post:
    """A message and its chat: enough for a report to the platform. None is what the source does not say."""

    posted_at: datetime | None = None  # UTC
    chat_id: str | None = field(default=None, repr=False)  # ids are text: platforms mix numbers and words
    chat_name: str | None = field(default=None, repr=False)
    chat_type: str | None = None
    message_id: str | None = None
    sender_id: str | None = field(default=None, repr=False)
