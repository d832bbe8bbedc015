"""Keys: shown once, kept as digests, over when they are over."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from haalweg.banks import BankError, EntryId
from haalweg.gate.contents import Contents
from haalweg.gate.keys import Keys, Scope
from haalweg.gate.state import GateStateError, StateFile
from haalweg.gate.switches import BankSwitch, Switches
from tests.gate.gates import until

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
CHECK = frozenset({Scope.CHECK})


@pytest.fixture
def keys(tmp_path):
    with StateFile.open(tmp_path / "gate.state") as state:
        yield Keys(state)


def test_a_key_opens_what_it_was_made_for_until_it_is_over(keys):
    token = keys.new("uploads", CHECK, now=NOW, expires_at=NOW + timedelta(days=1))
    key = keys.of(token, now=NOW)
    assert (key.name, key.scopes) == ("uploads", CHECK)
    assert keys.of(token, now=NOW + timedelta(days=1)) is None
    assert keys.of(token[:-1], now=NOW) is None


def test_two_keys_of_a_name_are_in_use_until_the_name_is_ended(keys):
    tokens = [keys.new("uploads", CHECK, now=NOW) for _ in range(2)]
    assert all(keys.of(token, now=NOW) for token in tokens)
    assert keys.end("uploads", now=NOW) == 2
    assert not any(keys.of(token, now=NOW) for token in tokens)
    assert keys.end("uploads", now=NOW) == 0


def test_what_another_process_makes_is_seen_at_once_and_what_it_ends_in_a_moment(keys, tmp_path):
    with StateFile.open(tmp_path / "gate.state") as beside:
        other = Keys(beside)
        token = other.new("uploads", CHECK, now=NOW)
        assert keys.of(token, now=NOW) is not None
        other.end("uploads", now=NOW)
        until(lambda: keys.of(token, now=NOW) is None, 0.2)


@pytest.mark.threat("K1")
def test_no_key_is_in_the_file(keys, tmp_path):
    token = keys.new("uploads", CHECK, now=NOW)
    for path in tmp_path.iterdir():
        assert token.removeprefix("hwk_").encode() not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.threat("K9")
def test_a_key_that_was_shown_survives_a_power_cut(tmp_path):
    with StateFile.open(tmp_path / "gate.state") as state:
        assert state._connection.execute("PRAGMA synchronous").fetchone() == (2,)


@pytest.mark.threat("X3")
def test_subscribers_of_other_names_have_other_secrets_and_keep_them(keys, tmp_path):
    tokens = [keys.new(name, CHECK, now=NOW) for name in ("A", "B", "A")]
    a, b, again = (secret_for(keys, token) for token in tokens)
    assert a == again != b
    with StateFile.open(tmp_path / "gate.state") as other:
        assert secret_for(Keys(other), tokens[0]) == a


def secret_for(keys: Keys, token: str) -> bytes:
    key = keys.of(token, now=NOW)
    assert key is not None
    return keys.secret_for(key)


def test_a_file_of_something_else_is_left_alone(tmp_path):
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE something (x)")
    with pytest.raises(GateStateError, match="a file of something else"):
        StateFile.open(other)
    (tmp_path / "text").write_text("no database, and long enough to be taken for one" * 50)
    with pytest.raises(GateStateError, match="it cannot be used as the gate's state file"):
        StateFile.open(tmp_path / "text")
    with pytest.raises(GateStateError, match="there is no such folder"):
        StateFile.open(tmp_path / "nowhere" / "gate.state")


@pytest.mark.parametrize("name", ["", "x" * 101, "a\nb"])
def test_a_name_that_cannot_be_shown_is_refused(keys, name):
    with pytest.raises(GateStateError, match="1 to 100 characters"):
        keys.new(name, CHECK, now=NOW)


@pytest.mark.parametrize("bank", ["a b", "", "a\nb"])
def test_a_bank_that_cannot_be_one_is_refused_and_never_taken_for_two(keys, bank):
    with pytest.raises(BankError, match="A bank's name has 1 to 255 letters"):
        keys.new("partner", frozenset({Scope.FEED}), now=NOW, tier="hashes", banks=(bank,))
    assert keys.all() == ()


@pytest.mark.threat("P4")
def test_a_key_to_curate_is_made_only_where_somebody_declares_that_all_are_adults(keys):
    scopes = frozenset({Scope.CHECK, Scope.CURATE})
    with pytest.raises(GateStateError, match="declare that everybody shown in what is added with it is an adult"):
        keys.new("coop", scopes, now=NOW)
    assert keys.all() == ()
    keys.new("uploads", CHECK, now=NOW)
    keys.new("coop", scopes, now=NOW, adults_only=True)
    assert [(key.name, key.adults_only_at) for key in keys.all()] == [("uploads", None), ("coop", NOW)]


def test_a_file_from_before_declarations_and_switches_gets_them(tmp_path):
    path = tmp_path / "gate.state"
    with StateFile.open(path) as state:
        token = Keys(state).new("uploads", CHECK, now=NOW)
    with sqlite3.connect(path) as connection:
        for table in ("declaration", "bank_switch", "entry_switch", "content"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version = 3")
    with StateFile.open(path) as state:
        key = Keys(state).of(token, now=NOW)
        assert key is not None
        assert key.adults_only_at is None
        Keys(state).new("coop", frozenset({Scope.CURATE}), now=NOW, adults_only=True)
        Switches(state, "a store", now=NOW).set_bank("NL", BankSwitch(0.5))
        assert Contents(state, "a store").join([EntryId(4), EntryId(3)]) == 3


def test_a_file_of_an_older_haalweg_keeps_its_keys_and_one_of_a_newer_is_left_alone(tmp_path):
    path = tmp_path / "gate.state"
    with StateFile.open(path) as state:
        token = Keys(state).new("uploads", CHECK, now=NOW)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 0")
    with StateFile.open(path) as state:
        assert Keys(state).of(token, now=NOW) is not None
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(GateStateError, match="made by a newer haalweg"):
        StateFile.open(path)
