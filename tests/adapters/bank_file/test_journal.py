"""The withdrawal journal: a bank that is put back from a copy never matches what was taken back since."""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat

import pytest

from haalweg.adapters.bank_file import BankFile, BankFileError, JournalError
from haalweg.banks import BankError, EntryId, WithdrawalReason
from haalweg.banks.feed import Subscriber, Tier, page_for
from haalweg.banks.following import Following, Outcome
from haalweg.keeping.audit import Act
from tests.adapters.bank_file.processes import script
from tests.banks.building import DAY, NOW, PDQ, SHA256, VPDQ, codes, live_ids, live_values, new_entries, video

ASKED, UNDER_18 = WithdrawalReason.ASKED, WithdrawalReason.UNDER_18


@pytest.fixture
def journal(tmp_path):
    (tmp_path / "kept elsewhere").mkdir()
    return tmp_path / "kept elsewhere" / "withdrawals"


@pytest.fixture
def store(path, ring, journal):
    with BankFile.new(path, ring, now=NOW, journal=journal) as made:
        made.make_bank("HELPLINE", now=NOW)
        yield made


@pytest.fixture
def bank(store):
    return store.banks()[0]


@pytest.fixture
def backup(path, store):
    """Make a copy of the file's bytes, as a backup has it, and put it back."""
    copy = path.with_name("backup")

    class Backup:
        def take(self):
            store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copy(path, copy)

        def put_back(self):
            store.close()
            shutil.copy(copy, path)

    return Backup()


def reopened(path, ring, journal, **others):
    return BankFile.open(path, ring, journal=journal, **others)


def refused(path, ring, journal, **others):
    with pytest.raises(JournalError) as caught:
        reopened(path, ring, journal, **others)
    return str(caught.value)


def follow(store, subscriber, follower):
    """Have it ask as a gate does, until it has everything."""
    while True:
        at = follower.position(now=NOW)
        page = page_for(store, subscriber, at.cursor, most=2, now=NOW)
        if follower.take_in(page, now=NOW).outcome is Outcome.TAKEN and not page.more:
            return


# What it is for


@pytest.mark.threat("K8")
@pytest.mark.parametrize("reason", WithdrawalReason)
def test_what_was_withdrawn_after_the_backup_never_matches_once_the_backup_is_put_back(
    path, ring, journal, store, bank, backup, reason
):
    store.add(new_entries(bank, codes(5)), now=NOW)
    store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
    epoch = store.changes(None, most=1, now=NOW).epoch
    backup.take()
    store.withdraw([EntryId(2)], reason=reason, now=NOW + DAY)
    store.withdraw_values(PDQ, [codes(5)[3].tobytes()], reason=reason, now=NOW + DAY)
    backup.put_back()
    with BankFile.open(path, ring) as without:
        assert live_ids(without) == [2, 3, 4, 5]  # what the journal is there against
    with reopened(path, ring, journal) as again:
        assert (again.replayed, live_ids(again)) == (2, [3, 5])
        told = again.changes(None, most=9, now=NOW)
        assert told.epoch != epoch
        assert again.add(new_entries(bank, codes(5)), now=NOW).withdrawn_before == 3
        assert again.check().is_whole
        assert Act.REPLAYED in [row.act for row in again.audit()]
    with reopened(path, ring, journal) as settled:
        assert settled.replayed == 0
        assert settled.changes(None, most=9, now=NOW).epoch == told.epoch


@pytest.mark.threat("K8")
def test_the_age_reason_survives_a_backup_too_for_every_kind_of_signature(path, ring, journal, store, bank, backup):
    store.add(new_entries(bank, codes(1), SHA256), now=NOW)
    store.add(new_entries(bank, [video()], VPDQ), now=NOW)
    backup.take()
    for signal_type, value in ((SHA256, codes(1)[0].tobytes()), (VPDQ, video())):
        store.withdraw_values(signal_type, [value], reason=UNDER_18, now=NOW)
    backup.put_back()
    with reopened(path, ring, journal) as again:
        assert (again.replayed, sum(count.live for count in again.counts(now=NOW))) == (2, 0)
        assert [row.detail for row in again.audit() if row.act is Act.WITHDRAWN] == ["under_18"] * 4


