"""The file itself: who may read it, what stands in it in clear, and what it says when it is not what it should be."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from haalweg.adapters.bank_file import BankFile, BankFileError
from haalweg.adapters.bank_file.schema import TABLES
from haalweg.banks import Cursor, EntryId, Feedback, Opinion, WithdrawalReason
from haalweg.banks.feed import Subscriber, Tier, page_for
from haalweg.banks.following import Following
from haalweg.keeping import KeyRing
from tests.banks.building import NOW, PDQ, codes, live_ids, live_values, new_entries

ASKED = WithdrawalReason.ASKED

# Columns that anyone who has the file can read, each thought about: docs/explanation/bank-file.md.
IN_CLEAR = {
    "store": {"id", "store", "is_sealed", "made_at", "next_entry", "epoch", "withdrawals", "feedback", "journaled"},
    "bank": {"id", "name", "kind", "threshold_bits", "video_query_percent", "video_entry_percent", "made_at"},
    "arrival": {"id", "assurance", "added_at", "expires_at"},
    "block": {"first_entry", "bank", "signal_type", "arrival", "entries"},
    "tombstone": {"id", "signal_type", "reason", "withdrawn_at"},
    "withdrawn": {"sequence", "entry", "bank", "signal_type", "arrival", "withdrawn_at"},
    "following": {
        *("id", "source", "epoch", "next_entry", "withdrawals", "feedback", "heard_at"),
        *("turn", "is_replacing", "held", "came"),
    },
    "followed_bank": {"bank", "following"},
    "followed": {"following", "entry", "turn"},
    "feedback": {"sequence", "entry"},
    "audit": {"number", "at", "act", "subject", "count", "detail", "head"},
    "seals": {"key_id", "made"},
}
SEALED = {
    ("store", "key_check"),
    ("bank", "seal"),
    ("arrival", "source"),
    ("arrival", "note"),
    ("block", "payload"),
    ("feedback", "payload"),
}
MADE_WITH_A_KEY = {("tombstone", "lookup"), ("tombstone", "chain"), ("followed", "ref")}


def sentence_of(path, ring=None):
    with pytest.raises(BankFileError) as caught:
        BankFile.open(path, ring)
    return str(caught.value)


def changed(path, statement, *values):
    """The file after somebody else's hand was in it."""
    connection = sqlite3.connect(path)
    for trigger in ("audit_stays_as_it_is", "audit_only_grows", "tombstones_stay"):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(statement, values)
    for sql in TABLES.values():
        if sql.startswith("CREATE TRIGGER"):
            connection.execute(sql)
    connection.commit()
    connection.close()


@pytest.mark.threat("K1")
def test_no_column_stands_in_clear_that_is_not_on_the_list(path, store):
    store.close()
    connection = sqlite3.connect(path)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    found = {(table, column[1]) for table in tables for column in connection.execute(f"PRAGMA table_info({table})")}
    connection.close()
    listed = {(table, column) for table, columns in IN_CLEAR.items() for column in columns}
    assert found == listed | SEALED | MADE_WITH_A_KEY


@pytest.mark.threat("O1")
def test_the_documentation_lists_the_tables_as_they_are():
    page = (Path(__file__).parents[3] / "docs" / "explanation" / "bank-file.md").read_text()
    section = page.split("## Tables")[1].split("\n## ")[0]
    rows = [line.split("|")[1:4] for line in section.splitlines() if line.startswith("| `")]
    told = {name(table): (names(clear), names(sealed)) for table, clear, sealed in rows}
    with_key = SEALED | MADE_WITH_A_KEY
    assert told == {
        table: (columns, {column for owner, column in with_key if owner == table})
        for table, columns in IN_CLEAR.items()
    }


def name(cell):
    return next(iter(names(cell)))


def names(cell):
    return set(re.findall(r"`(\w+)`", cell))


