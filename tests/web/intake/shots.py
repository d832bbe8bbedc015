"""Pictures of every page of the intake, to be looked at: `make shots`. No test: those look at no picture."""

from __future__ import annotations

import json
import os
import subprocess
import uuid
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from haalweg.web.running import door
from haalweg.web.store import cases
from haalweg.web.store.models import Case
from haalweg.web.store.proposals import Proposed
from haalweg.web.store.tasks import work_off
from tests import pictures
from tests.web.browsing import staff
from tests.web.chromium import MODULES, SCRIPTS
from tests.web.following import Follower
from tests.web.reporting import a_report, an_item, sent


def _added(client, words):
    """Something was added to each of them, with a choice of its own."""
    client.submit("/c", words=words, pin="4711")
    name = client.get("/p/add").context["adds_to"]
    more = a_report(items=[an_item(7, name="Foto 3")], consents=["bank", "notices"], contact=None, story="", places=[])
    headers = {"Idempotency-Key": str(uuid.uuid4()), "X-Page": name}
    client.post("/p/add/send", json.dumps(more), content_type="application/json", headers=headers)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_drawn(live_server, client, machine_door, tmp_path, language):
    photo, folder = tmp_path / "strand.jpg", Path(os.environ["HAALWEG_SHOTS"])
    Image.fromarray(pictures.scene(5)).save(photo, quality=92)
    items = [an_item(5), an_item(6, name="Foto 2")]
    report = a_report(language=language, items=items, consents=["bank", "notices", "partner:VONK"], pin="4711")
    vonk = Follower(machine_door, "VONK", bank="P_VONK")
    codes = [" ".join(sent(client, report).json()["code"]) for _ in range(4)]
    team = [staff(name) for name in ("noor", "sam")]
    for case in Case.objects.all():
        cases.confirm(case, staff=team[0], assurance="spoken", now=timezone.now())
        cases.carry_out(case, Proposed.SHARE, staff=team[1], now=timezone.now())
    work_off(door(), now=timezone.now())
    vonk.takes_over()
    vonk.says(opinion="blocked")
    for words in codes:
        _added(client, words)
    command = ["node", SCRIPTS / "shots.mjs", MODULES, live_server.url, language, photo, folder, json.dumps(codes)]
    subprocess.run(command, check=True, timeout=300)
    assert len(list(folder.glob(f"{language}-*.png"))) == 120  # 30 pages, on a phone and a desk, light and dark
