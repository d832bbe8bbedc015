"""What is kept no longer goes, on the day: how long that is stands in the settings, and the pages print it.

What somebody may still want is asked about first: the person on their own page, and the desk in its list of work. If
nobody answers it goes. What a closed case holds goes without a question, since the person was told so.

Each step is of its own and can be done again: where it is broken off, the next time goes on.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Case as Which
from django.db.models import Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from haalweg.cases.states import CLOSED, OPEN, UNDECIDED, CaseState, SignatureState
from haalweg.keeping.audit import Act
from haalweg.web.store import audit, mails, together
from haalweg.web.store.alone import alone
from haalweg.web.store.cases import DecisionError, ask_longer, expire
from haalweg.web.store.models import AuditEntry, Case, Contact, Event, Message, Signature, Task
from haalweg.web.store.tellings import LISTED

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import QuerySet

    from haalweg.web.configuration import Retention

EVERY = timedelta(hours=1)
_LOCK = 0x68777265  # "hwre"
_AT_ONCE = 500
# Events that do not mean that somebody cared: what becomes of another case is none of this one's time, and whoever
# knows the address can ask for words.
_QUIET = ("asked_longer", "not_done", "doubted", "put_together", "taken_apart", "words_asked", "mail_not_sent")
_NOT_ASKED = Q(asked_at=None) | Q(asked_at__lt=F("first"))  # or something happened since: it counts anew


@dataclass(frozen=True, slots=True)
class Gone:
    """What went, or would go, in numbers."""

    asked: int = 0  # cases about which somebody is asked now
    expired: int = 0  # cases whose time on the list was over, or on which nobody decided
    signatures: int = 0  # that match nothing any more
    messages: int = 0
    contacts: int = 0
    cases: int = 0  # closed ones, with all that was left of them
    sessions: int = 0
    rows: int = 0  # of the audit log

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was to be done."""
        return not any(getattr(self, each.name) for each in fields(self))


def run(*, now: datetime) -> Gone | None:
    """Delete what is due and ask about what soon will be; None where another process is at it."""
    with alone(_LOCK) as mine:
        if not mine:
            return None
        gone = Gone(
            asked=_each(about_to_go(now), lambda case: ask_longer(case, now=now)),
            expired=_each(to_expire(now), lambda case: expire(case, now=now)),
            signatures=_wiped(_unused_signatures(now), "signatures", now),
            messages=_wiped(_old_messages(now), "messages", now),
            contacts=_wiped(_old_contacts(now), "contact", now),
            cases=_wiped_cases(now),
            sessions=_wiped_sessions(now),
            rows=audit.let_go(before=now - _days().audit, now=now),
        )
        mails.forget_old(now=now)
        audit.append(Act.RETAINED, by=None, now=now)
        return gone


def run_if_due(*, now: datetime) -> None:
    """Run it, where the last time was an hour ago."""
    last = audit.last_at(Act.RETAINED)
    if last is None or now - last >= EVERY:
        run(now=now)


def due(*, now: datetime) -> Gone:
    """What would go now; nothing is changed."""
    return Gone(
        asked=about_to_go(now).count(),
        expired=to_expire(now).count(),
        signatures=_unused_signatures(now).count(),
        messages=_old_messages(now).count(),
        contacts=_old_contacts(now).count(),
        cases=_old_cases(now).count(),
        sessions=_old_sessions(now).count(),
        rows=AuditEntry.objects.filter(at__lte=now - _days().audit).count(),
    )


@dataclass(frozen=True, slots=True)
class Going:
    """When something of an open case goes next, if nobody wants it longer."""

    at: datetime  # not before somebody was asked, and had the time to answer
    is_asked: bool  # now, and nobody has answered


def going(case: Case, *, now: datetime) -> Going | None:
    """Give that of a case; None: it is closed."""
    found: Any = _with_since(Case.objects.filter(pk=case.pk)).first()
    if found is None:
        return None
    kept = _days().undecided if found.state in UNDECIDED else settings.HAALWEG.terms.keep
    at: datetime = found.first + kept if found.first + kept > now else found.since + kept
    is_asked = found.asked_at is not None and found.asked_at >= found.first
    return Going(max(at, found.asked_at + _days().ask) if is_asked else at, is_asked)


@dataclass(frozen=True, slots=True)
class Wiped:
    """When the last of a closed case goes."""

    messages: datetime  # and the contact: the later of the two
    case: datetime


def wiped_at(case: Case) -> Wiped | None:
    """When what a closed case holds goes; None: it is open."""
    if case.state not in CLOSED or case.decided_at is None:
        return None
    return Wiped(case.decided_at + max(_days().messages, _days().contact), case.decided_at + _days().closed)


@dataclass(frozen=True, slots=True)
class _Days:
    """The settings, as spans of time."""

    ask: timedelta
    undecided: timedelta
    messages: timedelta
    contact: timedelta
    closed: timedelta
    sessions: timedelta
    audit: timedelta


