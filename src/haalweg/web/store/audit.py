"""The helpline's audit log: who did what to which case, each row tied to the one before. Acts and numbers, no contents.

A row is written in the transaction of what it is about, as its last step: both stand then, or neither. Whoever writes
one holds the log until the transaction ends, so rows come one after the other, however many write.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.db import transaction

from haalweg.keeping import AuditError
from haalweg.keeping.audit import LOG_BYTES, Act, Anchor, AuditRow, Witness, chain_start, chained, verify
from haalweg.web.store.alone import wait_for
from haalweg.web.store.models import AuditEntry, AuditLog

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

PERSON = 0  # who did it: the affected person
_LOCK = 0x68776175  # "hwau"
_AT_ONCE = 5_000
_FIELDS = ("number", "at", "act", "subject", "count", "detail", "by")


def append(
    act: str,
    *,
    by: int | None,
    now: datetime,
    subject: int | None = None,
    count: int = 0,
    detail: str = "",
) -> AuditRow:
    """Write a row. Raises AuditError for an act or a detail that is not on the lists of `haalweg.keeping.audit`."""
    act = _act(act)
    with transaction.atomic():
        wait_for(_LOCK)
        log = _log(now)
        return _append(log, act, by=by, now=now, subject=subject, count=count, detail=detail)


def anchor(*, now: datetime) -> Anchor:
    """Say where the log stands, for those outside."""
    with transaction.atomic():
        wait_for(_LOCK)
        log = _log(now)
        return Anchor(bytes(log.log), _head(log))


def check(witnesses: Sequence[Witness] = ()) -> Witness:
    """Walk all of it, and say where it stands. Raises AuditError where it is not what was written.

    What comes in meanwhile is left to the next time.
    """
    with transaction.atomic():
        wait_for(_LOCK)
        log = AuditLog.objects.first()
        if log is None:
            raise AuditError("There is no audit log in this database: nothing was ever done here, or it was removed.")
        head = _head(log)
    return verify(_rows(head.number), head.digest, *witnesses, start=bytes(log.start), cut=log.cut)


def let_go(*, before: datetime, now: datetime) -> int:
    """Let the first rows go, up to one that is not older; how many. What they led to stays, and that they went."""
    with transaction.atomic():
        wait_for(_LOCK)
        log = _log(now)
        kept = AuditEntry.objects.filter(at__gt=before).order_by("number").values_list("number", flat=True).first()
        last = kept - 1 if kept else _head(log).number
        if last <= log.cut:
            return 0
        count = last - log.cut
        log.cut, log.start = last, bytes(AuditEntry.objects.values_list("head", flat=True).get(number=last))
        log.save()
        _append(log, Act.LET_GO, by=None, now=now, subject=None, count=count, detail="")
        AuditEntry.objects.filter(number__lte=last).delete()
    return count


def last_at(act: Act) -> datetime | None:
    """When this was done last; None: never."""
    return AuditEntry.objects.filter(act=act.value).order_by("-number").values_list("at", flat=True).first()


def log_id() -> bytes | None:
    """Give the id of this log; None: there is none yet."""
    log = AuditLog.objects.first()
    return bytes(log.log) if log else None


def _log(now: datetime) -> AuditLog:
    log = AuditLog.objects.first()
    if log is None:
        id_ = secrets.token_bytes(LOG_BYTES)
        log = AuditLog.objects.create(log=id_, start=chain_start(id_))
        _append(log, Act.MADE, by=None, now=now, subject=None, count=0, detail="")
    return log


def _append(log: AuditLog, act: Act, **more: Any) -> AuditRow:
    head, at = _head(log), more.pop("now")
    row = AuditRow(head.number + 1, at, act, more["subject"], more["count"], more["detail"], more["by"])
    AuditEntry.objects.create(number=row.number, at=at, act=act.value, head=chained(head.digest, row), **more)
    return row


def _head(log: AuditLog) -> Witness:
    last = AuditEntry.objects.order_by("-number").values_list("number", "head").first()
    return Witness(last[0], bytes(last[1])) if last else Witness(log.cut, bytes(log.start))


def _rows(last: int) -> Iterator[AuditRow]:
    found = AuditEntry.objects.filter(number__lte=last).order_by("number").values_list(*_FIELDS)
    for number, at, act, *more in found.iterator(_AT_ONCE):
        yield AuditRow(number, at, _act(act), *more)


def _act(act: str) -> Act:
    try:
        return Act(act)
    except ValueError:
        raise AuditError(f"{len(act)} characters that are no act of the audit log: `Act` lists them.") from None
