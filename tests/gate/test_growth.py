"""A source that sends far more than it did: held, seen, and let through by a person while the gate runs."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import NewEntries
from haalweg.gate.growth import ALLOWED_FOR, Growth, HeldGrowth
from haalweg.gate.keys import Scope
from haalweg.gate.state import StateFile
from haalweg.keeping.audit import Act
from haalweg.signals import SignalType
from tests.gate.gates import HAALWEG, HTTP, AGate, bearer, follower_of, until
from tests.matching.videos import code

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FIRST, SECOND = code(1), code(2)
SOON_S = 40.0


@pytest.fixture
def source(tmp_path):
    one = AGate(tmp_path / "source")
    one.entry = one.add(FIRST)
    one.start()
    yield one
    one.kill()


@pytest.fixture
def follower(tmp_path, source):
    one = follower_of(source, tmp_path / "follower")
    one.start()
    yield one
    one.kill()


def add_many(gate, count, last):
    with BankFile.open(gate.bank, gate.ring) as store:
        bank = store.bank("NL")
        assert bank is not None
        values = [*(os.urandom(32) for _ in range(count - 1)), last]
        store.add(NewEntries(bank.id, SignalType.PDQ, values), now=datetime.now(UTC))


def matches(gate, value):
    (item,) = gate.ask(gate.uploads, json={"items": [{"pdq": value.hex()}]}).json()["items"]
    return item["verdict"] == "match"


def allow(gate, *more):
    return subprocess.run(
        [HAALWEG, "gate", "allow", "S", "--config", gate.config, *more],
        env=gate.environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.threat("X7")
def test_what_is_held_comes_when_a_person_allowed_it_and_the_next_time_is_asked_anew(source, follower):
    watch = follower.key(Scope.STATUS)

    def trouble():
        said = HTTP.get(f"{follower.url}/api/v1/status", headers=bearer(watch)).json()
        return said["sources"][0]["trouble"]

    until(lambda: matches(follower, FIRST), SOON_S, follower.log)
    nothing = allow(follower)
    assert (nothing.returncode, nothing.stderr) == (2, "S: nothing of this source is held.\n")
    add_many(source, 1_500, SECOND)
    until(lambda: trouble() is not None, SOON_S, follower.log)
    assert trouble().endswith("then `haalweg gate allow S` lets it come.")
    assert '"event": "source_held", "source": "S", "count": 1500' in follower.log()
    source.withdraw(source.entry)
    until(lambda: not matches(follower, FIRST), SOON_S, follower.log)
    assert not matches(follower, SECOND)

    allowed = allow(follower)
    assert allowed.returncode == 0, allowed.stderr
    assert allowed.stdout.startswith("S: 0 of its entries are here. It sends 1,500 more at once, as of ")
    until(lambda: matches(follower, SECOND), SOON_S, follower.log)
    assert trouble() is None
    with BankFile.open(follower.bank, follower.ring) as store:
        assert [row.count for row in store.audit() if row.act is Act.ALLOWED] == [1_500]

    add_many(source, 1_100, code(3))
    until(lambda: trouble() is not None, SOON_S, follower.log)
    assert not matches(follower, code(3))


def test_what_was_allowed_stays_so_until_its_fetch_has_ended_and_no_longer_than_a_day(tmp_path):
    with StateFile.open(tmp_path / "gate.state") as state:
        growth = Growth(state)
        growth.allow("S", now=NOW)
        assert not growth.is_allowed("S", now=NOW)  # nothing was held that anybody could have looked at
        growth.note("S", HeldGrowth(10, 2_000, is_all=False, at=NOW))
        assert not growth.is_allowed("S", now=NOW)
        growth.allow("S", now=NOW)
        growth.note("S", HeldGrowth(10, 3_000, is_all=True, at=NOW))
        assert growth.held("S") == HeldGrowth(10, 3_000, is_all=True, at=NOW)
        assert growth.is_allowed("S", now=NOW)
        assert not growth.is_allowed("T", now=NOW)
        assert not growth.is_allowed("S", now=NOW + ALLOWED_FOR + timedelta(seconds=1))
        growth.forget("S")
        assert not growth.is_allowed("S", now=NOW)
