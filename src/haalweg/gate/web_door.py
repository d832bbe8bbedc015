"""The door for the helpline's own web process: a socket file that its user can open, or those whom the settings name.

Web closes what people tell it in letters and cannot read them. Here signatures are opened and put into banks or taken
out of them, and other letters are read back, each time with who asked and why in the log.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import uvicorn

from haalweg.banks import Assurance, BankError, BankKind, EntryId, NewEntries, Opinion, WithdrawalReason
from haalweg.banks.feed import Tier
from haalweg.banks.feedback import THE_SOURCE
from haalweg.gate.http import Answer, asking_of, json_answer, json_bytes
from haalweg.gate.keys import Scope
from haalweg.gate.logs import LOG
from haalweg.gate.problems import Problem
from haalweg.gate.reading import GoneError
from haalweg.keeping import AuditError, KeepingError
from haalweg.keeping.audit import Anchor
from haalweg.signals import Hashed, HashedPart, PdqHash, SignalType

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

    from haalweg.adapters.bank_file import BankFile
    from haalweg.banks import Feedback
    from haalweg.gate.heads import Heads
    from haalweg.gate.http import Asking, HttpScope, Send
    from haalweg.gate.keeper import Keeper
    from haalweg.gate.keys import Key, Keys
    from haalweg.gate.reading import Receive
    from haalweg.gate.receipts import Receipt, Receipts
    from haalweg.keeping.letters import LetterKeys

SIGNATURE = "signature/"  # where letters with signatures lie; they are never read back
MOST_LETTERS = 2_000  # in one request
_MOST_PLACE = 100  # characters that say where a letter lies
_MOST_BYTES = 16_000_000
_BODY_SECONDS = 60.0
_MOST_OPENED = 3_000  # letters that are read back in a minute: what slows down a web process that was taken over
_MINUTE_S = 60.0
_DRAIN_S = 30  # for what is in hand, once it is to end
_ACTS = frozenset({"own_page", "case", "contact", "recovery", "news", "export"})  # why letters are read back


@dataclass(frozen=True, slots=True, repr=False)
class Signature:
    """What a letter with a signature says."""

    signal_type: SignalType
    value: bytes
    quality: int | None

    @classmethod
    def parse(cls, plain: bytes) -> Signature:
        """Read one. Raises ValueError."""
        try:
            content = json.loads(plain)
            signal_type = SignalType(content["signal_type"])
            value = base64.b64decode(content["value"], validate=True)
            quality = content["quality"]
        except (TypeError, KeyError):
            raise ValueError("A letter that holds no signature.") from None
        if quality is not None and (type(quality) is not int or not 0 <= quality <= 100):
            raise ValueError("A letter whose quality is not between 0 and 100.")
        return cls(signal_type, value, quality)

    def as_json(self) -> bytes:
        """Write it as it lies in a letter."""
        value = base64.b64encode(self.value).decode()
        return json_bytes({"signal_type": self.signal_type, "value": value, "quality": self.quality})


@dataclass(slots=True)
class WebDoor:
    """An ASGI application for one web process, beside the gate's own, over the same bank."""

    keeper: Keeper
    heads: Heads
    letters: LetterKeys
    keys: Keys
    receipts: Receipts
    _opened: dict[bool, deque[tuple[float, int]]] = field(default_factory=lambda: {True: deque(), False: deque()})

    async def __call__(self, scope: HttpScope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        asking = asking_of(scope, receive, body_seconds=_BODY_SECONDS)
        try:
            answer = await self._answer(asking)
        except GoneError:
            return
        except Problem as problem:
            answer = Answer(json_bytes(problem.as_json()), "application/problem+json", problem.status)
        except BankError as error:
            LOG.warning("web_door_refused", error=type(error).__name__)
            answer = json_answer({"title": "Refused", "detail": str(error)}, 409)
        except Exception as error:  # noqa: BLE001 - who asks gets an answer that tells nothing
            LOG.error("request_failed", error=type(error).__name__)
            answer = json_answer({"title": "Failed", "detail": "Something failed here."}, 500)
        headers = [
            (b"content-type", answer.content_type.encode()),
            (b"content-length", str(len(answer.body)).encode()),
        ]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, asking: Asking) -> Answer:
        routes: dict[tuple[str, str], Callable[[Asking], Awaitable[Answer]]] = {
            ("GET", "/box"): self._box,
            ("POST", "/admit"): self._admit,
            ("POST", "/release"): self._release,
            ("POST", "/withdraw"): self._withdraw,
            ("POST", "/open"): self._open,
            ("POST", "/known"): self._known,
            ("GET", "/followers"): self._followers,
            ("POST", "/said"): self._said,
            ("POST", "/doubted"): self._doubted,
            ("POST", "/anchor"): self._anchor,
        }
        route = routes.get((asking.method, asking.path))
        if route is None:
            raise Problem(404, "There is no such route.")
        return await route(asking)

    async def _box(self, _: Asking) -> Answer:
        """Say what letters are closed with."""
        box = self.letters.box
        return json_answer({"key_id": box.key_id, "public_key": box.public_key.hex()})

    async def _admit(self, asking: Asking) -> Answer:
        """Put signatures into banks, which are made where they are not there; safe to do twice."""
        content = await asking.json(_MOST_BYTES)
        signatures, unreadable = await self._signatures(content)
        banks = _names(content.get("banks"))
        assurance = _assurance(content.get("assurance"))
        expires_at = _moment(content.get("expires_at"))
        now = datetime.now(UTC)

        def admitted(store: BankFile) -> dict[str, int | str]:
            new, there_already, withdrawn_before = 0, 0, 0
            for name in banks:
                bank = store.bank(name) or store.make_bank(name, now=now, kind=BankKind.POSITIVE)
                for (signal_type, _), alike in _alike(signatures).items():
                    qualities = [each.quality for each in alike if each.quality is not None]
                    added = store.add(
                        NewEntries(
                            bank.id,
                            signal_type,
                            [each.value for each in alike],
                            qualities or None,
                            assurance=assurance,
                            expires_at=expires_at,
                        ),
                        now=now,
                    )
                    new += added.new
                    there_already += added.there_already
                    withdrawn_before += added.withdrawn_before
            return {
                "new": new,
                "there_already": there_already,
                "withdrawn_before": withdrawn_before,
                "unreadable": unreadable,
                "reached": str(store.reached()),
            }

        return json_answer(await self.keeper.do(admitted))

    async def _release(self, asking: Asking) -> Answer:
        """Take signatures out of banks, where they are; they may come in again. Safe to do twice."""
        content = await asking.json(_MOST_BYTES)
        signatures, unreadable = await self._signatures(content)
        values = _values(signatures)
        names = _names(content.get("banks"))

        def released(store: BankFile) -> dict[str, int | str]:
            now = datetime.now(UTC)
            there = [bank.id for bank in store.banks() if bank.name in names]
            found = [store.find(there, signal_type, each, now=now) for signal_type, each in values.items()]
            gone = store.release([entry for entries in found for entry in entries], now=now)
            return {"gone": gone, "unreadable": unreadable, "reached": str(store.reached())}

        return json_answer(await self.keeper.do(released))

    async def _withdraw(self, asking: Asking) -> Answer:
        """Take signatures out of every bank, for good; safe to do twice."""
        content = await asking.json(_MOST_BYTES)
        signatures, unreadable = await self._signatures(content)
        values = _values(signatures)
        try:
            reason = WithdrawalReason(str(content.get("reason")))
        except ValueError:
            raise Problem(400, f"reason: one of {', '.join(WithdrawalReason)} is expected.") from None

        def withdrawn(store: BankFile) -> dict[str, int | str]:
            now = datetime.now(UTC)
            gone = sum(store.withdraw_values(kind, each, reason=reason, now=now) for kind, each in values.items())
            return {"gone": gone, "unreadable": unreadable, "reached": str(store.reached())}

        return json_answer(await self.keeper.do(withdrawn))

    async def _known(self, asking: Asking) -> Answer:
        """Say which signatures a negative bank knows; of what is on a list nothing, or it could be felt out."""
        content = await asking.json(_MOST_BYTES)
        letters = _letters(content)
        if not all(place.startswith(SIGNATURE) for place, _ in letters):
            raise Problem(400, f"Letters that lie at {SIGNATURE} are expected.")
        parts, rows = [], []
        for row, plain in enumerate(await self._read(letters)):
            with suppress(ValueError):
                each = Signature.parse(plain or b"")
                if each.signal_type is SignalType.PDQ:
                    hashed = Hashed(PdqHash(each.value), each.quality or 0)
                    parts.append(HashedPart(0, None, (hashed,)))
                    rows.append(row)
        return json_answer({"known": sorted(rows[part] for part in self.keeper.live.index.harmless(parts))})

    async def _followers(self, _: Asking) -> Answer:
        """Say who may follow what, and how far each has followed: what came or went up to there is taken over there."""
        now = datetime.now(UTC)
        heard = {each.subscriber: each for each in self.receipts.all()}
        keys: dict[str, list[Key]] = {}
        for key in self.keys.all():
            if Scope.FEED in key.scopes:
                keys.setdefault(key.name, []).append(key)
        return json_answer({"followers": [_follower(name, each, heard.get(name), now) for name, each in keys.items()]})

    async def _said(self, asking: Asking) -> Answer:
        """Say of each letter what platforms said of its entries in these banks: who, what, and on which day."""
        content = await asking.json(_MOST_BYTES)
        letters = _letters(content)
        if not all(place.startswith(SIGNATURE) for place, _ in letters):
            raise Problem(400, f"Letters that lie at {SIGNATURE} are expected.")
        names, plain = _names(content.get("banks")), await self._read(letters)

        def said(store: BankFile) -> list[list[dict[str, object]]]:
            now = datetime.now(UTC)
            there = [bank.id for bank in store.banks() if bank.name in names]
            spoken_of = self.keeper.live.standings
            found: list[list[dict[str, object]]] = []
            for each in plain:
                entries: list[EntryId] = []
                with suppress(ValueError):
                    one = Signature.parse(each or b"")
                    if spoken_of:
                        entries = store.find(there, one.signal_type, [one.value], now=now)
                said_of_it = [told for entry in entries if entry in spoken_of for told in store.said(entry)]
                found.append([_told(told) for told in said_of_it if told.who != THE_SOURCE])
            return found

        return json_answer({"said": await self.keeper.do(said)})

    async def _doubted(self, asking: Asking) -> Answer:
        """Say which entries match what very many people upload, until a moderator says what each is: all at once.

        Web keeps a mark of each signature and not its value, so it sends what it makes marks with, a key for each type.
        """
        content = await asking.json(_MOST_BYTES)
        mark_keys = _mark_keys(content.get("mark_keys"))

        def doubted(store: BankFile) -> list[dict[str, str]]:
            now, found = datetime.now(UTC), []
            for id_ in [id_ for id_, standing in self.keeper.live.standings.items() if standing.matches_many_at]:
                entry, said = store.entry(id_, now=now), store.said(id_)
                days = [each.at for each in said if each.opinion is Opinion.MATCHES_MANY]
                if days and entry is not None and entry.value is not None and entry.signal_type in mark_keys:
                    mark = hmac.digest(mark_keys[entry.signal_type], entry.value, "sha256")
                    found.append({"mark": mark.hex(), "at": max(days).isoformat()})
            return found

        return json_answer({"doubted": await self.keeper.do(doubted)})

    async def _anchor(self, asking: Asking) -> Answer:
        """Keep where the log of the pages and the desk stands, to tell it to whoever follows; safe to do twice."""
        said = (await asking.json(_MOST_BYTES)).get("anchor")
        try:
            anchor = Anchor.parse(said if isinstance(said, str) else "")
        except AuditError as error:
            raise Problem(400, f"anchor: {error}") from None
        self.heads.told(anchor, now=datetime.now(UTC))
        return json_answer({})

    async def _open(self, asking: Asking) -> Answer:
        """Read letters back, never those with signatures; null for one that does not open. Who asks is logged."""
        content = await asking.json(_MOST_BYTES)
        why, who = content.get("why"), content.get("who")
        if not isinstance(why, str) or why not in _ACTS or type(who) is not int or who < 0:
            raise Problem(400, f"why: one of {', '.join(sorted(_ACTS))} is expected, and who: the number of who asks.")
        letters = _letters(content)
        if any(place.startswith(SIGNATURE) for place, _ in letters):
            raise Problem(403, "Signatures are not read back.")
        self._count_opened(len(letters), by_staff=who > 0)
        LOG.info("letters_opened", count=len(letters), why=why, who=who)
        plain = await self._read(letters)
        return json_answer({"plain": [None if each is None else base64.b64encode(each).decode() for each in plain]})

    def _count_opened(self, count: int, *, by_staff: bool) -> None:
        """Count, apart for the desk: however often people look at their own pages, the desk can read."""
        now, opened = datetime.now(UTC).timestamp(), self._opened[by_staff]
        while opened and opened[0][0] < now - _MINUTE_S:
            opened.popleft()
        if sum(each for _, each in opened) + count > _MOST_OPENED:
            LOG.warning("too_many_letters_opened")
            raise Problem(429, f"More than {_MOST_OPENED:,} letters were read back within a minute. Try again later.")
        opened.append((now, count))

    async def _signatures(self, content: Mapping[str, Any]) -> tuple[list[Signature], int]:
        """Those that can be read, and how many cannot: they hold up no other."""
        letters = _letters(content)
        if not all(place.startswith(SIGNATURE) for place, _ in letters):
            raise Problem(400, f"Letters that lie at {SIGNATURE} are expected.")
        found: list[Signature] = []
        for plain in await self._read(letters):
            with suppress(ValueError):
                found.append(Signature.parse(plain or b""))
        return found, len(letters) - len(found)

    async def _read(self, letters: list[tuple[str, bytes]]) -> list[bytes | None]:
        """Open them beside the event loop, where uploads are waiting; None for one that does not open."""

        def opened(place: str, letter: bytes) -> bytes | None:
            try:
                return self.letters.open(place, letter)
            except KeepingError:
                return None

        found = await asyncio.to_thread(lambda: [opened(*each) for each in letters])
        if None in found:
            LOG.error("letters_do_not_open", count=found.count(None))
        return found


