"""Words for a page that wait to be mailed, or to be mailed again: they end where its words change, or it is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from haalweg.web.store.mail_kinds import MailKind
from haalweg.web.store.models import Mail

if TYPE_CHECKING:
    from datetime import datetime

    from haalweg.web.store.models import Case


def end(case: Case, *, now: datetime) -> None:
    """Let none of a case go out any more."""
    Mail.objects.filter(case=case, what=MailKind.RECOVERY, ended_at=None).update(ended_at=now, letter=b"")
