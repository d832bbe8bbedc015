"""A disk that is full or read-only: what is known may be out of date, so the gate does less with it, and goes on."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from datetime import UTC, datetime

import httpx
import pytest

from haalweg.adapters.bank_file import BankFile, BankFileError
from haalweg.banks import Assurance, BankKind, NewEntries
from haalweg.gate.keeper import Keeper
from haalweg.gate.keys import Scope
from haalweg.gate.state import GateStateError, StateFile
from haalweg.matching.check import Asked, check
from haalweg.matching.policy import Action, policy_of
from haalweg.signals import SignalType
from tests.adapters.bank_file.conftest import tmpfs
from tests.banks.building import codes
from tests.gate.gates import AGate, bearer, follower_of, until
from tests.matching.videos import code, part

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
KNOWN, BY_LAW, TAKEN_BACK = code(1), code(2), code(3)
SOON_S = 40.0  # a follower that failed waits up to half a minute


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "plain.bank"
    with BankFile.new(path, None, now=NOW) as store:
        bank = store.make_bank("NL", now=NOW)
        store.add(NewEntries(bank.id, SignalType.PDQ, [KNOWN], assurance=Assurance.SEEN), now=NOW)
        hotline = store.make_bank("HOTLINE", now=NOW, kind=BankKind.REPORT_BY_LAW)
        store.add(NewEntries(hotline.id, SignalType.PDQ, [BY_LAW]), now=NOW)
    return path


def add(store, values=codes(20_000)):  # noqa: B008 - the same every time
    return store.add(NewEntries(store.bank("NL").id, SignalType.PDQ, values), now=NOW)


def of_pages(count):
    """A disk that has room for so many pages of the file, as SQLite sees it; 0: for as many as there can be."""
    return lambda store: store._connection.execute(f"PRAGMA max_page_count = {count or 1 << 30}").fetchone()


def action(keeper, value=KNOWN, policy=None):
    return check(Asked([part(value)]), keeper.live, policy_of(policy or {}), now=NOW).action


@pytest.mark.threat("G7")
def test_while_the_bank_cannot_be_written_what_it_finds_holds_at_most(path):
    async def story(keeper):
        await keeper.do(of_pages(1))
        assert (keeper.trouble, action(keeper)) == (None, Action.BLOCK)  # nothing had to be written yet
        with pytest.raises(BankFileError, match="the disk is full"):
            await keeper.do(add)
        assert keeper.trouble is not None
        assert "the disk is full" in keeper.trouble
        assert action(keeper) is Action.HOLD
        assert action(keeper, policy={"failures": {"disk_full": "allow"}}) is Action.ALLOW
        assert action(keeper, policy={"failures": {"disk_full": "block"}}) is Action.BLOCK
        await keeper.do(lambda store: store.banks())  # to read is no write that succeeded
        assert action(keeper) is Action.HOLD
        await keeper.do(of_pages(0))
        await keeper.do(add)
        assert (keeper.trouble, action(keeper)) == (None, Action.BLOCK)

    with Keeper(lambda: BankFile.open(path)) as keeper:
        asyncio.run(story(keeper))


def test_what_is_reported_by_law_is_not_made_milder_by_a_full_disk(path):
    async def story(keeper):
        await keeper.do(of_pages(1))
        with pytest.raises(BankFileError):
            await keeper.do(add)
        assert action(keeper, BY_LAW, {"failures": {"disk_full": "allow"}}) is Action.BLOCK

    with Keeper(lambda: BankFile.open(path)) as keeper:
        asyncio.run(story(keeper))


def test_an_error_that_is_not_the_disks_is_no_trouble_of_it(path):
    async def story(keeper):
        def refused(_):
            raise BankFileError("another program has been writing to it all the while.")

        with pytest.raises(BankFileError):
            await keeper.do(refused)
        assert keeper.trouble is None

    with Keeper(lambda: BankFile.open(path)) as keeper:
        asyncio.run(story(keeper))


def test_a_state_file_that_cannot_be_written_says_so_until_it_can(tmp_path):
    def write(state, size):
        with state.writing() as file:
            file.execute("UPDATE secret SET value = zeroblob(?)", (size,))

    with StateFile.open(tmp_path / "gate.state") as state:
        state._connection.execute("PRAGMA max_page_count = 1").fetchone()
        with pytest.raises(GateStateError, match="cannot be written"):
            write(state, 1_000_000)
        assert state.trouble == "The gate's state file cannot be written (database or disk is full)."
        write(state, 32)
        assert state.trouble is None


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    tmpfs(folder, "2m")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture
def source(tmp_path):
    one = AGate(tmp_path / "source")
    one.start()
    yield one
    one.kill()


@pytest.fixture
def follower(tmp_path, small_disk, source):
    """A follower whose bank lies on a small disk."""
    one = follower_of(source, tmp_path / "follower")
    one.bank = small_disk / "gate.bank"
    shutil.move(one.folder / "gate.bank", one.bank)
    one.config.write_text(one.config.read_text().replace(str(one.folder / "gate.bank"), str(one.bank)))
    yield one
    one.kill()


@pytest.mark.threat("G7")
def test_a_full_disk_under_a_running_gate(source, follower, small_disk):
    source.add(KNOWN)
    entry = source.add(TAKEN_BACK)
    follower.start()
    watch = follower.key(Scope.STATUS)

    def answer(value):
        (item,) = follower.ask(follower.uploads, json={"items": [{"pdq": value.hex()}]}).json()["items"]
        return item

    def told(path):
        return httpx.get(f"{follower.url}{path}", headers=bearer(watch), trust_env=False)

    def trouble():
        return told("/api/v1/status").json()["store_trouble"]

    until(lambda: answer(TAKEN_BACK)["action"] == "block", SOON_S, follower.log)
    assert trouble() is None
    assert "haalweg_store_trouble 0.0" in told("/metrics").text
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(os.statvfs(small_disk).f_bavail * 4096))
    source.withdraw(entry)
    for seed in range(10, 20):  # until the pages that the log of SQLite had left over are used up
        source.add(code(seed))
    until(lambda: trouble() is not None, SOON_S, follower.log)
    assert "the disk is full" in trouble()
    assert "haalweg_store_trouble 1.0" in told("/metrics").text
    for _ in range(50):
        item = answer(KNOWN)
        assert (item["verdict"], item["action"], item["matches"][0]["stale"]) == ("match", "hold", True)
        assert answer(TAKEN_BACK)["action"] != "block"  # let go before the disk was full, or not yet
    ballast.unlink()
    until(lambda: answer(code(19))["action"] == "block", SOON_S, follower.log)
    assert answer(TAKEN_BACK)["action"] == "allow"
    assert answer(KNOWN)["action"] == "block"
    assert trouble() is None
    assert follower.stop() == 0
