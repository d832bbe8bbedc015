"""What people are mailed."""

from __future__ import annotations

from enum import StrEnum


class MailKind(StrEnum):
    """The first gives words that open a page; the others say that there is news, and nothing else."""

    RECOVERY = "recovery"
    NEWS = "news"
    NEW_WORDS = "new_words"  # two people gave some: the contact hears of it, also where it had a mail today


NOTICES = frozenset({MailKind.NEWS, MailKind.NEW_WORDS})