@pytest.mark.threat("K8")
def test_a_value_that_was_withdrawn_before_it_ever_came_stays_out_after_a_backup(
    path, ring, journal, store, bank, backup
):
    backup.take()
    store.withdraw_values(PDQ, [codes(1)[0].tobytes()], reason=ASKED, now=NOW)
    backup.put_back()
    with reopened(path, ring, journal) as again:
        assert again.add(new_entries(bank, codes(1)), now=NOW).withdrawn_before == 1


@pytest.mark.threat("K8")
def test_what_a_source_took_back_stays_released_after_a_backup_and_others_of_its_value_stay(
    path, ring, journal, store, bank, backup
):
    other = store.make_bank("OTHER", now=NOW)
    store.add(new_entries(bank, codes(2)), now=NOW)
    store.add(new_entries(other, codes(2)), now=NOW)
    backup.take()
    store.release([EntryId(3)], now=NOW)
    backup.put_back()
    with reopened(path, ring, journal) as again:
        assert live_ids(again) == [1, 2, 4]
        assert again.add(new_entries(other, codes(2)), now=NOW).new == 1  # released, not kept out


@pytest.mark.threat("K8")
def test_numbers_that_were_given_out_after_the_backup_are_not_given_to_others(path, ring, journal):
    with BankFile.new(path, ring, now=NOW) as store:
        bank = store.make_bank("HELPLINE", now=NOW)
        store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(path, path.with_name("backup"))  # of a time when it kept no journal
        store.begin_journal(journal)
        store.add(new_entries(bank, codes(3)), now=NOW)
        store.release([EntryId(2)], now=NOW)
    shutil.copy(path.with_name("backup"), path)
    with BankFile.open(path, ring) as careless:  # somebody adds before the journal is there
        careless.add(new_entries(bank, codes(3, seed=1)), now=NOW)
    with reopened(path, ring, journal) as again:
        assert live_ids(again) == [1, 2, 3]  # other entries than those that were released
        assert (again.add(new_entries(bank, codes(1, seed=2)), now=NOW).first_id or 0) > 1_000_000


@pytest.mark.threat("K8")
@pytest.mark.parametrize("lost", [1, 3])
def test_a_follower_misses_nothing_of_a_bank_that_was_put_back_though_nothing_was_withdrawn(
    path, ring, journal, store, bank, backup, lost
):
    subscriber = Subscriber(b"s" * 32, Tier.HASHES, frozenset([bank.id]))
    copy = BankFile.new(path.with_name("follower"), ring, now=NOW)
    follower = Following(copy, "HELPLINE")
    store.add(new_entries(bank, codes(2)), now=NOW)
    backup.take()
    for seed in range(1, lost + 1):
        store.add(new_entries(bank, codes(1, seed=seed)), now=NOW)
    follow(store, subscriber, follower)
    backup.put_back()
    with reopened(path, ring, journal) as again:
        assert (again.was_put_back, again.replayed) == (True, 0)
        added = again.add(new_entries(bank, codes(lost, seed=9)), now=NOW)  # as many as were lost, or more
        assert (added.first_id or 0) > 1_000_000
        follow(again, subscriber, follower)
        assert live_values(copy) == live_values(again)
        assert len(live_values(again)) == 2 + lost
        assert again.check().is_whole
        assert [row.act for row in again.audit()].count(Act.PUT_BACK) == 1
    with reopened(path, ring, journal) as settled:
        assert not settled.was_put_back
    copy.close()


