"""What has to reach others, kept until it did: after a crash, a dead network, a receiver that is away for a day."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from haalweg.gate.logs import LOG
from haalweg.gate.state import GateStateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from haalweg.gate.state import StateFile

_AT_ONCE = 20
_LOOK_S = 1.0  # how long what another process put in may lie unseen
_PUT = (
    "INSERT INTO parcel (id, kind, target, body, made_at, tries, due_at, trouble) VALUES (?, ?, ?, ?, ?, 0, ?, '')"
    " ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, tries = 0 WHERE due_at IS NULL"
)


class UndeliveredError(Exception):
    """A parcel that did not arrive. The text says why, and names no key, URL or value."""


@dataclass(frozen=True, slots=True, repr=False)
class Parcel:
    """Something that has to arrive once. Who receives it twice knows it by its id."""

    id: str
    kind: str
    target: str  # by its name in the settings
    body: bytes
    made_at: datetime  # UTC
    tries: int
    due_at: datetime | None  # None: given up, until somebody says otherwise
    trouble: str  # the last time

    def __repr__(self) -> str:
        return f"Parcel({self.kind} for {self.target}, {self.tries} tries)"


class Courier(Protocol):
    """Who brings parcels of one kind."""

    @property
    def pauses(self) -> Sequence[timedelta]:
        """After the first try, the second, and so on; after the last of them it is given up."""
        ...

    async def bring(self, parcel: Parcel) -> None:
        """Bring it. Raises UndeliveredError."""
        ...


class Outbox:
    """Parcels in the state file. For any number of threads."""

    def __init__(self, state: StateFile) -> None:
        self._state = state

    def put(
        self,
        kind: str,
        target: str,
        body: bytes,
        *,
        now: datetime,
        id: str | None = None,  # noqa: A002 - as receivers know it
        instead_of: str | None = None,
    ) -> str:
        """Keep it until it has arrived, and give its id.

        What has the id of a parcel that waits is that parcel, and one that was given up is brought again. instead_of:
        what the ids of those of this kind begin with that it is put in the place of, where they still wait.
        """
        id = id or secrets.token_urlsafe(18)  # noqa: A001 - as above
        with self._state.writing() as file:
            if instead_of is not None:
                file.execute(
                    "DELETE FROM parcel WHERE kind = ?1 AND substr(id, 1, length(?2)) = ?2 AND id != ?3",
                    (kind, instead_of, id),
                )
            file.execute(_PUT, (id, kind, target, body, _number(now), _number(now)))
        return id

    def put_all(self, kind: str, letters: Iterable[tuple[str, bytes]], *, now: datetime) -> None:
        """Keep several at once, all of them or none, each with an id of its own. letters: targets and bodies."""
        at = _number(now)
        rows = [(secrets.token_urlsafe(18), kind, target, body, at, at) for target, body in letters]
        with self._state.writing() as file:
            file.executemany(_PUT, rows)

    def due(self, kind: str, *, now: datetime, target: str | None = None) -> list[Parcel]:
        """Those to bring now, the oldest first, so many at once; of one target where it is named."""
        return self._parcels(
            "kind = ? AND target = coalesce(?, target) AND due_at <= ? ORDER BY number LIMIT ?",
            (kind, target, _number(now), _AT_ONCE),
        )

    def targets(self, kind: str) -> set[str]:
        """Those for whom there is anything of a kind."""
        return {target for (target,) in self._state.rows("SELECT DISTINCT target FROM parcel WHERE kind = ?", (kind,))}

    def all(self) -> list[Parcel]:
        """Those that wait and those that were given up, the oldest first."""
        return self._parcels("true ORDER BY number", ())

    def waiting(self) -> int:
        """How many have not arrived and are not given up."""
        ((count,),) = self._state.rows("SELECT count(*) FROM parcel WHERE due_at IS NOT NULL")
        return int(count)

    def given_up(self) -> list[Parcel]:
        """Those that nobody tries to bring any more."""
        return self._parcels("due_at IS NULL ORDER BY number", ())

    def try_again(self, *, now: datetime) -> int:
        """Try once more to bring what was given up; how many that are."""
        with self._state.writing() as file:
            return file.execute(
                "UPDATE parcel SET due_at = ?, tries = 0 WHERE due_at IS NULL", (_number(now),)
            ).rowcount

    def arrived(self, parcel: Parcel) -> None:
        """Forget it."""
        with self._state.writing() as file:
            file.execute("DELETE FROM parcel WHERE id = ?", (parcel.id,))

    def failed(self, parcel: Parcel, trouble: str, *, again_at: datetime | None) -> None:
        """Note that it did not arrive. again_at: None to give it up."""
        with self._state.writing() as file:
            file.execute(
                "UPDATE parcel SET tries = tries + 1, due_at = ?, trouble = ? WHERE id = ?",
                (None if again_at is None else _number(again_at), trouble, parcel.id),
            )

    def _parcels(self, which: str, values: Sequence[object]) -> list[Parcel]:
        rows = self._state.rows(
            f"SELECT id, kind, target, body, made_at, tries, due_at, trouble FROM parcel WHERE {which}",  # noqa: S608 - of those above
            values,
        )
        return [
            Parcel(id_, kind, target, body, _moment(made), tries, None if due is None else _moment(due), trouble)
            for id_, kind, target, body, made, tries, due, trouble in rows
        ]


async def deliver(outbox: Outbox, kind: str, courier: Courier, *, target: str | None = None) -> None:
    """Bring the parcels of one kind as they become due, until cancelled; of one target where it is named."""
    while True:
        try:
            parcels = outbox.due(kind, now=datetime.now(UTC), target=target)
            await asyncio.gather(*(_bring(outbox, courier, parcel) for parcel in parcels))
        except GateStateError as error:  # a full disk, say: what was brought meanwhile is brought twice
            LOG.warning("outbox_not_writable", error=type(error).__name__)
            parcels = []
        if len(parcels) < _AT_ONCE:
            await asyncio.sleep(_LOOK_S)


async def _bring(outbox: Outbox, courier: Courier, parcel: Parcel) -> None:
    try:
        await courier.bring(parcel)
    except Exception as error:  # noqa: BLE001 - whatever it is, no other parcel waits for it
        why = str(error) if isinstance(error, UndeliveredError) else f"it failed here ({type(error).__name__})"
        pauses = courier.pauses
        again_at = datetime.now(UTC) + pauses[parcel.tries] if parcel.tries < len(pauses) else None
        outbox.failed(parcel, why, again_at=again_at)
        if again_at is None:
            LOG.warning("parcel_given_up", kind=parcel.kind, target=parcel.target, tries=parcel.tries + 1)
        return
    outbox.arrived(parcel)


def _number(at: datetime) -> int:
    return int(at.timestamp() * 1_000)


def _moment(number: int) -> datetime:
    return datetime.fromtimestamp(number / 1_000, UTC)
