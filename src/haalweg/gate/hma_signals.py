"""Signals as HMA names and writes them, and those of a file."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from haalweg.adapters.media import HEAD_BYTES, MediaError, MediaKind, kind_of
from haalweg.banks import NO_QUALITY
from haalweg.gate.problems import Problem
from haalweg.signals import SignalType, SignatureError, digests_of, vpdq_from_json, vpdq_to_json
from haalweg.signals.video import matchable_hashes, packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from haalweg.adapters.media import MediaPool

SIGNAL_TYPES = {
    "pdq": SignalType.PDQ,
    "video_md5": SignalType.MD5,
    "video_sha256": SignalType.SHA256,
    "vpdq": SignalType.VPDQ,
}
CONTENT_TYPES = ("photo", "video")
_NAMES = {signal_type: name for name, signal_type in SIGNAL_TYPES.items()}


@dataclass(frozen=True, slots=True)
class Signal:
    """One signature of a thing that is to be kept."""

    signal_type: SignalType
    value: bytes = field(repr=False)
    quality: int = NO_QUALITY


def written(signal_type: SignalType, value: bytes) -> dict[str, str]:
    """Name and write it as HMA does; nothing for a type that HMA has no name for."""
    if signal_type is SignalType.VPDQ:
        return {"vpdq": vpdq_to_json(unpacked(value))}
    return {_NAMES[signal_type]: value.hex()} if signal_type in _NAMES else {}


def signals_in(content: Mapping[str, object]) -> list[Signal]:
    """Read signals by their names. Raises Problem."""
    if not content:
        raise Problem(400, "No signals given.")
    return [_signal(name, text) for name, text in content.items()]


def _signal(name: str, text: object) -> Signal:
    signal_type = SIGNAL_TYPES.get(name)
    if signal_type is None:
        raise Problem(400, f"No such signal type. There are: {', '.join(SIGNAL_TYPES)}.")
    try:
        return Signal(signal_type, _value(signal_type, text if isinstance(text, str) else ""))
    except SignatureError as error:
        raise Problem(400, f"Invalid {name} signal: {error}") from None


def _value(signal_type: SignalType, text: str) -> bytes:
    if signal_type is not SignalType.VPDQ:
        return signal_type.from_hex(text)
    video = packed(vpdq_from_json(text))
    if not len(matchable_hashes(video)):
        raise SignatureError("no frame holds enough detail to be matched.")
    return video


def signals_of(data: bytes, content_type: str, pool: MediaPool) -> list[Signal]:
    """Hash a file in a jailed worker, as uploads are. Raises Problem where it gives no signature."""
    is_video = kind_of(data[:HEAD_BYTES]) is MediaKind.VIDEO
    if is_video is not (content_type == "video"):
        raise Problem(400, f"The field is called {content_type}, and what is in it is none.")
    try:
        return _of_video(data, pool) if is_video else _of_photo(data, pool)
    except MediaError as error:
        raise Problem(400, error.sentence) from None


def _of_photo(data: bytes, pool: MediaPool) -> list[Signal]:
    whole = pool.signatures_of(data)[0]
    if whole.too_flat:
        raise Problem(400, "The picture holds too little detail to be hashed.")
    return [Signal(SignalType.PDQ, bytes(whole.hashed.hash), whole.quality)]


def _of_video(data: bytes, pool: MediaPool) -> list[Signal]:
    frames = packed(pool.video_of(io.BytesIO(data)).vpdq)
    digest = Signal(SignalType.MD5, bytes.fromhex(digests_of(io.BytesIO(data)).md5))
    return [Signal(SignalType.VPDQ, frames), digest] if len(matchable_hashes(frames)) else [digest]
