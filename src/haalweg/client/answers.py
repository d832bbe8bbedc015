"""What a gate answers, as values: docs/reference/check.md says what each field is.

A gate that is newer than this client may say more. Fields that are not known here are left out, and words are kept as
they are; only an action has to be one of three, since somebody has to act on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from haalweg.client.errors import GateUnavailableError


class Action(StrEnum):
    """What to do with an upload."""

    ALLOW = "allow"
    HOLD = "hold"  # publish it only after a moderator has looked
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Statement:
    """What the uploader is owed (DSA, article 17), to be shown as it is."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entry that was found."""

    bank: str
    entry: int
    source: str | None
    signal_type: str
    assurance: str
    confirmations: int
    stale: bool
    doubted: bool  # your platform disputed it, or it matches what very many upload: it holds at most
    would: Action
    action: Action
    frame: int | None  # of an animation
    frame_s: float | None  # of a video


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Found):
    """An entry that the upload is a near copy of."""

    distance_bits: int | None
    orientation: str | None
    inner: tuple[int, int, int, int] | None  # left, top, right, bottom of the picture inside a screenshot
    quality: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead(Found):
    """An entry that the upload seems to be made from. A person has to look."""

    level: str
    altered_percent: int | None
    mirrored: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer to one upload. Nothing has happened yet: you act."""

    verdict: str | None  # None: the gate did not look at it, and `trouble` says why
    action: Action
    would: Action  # where rules are tried out, what would be done if they held
    silent: bool = False  # the uploader is told nothing
    decided_by: str | None = None  # the bank whose rule led to the action
    failure: str | None = None  # what the action is owed to, where no bank's rule led to it
    reason: str | None = None  # why it is unreadable, in a sentence
    matches: tuple[Match, ...] = ()
    leads: tuple[Lead, ...] = ()
    statement: Statement | None = None
    trouble: str | None = None  # why there is no verdict; the action is then the one for failures


def unchecked(action: Action, trouble: str) -> Checked:
    """Answer for an upload that the gate did not look at."""
    return Checked(None, action, action, trouble=trouble)


def checked_in(content: dict[str, Any], *, count: int) -> list[Checked]:
    """Read an answer for so many uploads. Raises GateUnavailableError for what is none."""
    try:
        checked = [_checked(item) for item in content["items"]]
    except (KeyError, TypeError, ValueError):
        raise not_understood() from None
    if len(checked) != count:
        raise not_understood()
    return checked


def levels_in(content: dict[str, Any], *, count: int) -> list[str]:
    """Read the answer to so many look-ups. Raises GateUnavailableError for what is none."""
    try:
        levels = [str(item["level"]) for item in content["items"]]
    except (KeyError, TypeError):
        raise not_understood() from None
    if len(levels) != count:
        raise not_understood()
    return levels


def not_understood() -> GateUnavailableError:
    """Make the error for an answer that makes no sense."""
    return GateUnavailableError("What answered at the gate's address does not answer as a gate does.")


def _checked(item: dict[str, Any]) -> Checked:
    statement = item.get("statement")
    return Checked(
        str(item["verdict"]),
        Action(item["action"]),
        Action(item["would"]),
        bool(item["silent"]),
        item.get("decided_by"),
        item.get("failure"),
        item.get("reason"),
        tuple(_match(row) for row in item["matches"]),
        tuple(_lead(row) for row in item["leads"]),
        Statement(statement["nl"], statement["en"]) if statement else None,
    )


def _match(row: dict[str, Any]) -> Match:
    left_top_right_bottom = row.get("inner")
    return Match(
        **_known(row),
        distance_bits=row.get("distance_bits"),
        orientation=row.get("orientation"),
        inner=tuple(left_top_right_bottom) if left_top_right_bottom else None,
        quality=row.get("quality"),
    )


def _lead(row: dict[str, Any]) -> Lead:
    return Lead(
        **_known(row),
        level=row["level"],
        altered_percent=row.get("altered_percent"),
        mirrored=bool(row.get("mirrored")),
    )


def _known(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "bank": row["bank"],
        "entry": row["entry"],
        "source": row.get("source"),
        "signal_type": row["signal_type"],
        "assurance": row["assurance"],
        "confirmations": row.get("confirmations", 0),
        "stale": bool(row.get("stale")),
        "doubted": bool(row.get("doubted")),
        "would": Action(row["would"]),
        "action": Action(row["action"]),
        "frame": row.get("frame"),
        "frame_s": row.get("frame_s"),
    }
