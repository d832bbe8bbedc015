"""What a signature is: a picture's PDQ hash, the digests of a file, and how far two of them lie apart."""

from haalweg.signals.file_hash import FileDigests, digests_of
from haalweg.signals.inner import Box, inner_pictures
from haalweg.signals.parts import FrameView, HashedFrame, HashedPart, HashedPicture, VideoSignatures
from haalweg.signals.pdq import (
    MATCH_QUALITY,
    MATCH_THRESHOLD_BITS,
    Hashed,
    Orientation,
    PdqHash,
    PictureShapeError,
    SignatureError,
    hash_orientations,
    hash_pixels,
)
from haalweg.signals.signal_type import SignalType
from haalweg.signals.trace import (
    MOST_TRACE_BYTES,
    TRACE_LONG_SIDE,
    TRACE_QUERY_SIDE,
    LeaveOutError,
    TooLittleDetail,
    Trace,
    TraceKind,
    trace_pixels,
    view_of,
)
from haalweg.signals.video import VideoFrame, vpdq_from_json, vpdq_to_json

__all__ = [
    "MATCH_QUALITY",
    "MATCH_THRESHOLD_BITS",
    "MOST_TRACE_BYTES",
    "TRACE_LONG_SIDE",
    "TRACE_QUERY_SIDE",
    "Box",
    "FileDigests",
    "FrameView",
    "Hashed",
    "HashedFrame",
    "HashedPart",
    "HashedPicture",
    "LeaveOutError",
    "Orientation",
    "PdqHash",
    "PictureShapeError",
    "SignalType",
    "SignatureError",
    "TooLittleDetail",
    "Trace",
    "TraceKind",
    "VideoFrame",
    "VideoSignatures",
    "digests_of",
    "hash_orientations",
    "hash_pixels",
    "inner_pictures",
    "trace_pixels",
    "view_of",
    "vpdq_from_json",
    "vpdq_to_json",
]
