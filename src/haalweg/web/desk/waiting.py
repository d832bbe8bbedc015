"""What waits for a person, in the list of work: a row for each case, or for all that are dealt with together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Case as Which
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from haalweg.banks import Assurance
from haalweg.cases.states import CLOSED, UNDECIDED
from haalweg.web.store import proposals, together
from haalweg.web.store.models import Addition, Case, Message, Place, Proposal, Signature, Task

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator

    from django.db.models import Manager, QuerySet

ROWS = 50
_HAVE = ("only_link", "source_photo", "picture")
_BEST_ASSURED = Which(When(assurance=Assurance.SEEN, then=0), When(assurance=Assurance.SPOKEN, then=1), default=2)
_FLAGS = ("unread", "to_answer", "added", "proposed", "asked_at", "doubted_at")  # in the order of `Row`
_LEADS = Coalesce("together_with_id", "pk")


class Row(NamedTuple):
    """One piece of work."""

    case: Case  # the one that leads
    first: Any  # a case: of those that wait, the one that comes first
    others: int  # that belong with the one that leads
    files: int  # of all of them, as is all that follows
    places: int
    have: str
    unread: bool
    to_answer: bool
    added: bool
    proposed: bool
    asked: bool
    doubted: bool


def waiting() -> QuerySet[Case]:
    """The cases that a person has to look at.

    Those to be decided on, to be answered (`to_answer`), to be opened again, that match what very many upload
    (`doubted_at`), for which a colleague proposed something (`proposed`), that the door did not take, or that soon go.
    The story of a report, which came with it, is no message that waits.
    """
    flags = _flags()
    # What was added is looked for among the few additions: asked for its state, SQLite walks all that is on the list.
    flags["added"] = flags["added"].exclude(case__state__in=CLOSED)
    # Each found by an index of its own: asked of every case, one after the other, it takes a second among very many.
    of_cases = [
        Case.objects.filter(which).values("pk")
        for which in (
            Q(state__in=UNDECIDED),
            Q(to_answer=True),
            Q(frozen_at__isnull=False),
            Q(asked_at__isnull=False),
            Q(doubted_at__isnull=False),
        )
    ]
    found = of_cases[0].union(*of_cases[1:], *(each.order_by().values("case") for each in flags.values()))
    return Case.objects.filter(pk__in=found)


def counted(of: dict[str, Q]) -> dict[str, int]:
    """How many pieces of work wait, of each of these."""
    found: dict[str, int] = waiting().aggregate(
        **{name: Count(_LEADS, filter=which, distinct=True) for name, which in of.items()}
    )
    return found


def rows(of: Q) -> list[Row]:
    """The first of those that wait, the best assured and the oldest first.

    What comes first of several that are dealt with together brings all of them up, whichever leads.
    """
    order = waiting().filter(of).order_by(_BEST_ASSURED, "received_at").values_list("pk", _LEADS)
    first: dict[uuid.UUID, uuid.UUID] = {}
    for case, lead in order[: ROWS * together.MOST]:
        first.setdefault(lead, case)
    leads = list(first)[:ROWS]
    found: defaultdict[uuid.UUID, dict[uuid.UUID, Any]] = defaultdict(dict)
    # By their ids: PostgreSQL that has no statistics yet, as after a restore, takes half a second over either-or.
    them = Case.objects.filter(pk__in=list(together.led_by(leads).values_list("pk", flat=True)))
    for each in with_what_waits(them).select_related("owner"):
        found[together.lead_of(each)][each.pk] = each
    return [_row(found[lead], lead, first[lead]) for lead in leads]


def _row(there: dict[uuid.UUID, Any], lead: uuid.UUID, first: uuid.UUID) -> Row:
    them = there.values()
    return Row(
        there[lead],
        there[first],
        len(them) - 1,
        sum(each.files for each in them),
        sum(each.place_count for each in them),
        max((each.have for each in them), key=_HAVE.index),
        *(any(getattr(each, name) for each in them) for name in _FLAGS),
    )


def with_what_waits(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Give each with what of it waits, and with how much it holds: files, places, signatures."""
    return cases.annotate(
        **{name: Exists(rows.filter(case=OuterRef("pk"))) for name, rows in _flags().items()},
        files=_count(Signature.objects, "row_name"),
        signature_count=_count(Signature.objects, "pk"),
        place_count=_count(Place.objects, "pk"),
    )


def words(case: Any) -> Iterator[str]:
    """Say what of a case waits, in words of a list; it comes from `with_what_waits`."""
    if case.state in UNDECIDED:
        yield "undecided"
    if case.unread:
        yield "unread"
    elif case.to_answer:
        yield "to_answer"
    if case.added and case.state not in UNDECIDED:
        yield "added"
    more = {"proposed": case.proposed, "asked": case.asked_at, "frozen": case.frozen_at, "failed": case.failed}
    more |= {"doubted": case.doubted_at}
    yield from (word for word, holds in more.items() if holds)


def _flags() -> dict[str, QuerySet[Any]]:
    return {
        "unread": Message.objects.filter(from_person=True, read_at=None, at__gt=F("case__received_at")),
        "proposed": Proposal.objects.filter(at__gt=timezone.now() - proposals.STANDS),
        "added": Addition.objects.filter(decided_at=None),
        "failed": Task.objects.filter(done_at=None, tries__gt=0),
    }


def _count(rows: Manager[Any], what: str) -> Coalesce:
    of_case = rows.filter(case=OuterRef("pk")).order_by().values("case")
    return Coalesce(Subquery(of_case.annotate(number=Count(what, distinct=True)).values("number")), 0)
