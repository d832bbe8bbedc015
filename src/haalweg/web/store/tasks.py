"""What the machine door has to be told is written down with the decision, and told until the door has done it."""

from __future__ import annotations

import itertools
import logging
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from haalweg.banks import WithdrawalReason
from haalweg.cases.states import CaseState, SignatureState
from haalweg.reports.consents import Consent, partners_allowed
from haalweg.signals import SignalType
from haalweg.web.configuration import OF_PARTNER
from haalweg.web.door import Door, DoorError, DoorRefusalError, Told, letters_of
from haalweg.web.store.alone import alone
from haalweg.web.store.background import Background
from haalweg.web.store.cases import forget, forget_reported, set_aside
from haalweg.web.store.listings import came, went
from haalweg.web.store.models import Case, Partner, Signature, Task
from haalweg.web.store.tellings import tellings_of
from haalweg.web.store.timeline import note

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_LOG = logging.getLogger("haalweg.web")
_AT_ONCE = 100
_AGAIN, _AGAIN_MOST = timedelta(seconds=1), timedelta(minutes=10)  # when what was refused is tried again
_LOCK = 0x68777461  # "hwta"


def banks_of(case: Case) -> dict[str, list[Signature]]:
    """The banks that what is on the list goes into: ours, and when two have looked one for each partner.

    Which partners that are is told from what the person allows now, for the report and for each addition apart.
    Traces go only to those under contract and where that was allowed by itself, and the trace of a fake to none.
    """
    banks: dict[str, list[Signature]] = {settings.HAALWEG.bank: []}
    listed = case.signatures.filter(state=SignatureState.ON_THE_LIST)
    partners = {each.name: each for each in Partner.objects.filter(is_active=True)}
    for telling in tellings_of(case):
        there = [
            each
            for each in listed
            if each.addition_id == telling.addition_id
            and (Consent.TRACE_OF_FAKE in telling.allows or not _is_trace_of_fake(each))
        ]
        banks[settings.HAALWEG.bank] += there
        if telling.shared_by is None:
            continue
        for name in partners_allowed(telling.allows, [(each.name, each.kind) for each in partners.values()]):
            traces_too = Consent.TRACES_AT_PARTNERS in telling.allows and partners[name].has_contract
            banks.setdefault(OF_PARTNER + name, []).extend(
                each
                for each in there
                if each.signal_type != SignalType.TRACE or (traces_too and each.kind == "source_photo")
            )
    return banks


def _is_trace_of_fake(signature: Signature) -> bool:
    return signature.signal_type == SignalType.TRACE and signature.kind != "source_photo"


def work_off(door: Door, *, now: datetime) -> int:
    """Tell the door what is due, what is taken back first; how much was done. Raises DoorError where it is away.

    What it refuses, or cannot read, is tried again later and less and less often; the rest goes on meanwhile.
    """
    done = 0
    due = Task.objects.filter(done_at=None, due_at__lte=now).select_related("case").order_by("-is_urgent", "id")
    with alone(_LOCK) as is_alone:  # what two tell could be overtaken
        while is_alone and (tasks := due[:_AT_ONCE]):
            for task in tasks:
                try:
                    is_done = _told(door, task, now)
                except DoorRefusalError:
                    is_done = False
                if is_done:
                    with transaction.atomic():
                        Task.objects.filter(pk=task.pk).update(done_at=now)
                        if task.what == "forget" or (task.what == "erase" and _is(task.case, CaseState.ERASED)):
                            forget(task.case)
                        if task.what == "expire" and _is(task.case, CaseState.EXPIRED):
                            forget_reported(task.case)
                    done += 1
                else:
                    _put_off(task, now)
    return done


def _is(case: Case, state: CaseState) -> bool:
    """Whether it still stands there: what turned out to be under 18 meanwhile has a task of its own."""
    return Case.objects.select_for_update().filter(pk=case.pk, state=state).first() is not None


