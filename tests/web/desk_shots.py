"""Pictures of the pages of the desk, to be looked at: `make shots`. No test: those look at no picture."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from haalweg.web.store.models import Case, Partner
from haalweg.web.store.roles import Role
from tests.web.browsing import at_the_desk
from tests.web.chromium import MODULES, SCRIPTS
from tests.web.reporting import a_report, an_item, sent


@pytest.mark.usefixtures("machine_door")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_of_the_desk_is_drawn(live_server, client, language):
    Partner.objects.create(name="VONK", title="Vonk", kind="chat", has_contract=True)
    for seed in (0, 1, 2, 10, 11, 10, 12, 13):
        report = a_report(language=language, items=[an_item(seed), an_item(seed + 5, name="Foto 2")])
        assert sent(client, report).status_code == 201
    people = {
        name: at_the_desk(name, role, **({"partner": "VONK"} if role is Role.PARTNER else {}))
        for name, role in (
            ("noor", Role.CASE_WORKER),
            ("sam", Role.CASE_WORKER),
            ("ilse", Role.COORDINATOR),
            ("kim", Role.REVIEWER),
            ("vonk", Role.PARTNER),
            ("rik", Role.CASE_WORKER),
        )
    }
    first, second, _, one, later, _, child, childs = Case.objects.order_by("number")
    people["noor"].take(first)
    people["sam"].take(second)
    people["kim"].look_in(first)
    people["sam"].submit(f"/desk/case/{second.number}/confirm/", spoken="yes")
    people["sam"].submit(f"/desk/case/{second.number}/propose/", what="revoke", reason="disputed", file="Foto 1")
    people["noor"].look_in(second)
    for case, other in ((one, later), (child, childs)):
        people["noor"].take(case)
        people["noor"].submit(f"/desk/case/{case.number}/together/", number=f"{other.number}", reason="person_said")
    people["noor"].submit(f"/desk/case/{child.number}/under-18/")
    people["rik"].submit("/desk/close/", why="break")
    at = f"/desk/case/{first.number}/"
    shots = [
        ["queue", "noor", "/desk/"],
        ["shut", "sam", at],
        ["shut-nobodys", "noor", "/desk/case/3/"],
        ["case", "noor", at],
        ["case-reviewer", "kim", at],
        ["together", "noor", f"/desk/case/{one.number}/"],
        ["together-shut", "sam", f"/desk/case/{one.number}/"],
        ["together-under-18", "noor", f"/desk/case/{child.number}/"],
        ["log", "ilse", "/desk/log/"],
        ["not-for-you", "kim", "/desk/log/"],
        ["given", "vonk", "/desk/given/"],
        ["two-people", "noor", f"/desk/case/{second.number}/"],
        ["check", "kim", "/desk/check/"],
        ["check-together", "noor", "/desk/check/"],
        ["call", "noor", "/desk/call/"],
        ["words", "noor", "/a"],
        ["break", "rik", "/desk/closed/"],
    ]
    cookies = {name: browser.cookies["haalweg"].value for name, browser in people.items()}
    told = json.dumps({"shots": shots, "cookies": cookies})
    folder = Path(os.environ["HAALWEG_SHOTS"])
    command = ["node", SCRIPTS / "desk_shots.mjs", MODULES, live_server.url, language, folder, told]
    subprocess.run(command, check=True, timeout=300)
    assert len(list(folder.glob(f"desk-{language}-*.png"))) == 4 * len(shots)  # narrow and wide, light and dark
