"""What was taken off the list after a backup was made is found in the cases that the backup brings back."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import WithdrawalReason
from haalweg.gate.web_door import Signature
from haalweg.keeping import KeepingError
from haalweg.keeping.audit import Act
from haalweg.keeping.letters import LetterKeys
from haalweg.web.configuration import DATABASE
from haalweg.web.serving import bring_up, set_up

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from haalweg.keeping import KeyRing
    from haalweg.signals import SignalType


@dataclass(frozen=True, slots=True)
class TakenOff:
    """What left the list since: by type and look-up, whether it turned out to be of somebody under 18."""

    values: Mapping[tuple[SignalType, bytes], bool]

    @classmethod
    def since(cls, bank: BankFile, journal: Path) -> TakenOff:
        """Read what the journal knows and this copy of the bank does not. Raises JournalError."""
        found: dict[tuple[SignalType, bytes], bool] = {}
        for record in bank.lacks(journal):
            for gone in record.gone:
                key = (gone.signal_type, gone.lookup)
                found[key] = found.get(key, False) or record.reason is WithdrawalReason.UNDER_18
        return cls(found)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What became of the cases of a backup."""

    set_aside: int
    stopped: int  # as of somebody under 18
    unreadable: int  # signatures whose letters do not open with these keys: they cannot be held to the journal


def reconcile(
    config: Path, database: Path | None, bank: Path, taken_off: TakenOff, ring: KeyRing, *, now: datetime
) -> Reconciled:
    """Bring the tables to this version, hold their cases to the journal, log everybody out, send no mail of then.

    database: an SQLite file that is not in its place yet; None: the one that the settings name.
    """
    if database is not None:
        os.environ[DATABASE] = os.fspath(database.absolute())  # of this process, which does nothing else with it
    bring_up(set_up(config, restores=True).database)
    from django.contrib.sessions.models import Session  # noqa: PLC0415 - once Django is set up
    from django.db import connections, transaction  # noqa: PLC0415 - the same

    from haalweg.web.store import audit, mails  # noqa: PLC0415 - the same
    from haalweg.web.store.cases import tell_of_all  # noqa: PLC0415 - the same

    try:
        with transaction.atomic():
            audit.append(Act.PUT_BACK, by=None, now=now, count=1)
            Session.objects.all().delete()
            mails.forget_all()
            found = _hold_to(bank, taken_off, ring, now)
            tell_of_all(now=now)
    finally:
        connections.close_all()
    return found


def _hold_to(bank: Path, taken_off: TakenOff, ring: KeyRing, now: datetime) -> Reconciled:
    from haalweg.cases.states import CaseState  # noqa: PLC0415 - with the tables
    from haalweg.web.store import models  # noqa: PLC0415 - the same
    from haalweg.web.store.cases import DecisionError, set_aside, turned_out_under_age  # noqa: PLC0415 - the same

    letters, unreadable = LetterKeys(ring), 0
    gone: set[UUID] = set()
    under_age: set[UUID] = set()
    with BankFile.open(bank, ring, read_only=True) as store:
        for row in models.Signature.objects.all().iterator() if taken_off.values else ():
            try:
                signature = Signature.parse(letters.open(row.place, bytes(row.letter)))
                key = (signature.signal_type, store.lookup_of(signature.signal_type, signature.value))
            except (KeepingError, ValueError):
                unreadable += 1
                continue
            if key in taken_off.values:
                (under_age if taken_off.values[key] else gone).add(row.case_id)
    stopped = 0
    for case in models.Case.objects.filter(pk__in=under_age):
        with suppress(DecisionError):  # it was stopped before the backup was made
            turned_out_under_age(case, now=now, by_server=True)
            stopped += 1
    listed = models.Case.objects.filter(pk__in=gone - under_age, state=CaseState.ON_THE_LIST)
    for case in listed:
        set_aside(case, why="taken_off_since", now=now)
    return Reconciled(len(listed), stopped, unreadable)
