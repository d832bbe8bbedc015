"""The look-up routes of Hasher-Matcher-Actioner, so that its clients (Coop among them) run on a gate unchanged.

Shapes as observed of HMA 1.1.7: a distance is a string, errors are {"message"}, a bank that does not match is left out.
Signals in a query string are answered as HMA does; every route takes them in a form as well, which proxies do not log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from haalweg.gate.problems import Problem
from haalweg.matching.check import Asked, check
from haalweg.signals import (
    MATCH_THRESHOLD_BITS,
    FileDigests,
    Hashed,
    HashedPart,
    PdqHash,
    SignalType,
    SignatureError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from haalweg.matching.check import Finding, KnownBanks
    from haalweg.matching.policy import Policy

ALIVE, NOT_LOADED = "I-AM-ALIVE", "INDEX-NOT-LOADED"
_FULL_QUALITY = 100  # a signal comes without one
_DIGESTS = {"video_md5": (SignalType.MD5, 32), "video_sha256": (SignalType.SHA256, 64)}
_NAMES = {kind: name for name, (kind, _) in _DIGESTS.items()}


def lookup(query: Mapping[str, str], banks: KnownBanks, policy: Policy, *, now: datetime) -> dict[str, object]:
    """`/m/lookup` of a signal: of each bank that matches the entries. Raises Problem."""
    by_bank: dict[str, object] = {}
    for finding in _findings(query, banks, policy, now):
        rows = by_bank.setdefault(finding.found.bank, [])
        assert isinstance(rows, list)
        rows.append(_row(finding))
    return by_bank


def raw_lookup(query: Mapping[str, str], banks: KnownBanks, policy: Policy, *, now: datetime) -> dict[str, object]:
    """`/m/raw_lookup`: the entries alone, or with their distances. Raises Problem."""
    findings = _findings(query, banks, policy, now)
    if query.get("include_distance", "").lower() == "true":
        return {"matches": [_row(finding) for finding in findings]}
    return {"matches": [finding.found.entry for finding in findings]}


def lookup_of(findings: Sequence[Finding]) -> dict[str, object]:
    """`/m/lookup` of a file: the same, one level deeper, by the type of the signal."""
    by_type: dict[str, dict[str, list[object]]] = {SignalType.PDQ.value: {}}
    for finding in findings:
        banks = by_type.setdefault(_NAMES.get(finding.found.signal_type, finding.found.signal_type.value), {})
        banks.setdefault(finding.found.bank, []).append(_row(finding))
    return dict(by_type)


def compare(content: Mapping[str, object]) -> dict[str, object]:
    """`/m/compare`: two signals of a type. Raises Problem."""
    answer: dict[str, object] = {}
    for signal_type, pair in content.items():
        if signal_type != SignalType.PDQ or not isinstance(pair, list) or len(pair) != 2:
            raise Problem(400, 'Two PDQ hashes are expected: {"pdq": ["...", "..."]}.')
        one, other = (_pdq(value) for value in pair)
        distance = one.distance(other)
        answer[signal_type] = [distance <= MATCH_THRESHOLD_BITS, {"distance": distance}]
    return answer


def _findings(query: Mapping[str, str], banks: KnownBanks, policy: Policy, now: datetime) -> Sequence[Finding]:
    if "url" in query:
        raise Problem(403, "This gate fetches nothing. Send the file or its signal.")
    if not query.get("signal") or not query.get("signal_type"):
        raise Problem(400, "signal and signal_type are expected.")
    found = check(_asked(query["signal_type"], query["signal"]), banks, policy, now=now).matches
    wanted = {name for name in query.get("banks", "").split(",") if name}
    return [finding for finding in found if not wanted or finding.found.bank in wanted]


def _asked(signal_type: str, signal: str) -> Asked:
    if signal_type == SignalType.PDQ:
        return Asked([HashedPart(0, None, (Hashed(_pdq(signal), _FULL_QUALITY),))])
    if signal_type not in _DIGESTS:
        raise Problem(400, "signal_type: pdq, video_md5 or video_sha256 is expected.")
    kind, length = _DIGESTS[signal_type]
    if len(signal) != length or not set(signal) <= set("0123456789abcdef"):
        raise Problem(400, f"signal: {length} lower-case hexadecimal characters are expected.")
    return Asked(digests=FileDigests(signal, "") if kind is SignalType.SHA256 else FileDigests("", signal))


def _pdq(signal: object) -> PdqHash:
    try:
        return PdqHash.from_hex(signal if isinstance(signal, str) else "")
    except SignatureError:
        raise Problem(400, "A PDQ hash is 64 lower-case hexadecimal characters.") from None


def _row(finding: Finding) -> dict[str, object]:
    distance = getattr(finding.found, "distance_bits", None)
    return {"bank_content_id": finding.found.entry, "distance": str(distance or 0)}
