"""Disks that fail, processes that die, and two at once: the bank file says what happened and stays whole."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from haalweg.adapters.bank_file import BankFile, BankFileError
from haalweg.banks import EntryId, WithdrawalReason
from tests.adapters.bank_file.processes import script
from tests.banks.building import DAY, NOW, PDQ, codes, live_ids, live_values, new_entries

ASKED = WithdrawalReason.ASKED


def remount(folder, options):
    subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True)


# Disks


def test_a_full_disk_is_said_to_be_full_and_the_bank_stays_whole(small_disk, ring):
    path = small_disk / "case.bank"
    with BankFile.new(path, ring, now=NOW) as store:
        bank = store.make_bank("HELPLINE", now=NOW)
        store.add(new_entries(bank, codes(100)), now=NOW)
        with pytest.raises(BankFileError) as caught:
            store.add(new_entries(bank, codes(200_000, seed=1)), now=NOW)
        assert str(caught.value) == (
            f"{path}: the disk is full. What was kept before this step still is; make room and give the command again."
        )
        assert store.check().is_whole
        assert live_ids(store) == list(range(1, 101))
        remount(small_disk, "size=64m")
        assert store.add(new_entries(bank, codes(200_000, seed=1)), now=NOW).new == 200_000
        assert store.check().is_whole


def test_a_full_disk_stops_a_snapshot_and_leaves_nothing_of_it(small_disk, path, store, bank):
    store.add(new_entries(bank, codes(100_000)), now=NOW)
    with pytest.raises(BankFileError, match="the disk is full"):
        store.snapshot(small_disk / "copy.bank")
    assert list(small_disk.iterdir()) == []
    assert path.exists()


def test_a_full_disk_stops_a_new_file_and_leaves_nothing_of_it(small_disk, ring):
    remount(small_disk, "size=64k")
    with pytest.raises(BankFileError, match="the disk is full"):
        BankFile.new(small_disk / "case.bank", ring, now=NOW)
    assert list(small_disk.iterdir()) == []


def test_a_withdrawal_that_a_full_disk_stops_goes_through_when_there_is_room(small_disk, ring):
    with BankFile.new(small_disk / "case.bank", ring, now=NOW) as store:
        bank = store.make_bank("HELPLINE", now=NOW)
        store.add(new_entries(bank, codes(16_000)), now=NOW)
        (small_disk / "ballast").write_bytes(bytes(os.statvfs(small_disk).f_bavail * 4096))
        with pytest.raises(BankFileError, match="the disk is full"):
            store.withdraw([EntryId(id_) for id_ in range(1, 16_000, 800)], reason=ASKED, now=NOW)
        assert live_ids(store) == list(range(1, 16_001))
        (small_disk / "ballast").unlink()
        assert store.withdraw([EntryId(id_) for id_ in range(1, 16_000, 800)], reason=ASKED, now=NOW) == 20
        assert live_ids(store) == [id_ for id_ in range(1, 16_001) if id_ % 800 != 1]
        assert store.check().is_whole


def test_a_bank_on_a_read_only_disk_can_be_read_and_not_written(small_disk, ring):
    path = small_disk / "case.bank"
    with BankFile.new(path, ring, now=NOW) as store:
        bank = store.make_bank("HELPLINE", now=NOW)
        store.add(new_entries(bank, codes(10)), now=NOW)
    remount(small_disk, "ro")
    with BankFile.open(path, ring, read_only=True) as reading:
        assert len(live_ids(reading)) == 10
        assert reading.check().is_whole
    with pytest.raises(BankFileError) as caught, BankFile.open(path, ring) as writing:
        writing.add(new_entries(bank, codes(1, seed=1)), now=NOW)
    assert str(caught.value) == f"{path}: it cannot be written here: the file, its folder or the disk is read-only."
    assert [file.name for file in small_disk.iterdir()] == ["case.bank"]


def test_a_copy_taken_in_the_middle_is_not_read_without_its_newest_changes(small_disk, path, store, bank, ring):
    store.add(new_entries(bank, codes(10)), now=NOW)
    for file in path.parent.glob("case.bank*"):
        if not file.name.endswith("-shm"):
            shutil.copy(file, small_disk)
    remount(small_disk, "ro")
    with pytest.raises(BankFileError) as caught:
        BankFile.open(small_disk / path.name, ring, read_only=True)
    assert str(caught.value) == (
        f"{small_disk / path.name}: its newest changes are still in the file case.bank-wal beside it, which cannot be "
        "read on a read-only disk. Copy both to a folder where you may write."
    )


# Damage


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_file_that_was_cut_short_is_said_to_be_damaged(path, store, bank, ring, share):
    store.add(new_entries(bank, codes(20_000)), now=NOW)
    store.close()
    os.truncate(path, int(path.stat().st_size * share))
    with pytest.raises(BankFileError, match=re.escape("damaged: a part of it is missing or was overwritten.")):
        BankFile.open(path, ring)


def test_a_file_that_lacks_its_last_bytes_does_not_pass_the_check(path, store, bank, ring):
    store.add(new_entries(bank, codes(20_000)), now=NOW)
    store.close()
    os.truncate(path, path.stat().st_size - 1)
    with BankFile.open(path, ring) as cut:
        assert not cut.check().is_whole


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_overwritten_either_shows_or_changes_nothing(path, store, bank, ring, seed):
    store.add(new_entries(bank, codes(6000), note="17"), now=NOW)
    store.withdraw([EntryId(4)], reason=ASKED, now=NOW)
    values = live_values(store)
    store.close()
    size = path.stat().st_size
    place = int(codes(1, seed=seed)[0, :4].view("<u4")[0]) % (size - 64)
    with path.open("r+b") as file:
        file.seek(place)
        file.write(codes(1, seed=seed + 100)[0].tobytes())
    with suppress(BankFileError), BankFile.open(path, ring) as damaged:
        whole = damaged.check().is_whole
        assert live_values(damaged) == values or not whole


# Two at once


def test_another_writer_is_waited_for_and_then_named(path, store, bank, ring):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with BankFile.open(path, ring, wait_s=0.2) as waiting:
        with pytest.raises(BankFileError) as caught:
            waiting.add(new_entries(bank, codes(1)), now=NOW)
        assert str(caught.value) == (
            f"{path}: another program has been writing to it all the while. Nothing was changed; try again in a moment."
        )
        assert live_ids(waiting) == []  # reading does not wait
        other.execute("ROLLBACK")
        assert waiting.add(new_entries(bank, codes(1)), now=NOW).new == 1
    other.close()
    assert store.check().is_whole


def test_two_processes_adding_the_same_and_different_values_lose_and_double_nothing(path, store, keys):
    store.make_bank("HELPLINE", now=NOW)
    body = """
        for start in range(0, 60_000, 5000):
            store.add(new_entries(bank, codes(90_000)[{offset} + start:][:5000]), now=NOW)
    """
    both = [script(path, keys, body.replace("{offset}", str(offset))) for offset in (0, 30_000)]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    for process in both:
        process.stdout.close()
    assert sorted(live_values(store)) == sorted(value.tobytes() for value in codes(90_000))
    assert len(set(live_ids(store))) == 90_000
    assert store.check().is_whole


def test_what_another_process_withdrew_is_known_to_one_that_has_the_file_open(path, store, bank, ring):
    store.add(new_entries(bank, codes(6000)), now=NOW)
    assert store.add(new_entries(bank, codes(6000)), now=NOW).there_already == 6000  # now it knows them by heart
    with BankFile.open(path, ring) as other:
        other.withdraw([EntryId(9)], reason=ASKED, now=NOW)
        other.forget_expired(now=NOW)
    again = store.add(new_entries(bank, codes(6000)), now=NOW)
    assert (again.there_already, again.withdrawn_before) == (5999, 1)


def test_what_another_process_released_may_come_in_again_through_one_that_has_the_file_open(path, store, bank, ring):
    store.add(new_entries(bank, codes(6000)), now=NOW)
    assert store.add(new_entries(bank, codes(6000)), now=NOW).there_already == 6000  # now it knows them by heart
    with BankFile.open(path, ring) as other:
        other.release([EntryId(9)], now=NOW)
    assert store.add(new_entries(bank, codes(6000)), now=NOW).new == 1


def test_a_reader_that_takes_its_time_does_not_hold_up_a_withdrawal(path, store, bank, ring):
    store.add(new_entries(bank, codes(200_000)), now=NOW)
    with BankFile.open(path, ring, read_only=True) as reader:
        slow = reader.blocks((PDQ,), now=NOW)
        next(slow)
        begun = time.monotonic()
        store.withdraw([EntryId(200_000)], reason=ASKED, now=NOW)
        assert time.monotonic() - begun < 10
        assert 200_000 not in [id_ for block in slow for id_ in block.ids.tolist()]


@pytest.mark.threat("X4")
def test_two_processes_that_add_and_withdraw_with_a_poller_between_and_nothing_is_missed(path, store, keys):
    store.make_bank("HELPLINE", now=NOW)
    body = """
        for seed in range({offset}, {offset} + 30):
            added = store.add(new_entries(bank, codes(20, seed=seed)), now=NOW)
            gone = [EntryId(int(added.ids[row])) for row in (3, 8)]
            store.withdraw(gone, reason=WithdrawalReason.ASKED, now=NOW)
    """
    both = [script(path, keys, body.replace("{offset}", str(offset))) for offset in (0, 1000)]
    held: set[int] = set()
    cursor, polls = None, 0
    while True:
        running = any(process.poll() is None for process in both)
        told = store.changes(cursor, most=13, now=NOW)
        held -= set(told.withdrawn)
        came = {id_ for block in told.blocks for id_ in block.ids.tolist()}
        assert not came & set(told.withdrawn)
        held |= came
        cursor, polls = told.cursor, polls + 1
        if not running and not told.more:
            break
    for process in both:
        process.stdout.close()
    assert [process.returncode for process in both] == [0, 0]
    assert polls > 30
    assert held == set(live_ids(store))
    assert len(held) == 60 * 18


# Death


@pytest.mark.threat("K9")
@pytest.mark.parametrize("blocks_before", [0, 1, 5])
def test_a_process_killed_in_the_middle_of_adding_leaves_nothing_of_that_step(path, store, bank, keys, blocks_before):
    store.add(new_entries(bank, codes(5000)), now=NOW)
    digest = store.digest()
    body = f"""
        import itertools
        count, really = itertools.count(), bank_file.packed
        def packed(layout):
            if next(count) == {blocks_before}:
                os.kill(os.getpid(), signal.SIGKILL)
            return really(layout)
        bank_file.packed = packed
        store.add(new_entries(bank, codes(30_000, seed=1)), now=NOW)
    """
    process = script(path, keys, body)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert store.digest() == digest
    assert len(live_ids(store)) == 5000
    assert store.check().is_whole


@pytest.mark.threat("K9")
@pytest.mark.parametrize("blocks_before", [0, 1, 2])
def test_a_process_killed_in_the_middle_of_a_withdrawal_withdrew_nothing_or_all(path, store, bank, keys, blocks_before):
    store.add(new_entries(bank, codes(15_000)), now=NOW)
    body = f"""
        import itertools
        count, really = itertools.count(), bank_file.packed
        def packed(layout):
            if next(count) == {blocks_before}:
                os.kill(os.getpid(), signal.SIGKILL)
            return really(layout)
        bank_file.packed = packed
        store.withdraw([EntryId(n) for n in (1, 5000, 9000, 14000)], reason=WithdrawalReason.ASKED, now=NOW)
    """
    process = script(path, keys, body)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert len(live_ids(store)) == 15_000
    assert store.check().is_whole
    assert store.withdraw([EntryId(1), EntryId(14_000)], reason=ASKED, now=NOW) == 2


@pytest.mark.threat("K9")
def test_what_was_acknowledged_before_kill_9_is_kept(path, store, keys):
    store.make_bank("HELPLINE", now=NOW)
    body = """
        for round in range(1000):
            store.add(new_entries(bank, codes(10, seed=round)), now=NOW)
            store.withdraw_values(PDQ, [codes(10, seed=round)[3].tobytes()], reason=WithdrawalReason.ASKED, now=NOW)
            print(round, flush=True)
    """
    done = -1
    for kill in range(5):
        process = script(path, keys, body.replace("range(1000)", f"range({done + 1}, 1000)"))
        for line in process.stdout:
            done = int(line)
            if done % 7 == kill:
                break
        time.sleep(0.003 * kill)
        process.kill()
        for line in process.stdout:
            done = int(line)
        process.wait()
        process.stdout.close()
        values = set(live_values(store))
        for round_ in range(done + 1):
            kept = [value.tobytes() in values for value in codes(10, seed=round_)]
            assert kept == [True] * 3 + [False] + [True] * 6
        assert store.check().is_whole
    assert done >= 4


@pytest.mark.threat("K7")
def test_a_rotation_killed_in_the_middle_goes_on_when_it_is_run_again(path, store, bank, ring):
    for seed in range(40):
        store.add(new_entries(bank, codes(1, seed=seed)), now=NOW)
    values = live_values(store)
    rotated = ring.rotated(NOW + DAY)
    both = path.with_name("both")
    rotated.write_new(both)
    body = """
        def advance(count):
            os.kill(os.getpid(), signal.SIGKILL)
        store.reseal(now=NOW, advance=advance)
    """
    process = script(path, both, body)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    with BankFile.open(path, rotated) as again:
        assert live_values(again) == values
        assert again.reseal(now=NOW) > 0
        assert again.check().is_whole


def test_a_new_file_killed_on_its_way_leaves_nothing_under_its_name(tmp_path, keys):
    code = f"""
