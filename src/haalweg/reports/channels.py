"""By which door a service takes requests: data/services.csv, each row with its source."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from haalweg.reports.locations import Location

_SERVICES = Path(__file__).resolve().parents[1] / "data" / "services.csv"
_UNVERIFIED = "verify before use"
_HELPS_PEOPLE = "n/a"  # a helpline, police or authority rather than a service where pictures are


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to ask a service to take something away."""

    service: str
    domains: tuple[str, ...]
    kind: str  # form, email, api
    address: str
    notes: str
    source: str
    is_unverified: bool  # written from memory: a person checks it before it is used


def channel_for(location: Location) -> Channel | None:
    """The first row for its host; the most exact name wins. None where no row has one of its names."""
    if location.host is None:
        return None
    labels = location.host.split(".")
    for start in range(len(labels) - 1):
        channel = _first_rows().get(".".join(labels[start:]))
        if channel is not None:
            return channel
    return None


@cache
def channels() -> tuple[Channel, ...]:
    """All rows that say how a service is asked, in their order: of one service the first is tried first."""
    with _SERVICES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["stopncii"] != _HELPS_PEOPLE]
    return tuple(
        Channel(
            row["service"],
            # "(any)" and its like stand for no name: they are ways for a case worker to look further.
            tuple(name for name in row["domains"].split(";") if not name.startswith("(")),
            row["channel_kind"],
            row["channel"],
            row["notes"],
            row["source"],
            _UNVERIFIED in row["source"],
        )
        for row in rows
    )


@cache
def _first_rows() -> dict[str, Channel]:
    first: dict[str, Channel] = {}
    for channel in channels():
        for name in channel.domains:
            first.setdefault(name, channel)
    return first
