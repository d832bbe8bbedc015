"""How long the desk takes over many cases: `bench_desk.py [--cases N] [--entries N] [--at-once N]`.

Fills a store of its own with invented cases, signatures, messages, events and rows of the log (no picture is needed),
asks every page of the desk as somebody who is logged in, and prints the times; then so many report at once, each by a
thread of this process. The database is SQLite in a folder that goes again, or an empty one that HAALWEG_DATABASE_URL
names.
With --explain it says for each page which questions read a whole table.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import statistics
import sys
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

# Django is set up first, for a store of its own: what needs it is imported where it is used.
# ruff: noqa: PLC0415
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

GOAL_MS = 300
_STATES = ("on_the_list",) * 12 + ("withdrawn",) * 4 + ("refused",) * 3 + ("received",)
_TIMES = 5
_PARTNERS = ("VONK", "BUURTPLEIN", "WEG")  # each has a third of what is on the list


def main() -> int:
    """Fill, ask, print; 1 where a page takes longer than the goal, or a report was not taken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=1_000_000, help="signatures")
    parser.add_argument("--at-once", type=int, default=100)
    parser.add_argument("--explain", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _set_up(Path(folder))
        from tests.gate.gates import AGate  # once Django is set up

        door = AGate(Path(folder) / "door", settings='web = "web.sock"\n')
        door.start()
        try:
            begun = time.monotonic()
            _fill(asked.cases, asked.entries)
            print(f"filled in {time.monotonic() - begun:.0f} s")
            slow = _ask_pages(explain=asked.explain)
            lost = _report(asked.at_once)
        finally:
            from haalweg.web import running

            running.door().close()
            door.kill()
    return 1 if slow or lost else 0


def _set_up(folder: Path) -> None:
    from haalweg.web.secret import WebSecret
    from haalweg.web.serving import bring_up, set_up

    (folder / "serve.toml").write_text(
        'name = "Hulplijn"\naddress = "http://localhost:8641"\ntry_out = true\ndoor = "door/gate.toml"\n'
    )
    WebSecret.make(folder / "web.secret")
    bring_up(set_up(folder / "serve.toml").database)
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["localhost", "testserver"]


def _fill(cases: int, entries: int) -> None:
    from django.contrib.auth.models import User

    from haalweg.keeping.audit import Act, AuditRow, chained
    from haalweg.web.store import audit
    from haalweg.web.store.models import (
        AuditEntry,
        Case,
        CaseNumber,
        Consent,
        Event,
        Listing,
        Message,
        Partner,
        Signature,
    )

    for name in _PARTNERS:
        Partner.objects.create(name=name, title=name.title(), kind="chat")
    now, staff = datetime.now(UTC), [User.objects.create(username=f"u{number}") for number in range(20)]
    each_has = max(1, entries // cases)
    audit.append(Act.FOUND, by=staff[0].pk, subject=1, now=now)
    last = AuditEntry.objects.order_by("-number")[0]
    number, head = last.number, bytes(last.head)
    for begin in range(1, cases + 1, 1_000):
        made: list[Case] = []
        numbers, signatures, events, messages, rows = [], [], [], [], []
        consents, listings = [], []
        for of in range(begin, min(begin + 1_000, cases + 1)):
            at = now - timedelta(minutes=5 * (cases - of))
            state = _STATES[of % len(_STATES)]
            is_second = of % 40 == 0  # of one person, with the case before it
            works = of - is_second
            case = Case(
                number=of,
                state=state,
                language="nl",
                have="picture",
                consent_version="1",
                received_at=at,
                decided_at=None if state == "received" else at,
                owner=staff[works % 20] if works % 3 else None,
                together_with=made[-1] if is_second else None,
                shared_by=staff[0] if state == "on_the_list" else None,
                code_lookup=secrets.token_bytes(32),
                sent_as=secrets.token_bytes(32),
                content_lookup=secrets.token_bytes(32),
            )
            made.append(case)
            partner = _PARTNERS[of % len(_PARTNERS)]
            consents += [
                Consent(case=case, what=what, version="1", given_at=at) for what in ("bank", f"partner:{partner}")
            ]
            numbers.append(CaseNumber(pk=of))
            signatures += [
                Signature(
                    case=case,
                    row_name=f"Foto {row // 3 + 1}",
                    kind="picture",
                    signal_type=("pdq", "sha256", "md5")[row % 3],
                    quality=100,
                    state="on_the_list" if state == "on_the_list" else "held",
                    value_lookup=secrets.token_bytes(32),
                    letter=secrets.token_bytes(200),
                )
                for row in range(each_has)
            ]
            if state in ("on_the_list", "withdrawn"):
                went, went_at = (of, at) if state == "withdrawn" else (None, None)
                listings += [
                    Listing(
                        case=case,
                        signature=each,
                        signal_type=each.signal_type,
                        bank=bank,
                        came=of,
                        came_at=at,
                        went=went,
                        went_at=went_at,
                    )
                    for each in signatures[-each_has:]
                    for bank in ("HELPLINE", f"P_{partner}")
                ]
            events += [Event(case=case, what=what, at=at) for what in ("received", "taken", state)]
            messages.append(Message(case=case, from_person=True, at=at, read_at=at, letter=secrets.token_bytes(300)))
            for act in (Act.RECEIVED, Act.TAKEN, Act.CASE_READ):
                number += 1
                row = AuditRow(number, at, act, of, 0, by=staff[of % 20].pk)
                head = chained(head, row)
                rows.append(AuditEntry(number=number, at=at, act=act.value, subject=of, by=row.by, head=head))
        CaseNumber.objects.bulk_create(numbers)
        Case.objects.bulk_create(made)
        Signature.objects.bulk_create(signatures)
        Consent.objects.bulk_create(consents)
        Listing.objects.bulk_create(listings)
        Event.objects.bulk_create(events)
        Message.objects.bulk_create(messages)
        AuditEntry.objects.bulk_create(rows)


def _ask_pages(*, explain: bool) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from haalweg.web.store.models import Case
    from haalweg.web.store.roles import Role
    from tests.web.browsing import Browser, staff

    desk = Browser()
    desk.log_in(staff("bench", Role.COORDINATOR))
    of_partner = Browser()
    of_partner.log_in(staff("vonk", Role.PARTNER, partner="VONK"))
    case = Case.objects.filter(owner=None, state="on_the_list").order_by("-number")[0]
    two = Case.objects.filter(owner=None, together_with__isnull=False).order_by("-number")[0]
    for each in (case, two):
        desk.take(each)
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    account = str(case.confirmed_by_id or 1)
    pages: dict[str, Callable[[], Any]] = {
        "work": lambda: desk.get("/desk/"),
        "work, mine": lambda: desk.get("/desk/?whose=mine"),
        "one case": lambda: desk.get(f"/desk/case/{case.number}/"),
        "one case of two": lambda: desk.get(f"/desk/case/{two.number}/"),
        "find": lambda: desk.submit("/desk/find/", number=case.spoken_number),
        "check": lambda: desk.get("/desk/check/"),
        "partners": lambda: desk.get("/desk/partners/"),
        "given": lambda: of_partner.get("/desk/given/"),
        "log": lambda: desk.get("/desk/log/"),
        "log of a day": lambda: desk.submit("/desk/log/", day=day),
        "log of a case": lambda: desk.submit("/desk/log/", number=case.spoken_number),
        "log of an account": lambda: desk.submit("/desk/log/", account=account),
        "log, what was opened": lambda: desk.submit("/desk/log/", opened="1"),
    }
    slow = 0
    print("| page | median | slowest | questions |\n|---|---|---|---|")
    for name, ask in pages.items():
        times = []
        for _ in range(_TIMES):
            begun = time.perf_counter()
            with CaptureQueriesContext(connection) as asked:
                assert ask().status_code in (200, 302), name
            times.append(1_000 * (time.perf_counter() - begun))
        median = statistics.median(times)
        slow += median > GOAL_MS
        print(f"| {name} | {median:.0f} ms | {max(times):.0f} ms | {len(asked)} |")
        if explain:
            _explain([each["sql"] for each in asked.captured_queries])
    return slow


def _explain(questions: list[str]) -> None:
    from django.db import connection

    before = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    for question in questions:
        if not question.startswith("SELECT"):
            continue
        with connection.cursor() as cursor:
            cursor.execute(before + question.replace("%", "%%"))
            plan = [str(row[-1]) for row in cursor.fetchall()]
        for step in plan:
            if ("SCAN" in step and "USING" not in step) or "Seq Scan" in step:
                print(f"    reads all: {step.strip()}   in   {question[:110]}")


def _report(at_once: int) -> int:
    """Send reports at once, each from a network of its own; how many were not taken."""
    from django.db import connections

    from tests.web.browsing import Browser
    from tests.web.reporting import a_report, an_item

    body = json.dumps(a_report(items=[an_item(5)], consents=["bank"]))

    def send(number: int) -> int:
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        try:
            return (
                Browser()
                .post(
                    "/s/send", body, content_type="application/json", headers=headers, REMOTE_ADDR=f"198.51.{number}.1"
                )
                .status_code
            )
        finally:
            connections.close_all()

    begun = time.monotonic()
    with ThreadPoolExecutor(min(at_once, 100)) as people:
        answers = list(people.map(send, range(at_once)))
    lost = sum(each != 201 for each in answers)
    print(f"{at_once} reports at once: {lost} not taken, {time.monotonic() - begun:.1f} s")
    return lost


if __name__ == "__main__":
    os.environ.pop("HAALWEG_SERVE", None)
    sys.exit(main())
