"""What people and staff do in a helpline, without its pages: `python -m tests.web.acts SERVE_TOML ACTS`."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from haalweg.web.serving import bring_up, set_up


def main(config: str, acts: str) -> None:
    bring_up(set_up(Path(config)).database)
    from django.conf import settings  # noqa: PLC0415 - once Django is set up
    from django.contrib.auth.models import User  # noqa: PLC0415 - the same
    from django.contrib.sessions.models import Session  # noqa: PLC0415 - the same
    from django.utils import timezone  # noqa: PLC0415 - the same

    from haalweg.web import running  # noqa: PLC0415 - the same
    from haalweg.web.store import cases  # noqa: PLC0415 - the same
    from haalweg.web.store.models import AuditEntry, Case, Event, Signature  # noqa: PLC0415 - the same
    from haalweg.web.store.tasks import work_off  # noqa: PLC0415 - the same
    from tests.web.browsing import Browser  # noqa: PLC0415 - the same
    from tests.web.reporting import a_report, an_item, sent  # noqa: PLC0415 - the same

    class Nobody:
        """Tells the door nothing: that is an act of its own."""

        def wake(self) -> None:
            pass

    running._messenger = Nobody  # type: ignore[assignment]  # what is to be told waits
    running._mailer = Nobody  # type: ignore[assignment]  # the same
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_PROXY_SSL_HEADER = None
    now = timezone.now()
    staff, _ = User.objects.get_or_create(username="noor")
    for what, of in json.loads(acts):
        if what == "tell":
            work_off(running.door(), now=timezone.now())
            continue
        if what in ("ask", "mail"):
            mail(what, int(of))
            continue
        if what in ("report", "reachable"):
            report = a_report(items=[an_item(of)], consents=["bank"], story=f"Verhaal {of}.")
            if what == "reachable":
                report["contact"] = {"email": f"noor{of}@example.nl", "for": ["recovery", "news"]}
            assert sent(Browser(), report).status_code == 201
            Event.objects.create(case=Case.objects.latest("number"), what="seed", at=now, count=of)
            continue
        case = Case.objects.get(events__what="seed", events__count=of)
        if what == "confirm":
            cases.confirm(case, staff=staff, assurance="self_reported", now=now)
        elif what == "withdraw":
            cases.withdraw(case, now=now)
        elif what == "erase":
            cases.erase(case, now=now)
        else:
            cases.turned_out_under_age(case, now=now)
    json.dump(
        {
            str(seed.count): {
                "state": seed.case.state,
                "events": [each.what for each in seed.case.events.order_by("id")],
                "by": AuditEntry.objects.filter(subject=seed.case.number)
                .order_by("-number")
                .values_list("by", flat=True)[0],
                "signatures": Signature.objects.filter(case=seed.case).count(),
                "places": seed.case.places.count(),
                "sessions": Session.objects.count(),
                "mails": seed.case.mails.filter(ended_at=None).count(),
                "is_handed_over": seed.case.hand_over_lookup is not None,
            }
            for seed in Event.objects.filter(what="seed")
        },
        sys.stdout,
    )


def mail(what: str, of: int) -> None:
    """Ask for words with the address of a report, or mail what is due so many minutes later."""
    from django.utils import timezone  # noqa: PLC0415 - once Django is set up

    from haalweg.web.post import PostError  # noqa: PLC0415 - the same
    from haalweg.web.store import mails  # noqa: PLC0415 - the same
    from tests.web.mailing import deliver  # noqa: PLC0415 - the same

    if what == "ask":
        mails.ask(f"noor{of}@example.nl", now=timezone.now())
        return
    with suppress(PostError):
        deliver(now=timezone.now() + timedelta(minutes=of))


if __name__ == "__main__":
    main(*sys.argv[1:])
