"""What HMA's clients ask of exchanges, signal types and indexes: told as it is, and set in the settings alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from haalweg.banks.following import Following
from haalweg.gate.hma_signals import CONTENT_TYPES, SIGNAL_TYPES
from haalweg.gate.http import json_answer
from haalweg.gate.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from haalweg.adapters.bank_file import BankFile
    from haalweg.banks.following import Position
    from haalweg.gate.app import Gate
    from haalweg.gate.following import SourceState
    from haalweg.gate.http import Answer, Asking
    from haalweg.gate.keys import Key
    from haalweg.signals import SignalType

_API = "haalweg_feed"
_SET_IN_SETTINGS = "What this gate follows is set in its settings, under [[sources]] in gate.toml, and not from here."


async def exchanges(gate: Gate, asking: Asking, _: Key) -> Answer:
    """List what the gate follows."""
    if asking.method == "POST":
        raise Problem(403, _SET_IN_SETTINGS)
    return json_answer(list(gate.followers.names))


async def apis(_: Gate, __: Asking, ___: Key) -> Answer:
    """List the ways to follow: one."""
    return json_answer([_API])


async def api(gate: Gate, asking: Asking, _: Key) -> Answer:
    """Say whether credentials are set; they are not set from here."""
    _refuse_other_api(asking)
    if asking.method == "POST" and asking.length and "credential_json" in await asking.json():
        raise Problem(403, _SET_IN_SETTINGS)
    return json_answer({"supports_authentification": True, "has_set_authentification": bool(gate.followers.names)})


async def api_schema(_: Gate, asking: Asking, __: Key) -> Answer:
    """Say what can be set from here of what is followed: nothing."""
    _refuse_other_api(asking)
    return json_answer({"config_schema": {"fields": []}, "credentials_schema": None})


async def exchange(gate: Gate, asking: Asking, _: Key) -> Answer:
    """Say what is followed under a name."""
    name, _state = _followed(gate, asking)
    if asking.method in ("PUT", "DELETE"):
        raise Problem(403, _SET_IN_SETTINGS)
    return json_answer({"name": name, "api": _API, "enabled": True})


async def exchange_status(gate: Gate, asking: Asking, _: Key) -> Answer:
    """Say when a source was heard last, and whether all it has is here."""
    name, state = _followed(gate, asking)

    def position(store: BankFile) -> Position:
        return Following(store, name).position(now=datetime.now(UTC))

    at = await gate.keeper.do(position)
    heard_at = None if at.heard_at is None else int(at.heard_at.timestamp())
    return json_answer(
        {
            "checkpoint_ts": heard_at,
            "running_fetch_start_ts": None,  # one runs all the time, and mostly waits
            "last_fetch_complete_ts": heard_at,
            "last_fetch_succeeded": state.trouble is None if state.is_tried else None,
            "up_to_date": state.is_tried and state.trouble is None and not at.is_replacing,
            "fetched_items": at.held,
        }
    )


async def signal_types(_: Gate, __: Asking, ___: Key) -> Answer:
    """List the signal types by which uploads are matched."""
    return json_answer([{"name": name, "enabled_ratio": 1.0} for name in SIGNAL_TYPES])


async def signal_type(_: Gate, asking: Asking, __: Key) -> Answer:
    """Switch a signal type: not from here."""
    if asking.named["type"] not in SIGNAL_TYPES:
        raise _no_such_type()
    raise Problem(403, "Every signal type matches, for every upload. A bank or a content can be switched off instead.")


async def content_types(_: Gate, __: Asking, ___: Key) -> Answer:
    """List what can be sent."""
    return json_answer([{"name": name, "enabled": True} for name in CONTENT_TYPES])


async def index_sizes(gate: Gate, asking: Asking, _: Key) -> Answer:
    """Say how much of what the bank file holds is in the index, in the words of curators."""
    now = datetime.now(UTC)
    counts = await gate.keeper.do(lambda store: store.counts(now=now))
    index, newest = gate.keeper.live.index, gate.keeper.live.newest()
    answer = {}
    for name, signal_type in _asked_types(asking).items():
        held = sum(count.live for count in counts if count.signal_type is signal_type)
        size, built_to = index.count(signal_type), _seconds(newest.get(signal_type))
        answer[name] = {
            "db_size": held,
            "index_size": size,
            "index_out_of_date": held != size,
            "newest_db_item": built_to,
            "index_built_to": built_to,
        }
    return json_answer(answer)


async def index_status(gate: Gate, asking: Asking, _: Key) -> Answer:
    """Say how much is in the index, in the words of matchers."""
    index, newest = gate.keeper.live.index, gate.keeper.live.newest()
    return json_answer(
        {
            name: {"present": True, "built_to": _seconds(newest.get(each)), "size": index.count(each)}
            for name, each in _asked_types(asking).items()
        }
    )


def _refuse_other_api(asking: Asking) -> None:
    if asking.named["api"] != _API:
        raise Problem(400, f"no such Exchange API. There is: {_API}.")


def _followed(gate: Gate, asking: Asking) -> tuple[str, SourceState]:
    name = asking.named["name"]
    state = gate.followers.of(name)
    if state is None:
        raise Problem(404, "There is no exchange of this name.")
    return name, state


def _asked_types(asking: Asking) -> Mapping[str, SignalType]:
    name = asking.query.get("signal_type")
    if name is None:
        return SIGNAL_TYPES
    if name not in SIGNAL_TYPES:
        raise _no_such_type()
    return {name: SIGNAL_TYPES[name]}


def _no_such_type() -> Problem:
    return Problem(400, f"No such signal type. There are: {', '.join(SIGNAL_TYPES)}.")


def _seconds(at: datetime | None) -> int:
    return -1 if at is None else int(at.timestamp())