@pytest.mark.threat("K8")
def test_a_copy_that_has_not_come_as_far_is_not_opened_to_be_read_only(path, ring, journal, store, bank, backup):
    store.add(new_entries(bank, codes(1)), now=NOW)
    with reopened(path, ring, journal, read_only=True) as reader:
        assert live_ids(reader) == [1]
    backup.take()
    store.add(new_entries(bank, codes(1, seed=1)), now=NOW)
    backup.put_back()
    assert refused(path, ring, journal, read_only=True).startswith(
        f"{path}: put back from a copy: it once had come further, as is noted beside its journal."
    )
    with reopened(path, ring, journal) as again:
        assert again.was_put_back
    with reopened(path, ring, journal, read_only=True) as reader:
        assert live_ids(reader) == [1]


@pytest.mark.parametrize("torn", [0, 1])
def test_how_far_the_bank_has_come_survives_a_line_that_was_being_written(path, ring, journal, store, bank, torn):
    for seed in range(4):
        store.add(new_entries(bank, codes(1, seed=seed)), now=NOW)
    head = journal.with_name(journal.name + ".head")
    assert stat.S_IMODE(head.stat().st_mode) == 0o600
    data = bytearray(head.read_bytes())
    data[torn * 256 + 5] ^= 1
    head.write_bytes(data)
    with reopened(path, ring, journal) as again:
        assert not again.was_put_back
        again.add(new_entries(bank, codes(1, seed=9)), now=NOW)
    data = bytearray(head.read_bytes())
    data[5] ^= 1
    data[256 + 5] ^= 1
    head.write_bytes(data)
    assert "nothing in it was written by this bank" in refused(path, ring, journal)
    head.unlink()  # lost: it begins anew
    with reopened(path, ring, journal) as again:
        assert (again.was_put_back, head.exists()) == (False, True)


def test_who_cannot_note_how_far_the_bank_has_come_is_told(journal, store, bank):
    head = journal.with_name(journal.name + ".head")
    head.unlink()
    head.mkdir()
    with pytest.raises(JournalError, match="What was changed last stands; put this right before anything else"):
        store.add(new_entries(bank, codes(1)), now=NOW)
    assert live_ids(store) == [1]


@pytest.mark.threat("K8")
def test_a_copy_that_is_put_back_twice_gives_no_number_twice(path, ring, journal, store, bank, backup):
    store.add(new_entries(bank, codes(2)), now=NOW)
    backup.take()
    store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
    given = []
    for seed in (1, 2):
        backup.put_back()
        with reopened(path, ring, journal) as again:
            given.append(again.add(new_entries(bank, codes(1, seed=seed)), now=NOW).first_id)
    assert given[0] != given[1]


def test_a_snapshot_is_of_another_epoch_so_that_whoever_follows_it_replaces(path, ring, store, bank):
    store.add(new_entries(bank, codes(3)), now=NOW)
    store.snapshot(path.with_name("copy.bank"))
    with BankFile.open(path.with_name("copy.bank"), ring) as copy:
        assert copy.changes(None, most=9, now=NOW).epoch != store.changes(None, most=9, now=NOW).epoch
        assert live_ids(copy) == live_ids(store)


# Every way of withdrawing


def test_no_value_and_no_text_stands_in_the_journal(journal, store, bank):
    store.add(new_entries(bank, codes(2), source="sunflower", note="sunflower"), now=NOW)
    store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
    store.release([EntryId(2)], now=NOW)
    written = journal.read_bytes()
    assert len(written.splitlines()) == 3
    for value in codes(2):
        assert value.tobytes().hex().encode() not in written
        assert value.tobytes() not in written
    assert b"sunflower" not in written
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600


def test_a_withdrawal_is_on_the_disk_before_anyone_is_told_that_it_is_done(journal, store, bank, monkeypatch):
    store.add(new_entries(bank, codes(1)), now=NOW)
    synced = []
    really = os.fsync

    def fsync(file):
        synced.append((os.fstat(file).st_ino, os.fstat(file).st_size))
        really(file)

    monkeypatch.setattr(os, "fsync", fsync)
    store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
    assert synced == [(journal.stat().st_ino, journal.stat().st_size)]


