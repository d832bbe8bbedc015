"""What is known of an entry when it is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from haalweg.banks import Assurance


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What a verdict says about an entry. No value."""

    bank: str
    source: str  # "": it was put into this file by hand
    assurance: Assurance
    confirmations: int  # platforms that looked at their own copy and agreed
    added_at: datetime  # UTC
    heard_at: datetime | None = None  # when its source was last heard from; None: it is of this store itself
