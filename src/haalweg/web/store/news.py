"""Which of what happens is worth a mail: what staff or the server did, and the person can read on their page.

Nothing goes to somebody whose case was stopped as perhaps of under 18: of such a case nothing is kept or used, the
page itself says to whom to turn, and the mailbox of somebody so young is often read by others.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from haalweg.web.store.mail_kinds import MailKind
from haalweg.web.store.models import Contact, Mail

if TYPE_CHECKING:
    from datetime import datetime

    from haalweg.web.store.models import Case

AFTER = timedelta(minutes=5)  # so that what is done in one go is one mail, which does not tell when who works
_NEWS = frozenset(
    {
        *("message_out", "on_the_list", "more_on_the_list", "refused", "more_refused", "shared", "unshared", "revoked"),
        *("asked_longer", "kept_longer", "expired"),
    }
)


def tell(case: Case, what: str, now: datetime) -> None:
    """Let a mail wait that says that there is news, where it is and the person wants to hear so; one at a time."""
    kind = MailKind.NEW_WORDS if what == "new_code" else MailKind.NEWS
    if not settings.HAALWEG.sends_mail or (kind is MailKind.NEWS and what not in _NEWS):
        return
    if Contact.objects.filter(case=case, purposes__contains="news").exists():
        due_at = now if kind is MailKind.NEW_WORDS else now + AFTER
        waits = Mail(case=case, what=kind, made_at=now, due_at=due_at, letter=b"")
        Mail.objects.bulk_create([waits], ignore_conflicts=True)  # one waits already
