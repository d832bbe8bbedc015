"""How much of everything one source may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceLimits:
    """What a source may cost at most. What is over a limit gets a reason; the rest of the source is read."""

    members_per_shard: int = 256
    zip_members: int = 500_000
    ratio: int = 200  # bytes that come out for one that goes in...
    ratio_from_bytes: int = 16 << 20  # ...counted from here on: a white page of a few MB is no bomb
    member_bytes: int = 16 << 30  # of one member of an archive, unpacked
    name_length: int = 4096  # a longer name is shown cut; what it names is read all the same
    header_bytes: int = 1 << 16  # of what stands before the bytes of one record of a web archive
    tar_header_bytes: int = 1 << 20  # of a long name or an extended header; of what is longer, that much is read
    unpack_memory_bytes: int = 128 << 20  # xz may ask for gigabytes
    json_depth: int = 64
    json_token_bytes: int = 1 << 20  # one text or number
    chats: int = 100_000  # whose name comes after their messages
