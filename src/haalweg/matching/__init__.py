"""A signature against others: how close, and which of many."""

from haalweg.matching.bank_index import BankIndex, Match
from haalweg.matching.radius_index import Found, IndexFileError, RadiusIndex, RadiusIndexError

__all__ = ["BankIndex", "Found", "IndexFileError", "Match", "RadiusIndex", "RadiusIndexError"]
