"""Many report at the same moment: each is taken, and one that was sent twice at once is kept once."""

from __future__ import annotations

import json
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.utils import timezone

from haalweg.web.running import box
from haalweg.web.store.models import Case
from haalweg.web.store.reports import take
from tests.web.a_helpline import AHelpline
from tests.web.databases import own_database
from tests.web.reporting import a_report

AT_ONCE = 24


@pytest.mark.usefixtures("machine_door")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same", [False, True])
def test_all_are_taken_and_the_same_is_kept_once(same):
    if connection.vendor == "sqlite":
        pytest.skip("in tests SQLite is one database in memory, for one writer; the storm shows it on a file")

    report = json.dumps(a_report()).encode()
    shared, letters, codes, wrong = uuid.uuid4(), box(), [], []
    begin = threading.Barrier(AT_ONCE)

    def person():
        try:
            begin.wait()
            codes.append(take(report, shared if same else uuid.uuid4(), box=letters, now=timezone.now()).code.words)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test says it
            wrong.append(error)
        finally:
            connections.close_all()

    people = [threading.Thread(target=person) for _ in range(AT_ONCE)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert wrong == []
    assert len(set(codes)) == Case.objects.count() == (1 if same else AT_ONCE)
    assert Case.objects.values("number").distinct().count() == Case.objects.count()


def test_commands_that_are_the_first_ones_wait_for_each_other(tmp_path):
    with own_database() as environment:
        helpline = AHelpline(tmp_path, environment)

        def new(name):
            return helpline.serve("staff", "new", name, input="correct horse 12 battery\n")

        with ThreadPoolExecutor(4) as people:
            done = list(people.map(new, ("noor", "sam", "ilse", "kim")))
        assert [(each.returncode, each.stderr) for each in done] == [(0, "")] * 4
