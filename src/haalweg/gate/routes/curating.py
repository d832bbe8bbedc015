"""The routes by which HMA's clients, Coop among them, curate the banks of a gate. Shapes and statuses are HMA's."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from haalweg.gate.curating import Curator
from haalweg.gate.hma_signals import CONTENT_TYPES, signals_in, signals_of, written
from haalweg.gate.http import json_answer
from haalweg.gate.problems import Problem
from haalweg.gate.reading import fields_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from haalweg.adapters.bank_file import BankFile
    from haalweg.banks import EntryId
    from haalweg.gate.app import Gate
    from haalweg.gate.hma_signals import Signal
    from haalweg.gate.http import Answer, Asking
    from haalweg.gate.keys import Key
    from haalweg.gate.reading import Part

_CREATED = 201
_MOST_NOTE = 255
_MOST_OFF = timedelta(days=5 * 365)
_METADATA = frozenset({"content_id", "content_uri", "json"})
_Answer = TypeVar("_Answer")


async def banks(gate: Gate, asking: Asking, _: Key) -> Answer:
    """List the banks, or make one."""
    if asking.method == "GET":
        return json_answer(await _curated(gate, Curator.banks))
    content = await asking.json()
    name, ratio = content.get("name"), _ratio(content)
    if not isinstance(name, str):
        raise Problem(400, "name: a text is expected.")
    return json_answer(await _curated(gate, lambda it: it.make(name, 1.0 if ratio is None else ratio)), _CREATED)


async def bank(gate: Gate, asking: Asking, _: Key) -> Answer:
    """Show a bank, switch it, or let go of all it holds."""
    name = asking.named["name"]
    if asking.method == "DELETE":
        await _curated(gate, lambda it: it.delete(name))
        return json_answer({"message": "Done"})
    if asking.method == "PUT":
        content = await asking.json()
        ratio = _ratio(content)
        if content.get("name", name) not in (name, None):
            raise Problem(403, "A bank keeps its name: what is in it is sealed under it. Make another bank.")
        if ratio is not None:
            return json_answer(await _curated(gate, lambda it: it.set_ratio(name, ratio)))
    return json_answer(await _curated(gate, lambda it: it.bank(name)))


async def add_signals(gate: Gate, asking: Asking, key: Key) -> Answer:
    """Add signals as they are."""
    content = await asking.json()
    note = _note(content.pop("note", None))
    _check_metadata(content.pop("metadata", None))
    return await _added(gate, asking, key, signals_in(content), note)


async def add_file(gate: Gate, asking: Asking, key: Key) -> Answer:
    """Add the signals of a file, which is hashed in memory and forgotten."""
    await _curated(gate, lambda it: it.refuse_adding(asking.named["name"]))
    if not asking.is_form:
        body = await asking.json() if asking.is_json else {}
        if "url" in asking.query or "url" in body:
            raise Problem(403, "This gate fetches nothing. Send the file or its signal.")
        raise Problem(400, "Neither `url` nor multipart file upload was received")
    await gate.queue.refuse_beyond_limit(key.id)
    with gate.room.for_upload(key.id) as take:
        fields = fields_of(await asking.body(gate.limits.upload_bytes, take), asking.content_type)
        file, note = _form(fields)
        signals = await gate.queue.run(key.id, partial(signals_of, bytes(file.data), file.name, gate.pool))
    return await _added(gate, asking, key, signals, note)


async def content(gate: Gate, asking: Asking, _: Key) -> Answer:
    """Show a content, switch it, or withdraw it."""
    name, number = asking.named["name"], _number(asking.named["id"])
    if asking.method == "DELETE":
        return json_answer({"deleted": await _curated(gate, lambda it: it.withdraw(name, number))})
    if asking.method == "PUT":
        wanted = await asking.json()
        if "note" in wanted or "metadata" in wanted:
            raise Problem(403, "A note stays as it was given, and metadata is not kept.")
        if "disable_until_ts" in wanted:
            until = _until(wanted["disable_until_ts"])
            return json_answer(await _curated(gate, lambda it: it.content_as_json(it.switch(name, number, until))))
    with_signals = asking.query.get("include_signals", "").lower() == "true"
    shown = await _curated(gate, lambda it: it.content_as_json(it.content(name, number), with_signals=with_signals))
    if asking.query.get("include_metadata", "").lower() == "true":
        shown["metadata"] = None  # it is not kept
    return json_answer(shown)


async def _curated(gate: Gate, work: Callable[[Curator], _Answer]) -> _Answer:
    def done(store: BankFile) -> _Answer:
        return work(Curator(store, gate.switches, gate.contents, gate.followers.names, datetime.now(UTC)))

    return await gate.keeper.do(done)


async def _added(gate: Gate, asking: Asking, key: Key, signals: Sequence[Signal], note: str) -> Answer:
    def add(curator: Curator) -> EntryId:
        return curator.add(asking.named["name"], signals, source=key.name, note=note)

    number = await _curated(gate, add)
    named: dict[str, str] = {}
    for signal in signals:
        named |= written(signal.signal_type, signal.value)
    return json_answer({"id": number, "signals": named})


def _form(fields: Sequence[Part]) -> tuple[Part, str]:
    """The file of a form, and the note beside it."""
    files = [each for each in fields if each.is_file or each.name in CONTENT_TYPES]
    if len(files) != 1 or files[0].name not in CONTENT_TYPES:
        raise Problem(400, "A form with one file is expected, in a field called photo or video.")
    texts = {each.name: each.data.decode("utf-8", "replace") for each in fields if each is not files[0]}
    if "metadata" in texts:
        try:
            _check_metadata(json.loads(texts["metadata"]))
        except (ValueError, RecursionError):
            raise Problem(400, "metadata: JSON is expected.") from None
    return files[0], _note(texts.get("note"))


def _note(text: object) -> str:
    if text is None:
        return ""
    if not isinstance(text, str) or len(text) > _MOST_NOTE or not text.isprintable():
        raise Problem(400, f"note: a text of at most {_MOST_NOTE} characters that can be printed is expected.")
    return text


def _check_metadata(metadata: object) -> None:
    """Hold it to what HMA takes. It is not kept: it could tell who is shown."""
    if metadata is not None and not (isinstance(metadata, dict) and metadata.keys() <= _METADATA):
        raise Problem(400, f"metadata: an object of {', '.join(sorted(_METADATA))} is expected.")


def _ratio(content: Mapping[str, Any]) -> float | None:
    """What a request says of it, None where it says nothing. Coop sends a text."""
    ratio, enabled = content.get("enabled_ratio"), content.get("enabled")
    if ratio is None:
        if enabled is not None and str(enabled).lower() not in ("true", "false"):
            raise Problem(400, "enabled: true or false is expected.")
        return None if enabled is None else float(str(enabled).lower() == "true")
    try:
        number = float(ratio) if isinstance(ratio, int | float | str) and not isinstance(ratio, bool) else -1.0
    except (ValueError, OverflowError):
        number = -1.0
    if not 0 <= number <= 1:
        raise Problem(400, "enabled_ratio: a number from 0 to 1 is expected.")
    return number


def _until(given: object) -> int:
    text = str(given) if isinstance(given, int | str) and not isinstance(given, bool) else ""
    until = int(text) if text.isascii() and text.isdecimal() and len(text) <= 20 else -1
    if until < 0:
        raise Problem(400, "disable_until_ts must be a non-negative integer")
    if until > (datetime.now(UTC) + _MOST_OFF).timestamp():
        raise Problem(400, "disable_until_ts must be less than 5 years in the future")
    return until


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 12:
        raise Problem(404, "There is no such content.")
    return int(text)
