"""Two gates: what the one's bank holds the other blocks, and what the one takes back the other lets go."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from haalweg.banks import BankKind
from haalweg.gate.keys import Scope
from haalweg.gate.receipts import Receipts
from haalweg.gate.state import StateFile
from tests.gate.gates import HTTP, AGate, bearer, follower_of, until
from tests.gate.uploads import copy_of, hash_of

SOON_S = 30.0


@pytest.fixture
def source(tmp_path):
    one = AGate(tmp_path / "source")
    one.add(hash_of(5))
    one.add(hash_of(8), bank="INTERNAL")
    one.start()
    yield one
    one.kill()


@pytest.fixture
def follower(tmp_path, source):
    one = follower_of(source, tmp_path / "follower")
    one.start()
    yield one
    one.kill()


def action(gate, seed):
    return gate.check(gate.uploads, copy_of(seed))["action"]


def test_a_follower_blocks_what_its_source_holds_and_lets_go_what_is_taken_back(source, follower):
    until(lambda: action(follower, 5) == "block", SOON_S, follower.log)
    match = follower.check(follower.uploads, copy_of(5))["matches"][0]
    assert (match["bank"], match["source"], match["orientation"]) == ("S_NL", "S", "flip_y")
    entry = source.add(hash_of(6))
    until(lambda: action(follower, 6) == "block", SOON_S)
    source.withdraw(entry)
    until(lambda: action(follower, 6) == "allow", SOON_S)
    assert action(follower, 5) == "block"


@pytest.mark.threat("X1")
def test_a_bank_that_is_not_named_for_a_subscriber_never_goes_out(follower):
    until(lambda: action(follower, 5) == "block", SOON_S, follower.log)
    assert action(follower, 8) == "allow"


@pytest.mark.threat("X7")
@pytest.mark.parametrize("takes_negative", [True, False])
def test_a_negative_bank_of_a_source_frees_pictures_only_where_the_settings_say_so(tmp_path, source, takes_negative):
    source.add(hash_of(9), bank="SCREENS", kind=BankKind.NEGATIVE)
    more = f"takes_negative = {str(takes_negative).lower()}\n"
    one = follower_of(source, tmp_path / "one", banks=("NL", "SCREENS"), more=more)
    one.start()
    try:
        until(lambda: action(one, 5) == "block", SOON_S, one.log)  # all of the page was taken in
        one.add(hash_of(9), bank="OWN")
        one.add(hash_of(6), bank="OWN")
        until(lambda: action(one, 6) == "block", SOON_S, one.log)
        assert action(one, 9) == ("allow" if takes_negative else "block")
    finally:
        one.kill()


def test_what_happened_while_one_of_them_was_dead_is_caught_up_with(source, follower):
    until(lambda: action(follower, 5) == "block", SOON_S, follower.log)
    follower.kill()
    entry = source.add(hash_of(6))
    source.kill()
    follower.start()
    assert action(follower, 5) == "block"
    source.start()
    until(lambda: action(follower, 6) == "block", SOON_S, follower.log)
    source.kill()
    source.withdraw(entry)
    source.start()
    until(lambda: action(follower, 6) == "allow", SOON_S, follower.log)


def test_the_feed_waits_for_news_and_answers_at_once_when_it_stops(source):
    key = source.key(Scope.FEED, tier="hashes", banks=("NL",))
    first = httpx.get(f"{source.url}/api/v1/feed", headers=bearer(key), trust_env=False).json()
    assert len(first["entries"]) == 1
    with httpx.Client(headers=bearer(key), trust_env=False, timeout=60) as client:
        page = client.get(f"{source.url}/api/v1/feed", params={"cursor": first["cursor"], "wait": "1"}).json()
    assert (page["entries"], page["withdrawn"], page["cursor"]) == ([], [], first["cursor"])
    assert source.stop() == 0


def test_who_waits_hears_of_a_confirmation_and_of_nothing_else_and_after_what_was_asked(source):
    key = source.key(Scope.FEED, tier="hashes", banks=("NL",))
    said = source.key(Scope.FEEDBACK, name="forum")

    def feed(**query):
        answer = httpx.get(f"{source.url}/api/v1/feed", params=query, headers=bearer(key), trust_env=False, timeout=90)
        return answer.json()

    cursor = feed()["cursor"]
    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(feed, cursor=cursor, wait="30")
        until(lambda: cursor in source_receipts(source), SOON_S)
        source.add(hash_of(9), bank="INTERNAL")  # news, and not theirs
        given = {"id": "1", "entry": 1, "opinion": "blocked"}
        httpx.post(f"{source.url}/api/v1/feedback", json=given, headers=bearer(said), trust_env=False, timeout=90)
        page = waiting.result()
    assert (page["after"], page["entries"], [count for _, count in page["confirmed"]]) == (cursor, [], [1])


def source_receipts(source):
    with StateFile.open(source.folder / "gate.state") as state:
        return {str(each.cursor) for each in Receipts(state).all()}


def test_a_cursor_that_is_none_is_refused_and_one_from_beyond_asks_to_start_over(source):
    key = source.key(Scope.FEED, tier="hashes", banks=("NL",))

    def status(cursor):
        return HTTP.get(f"{source.url}/api/v1/feed", params={"cursor": cursor}, headers=bearer(key)).status_code

    assert {status(each) for each in ("x", "1", "1.0", "0.0.0", "-1.2.3")} == {httpx.codes.BAD_REQUEST}
    assert status("999.9.9") == httpx.codes.CONFLICT
