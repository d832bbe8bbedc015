"""What the banks of one store hold, in memory, ready to be asked what a picture, a video or a file is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import numpy as np

from haalweg.banks import BankKind, EntryId, ExactIndex
from haalweg.banks.entries import MOST_ENTRIES
from haalweg.matching.radius_index import RadiusIndex
from haalweg.matching.video import VideoIndex
from haalweg.signals import Orientation, SignalType

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from haalweg.banks import Bank, BankStore
    from haalweg.signals import Box, FileDigests, HashedPart, VideoSignatures

_ENTRY_BITS = MOST_ENTRIES.bit_length()  # an id in the index is its bank's number above its entry's
_CODE_BYTES = 32
_TURNS = tuple(Orientation)


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that was recognised, and how."""

    bank: str
    entry: EntryId
    signal_type: SignalType
    distance_bits: int | None = None  # of perceptual hashes
    orientation: Orientation | None = None  # how the asking picture has to be turned to lie over the entry's
    inner: Box | None = None  # when it is the picture inside a screenshot that matched
    quality: int | None = None  # of the asking picture
    frame: int = 0  # of an animation
    frame_s: float | None = None  # of a video


class BankIndex:
    """Entries of every bank in a store, as they stood when it was made. Any number of threads may ask it."""

    def __init__(self, banks: Sequence[Bank]) -> None:
        """Begin with no entries."""
        self._banks = {int(bank.id): bank for bank in banks}
        self._radius = max((bank.threshold_bits for bank in banks), default=0)
        self._hashes = RadiusIndex(np.empty((0, _CODE_BYTES), np.uint8))
        self._digests: dict[SignalType, ExactIndex] = {}
        self._videos = VideoIndex(())

    @classmethod
    def of(cls, store: BankStore, *, now: datetime, advance: Callable[[int], None] = lambda _: None) -> Self:
        """Take in all that is live in the store. advance is told how many entries have been read."""
        index = cls(store.banks())
        read = 0
        gathered: dict[SignalType, tuple[list[NDArray[np.uint8]], list[NDArray[np.uint64]]]] = {}
        videos: list[tuple[int, bytes]] = []
        for block in store.blocks(tuple(SignalType), now=now):
            packed = block.ids | np.uint64(block.bank << _ENTRY_BITS)
            if block.signal_type is SignalType.VPDQ:
                videos += zip(packed.tolist(), block.videos, strict=True)
            else:
                values, ids = gathered.setdefault(block.signal_type, ([], []))
                values.append(block.values)
                ids.append(packed)
            read += len(block)
            advance(read)
        for signal_type, (values, ids) in gathered.items():
            if signal_type is SignalType.PDQ:
                index._hashes = RadiusIndex(np.concatenate(values), np.concatenate(ids))
            else:
                index._digests[signal_type] = ExactIndex(np.concatenate(values), np.concatenate(ids))
        index._videos = VideoIndex(videos)
        return index

    @property
    def wants_digests(self) -> bool:
        """Whether any entry is the digest of a file, so that files have to be digested to be asked about."""
        return bool(self._digests)

    def __len__(self) -> int:
        return len(self._hashes) + len(self._videos) + sum(map(len, self._digests.values()))

    def match_picture(self, parts: Sequence[HashedPart]) -> list[Match]:
        """Every entry near any part of a picture in any orientation, each once and as close as it comes; closest first.

        A part that a negative bank knows is left out: it is no one's picture.
        """
        asking = [part for part in parts if not part.too_flat]
        return [self._near(packed, asking[row], closest) for packed, row, closest in self._nearest(asking)]

    def match_video(self, video: VideoSignatures) -> list[Match]:
        """Every video entry by vPDQ's rule and the bank's shares, then every picture that one of the frames shows."""
        asking = [(frame.timestamp_s, part) for frame in video.frames for part in frame.parts if not part.too_flat]
        shown = self._nearest([part for _, part in asking])
        return [
            *self._same_video(video),
            *(
                replace(self._near(packed, asking[row][1], closest), frame=0, frame_s=asking[row][0])
                for packed, row, closest in shown
            ),
        ]

    def match_digests(self, digests: FileDigests) -> list[Match]:
        """Every entry that is the digest of this very file, unless a negative bank has it too."""
        matches = []
        for signal_type, value in ((SignalType.SHA256, digests.sha256), (SignalType.MD5, digests.md5)):
            if signal_type not in self._digests:
                continue
            query = np.frombuffer(bytes.fromhex(value), np.uint8).reshape(1, -1)
            _, ids = self._digests[signal_type].find(query)
            packed_ids = ids.tolist()
            if not any(self._banks[packed >> _ENTRY_BITS].kind is BankKind.NEGATIVE for packed in packed_ids):
                matches += [self._match(packed, signal_type) for packed in packed_ids]
        return matches

    def _nearest(self, asking: Sequence[HashedPart]) -> list[tuple[int, int, tuple[int, Orientation]]]:
        """Entries that come near: which, by which of the parts, and how near it is in which orientation."""
        if not asking or not len(self._hashes):
            return []
        codes = b"".join(bytes(turned.hash) for part in asking for turned in part.orientations)
        found = self._hashes.search(np.frombuffer(codes, np.uint8).reshape(-1, _CODE_BYTES), self._radius)
        if not len(found):
            return []
        near: list[tuple[int, int, int, int]] = []
        harmless: set[int] = set()
        for query, packed, distance in zip(
            found.query.tolist(), found.id.tolist(), found.distance.tolist(), strict=True
        ):
            bank = self._banks[packed >> _ENTRY_BITS]
            if distance > bank.threshold_bits:
                continue
            row, turn = divmod(query, len(_TURNS))
            if bank.kind is BankKind.NEGATIVE:
                harmless.add(row)
            else:
                near.append((distance, row, turn, packed))
        best: dict[int, tuple[int, int, tuple[int, Orientation]]] = {}
        for distance, row, turn, packed in sorted(near):
            if row not in harmless:
                best.setdefault(packed, (packed, row, (distance, _TURNS[turn])))
        return list(best.values())

    def _same_video(self, video: VideoSignatures) -> list[Match]:
        matches: dict[int, Match] = {}
        for found in self._videos.search(video):
            bank = self._banks[found.id >> _ENTRY_BITS]
            settings = bank.settings
            if not found.is_match(settings.video_query_percent, settings.video_entry_percent):
                continue
            if bank.kind is BankKind.NEGATIVE:
                return []
            closest = (found.distance_bits, found.orientation)
            match = replace(self._near(found.id, found.part, closest), signal_type=SignalType.VPDQ, frame=0)
            matches.setdefault(found.id, replace(match, frame_s=found.timestamp_s))
        return list(matches.values())

    def _near(self, packed: int, part: HashedPart, closest: tuple[int, Orientation]) -> Match:
        distance_bits, orientation = closest
        return replace(
            self._match(packed, SignalType.PDQ),
            distance_bits=distance_bits,
            orientation=orientation,
            inner=part.inner,
            quality=part.quality,
            frame=part.frame,
        )

    def _match(self, packed: int, signal_type: SignalType) -> Match:
        bank = self._banks[packed >> _ENTRY_BITS]
        return Match(bank.name, EntryId(packed & MOST_ENTRIES), signal_type)