def test_withdrawing_what_is_gone_already_writes_nothing(journal, store, bank):
    store.add(new_entries(bank, codes(1)), now=NOW)
    store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
    written = journal.read_bytes()
    store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
    with pytest.raises(BankError):
        store.withdraw([EntryId(9)], reason=ASKED, now=NOW)
    assert journal.read_bytes() == written


@pytest.mark.threat("K8")
def test_a_bank_that_keeps_a_journal_is_not_changed_without_it(path, ring, store, bank):
    store.add(new_entries(bank, codes(2)), now=NOW)
    with BankFile.open(path, ring) as without:
        assert live_ids(without) == [1, 2]
        for withdraw in (
            lambda: without.withdraw([EntryId(1)], reason=UNDER_18, now=NOW),
            lambda: without.withdraw_values(PDQ, [codes(1)[0].tobytes()], reason=ASKED, now=NOW),
            lambda: without.release([EntryId(1)], now=NOW),
            lambda: without.add(new_entries(bank, codes(1, seed=1)), now=NOW),
            lambda: without.make_bank("OTHER", now=NOW),
        ):
            with pytest.raises(JournalError) as caught:
                withdraw()
            assert str(caught.value) == (
                f"{path}: this bank keeps a withdrawal journal, and none was named. Name its folder in "
                "HAALWEG_WITHDRAWAL_JOURNALS. Nothing was changed."
            )
        assert live_ids(without) == [1, 2]


def test_who_cannot_write_the_journal_is_told_and_nothing_is_withdrawn(journal, store, bank):
    store.add(new_entries(bank, codes(2)), now=NOW)
    store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
    kept = journal.read_bytes()
    journal.unlink()
    with pytest.raises(JournalError, match=re.escape("the withdrawal journal is not there.")):
        store.withdraw([EntryId(2)], reason=ASKED, now=NOW)
    journal.mkdir()
    with pytest.raises(JournalError, match=re.escape("cannot be read or written: Is a directory.")):
        store.withdraw([EntryId(2)], reason=ASKED, now=NOW)
    journal.rmdir()
    assert live_ids(store) == [2]
    journal.write_bytes(kept)
    assert store.withdraw([EntryId(2)], reason=ASKED, now=NOW) == 1


def test_a_full_disk_under_the_journal_stops_the_withdrawal_and_leaves_the_journal_whole(
    small_disk,
    path,
    ring,
):
    journal = small_disk / "withdrawals"
    with BankFile.new(path, ring, now=NOW, journal=journal) as store:
        bank = store.make_bank("HELPLINE", now=NOW)
        store.add(new_entries(bank, codes(500)), now=NOW)
        (small_disk / "ballast").write_bytes(bytes(os.statvfs(small_disk).f_bavail * 4096))
        with pytest.raises(JournalError, match=re.escape("No space left on device. Nothing was withdrawn.")):
            store.withdraw([EntryId(id_) for id_ in range(1, 400)], reason=ASKED, now=NOW)
        assert len(live_ids(store)) == 500
        (small_disk / "ballast").unlink()
        assert store.withdraw([EntryId(id_) for id_ in range(1, 400)], reason=ASKED, now=NOW) == 399
    with reopened(path, ring, journal) as again:
        assert again.replayed == 0


def test_two_that_have_the_bank_open_write_one_journal(path, ring, journal, store, bank):
    store.add(new_entries(bank, codes(6)), now=NOW)
    with reopened(path, ring, journal) as other:
        for entry, each in enumerate((store, other, other, store, other), 1):
            each.withdraw([EntryId(entry)], reason=ASKED, now=NOW)
        assert (live_ids(store), other.replayed) == ([6], 0)
    with reopened(path, ring, journal, read_only=True) as again:
        assert live_ids(again) == [6]


# Death