def _days() -> _Days:
    set_days: Retention = settings.HAALWEG.retention
    return _Days(**{each.name: timedelta(days=getattr(set_days, each.name)) for each in fields(set_days)})


# Cases that somebody may still want


def _with_since(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Open cases, with the moment from which their time counts (`since`).

    What was added to one on the list stays there for its own time: `first` is when the first part of it goes.
    """
    events = Event.objects.filter(case=OuterRef("pk")).order_by("-at")
    last = Subquery(events.exclude(what__in=_QUIET).values("at")[:1])
    listed = Subquery(events.filter(what__in=LISTED).values("at")[:1])
    more = Subquery(events.filter(what__in=(*LISTED, "more_on_the_list")).values("at")[:1])
    is_undecided = When(state__in=UNDECIDED, then=last)
    return cases.filter(state__in=OPEN).annotate(
        first=Coalesce(Which(is_undecided, default=listed), "received_at"),
        since=Coalesce(Which(is_undecided, default=more), "received_at"),
    )


def about_to_go(now: datetime) -> QuerySet[Case]:
    """Cases about which somebody is to be asked, and was not yet."""
    return _over(now + _days().ask, "first").filter(_NOT_ASKED)


def to_expire(now: datetime) -> QuerySet[Case]:
    """Cases whose time is over, and about which somebody was asked long enough ago."""
    return _over(now, "since").filter(asked_at__lte=now - _days().ask).exclude(_NOT_ASKED)


def _over(by: datetime, which: str) -> QuerySet[Case]:
    """Open cases whose time is over by then: of the first part of them, or of all."""
    keep = settings.HAALWEG.terms.keep
    return _with_since(Case.objects.all()).filter(
        Q(state__in=UNDECIDED, **{f"{which}__lte": by - _days().undecided})
        | Q(state=CaseState.ON_THE_LIST, **{f"{which}__lte": by - keep})
    )


def _each(cases: QuerySet[Case], do: Callable[[Case], None]) -> int:
    count = 0
    for case in list(cases):
        with suppress(DecisionError):  # somebody decided meanwhile
            do(case)
            count += 1
    return count


# What closed cases hold


def _closed(since: datetime, *, at: str = "case__") -> Q:
    return Q(**{f"{at}state__in": list(CLOSED), f"{at}decided_at__lte": since})


def _unused_signatures(now: datetime) -> QuerySet[Signature]:
    """Those taken back or refused so long ago that they cannot be put back, where the door knows that."""
    since = now - timedelta(days=settings.HAALWEG.terms.undo_days)
    waits = Task.objects.filter(case=OuterRef("case"), done_at=None)
    over = Q(taken_back_at__lte=since) | Q(taken_back_at=None) & _closed(since)
    with_report = Q(addition=None, case__decided_at__lte=since)
    refused = Q(state__in=(SignatureState.REFUSED, SignatureState.REVOKED)) & (
        with_report | Q(addition__decided_at__lte=since)
    )
    return Signature.objects.filter(Q(state=SignatureState.WITHDRAWN) & over | refused).exclude(Exists(waits))


def _old_messages(now: datetime) -> QuerySet[Message]:
    since = now - _days().messages
    return Message.objects.filter(_closed(since), at__lte=since)


def _old_contacts(now: datetime) -> QuerySet[Contact]:
    return Contact.objects.filter(_closed(now - _days().contact))


def _old_cases(now: datetime) -> QuerySet[Case]:
    waits = Task.objects.filter(case=OuterRef("pk"), done_at=None)
    return Case.objects.filter(_closed(now - _days().closed, at="")).exclude(Exists(waits))


def _wiped(rows: QuerySet[Signature] | QuerySet[Message] | QuerySet[Contact], what: str, now: datetime) -> int:
    """Delete them, case by case, each with a row in the log."""
    count = 0
    for case, number in list(rows.order_by().values_list("case", "case__number").distinct()):
        with transaction.atomic():
            Case.objects.select_for_update().get(pk=case)  # before the log, as who stops a case does
            gone, _ = rows.filter(case=case).delete()
            if gone:
                audit.append(Act.WIPED, by=None, now=now, subject=number, count=gone, detail=what)
            count += gone
    return count


def _wiped_cases(now: datetime) -> int:
    count = 0
    for pk, number in list(_old_cases(now).values_list("pk", "number")):
        with transaction.atomic():
            together.leave(pk, now=now)
            if Case.objects.filter(pk=pk).delete()[0]:
                audit.append(Act.WIPED, by=None, now=now, subject=number, count=1, detail="case")
                count += 1
    return count


# What is of no case


def _old_sessions(now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lte=now - _days().sessions)


def _wiped_sessions(now: datetime) -> int:
    with transaction.atomic():
        gone, _ = _old_sessions(now).delete()
        if gone:
            audit.append(Act.SESSIONS_WIPED, by=None, now=now, count=gone)
    return gone
