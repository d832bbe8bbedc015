"""Cases that are dealt with as one piece of work, where somebody reported more than once.

Nothing of one comes into another: each keeps its own words, consents, messages and entries, and two that look like one
person's may be of somebody and of who stalks them. One of them leads, the others point at it, and at none of those
another does. Who may read one may read all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from haalweg.cases.states import FINAL
from haalweg.web.store.alone import wait_for
from haalweg.web.store.models import Case
from haalweg.web.store.timeline import note

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from django.db.models import QuerySet

_LOCK = 0x6877746F  # "hwto"
MOST = 10  # that are dealt with together: who opens one opens all


def lead_of(case: Case) -> uuid.UUID:
    """Which one leads: itself, where it is dealt with alone."""
    return case.together_with_id or case.pk


def led_by(leads: Iterable[uuid.UUID]) -> QuerySet[Case]:
    """Those that lead, and all that are dealt with together with them."""
    found = list(leads)
    return Case.objects.filter(Q(pk__in=found) | Q(together_with__in=found))


def others_of(case: Case) -> QuerySet[Case]:
    """Those that it is dealt with together with."""
    return led_by([lead_of(case)]).exclude(pk=case.pk)


def hold(which: Q) -> list[Case]:
    """Hold on to cases, and to all that are dealt with together with them, until the transaction ends.

    They are given as they stand then, in the order of their numbers; all of them are held before anything is written.
    """
    wait_for(_LOCK)  # who belongs with whom changes for one at a time: else two who want the same wait for each other
    there = led_by({lead_of(each) for each in Case.objects.filter(which)})
    held = list(there.select_for_update().order_by("pk"))
    return sorted(held, key=lambda each: each.number)


def join(them: Collection[Case], lead: uuid.UUID) -> None:
    """Let these be dealt with together, with that one in the lead."""
    Case.objects.filter(pk__in=[each.pk for each in them]).exclude(pk=lead).update(together_with=lead)
    Case.objects.filter(pk=lead).update(together_with=None)


def let_go(case: Case, others: Collection[Case]) -> None:
    """Let a case be dealt with alone, and the others go on together. All of them are held."""
    Case.objects.filter(pk=case.pk).update(together_with=None)
    case.together_with = None
    if others:
        step_in(others)


def step_in(them: Collection[Case]) -> None:
    """Let one of these lead that is not over, where there is one: it stands in the list of work for all."""
    leads = {each.pk for each in them if each.together_with_id is None}
    first = min(them, key=lambda each: (each.state in FINAL, each.pk not in leads, each.number))
    join(them, first.pk)


def leave(case: uuid.UUID, *, now: datetime) -> None:
    """Let a case go that is wiped: the others go on without it."""
    with transaction.atomic():
        there = hold(Q(pk=case))
        others = [each for each in there if each.pk != case]
        for gone in (each for each in there if each.pk == case):
            let_go(gone, others)
        for each in others:
            note(each, "taken_apart", now, by_server=True)
