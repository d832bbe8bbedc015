"""What a platform does with what was found: thresholds and actions, bank by bank, and what a failure leads to."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from haalweg.banks import Assurance
from haalweg.signals import MATCH_THRESHOLD_BITS
from haalweg.toml_tables import SettingError, refuse_unknown, table, truth, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Action(StrEnum):
    """What happens to an upload, the mildest first."""

    ALLOW = "allow"
    HOLD = "hold"  # not published before a moderator has looked
    BLOCK = "block"

    def at_most(self, other: Action) -> Action:
        """The milder of the two."""
        return self if _RANKS[self] <= _RANKS[other] else other


_RANKS = {action: rank for rank, action in enumerate(Action)}


def strictest(actions: Iterable[Action]) -> Action:
    """The strictest of these; of none, to allow."""
    return max(actions, key=_RANKS.__getitem__, default=Action.ALLOW)


class Failure(StrEnum):
    """Why a check says less than it should."""

    STALE_FEED = "stale_feed"  # the source of what matched was not heard from for long
    DISK_FULL = "disk_full"  # the bank file cannot be written: what matched may have been taken back since
    EMPTY_BANK = "empty_bank"  # there is nothing to match with
    WORKER_DIED = "worker_died"  # the decoder ended on this file, or took too long
    OVERLOADED = "overloaded"  # too many wait
    UNREADABLE = "unreadable"  # no picture or video that we decode
    TOO_FLAT = "too_flat"  # too little detail to be told from others


_FAILURES = {
    Failure.STALE_FEED: Action.HOLD,
    Failure.DISK_FULL: Action.HOLD,
    Failure.EMPTY_BANK: Action.ALLOW,
    Failure.WORKER_DIED: Action.HOLD,
    Failure.OVERLOADED: Action.HOLD,
    Failure.UNREADABLE: Action.HOLD,
    Failure.TOO_FLAT: Action.ALLOW,
}
_STALE_AFTER_HOURS = 24
_AT = "policy."  # where all of this stands
_MOST_HOURS = 24 * 366
_MOST_UPLOADERS = 10_000


@dataclass(frozen=True, slots=True)
class BankPolicy:
    """What is done with what one bank finds."""

    enabled: bool = True  # False: the bank is as good as not there
    dry_run: bool = False  # it says what it would do, and lets everything pass
    rollout_percent: int = 100  # of the uploads it acts on; for the others it is a dry run
    threshold_bits: int = MATCH_THRESHOLD_BITS  # of PDQ; the bank's own threshold holds too
    self_reported: Action = Action.HOLD
    spoken: Action = Action.HOLD
    seen: Action = Action.BLOCK
    lead: Action = Action.HOLD  # never to block
    report_by_law: Action = Action.BLOCK  # what a bank of that kind finds, however assured; never to allow
    silent: bool = False  # a hold of which the uploader is told nothing
    most_uploaders: int = 20  # in a day, of what a new entry matches; then it holds at most. 0: as many as there are

    def action_for(self, assurance: Assurance) -> Action:
        """What a match with an entry so well assured leads to."""
        if assurance is Assurance.SEEN:
            return self.seen
        return self.spoken if assurance is Assurance.SPOKEN else self.self_reported


@dataclass(frozen=True, slots=True)
class Policy:
    """What a platform does with what was found."""

    default: BankPolicy = BankPolicy()
    banks: Mapping[str, BankPolicy] = field(default_factory=dict)
    failures: Mapping[Failure, Action] = field(default_factory=lambda: dict(_FAILURES))
    stale_after: timedelta = timedelta(hours=_STALE_AFTER_HOURS)

    def of(self, bank: str) -> BankPolicy:
        """The rules of one bank."""
        return self.banks.get(bank, self.default)


def policy_of(settings: Mapping[str, object]) -> Policy:
    """Read the table `policy`: the settings of every bank, `failures` and `banks` as tables in it.

    What is not said stays at its default; a bank's own settings come before those of every bank.
    Raises SettingError.
    """
    banks, failures = (table(settings, name, at=_AT) for name in ("banks", "failures"))
    refuse_unknown(settings, (*_READERS, *_OF_ALL), at=_AT)
    refuse_unknown(failures, tuple(Failure), at=f"{_AT}failures.")
    default = _bank_policy(BankPolicy(), {name: settings[name] for name in settings if name not in _OF_ALL}, _AT)
    return Policy(
        default,
        {name: _own_policy(default, banks, name) for name in banks},
        _FAILURES | {Failure(name): _action(failures, name, at=f"{_AT}failures.") for name in failures},
        timedelta(
            hours=whole_number(settings, "stale_after_hours", 1, _MOST_HOURS, default=_STALE_AFTER_HOURS, at=_AT)
        ),
    )


def _own_policy(default: BankPolicy, banks: Mapping[str, object], name: str) -> BankPolicy:
    own, at = table(banks, name, at=f"{_AT}banks."), f"{_AT}banks.{name}."
    refuse_unknown(own, tuple(_READERS), at=at)
    return _bank_policy(default, own, at)


def _bank_policy(default: BankPolicy, settings: Mapping[str, object], at: str) -> BankPolicy:
    read = {name: _READERS[name](settings, name, at=at) for name in settings}
    return replace(default, **read)  # type: ignore[arg-type]  # each reader gives what its field holds


def _action(found: Mapping[str, object], name: str, *, at: str = "") -> Action:
    try:
        return Action(found[name])  # type: ignore[arg-type]  # anything may be asked for
    except ValueError:
        raise SettingError(
            f'{at}{name}: this is no action. Good: {name} = "hold"; "allow" and "block" are the others.'
        ) from None


def _lead_action(found: Mapping[str, object], name: str, *, at: str = "") -> Action:
    action = _action(found, name, at=at)
    if action is Action.BLOCK:
        raise SettingError(
            f"{at}{name}: a lead says that a picture seems to be made from a photo. A person has to look, so it cannot "
            f'block. Good: {name} = "hold".'
        )
    return action


def _report_action(found: Mapping[str, object], name: str, *, at: str = "") -> Action:
    action = _action(found, name, at=at)
    if action is Action.ALLOW:
        raise SettingError(
            f"{at}{name}: what the law has you report cannot be let through. A bank that is wrong is switched off with "
            f'enabled = false. Good: {name} = "block".'
        )
    return action


def _percent(found: Mapping[str, object], name: str, *, at: str = "") -> int:
    return whole_number(found, name, 0, 100, at=at)


def _uploaders(found: Mapping[str, object], name: str, *, at: str = "") -> int:
    return whole_number(found, name, 0, _MOST_UPLOADERS, at=at)


def _threshold(found: Mapping[str, object], name: str, *, at: str = "") -> int:
    return whole_number(found, name, 0, MATCH_THRESHOLD_BITS, at=at)


_OF_ALL = ("banks", "failures", "stale_after_hours")  # not of one bank
_READERS = {
    "enabled": truth,
    "dry_run": truth,
    "rollout_percent": _percent,
    "threshold_bits": _threshold,
    "self_reported": _action,
    "spoken": _action,
    "seen": _action,
    "lead": _lead_action,
    "report_by_law": _report_action,
    "silent": truth,
    "most_uploaders": _uploaders,
}
assert set(_READERS) == {each.name for each in fields(BankPolicy)}
