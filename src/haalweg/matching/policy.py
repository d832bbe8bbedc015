"""What a platform does with what was found: thresholds and actions, bank by bank, and what a failure leads to."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from haalweg.banks import Assurance
from haalweg.errors import HaalwegError
from haalweg.signals import MATCH_THRESHOLD_BITS

if TYPE_CHECKING:
    from collections.abc import Iterable


class PolicyError(HaalwegError, ValueError):
    """A policy that cannot be used. The text names the setting, what is wrong with it, and one that would do."""


class Action(StrEnum):
    """What happens to an upload, the mildest first."""

    ALLOW = "allow"
    HOLD = "hold"  # not published before a moderator has looked
    BLOCK = "block"

    @property
    def rank(self) -> int:
        """0 for the mildest."""
        return _RANKS[self]

    def at_most(self, other: Action) -> Action:
        """The milder of the two."""
        return min(self, other, key=lambda action: action.rank)


_RANKS = {action: rank for rank, action in enumerate(Action)}


def strictest(actions: Iterable[Action]) -> Action:
    """The strictest of these; of none, to allow."""
    return max(actions, key=lambda action: action.rank, default=Action.ALLOW)


class Failure(StrEnum):
    """Why a check says less than it should."""

    STALE_FEED = "stale_feed"  # the source of what matched was not heard from for long
    EMPTY_BANK = "empty_bank"  # there is nothing to match with
    WORKER_DIED = "worker_died"  # the decoder ended on this file, or took too long
    OVERLOADED = "overloaded"  # too many wait
    UNREADABLE = "unreadable"  # no picture or video that we decode
    TOO_FLAT = "too_flat"  # too little detail to be told from others


_FAILURES = {
    Failure.STALE_FEED: Action.HOLD,
    Failure.EMPTY_BANK: Action.ALLOW,
    Failure.WORKER_DIED: Action.HOLD,
    Failure.OVERLOADED: Action.HOLD,
    Failure.UNREADABLE: Action.HOLD,
    Failure.TOO_FLAT: Action.ALLOW,
}
_STALE_AFTER_HOURS = 24
_MOST_HOURS = 24 * 366


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
    silent: bool = False  # a hold of which the uploader is told nothing

    def action_for(self, assurance: Assurance) -> Action:
        """What a match with an entry so well assured leads to."""
        return {Assurance.SELF_REPORTED: self.self_reported, Assurance.SPOKEN: self.spoken, Assurance.SEEN: self.seen}[
            assurance
        ]


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
    """Read a policy: the settings of every bank, `failures` and `banks` as tables in it.

    What is not said stays at its default; a bank's own settings come before those of every bank.
    Raises PolicyError.
    """
    general = dict(settings)
    banks = _table(general.pop("banks", {}), "banks")
    failures = _table(general.pop("failures", {}), "failures")
    stale_after_hours = _whole_number(
        general.pop("stale_after_hours", _STALE_AFTER_HOURS), "stale_after_hours", 1, _MOST_HOURS
    )
    default = _bank_policy(BankPolicy(), general, "", also=("banks", "failures", "stale_after_hours"))
    return Policy(
        default,
        {name: _bank_policy(default, _table(own, f"banks.{name}"), f"banks.{name}.") for name, own in banks.items()},
        _FAILURES | {_failure(name): _action(value, f"failures.{name}") for name, value in failures.items()},
        timedelta(hours=stale_after_hours),
    )


def _bank_policy(
    default: BankPolicy, settings: Mapping[str, object], at: str, *, also: tuple[str, ...] = ()
) -> BankPolicy:
    read: dict[str, object] = {}
    for name, value in settings.items():
        if name not in _READERS:
            raise PolicyError(_unknown(at + name, name, (*_READERS, *also)))
        read[name] = _READERS[name](value, at + name)
    return replace(default, **read)  # type: ignore[arg-type]  # each reader gives what its field holds


def _failure(name: str) -> Failure:
    try:
        return Failure(name)
    except ValueError:
        raise PolicyError(_unknown(f"failures.{name}", name, tuple(Failure))) from None


def _table(value: object, name: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise PolicyError(f"{name}: a table is expected. Good: [policy.{name}] on a line of its own.")
    return value


def _action(value: object, name: str) -> Action:
    try:
        return Action(value)  # type: ignore[arg-type]  # anything may be asked for
    except ValueError:
        raise PolicyError(
            f'{name}: this is no action. Good: {name} = "hold"; "allow" and "block" are the others.'
        ) from None


def _lead_action(value: object, name: str) -> Action:
    action = _action(value, name)
    if action is Action.BLOCK:
        raise PolicyError(
            f"{name}: a lead says that a picture seems to be made from a photo. A person has to look, so it cannot "
            f'block. Good: {name} = "hold".'
        )
    return action


def _truth(value: object, name: str) -> bool:
    if not isinstance(value, bool):
        raise PolicyError(f"{name}: true or false is expected. Good: {name} = true.")
    return value


def _whole_number(value: object, name: str, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise PolicyError(f"{name}: a whole number from {least} to {most} is expected. Good: {name} = {most}.")
    return value


def _percent(value: object, name: str) -> int:
    return _whole_number(value, name, 0, 100)


def _threshold(value: object, name: str) -> int:
    return _whole_number(value, name, 0, MATCH_THRESHOLD_BITS)


def _unknown(place: str, name: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    meant = f"Is {near[0]} meant?" if near else f"There are: {', '.join(known)}."
    return f"{place}: there is no such setting. {meant}"


_READERS = {
    "enabled": _truth,
    "dry_run": _truth,
    "rollout_percent": _percent,
    "threshold_bits": _threshold,
    "self_reported": _action,
    "spoken": _action,
    "seen": _action,
    "lead": _lead_action,
    "silent": _truth,
}
assert set(_READERS) == {each.name for each in fields(BankPolicy)}