@pytest.mark.threat("K1")
def test_what_should_be_sealed_is_sealed(path, store, bank, ring):
    store.add(new_entries(bank, codes(3), source="sunflower", note="sunflower"), now=NOW)
    store.say([Feedback(EntryId(1), "sunflower", Opinion.BLOCKED, None, 1, NOW)])
    store.close()
    connection = sqlite3.connect(path)
    for table, column in SEALED:
        for (cell,) in connection.execute(f"SELECT {column} FROM {table}"):  # noqa: S608 - names of our own
            assert cell[:4].hex() == ring.active.id
            assert b"sunflower" not in cell
    connection.close()


def test_only_its_owner_may_read_it(path, store, bank):
    store.add(new_entries(bank, codes(1)), now=NOW)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {"case.bank": 0o600, "case.bank-wal": 0o600, "case.bank-shm": 0o600}
    store.snapshot(path.with_name("copy.bank"))
    assert stat.S_IMODE(path.with_name("copy.bank").stat().st_mode) == 0o600


def test_nothing_lies_beside_it_when_it_is_closed(path, store, bank, ring):
    store.add(new_entries(bank, codes(1)), now=NOW)
    store.close()
    with BankFile.open(path, ring, read_only=True) as reading:
        list(reading.entries(now=NOW))
    assert [file.name for file in path.parent.iterdir()] == ["case.bank"]


@pytest.mark.threat("K9")
def test_every_connection_that_writes_is_fully_synchronous_and_overwrites_what_it_frees(path, ring, monkeypatch):
    read_back = []

    class Watched(sqlite3.Connection):
        def close(self) -> None:
            asked = ("synchronous", "secure_delete", "temp_store")
            read_back.append(tuple(self.execute(f"PRAGMA {name}").fetchone()[0] for name in asked))
            super().close()

    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Watched))
    with BankFile.new(path, ring, now=NOW) as store:
        store.snapshot(path.with_name("copy.bank"))
    with BankFile.open(path, ring):
        pass
    full, on, memory = 2, 1, 2
    assert read_back == [(full, on, memory)] * 4


def test_a_new_file_replaces_nothing(path, ring):
    path.write_bytes(b"something dear")
    with pytest.raises(BankFileError) as caught:
        BankFile.new(path, ring, now=NOW)
    assert str(caught.value) == f"{path}: there is a file of this name already. Nothing was changed."
    assert path.read_bytes() == b"something dear"


def test_a_disk_without_links_gets_its_file_too_and_nothing_is_replaced(path, ring, monkeypatch):
    def no_links(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    with BankFile.new(path, ring, now=NOW) as made:
        made.make_bank("HELPLINE", now=NOW)
    assert [file.name for file in path.parent.iterdir()] == ["case.bank"]
    with pytest.raises(BankFileError, match=re.escape("there is a file of this name already.")):
        BankFile.new(path, ring, now=NOW)


def test_by_a_link_it_is_the_same_file(path, store, bank, ring, tmp_path):
    link = tmp_path / "elsewhere" / "link.bank"
    link.parent.mkdir()
    link.symlink_to(path)
    store.add(new_entries(bank, codes(1)), now=NOW)
    with BankFile.open(link, ring) as other:
        assert other.add(new_entries(bank, codes(2)), now=NOW).new == 1
    assert live_ids(store) == [1, 2]
    assert [file.name for file in link.parent.iterdir()] == ["link.bank"]


def test_a_folder_that_is_not_there_is_said_to_be_so(path, ring):
    with pytest.raises(BankFileError, match=re.escape("there is no such folder.")):
        BankFile.new(path.parent / "nowhere" / "case.bank", ring, now=NOW)


# What is not a bank file, or not ours


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a bank file. Make one with `haalweg bank new`."),
        (b"hello", "not a bank file. Make one with `haalweg bank new`."),
        (b"SQLite format 3\0", "not a bank file. Make one with `haalweg bank new`."),
        (b"SQLite format 3\0" + bytes(5000), "not a bank file. Make one with `haalweg bank new`."),
    ],
)
def test_another_file_is_refused(path, content, sentence):
    path.write_bytes(content)
    assert sentence_of(path) == f"{path}: {sentence}"
    assert path.read_bytes() == content


