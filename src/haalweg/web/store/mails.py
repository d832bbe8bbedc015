"""Mails to people: words to come back with, and that there is news. Each waits with its case until it was sent.

Words are asked for with an address, and go to the address that was stored, never to what was typed: letters that look
alike are another mailbox. What is asked is written down alike whether anybody gave that address; what it leads to is
looked up afterwards, by the one thread that also sends (threats C3).

The words of a mail are for handing over: typed where words are always typed they fetch new ones, once, for half an
hour from when it was sent. Until then the old words fit, or whoever knows an address would lock people out (C2), and a
PIN stays: it is what stops who reads the mailbox. A page that was locked is opened by two people only, as whoever has
the words may read the mailbox too.

Each try is written down before anything is sent. What dies in between sends a mail twice, with the same words.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from haalweg.cases.states import FINAL
from haalweg.reports.case_code import CaseCode
from haalweg.web import post
from haalweg.web.door import DoorError, letters_of
from haalweg.web.store import mail_texts, marks, new_code, proposals
from haalweg.web.store.alone import alone
from haalweg.web.store.background import Background
from haalweg.web.store.mail_kinds import NOTICES, MailKind
from haalweg.web.store.models import Case, Contact, Mail, Proposal, WordsAsked
from haalweg.web.store.proposals import Proposed
from haalweg.web.store.timeline import note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from haalweg.keeping.letters import LetterBox
    from haalweg.web.door import Door
    from haalweg.web.store.mail_texts import Text
    from haalweg.web.store.models import MailRows

MOST_A_DAY = 5  # mails with words, of a case
MOST_PAGES = 5  # in one mail: whoever reports often with somebody's address fills no mailbox
_DAY = timedelta(days=1)
_KEPT = timedelta(days=7)
_AGAIN, _AGAIN_MOST = timedelta(minutes=1), timedelta(hours=2)
MOST_TRIES = 18  # which is a day, with these pauses
_AT_ONCE = 100
_LOCK = 0x68776D61  # "hwma"
_LOG = logging.getLogger("haalweg.web")


# Words are asked for


def ask(address: str, *, now: datetime) -> None:
    """Write down that words were asked for with this address; nothing tells whether anybody gave it."""
    asked = WordsAsked(lookup=marks.of_contact(address), at=now)
    WordsAsked.objects.bulk_create([asked], ignore_conflicts=True)  # it was asked a moment ago, and is looked up yet


def answer(door: Door, *, now: datetime) -> None:
    """Look up what was asked, and let mails wait where there is a page that may be opened so.

    Raises DoorError where words cannot be closed now; then it is done later.
    """
    asked = list(WordsAsked.objects.order_by("at")[:_AT_ONCE])
    box = door.box() if asked else None
    for each in asked:
        with transaction.atomic():
            if box is None or not WordsAsked.objects.filter(pk=each.pk).delete()[0]:
                continue  # another process was first
            pages = _pages_of(bytes(each.lookup), now) if each.at > now - _DAY else ()
            # All of them before the log, and in one order, as everybody has it who changes several (`cases`).
            for case in Case.objects.select_for_update().filter(pk__in=[page.pk for page in pages]).order_by("pk"):
                _let_wait(case, box, now)


def _pages_of(lookup: bytes, now: datetime) -> Iterable[Case]:
    """Find those that may be opened by mail: first those that somebody has looked at, then the newest."""
    its = Q(contact__lookup=lookup, contact__purposes__contains="recovery")
    of_today = Count("mails", filter=Q(mails__what=MailKind.RECOVERY, mails__made_at__gt=now - _DAY))
    there = _may_be_opened(Case.objects.filter(its), now).annotate(of_today=of_today).filter(of_today__lt=MOST_A_DAY)
    there = there.exclude(hand_over_lookup__isnull=False, hand_over_until__gt=now)  # words are out already
    there = there.exclude(mails__in=Mail.objects.filter(what=MailKind.RECOVERY, ended_at=None))
    return there.order_by(F("confirmed_by").asc(nulls_last=True), "-received_at")[:MOST_PAGES]


def _may_be_opened(cases: QuerySet[Case], now: datetime) -> QuerySet[Case]:
    """Those that were not stopped or locked, and to which two people are not giving words."""
    stands = Proposal.objects.filter(what=Proposed.NEW_CODE, at__gt=now - proposals.STANDS)
    given = Q(hand_over_by_mail=False, hand_over_lookup__isnull=False, hand_over_until__gt=now)
    return cases.filter(frozen_at=None).exclude(state__in=FINAL).exclude(given).exclude(proposals__in=stands)


def _let_wait(case: Case, box: LetterBox, now: datetime) -> None:
    mail = Mail(case=case, what=MailKind.RECOVERY, made_at=now, due_at=now, letter=b"")
    mail.letter = box.close(mail.place, " ".join(CaseCode.new(case.language).words).encode())
    mail.save()
    note(case, "words_asked", now, by_server=True)  # whoever knows the address can ask


# What waits is sent


def send_next(door: Door, *, now: datetime) -> bool:
    """Send what has been due for longest, words before news, with what else waits for the same; whether there was any.

    Raises DoorError where nothing can be read back, and PostError where the server takes nothing: it stays for later.
    """
    with alone(_LOCK) as mine:
        due = Mail.objects.filter(ended_at=None, due_at__lte=now).select_related("case")
        mail = due.order_by(F("what").desc(), "due_at").first() if mine else None  # "recovery" is the last of the kinds
        if mail is None:
            return False
        contact = Contact.objects.filter(case=mail.case, purposes__contains=_purpose_of(mail)).first()
        if contact is None:
            _of([mail]).end(now)  # its time was over
        elif mail.what == MailKind.RECOVERY:
            _send_words(contact, door, now)
        else:
            _send_notice(mail, contact, door, now)
        return True


def forget_old(*, now: datetime) -> None:
    """Forget what was sent or given up some days ago, and what waits since nobody is mailed any more."""
    Mail.objects.filter(Q(ended_at__lte=now - _KEPT) | Q(made_at__lte=now - 2 * _KEPT)).delete()
    WordsAsked.objects.filter(at__lte=now - _DAY).delete()


def forget_all() -> None:
    """Let no mail wait, and no words that were mailed fit: a backup was put back, and they are of another time."""
    WordsAsked.objects.all().delete()
    Mail.objects.all().delete()
    Case.objects.filter(hand_over_by_mail=True).update(hand_over_lookup=None, hand_over_by_mail=False)


def _purpose_of(mail: Mail) -> str:
    return "recovery" if mail.what == MailKind.RECOVERY else "news"


def _waiting(contact: Contact, *kinds: MailKind, now: datetime) -> list[Mail]:
    """All that waits for one address: it goes in one mail. Not what was tried a moment ago: another may be at it."""
    purpose = "recovery" if MailKind.RECOVERY in kinds else "news"
    there = Mail.objects.filter(ended_at=None, what__in=kinds, case__contact__lookup=bytes(contact.lookup))
    there = there.filter(Q(tries=0) | Q(due_at__lte=now), case__contact__purposes__contains=purpose)
    return list(there.select_related("case").order_by("made_at", "pk"))


def _send_words(contact: Contact, door: Door, now: datetime) -> None:
    waiting = _waiting(contact, MailKind.RECOVERY, now=now)[:MOST_PAGES]
    if not waiting:
        return  # another process was first
    address, *words = door.read_back(letters_of([contact, *waiting]), who=0, why="recovery")
    if address is None:
        _give_up(waiting, now)
        return
    codes = {mail: code for mail, code in zip(waiting, words, strict=True) if code and mail.made_at > now - _DAY}
    _give_up([mail for mail in waiting if mail not in codes], now)
    told: list[tuple[Mail, mail_texts.Words]] = []
    with transaction.atomic():
        # The cases before their mails, as who stops a case does.
        there = _may_be_opened(Case.objects.filter(pk__in=[each.case_id for each in codes]), now)
        open_now = {case.pk: case for case in there.select_for_update().order_by("pk")}
        for mail, code in codes.items():
            case = open_now.get(mail.case_id)
            if case is None:
                _of([mail]).end(now)
            elif _is_claimed(mail, now):
                new_code.hand_over_by_mail(case, CaseCode.parse(code), now=now)
                told.append((mail, mail_texts.Words(case.received_at, code)))
    if told:
        mails, pages = zip(*told, strict=True)
        _post(mails, address, mail_texts.recovery(mails[0].case.language, pages, until=now + new_code.TO_FETCH), now)


def _send_notice(mail: Mail, contact: Contact, door: Door, now: datetime) -> None:
    """Send that there is news, once a day to one address; that two people gave words is told also after that."""
    of_address = Mail.objects.filter(case__contact__lookup=bytes(contact.lookup), what__in=NOTICES, is_sent=True)
    last = of_address.order_by("-ended_at").values_list("ended_at", flat=True).first()
    if mail.what == MailKind.NEWS and last is not None and last > now - _DAY:
        Mail.objects.filter(pk=mail.pk).update(due_at=last + _DAY)
        return
    (address,) = door.read_back(letters_of([contact]), who=0, why="news")
    waiting = _waiting(contact, *NOTICES, now=now)
    if address is None:
        _give_up(waiting, now)
        return
    with transaction.atomic():
        mails = [each for each in waiting if _is_claimed(each, now)]
    if mails:
        _post(mails, address, mail_texts.notice(mail.case.language), now)


def _is_claimed(mail: Mail, now: datetime) -> bool:
    """Whether this try of it is ours; it is put off before it is sent, so that what dies in between tries it again."""
    pause = min(_AGAIN * 2**mail.tries, _AGAIN_MOST)
    there = Mail.objects.filter(pk=mail.pk, ended_at=None, tries=mail.tries)
    return bool(there.update(tries=F("tries") + 1, due_at=now + pause))


def _post(mails: Sequence[Mail], address: str, text: Text, now: datetime) -> None:
    mark = settings.HAALWEG_SECRET.lookup("mail", mails[0].pk.bytes)[:16].hex()
    try:
        post.send(settings.HAALWEG, address, text.subject, text.body, mark=mark)
    except post.NoSuchMailboxError:
        _give_up(mails, now)
    except post.PostError:
        _give_up([each for each in mails if each.tries + 1 >= MOST_TRIES], now)
        raise
    else:
        _of(mails).end(now, is_sent=True)


def _of(mails: Sequence[Mail]) -> MailRows:
    return Mail.objects.filter(pk__in=[each.pk for each in mails])


def _give_up(mails: Sequence[Mail], now: datetime) -> None:
    """Try no longer; the desk sees it with the case."""
    for mail in mails:
        with transaction.atomic():
            Case.objects.select_for_update().filter(pk=mail.case_id).first()  # first, as who stops a case does
            if _of([mail]).end(now):
                note(mail.case, "mail_not_sent", now, by_server=True)


class Mailer(Background):
    """Looks up what was asked, and sends what is due."""

    pause_s = 5.0
    _is_away = False

    def step(self) -> None:
        """Do both; what cannot be sent now is sent later."""
        try:
            answer(self._door, now=timezone.now())
            while send_next(self._door, now=timezone.now()):
                self._is_away = False
        except DoorError:
            pass  # it is away, which whoever tells it what waits says in the log
        except post.PostError:
            if not self._is_away:
                _LOG.warning("the mail server does not take mails")
            self._is_away = True
        except Exception:  # noqa: BLE001 - it goes on, whatever it was
            _LOG.exception("mails failed")  # the database is away, say; it may be better in a moment
