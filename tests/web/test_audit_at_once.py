"""Many write into the audit log at the same moment, from several processes: its rows come one after the other.

And what `haalweg serve audit verify` says of it, at a terminal.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.gate.gates import HAALWEG
from tests.web.browsing import PASSWORD
from tests.web.databases import own_database

PROCESSES, THREADS, ROWS = 3, 4, 12
WRITING = f"""
import sys, threading
from pathlib import Path
from haalweg.web.serving import set_up
set_up(Path("helpline/serve.toml"))
from django.db import connections
from django.utils import timezone
from haalweg.keeping.audit import Act
from haalweg.web.store import audit
wrong = []
def write():
    try:
        for number in range({ROWS}):
            audit.append(Act.CASE_READ, by=1, subject=number + 1, now=timezone.now())
    except Exception as error:
        wrong.append(error)
    finally:
        connections.close_all()
threads = [threading.Thread(target=write) for _ in range({THREADS})]
[each.start() for each in threads], [each.join() for each in threads]
sys.exit(repr(wrong) if wrong else 0)
"""
CUTTING = """
from pathlib import Path
from haalweg.web.serving import set_up
set_up(Path("helpline/serve.toml"))
from haalweg.web.store.models import AuditEntry
AuditEntry.objects.filter(number__gt=AuditEntry.objects.count() - 100).delete()
"""


@pytest.fixture
def run(tmp_path):
    with own_database() as database:
        environment = os.environ | {"HAALWEG_KEY_FILE": str(tmp_path / "keys"), "HAALWEG_LANGUAGE": "en"} | database
        for name in ("DJANGO_SETTINGS_MODULE", "HAALWEG_SERVE"):
            environment.pop(name, None)

        def run(*arguments, begin=False, **more):
            made = {"cwd": tmp_path, "env": environment, "text": True}
            if begin:
                return subprocess.Popen(arguments, stderr=subprocess.PIPE, **made)
            return subprocess.run(arguments, capture_output=True, check=False, **made, **more)

        for each in (
            ("keys", "new", "--no-drill"),
            ("serve", "init", "helpline"),
            ("serve", "staff", "new", "noor", "--config", "helpline/serve.toml"),
        ):
            done = run(HAALWEG, *each, input=f"{PASSWORD}\n")
            assert done.returncode == 0, done.stderr
        yield run


@pytest.mark.threat("L1")
def test_rows_of_many_writers_are_one_chain_and_a_cut_one_shows_to_who_kept_its_head(run, tmp_path):
    def verify(*more):
        return run(HAALWEG, "serve", "audit", "verify", "--config", "helpline/serve.toml", *more)

    writers = [run(sys.executable, "-c", WRITING, begin=True) for _ in range(PROCESSES)]
    for each in writers:
        _, trouble = each.communicate(timeout=120)
        assert each.returncode == 0, trouble
    rows = PROCESSES * THREADS * ROWS + 3  # that it was begun, that an account was made and what it may do
    first = verify()
    assert f"The log is whole up to row {rows}." in first.stdout
    assert "No witness was asked" in first.stdout
    head = first.stdout.split()[-1]
    kept = tmp_path / "kept.txt"
    kept.write_text(
        f"2026-11-27T01:00Z  NL                    bank      5:{'0' * 64}\n2026-11-27T01:00Z  NL  helpline  {head}\n"
    )
    second = verify("--witness", "kept.txt")
    assert second.returncode == 0, second.stderr
    assert "It is what the witnesses saw: 1." in second.stdout

    assert run(sys.executable, "-c", CUTTING).returncode == 0
    assert verify().returncode == 0
    third = verify("--witness", "kept.txt")
    assert third.returncode == 2
    assert "but its witness saw row 147: the end was cut." in third.stderr
    assert "Change nothing." in third.stderr

    kept.write_text(f"{'0' * 32}:{head.partition(':')[2]}\n")
    fourth = verify("--witness", "kept.txt")
    assert fourth.returncode == 2
    assert "kept.txt: no head of this log is in it." in fourth.stderr
    assert "elsewhere.txt: it cannot be read" in verify("--witness", "elsewhere.txt").stderr
