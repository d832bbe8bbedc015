"""One upload, or the signatures of one: hashed where it already is, looked up, and forgotten."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from haalweg.adapters.media import HEAD_BYTES, MediaError, MediaKind, Trouble, kind_of
from haalweg.gate.problems import Problem
from haalweg.matching.check import Asked, Verdict, check, unchecked
from haalweg.matching.policy import Failure
from haalweg.signals import FileDigests, Hashed, HashedPart, PdqHash, SignatureError, digests_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from haalweg.adapters.media import MediaPool
    from haalweg.matching import Lead
    from haalweg.matching.check import Checked, KnownBanks
    from haalweg.matching.policy import Policy
    from haalweg.matching.statement import StatementSettings
    from haalweg.signals import FrameView, HashedFrame

MOST_ITEMS = 1_000  # signatures in one request
MOST_URLS = 20  # files to fetch in one request: they are fetched one after the other
_ORIENTATIONS = 8
_HOSTILE = frozenset({Trouble.WORKER_DIED, Trouble.BROKE_THE_RULES, Trouble.TOO_SLOW, Trouble.OUT_OF_MEMORY})
_FIELDS = frozenset({"pdq", "quality", "sha256", "md5"})


@dataclass(frozen=True, slots=True)
class Rules:
    """What the operator set."""

    policy: Policy
    statement: StatementSettings | None


def look_at(data: bytes, pool: MediaPool, banks: KnownBanks, rules: Rules, *, now: datetime, who: str = "") -> Checked:
    """Hash an upload in a jailed worker and look it up; by its digests also where it cannot be decoded.

    who: the platform that asks.
    """
    index = banks.index
    digests = digests_of(io.BytesIO(data)) if index.wants_digests else None
    leads: list[Lead] = []
    try:
        if kind_of(data[:HEAD_BYTES]) is MediaKind.VIDEO:

            def seen(view: FrameView, frame: HashedFrame) -> None:
                leads.extend(index.leads_in([view], frame.parts))

            video = pool.video_of(io.BytesIO(data), seen=seen if index.wants_traces else None)
            asked = Asked(video=video, digests=digests, leads=leads)
        elif index.wants_traces:
            picture = pool.picture_of(data)
            asked = Asked(picture.parts, digests=digests, views=picture.views)
        else:
            asked = Asked(pool.signatures_of(data), digests=digests)
    except MediaError as error:
        by_digest = check(Asked(digests=digests), banks, rules.policy, now=now, statements=rules.statement, who=who)
        if by_digest.verdict is Verdict.MATCH:
            return by_digest
        failure = Failure.WORKER_DIED if error.trouble in _HOSTILE else Failure.UNREADABLE
        return unchecked(failure, rules.policy, error.sentence)
    return check(asked, banks, rules.policy, now=now, statements=rules.statement, who=who)


@dataclass(frozen=True, slots=True, repr=False)
class Elsewhere:
    """An upload that has to be fetched."""

    url: str


def asked_of(content: Mapping[str, object]) -> list[Asked]:
    """Read the signatures of a request. Raises Problem, which says which item is wrong and why."""
    return [_asked(item, number) for number, item in enumerate(_listed(content), 1)]


def items_of(content: Mapping[str, object], *, fetches: bool) -> list[Asked | Elsewhere]:
    """Read signatures and URLs. fetches: whether this gate fetches anything. Raises Problem as `asked_of` does."""
    found = [_item(item, number, fetches=fetches) for number, item in enumerate(_listed(content), 1)]
    if sum(isinstance(item, Elsewhere) for item in found) > MOST_URLS:
        raise Problem(400, f"More than {MOST_URLS} URLs. Send them in several requests.")
    return found


def _listed(content: Mapping[str, object]) -> list[object]:
    items = content.get("items")
    if content.keys() != {"items"} or not isinstance(items, list) or not 0 < len(items) <= MOST_ITEMS:
        good = '{"items": [{"pdq": "...", "quality": 100}]}'
        raise Problem(400, f'"items" and nothing else is expected, a list of 1 to {MOST_ITEMS:,}. Good: {good}.')
    return items


def _item(item: object, number: int, *, fetches: bool) -> Asked | Elsewhere:
    if not isinstance(item, dict) or "url" not in item:
        return _asked(item, number)
    if not fetches:
        raise Problem(400, f"Item {number}: this gate fetches nothing. Send the file, or its signatures.")
    if item.keys() != {"url"} or not isinstance(item["url"], str):
        raise Problem(400, f"Item {number}: a url is a text, and has no signatures beside it.")
    return Elsewhere(item["url"])


def _asked(item: object, number: int) -> Asked:
    if not isinstance(item, dict) or not item or not item.keys() <= _FIELDS:
        raise Problem(400, f"Item {number}: an object with pdq and quality, with sha256, or with md5 is expected.")
    parts = [_part(item, number)] if "pdq" in item else []
    return Asked(parts, digests=_digests(item, number))


def _part(item: dict[str, object], number: int) -> HashedPart:
    pdq, quality = item["pdq"], item.get("quality", 100)
    turned = pdq if isinstance(pdq, list) else [pdq]
    if isinstance(quality, bool) or not isinstance(quality, int) or not 0 <= quality <= 100:
        raise Problem(400, f"Item {number}: a quality is a whole number from 0 to 100.")
    if len(turned) not in (1, _ORIENTATIONS):
        raise Problem(400, f"Item {number}: pdq is one hash, or the eight of all orientations.")
    try:
        hashes = [PdqHash.from_hex(one if isinstance(one, str) else "") for one in turned]
    except SignatureError:
        raise Problem(400, f"Item {number}: a PDQ hash is 64 lower-case hexadecimal characters.") from None
    return HashedPart(0, None, tuple(Hashed(one, quality) for one in hashes))


def _digests(item: dict[str, object], number: int) -> FileDigests | None:
    if "sha256" not in item and "md5" not in item:
        return None
    return FileDigests(_hexadecimal(item.get("sha256"), 64, number), _hexadecimal(item.get("md5"), 32, number))


def _hexadecimal(text: object, length: int, number: int) -> str:
    if text is None:
        return ""
    if not isinstance(text, str) or len(text) != length or not set(text) <= _HEXADECIMAL:
        raise Problem(400, f"Item {number}: a digest of {length} lower-case hexadecimal characters is expected.")
    return text


_HEXADECIMAL = frozenset("0123456789abcdef")
