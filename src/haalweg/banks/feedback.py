"""What platforms say of an entry that matched an upload of theirs: that they blocked it, or why they did not.

Two platforms that looked at their own copies and agreed make an entry one that was seen, for everybody; one makes it so
for itself alone. Who disagrees is heard, and changes nothing but what is done on their own platform: otherwise one
partner could free whatever they like everywhere.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from haalweg.banks.errors import BankError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from haalweg.banks.entries import EntryId

ENOUGH = 2  # platforms that agree
MANY_DISPUTES = 20  # of one platform in a week: a person looks at the platform
THE_SOURCE = ""  # in place of a platform's name: the source of a followed entry, which tells how many confirmed it
_MOST_NAME = 100
_WEEK = timedelta(days=7)


class Opinion(StrEnum):
    """What a platform did with its own copy, after a moderator looked; or that somebody has to look."""

    BLOCKED = "blocked"
    NOT_BLOCKED = "not_blocked"
    MATCHES_MANY = "matches_many"  # a new entry found what very many different people upload: is it what it says?


class DisputeReason(StrEnum):
    """Why it was not blocked. No other words: a text could tell who is shown."""

    NOT_SIMILAR = "not_similar"  # the upload shows something else than any reported picture could
    NOT_INTIMATE = "not_intimate"
    CONSENTED = "consented"  # the person shown says so themselves
    NEWSWORTHY = "newsworthy"  # widely published, and lawfully
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one platform says of one entry; what it says later replaces it."""

    entry: EntryId
    who: str  # the platform, or THE_SOURCE
    opinion: Opinion
    reason: DisputeReason | None  # of a dispute
    count: int  # platforms that it stands for: 1, of THE_SOURCE as many as it says
    at: datetime  # UTC

    def __post_init__(self) -> None:
        """Raise BankError for what nobody can say."""
        if len(self.who) > _MOST_NAME or not self.who.isprintable():
            raise BankError(f"A platform's name of {len(self.who)} characters: 1 to {_MOST_NAME} that can be printed.")
        if (self.opinion is Opinion.NOT_BLOCKED) != (self.reason is not None):
            raise BankError("A reason is given for what was not blocked, and for nothing else.")
        if self.count < 0 or (self.count != 1 and self.who != THE_SOURCE):
            raise BankError("A platform speaks for itself alone.")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is said of an entry, taken together."""

    told: int = 0  # platforms that confirmed it, as its source says
    confirmed_by: frozenset[str] = frozenset()
    disputed_by: frozenset[str] = frozenset()
    matches_many_at: frozenset[str] = frozenset()  # until a moderator there says what it is

    @classmethod
    def of(cls, feedback: Iterable[Feedback]) -> Standing:
        """Take together what is said of one entry."""
        rows = list(feedback)
        named = [each for each in rows if each.who != THE_SOURCE]
        return cls(
            max((each.count for each in rows if each.who == THE_SOURCE), default=0),
            confirmed_by=_who_say(Opinion.BLOCKED, named),
            disputed_by=_who_say(Opinion.NOT_BLOCKED, named),
            matches_many_at=_who_say(Opinion.MATCHES_MANY, named),
        )

    @property
    def confirmations(self) -> int:
        """Platforms that confirmed it, at least: those known here may be among those that the source counts."""
        return max(self.told, len(self.confirmed_by))

    def was_seen_by(self, who: str) -> bool:
        """Whether it counts as seen where this platform asks."""
        return self.confirmations >= ENOUGH or who in self.confirmed_by

    def is_doubted_by(self, who: str) -> bool:
        """Whether it holds at most where this platform asks."""
        return who in self.disputed_by or who in self.matches_many_at

    def is_spoken_of_by(self, who: str) -> bool:
        """Whether this platform has said anything of it."""
        return who in self.confirmed_by or self.is_doubted_by(who)


UNSAID = Standing()


def _who_say(opinion: Opinion, feedback: Iterable[Feedback]) -> frozenset[str]:
    return frozenset(each.who for each in feedback if each.opinion is opinion)


def standings(feedback: Iterable[Feedback]) -> dict[EntryId, Standing]:
    """Take together what is said of each entry."""
    by_entry: dict[EntryId, list[Feedback]] = {}
    for each in feedback:
        by_entry.setdefault(each.entry, []).append(each)
    return {entry: Standing.of(rows) for entry, rows in by_entry.items()}


def flagged(said: Iterable[Feedback], *, now: datetime) -> list[str]:
    """Platforms that dispute so much that a person looks at the platform."""
    lately = (each.who for each in said if each.opinion is Opinion.NOT_BLOCKED and now - each.at < _WEEK)
    return sorted(who for who, count in Counter(lately).items() if count >= MANY_DISPUTES)