import os, signal
from datetime import UTC, datetime
from haalweg.adapters.bank_file import BankFile, bank_file
from haalweg.keeping import KeyRing
bank_file.make_tables = lambda _: os.kill(os.getpid(), signal.SIGKILL)
BankFile.new({str(tmp_path / "new.bank")!r}, KeyRing.read({str(keys)!r}), now=datetime.now(UTC))
"""
    killed = subprocess.run([sys.executable, "-c", code], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "new.bank").exists()


# What was withdrawn is gone


@pytest.mark.threat("K1")
@pytest.mark.parametrize("is_sealed", [True, False])
@pytest.mark.parametrize("is_released", [True, False])
def test_nothing_of_a_withdrawn_value_is_left_on_the_disk(path, ring, is_sealed, is_released):
    """Of a plain file the value itself is looked for, of a sealed one the bytes that could be opened to it."""
    with BankFile.new(path, ring if is_sealed else None, now=NOW) as store:
        bank = store.make_bank("HELPLINE", now=NOW)
        store.add(new_entries(bank, codes(5000)), now=NOW)
        (cell,) = store._connection.execute("SELECT payload FROM block WHERE first_entry = 1").fetchone()
        wanted = cell[200:232] if is_sealed else codes(5000)[17].tobytes()
        assert wanted in everything_of(path)
        if is_released:
            store.release([EntryId(18)], now=NOW)
        else:
            store.withdraw([EntryId(18)], reason=ASKED, now=NOW)
        assert wanted not in everything_of(path)


def everything_of(path):
    return b"".join(file.read_bytes() for file in path.parent.glob("case.bank*"))
