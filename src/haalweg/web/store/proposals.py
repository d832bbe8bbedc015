"""What takes two people: one proposes, another carries it out, never the same account. What is proposed stands a week.

It is gone once it was carried out or taken back, and where the case moved on meanwhile. What was proposed with a reason
stays in the timeline.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from haalweg.web.store.models import Proposal

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from haalweg.web.store.models import Case

STANDS = timedelta(days=7)


class Proposed(StrEnum):
    """What can be proposed, each once at a time for a case."""

    NEW_CODE = "new_code"
    REVOKE = "revoke"
    SHARE = "share"
    UNSHARE = "unshare"


def standing(case: Case, *, now: datetime) -> QuerySet[Proposal]:
    """Those that can still be carried out, the oldest first."""
    return case.proposals.filter(at__gt=now - STANDS).select_related("by").order_by("at")


def keep(case: Case, what: Proposed, *, staff: User, reason: str = "", file: str = "", now: datetime) -> bool:
    """Keep what somebody proposes, in place of what they or an older time proposed; no where a colleague's stands."""
    old = case.proposals.filter(what=what)
    if standing(case, now=now).filter(what=what).exclude(by=staff).exists():
        return False
    old.delete()
    Proposal.objects.create(case=case, what=what, by=staff, reason=reason, file=file, at=now)
    return True


def drop(case: Case, what: Proposed) -> bool:
    """Let it not stand any more, where it does."""
    return bool(case.proposals.filter(what=what).delete()[0])


def claim(case: Case, what: Proposed, *, staff: User, now: datetime) -> Proposal | None:
    """Give what somebody else proposed, once, to who carries it out; None: nothing stands that they may."""
    found = standing(case, now=now).filter(what=what).exclude(by=staff).first()
    if found is None or not Proposal.objects.filter(pk=found.pk).delete()[0]:
        return None
    return found


def forget(case: Case, *, also_new_code: bool = False) -> None:
    """Drop what was proposed about how a case stood before."""
    there = case.proposals.all()
    (there if also_new_code else there.exclude(what=Proposed.NEW_CODE)).delete()