def server(door: WebDoor) -> uvicorn.Server:
    """Make what serves it; it ends when it is told, and listens to no signals of its own."""
    config = uvicorn.Config(
        door,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=_DRAIN_S,
    )
    config.load()
    return uvicorn.Server(config)


def _letters(content: Mapping[str, Any]) -> list[tuple[str, bytes]]:
    rows = content.get("letters")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_LETTERS:
        raise Problem(400, f"letters: a list of 1 to {MOST_LETTERS:,} is expected.")
    try:
        return [(_place(row["place"]), base64.b64decode(row["letter"], validate=True)) for row in rows]
    except (ValueError, TypeError, KeyError):
        raise Problem(400, "letters: each has a place, and a letter in base64.") from None


def _place(text: object) -> str:
    if not isinstance(text, str) or not text.isascii() or len(text) > _MOST_PLACE:
        raise TypeError
    return text


def _alike(signatures: Iterable[Signature]) -> dict[tuple[SignalType, bool], list[Signature]]:
    """Those that can be added at once: of one type, and all with a quality or all without."""
    found: dict[tuple[SignalType, bool], list[Signature]] = {}
    for each in signatures:
        found.setdefault((each.signal_type, each.quality is None), []).append(each)
    return found


def _values(signatures: Iterable[Signature]) -> dict[SignalType, list[bytes]]:
    found: dict[SignalType, list[bytes]] = {}
    for each in signatures:
        found.setdefault(each.signal_type, []).append(each.value)
    return found


