"""Feedback: kept where it is given, passed on to where the entry came from, and worth what one platform is worth."""

from __future__ import annotations

import json
import threading
import uuid
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import DisputeReason, EntryId, Feedback, NewEntries, Opinion
from haalweg.banks.feed import FeedPage, Subscriber, Tier, page_for
from haalweg.banks.feedback import MANY_DISPUTES, flagged
from haalweg.banks.following import Following
from haalweg.gate.feedback import MOST_UNDER_18, FeedbackBox, Given
from haalweg.gate.keys import Keys, Scope
from haalweg.gate.outbox import Outbox
from haalweg.gate.state import StateFile
from haalweg.signals import SignalType
from tests.gate.gates import HTTP, AGate, bearer, follower_of, until
from tests.gate.servers import send, serving
from tests.gate.uploads import copy_of, hash_of

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SOON_S = 30.0
TRIED_AGAIN_S = 90.0  # where the second try comes too early, the third is a minute later


def give(gate, key, opinion, **more):
    said = {"id": str(uuid.uuid4()), "opinion": opinion} | more
    return HTTP.post(f"{gate.url}/api/v1/feedback", json=said, headers=bearer(key))


def following(tmp_path, source, name):
    """A platform's gate that follows the source, with one key for its uploads and its moderators."""
    gate = follower_of(source, tmp_path / name, Scope.FEEDBACK, name=name)
    gate.uploads = gate.key(Scope.CHECK, Scope.FEEDBACK, name=name)
    gate.start()
    until(lambda: gate.check(gate.uploads, copy_of(5))["verdict"] == "match", SOON_S, gate.log)
    (match,) = gate.check(gate.uploads, copy_of(5))["matches"]
    gate.entry = match["entry"]
    return gate


@pytest.fixture
def forum(tmp_path, source):
    gate = following(tmp_path, source, "forum")
    yield gate
    gate.kill()


@pytest.fixture
def school(tmp_path, source):
    gate = following(tmp_path, source, "school")
    yield gate
    gate.kill()


def action(gate, seed=5):
    return gate.check(gate.uploads, copy_of(seed))["action"]


@pytest.mark.threat("X10")
def test_one_platform_that_blocked_blocks_there_and_two_block_everywhere(source, forum, school):
    assert (action(forum), action(school)) == ("hold", "hold")
    answer = give(forum, forum.uploads, "blocked", entry=forum.entry, id="1")
    assert (answer.status_code, answer.json()) == (202, {"id": "1", "taken": True})
    assert action(forum) == "block"
    own = source.key(Scope.CHECK)
    until(lambda: source.check(own, copy_of(5))["matches"][0]["confirmations"] == 1, SOON_S, source.log)
    assert (action(school), source.check(own, copy_of(5))["action"]) == ("hold", "hold")
    give(school, school.uploads, "blocked", entry=school.entry)
    until(lambda: source.check(own, copy_of(5))["action"] == "block", SOON_S, source.log)
    until(lambda: forum.check(forum.uploads, copy_of(5))["matches"][0]["confirmations"] == 2, SOON_S, forum.log)


@pytest.mark.threat("X10")
def test_a_dispute_reaches_the_source_and_unblocks_nothing_elsewhere(source, forum, school):
    for gate in (forum, school):
        give(gate, gate.uploads, "blocked", entry=gate.entry)
    until(lambda: forum.check(forum.uploads, copy_of(5))["matches"][0]["confirmations"] == 2, SOON_S, forum.log)
    give(forum, forum.uploads, "not_blocked", reason="not_intimate", entry=forum.entry)
    assert action(forum) == "hold"
    status = source.key(Scope.STATUS)
    until(lambda: told_by(source, status)["disputed_entries"] == 1, SOON_S, source.log)
    assert action(school) == "block"
    assert told_by(source, status)["disputes_much"] == []


def told_by(gate, key):
    return HTTP.get(f"{gate.url}/api/v1/status", headers=bearer(key)).json()


def test_under_18_ends_the_entry_here_at_once_and_then_everywhere(source, forum, school):
    assert give(forum, forum.uploads, "under_18", entry=forum.entry).json()["taken"] is True
    assert action(forum) == "allow"
    until(lambda: action(school) == "allow", SOON_S, school.log)
    assert action(source) == "allow"
    assert give(forum, forum.uploads, "under_18", entry=forum.entry).json()["taken"] is False


