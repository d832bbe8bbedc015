"""Where pictures are looked for: folders, archives, crawls, exports. Streamed; nothing is ever written to a disk."""

from haalweg.adapters.sources.items import Item, ItemError, reason_for
from haalweg.adapters.sources.limits import SourceLimits
from haalweg.adapters.sources.plan import shards_of
from haalweg.adapters.sources.read import items_of
from haalweg.adapters.sources.shards import Member, Shard, SourceError, SourceKind

__all__ = [
    "Item",
    "ItemError",
    "Member",
    "Shard",
    "SourceError",
    "SourceKind",
    "SourceLimits",
    "items_of",
    "reason_for",
    "shards_of",
]
