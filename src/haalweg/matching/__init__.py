"""A signature against others: how close, and which of many."""

from haalweg.matching.bank_index import BankIndex, Lead, Match, surest
from haalweg.matching.explanation import Explanation, Place, explain
from haalweg.matching.live_bank import EntryFacts, LiveBank
from haalweg.matching.radius_index import Found, IndexFileError, RadiusIndex, RadiusIndexError
from haalweg.matching.trace_index import LeadLevel, Recognised, RecognisedKind, TraceIndex

__all__ = [
    "BankIndex",
    "EntryFacts",
    "Explanation",
    "Found",
    "IndexFileError",
    "Lead",
    "LeadLevel",
    "LiveBank",
    "Match",
    "Place",
    "RadiusIndex",
    "RadiusIndexError",
    "Recognised",
    "RecognisedKind",
    "TraceIndex",
    "explain",
    "surest",
]