def test_a_database_of_something_else_is_refused(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bank (id INTEGER)")
    connection.commit()
    connection.close()
    assert sentence_of(path) == f"{path}: not a bank file. Make one with `haalweg bank new`."


def test_what_is_not_there_or_no_file_is_refused(path):
    assert sentence_of(path) == f"{path}: there is no such file. Make one with `haalweg bank new`."
    assert sentence_of(path.parent) == f"{path.parent}: not a file, so no bank file."
    os.mkfifo(path)
    assert sentence_of(path) == f"{path}: not a file, so no bank file."


@pytest.mark.parametrize(("version", "way_out"), [(4, "a newer one"), (0, "the one it was made with")])
def test_another_version_is_refused(path, store, ring, version, way_out):
    store.close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert sentence_of(path, ring) == (
        f"{path}: a bank file of version {version}; this haalweg reads version 3. Use {way_out}."
    )


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER quiet AFTER INSERT ON tombstone BEGIN DELETE FROM audit; END",
        "CREATE VIEW everything AS SELECT * FROM block",
        "DROP TRIGGER tombstones_stay",
        "ALTER TABLE bank ADD COLUMN secret TEXT",
        "CREATE INDEX by_bank ON block (bank)",
    ],
)
def test_a_file_with_other_tables_or_triggers_is_refused(path, store, ring, statement):
    store.close()
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    assert sentence_of(path, ring) == f"{path}: its tables are not those of a bank file. Go back to a copy."


# Version 1


