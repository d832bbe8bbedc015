"""Files to pixels to signatures: decoded in locked-in workers, so that a hostile file meets nothing worth having."""

from haalweg.adapters.media.errors import MediaError, Trouble
from haalweg.adapters.media.limits import Limits
from haalweg.adapters.media.pool import MediaPool, hash_image, jail_level, load_pixels
from haalweg.adapters.media.sources import Source, file_digests, place_of

__all__ = [
    "Limits",
    "MediaError",
    "MediaPool",
    "Source",
    "Trouble",
    "file_digests",
    "hash_image",
    "jail_level",
    "load_pixels",
    "place_of",
]
