"""What the machine door has to be told is written down with the decision, and told until the door has done it."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import close_old_connections, transaction
from django.db.models import F
from django.utils import timezone

from haalweg.banks import WithdrawalReason
from haalweg.cases.states import SignatureState
from haalweg.reports.consents import Consent, partners_allowed
from haalweg.signals import SignalType
from haalweg.web.door import Door, DoorError, Letter, LetterError
from haalweg.web.store.models import Case, Contact, Event, Partner, Signature, Task

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable
    from datetime import datetime

_LOG = logging.getLogger("haalweg.web")
_AT_ONCE = 100
_PAUSE_S = 1.0
OF_PARTNER = "P_"  # before a partner's name: the bank of what that partner may have


def banks_of(case: Case) -> dict[str, list[Signature]]:
    """The banks that what is on the list goes into: ours, and when two have looked one for each partner.

    Which partners that are is told from what the person allows now. Traces go only to those under contract and where
    that was allowed by itself, and the trace of a fake to none.
    """
    there = list(case.signatures.filter(state=SignatureState.ON_THE_LIST))
    banks = {settings.HAALWEG.bank: there}
    if case.shared_by_id is None:
        return banks
    allowed = set(case.consents.filter(taken_back_at=None).values_list("what", flat=True))
    partners = {each.name: each for each in Partner.objects.filter(is_active=True)}
    for name in partners_allowed(allowed, [(each.name, each.kind) for each in partners.values()]):
        traces_too = Consent.TRACES_AT_PARTNERS in allowed and partners[name].has_contract
        banks[OF_PARTNER + name] = [
            each
            for each in there
            if each.signal_type != SignalType.TRACE or (traces_too and each.kind == "source_photo")
        ]
    return banks


def work_off(door: Door, *, now: datetime) -> int:
    """Tell the door what waits, in the order in which it was decided; how much was done. Raises DoorError.

    Safe beside others that do the same: the door does nothing twice, and what was withdrawn does not come back. Where
    the door cannot open a letter, the rest of its case waits for a person, and other cases go on.
    """
    done = 0
    unreadable: set[uuid.UUID] = set()
    waiting = Task.objects.filter(done_at=None).select_related("case").order_by("id")
    while tasks := waiting.exclude(case__in=unreadable)[:_AT_ONCE]:
        for task in tasks:
            if task.case_id in unreadable:
                continue
            try:
                _tell(door, task)
            except LetterError:
                Task.objects.filter(pk=task.pk).update(tries=F("tries") + 1)
                _note_unreadable(task)
                unreadable.add(task.case_id)
                continue
            except DoorError:
                Task.objects.filter(pk=task.pk).update(tries=F("tries") + 1)
                raise
            with transaction.atomic():
                done += Task.objects.filter(pk=task.pk, done_at=None).update(done_at=now)
                if task.reason == WithdrawalReason.UNDER_18:
                    _forget(task.case)
    return done


def _note_unreadable(task: Task) -> None:
    if task.tries == 0:  # the first time, of one that is tried again each second
        _LOG.error("a letter does not open")
        Event.objects.create(case=task.case, what="letter_unreadable", at=timezone.now())


class Messenger(threading.Thread):
    """Works off what waits: at once when it is woken, and else every second."""

    def __init__(self, door: Door) -> None:
        super().__init__(name="messenger", daemon=True)
        self._door = door
        self._woken = threading.Event()

    def wake(self) -> None:
        """There is something to tell."""
        self._woken.set()

    def run(self) -> None:
        """Go on until the process ends; what cannot be told now is told later."""
        silent = False
        while True:
            self._woken.wait(_PAUSE_S)
            self._woken.clear()
            try:
                work_off(self._door, now=timezone.now())
                silent = False
            except DoorError:
                if not silent:
                    _LOG.warning("the machine door does not answer")
                silent = True
            except Exception:  # noqa: BLE001 - it goes on, whatever it was
                _LOG.exception("tasks failed")  # the database is away, say; the next second may be better
            finally:
                close_old_connections()


def _tell(door: Door, task: Task) -> None:
    case = task.case
    if task.what == "admit":
        # From the decision on, and not from when it is told: told twice it is the same entry.
        expires_at = task.made_at + timedelta(days=30 * settings.HAALWEG.terms.keep_months)
        for bank, signatures in banks_of(case).items():
            if signatures:
                door.admit(_letters(signatures), banks=[bank], assurance=case.assurance, expires_at=expires_at)
    elif task.what == "release":
        letters = _letters(_not_shared(case, case.signatures.filter(state=SignatureState.WITHDRAWN)))
        if letters:
            door.release(letters, banks=[settings.HAALWEG.bank, *_banks_of_partners()])
    else:
        # Of somebody who may be under 18 nothing stays, whoever else has it on the list.
        letters = _letters(case.signatures.filter(state=SignatureState.WITHDRAWN))
        if letters:
            door.withdraw(letters, reason=task.reason)


def _banks_of_partners() -> list[str]:
    return [OF_PARTNER + name for name in Partner.objects.values_list("name", flat=True)]


def _forget(case: Case) -> None:
    """Wipe what was told of somebody who may be under 18, once it is out of every bank; that there was a case stays."""
    for rows in (case.signatures, case.places, case.messages, case.consents):
        rows.all().delete()
    Contact.objects.filter(case=case).delete()


def _not_shared(case: Case, signatures: Iterable[Signature]) -> list[Signature]:
    """Without those that another person's case keeps on the list: theirs is not taken back with this one."""
    own = list(signatures)
    shared = {
        bytes(lookup)
        for lookup in Signature.objects.filter(
            state=SignatureState.ON_THE_LIST, value_lookup__in=[each.value_lookup for each in own]
        )
        .exclude(case=case)
        .values_list("value_lookup", flat=True)
    }
    return [each for each in own if bytes(each.value_lookup) not in shared]


def _letters(signatures: Iterable[Signature]) -> list[Letter]:
    return [Letter(each.place, bytes(each.letter)) for each in signatures]