@pytest.mark.threat("K8")
@pytest.mark.threat("K9")
@pytest.mark.parametrize("is_written", [False, True])
def test_a_process_killed_on_either_side_of_the_journal_leaves_bank_and_journal_of_one_mind(
    path,
    ring,
    journal,
    store,
    bank,
    keys,
    is_written,
):
    store.add(new_entries(bank, codes(5000)), now=NOW)
    body = f"""
        from haalweg.adapters.bank_file.journal import Journal
        store = BankFile.open(store._name, KeyRing.read({str(keys)!r}), journal={str(journal)!r})
        really = Journal.add
        def add(self, record):
            if {is_written}:
                really(self, record)
            os.kill(os.getpid(), signal.SIGKILL)
        Journal.add = add
        store.withdraw([EntryId(7), EntryId(4999)], reason=WithdrawalReason.ASKED, now=NOW)
    """
    process = script(path, keys, body)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    with reopened(path, ring, journal) as again:
        assert again.replayed == int(is_written)
        assert len(live_ids(again)) == (4998 if is_written else 5000)
        assert again.check().is_whole
        assert again.withdraw([EntryId(7), EntryId(8)], reason=ASKED, now=NOW) == (1 if is_written else 2)
    with reopened(path, ring, journal) as settled:
        assert settled.replayed == 0


def test_a_withdrawal_that_failed_after_it_was_written_down_is_carried_out_with_the_next_one(
    path, ring, journal, store, bank, monkeypatch
):
    store.add(new_entries(bank, codes(3)), now=NOW)

    def fails(*_):
        raise BankFileError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(store, "_count_seals", fails)  # after the journal, before the commit
        with pytest.raises(BankFileError):
            store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
    assert live_ids(store) == [1, 2, 3]
    store.withdraw([EntryId(3)], reason=ASKED, now=NOW)
    assert live_ids(store) == [2]
    with reopened(path, ring, journal) as again:
        assert (again.replayed, live_ids(again)) == (0, [2])


# What is not what it should be


def test_a_journal_beside_its_bank_is_refused(path, ring):
    with pytest.raises(JournalError) as caught:
        BankFile.new(path, ring, now=NOW, journal=path.with_name("withdrawals"))
    assert str(caught.value) == (
        f"{path.with_name('withdrawals')}: a withdrawal journal in the folder of its bank would be backed up and put "
        "back with it, and then know no more than the bank does. Name a place elsewhere."
    )
    assert list(path.parent.iterdir()) == []


def test_a_journal_that_is_not_there_closes_the_bank(path, ring, journal, store):
    store.close()
    journal.unlink()
    assert refused(path, ring, journal) == (
        f"{journal}: the withdrawal journal is not there. Bring back the one that belongs to this bank: without it, "
        "what was withdrawn after a backup could match. If this bank never had one, begin it with "
        "`haalweg bank journal`."
    )


@pytest.mark.parametrize("torn", [1, 40, 150])
def test_a_torn_last_line_is_named_and_the_way_out_works(path, ring, journal, store, bank, torn):
    store.add(new_entries(bank, codes(3)), now=NOW)
    store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
    whole = journal.read_bytes()
    store.withdraw([EntryId(2)], reason=ASKED, now=NOW)
    store._connection.execute("UPDATE store SET journaled = 1")  # the power went before the line and the bank were done
    store.close()
    os.truncate(journal, len(whole) + torn)
    assert refused(path, ring, journal) == (
        f"{journal}: it ends in the middle of line 3: a withdrawal was being written when the machine stopped, and "
        "nobody was told that it was done. Take the rest of that line out of the file, then give the withdrawal again."
    )
    os.truncate(journal, len(whole))
    with reopened(path, ring, journal) as again:
        again.withdraw([EntryId(3)], reason=ASKED, now=NOW)


