"""What the banks of one store hold, in memory, ready to be asked what a picture or a file is, or was made from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

import numpy as np

from haalweg.banks import BankKind, EntryId, ExactIndex
from haalweg.banks.entries import MOST_ENTRIES
from haalweg.matching.radius_index import RadiusIndex
from haalweg.matching.trace_index import TraceIndex
from haalweg.matching.video import VideoIndex
from haalweg.signals import FrameView, Orientation, SignalType, Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from haalweg.banks import Bank, BankId, BankStore, Block
    from haalweg.matching.trace_index import LeadLevel, Recognised, RecognisedKind
    from haalweg.signals import Box, FileDigests, HashedPart, VideoSignatures

_ENTRY_BITS = MOST_ENTRIES.bit_length()  # an id in the index is its bank's number above its entry's
_CODE_BYTES = 32
_DIGESTS = ((SignalType.SHA256, 32), (SignalType.MD5, 16))
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


@dataclass(frozen=True, slots=True)
class Lead:
    """An entry's photo that a picture seems to be made from: worth a person's look, never a match."""

    bank: str
    entry: EntryId
    level: LeadLevel
    recognised: RecognisedKind  # `same_photo` only where the entry is of a fake
    altered_percent: int  # of the entry's photo
    mirrored: bool
    score: float = field(repr=False)  # to tell the surest; it goes no further than this process
    frame: int = 0  # of an animation
    frame_s: float | None = None  # of a video

    @property
    def signal_type(self) -> SignalType:
        """As of a match."""
        return SignalType.TRACE


def surest(leads: Iterable[Lead]) -> list[Lead]:
    """Of each entry the surest lead; the surest of all first."""
    best: dict[tuple[str, EntryId], Lead] = {}
    for lead in sorted(leads, key=lambda each: -each.score):
        best.setdefault((lead.bank, lead.entry), lead)
    return list(best.values())


class BankIndex:
    """Entries of every bank in a store. Any number of threads may ask it beside one that takes in and forgets."""

    def __init__(self, banks: Sequence[Bank]) -> None:
        """Begin with no entries."""
        self._banks: dict[int, Bank] = {}
        self._radius = 0
        self._findable = 0  # entries of banks that are not negative
        self._hashes = RadiusIndex(np.empty((0, _CODE_BYTES), np.uint8))
        self._digests = {kind: ExactIndex(np.empty((0, width), np.uint8)) for kind, width in _DIGESTS}
        self._videos = VideoIndex(())
        self._traces = TraceIndex()
        self.know(banks)

    @classmethod
    def of(cls, store: BankStore, *, now: datetime, advance: Callable[[int], None] = lambda _: None) -> Self:
        """Take in all that is live in the store. advance is told how many entries have been read."""
        index = cls(store.banks())
        index.take_in(store.blocks(tuple(SignalType), now=now), advance=advance)
        return index

    def know(self, banks: Sequence[Bank]) -> None:
        """Learn of banks, before the first of their entries is taken in."""
        self._banks = {int(bank.id): bank for bank in banks}
        self._radius = max((bank.threshold_bits for bank in banks), default=0)

    def take_in(self, blocks: Iterable[Block], *, advance: Callable[[int], None] = lambda _: None) -> None:
        """Take in entries that it does not have yet, each kind of them in one go."""
        read, counts = 0, dict[int, int]()
        gathered: dict[SignalType, tuple[list[NDArray[np.uint8]], list[NDArray[np.uint64]]]] = {}
        videos: list[tuple[int, bytes]] = []
        for block in blocks:
            packed = _packed(block.bank, block.ids)
            if block.signal_type is SignalType.VPDQ:
                videos += zip(packed.tolist(), block.uneven, strict=True)
            elif block.signal_type is SignalType.TRACE:
                for id_, value in zip(packed.tolist(), block.uneven, strict=True):
                    self._traces.add(Trace.from_bytes(value), id_)
            else:
                values, ids = gathered.setdefault(block.signal_type, ([], []))
                values.append(block.values)
                ids.append(packed)
            read += len(block)
            advance(read)
            counts[block.bank] = counts.get(block.bank, 0) + len(block)
        for signal_type, (values, ids) in gathered.items():
            index = self._hashes if signal_type is SignalType.PDQ else self._digests[signal_type]
            index.add(np.concatenate(values), np.concatenate(ids))
        if videos:
            self._videos.add(videos)
        self._findable += sum(count for bank, count in counts.items() if self._is_findable(bank))

    def forget(self, bank: BankId, signal_type: SignalType, entries: NDArray[np.uint64]) -> None:
        """Find these entries, uint64 (n,), no more. What is not there is no error."""
        packed = _packed(bank, entries)
        if signal_type is SignalType.VPDQ:
            gone = self._videos.remove(packed.tolist())
        elif signal_type is SignalType.TRACE:
            gone = sum(self._traces.remove(id_) for id_ in packed.tolist())
        else:
            gone = (self._hashes if signal_type is SignalType.PDQ else self._digests[signal_type]).remove(packed)
        if self._is_findable(bank):
            self._findable -= gone

    @property
    def wants_digests(self) -> bool:
        """Whether any entry is the digest of a file, so that files have to be digested to be asked about."""
        return any(map(len, self._digests.values()))

    @property
    def wants_traces(self) -> bool:
        """Whether any entry is a trace, so that pictures have to be searched to be asked about."""
        return len(self._traces) > 0

    def count(self, signal_type: SignalType) -> int:
        """How many entries of a type there are."""
        return {
            SignalType.PDQ: len(self._hashes),
            SignalType.VPDQ: len(self._videos),
            SignalType.TRACE: len(self._traces),
            **{kind: len(index) for kind, index in self._digests.items()},
        }[signal_type]

    def __len__(self) -> int:
        return len(self._hashes) + len(self._videos) + len(self._traces) + sum(map(len, self._digests.values()))

    @property
    def can_find(self) -> bool:
        """Whether there is any entry to match with; those of negative banks only free."""
        return self._findable > 0

    def match_picture(self, parts: Sequence[HashedPart]) -> list[Match]:
        """Every entry near any part of a picture in any orientation, each once and as close as it comes; closest first.

        A part that a negative bank knows is left out: it is no one's picture.
        """
        return self.match_pictures([parts])[0]

    def match_pictures(self, pictures: Sequence[Sequence[HashedPart]]) -> list[list[Match]]:
        """`match_picture` of many pictures, in one search."""
        asking: list[HashedPart] = []
        of_picture: list[int] = []
        for number, parts in enumerate(pictures):
            for part in parts:
                if not part.too_flat:
                    asking.append(part)
                    of_picture.append(number)
        matches: list[list[Match]] = [[] for _ in pictures]
        for packed, row, closest in self._nearest(asking, of_picture):
            matches[of_picture[row]].append(self._near(packed, asking[row], closest))
        return matches

    def harmless(self, parts: Sequence[HashedPart]) -> set[int]:
        """Which of these parts a negative bank knows, by their place among them."""
        asking = [number for number, part in enumerate(parts) if not part.too_flat]
        _, rows = self._near_parts([parts[number] for number in asking])
        return {asking[row] for row in rows}

    def match_video(self, video: VideoSignatures) -> list[Match]:
        """Every video entry by vPDQ's rule and the bank's shares, then every picture that one of the frames shows."""
        asking = [(frame.timestamp_s, part) for frame in video.frames for part in frame.parts if not part.too_flat]
        shown = self._nearest([part for _, part in asking], [0] * len(asking))
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
            if not value:
                continue
            query = np.frombuffer(bytes.fromhex(value), np.uint8).reshape(1, -1)
            _, ids = self._digests[signal_type].find(query)
            packed_ids = ids.tolist()
            if not any(self._kind(packed) is BankKind.NEGATIVE for packed in packed_ids):
                matches += [self._match(packed, signal_type) for packed in packed_ids]
        return matches

    def leads_for(self, rgb: NDArray[np.uint8]) -> list[Lead]:
        """`leads_in` one picture of which nothing else is known. rgb: as for `hash_pixels`, errors too."""
        height, width = rgb.shape[:2]
        return self.leads_in([FrameView(0, width, height, rgb)])

    def leads_in(self, views: Iterable[FrameView], parts: Sequence[HashedPart] = ()) -> list[Lead]:
        """Every photo that one of the frames was made from, and every fake that one shows again; the surest first.

        Each entry once. That a source photo itself is there stays here: it is innocent, and no one's business.
        parts: of the same picture or video. What a negative bank knows gives no lead.
        """
        return surest(lead for view in views for lead in self._leads(view, parts))

    def _leads(self, view: FrameView, parts: Sequence[HashedPart]) -> list[Lead]:
        recognised = self._traces.search(view.grey) if self.wants_traces else []
        if any(self._kind(each.id) is BankKind.NEGATIVE for each in recognised):
            return []
        leads = [each for each in recognised if each.is_lead and self._kind(each.id) is BankKind.POSITIVE]
        if leads:
            of_frame = [part for part in parts if part.frame == view.frame and not part.too_flat]
            harmless = [of_frame[row].inner for row in self._near_parts(of_frame)[1]]
            leads = [each for each in leads if not any(_lies_in(each, view, box) for box in harmless)]
        return [
            Lead(
                self._banks[each.id >> _ENTRY_BITS].name,
                EntryId(each.id & MOST_ENTRIES),
                each.level,
                each.kind,
                each.altered_percent,
                each.mirrored,
                each.score,
                view.frame,
            )
            for each in leads
        ]

    def _nearest(
        self, asking: Sequence[HashedPart], of_picture: Sequence[int]
    ) -> list[tuple[int, int, tuple[int, Orientation]]]:
        """Entries that come near, each once a picture: which, by which of the parts, and how near in which orientation.

        of_picture: for each part a number of the picture that it is of.
        """
        near, harmless = self._near_parts(asking)
        best: dict[tuple[int, int], tuple[int, int, tuple[int, Orientation]]] = {}
        for distance, row, turn, packed in sorted(near):
            if row not in harmless:
                best.setdefault((of_picture[row], packed), (packed, row, (distance, _TURNS[turn])))
        return list(best.values())

    def _near_parts(self, asking: Sequence[HashedPart]) -> tuple[list[tuple[int, int, int, int]], set[int]]:
        """What comes near: its distance, which part, how turned, and the entry; and the parts that are harmless."""
        if not asking or not len(self._hashes):
            return [], set()
        codes = b"".join([bytes(turned.hash) for part in asking for turned in part.orientations])
        found = self._hashes.search(np.frombuffer(codes, np.uint8).reshape(-1, _CODE_BYTES), self._radius)
        if not len(found):
            return [], set()
        of_query = [(row, turn) for row, part in enumerate(asking) for turn in range(len(part.orientations))]
        near: list[tuple[int, int, int, int]] = []
        harmless: set[int] = set()
        for query, packed, distance in zip(
            found.query.tolist(), found.id.tolist(), found.distance.tolist(), strict=True
        ):
            bank = self._banks[packed >> _ENTRY_BITS]
            if distance > bank.threshold_bits:
                continue
            row, turn = of_query[query]
            if bank.kind is BankKind.NEGATIVE:
                harmless.add(row)
            else:
                near.append((distance, row, turn, packed))
        return near, harmless

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
        return Match(
            self._banks[packed >> _ENTRY_BITS].name,
            EntryId(packed & MOST_ENTRIES),
            SignalType.PDQ,
            distance_bits,
            orientation,
            part.inner,
            part.quality,
            part.frame,
        )

    def _is_findable(self, bank: int) -> bool:
        return self._banks[bank].kind is not BankKind.NEGATIVE

    def _kind(self, packed: int) -> BankKind:
        return self._banks[packed >> _ENTRY_BITS].kind

    def _match(self, packed: int, signal_type: SignalType) -> Match:
        bank = self._banks[packed >> _ENTRY_BITS]
        return Match(bank.name, EntryId(packed & MOST_ENTRIES), signal_type)


def _packed(bank: BankId, entries: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return entries | np.uint64(bank << _ENTRY_BITS)


def _lies_in(recognised: Recognised, view: FrameView, box: Box | None) -> bool:
    """Whether all that speaks for a lead lies in a part of its frame; None: the part is the whole frame."""
    if box is None:
        return True
    height, width = view.grey.shape[:2]
    across, down = view.width / width, view.height / height
    return all(
        box.left <= (each.left + each.right) * across / 2 < box.right
        and box.top <= (each.top + each.bottom) * down / 2 < box.bottom
        for each in recognised.agrees
    )
