"""Cases that match what very many people upload: on the list of work until somebody at the desk looked.

Who wants a lawful picture blocked reports it as theirs, and nobody here sees what they confirm. The gates hold such an
entry and block nothing for it; that it is not what it says only a question to the person brings out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q

from haalweg.cases.states import CaseState, SignatureState
from haalweg.signals import SignalType
from haalweg.web.store.models import Case, Signature
from haalweg.web.store.timeline import note

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from django.contrib.auth.models import User

    from haalweg.web.door import Door

_SEEN = "doubt_seen"


def note_doubts(door: Door, *, now: datetime) -> int:
    """Bring the list of work to what the door knows; how many cases came on it. Raises DoorError.

    What a moderator of the platform has looked at meanwhile, and what is on the list no more, goes off it by itself.
    """
    keys = {each.value: settings.HAALWEG_SECRET.lookup_key(f"value {each}") for each in SignalType}
    doubted = _doubted_cases({each.mark: each.at for each in door.doubted(keys)})
    Case.objects.filter(doubted_at__isnull=False).exclude(pk__in=doubted).update(doubted_at=None)
    waiting = Case.objects.filter(pk__in=doubted, doubted_at=None)
    new = 0
    for case in waiting.annotate(seen_at=Max("events__at", filter=Q(events__what=_SEEN))):
        at = doubted[case.pk]
        if case.seen_at is not None and at <= case.seen_at:
            continue
        with transaction.atomic():
            if Case.objects.filter(pk=case.pk, doubted_at=None).update(doubted_at=at):
                note(case, "doubted", now, by_server=True)
                new += 1
    return new


def _doubted_cases(marks: dict[bytes, datetime]) -> dict[uuid.UUID, datetime]:
    """Those on the list that have one of these values, and since when."""
    listed = Signature.objects.filter(
        value_lookup__in=marks, state=SignatureState.ON_THE_LIST, case__state=CaseState.ON_THE_LIST
    )
    found: dict[uuid.UUID, datetime] = {}
    for case, mark in listed.values_list("case", "value_lookup"):
        at = marks[bytes(mark)]
        found[case] = max(at, found.get(case, at))
    return found


def seen(case: Case, *, staff: User, now: datetime) -> None:
    """Note that somebody looked: it waits no longer, until another platform says so too."""
    with transaction.atomic():
        if Case.objects.filter(pk=case.pk, doubted_at__isnull=False).update(doubted_at=None):
            note(case, _SEEN, now, staff=staff)
