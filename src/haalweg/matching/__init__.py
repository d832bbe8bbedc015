"""A signature against others: how close, and which of many."""

from haalweg.matching.radius_index import Found, IndexFileError, RadiusIndex, RadiusIndexError

__all__ = ["Found", "IndexFileError", "RadiusIndex", "RadiusIndexError"]