def test_the_journal_of_another_bank_is_refused(path, ring, journal, store, tmp_path):
    store.close()
    other = journal.with_name("other")
    BankFile.new(tmp_path / "other.bank", ring, now=NOW, journal=other).close()
    assert refused(path, ring, other) == (f"{other}: the withdrawal journal of another bank. Name this bank's own.")


def test_a_journal_that_was_cut_or_is_an_older_copy_closes_the_bank(path, ring, journal, store, bank):
    store.add(new_entries(bank, codes(3)), now=NOW)
    store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
    older = journal.read_bytes()
    store.withdraw([EntryId(2)], reason=ASKED, now=NOW)
    store.close()
    journal.write_bytes(older)
    assert refused(path, ring, journal) == (
        f"{journal}: it knows withdrawals 1 to 1, and this bank has got to 2: those between are in neither. Bring back "
        "the journal that belongs to this bank. Only where that is lost for good, begin another one with "
        "`haalweg bank journal --lost`."
    )


@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: [lines[0], *lines[2:]],
        lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
        lambda lines: [lines[0], lines[1].replace(b'"asked"', b'"mistake"'), *lines[2:]],
        lambda lines: [lines[0].replace(b'"after":0', b'"after":2'), *lines[1:]],
        lambda lines: [*lines[:2], b"", *lines[2:]],
        lambda lines: [*lines[:2], b"\xff" * 200, *lines[2:]],
    ],
)
def test_a_changed_line_or_a_missing_one_shows(path, ring, journal, store, bank, damage):
    store.add(new_entries(bank, codes(3)), now=NOW)
    for entry in (1, 2, 3):
        store.withdraw([EntryId(entry)], reason=ASKED, now=NOW)
    store.close()
    journal.write_bytes(b"".join(line + b"\n" for line in damage(journal.read_bytes().splitlines())))
    assert re.search(r"line \d was changed, or one before it is missing\.", refused(path, ring, journal))


@pytest.mark.parametrize("content", [b"", b"hello\n", b"{}\n", b'{"journal":2}\n', b"\0" * 500 + b"\n", b"[1]\n"])
def test_what_is_no_journal_is_refused(path, ring, journal, store, content):
    store.close()
    journal.write_bytes(content)
    assert re.search("no withdrawal journal|not a withdrawal journal of this version", refused(path, ring, journal))


def test_a_copy_that_lacks_withdrawals_is_not_read_either(path, ring, journal, store, bank, backup):
    store.add(new_entries(bank, codes(2)), now=NOW)
    backup.take()
    store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
    backup.put_back()
    assert refused(path, ring, journal, read_only=True) == (
        f"{path}: its journal knows 1 withdrawals that this copy does not. Open it for writing first, with any command "
        "that adds or withdraws: that carries them out."
    )


def test_another_journal_is_begun_only_when_a_person_says_so_and_an_older_copy_is_closed_to_it(
    path, ring, journal, store, bank, backup
):
    store.add(new_entries(bank, codes(5)), now=NOW)
    backup.take()
    for entry in (1, 2):
        store.withdraw([EntryId(entry)], reason=ASKED, now=NOW)
    journal.unlink()
    store.begin_journal(journal)
    store.withdraw([EntryId(3)], reason=ASKED, now=NOW)
    assert live_values(store) == [value.tobytes() for value in codes(5)[3:]]
    backup.put_back()
    assert "those between are in neither" in refused(path, ring, journal)


def test_a_bank_that_had_no_journal_when_it_was_backed_up_is_held_to_it_too(path, ring, journal, store, bank, backup):
    store._connection.execute("UPDATE store SET journaled = NULL")
    backup.take()
    store._connection.execute("UPDATE store SET journaled = 0")
    store.add(new_entries(bank, codes(1)), now=NOW)
    store.withdraw_values(PDQ, [codes(1)[0].tobytes()], reason=ASKED, now=NOW)
    backup.put_back()
    with reopened(path, ring, journal) as again:
        assert again.replayed == 1
        assert again.add(new_entries(bank, codes(1)), now=NOW).withdrawn_before == 1
