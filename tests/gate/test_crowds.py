"""A new entry that matches what everybody uploads is held until a person looked, and nothing is blocked meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from haalweg.banks import Assurance, BankId, BankKind, EntryId, Standing
from haalweg.gate.crowds import NEW_FOR, Crowds
from haalweg.gate.keys import Scope
from haalweg.matching.bank_index import Match
from haalweg.matching.check import Checked, Finding, Verdict
from haalweg.matching.live_bank import EntryFacts
from haalweg.matching.policy import Action, policy_of
from haalweg.signals import SignalType
from tests.gate.gates import until
from tests.gate.test_feedback import SOON_S, following, give, told_by
from tests.gate.uploads import copy_of, hash_of

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
ENTRY = EntryId(7)
FIVE = policy_of({"most_uploaders": 5})


def uploads(*, entry=ENTRY, added_at=NOW, standing=Standing(), kind=BankKind.POSITIVE, count=1):  # noqa: B008 - frozen
    match = Match("NL", entry, SignalType.PDQ, 0, None, None, 100, 0, None)
    facts = EntryFacts("NL", BankId(1), "", Assurance.SEEN, added_at, kind=kind, standing=standing)
    finding = Finding(match, facts, Assurance.SEEN, Action.BLOCK, Action.BLOCK, Action.BLOCK, silent=False)
    one = Checked(Verdict.MATCH, Action.BLOCK, Action.BLOCK, silent=False, matches=(finding, finding))
    return [one] * count


def over(crowds, uploader, *, at=NOW, who="forum", policy=FIVE, **more):
    return [each.found.entry for each in crowds.over(uploads(**more), uploader, policy, who=who, now=at)]


def test_more_uploaders_than_the_policy_says_are_too_many():
    crowds = Crowds()
    assert [over(crowds, f"account {n}") for n in range(5)] == [[]] * 5
    assert over(crowds, "account 5") == [ENTRY]
    assert over(crowds, "account 5") == [ENTRY]  # until it is noted


def test_one_who_tries_again_is_one_and_each_platform_counts_for_itself():
    crowds = Crowds()
    assert not any(over(crowds, "account 1") for _ in range(50))
    assert not any(over(crowds, f"account {n}", who=f"platform {n}") for n in range(50))
    assert not any(over(crowds, f"account {n}", entry=EntryId(n)) for n in range(50))


def test_uploads_of_which_nothing_is_said_are_of_as_many_people():
    crowds = Crowds()
    assert over(crowds, None, count=5) == []
    assert over(crowds, None) == [ENTRY]


def test_only_those_of_a_day_count():
    crowds = Crowds()
    for n in range(50):
        assert over(crowds, f"account {n}", at=NOW + n * timedelta(hours=5)) == []
    late = NOW + timedelta(hours=250)
    assert [over(crowds, f"other {n}", at=late) for n in range(3)] == [[], [ENTRY], [ENTRY]]


@pytest.mark.parametrize(
    "more",
    [
        {"policy": policy_of({"most_uploaders": 0})},
        {"policy": policy_of({"most_uploaders": 5, "banks": {"NL": {"most_uploaders": 99}}})},
        {"added_at": NOW - NEW_FOR - timedelta(seconds=1)},
        {"kind": BankKind.REPORT_BY_LAW},
        {"standing": Standing(confirmed_by=frozenset({"forum"}))},
        {"standing": Standing(disputed_by=frozenset({"forum"}))},
        {"standing": Standing(matches_many_at=frozenset({"forum"}))},
    ],
    ids=["switched off", "more for this bank", "not new", "by law", "a moderator blocked", "disputed", "noted"],
)
def test_what_a_person_decided_or_the_policy_leaves_is_not_doubted(more):
    crowds = Crowds()
    assert not any(over(crowds, f"account {n}", **more) for n in range(50))


def test_what_is_kept_of_uploaders_is_bounded_and_no_name():
    crowds = Crowds()
    for n in range(1_000):
        over(crowds, f"anna{n}@mail.example")
    (marks,) = crowds._seen.values()
    assert len(marks) == 16 * (FIVE.default.most_uploaders + 1)
    assert b"anna" not in marks


def answer_to(gate, account):
    headers = {"content-type": "image/jpeg"} | ({"haalweg-uploader": account} if account else {})
    (item,) = gate.ask(gate.uploads, content=copy_of(5), headers=headers).json()["items"]
    return item


@pytest.mark.threat("section 6")
def test_a_news_photo_that_somebody_enrolled_is_uploaded_from_fifty_accounts(tmp_path, source):
    """Held by the usual policy; where the platform blocks what is spoken for, from the 21st on; freed by a person."""
    usual = following(tmp_path, source, "usual")
    strict = following(tmp_path, source, "strict")
    strict.write_settings(strict.config.read_text().split("\n", 2)[2] + '\n[policy]\nspoken = "block"\n')
    try:
        until(lambda: answer_to(strict, "first")["action"] == "block", SOON_S, strict.log)
        actions = [answer_to(usual, f"account-{n}")["action"] for n in range(50)]
        assert set(actions) == {"hold"}
        answers = [answer_to(strict, f"account-{n}") for n in range(50)]
        blocked = [each for each in answers if each["action"] == "block"]
        assert len(blocked) == 19  # one has asked before, and the 21st is what shows
        assert [each["matches"][0]["doubted"] for each in answers] == [False] * 19 + [True] * 31
        assert {each["action"] for each in answers[19:]} == {"hold"}
        status = source.key(Scope.STATUS)
        until(lambda: told_by(source, status)["entries_that_match_many"] == 1, SOON_S, source.log)
        assert "account" not in strict.log()

        strict.kill()
        strict.start()
        assert answer_to(strict, "account-99")["action"] == "hold"  # noted for good
        give(strict, strict.uploads, "blocked", entry=strict.entry)  # a moderator looked: it is what was reported
        assert answer_to(strict, "account-99")["action"] == "block"
        until(lambda: told_by(source, status)["entries_that_match_many"] == 1, SOON_S, source.log)  # of the other

        usual.add(hash_of(5), bank="WIDELY_PUBLISHED", kind=BankKind.NEGATIVE)
        until(lambda: answer_to(usual, "account-100")["action"] == "allow", SOON_S, usual.log)
    finally:
        usual.kill()
        strict.kill()


def test_a_name_of_an_uploader_that_is_none_is_refused(source):
    answer = source.ask(source.uploads, content=copy_of(5), headers={"haalweg-uploader": "Anna de Vries"})
    assert (answer.status_code, answer.json()["detail"][:17]) == (400, "Haalweg-Uploader:")
    assert source.ask(source.uploads, content=copy_of(5), headers={"haalweg-uploader": "a" * 200}).status_code == 200