def _put_off(task: Task, now: datetime) -> None:
    again = now + min(_AGAIN * 2**task.tries, _AGAIN_MOST)
    Task.objects.filter(pk=task.pk).update(tries=F("tries") + 1, due_at=again)
    if task.tries == 0:
        _LOG.error("the machine door cannot do what was decided")
        note(task.case, "not_done", now, by_server=True)


class Messenger(Background):
    """Tells the door what waits."""

    pause_s = 1.0
    _is_away = False

    def step(self) -> None:
        """Work off what waits; what cannot be told now is told later."""
        try:
            work_off(self._door, now=timezone.now())
            self._is_away = False
        except DoorError:
            if not self._is_away:
                _LOG.warning("the machine door does not answer")
            self._is_away = True
        except Exception:  # noqa: BLE001 - it goes on, whatever it was
            _LOG.exception("tasks failed")  # the database is away, say; the next second may be better


def _told(door: Door, task: Task, now: datetime) -> bool:
    """Tell it; whether all of it was understood."""
    if task.what == "forget":
        # Of somebody who may be under 18 nothing stays, whoever else has it on the list.
        letters = letters_of(task.case.signatures.all())
        if not letters:
            return True
        told = door.withdraw(letters, reason=WithdrawalReason.UNDER_18)
        if not told.unreadable:
            went(task.case.listings.all(), told.reached, now)
        return not told.unreadable
    return _settle(door, task.case, now)


def _settle(door: Door, case: Case, now: datetime) -> bool:
    """Bring the door's banks to what holds of this case now; whether all of it was understood."""
    wanted = banks_of(case)
    said: list[Told] = []
    for telling, bank in itertools.product(tellings_of(case), wanted):
        signatures = [each for each in wanted[bank] if each.addition_id == telling.addition_id]
        if signatures and telling.kept_until > now:
            letters, expires_at = letters_of(signatures), telling.kept_until
            told = door.admit(letters, banks=[bank], assurance=telling.assurance, expires_at=expires_at)
            said.append(told)
            if not told.withdrawn_before and not told.unreadable:
                came(case, signatures, bank, told.reached, now)
    if any(each.withdrawn_before for each in said):
        # It was taken back for good, by whomever and for whatever reason, under 18 perhaps: a person has to look.
        set_aside(case, why="withdrawn_before", now=now)
        return True  # with a task of its own
    once = list(case.signatures.exclude(state=SignatureState.REFUSED))  # those were never told of
    kept = _kept_by_others(case, once)
    for bank in [settings.HAALWEG.bank, *_banks_of_partners()]:
        here = wanted.get(bank, ())
        stays = kept[bank] | {bytes(each.value_lookup) for each in here}  # another file has it too
        gone = [each for each in once if bytes(each.value_lookup) not in stays]
        if gone:
            told = door.release(letters_of(gone), banks=[bank])
            said.append(told)
            if not told.unreadable:
                went(case.listings.filter(bank=bank, signature__in=gone), told.reached, now)
        # Somebody else's is there: whether this one is too nobody could say, and of the other nothing is told.
        case.listings.filter(bank=bank, signature__in=once).exclude(signature__in=[*gone, *here]).delete()
    return not any(each.unreadable for each in said)


def _kept_by_others(case: Case, signatures: Iterable[Signature]) -> defaultdict[str, set[bytes]]:
    """What other persons' cases have in each bank of the same values: theirs is not taken back with this one."""
    lookups = {bytes(each.value_lookup) for each in signatures}
    same = Signature.objects.filter(state=SignatureState.ON_THE_LIST, value_lookup__in=lookups).exclude(case=case)
    kept: defaultdict[str, set[bytes]] = defaultdict(set)
    for other in Case.objects.filter(pk__in=same.values("case")):
        for bank, theirs in banks_of(other).items():
            kept[bank] |= lookups & {bytes(each.value_lookup) for each in theirs}
    return kept


def _banks_of_partners() -> list[str]:
    return [OF_PARTNER + name for name in Partner.objects.values_list("name", flat=True)]
