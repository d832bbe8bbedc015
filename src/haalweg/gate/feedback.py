"""What platforms say of what matched: kept here, and passed on to where the entry came from."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from haalweg.adapters.exchanges.feed import SourceError, send_feedback, source_client
from haalweg.banks import DisputeReason, Feedback, Opinion, WithdrawalReason
from haalweg.banks.feed import REF_BYTES
from haalweg.gate.outbox import UndeliveredError, deliver
from haalweg.gate.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    import httpx

    from haalweg.banks import BankStore, EntryId
    from haalweg.gate.keys import Key
    from haalweg.gate.outbox import Outbox, Parcel
    from haalweg.gate.settings import Source
    from haalweg.gate.state import StateFile

PARCEL = "feedback"
UNDER_18 = "under_18"  # and the kind of its parcels: nothing else waits before them
MOST_UNDER_18 = 20  # entries that one partner may end in a day by saying so
_DAY = timedelta(days=1)
ID_PATTERN = "^[!-~]{1,200}$"
_ID = re.compile(ID_PATTERN.removesuffix("$"))
_REF = re.compile(f"[0-9a-f]{{{2 * REF_BYTES}}}")
_NAMESPACE = uuid.UUID("5f0c8ad0-6f5e-4c52-9a53-0f4d5e0b8a61")  # our own
_FIELDS = frozenset({"id", "entry", "ref", "opinion", "reason"})
_GOOD = '{"id": "...", "entry": 12, "opinion": "not_blocked", "reason": "not_intimate"}'
_TRIES = [timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10), *[timedelta(hours=1)] * 24 * 14]


@dataclass(frozen=True, slots=True)
class Given:
    """Feedback as it comes in: of an entry by its number, or by what the subscriber who speaks hears it called."""

    id: str  # of whoever gives it: the same again is the same
    entry: int | None
    ref: bytes | None
    opinion: Opinion | None  # None: the person shown is under 18, or may be
    reason: DisputeReason | None


def given_in(content: Mapping[str, Any]) -> Given:
    """Read a request. Raises Problem."""
    entry, ref, id_ = content.get("entry"), content.get("ref"), content.get("id")
    if not content.keys() <= _FIELDS or (entry is None) == (ref is None):
        raise Problem(400, f"An object with id, opinion, and entry or ref is expected. Good: {_GOOD}.")
    if not isinstance(id_, str) or not is_id(id_):
        raise Problem(400, "id: 1 to 200 visible ASCII characters that you give to nothing else are expected.")
    if entry is not None and (type(entry) is not int or not 0 < entry < 1 << 40):
        raise Problem(400, "entry: the number of an entry is expected, as the check gave it.")
    if ref is not None and (not isinstance(ref, str) or not _REF.fullmatch(ref)):
        raise Problem(400, f"ref: {2 * REF_BYTES} lower-case hexadecimal characters are expected, as the feed has it.")
    said: Any = content.get("opinion")
    try:
        opinion = None if said == UNDER_18 else Opinion(said)
    except ValueError:
        raise Problem(400, f"opinion: one of {', '.join([*Opinion, UNDER_18])} is expected.") from None
    named = None if ref is None else bytes.fromhex(ref)
    return Given(id_, entry, named, opinion, _reason(content.get("reason"), opinion))


def is_id(text: str) -> bool:
    """Whether a platform may name something so."""
    return _ID.fullmatch(text) is not None


class FeedbackBox:
    """Takes feedback in."""

    def __init__(self, state: StateFile, outbox: Outbox) -> None:
        self._state = state
        self._outbox = outbox

    def take(self, given: Given, entry: EntryId, key: Key, store: BankStore, *, now: datetime) -> bool:
        """Keep feedback of a platform on a live entry, and have it passed on; False where the entry is just gone.

        Safe to do twice: whoever got no answer gives it again. Raises Problem.
        """
        if given.opinion is None:
            self._count_under_18(key, now)
        followed = store.followed_as(entry)
        if followed is not None:
            # First: after a withdrawal nobody knows any more what the source calls it.
            source, ref = followed
            about = _about(entry, key)
            id_ = f"{about}.{_id_of(given)}"
            kind = UNDER_18 if given.opinion is None else PARCEL
            self._outbox.put(kind, source, _passed_on(given, id_, ref), now=now, id=id_, instead_of=about)
        if given.opinion is None:
            return store.withdraw([entry], reason=WithdrawalReason.UNDER_18, now=now) > 0
        return store.say([Feedback(entry, key.name, given.opinion, given.reason, 1, now)]) > 0

    def _count_under_18(self, key: Key, now: datetime) -> None:
        """Note it, unless they said so of so many lately that a person has to look first. Raises Problem."""
        with self._state.writing() as file:
            file.execute("DELETE FROM under_18 WHERE at <= ?", (int((now - _DAY).timestamp()),))
            (count,) = file.execute("SELECT count(*) FROM under_18 WHERE who = ?", (key.name,)).fetchone()
            if count >= MOST_UNDER_18:
                raise Problem(
                    429,
                    f"{MOST_UNDER_18} entries were ended by this platform within a day. A person has to look first: "
                    "call whoever gave you this key.",
                    retry_after_s=int(_DAY.total_seconds()),
                )
            file.execute("INSERT INTO under_18 (who, at) VALUES (?, ?)", (key.name, int(now.timestamp())))


async def pass_on(outbox: Outbox, sources: Sequence[Source]) -> None:
    """Bring feedback to the sources of the entries, until cancelled."""
    async with source_client() as client:
        courier = _ToSources(client, sources)
        await asyncio.gather(*(deliver(outbox, kind, courier) for kind in (UNDER_18, PARCEL)))


class _ToSources:
    """Fits Courier."""

    pauses = _TRIES

    def __init__(self, client: httpx.AsyncClient, sources: Sequence[Source]) -> None:
        self._client = client
        self._sources = {source.name: source for source in sources}

    async def bring(self, parcel: Parcel) -> None:
        source = self._sources.get(parcel.target)
        if source is None:
            raise UndeliveredError("the settings name no such source any more")
        try:
            await send_feedback(self._client, name=source.name, url=source.url, key=source.key, body=parcel.body)
        except SourceError as error:
            raise UndeliveredError(str(error)) from None


def _reason(reason: object, opinion: Opinion | None) -> DisputeReason | None:
    if opinion is not Opinion.NOT_BLOCKED:
        if reason is not None:
            raise Problem(400, "reason: it is given with not_blocked only.")
        return None
    try:
        return DisputeReason(reason)  # type: ignore[arg-type]  # anything may be asked for
    except ValueError:
        raise Problem(400, f"reason: one of {', '.join(DisputeReason)} is expected.") from None


def _passed_on(given: Given, id_: str, ref: bytes) -> bytes:
    said = {"id": id_, "ref": ref.hex(), "opinion": given.opinion or UNDER_18, "reason": given.reason}
    return json.dumps(said).encode()


def _about(entry: EntryId, key: Key) -> str:
    """What a platform says of an entry later takes the place of what it said before, where that still waits."""
    return _uuid(key.name, entry)


def _id_of(given: Given) -> str:
    """The same for the same said again, and another one for anything else, also under an id that was used before."""
    return _uuid(given.id, given.opinion or UNDER_18, given.reason)


def _uuid(*parts: str | int | None) -> str:
    return str(uuid.uuid5(_NAMESPACE, json.dumps(parts)))
