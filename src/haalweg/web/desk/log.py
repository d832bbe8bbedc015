"""The audit log as the desk reads it: found again by day, case and account, each exactly, and walked when asked.

Acts and numbers are all there is. That somebody looked stands in it too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from haalweg.keeping import AuditError
from haalweg.keeping.audit import OF_ACCOUNTS, OF_PARTNERS, Act
from haalweg.web.pages import other_language
from haalweg.web.store import anchoring, audit
from haalweg.web.store.models import AuditEntry, Case, Partner

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from haalweg.web.desk.staff import StaffRequest

_ROWS = 100
_NUMBER, _ID = re.compile(r"(?:[0-9]{2}-)?([0-9]{1,9})"), re.compile(r"[0-9]{1,18}")
_NOT_OF_CASES = [act.value for act in OF_ACCOUNTS | OF_PARTNERS]
_OF_ACCOUNTS = [act.value for act in OF_ACCOUNTS]
_UNPROCESSABLE, _CONFLICT = 422, 409


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the log is asked for; nothing: the newest of all."""

    day: str = ""  # in UTC, as a field of a date gives it
    number: str = ""  # of a case
    account: str = ""  # its id
    before: str = ""  # rows older than this one
    opened: str = ""  # anything: only what somebody opened, cases of others and addresses

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> Asked:
        """Read it from a form."""
        return cls(*(fields.get(name, "").strip() for name in ("day", "number", "account", "before", "opened")))

    def rows(self) -> QuerySet[AuditEntry]:
        """Find them, the newest first. Raises ValueError for a day or a number that is none."""
        found = AuditEntry.objects.order_by("-number")
        if self.day:
            day = datetime.combine(datetime.fromisoformat(self.day).date(), time(), UTC)
            found = found.filter(at__gte=day, at__lt=day + timedelta(days=1))
        if self.number:
            found = found.filter(subject=int(_whole(_NUMBER, self.number))).exclude(act__in=_NOT_OF_CASES)
        if self.account:
            account = int(_whole(_ID, self.account))
            found = found.filter(Q(by=account) | Q(subject=account, act__in=_OF_ACCOUNTS))
        if self.opened:
            found = found.filter(act__in=[Act.LOOKED_IN.value, Act.OPENED.value])
        if self.before:
            found = found.filter(number__lt=int(_whole(_ID, self.before)))
        return found


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: StaffRequest) -> HttpResponse:
    """Who did what, and when: what is asked for, or the newest. The search is no part of the address."""
    return _page(request, Asked.of(request.POST))


@require_POST
def check(request: StaffRequest) -> HttpResponse:
    """Walk the whole log, without a witness: those are outside, and so is who asks them."""
    try:
        stands = audit.check()
    except AuditError:
        trouble = _("The log is not what was written. Change nothing, and tell whoever keeps this server.")
        return _page(request, Asked(), trouble=trouble, status=_CONFLICT)
    audit.append(Act.CHECKED, by=request.user.pk, now=timezone.now(), count=stands.number)
    return _page(request, Asked(), checked=stands.number)


def _page(
    request: StaffRequest, asked: Asked, *, checked: int | None = None, trouble: str = "", status: int = 200
) -> HttpResponse:
    try:
        rows = list(asked.rows()[: _ROWS + 1])
    except ValueError:
        rows, status = [], _UNPROCESSABLE
        trouble = _("Give a whole day, and a case number as it is read out, like 26-00042.")
    audit.append(Act.LOG_READ, by=request.user.pk, now=timezone.now(), count=len(rows[:_ROWS]))
    accounts = dict(User.objects.order_by("username").values_list("pk", "username"))
    anchored, now = anchoring.last_anchored(), timezone.now()
    return render(
        request,
        "desk/log.html",
        {
            "page": "log",
            "rows": _in_words(rows[:_ROWS], accounts),
            "older": rows[_ROWS - 1].number if len(rows) > _ROWS else None,
            "asked": asked,
            "accounts": [(str(pk), name) for pk, name in accounts.items()],
            "checked": checked,
            "anchored": anchored,
            "is_late": anchored is None or now - anchored >= anchoring.LATE,
            "trouble": trouble,
            "other_language": other_language(reverse("desk:log")),
        },
        status=status,
    )


def _in_words(rows: list[AuditEntry], accounts: Mapping[int, str]) -> list[dict[str, object]]:
    """Give rows with the names that go with their numbers, where these are still there."""
    of_cases = {each.subject for each in rows if each.subject is not None and each.act not in _NOT_OF_CASES}
    cases: dict[int | None, str] = {
        each.number: each.spoken_number for each in Case.objects.filter(number__in=of_cases)
    }
    partners = dict(Partner.objects.values_list("pk", "title"))
    return [
        {
            "row": each,
            "who": accounts.get(each.by, f"{each.by}") if each.by else None,
            "case": None if each.act in _NOT_OF_CASES else each.subject,
            "spoken": None if each.act in _NOT_OF_CASES else cases.get(each.subject),
            "account": accounts.get(each.subject or 0, each.subject) if each.act in OF_ACCOUNTS else None,
            "partner": partners.get(each.subject or 0) if each.act in OF_PARTNERS else None,
            "chain": f"{bytes(each.head).hex()[:4]}\N{HORIZONTAL ELLIPSIS}{bytes(each.head).hex()[-4:]}",
        }
        for each in rows
    ]


def _whole(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.fullmatch(text)
    if found is None:
        raise ValueError("A number is expected.")
    return found[found.lastindex or 0]
