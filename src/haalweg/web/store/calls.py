"""What somebody reports on the phone: kept as a report is, by the case worker who had the person on the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from haalweg.banks import Assurance
from haalweg.web.store.models import Case
from haalweg.web.store.reports import sent_as, take
from haalweg.web.store.timeline import note

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from django.contrib.auth.models import User

    from haalweg.keeping.letters import LetterBox


def take_call(body: bytes, key: uuid.UUID, *, staff: User, box: LetterBox, now: datetime) -> Case:
    """Keep it as the work of who took it: spoken, and what was allowed is written down as told by phone.

    Sent twice it is kept once. Raises ReportError, NotKeptError.
    """
    with transaction.atomic():
        take(body, key, box=box, now=now)  # nobody knows its eight words: two people give the person new ones
        case = Case.objects.get(sent_as=sent_as(key))
        if Case.objects.filter(pk=case.pk, owner=None).update(owner=staff, assurance=Assurance.SPOKEN):
            case.consents.update(by_phone=True)
            case.refresh_from_db()
            note(case, "taken", now, staff=staff, reason="by_phone")
    return case