def test_what_was_answered_is_passed_on_though_the_source_is_away_and_the_gate_is_killed(source, forum):
    source.kill()
    assert give(forum, forum.uploads, "not_blocked", reason="other", entry=forum.entry).status_code == 202
    forum.kill()
    forum.start()
    assert action(forum) == "hold"
    source.start()
    status = source.key(Scope.STATUS)
    until(lambda: told_by(source, status)["disputed_entries"] == 1, TRIED_AGAIN_S, forum.log)
    mine = forum.key(Scope.STATUS)
    until(lambda: told_by(forum, mine)["not_passed_on"] == {"waiting": 0, "given_up": 0}, SOON_S, forum.log)


def test_who_has_taken_in_what_is_known(source, forum):
    status = source.key(Scope.STATUS)
    until(lambda: told_by(source, status)["subscribers"], SOON_S, source.log)
    entry = source.add(hash_of(6))
    source.withdraw(entry)
    until(lambda: told_by(source, status)["subscribers"][0]["cursor"] == "3.1.0", SOON_S, forum.log)
    (subscriber,) = told_by(source, status)["subscribers"]
    assert subscriber["name"] == "forum"
    source.stop()
    source.start()
    assert told_by(source, status)["subscribers"][0]["cursor"] == "3.1.0"


@pytest.fixture
def here(tmp_path):
    """A store that follows a source, and has two entries of it."""
    with (
        BankFile.new(tmp_path / "source.bank", None, now=NOW) as store,
        BankFile.new(tmp_path / "here.bank", None, now=NOW) as here,
    ):
        bank = store.make_bank("NL", now=NOW)
        store.add(NewEntries(bank.id, SignalType.PDQ, [hash_of(5), hash_of(6)]), now=NOW)
        page = page_for(store, Subscriber(bytes(32), Tier.HASHES, frozenset({bank.id})), None, most=10, now=NOW)
        Following(here, "S").take_in(FeedPage.from_json(page.as_json()), now=NOW)
        yield here


@pytest.fixture
def said(tmp_path, here):
    """Say something of an entry; what waits to be passed on then: kinds and opinions, the oldest first."""
    with StateFile.open(tmp_path / "here.state") as state:
        outbox = Outbox(state)
        key = Keys(state).of(Keys(state).new("forum", frozenset({Scope.FEEDBACK}), now=NOW), now=NOW)

        def say(entry, opinion, reason=None, id_="1"):
            assert key is not None
            given = Given(id_, entry, None, opinion, reason)
            assert FeedbackBox(state, outbox).take(given, EntryId(entry), key, here, now=NOW) is True
            return [(parcel.kind, json.loads(parcel.body)["opinion"]) for parcel in outbox.all()]

        yield say


@pytest.mark.threat("X10")
def test_what_has_an_id_that_was_used_before_is_passed_on_too_where_it_says_something_else(said):
    assert said(1, Opinion.BLOCKED) == [("feedback", "blocked")]
    assert said(1, Opinion.BLOCKED) == [("feedback", "blocked")]
    assert said(2, Opinion.BLOCKED) == [("feedback", "blocked")] * 2
    assert said(1, None) == [("feedback", "blocked"), ("feedback", "blocked"), ("under_18", "under_18")]


def test_what_is_said_later_of_an_entry_takes_the_place_of_what_still_waits(said):
    """Otherwise the older one, tried again after an hour, would come last and count."""
    said(1, Opinion.BLOCKED)
    assert said(1, Opinion.NOT_BLOCKED, DisputeReason.NEWSWORTHY, id_="2") == [("feedback", "not_blocked")]
    assert said(1, None, id_="3") == [("feedback", "not_blocked"), ("under_18", "under_18")]


def test_under_18_waits_for_nothing_else_that_waits(source, forum):
    forum.kill()
    with StateFile.open(forum.folder / "gate.state") as state:
        box = Outbox(state)
        for number in range(500):
            box.put("feedback", "S", b"{}", now=NOW, id=f"of before {number}")
    slow = threading.Event()

    def answer(handler, body):
        came.append(json.loads(body).get("opinion") if body else None)
        if body == b"{}":
            slow.wait(30)
        send(handler, 202)

    came = []
    source.kill()
    with serving(answer) as server:
        forum.write_settings(
            f'[[sources]]\nname = "S"\nurl = "http://127.0.0.1:{server.server_port}"\nkey_env = "S_KEY"\n'
        )
        forum.start()
        assert give(forum, forum.uploads, "under_18", entry=forum.entry).json()["taken"] is True
        until(lambda: "under_18" in came, SOON_S, forum.log)
        slow.set()
        forum.kill()