def _follower(name: str, keys: Sequence[Key], heard: Receipt | None, now: datetime) -> dict[str, object]:
    """One who follows, with all keys of that name, also those that ended: what was taken over may still be there."""
    valid = [key for key in keys if key.is_valid(now)]
    return {
        "name": name,
        "banks": sorted({bank for key in keys for bank in key.banks}),
        "signal_types": sorted({each for key in keys for each in Tier(key.tier or Tier.LOOK_UP).signal_types}),
        "follows": bool(valid),
        "tier": max((Tier(key.tier or Tier.LOOK_UP) for key in valid or keys), key=list(Tier).index),
        "expires_at": _last_end(valid),
        "cursor": None if heard is None else str(heard.cursor),
        "heard_at": None if heard is None else heard.at.isoformat(),
    }


def _last_end(keys: Sequence[Key]) -> str | None:
    """When the last of these keys ends; None: one of them has no end, or there is none."""
    ends = [key.expires_at for key in keys if key.expires_at is not None]
    return max(ends).isoformat() if ends and len(ends) == len(keys) else None


def _told(told: Feedback) -> dict[str, object]:
    return {"who": told.who, "opinion": told.opinion, "reason": told.reason, "at": told.at.isoformat()}


def _names(names: object) -> list[str]:
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise Problem(400, "banks: a list of names is expected.")
    return names


def _assurance(text: object) -> Assurance:
    try:
        return Assurance(str(text))
    except ValueError:
        raise Problem(400, f"assurance: one of {', '.join(Assurance)} is expected.") from None


def _mark_keys(keys: object) -> dict[SignalType, bytes]:
    try:
        return {SignalType(name): bytes.fromhex(key) for name, key in dict(keys).items()}  # type: ignore[call-overload]  # what is no mapping raises
    except (ValueError, TypeError, AttributeError):
        raise Problem(400, "mark_keys: for each signal type a key in hexadecimal digits.") from None


def _moment(text: object) -> datetime | None:
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Problem(400, "expires_at: a moment with its zone is expected.")
    return at
