"""One upload, or the signatures of one: hashed where it already is, looked up, and forgotten."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from haalweg.adapters.media import HEAD_BYTES, MediaError, MediaKind, Trouble, kind_of
from haalweg.gate.problems import Problem
from haalweg.matching.check import Asked, check, unchecked
from haalweg.matching.policy import Failure
from haalweg.signals import (
    FileDigests,
    Hashed,
    HashedFrame,
    HashedPart,
    PdqHash,
    SignatureError,
    VideoSignatures,
    digests_of,
)
from haalweg.signals.video import vpdq_from_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from haalweg.adapters.media import MediaPool
    from haalweg.matching import Lead
    from haalweg.matching.check import Checked, KnownBanks
    from haalweg.matching.policy import Policy
    from haalweg.matching.statement import StatementSettings
    from haalweg.signals import FrameView

MOST_ITEMS = 1_000  # signatures in one request
MOST_URLS = 20  # files to fetch in one request: they are fetched one after the other
_ORIENTATIONS = 8
_HOSTILE = frozenset({Trouble.WORKER_DIED, Trouble.BROKE_THE_RULES, Trouble.TOO_SLOW, Trouble.OUT_OF_MEMORY})
MOST_VIDEO_FRAMES = 7_200  # in one request; of an uploaded video no more are hashed
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
        if by_digest.matches:
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
    return [asked_of_one(item, place) for place, item in _placed(content)]


def items_of(content: Mapping[str, object], *, fetches: bool) -> list[Asked | Elsewhere]:
    """Read signatures, also those of a video's frames, and URLs. Raises Problem as `asked_of` does.

    fetches: whether this gate fetches anything.
    """
    found = [_item(item, place, fetches=fetches) for place, item in _placed(content)]
    frames = sum(len(each.video.frames) for each in found if isinstance(each, Asked) and each.video)
    if frames > MOST_VIDEO_FRAMES:
        raise Problem(413, f"{frames:,} frames of videos; at most {MOST_VIDEO_FRAMES:,} are looked up at once.")
    if sum(isinstance(each, Elsewhere) for each in found) > MOST_URLS:
        raise Problem(400, f"More than {MOST_URLS} URLs. Send them in several requests.")
    return found


def _placed(content: Mapping[str, object]) -> list[tuple[str, object]]:
    """Each item, with what a sentence about it begins with."""
    items = content.get("items")
    if len(content) != 1 or not isinstance(items, list) or not 0 < len(items) <= MOST_ITEMS:
        good = '{"items": [{"pdq": "...", "quality": 100}]}'
        raise Problem(400, f'"items" and nothing else is expected, a list of 1 to {MOST_ITEMS:,}. Good: {good}.')
    return [(f"Item {number}", item) for number, item in enumerate(items, 1)]


def _item(item: object, place: str, *, fetches: bool) -> Asked | Elsewhere:
    if isinstance(item, dict) and "vpdq" in item:
        return _asked_of_video(item, place)
    if not isinstance(item, dict) or "url" not in item:
        return asked_of_one(item, place)
    if not fetches:
        raise Problem(400, f"{place}: this gate fetches nothing. Send the file, or its signatures.")
    if item.keys() != {"url"} or not isinstance(item["url"], str):
        raise Problem(400, f"{place}: a url is a text, and has no signatures beside it.")
    return Elsewhere(item["url"])


def asked_of_one(item: object, place: str) -> Asked:
    """Read the signatures of one upload. place: what a sentence about it begins with. Raises Problem."""
    if not isinstance(item, dict) or not item or not item.keys() <= _FIELDS:
        raise Problem(400, f"{place}: an object with pdq and quality, with sha256, or with md5 is expected.")
    parts = [_part(item, place)] if "pdq" in item else []
    return Asked(parts, digests=_digests(item, place))


def _asked_of_video(item: dict[str, object], place: str) -> Asked:
    if not item.keys() <= _VIDEO_FIELDS:
        raise Problem(400, f"{place}: of a video an object with vpdq, and with sha256 or md5, is expected.")
    try:
        frames = vpdq_from_rows(item["vpdq"])
    except SignatureError as error:
        raise Problem(400, f"{place}: vpdq: {error}") from None
    hashed = tuple(
        HashedFrame(each.timestamp_s, (HashedPart(0, None, (Hashed(each.hash, each.quality),)),)) for each in frames
    )
    seconds = max(each.timestamp_s for each in frames)
    return Asked(video=VideoSignatures(hashed, seconds, cut_short=False), digests=_digests(item, place))


def pdq_of(value: object, place: str) -> PdqHash:
    """Read a PDQ hash. Raises Problem."""
    try:
        return PdqHash.from_hex(value if isinstance(value, str) else "")
    except SignatureError:
        raise Problem(400, f"{place}: a PDQ hash is 64 lower-case hexadecimal characters.") from None


def _part(item: dict[str, object], place: str) -> HashedPart:
    pdq, quality = item["pdq"], item.get("quality", 100)
    turned = pdq if isinstance(pdq, list) else [pdq]
    if isinstance(quality, bool) or not isinstance(quality, int) or not 0 <= quality <= 100:
        raise Problem(400, f"{place}: a quality is a whole number from 0 to 100.")
    if len(turned) not in (1, _ORIENTATIONS):
        raise Problem(400, f"{place}: pdq is one hash, or the eight of all orientations.")
    return HashedPart(0, None, tuple(Hashed(pdq_of(one, place), quality) for one in turned))


def _digests(item: dict[str, object], place: str) -> FileDigests | None:
    if "sha256" not in item and "md5" not in item:
        return None
    return FileDigests(_hexadecimal(item.get("sha256"), 64, place), _hexadecimal(item.get("md5"), 32, place))


def _hexadecimal(text: object, length: int, place: str) -> str:
    if text is None:
        return ""
    if not isinstance(text, str) or len(text) != length or not set(text) <= _HEXADECIMAL:
        raise Problem(400, f"{place}: a digest of {length} lower-case hexadecimal characters is expected.")
    return text


_VIDEO_FIELDS = frozenset({"vpdq", "sha256", "md5"})
_HEXADECIMAL = frozenset("0123456789abcdef")
