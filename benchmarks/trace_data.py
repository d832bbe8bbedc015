"""Labelled pictures for measuring a recogniser of derived pictures: sources that a bank holds, and queries.

Everything comes from ../shared/data (real pairs of a source photo and a picture derived from it; unrelated photos) and
from what is drawn or composed here, from fixed seeds. Nothing is written to disk; a picture is made when asked for.
Sources fall into a development half and a held-out half: what is fitted on the one is judged on the other.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import trace_frames
from PIL import Image, ImageEnhance
from trace_changes import BICUBIC, CHANGES, REPOSTS, as_jpeg, redrawn
from trace_scenes import (
    PATTERNS,
    app,
    in_studio,
    kept_person,
    mild_shot,
    neighbour,
    page_of_text,
    pattern,
    place_at,
    poster,
    seen_from,
    strong_shot,
    with_object,
    with_region_replaced,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from trace_changes import Change
    from trace_frames import Frame

    Picture = Callable[[], Image.Image]

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
HALVES = ("development", "held out")
DERIVED, SAME_PHOTO = "derived", "same_photo"
# Children, bare skin, or not certain: not used for anything here.
LEFT_OUT = frozenset(
    f"mei_{number}"
    for number in ("010", "011", "022", "037", "038", "081", "091", "116", "128", "156", "187", "215", "224")
)
# Garments on the same floor, sheet or wall, grouped by eye.
FLOORS = (
    ("clo_047", "clo_056", "clo_058", "clo_078"),
    ("clo_005", "clo_011", "clo_093"),
    ("clo_002", "clo_034", "clo_042", "clo_087", "clo_094", "clo_095", "clo_101"),
    ("clo_053", "clo_057", "clo_069"),
    ("clo_014", "clo_028", "clo_065", "clo_084"),
    ("clo_012", "clo_025", "clo_050"),
    ("clo_010", "clo_064", "clo_080", "clo_090"),
    ("clo_018", "clo_022", "clo_029", "clo_036", "clo_051", "clo_085"),
    ("clo_009", "clo_015", "clo_016", "clo_045", "clo_082", "clo_091", "clo_102"),
    ("clo_032", "clo_098"),
    ("clo_035", "clo_037", "clo_066"),
    ("clo_019", "clo_040"),
    ("clo_013", "clo_017", "clo_023", "clo_043", "clo_054", "clo_072", "clo_108", "clo_109"),
    ("clo_020", "clo_059"),
    ("clo_062", "clo_063", "clo_068"),
    ("clo_027", "clo_089"),
    ("clo_104", "clo_105"),
)
# Pairs made from one source photo: a find among them is a true one.
SAME_SOURCE = (("ia_dog_backrep", "ia_sample1_inpafil", "iop_fox"), ("ia_bus_backrep", "ia_sample4_inpafil"))
PEOPLE = (
    "p3m_07141906", "p3m_09ba26b4", "p3m_22fc0130", "p3m_514ca06a", "p3m_51c916fc", "p3m_71bcce3a", "p3m_818e689d",
    "p3m_bac3c1ff", "p3m_bd6af989", "p3m_d684dae3", "rembg_girl2", "rembg_girl3", "ia_man_backrep",
)  # fmt: skip
# The same pixels seen again by a camera that hardly moved: no look at pixels can tell them from a derivative.
STATED_LIMITS = frozenset({"one place, mild", "stereo"})
NEGATIVE_SETS = (
    "same floor", "other half", "one place, strong", "one place, mild", "film", "stereo", "studio", "pattern", "text",
    "logo", "app", "frame, tuned", "frame, held out",
)  # fmt: skip
POSITIVE_SETS = ("real", "replaced", "repost", "redrawn", "redrawn replaced", "framed source")
SHARES = (30, 50, 70)


@dataclass(frozen=True, slots=True)
class Source:
    """A picture that a bank holds."""

    id: str
    half: str
    material: frozenset[str]  # the photos it is made of
    picture: Picture = field(repr=False)
    framed: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A picture in question, and what a recogniser should say about which sources."""

    id: str
    set: str
    change: str
    half: str
    material: frozenset[str]
    picture: Picture = field(repr=False)
    expected: Mapping[str, str] = field(default_factory=dict)  # source id -> kind
    silent: tuple[str, ...] = ()  # sources it was built to be confused with
    group: str = ""  # the kind of pair, the share replaced, ...
    altered_percent: float | None = None
    framed: bool = False

    def verdict(self, source: Source) -> str:
        """`expected`, `ignored` (they share a photo, in a way nobody asked about), or the class of a false alarm."""
        if source.id in self.expected:
            return "expected"
        if source.id in self.silent:
            return self.set
        if self.material & source.material:
            return "ignored"
        return "framed, unrelated" if self.framed and source.framed else "unrelated"