@pytest.mark.threat("X9")
def test_a_partner_speaks_of_the_banks_that_are_named_for_them_alone(source):
    hidden = source.add(hash_of(8), bank="INTERNAL")
    key = source.key(Scope.FEED, Scope.FEEDBACK, name="forum", tier="hashes", banks=("NL",))
    until(lambda: give(source, key, "blocked", entry=source.entry).json()["taken"], SOON_S, source.log)
    assert give(source, key, "under_18", entry=hidden).json()["taken"] is False
    assert give(source, key, "under_18", ref="00" * 16).json()["taken"] is False
    assert source.check(source.uploads, copy_of(8))["verdict"] == "match"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"opinion": "blocked"}, "An object with id, opinion, and entry or ref is expected"),
        ({"opinion": "blocked", "entry": 1, "ref": "00" * 16}, "An object with id, opinion, and entry or ref"),
        ({"opinion": "blocked", "entry": 1, "text": "it is Anna"}, "An object with id, opinion, and entry or ref"),
        ({"opinion": "blocked", "entry": "1"}, "entry: the number of an entry is expected"),
        ({"opinion": "blocked", "entry": True}, "entry: the number of an entry is expected"),
        ({"opinion": "blocked", "entry": 1, "id": "\ud86a"}, "id: 1 to 200 visible ASCII characters"),
        ({"opinion": "blocked", "entry": 1, "id": "1\n"}, "id: 1 to 200 visible ASCII characters"),
        ({"opinion": "blocked", "entry": 1, "id": ""}, "id: 1 to 200 visible ASCII characters"),
        ({"opinion": "liked", "entry": 1}, "opinion: one of blocked, not_blocked, matches_many, under_18 is expected"),
        ({"opinion": None, "entry": 1}, "opinion: one of blocked, not_blocked, matches_many, under_18 is expected"),
        ({"entry": 1}, "opinion: one of blocked, not_blocked, matches_many, under_18 is expected"),
        *(
            ({"opinion": "blocked", "ref": ref}, "ref: 32 lower-case hexadecimal characters are expected")
            for ref in ("xy", "", "00", "AB" * 16, "00" * 17, 1, ["00" * 16])
        ),
        ({"opinion": "not_blocked", "entry": 1}, "reason: one of not_similar, not_intimate"),
        ({"opinion": "not_blocked", "entry": 1, "reason": "she asked"}, "reason: one of not_similar, not_intimate"),
        ({"opinion": "blocked", "entry": 1, "reason": "other"}, "reason: it is given with not_blocked only"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(one_gate, said, sentence):
    body = json.dumps({"id": "1"} | said)
    answer = httpx.post(
        f"{one_gate.url}/api/v1/feedback", content=body, headers=bearer(one_gate.uploads), trust_env=False
    )
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(sentence)


@pytest.fixture(scope="module")
def one_gate(tmp_path_factory):
    gate = AGate(tmp_path_factory.mktemp("feedback") / "one")
    gate.uploads = gate.key(Scope.CHECK, Scope.FEEDBACK)
    gate.start()
    yield gate
    gate.kill()


@pytest.mark.threat("X10")
def test_nobody_ends_a_whole_bank_by_saying_that_all_of_it_is_under_18(one_gate):
    entries = [one_gate.add(hash_of(seed)) for seed in range(20, 21 + MOST_UNDER_18)]
    until(lambda: one_gate.check(one_gate.uploads, copy_of(20 + MOST_UNDER_18))["matches"], SOON_S, one_gate.log)
    answers = [give(one_gate, one_gate.uploads, "under_18", entry=entry) for entry in entries]
    assert [answer.status_code for answer in answers] == [202] * MOST_UNDER_18 + [429]
    assert action(one_gate, 20 + MOST_UNDER_18) == "block"


@pytest.mark.threat("X10")
def test_a_platform_that_disputes_a_lot_is_named():
    def disputes(who, count, at):
        return [Feedback(EntryId(n), who, Opinion.NOT_BLOCKED, DisputeReason.OTHER, 1, at) for n in range(1, 1 + count)]

    said = [*disputes("a", MANY_DISPUTES, NOW), *disputes("b", MANY_DISPUTES - 1, NOW)]
    said += [*disputes("c", MANY_DISPUTES, NOW - timedelta(days=8))]
    assert flagged(said, now=NOW) == ["a"]
