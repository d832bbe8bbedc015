"""A one-time way to add to a case: short words, said on the phone or in a link, that open no page of the person.

They open the path on which files are hashed, in one browser, for a while, and one thing can be added with them. What
is of the case is nowhere on that path. The words are kept nowhere; the case worker is shown them once.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from haalweg.cases.states import FINAL
from haalweg.reports.case_code import typed_words, words_of
from haalweg.web.store.cases import DecisionError, refuse_ended
from haalweg.web.store.models import Case, Invitation
from haalweg.web.store.timeline import note

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from django.contrib.auth.models import User

WORDS = 4  # of 2,048: 44 bits, for two hours, and wrong tries slow down who tries
STANDS = timedelta(hours=2)


def invite(case: Case, *, staff: User, now: datetime) -> tuple[str, ...]:
    """Make the words, in place of those of before; they are shown once. Raises DecisionError."""
    words = tuple(secrets.choice(words_of(case.language)) for _ in range(WORDS))
    with transaction.atomic():
        refuse_ended(case)
        Invitation.objects.filter(case=case).delete()
        Invitation.objects.create(case=case, lookup=_lookup(words), until=now + STANDS)
        note(case, "invited", now, staff=staff)
    return words


def open_with(typed: str, *, now: datetime) -> Invitation | None:
    """Give the invitation that these words open, once: whoever types them later opens nothing."""
    there = Invitation.objects.filter(lookup=_lookup(typed_words(typed)), until__gt=now, opened_at=None)
    found = there.exclude(case__state__in=FINAL).first()
    if found is None or not there.filter(pk=found.pk).update(opened_at=now):
        return None
    return found


def standing(pk: int, *, now: datetime) -> Invitation | None:
    """Give one that was opened in a browser, as long as something may be added with it."""
    there = Invitation.objects.filter(pk=pk, until__gt=now, opened_at__isnull=False)
    return there.select_related("case").first()


def use(invitation: Invitation, key: uuid.UUID) -> bool:
    """Use it up for what comes with this key, and say whether that is so only now. Raises DecisionError.

    What is sent again with its key is taken again; nothing else is.
    """
    used_as = settings.HAALWEG_SECRET.lookup("invitation used", key.bytes)
    there = Invitation.objects.filter(pk=invitation.pk)
    if there.filter(used_as=None).update(used_as=used_as):
        return True
    if not there.filter(used_as=used_as).exists():
        raise DecisionError("Something was added with these words already.")
    return False


def give_back(invitation: Invitation) -> None:
    """Let it be used after all: what it was just used for was not kept, since something in it was wrong."""
    Invitation.objects.filter(pk=invitation.pk).update(used_as=None)


def _lookup(words: tuple[str, ...]) -> bytes:
    found: bytes = settings.HAALWEG_SECRET.lookup("invitation", " ".join(words).encode())
    return found
