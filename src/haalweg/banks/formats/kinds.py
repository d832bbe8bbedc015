"""The formats, and the field's names in them."""

from __future__ import annotations

from enum import StrEnum

from haalweg.signals import SignalType


class Format(StrEnum):
    """How a list is written."""

    TEXT = "text"  # a value a line, with its type before it or without
    THREATEXCHANGE = "threatexchange"  # its local files: the type, a blank, the value
    CSV = "csv"
    JSON = "json"  # vPDQ: one list of frames, over as many lines as it likes; or a list a line


UNWRITTEN = frozenset({SignalType.TRACE})  # of these there are no lists
NAMES = {
    "pdq": SignalType.PDQ,
    "md5": SignalType.MD5,
    "video_md5": SignalType.MD5,
    "sha256": SignalType.SHA256,
    "video_sha256": SignalType.SHA256,
    "vpdq": SignalType.VPDQ,
}