@pytest.fixture
def of_version_1(path, ring):
    """A file as the first haalweg made it: its tables written out, its rows as they were."""
    with BankFile.new(path, ring, now=NOW) as store:
        bank = store.make_bank("HELPLINE", now=NOW)
        store.add(new_entries(bank, codes(6), source="partner"), now=NOW)
        store.withdraw([EntryId(5)], reason=ASKED, now=NOW)
        store.withdraw([EntryId(2), EntryId(3)], reason=ASKED, now=NOW + timedelta(days=1))
    connection = sqlite3.connect(path, isolation_level=None)
    rows = {
        table: connection.execute(f"SELECT {columns} FROM {table}").fetchall()  # noqa: S608 - names of our own
        for table, columns in (
            ("store", "id, store, is_sealed, made_at, next_entry, key_check"),
            ("withdrawn", "entry, bank, signal_type, arrival, withdrawn_at"),
        )
    }
    for table in ("feedback", "followed", "followed_bank", "following", "withdrawn", "store"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("""CREATE TABLE store (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  store BLOB NOT NULL,
  is_sealed INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  next_entry INTEGER NOT NULL,
  key_check BLOB NOT NULL
) STRICT""")
    connection.execute("""CREATE TABLE withdrawn (
  entry INTEGER PRIMARY KEY,
  bank INTEGER NOT NULL REFERENCES bank (id),
  signal_type TEXT NOT NULL,
  arrival INTEGER NOT NULL REFERENCES arrival (id),
  withdrawn_at INTEGER NOT NULL
) STRICT""")
    connection.executemany("INSERT INTO store VALUES (?, ?, ?, ?, ?, ?)", rows["store"])
    connection.executemany("INSERT INTO withdrawn VALUES (?, ?, ?, ?, ?)", rows["withdrawn"])
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    return path


def version_of(path):
    connection = sqlite3.connect(path)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return version


def test_a_file_of_version_1_is_brought_up_when_it_is_opened_for_writing(of_version_1, ring):
    with BankFile.open(of_version_1, ring) as store:
        assert live_ids(store) == [1, 4, 6]
        told = store.changes(Cursor(7, 0), most=10, now=NOW)
        assert told.withdrawn == (5, 2, 3)  # in the order in which that was done
        assert len(told.epoch) == 8
        assert store.check().is_whole
        assert store.add(new_entries(store.banks()[0], codes(6)), now=NOW).withdrawn_before == 3
    assert version_of(of_version_1) == 3
    with BankFile.open(of_version_1, ring) as again:
        assert again.changes(None, most=10, now=NOW).epoch == told.epoch


def test_a_file_of_version_1_is_read_as_it_is_when_it_is_opened_to_be_read(of_version_1, ring):
    with BankFile.open(of_version_1, ring, read_only=True) as store:
        assert live_ids(store) == [1, 4, 6]
        assert [entry.id for entry in store.entries(now=NOW, withdrawn=True)] == [1, 4, 6, 2, 3, 5]
        assert store.check().is_whole
        with pytest.raises(BankFileError, match=re.escape("a bank file of version 1, which cannot be followed while")):
            store.changes(None, most=10, now=NOW)
        with BankFile.open(of_version_1, ring) as writing:
            writing.withdraw([EntryId(1)], reason=ASKED, now=NOW)
        assert live_ids(store) == [4, 6]  # brought up beneath it
        assert store.changes(Cursor(7, 3), most=10, now=NOW).withdrawn == (1,)
    assert version_of(of_version_1) == 3


@pytest.fixture
def of_version_2(path, ring, tmp_path):
    """A file as the second haalweg made it: two tables written out, the rows as they were."""
    with BankFile.new(tmp_path / "source.bank", None, now=NOW) as source:
        subscriber = Subscriber(b"s" * 32, Tier.HASHES, frozenset({source.make_bank("ONE", now=NOW).id}))
        source.add(new_entries(source.banks()[0], codes(3)), now=NOW)
        told = page_for(source, subscriber, None, most=10, now=NOW)
    with BankFile.new(path, ring, now=NOW) as store:
        assert Following(store, "HELPLINE").take_in(told, now=NOW).came == 3
        store.withdraw([EntryId(2)], reason=ASKED, now=NOW)
    connection = sqlite3.connect(path, isolation_level=None)
    columns = {
        "store": "id, store, is_sealed, made_at, next_entry, key_check, epoch, withdrawals, journaled",
        "following": "id, source, epoch, next_entry, withdrawals, heard_at, turn, is_replacing, held, came",
    }
    rows = {table: connection.execute(f"SELECT {each} FROM {table}").fetchone() for table, each in columns.items()}  # noqa: S608 - names of our own
    for statement in (
        "DROP INDEX followed_by_entry",
        "DROP TABLE feedback",
        "DROP TABLE following",
        "DROP TABLE store",
    ):
        connection.execute(statement)
    connection.execute("""CREATE TABLE store (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  store BLOB NOT NULL,
  is_sealed INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  next_entry INTEGER NOT NULL,
  key_check BLOB NOT NULL,
  epoch BLOB NOT NULL,
  withdrawals INTEGER NOT NULL,
  journaled INTEGER
) STRICT""")
    connection.execute("""CREATE TABLE following (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL UNIQUE,
  epoch BLOB,
  next_entry INTEGER,
  withdrawals INTEGER,
  heard_at INTEGER,
  turn INTEGER NOT NULL,
  is_replacing INTEGER NOT NULL,
  held INTEGER NOT NULL,
  came INTEGER NOT NULL
) STRICT""")
    connection.execute("INSERT INTO store VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows["store"])
    connection.execute("INSERT INTO following VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows["following"])
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    return path


def test_a_file_of_version_2_goes_on_where_it_was(of_version_2, ring):
    with BankFile.open(of_version_2, ring, read_only=True) as store:
        assert live_ids(store) == [1, 3]
        assert store.check().is_whole
        with pytest.raises(BankFileError, match=re.escape("a bank file of version 2, which cannot be followed while")):
            store.said()
    with BankFile.open(of_version_2, ring) as store:
        assert Following(store, "HELPLINE").position(now=NOW).cursor == Cursor(4, 0, 0)
        assert store.changes(Cursor(4, 0), most=10, now=NOW).withdrawn == (2,)
        assert store.say([Feedback(EntryId(1), "forum", Opinion.BLOCKED, None, 1, NOW)]) == 1
        assert store.check().is_whole
    assert version_of(of_version_2) == 3


def test_a_file_of_version_1_with_other_tables_is_refused(of_version_1, ring):
    connection = sqlite3.connect(of_version_1)
    connection.execute("ALTER TABLE bank ADD COLUMN secret TEXT")
    connection.close()
    assert sentence_of(of_version_1, ring) == (
        f"{of_version_1}: its tables are not those of a bank file. Go back to a copy."
    )


# Keys


def test_another_key_is_refused_at_once(path, store):
    store.close()
    other = KeyRing.make(NOW)
    assert sentence_of(path, other).startswith(f"{path}: store.key_check, row 1: sealed under key ")


def test_no_key_is_refused_at_once(path, store):
    store.close()
    assert sentence_of(path) == (
        f"{path}: a sealed bank file, and no key file to open it with. Name it in HAALWEG_KEY_FILE."
    )


def test_whether_a_key_is_needed_can_be_asked_without_one(path, store, tmp_path):
    assert BankFile.is_sealed(path)
    BankFile.new(tmp_path / "plain.bank", None, now=NOW).close()
    assert not BankFile.is_sealed(tmp_path / "plain.bank")
    assert store.key_in_use()[0]


@pytest.mark.threat("K7")
def test_after_rotation_everything_is_under_the_new_key(path, store, bank, ring):
    store.add(new_entries(bank, codes(9000), note="17"), now=NOW)
    store.add(new_entries(bank, codes(2, seed=1)), now=NOW)
    digest = store.digest()
    store.close()
    rotated = ring.rotated(NOW + timedelta(days=1))
    told: list[int] = []
    with BankFile.open(path, rotated) as both:
        both.add(new_entries(bank, codes(1, seed=2)), now=NOW)  # under the new one already
        sealed_anew = both.reseal(now=NOW, advance=told.append)
        assert sealed_anew == sum(told) == 1 + 1 + 2 + 4  # the check value, the bank, two arrivals, four blocks
        assert both.reseal(now=NOW) == 0
        assert both.check().findings == ()
        assert both.digest() != digest
        values = live_values(both)
    only_new = KeyRing(rotated.lookup_secret, rotated.made_at, rotated.keys[-1:])
    with BankFile.open(path, only_new) as after:
        assert live_values(after) == values
        assert after.entries(now=NOW).__next__().note == "17"


@pytest.mark.threat("K7")
def test_what_was_withdrawn_before_a_rotation_stays_withdrawn_after_it(path, store, bank, ring):
    store.add(new_entries(bank, codes(2)), now=NOW)
    store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
    store.close()
    with BankFile.open(path, ring.rotated(NOW)) as both:
        both.reseal(now=NOW)
        assert both.add(new_entries(bank, codes(2)), now=NOW).withdrawn_before == 1


def test_a_key_that_has_sealed_as_often_as_it_may_seals_no_more(path, store, bank, ring):
    store.add(new_entries(bank, codes(1)), now=NOW)
    store.close()
    changed(path, "UPDATE seals SET made = ?", 2**31 - 2)
    with BankFile.open(path, ring) as worn:
        with pytest.raises(BankFileError, match=re.escape("has sealed 2,147,483,648 times, as often as a key may.")):
            worn.add(new_entries(bank, codes(1, seed=1)), now=NOW)
        assert live_ids(worn) == [1]


# Somebody else's hand


@pytest.mark.threat("K2")
def test_two_swapped_values_do_not_open(path, store, bank, ring):
    store.add(new_entries(bank, codes(1, seed=1)), now=NOW)
    store.add(new_entries(bank, codes(1, seed=2)), now=NOW)
    store.close()
    connection = sqlite3.connect(path)
    first, second = (cell for (cell,) in connection.execute("SELECT payload FROM block ORDER BY first_entry"))
    connection.executemany("UPDATE block SET payload = ? WHERE first_entry = ?", [(second, 1), (first, 2)])
    connection.commit()
    connection.close()
    with BankFile.open(path, ring) as swapped:
        with pytest.raises(BankFileError, match="the seal is broken"):
            list(swapped.blocks((PDQ,), now=NOW))
        findings = swapped.check().findings
    assert sum("the seal is broken" in finding for finding in findings) == 2


@pytest.mark.threat("K2")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE block SET bank = 2",
        "UPDATE block SET signal_type = 'sha256'",
        "UPDATE arrival SET assurance = 'seen'",
        "UPDATE arrival SET expires_at = NULL",
        "UPDATE arrival SET added_at = added_at + 1",
        "UPDATE bank SET kind = 'negative' WHERE id = 2",
        "UPDATE bank SET threshold_bits = 0 WHERE id = 1",
        "UPDATE bank SET name = 'C' WHERE id = 2",
        "DELETE FROM block WHERE first_entry = 1",
        "DELETE FROM tombstone",
        "UPDATE tombstone SET lookup = zeroblob(16)",
        "DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)",
        "DELETE FROM audit WHERE number = 2",
        "UPDATE audit SET count = count + 1 WHERE number = 4",
        "UPDATE store SET next_entry = 2",
        "UPDATE block SET entries = 1",
        "UPDATE block SET payload = substr(payload, 1, 100)",
        "UPDATE store SET key_check = zeroblob(60)",
        "UPDATE bank SET seal = zeroblob(32)",
        "UPDATE arrival SET note = zeroblob(96)",
        "UPDATE store SET withdrawals = 0",
        "DELETE FROM withdrawn",
        "UPDATE withdrawn SET sequence = 9",
    ],
)
def test_a_change_by_hand_shows_in_the_check(path, store, ring, statement):
    for name in ("A", "B"):
        store.make_bank(name, now=NOW)
    bank = store.bank("A")
    store.add(new_entries(bank, codes(3), expires_at=NOW + timedelta(days=9)), now=NOW)
    store.withdraw([EntryId(2)], reason=ASKED, now=NOW)
    witness = store.head()
    assert store.check(witness).is_whole
    store.close()
    changed(path, statement)
    try:
        with BankFile.open(path, ring, read_only=True) as other:
            assert not other.check(witness).is_whole
    except BankFileError as error:
        assert "store.key_check" in str(error)  # noqa: PT017 - either of the two is an answer


def test_the_log_cannot_be_changed_by_accident(path, store, bank):
    store.add(new_entries(bank, codes(1)), now=NOW)
    store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
    for statement in ("DELETE FROM audit", "UPDATE audit SET count = 0", "DELETE FROM tombstone"):
        with pytest.raises(sqlite3.IntegrityError):
            store._connection.execute(statement)
    assert path.exists()


@pytest.mark.threat("L1")
def test_a_log_cut_at_its_end_shows_only_against_a_witness(path, store, bank, ring):
    store.add(new_entries(bank, codes(1)), now=NOW)
    store.log_export(bank.id, 1, now=NOW)
    witness = store.head()
    store.close()
    changed(path, "DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)")
    with BankFile.open(path, ring) as cut:
        assert cut.check().is_whole
        assert cut.check(witness).findings == (
            "The audit log ends at row 3, but its witness saw row 4: the end was cut.",
        )


# Copies


def test_a_snapshot_is_the_same_bank(path, store, bank, ring):
    store.add(new_entries(bank, codes(5000)), now=NOW)
    copy = path.with_name("copy.bank")
    store.snapshot(copy)
    digest = store.digest()
    store.add(new_entries(bank, codes(1, seed=1)), now=NOW)
    with BankFile.open(copy, ring, read_only=True) as taken:
        assert taken.digest() == digest
        assert len(live_ids(taken)) == 5000
        assert taken.check().is_whole
    assert sorted(file.name for file in path.parent.glob("copy*")) == ["copy.bank"]


def test_a_snapshot_replaces_nothing(path, store):
    copy = path.with_name("copy.bank")
    copy.write_bytes(b"something dear")
    with pytest.raises(BankFileError, match=re.escape("there is a file of this name already. Nothing was changed.")):
        store.snapshot(copy)
    assert copy.read_bytes() == b"something dear"


def test_what_is_opened_to_read_is_not_written(path, store, bank, ring):
    store.add(new_entries(bank, codes(1)), now=NOW)
    store.close()
    with (
        BankFile.open(path, ring, read_only=True) as reading,
        pytest.raises(BankFileError, match=re.escape("it cannot be written here")),
    ):
        reading.add(new_entries(bank, codes(1, seed=1)), now=NOW)
