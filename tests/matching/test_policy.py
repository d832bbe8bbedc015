"""What a platform does with what was found, as it says so in its settings."""

from __future__ import annotations

from datetime import timedelta

import pytest

from haalweg.banks import Assurance
from haalweg.matching.policy import Action, BankPolicy, Failure, Policy, policy_of, strictest
from haalweg.toml_tables import SettingError

HOLD, BLOCK, ALLOW = Action.HOLD, Action.BLOCK, Action.ALLOW


def test_a_policy_of_which_nothing_is_said_blocks_only_what_a_moderator_saw():
    rules = policy_of({}).of("any bank")
    assert [rules.action_for(each) for each in Assurance] == [HOLD, HOLD, BLOCK]
    assert rules.lead is HOLD


def test_every_failure_has_an_action_of_its_own():
    assert set(policy_of({}).failures) == set(Failure)


def test_a_banks_own_settings_come_before_those_of_every_bank():
    policy = policy_of({"spoken": "block", "threshold_bits": 20, "banks": {"strict": {"threshold_bits": 8}}})
    assert policy.of("strict") == BankPolicy(spoken=BLOCK, threshold_bits=8)
    assert policy.of("other") == BankPolicy(spoken=BLOCK, threshold_bits=20)


def test_failures_and_hours_are_read():
    policy = policy_of({"failures": {"empty_bank": "block"}, "stale_after_hours": 2})
    assert policy.failures[Failure.EMPTY_BANK] is BLOCK
    assert policy.failures[Failure.TOO_FLAT] is Policy().failures[Failure.TOO_FLAT]
    assert policy.stale_after == timedelta(hours=2)


@pytest.mark.threat("G5")
@pytest.mark.parametrize("settings", [{"lead": "block"}, {"banks": {"NL": {"lead": "block"}}}], ids=str)
def test_a_policy_that_blocks_on_a_lead_does_not_load(settings):
    with pytest.raises(SettingError, match=r"A person has to look, so it cannot block\. Good: .*lead = \"hold\"\.$"):
        policy_of(settings)


@pytest.mark.parametrize(
    "settings", [{"report_by_law": "allow"}, {"banks": {"NL": {"report_by_law": "allow"}}}], ids=str
)
def test_a_policy_that_lets_through_what_is_reported_by_law_does_not_load(settings):
    with pytest.raises(SettingError, match=r"report_by_law: what the law has you report cannot be let through\."):
        policy_of(settings)
    assert policy_of({"report_by_law": "hold"}).of("NL").report_by_law is HOLD


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"spokn": "hold"}, "spokn: there is no such setting. Is spoken meant?"),
        ({"xyz": 1}, "xyz: there is no such setting. There are: enabled, dry_run, rollout_percent, threshold_bits"),
        ({"banks": {"NL": {"seeen": "hold"}}}, "banks.NL.seeen: there is no such setting. Is seen meant?"),
        ({"banks": {"NL": {"banks": {}}}}, "banks.NL.banks: there is no such setting."),
        ({"failures": {"stale": "hold"}}, "failures.stale: there is no such setting. Is stale_feed meant?"),
        ({"seen": "delete"}, 'seen: this is no action. Good: seen = "hold"; "allow" and "block" are the others.'),
        ({"seen": []}, "seen: this is no action."),
        ({"failures": {"too_flat": 3}}, "failures.too_flat: this is no action."),
        ({"threshold_bits": 32}, "threshold_bits: a whole number from 0 to 31 is expected. Good: threshold_bits = 31."),
        ({"threshold_bits": True}, "threshold_bits: a whole number from 0 to 31 is expected."),
        ({"rollout_percent": 101}, "rollout_percent: a whole number from 0 to 100 is expected."),
        ({"stale_after_hours": 0}, "stale_after_hours: a whole number from 1 to 8784 is expected."),
        ({"dry_run": "yes"}, "dry_run: true or false is expected. Good: dry_run = true."),
        ({"banks": 3}, "banks: a table is expected."),
        ({"banks": {"NL": 3}}, "banks.NL: a table is expected. Good: [policy.banks.NL] on a line of its own."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_used_is_named_with_a_way_out(settings, said):
    with pytest.raises(SettingError) as raised:
        policy_of(settings)
    assert str(raised.value).startswith(f"policy.{said}")


def test_the_strictest_of_actions():
    assert strictest([]) is ALLOW
    assert strictest([ALLOW, BLOCK, HOLD]) is BLOCK
    assert BLOCK.at_most(HOLD) is HOLD
    assert ALLOW.at_most(HOLD) is ALLOW
