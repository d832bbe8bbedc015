"""Keys: shown once, kept as digests, over when they are over."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from haalweg.gate.keys import GateState, GateStateError, Scope

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
CHECK = frozenset({Scope.CHECK})


@pytest.fixture
def state(tmp_path):
    with GateState.open(tmp_path / "gate.state") as opened:
        yield opened


def test_a_key_opens_what_it_was_made_for_until_it_is_over(state):
    token = state.new_key("uploads", CHECK, now=NOW, expires_at=NOW + timedelta(days=1))
    key = state.key_of(token, now=NOW)
    assert (key.name, key.scopes) == ("uploads", CHECK)
    assert state.key_of(token, now=NOW + timedelta(days=1)) is None
    assert state.key_of(token[:-1], now=NOW) is None


def test_two_keys_of_a_name_are_in_use_until_the_name_is_ended(state):
    tokens = [state.new_key("uploads", CHECK, now=NOW) for _ in range(2)]
    assert all(state.key_of(token, now=NOW) for token in tokens)
    assert state.end_keys("uploads", now=NOW) == 2
    assert not any(state.key_of(token, now=NOW) for token in tokens)
    assert state.end_keys("uploads", now=NOW) == 0


def test_what_another_process_makes_and_ends_is_seen_at_once(state, tmp_path):
    with GateState.open(tmp_path / "gate.state") as other:
        token = other.new_key("uploads", CHECK, now=NOW)
        assert state.key_of(token, now=NOW) is not None
        other.end_keys("uploads", now=NOW)
        assert state.key_of(token, now=NOW) is None


@pytest.mark.threat("K1")
def test_no_key_is_in_the_file(state, tmp_path):
    token = state.new_key("uploads", CHECK, now=NOW)
    for path in tmp_path.iterdir():
        assert token.removeprefix("hwk_").encode() not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.threat("K9")
def test_a_key_that_was_shown_survives_a_power_cut(tmp_path):
    with GateState.open(tmp_path / "gate.state") as state:
        assert state._connection.execute("PRAGMA synchronous").fetchone() == (2,)


@pytest.mark.threat("X3")
def test_subscribers_of_other_names_have_other_secrets_and_keep_them(state, tmp_path):
    tokens = [state.new_key(name, CHECK, now=NOW) for name in ("A", "B", "A")]
    a, b, again = (secret_for(state, token) for token in tokens)
    assert a == again != b
    with GateState.open(tmp_path / "gate.state") as other:
        assert secret_for(other, tokens[0]) == a


def secret_for(state: GateState, token: str) -> bytes:
    key = state.key_of(token, now=NOW)
    assert key is not None
    return state.secret_for(key)


def test_a_file_of_something_else_is_left_alone(tmp_path):
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE something (x)")
    with pytest.raises(GateStateError, match="a file of something else"):
        GateState.open(other)
    (tmp_path / "text").write_text("no database, and long enough to be taken for one" * 50)
    with pytest.raises(GateStateError, match="it cannot be used as the gate's state file"):
        GateState.open(tmp_path / "text")
    with pytest.raises(GateStateError, match="there is no such folder"):
        GateState.open(tmp_path / "nowhere" / "gate.state")


@pytest.mark.parametrize("name", ["", "x" * 101, "a\nb"])
def test_a_name_that_cannot_be_shown_is_refused(state, name):
    with pytest.raises(GateStateError, match="1 to 100 characters"):
        state.new_key(name, CHECK, now=NOW)
