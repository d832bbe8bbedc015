"""New words for who lost them: other words, for handing over, reach the person, who fetches the new ones with those.

They go one of two ways. One of the staff proposes, another gives: who gives them is shown the words for handing over,
and reads them out on the phone. Or the person asks for them on the page, and they are mailed to the contact that was
stored (`mails`). What was locked is opened the first way only.

The person types them where words are always typed, on their own phone, and is shown the new ones there, once. So the
words that open the page are in no address, no mail and no browser's history (threats C7), and nobody at the desk sees
them. Who read the others out, or finds them in a mailbox later, cannot come back with them: they work once, for half an
hour, and who used them first is missed by the other. A link would stay where it was sent, and open by itself.

The new words come from those for handing over and a secret of the server; they are kept nowhere. They fit, and the old
ones end, from the moment that two people agreed, or that the person fetched them with those of a mail.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import transaction

from haalweg.cases.states import FINAL
from haalweg.reports.case_code import CaseCode
from haalweg.web.store import pins, proposals
from haalweg.web.store.cases import DecisionError
from haalweg.web.store.models import Case
from haalweg.web.store.proposals import Proposed
from haalweg.web.store.timeline import note

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

TO_FETCH = timedelta(minutes=30)


class Fetched(NamedTuple):
    """New words, as the person is shown them once."""

    case: Case
    code: CaseCode


def propose(case: Case, *, staff: User, now: datetime) -> None:
    """Say that the person spoke with us and needs other words: a second person has to agree. Raises DecisionError.

    Words for handing over that were not used open nothing any more: somebody else may have heard them.
    """
    with transaction.atomic():
        there = Case.objects.filter(pk=case.pk).exclude(state__in=FINAL)
        if not there.update(hand_over_lookup=None):
            raise DecisionError("This case was stopped or erased: there is nothing to open.")
        case.mails.with_words().end(now)
        case.refresh_from_db()
        if not proposals.keep(case, Proposed.NEW_CODE, staff=staff, now=now):
            return  # a colleague has proposed it already
        note(case, "new_code_proposed", now, staff=staff)


def give(case: Case, *, staff: User, now: datetime) -> CaseCode:
    """Make other words, and give those for handing them over; the old ones open nothing. Raises DecisionError.

    Whoever proposed it does not give it. A PIN goes with the old words.
    """
    hand_over = CaseCode.new(case.language)
    with transaction.atomic():
        there = Case.objects.filter(pk=case.pk).exclude(state__in=FINAL)
        proposed = proposals.claim(case, Proposed.NEW_CODE, staff=staff, now=now)
        if proposed is None or not there.update(
            code_lookup=_opening(_new_words(hand_over, case)),
            hand_over_lookup=_lookup(hand_over),
            hand_over_until=now + TO_FETCH,
            hand_over_by_mail=False,
            pin="",
        ):
            raise DecisionError("Nobody else has proposed a new code for this case.")
        case.mails.with_words().end(now)
        case.refresh_from_db()
        note(case, "new_code", now, staff=staff)
    return hand_over


def hand_over_by_mail(case: Case, hand_over: CaseCode, *, now: datetime) -> None:
    """Let words that are being mailed fetch new ones from now on; the old ones still open the page, and a PIN stays."""
    Case.objects.filter(pk=case.pk).update(
        hand_over_lookup=_lookup(hand_over), hand_over_until=now + TO_FETCH, hand_over_by_mail=True
    )


def fetch(hand_over: CaseCode, pin: str, *, now: datetime) -> Fetched | None:
    """Take the new words with those for handing over, once and while there is time; None where these open nothing.

    A page that was locked is open again from now on. Where there is a PIN it has to fit: words by mail leave it.
    """
    waiting = Case.objects.filter(hand_over_lookup=_lookup(hand_over), hand_over_until__gt=now)
    case = waiting.exclude(state__in=FINAL).first()  # one question for whatever opens nothing, and no lock
    pin_fits = bool(pin) and pins.fits(pin, case.pin if case else "")  # as slow for all words
    if case is None or (case.pin and not pin_fits):
        return None
    new, is_mailed = _new_words(hand_over, case), case.hand_over_by_mail
    with transaction.atomic():
        there = waiting.exclude(state__in=FINAL).filter(pin=case.pin)
        if not there.update(hand_over_lookup=None, frozen_at=None, code_lookup=_opening(new)):
            return None  # of two that come at once, one is told no
        case.mails.with_words().end(now)  # sent once more, as where the server's answer was lost, they would fit again
        note(case, "words_fetched" if is_mailed else "new_code_fetched", now)
    case.refresh_from_db()
    return Fetched(case, new)


def are_out(case: Case, *, now: datetime) -> bool:
    """Whether the person has words for handing over, and can fetch new ones with them."""
    if case.hand_over_lookup is None or case.hand_over_until is None or case.hand_over_until <= now:
        return False
    sent = case.mails.with_words().filter(is_sent=True, ended_at__gte=case.hand_over_until - TO_FETCH)
    return not case.hand_over_by_mail or sent.exists()


def _new_words(hand_over: CaseCode, case: Case) -> CaseCode:
    told = case.pk.bytes + " ".join(hand_over.words).encode()
    return CaseCode.of(settings.HAALWEG_SECRET.lookup("new case code seed", told), case.language)


def _opening(code: CaseCode) -> bytes:
    return code.lookup(settings.HAALWEG_SECRET.derived("case codes"))


def _lookup(hand_over: CaseCode) -> bytes:
    return hand_over.lookup(settings.HAALWEG_SECRET.derived("codes for handing over"))
