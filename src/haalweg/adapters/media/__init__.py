"""Files to pixels to signatures: decoded in locked-in workers, so that a hostile file meets nothing worth having."""

from haalweg.adapters.media.errors import MediaError, Trouble
from haalweg.adapters.media.kinds import HEAD_BYTES, MediaKind, kind_of
from haalweg.adapters.media.limits import Limits
from haalweg.adapters.media.pool import MediaPool, PoolClosedError, hash_image, jail_level, load_pixels, trace_image
from haalweg.adapters.media.sources import Source, file_digests, place_of

__all__ = [
    "HEAD_BYTES",
    "Limits",
    "MediaError",
    "MediaKind",
    "MediaPool",
    "PoolClosedError",
    "Source",
    "Trouble",
    "file_digests",
    "hash_image",
    "jail_level",
    "kind_of",
    "load_pixels",
    "place_of",
    "trace_image",
]
