"""What a gate is asked besides uploads: signatures, and what became of a match."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ITEMS = 1_000  # signatures in one request


@dataclass(frozen=True, slots=True, repr=False)
class Signatures:
    """The signatures of one upload, as you have them already, in lower-case hexadecimal."""

    pdq: str | Sequence[str] | None = None  # one hash, or the eight of all orientations in the order of `haalweg hash`
    quality: int = 100  # of the PDQ hash, 0..100
    vpdq: Sequence[str] | None = None  # of a video instead: "<64 hex>,<quality>,<second>" for each frame, one a second
    sha256: str | None = None
    md5: str | None = None

    def __repr__(self) -> str:
        given = [name for name in ("pdq", "vpdq", "sha256", "md5") if getattr(self, name) is not None]
        return f"Signatures({', '.join(given)})"

    def as_json(self) -> dict[str, Any]:
        """As the gate takes them."""
        pdq = {} if self.pdq is None else {"pdq": _listed(self.pdq), "quality": self.quality}
        others = {"vpdq": self.vpdq and list(self.vpdq), "sha256": self.sha256, "md5": self.md5}
        return pdq | {name: value for name, value in others.items() if value is not None}


class Opinion(StrEnum):
    """What a moderator found when they looked at an upload that matched."""

    BLOCKED = "blocked"  # it is what was reported
    NOT_BLOCKED = "not_blocked"
    UNDER_18 = "under_18"  # who is shown is under 18, or may be: the entry ends at once, everywhere


class DisputeReason(StrEnum):
    """Why an upload that matched was not blocked."""

    NOT_SIMILAR = "not_similar"
    NOT_INTIMATE = "not_intimate"
    CONSENTED = "consented"
    NEWSWORTHY = "newsworthy"
    OTHER = "other"


def feedback_json(id: str, entry: int, opinion: Opinion | str, reason: DisputeReason | str | None) -> dict[str, Any]:  # noqa: A002 - as the route has it
    """Write feedback as the gate takes it."""
    content = {"id": id, "entry": entry, "opinion": str(opinion)}
    return content if reason is None else content | {"reason": str(reason)}


def _listed(pdq: str | Sequence[str]) -> str | list[str]:
    return pdq if isinstance(pdq, str) else list(pdq)
