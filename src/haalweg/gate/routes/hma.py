"""The look-up routes of Hasher-Matcher-Actioner, so that its clients (Coop among them) run on a gate unchanged.

Shapes as observed of HMA 1.1.7: a distance is a string, errors are {"message"}, a bank that does not match is left out.
Signals in a query string are answered as HMA does; every route takes them in a form as well, which proxies do not log.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from haalweg.adapters.media import MediaError
from haalweg.gate.fetching import FetchError
from haalweg.gate.http import MOST_JSON_BYTES, json_answer
from haalweg.gate.looking import asked_of_one, pdq_of
from haalweg.gate.problems import Problem
from haalweg.gate.reading import parts_of
from haalweg.gate.routes.checking import look_now
from haalweg.matching.check import Verdict, check
from haalweg.signals import MATCH_THRESHOLD_BITS, SignalType

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from haalweg.gate.app import Gate
    from haalweg.gate.http import Answer, Asking
    from haalweg.gate.keys import Key
    from haalweg.matching.check import Finding, KnownBanks

_FETCHES_NOTHING = "This gate fetches nothing. Send the file or its signal."
_TYPES = {"pdq": SignalType.PDQ, "video_md5": SignalType.MD5, "video_sha256": SignalType.SHA256}
_NAMES = {signal_type: name for name, signal_type in _TYPES.items()}


async def hash_file(gate: Gate, asking: Asking, key: Key) -> Answer:
    """Hash a file, sent or fetched: its PDQ, or nothing where it is too flat."""
    query = asking.query if asking.is_form else await _query(asking)
    try:
        async with _file(gate, asking, query, key) as data:
            parts = await gate.queue.run(key.id, partial(gate.pool.signatures_of, data))
    except MediaError as error:
        raise Problem(400, error.sentence) from None
    return json_answer({"pdq": "" if parts[0].too_flat else parts[0].hashed.hash.hex})


async def look_up(gate: Gate, asking: Asking, key: Key) -> Answer:
    """Look a signal or a file up: of each bank that matches the entries, of a file by the type of the signal."""
    query = asking.query if asking.is_form else await _query(asking)
    if not asking.is_form and "url" not in query:
        return json_answer(_by_bank(gate, _findings(gate, gate.banks, query), query))
    async with _file(gate, asking, query, key) as data:
        checked = await gate.queue.run(key.id, partial(look_now, gate, data, key))
    if checked.verdict in (Verdict.TOO_FLAT, Verdict.UNREADABLE):
        raise Problem(400, checked.reason or "The picture holds too little detail to be hashed.")
    by_type: dict[str, list[Finding]] = {SignalType.PDQ.value: []}
    for finding in _of_banks(checked.matches, query):
        signal_type = finding.found.signal_type
        by_type.setdefault(_NAMES.get(signal_type, signal_type.value), []).append(finding)
    return json_answer({name: _by_bank(gate, findings, query) for name, findings in by_type.items()})


async def look_up_raw(gate: Gate, asking: Asking, _: Key) -> Answer:
    """Look a signal up, whatever its bank is called and whatever is switched off: alone, or with distances."""
    query = await _query(asking)
    rows = [_row(gate, finding) for finding in _findings(gate, gate.keeper.live, query)]
    if query.get("include_distance", "").lower() == "true":
        return json_answer({"matches": rows})
    return json_answer({"matches": [row["bank_content_id"] for row in rows]})


async def compare_signals(_: Gate, asking: Asking, __: Key) -> Answer:
    """Compare two signals of a type."""
    answer: dict[str, object] = {}
    for signal_type, pair in (await asking.json()).items():
        if signal_type != SignalType.PDQ or not isinstance(pair, list) or len(pair) != 2:
            raise Problem(400, 'Two PDQ hashes are expected: {"pdq": ["...", "..."]}.')
        one, other = (pdq_of(value, signal_type) for value in pair)
        distance = one.distance(other)
        answer[signal_type] = [distance <= MATCH_THRESHOLD_BITS, {"distance": distance}]
    return json_answer(answer)


@asynccontextmanager
async def _file(gate: Gate, asking: Asking, query: Mapping[str, str], key: Key) -> AsyncIterator[bytes]:
    """The file that was sent or is to be fetched, for as long as it is looked at."""
    if "url" in query:
        async with _fetched(gate, query["url"], key) as data:
            yield data
        return
    if not asking.is_form:
        raise Problem(400, "A form with one file is expected.")
    with gate.room.for_upload(key.id) as take:
        files = parts_of(await asking.body(gate.limits.upload_bytes, take), asking.content_type)
        if len(files) != 1:
            raise Problem(400, "A form with one file is expected.")
        yield files[0]


@asynccontextmanager
async def _fetched(gate: Gate, url: str, key: Key) -> AsyncIterator[bytes]:
    if gate.fetcher is None:
        raise Problem(403, _FETCHES_NOTHING)
    try:
        async with gate.fetcher.fetched(url, gate.room, key.id) as data:
            yield data
    except FetchError as error:
        raise Problem(400, f"{error}.") from None


async def _query(asking: Asking) -> Mapping[str, str]:
    """What is asked: in the query string, or in a body that no proxy logs."""
    if asking.method == "GET":
        return asking.query
    if asking.is_json:
        return asking.query | {name: str(value) for name, value in (await asking.json()).items()}
    form = parse_qs((await asking.body(MOST_JSON_BYTES)).decode("latin-1"))
    return asking.query | {name: values[-1] for name, values in form.items()}


def _findings(gate: Gate, banks: KnownBanks, query: Mapping[str, str]) -> Sequence[Finding]:
    if "url" in query and gate.fetcher is None:
        raise Problem(403, _FETCHES_NOTHING)
    if not query.get("signal") or not query.get("signal_type"):
        raise Problem(400, "signal and signal_type are expected.")
    if query["signal_type"] not in _TYPES:
        raise Problem(400, f"signal_type: one of {', '.join(_TYPES)} is expected.")
    asked = asked_of_one({_TYPES[query["signal_type"]].value: query["signal"]}, "signal")
    return _of_banks(check(asked, banks, gate.rules.policy, now=datetime.now(UTC)).matches, query)


def _of_banks(found: Sequence[Finding], query: Mapping[str, str]) -> Sequence[Finding]:
    """Those of the banks that are asked for, of all where none is named."""
    wanted = {name for name in query.get("banks", "").split(",") if name}
    return [finding for finding in found if not wanted or finding.found.bank in wanted]


def _by_bank(gate: Gate, findings: Sequence[Finding], query: Mapping[str, str]) -> dict[str, list[object]]:
    """Of each bank the contents, where it may act on this upload: who asks acts on what stands there."""
    everything = query.get("bypass_coinflip", "").lower() == "true"
    by_bank: dict[str, list[object]] = {}
    for finding in findings:
        if not finding.dry_run and (finding.rolled_out or everything):
            by_bank.setdefault(finding.found.bank, []).append(_row(gate, finding))
    return by_bank


def _row(gate: Gate, finding: Finding) -> dict[str, object]:
    distance = getattr(finding.found, "distance_bits", None)
    return {"bank_content_id": gate.contents.of(finding.found.entry), "distance": str(distance or 0)}
