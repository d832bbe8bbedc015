"""haalweg: take intimate pictures shared without consent, and AI-made fakes, down and keep them down.

The names here are promised to others. They are loaded when first used: `import haalweg` loads no image library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from haalweg.adapters.media import hash_image, load_pixels, trace_image
    from haalweg.matching import Found, RadiusIndex, Recognised, TraceIndex
    from haalweg.signals import (
        Box,
        Hashed,
        Orientation,
        PdqHash,
        TooLittleDetail,
        Trace,
        hash_orientations,
        hash_pixels,
        inner_pictures,
        trace_pixels,
    )

_WHERE = {
    "Found": "haalweg.matching",
    "RadiusIndex": "haalweg.matching",
    "Recognised": "haalweg.matching",
    "TraceIndex": "haalweg.matching",
    "Box": "haalweg.signals",
    "Hashed": "haalweg.signals",
    "Orientation": "haalweg.signals",
    "PdqHash": "haalweg.signals",
    "TooLittleDetail": "haalweg.signals",
    "Trace": "haalweg.signals",
    "hash_image": "haalweg.adapters.media",
    "hash_orientations": "haalweg.signals",
    "hash_pixels": "haalweg.signals",
    "inner_pictures": "haalweg.signals",
    "load_pixels": "haalweg.adapters.media",
    "trace_image": "haalweg.adapters.media",
    "trace_pixels": "haalweg.signals",
}

__all__ = [
    "Box",
    "Found",
    "Hashed",
    "Orientation",
    "PdqHash",
    "RadiusIndex",
    "Recognised",
    "TooLittleDetail",
    "Trace",
    "TraceIndex",
    "hash_image",
    "hash_orientations",
    "hash_pixels",
    "inner_pictures",
    "load_pixels",
    "trace_image",
    "trace_pixels",
]


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