@dataclass(frozen=True, slots=True)
class TraceData:
    """Sources by id, and queries."""

    sources: dict[str, Source]
    queries: tuple[Query, ...]

    def only(self, *, half: str | None = None, sets: tuple[str, ...] = ()) -> TraceData:
        """One half (sources too: nothing of the other is seen), some sets, or both."""
        sources = {name: one for name, one in self.sources.items() if half in (None, one.half)}
        queries = [q for q in self.queries if half in (None, q.half) and (not sets or q.set in sets)]
        return TraceData(sources, tuple(queries))

    def sample(self, each: int) -> TraceData:
        """At most this many queries of each set and change (or share replaced), spread evenly over the sources."""
        kinds: dict[tuple[str, str], list[Query]] = {}
        for query in self.queries:
            part = query.group if query.set.endswith("replaced") else query.change
            kinds.setdefault((query.set, part), []).append(query)
        kept = [query for number, some in enumerate(kinds.values()) for query in evenly(some, each, number)]
        wanted = {name for query in kept for name in (*query.expected, *query.silent)}
        wanted |= {name for name in self.sources if name.startswith(("photo ", "pair "))}
        return TraceData({name: one for name, one in self.sources.items() if name in wanted}, tuple(kept))


def evenly(some: list[Query], count: int, number: int) -> list[Query]:
    """Every few of them; each call begins elsewhere, so that different changes show different photos."""
    if len(some) <= count:
        return some
    return [some[(i * len(some) // count + number) % len(some)] for i in range(count)]


# ---------------------------------------------------------------- what lies on disk
@lru_cache(maxsize=96)
def opened(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("RGB")


def photo(name: str) -> Image.Image:
    return opened(DATA / "photos" / f"{name}.jpg")


def pair_source(name: str) -> Image.Image:
    return opened(DATA / "derivatives" / "src" / f"{name}.jpg")


def pair_derived(name: str) -> Image.Image:
    return opened(DATA / "derivatives" / "der" / f"{name}.jpg")


@cache
def photos() -> tuple[str, ...]:
    """Names of the unrelated photos that are used."""
    return tuple(name for name in sorted(path.stem for path in (DATA / "photos").glob("*.jpg")) if name not in LEFT_OUT)


@cache
def pairs() -> dict[str, str]:
    """Names of the pairs -> what was done to them."""
    with (DATA / "derivatives" / "manifest.csv").open(newline="", encoding="utf-8") as file:
        return {Path(row["source"]).stem: row["kind"] for row in csv.DictReader(file)}


@cache
def half_of() -> dict[str, str]:
    """Photo or pair -> its half. Photos of one floor, and pairs of one source, stay together."""
    halves: dict[str, str] = {}
    for number, together in enumerate((*FLOORS, *SAME_SOURCE)):
        halves |= dict.fromkeys(together, HALVES[number % 2])
    lone = [name for name in photos() if name not in halves]
    halves |= {name: HALVES[number % 2] for number, name in enumerate(lone)}
    for kind in sorted(set(pairs().values())):
        lone = sorted(name for name, its in pairs().items() if its == kind and name not in halves)
        halves |= {name: HALVES[number % 2] for number, name in enumerate(lone)}
    return halves


def same_source(name: str) -> tuple[str, ...]:
    return next((together for together in SAME_SOURCE if name in together), (name,))


def altered_photos() -> tuple[str, ...]:
    """The third of the photos from which regions are replaced and which are reposted."""
    return photos()[::3]


def spread(step: int, start: int) -> list[str]:
    """Every n-th photo of each half."""
    return [name for half in HALVES for name in [one for one in photos() if half_of()[one] == half][start::step]]


def companion(name: str, seed: str, *, among: tuple[str, ...] = ()) -> str:
    """Another photo of the same half."""
    rng = random.Random(f"{name} {seed}")
    return rng.choice([other for other in among or photos() if other != name and half_of()[other] == half_of()[name]])


# ---------------------------------------------------------------- all of it
def load(sets: tuple[str, ...] = ()) -> TraceData:
    """Everything, or some sets; the bank's plain photos and source photos are always there."""
    sources, queries = list(plain_sources()), list[Query]()
    for name in sets or tuple(SETS):
        for one in SETS[name]():
            if isinstance(one, Source):
                sources.append(one)
            else:
                queries.append(one)
    return TraceData({one.id: one for one in sources}, tuple(queries))


def plain_sources() -> Iterator[Source]:
    for name in photos():
        yield Source(f"photo {name}", half_of()[name], frozenset({name}), partial(photo, name))
    for name in pairs():
        yield Source(f"pair {name}", half_of()[name], frozenset(same_source(name)), partial(pair_source, name))


def changed(picture: Picture, change: Change, seed: str) -> Image.Image:
    return change(picture(), random.Random(seed))


def is_framed(change: str) -> bool:
    return change in ("screenshot", "mirrored screenshot", "telephone")


# ---------------------------------------------------------------- what must be found
def real() -> Iterator[Query]:
    for name in pairs():
        for change in CHANGES:
            yield real_query(name, change)


def real_query(name: str, change: str, *, redraw: bool = False) -> Query:
    derived = partial(pair_derived, name)
    kept: Picture = partial(changed, derived, redrawn, f"redrawn {name}") if redraw else derived
    of = "redrawn" if redraw else "real"
    return Query(
        f"{of} {name}, {change}", of, change, half_of()[name], frozenset(same_source(name)),
        partial(changed, kept, CHANGES[change], f"{of} {name} {change}"),
        expected={f"pair {other}": DERIVED for other in same_source(name)},
        group=pairs()[name], framed=is_framed(change),
    )  # fmt: skip


def replaced() -> Iterator[Query]:
    for number, name in enumerate(altered_photos()):
        for turn, share in enumerate(SHARES):
            change = list(CHANGES)[(number + 3 * turn) % len(CHANGES)]
            yield replaced_query(name, share, change)


def replaced_query(name: str, share: int, change: str, *, redraw: bool = False) -> Query:
    of = "redrawn replaced" if redraw else "replaced"
    by = companion(name, f"replaced {share}") if random.Random(f"by {name} {share}").random() < 0.5 else None
    made: Picture = partial(region_replaced, name, share, by)
    if redraw:
        made = partial(changed, made, redrawn, f"{of} {name} {share}")
    return Query(
        f"{of} {name}, {share} %, {change}", of, change, half_of()[name], frozenset({name, by} if by else {name}),
        partial(changed, made, CHANGES[change], f"{of} {name} {share} {change}"),
        expected={f"photo {name}": DERIVED}, group=f"{share} %", altered_percent=share, framed=is_framed(change),
    )  # fmt: skip


def region_replaced(name: str, share: int, by: str | None) -> Image.Image:
    rng = random.Random(f"region {name} {share}")
    return with_region_replaced(photo(name), share / 100, photo(by) if by else None, rng)


def reposts() -> Iterator[Query]:
    sources: list[tuple[str, Picture, tuple[str, ...]]] = [
        *((name, partial(photo, name), (f"photo {name}",)) for name in altered_photos()),
        *(
            (name, partial(pair_source, name), tuple(f"pair {other}" for other in same_source(name)))
            for name in pairs()
        ),
    ]
    for number, (name, picture, found) in enumerate(sources):
        for turn in range(4):
            change = list(REPOSTS)[(number + 2 * turn) % len(REPOSTS)]
            yield Query(
                f"repost {name}, {change}", "repost", change, half_of()[name], frozenset(same_source(name)),
                partial(changed, picture, REPOSTS[change], f"repost {name} {change}"),
                expected=dict.fromkeys(found, SAME_PHOTO), framed=is_framed(change),
            )  # fmt: skip


def redrawn_real() -> Iterator[Query]:
    for name in pairs():
        for change in ("none", "combo", "mirrored screenshot"):
            yield real_query(name, change, redraw=True)


def redrawn_replaced() -> Iterator[Query]:
    for number, name in enumerate(altered_photos()):
        change = ("none", "half, q50", "combo", "mirrored screenshot")[number // 3 % 4]
        yield replaced_query(name, SHARES[number % 3], change, redraw=True)


def framed_sources() -> Iterator[Source | Query]:
    """A source that is itself framed; the query shows its photo without the frame or in another one."""
    makers = [
        (name, partial(pair_source, name), partial(pair_derived, name))
        for name in pairs()
        if same_source(name)[0] == name
    ]
    makers += [(name, partial(photo, name), partial(region_replaced, name, 50, None)) for name in altered_photos()[::4]]
    for number, (name, plain, derived) in enumerate(makers):
        half = half_of()[name]
        frames = list(frames_of(half).items())
        (frame_name, frame), (other_name, other) = frames[number % len(frames)], frames[(number + 5) % len(frames)]
        material = frozenset(same_source(name))
        source = f"framed {name}, {frame_name}"
        yield Source(source, half, material, partial(changed, plain, frame, source), framed=True)
        for change, picture, kind, framed in (
            ("derivative alone", partial(changed, derived, CHANGES["half, q50"], name), DERIVED, False),
            ("derivative, other frame", partial(changed, derived, other, f"other {source}"), DERIVED, True),
            ("photo alone", partial(changed, plain, CHANGES["crop"], name), SAME_PHOTO, False),
        ):
            shown = f" ({other_name})" if framed else ""
            yield Query(
                f"{change}{shown}, of {source}", "framed source", change, half, material, picture,
                expected={source: kind}, group=frame_name, framed=framed,
            )  # fmt: skip


def frames_of(half: str) -> dict[str, Frame]:
    return trace_frames.TUNED if half == HALVES[0] else trace_frames.HELD_OUT


# ---------------------------------------------------------------- what must stay silent
def same_floor() -> Iterator[Query]:
    for together in FLOORS:
        for name in together:
            for change in ("none", "combo"):
                yield silent_query(
                    "same floor",
                    name,
                    change,
                    partial(photo, name),
                    tuple(f"photo {other}" for other in together if other != name),
                )


def silent_query(
    of: str,
    name: str,
    change: str,
    picture: Picture,
    silent: tuple[str, ...],
    *,
    half: str = "",
    material: frozenset[str] | None = None,
    framed: bool = False,
) -> Query:
    return Query(
        f"{of}: {name}, {change}",
        of,
        change,
        half or half_of()[name],
        frozenset({name}) if material is None else material,
        partial(changed, picture, CHANGES[change], f"{of} {name} {change}"),
        silent=silent,
        framed=framed or is_framed(change),
    )


def other_half() -> Iterator[Source | Query]:
    """One half of a photo is in the bank, the other one is asked for: they touch, and share nothing."""
    for number, name in enumerate(spread(3, 1)):
        source = f"half of {name}"
        yield Source(source, half_of()[name], frozenset({name}), partial(half_photo, name, second=False))
        change = ("none", "mirrored screenshot", "combo")[number % 3]
        yield silent_query("other half", name, change, partial(half_photo, name, second=True), (source,))


def half_photo(name: str, *, second: bool) -> Image.Image:
    whole = photo(name)
    return whole.crop(half_boxes(whole.width, whole.height)[second])


def half_boxes(width: int, height: int) -> tuple[tuple[int, int, int, int], tuple[int, int, int, int]]:
    """Two halves of a picture along its longer side, 16 pixels apart: a JPEG block, and its neighbour's blur."""
    if width >= height:
        return (0, 0, width // 2 - 8, height), (width // 2 + 8, 0, width, height)
    return (0, 0, width, height // 2 - 8), (0, height // 2 + 8, width, height)


def one_place(*, mild: bool) -> Iterator[Source | Query]:
    """A place with one thing in front; then the place turned, tilted and nearer, with another thing in front."""
    of = "one place, mild" if mild else "one place, strong"
    for number, name in enumerate(spread(6, 2 if mild else 5)):
        source, (first, second) = f"{of} {name}", (companion(name, f"{of} {shot}") for shot in (0, 1))
        material = frozenset({name, first, second})
        yield Source(source, half_of()[name], material, partial(scene, of, name, first, 0))
        change = ("none", "combo", "mirrored screenshot")[number % 3]
        yield silent_query(of, name, change, partial(scene, of, name, second, 1), (source,), material=material)


def scene(of: str, name: str, thing: str, shot: int) -> Image.Image:
    rng = random.Random(f"{of} {name} {shot}")
    how = None if not shot else mild_shot(rng) if of.endswith("mild") else strong_shot(rng)
    return with_object(place_at(photo(name), how, rng), photo(thing), rng)


def film() -> Iterator[Source | Query]:
    """Frames of a moving camera: near things move more than far ones, and somebody else stands in front."""
    for number, name in enumerate(spread(7, 1)):
        source, (middle, first, second) = f"film {name}", (companion(name, f"film {shot}") for shot in range(3))
        material = frozenset({name, middle, first, second})
        step = random.Random(f"film {name}").uniform(6, 24) * random.Random(f"way {name}").choice((-1, 1))
        yield Source(source, half_of()[name], material, partial(film_frame, name, middle, first, 0.0))
        change = ("none", "combo", "mirrored screenshot")[number % 3]
        yield silent_query(
            "film", name, change, partial(film_frame, name, middle, second, step), (source,), material=material
        )


def film_frame(name: str, middle: str, front: str, step: float) -> Image.Image:
    frame = neighbour(photo(name), photo(middle), step, random.Random(f"film {name}"))
    return with_object(frame, photo(front), random.Random(f"film {name} {front}"))


STEREO_CROPS = (
    (0.0, 0.0, 1.0, 1.0),
    (0.0, 0.0, 0.6, 1.0),
    (0.4, 0.0, 1.0, 1.0),
    (0.0, 0.3, 1.0, 1.0),
    (0.2, 0.1, 0.8, 0.9),
)


def stereo() -> Iterator[Source | Query]:
    """The motorcycle of scikit-image: the left eye is in the bank; the right one, and views between, are asked for."""
    for number, crop in enumerate(STEREO_CROPS):
        half = HALVES[number % 2]
        source = f"stereo {number}"
        yield Source(source, half, frozenset({"motorcycle"}), partial(motorcycle, 0.0, crop))
        for share in (0.25, 0.5, 1.0):
            change = "mirrored screenshot" if number % 2 else "none"
            yield silent_query(
                "stereo",
                f"{number} at {share}",
                change,
                partial(motorcycle, share, crop),
                (source,),
                half=half,
                material=frozenset({"motorcycle"}),
            )


def motorcycle(share: float, crop: tuple[float, float, float, float]) -> Image.Image:
    import skimage.data  # noqa: PLC0415  # slow, and of use to one set only

    left, right, disparity = skimage.data.stereo_motorcycle()  # type: ignore[no-untyped-call]  # has no types
    if share == 1:
        image = Image.fromarray(right)
    else:
        image = seen_from(left, disparity, share) if share else Image.fromarray(left)
    return image.crop(
        (
            round(crop[0] * image.width),
            round(crop[1] * image.height),
            round(crop[2] * image.width),
            round(crop[3] * image.height),
        )
    )


def studio() -> Iterator[Source | Query]:
    """The same person before the same wall, in another pose and other clothes; and somebody else before that wall."""
    for number, name in enumerate(PEOPLE):
        source, half = f"studio {name}", half_of()[name]
        yield Source(source, half, frozenset({name}), partial(studio_shot, name, 0, number))
        for shot in (1, 2):
            change = ("none", "half, q50", "mirrored screenshot")[(number + shot) % 3]
            yield silent_query(
                "studio",
                f"{name} again, {shot}",
                change,
                partial(studio_shot, name, shot, number),
                (source,),
                half=half,
                material=frozenset({name}),
            )
        other = next(who for who in (*PEOPLE[number + 1 :], *PEOPLE) if who != name and half_of()[who] == half)
        yield silent_query(
            "studio",
            f"{other} where {name} was",
            "none",
            partial(studio_shot, other, 0, number),
            (source,),
            half=half,
            material=frozenset({name, other}),
        )


def studio_shot(name: str, shot: int, wall: int) -> Image.Image:
    person, mask = kept_person(pair_source(name), pair_derived(name))
    return in_studio(person, mask, shot, wall, random.Random(f"studio {name} {shot} {wall}"))


def patterns() -> Iterator[Source | Query]:
    """One wall, floor or cloth with a repeated pattern, photographed twice with different things in front."""
    for kind in PATTERNS:
        for number in range(8):
            half, source = HALVES[number % 2], f"pattern {kind} {number}"
            first = random.Random(source).choice([name for name in photos() if half_of()[name] == half])
            things = (first, companion(first, source))
            yield Source(
                source, half, frozenset({source, things[0]}), partial(pattern_shot, kind, number, 0, things[0])
            )
            yield silent_query(
                "pattern",
                f"{kind} {number}",
                ("none", "combo")[number // 2 % 2],
                partial(pattern_shot, kind, number, 1, things[1]),
                (source,),
                half=half,
                material=frozenset({source, *things}),
            )


def pattern_shot(kind: str, number: int, shot: int, thing: str) -> Image.Image:
    return pattern(kind, number, shot, photo(thing))


def texts() -> Iterator[Source | Query]:
    for style in range(10):
        sources = tuple(f"text {style} {content}" for content in (0, 1))
        half = HALVES[style % 2]
        for content, source in enumerate(sources):
            yield Source(source, half, frozenset({source}), partial(page_of_text, style, content), framed=True)
        for content in (2, 3, 4):
            change = ("none", "half, q50", "combo")[content % 3]
            yield silent_query(
                "text",
                f"{style} {content}",
                change,
                partial(page_of_text, style, content),
                sources,
                half=half,
                material=frozenset({f"text {style} {content}"}),
                framed=True,
            )


def logos() -> Iterator[Source | Query]:
    for style in range(12):
        source, half = f"logo {style}", HALVES[style % 2]
        yield Source(source, half, frozenset({f"poster {style} 0"}), partial(poster, style, 0), framed=True)
        for content in (1, 2):
            yield silent_query(
                "logo",
                f"{style} {content}",
                ("none", "half, q50")[content % 2],
                partial(poster, style, content),
                (source,),
                half=half,
                material=frozenset({f"poster {style} {content}"}),
                framed=True,
            )


def apps() -> Iterator[Source | Query]:
    for style in range(16):
        half = HALVES[style % 2]
        mine = [name for name in photos() if half_of()[name] == half]
        shown = random.Random(f"app {style}").sample(mine, 18)
        source = f"app {style}"
        yield Source(source, half, frozenset(shown[:6]), partial(app_shot, style, 0, tuple(shown[:6])), framed=True)
        for content in (1, 2):
            here = tuple(shown[6 * content : 6 * content + 6])
            yield silent_query(
                "app",
                f"{style} {content}",
                ("none", "half, q50")[content % 2],
                partial(app_shot, style, content, here),
                (source,),
                half=half,
                material=frozenset(here),
                framed=True,
            )


def app_shot(style: int, content: int, names: tuple[str, ...]) -> Image.Image:
    return app(style, content, [photo(name) for name in names])


PAIRS_OF_A_FRAME = 10


def frames(half: str) -> Iterator[Source | Query]:
    """Two different photos of one size, under the same words in the same frame."""
    of = "frame, tuned" if half == HALVES[0] else "frame, held out"
    for name, frame in frames_of(half).items():
        for number, (one, other) in enumerate(of_one_size(half, name)):
            seed, source = f"{name} {number}", f"{of}: {name}, {number}"
            yield Source(source, half, frozenset({one}), partial(in_frame, one, frame, seed), framed=True)
            quality = 80 if number % 2 else None
            yield Query(
                f"{source}, the other", of, "JPEG q80" if quality else "none", half, frozenset({other}),
                partial(in_frame, other, frame, seed, quality=quality), silent=(source,), group=name, framed=True,
            )  # fmt: skip


def of_one_size(half: str, seed: str) -> Iterator[tuple[str, str]]:
    """Pairs of photos of one size that do not lie on the same floor."""
    sizes: dict[tuple[int, int], list[str]] = {}
    for name in photos():
        if half_of()[name] == half and not any(name in together for together in FLOORS):
            sizes.setdefault(photo(name).size, []).append(name)
    many = sorted((size for size in sizes if len(sizes[size]) >= 4), key=lambda size: -len(sizes[size]))
    rng = random.Random(f"sizes {half} {seed}")
    for number in range(PAIRS_OF_A_FRAME):
        one, other = rng.sample(sizes[many[number % min(4, len(many))]], 2)
        yield one, other


def in_frame(name: str, frame: Frame, seed: str, *, quality: int | None = None) -> Image.Image:
    image = frame(photo(name), random.Random(seed))
    return as_jpeg(image, quality) if quality else image


SETS: dict[str, Callable[[], Iterator[Source | Query]]] = {
    "real": real,
    "replaced": replaced,
    "repost": reposts,
    "redrawn": redrawn_real,
    "redrawn replaced": redrawn_replaced,
    "framed source": framed_sources,
    "same floor": same_floor,
    "other half": other_half,
    "one place, strong": partial(one_place, mild=False),
    "one place, mild": partial(one_place, mild=True),
    "film": film,
    "stereo": stereo,
    "studio": studio,
    "pattern": patterns,
    "text": texts,
    "logo": logos,
    "app": apps,
    "frame, tuned": partial(frames, HALVES[0]),
    "frame, held out": partial(frames, HALVES[1]),
}


# ---------------------------------------------------------------- more for the bank
def distractors(count: int) -> Iterator[Source]:
    """Made photos: crops, turns and blends of the photos from which nothing above is derived."""
    pool = [name for name in photos() if name not in altered_photos()]
    for number in range(count):
        rng = random.Random(f"distractor {number}")
        one, other = rng.choice(pool), rng.choice(pool)
        yield Source(f"made {number}", half_of()[one], frozenset({one, other}), partial(made_photo, number, one, other))


def made_photo(number: int, one: str, other: str) -> Image.Image:
    rng = random.Random(f"made {number}")
    image = warped(photo(one), rng)
    kind = rng.random()
    if kind < 0.25:
        image = Image.blend(image, warped(photo(other), rng).resize(image.size), rng.uniform(0.25, 0.75))
    elif kind < 0.5:
        beside = warped(photo(other), rng).resize((max(40, image.width * rng.randrange(3, 8) // 10), image.height))
        both = Image.new("RGB", (image.width + beside.width, image.height))
        both.paste(image, (0, 0))
        both.paste(beside, (image.width, 0))
        image = both
    image = ImageEnhance.Brightness(image).enhance(rng.uniform(0.75, 1.25))
    return as_jpeg(image, rng.randrange(50, 90)) if rng.random() < 0.3 else image


def warped(whole: Image.Image, rng: random.Random) -> Image.Image:
    """A crop of 50 to 90 % whose corners are moved by up to a tenth, turned over in half of the cases."""
    share = rng.uniform(0.5, 0.9)
    width, height = whole.width * share, whole.height * share
    left, top = rng.random() * (whole.width - width), rng.random() * (whole.height - height)
    moved = [
        (
            np.clip(left + x * width + rng.uniform(-0.1, 0.1) * width, 0, whole.width),
            np.clip(top + y * height + rng.uniform(-0.1, 0.1) * height, 0, whole.height),
        )
        for x, y in ((0, 0), (0, 1), (1, 1), (1, 0))
    ]
    if rng.random() < 0.5:
        moved = [moved[3], moved[2], moved[1], moved[0]]
    across = rng.randrange(320, 513)
    size = (across, max(160, round(across * height / width * rng.uniform(0.85, 1.15))))
    return whole.transform(size, Image.Transform.QUAD, [float(v) for corner in moved for v in corner], BICUBIC)
