"""Before anything is read or hashed: was everyone 18 or older, in the picture and in the photo it was made from?"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_REFERRALS = Path(__file__).resolve().parents[1] / "data" / "referrals.toml"


class Adults(StrEnum):
    """Whether everyone in a picture was 18 or older when it was taken."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NO_SUCH_PICTURE = "no_such_picture"  # it was not made from another photo


@dataclass(frozen=True, slots=True)
class AgeAnswers:
    """What a person says about a picture. A fake made from a school photo shows a child, however old it looks."""

    in_picture: Adults
    in_source_photo: Adults

    @property
    def may_be_kept(self) -> bool:
        """Whether a signature may be made and kept: only when both are sure."""
        return self.in_picture is Adults.YES and self.in_source_photo in (Adults.YES, Adults.NO_SUCH_PICTURE)


@dataclass(frozen=True, slots=True)
class Referral:
    """Someone who may do more than we may, in English and in Dutch."""

    name: str
    contact: str
    english: str
    dutch: str


def referrals() -> tuple[Referral, ...]:
    """Where to go instead, in the order they are offered."""
    with _REFERRALS.open("rb") as file:
        rows = tomllib.load(file)["referral"]
    return tuple(Referral(row["name"], row["contact"], row["en"], row["nl"]) for row in rows)
