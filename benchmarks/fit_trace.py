"""Make the tables of the trace anew: native/src/trace_tables.hpp and native/src/trace_drawn_table.hpp.

Run: make .venv/.bench, then .venv/bin/python benchmarks/fit_trace.py STEP
     whiten          the mean and the matrix that turn a descriptor into a code
     drawn           what letters and signs are told by
     weigh           the likelihoods of distances, what a rigid sheet is allowed, what counts as replaced
     all             one after the other
     --check         say how far the tables in use are from what a step makes, and write nothing
     --likelihoods   `weigh` writes new likelihoods too, not only allowances and what counts as replaced
     --each N        queries of each set and change that `weigh` asks (default 24)
     --keep FOLDER   keep what `weigh` measured there, and take it from there the next time

Everything comes from ../shared/data and from fixed seeds. Each table is made from the development half of the sources
and judged on both halves, the held-out one being the judge. `whiten` only ever measures: stored traces are codes of the
matrix in use, so a better one needs a new version of the trace. After `drawn`, build haalweg before `weigh`.
`drawn` uses Pillow's font and the fonts of the system; with other fonts it makes a slightly different table.
"""

from __future__ import annotations

import argparse
import pickle
import random
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import trace_data
from PIL import Image, ImageDraw, ImageFont, ImageOps
from trace_changes import as_jpeg, redrawn, resized
from trace_data import DERIVED, HALVES, STATED_LIMITS, Query, Source

from haalweg import _native

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"
Table: TypeAlias = "dict[str, tuple[float, float]]"

NATIVE = Path(__file__).resolve().parents[1] / "native" / "src"
TABLES, DRAWN = NATIVE / "trace_tables.hpp", NATIVE / "trace_drawn_table.hpp"
DEVELOPMENT = HALVES[0]


def pixels(image: Image.Image) -> NDArray[np.uint8]:
    return np.ascontiguousarray(np.asarray(image.convert("RGB")))


# ---------------------------------------------------------------- the tables as they are written
ALLOWANCES = ("kTurn", "kShear", "kStretch", "kResidual", "kContrast")


@dataclass(frozen=True, slots=True)
class Weights:
    """What `weigh` makes."""

    likelihood: Floats  # [level group][rank][distance]
    allowances: Table
    replaced: float


@dataclass(frozen=True, slots=True)
class Letters:
    """What `drawn` makes: above the limit, drawn; the weights hold for the features as they come."""

    limit: float
    offset: float
    weights: Floats


def numbers(text: str, name: str) -> Floats:
    found = re.search(rf"{name}(?:\[\w*\])* = ([^;]*);", text)
    if found is None:
        raise LookupError(f"{name} is not in the tables")
    return np.array([float(one) for one in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", found[1])])


def read_weights() -> Weights:
    text = TABLES.read_text()
    shape = (3, len(numbers(text, "kRankBins")) + 1, len(numbers(text, "kDistanceBins")) + 1)
    allowances = {name: (float(pair[0]), float(pair[1])) for name in ALLOWANCES for pair in [numbers(text, name)]}
    return Weights(numbers(text, "kLikelihood").reshape(shape), allowances, float(numbers(text, "kReplaced")[0]))


def write_weights(made: Weights) -> None:
    """Only these tables of the file: the whitening above them stays, byte for byte."""
    rows = "},\n    {".join(
        "{" + "},\n     {".join(", ".join(f"{v:.2f}f" for v in row) for row in group) + "}" for group in made.likelihood
    )
    text = re.sub(
        r"(kLikelihood(?:\[\d+\])* = )[^;]*;", lambda m: m[1] + "{{" + rows + "}};", TABLES.read_text(), count=1
    )
    for name, (free, unit) in made.allowances.items():
        text = re.sub(rf"({name} = )[^;]*;", rf"\g<1>{{{free:.2f}f, {unit:.2f}f}};", text)
    text = re.sub(r"(kReplaced = )[^;]*;", lambda m: f"{m[1]}{made.replaced:.1f}f;", text)
    TABLES.write_text(text)


def read_letters() -> Letters:
    text = DRAWN.read_text()
    limit, offset = (float(numbers(text, name)[0]) for name in ("kDrawnLimit", "kDrawnOffset"))
    return Letters(limit, offset, numbers(text, "kDrawnWeights"))


def write_letters(made: Letters) -> None:
    values = [literal(value) for value in made.weights]
    rows = ",\n    ".join(", ".join(values[i : i + 12]) for i in range(0, len(values), 12))
    DRAWN.write_text(
        "// Made by benchmarks/fit_trace.py: change it there.\n#pragma once\n\nnamespace haalweg {\n\n"
        f"inline constexpr float kDrawnLimit = {made.limit:.4f}f;\n"
        f"inline constexpr float kDrawnOffset = {literal(made.offset)};\n"
        f"inline constexpr float kDrawnWeights[{len(values)}] = {{\n    {rows}}};\n\n}}  // namespace haalweg\n"
    )


def literal(value: float) -> str:
    short = f"{value:.6g}"
    return short + ("f" if "." in short or "e" in short else ".0f")


# ---------------------------------------------------------------- weigh: what is measured
DISTANCE_BINS, RANK_BINS = (numbers(TABLES.read_text(), name) for name in ("kDistanceBins", "kRankBins"))
LEVEL_GROUPS = np.array((0, 0, 1, 1, 2, 2, 2, 2))
POINT = np.dtype([("place", "u1", 3), ("code", "u1", 16)])
SMALL_PX = 220  # longer side of a small source
AT_RANDOM = 3  # unrelated sources, besides those that the index names
LEAST_SUM = 2.0  # a way to lie that earns less by the tables in use is not looked at again


@dataclass(slots=True)
class Way:
    """One way in which a picture may lie over a photo."""

    bins: NDArray[np.int64]  # of the points inside: numbers of likelihoods
    points: NDArray[np.int64]  # which these are
    rigidity: tuple[float, ...]  # points, turn, shear, stretch, residual, contrast
    transform: tuple[float, float, float, float]
    view: tuple[float, float]
    inside: bytes
    sure: int  # points that are as good as certain
    score: float  # by the tables in use


@dataclass(slots=True)
class Compared:
    """One query beside one source."""

    query: str
    source: str
    set: str  # of the query, for sources that it should find; else the class of the false alarm
    change: str
    group: str
    half: str
    true: bool
    ways: list[Way]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the points of a trace lie."""

    x: NDArray[np.float32]
    y: NDArray[np.float32]
    size: NDArray[np.float32]
    level: NDArray[np.int64]
    cell: NDArray[np.int64]

    @classmethod
    def of(cls, trace: bytes) -> Places:
        width, height = np.frombuffer(trace[8:12], "<u2").tolist()
        three = np.frombuffer(trace[_native.TRACE_HEAD_BYTES :], POINT)["place"].astype(np.int64)
        packed = three @ np.array((1, 1 << 8, 1 << 16))
        x, y, level = packed & 1023, packed >> 10 & 1023, packed >> 20 & 7
        cell = np.minimum(7, y * 8 // (2 * height)) * 8 + np.minimum(7, x * 8 // (2 * width))
        size = (2 ** (level / 2)).astype(np.float32)
        return cls((x / 2).astype(np.float32), (y / 2).astype(np.float32), size, level, cell)


@dataclass(slots=True)
class Measured:
    """All that `weigh` needs: the comparisons, and the traces by the names of their sources."""

    compared: list[Compared]
    traces: dict[str, bytes]


def small_sources() -> Iterator[Source | Query]:
    """A source of a few hundred pixels, as a profile picture is; what is derived from it comes at full size."""
    for name in trace_data.pairs():
        source = f"small {name}"
        half, material = trace_data.half_of()[name], frozenset(trace_data.same_source(name))
        yield Source(source, half, material, partial(small, name))
        for change in ("none", "combo"):
            of = trace_data.real_query(name, change)
            yield replace(of, id=f"small {of.id}", set="small source", expected={source: DERIVED})


def small(name: str) -> Image.Image:
    whole = trace_data.pair_source(name)
    return resized(whole, SMALL_PX / max(whole.size))


def measure(each: int) -> Measured:
    """Compare each query with what it should find, what it was built to be confused with, and what the index names."""
    data = trace_data.load().sample(each)
    sources, queries = dict(data.sources), list(data.queries)
    for one in small_sources():
        if isinstance(one, Source):
            sources[one.id] = one
        else:
            queries.append(one)
    out = Measured([], {})
    index = {half: _native.TraceIndex() for half in HALVES}
    names: dict[str, list[str]] = {half: [] for half in HALVES}
    for source in sources.values():
        trace, _, _ = _native.trace_pixels(pixels(source.picture()), fake=False, leave_faces_out=True, leave_out=[])
        if trace is None:
            continue
        out.traces[source.id] = trace
        # The small ones would crowd out the large ones that show the same.
        if not source.id.startswith("small "):
            index[source.half].add(trace, len(names[source.half]))
            names[source.half].append(source.id)
    print(f"{len(out.traces):,} traces of {len(sources):,} sources")
    for number, query in enumerate(queries, start=1):
        rgb = pixels(query.picture())
        named = [names[query.half][row[0]] for row in index[query.half].search(rgb, 0.01)[2]]
        named += random.Random(query.id).sample(names[query.half], AT_RANDOM)
        asked = [name for name in dict.fromkeys((*query.expected, *query.silent, *named)) if name in out.traces]
        asked = [name for name in asked if query.verdict(sources[name]) != "ignored"]
        found = _native.trace_alignments([out.traces[name] for name in asked], rgb)
        for name, ways in zip(asked, found, strict=True):
            verdict = query.verdict(sources[name])
            true = verdict == "expected"
            kept = [way for way in (way_of(out.traces[name], one) for one in ways) if way is not None]
            out.compared.append(
                Compared(
                    query.id, name, query.set if true else verdict, query.change, query.group, query.half, true, kept
                )
            )
        if number % 100 == 0:
            print(f"{number:,} of {len(queries):,} queries", flush=True)
    return out


def way_of(trace: bytes, one: Any) -> Way | None:
    _, transform, view, distances, evidence, inside, rigidity, score, _ = one
    points = np.flatnonzero(np.frombuffer(inside, np.uint8))
    distance = np.frombuffer(distances, np.uint8)[points]
    rank = np.searchsorted(RANK_BINS, np.frombuffer(evidence, np.float32)[points], "left")
    ranks, bins = len(RANK_BINS) + 1, len(DISTANCE_BINS) + 1
    group = LEVEL_GROUPS[places_of(trace).level[points]]
    numbered = (group * ranks + rank) * bins + np.searchsorted(DISTANCE_BINS, distance, "right")
    if in_use()[numbered].clip(0).sum() < LEAST_SUM:
        return None
    sure = int(((rank >= 3) & (distance < 20)).sum())
    return Way(numbered, points, rigidity, transform, view, inside, sure, score)


@cache
def places_of(trace: bytes) -> Places:
    return Places.of(trace)


@cache
def in_use() -> Floats:
    return read_weights().likelihood.ravel()


# ---------------------------------------------------------------- weigh: scores, as the native ones
CELL_MOST, AGREES = 8.0, 0.3  # as in native/src/trace_tables.hpp and trace_evidence.cpp
POSSIBLE = 12.0  # haalweg.matching.trace_index.POSSIBLE_SCORE
LEAST_SCORED = 3.0  # before the allowances; less is not worth a look at them


@dataclass(slots=True)
class Scored:
    """Every way of every comparison that earns something, one row each."""

    of: NDArray[np.int64]  # number of the comparison
    way: NDArray[np.int64]
    sums: Floats
    rigidity: Floats  # rows as Way has them

    def by_way(self, allowed: Table) -> Floats:
        points, *bent, contrast = self.rigidity.T
        loose = sum(
            (np.maximum(0, np.abs(value) - free) / unit) ** 2
            for value, (free, unit) in zip(bent, [allowed[name] for name in ALLOWANCES[:4]], strict=True)
        )
        free, unit = allowed["kContrast"]
        loose = loose + (np.maximum(0, free - contrast) / unit) ** 2
        scores: Floats = self.sums / (1 + np.where(points > 0, loose, 0))
        return scores

    def scores(self, allowed: Table, count: int) -> Floats:
        best = np.zeros(count)
        np.maximum.at(best, self.of, self.by_way(allowed))
        return best

    def best_ways(self, allowed: Table) -> dict[int, int]:
        """Comparison -> its best way."""
        order = np.argsort(self.by_way(allowed), kind="stable")
        return {int(self.of[row]): int(self.way[row]) for row in order}


def scored(measured: Measured, likelihood: Floats) -> Scored:
    flat = likelihood.ravel()
    rows = [
        (number, k, earned, way.rigidity)
        for number, one in enumerate(measured.compared)
        for k, way in enumerate(one.ways)
        if (earned := sum_of(places_of(measured.traces[one.source]), way, flat[way.bins])) >= LEAST_SCORED
    ]
    of, ways, sums, rigidity = zip(*rows, strict=True)
    return Scored(np.array(of), np.array(ways), np.array(sums), np.array(rigidity, np.float64))


def sum_of(places: Places, way: Way, weights: Floats) -> float:
    """Windows that overlap count as the root of their number; a cell counts for a little only."""
    counted = weights.copy()
    cells = places.cell[way.points]
    if np.bincount(cells, weights.clip(0), 64).clip(0, CELL_MOST).sum() < LEAST_SCORED:
        return 0.0
    good = np.flatnonzero(weights > 0)
    at = way.points[good]
    x, y, size, mine = places.x[at], places.y[at], places.size[at], weights[good].astype(np.float32)
    larger, smaller = np.maximum.outer(size, size), np.minimum.outer(size, size)
    apart = (np.subtract.outer(x, x) ** 2 + np.subtract.outer(y, y) ** 2) / (100 * larger * larger)
    same = np.where(apart < 9, np.exp(-apart), 0) * smaller / larger * np.minimum(1, mine[None] / mine[:, None])
    counted[good] /= np.sqrt(np.maximum(1, same.sum(axis=1)))
    return float(np.bincount(cells, counted, 64).clip(0, CELL_MOST).sum())


# ---------------------------------------------------------------- weigh: what counts
FITTED_SETS = frozenset({"real", "replaced", "redrawn", "redrawn replaced", "small source", "framed source"})
FRAMES = frozenset({"frame, tuned", "frame, held out", "framed, unrelated", "text", "logo", "app"})
PUBLISHED = ("none", "combo", "mirrored screenshot")
PARTS: dict[str, Callable[[Compared], bool]] = {
    "real, none / combo / mirrored screenshot": lambda one: one.set == "real" and one.change in PUBLISHED,
    "real, combo": lambda one: one.set == "real" and one.change == "combo",
    "real, all": lambda one: one.set == "real",
    "real, try-on": lambda one: one.set == "real" and one.group.startswith("tryon"),
    "redrawn": lambda one: one.set == "redrawn",
    "replaced 50 %": lambda one: one.set == "replaced" and one.group == "50 %",
    "replaced 70 %": lambda one: one.set == "replaced" and one.group == "70 %",
    "redrawn replaced": lambda one: one.set == "redrawn replaced",
    "small source": lambda one: one.set == "small source",
    "framed source": lambda one: one.set == "framed source",
    "repost": lambda one: one.set == "repost",
}
# What the search for allowances is after, and how much of it counts.
WANTED = {
    "real, none / combo / mirrored screenshot": 1.0, "real, combo": 1.0, "redrawn": 1.0, "replaced 50 %": 1.0,
    "replaced 70 %": 1.0, "real, try-on": 0.5, "small source": 0.5, "redrawn replaced": 0.5,
}  # fmt: skip
AT_FALSE_ALARMS = (0, 1, 3, 10)


@dataclass(frozen=True, slots=True)
class Half:
    """Which comparisons of one half are what."""

    parts: dict[str, NDArray[np.int64]]  # the true ones
    silent: NDArray[np.int64]  # false alarms, were they found; without frames and stated limits
    frames: NDArray[np.int64]
    classes: dict[str, NDArray[np.int64]]  # of false alarms

    @classmethod
    def of(cls, measured: Measured, half: str) -> Half:
        mine = [(number, one) for number, one in enumerate(measured.compared) if one.half == half]
        parts = {name: indices(n for n, one in mine if one.true and holds(one)) for name, holds in PARTS.items()}
        classes = {
            name: indices(n for n, one in mine if not one.true and one.set == name)
            for name in sorted({one.set for _, one in mine if not one.true})
        }
        counted = {name: those for name, those in classes.items() if name not in STATED_LIMITS}
        silent = [those for name, those in counted.items() if name not in FRAMES]
        frames = [those for name, those in counted.items() if name in FRAMES]
        return cls(parts, np.concatenate(silent), np.concatenate(frames), classes)

    def value(self, scores: Floats) -> float:
        """Weighted recall over a few false-alarm levels; how clearly the threshold is passed breaks ties."""
        worst = np.sort(scores[self.silent])[::-1]
        total = 0.0
        for false_alarms in AT_FALSE_ALARMS:
            least = max(worst[false_alarms], 1.0)
            for name, weight in WANTED.items():
                mine = scores[self.parts[name]]
                clear = np.log(np.maximum(mine, 0.1) / least).clip(-1, 1).mean()
                total += weight * (float((mine > least).mean()) + 0.1 * float(clear))
        return total / len(AT_FALSE_ALARMS)


def indices(some: Iterable[int]) -> NDArray[np.int64]:
    return np.fromiter(some, np.int64)


# ---------------------------------------------------------------- weigh: the fit
ROUNDS, TRIES = 3, 300
PRIOR = 3.0  # comparisons' worth of belief that a bin says what its rank says
HARDNESS = 2.0  # a false alarm counts by its score, in these units; the likely ones must be outweighed
LOWEST, HIGHEST = -0.6, 4.2
SURE_FEWEST = 6  # a true pair that does not even show so many was not found at all and teaches nothing


def fit_weights(measured: Measured, used: Weights) -> tuple[Weights, Weights]:
    """The allowances anew; and likelihoods and allowances in turn. Nothing of the held-out half is looked at."""
    half, count, rng = Half.of(measured, DEVELOPMENT), len(measured.compared), random.Random(1)
    allowances, value = search(scored(measured, used.likelihood), used.allowances, half, count, rng)
    first = replace(used, allowances=allowances)
    print(f"Value on the development half: {value:.3f} with the likelihoods in use", end="")
    made, best, kept = first, 0.0, first
    for _ in range(ROUNDS):
        rows = scored(measured, made.likelihood)
        likelihood = fit_likelihood(measured, rows, made.allowances)
        allowances, value = search(scored(measured, likelihood), made.allowances, half, count, rng)
        made = replace(made, likelihood=likelihood, allowances=allowances)
        print(f", {value:.3f}", end="")
        if value > best:
            best, kept = value, made
    print(" with new ones.")
    return replace(first, replaced=fit_replaced(measured, first)), replace(kept, replaced=fit_replaced(measured, kept))


def fit_likelihood(measured: Measured, rows: Scored, allowed: Table) -> Floats:
    """The logarithm of how much likelier a copied place shows a distance and rank than one of a hard unrelated pair."""
    shape = in_use().size
    seen = {True: np.zeros(shape), False: np.zeros(shape)}
    scores = rows.scores(allowed, len(measured.compared))
    for number, k in rows.best_ways(allowed).items():
        one = measured.compared[number]
        if one.half != DEVELOPMENT or (one.set not in FITTED_SETS if one.true else one.set in FRAMES | STATED_LIMITS):
            continue
        way = one.ways[k]
        if one.true and way.sure < SURE_FEWEST:
            continue
        weight = 100 / len(way.bins) if one.true else max(float(scores[number]), 0.3) / HARDNESS
        seen[one.true] += weight * np.bincount(way.bins, minlength=shape)
    form = read_weights().likelihood.shape
    true, false = (seen[kind].reshape(form) for kind in (True, False))
    of_group = false.sum(axis=(1, 2), keepdims=True)
    true = true / true.sum(axis=(1, 2), keepdims=True) * of_group
    by_rank = (true.sum(axis=2, keepdims=True) + PRIOR) / (false.sum(axis=2, keepdims=True) + PRIOR)
    believed = by_rank.clip(np.exp(LOWEST), np.exp(1))
    ratio = np.log((true + PRIOR * believed) / (false + PRIOR)).clip(LOWEST, HIGHEST)
    fallen = [
        [falling(*row) for row in zip(*group, strict=True)] for group in zip(ratio, true + false + 1, strict=True)
    ]
    out: Floats = np.round(np.array(fallen), 2) + 0.0
    return out


def falling(values: Floats, weights: Floats) -> Floats:
    """The nearest values that never rise: a nearer code never speaks less for a copy."""
    blocks: list[tuple[float, float, int]] = []  # mean, weight, length
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        blocks.append((value, weight, 1))
        while len(blocks) > 1 and blocks[-2][0] < blocks[-1][0]:
            (b, wb, nb), (a, wa, na) = blocks.pop(), blocks.pop()
            blocks.append(((a * wa + b * wb) / (wa + wb), wa + wb, na + nb))
    return np.concatenate([np.full(length, mean) for mean, _, length in blocks])


def search(rows: Scored, start: Table, half: Half, count: int, rng: random.Random) -> tuple[Table, float]:
    """Change some allowances by up to a quarter; keep what is better."""
    best, value = start, half.value(rows.scores(start, count))
    for _ in range(TRIES):
        tried = {
            name: (free * rng.uniform(0.8, 1.25), unit * rng.uniform(0.8, 1.25)) if rng.random() < 0.4 else (free, unit)
            for name, (free, unit) in best.items()
        }
        if not plausible(tried):
            continue
        its = half.value(rows.scores(tried, count))
        if its > value:
            best, value = tried, its
    return {name: (round(free, 2), round(unit, 2)) for name, (free, unit) in best.items()}, value


def plausible(allowed: Table) -> bool:
    """Some pairs that turn or drift must come to be refused, however few the pictures at hand have of them."""
    return (
        allowed["kTurn"][0] <= 1.2
        and allowed["kTurn"][1] >= 0.25
        and allowed["kContrast"][0] >= 3.5
        and allowed["kContrast"][1] <= 6
        and allowed["kResidual"][0] >= 0.6
    )


# ---------------------------------------------------------------- weigh: which part is replaced
REPOSTS_CALLED_DERIVED = 0.02  # at most


def fit_replaced(measured: Measured, made: Weights) -> float:
    """The least that calls no more than a few reposts derived."""
    of_reposts = np.sort(replaced_of(measured, made, DEVELOPMENT)["repost"])[::-1]
    return float(np.ceil(2 * of_reposts[int(REPOSTS_CALLED_DERIVED * len(of_reposts))] + 0.1) / 2)


def replaced_of(measured: Measured, made: Weights, half: str) -> dict[str, Floats]:
    """For what is found: how much likelier it is that a part is replaced, by set."""
    rows = scored(measured, made.likelihood)
    scores = rows.scores(made.allowances, len(measured.compared))
    flat = made.likelihood.ravel()
    out: dict[str, list[float]] = defaultdict(list)
    for number, k in rows.best_ways(made.allowances).items():
        one = measured.compared[number]
        if not one.true or one.half != half or scores[number] < POSSIBLE:
            continue
        way, trace = one.ways[k], measured.traces[one.source]
        agrees = np.zeros(len(way.inside), np.uint8)
        agrees[way.points] = flat[way.bins] > AGREES
        name = f"{one.set}, {one.group}" if one.set in ("real", "replaced") else one.set
        if one.change == "photo alone":
            name = "repost of a framed source"
        out[name].append(_native.trace_replaced(trace, way.transform, way.view, way.inside, agrees.tobytes()))
        if one.set == "real":
            out["real, all"].append(out[name][-1])
    return {name: np.array(values) for name, values in out.items()}


# ---------------------------------------------------------------- weigh: what is printed
def weigh(options: argparse.Namespace) -> None:
    kept = options.keep / f"weigh-{options.each}.pickle" if options.keep else None
    if kept is not None and kept.exists():
        measured: Measured = pickle.loads(kept.read_bytes())  # noqa: S301  # written by ourselves
    else:
        measured = measure(options.each)
        if kept is not None:
            kept.write_bytes(pickle.dumps(measured))
    used = read_weights()
    off = max((abs(one.score - ours) for one, ours in as_native(measured, used)), default=0.0)
    print(f"Scores differ from the native ones by at most {off:.3f}.")
    first, made = fit_weights(measured, used)
    for half in HALVES:
        report_half(measured, {"in use": used, "allowances": first, "and likelihoods": made}, half)
    # A likelihood is 255 numbers: it is only made anew when asked for, by someone who has read the held-out figures.
    made = made if options.likelihoods else first
    apart = np.abs(used.likelihood - made.likelihood)
    print(f"\nLikelihoods lie {apart.mean():.2f} from those in use in the mean, {apart.max():.2f} at most.")
    for name in ALLOWANCES:
        print(f"{name}: {used.allowances[name]} in use, {made.allowances[name]} made")
    print(f"kReplaced: {used.replaced} in use, {made.replaced} made")
    if not options.check:
        write_weights(made)


def as_native(measured: Measured, used: Weights) -> Iterator[tuple[Way, float]]:
    rows = scored(measured, used.likelihood)
    for number, k, score in zip(rows.of, rows.way, rows.by_way(used.allowances), strict=True):
        yield measured.compared[number].ways[k], float(score)


def report_half(measured: Measured, tables: dict[str, Weights], half: str) -> None:
    its = Half.of(measured, half)
    scores = {
        name: scored(measured, table.likelihood).scores(table.allowances, len(measured.compared))
        for name, table in tables.items()
    }
    print(f"\n{half}: recall at no false alarm / at none in frames either / at {POSSIBLE:g}")
    levels = {
        name: (float(s[its.silent].max()), float(s[np.concatenate((its.silent, its.frames))].max()), POSSIBLE)
        for name, s in scores.items()
    }
    print(f"{'':42}{'n':>5}", *(f"{name:>22}" for name in tables))
    print(f"{'threshold':47}", *(f"{levels[name][0]:14.1f} / {levels[name][1]:5.1f}" for name in tables))
    for part, those in its.parts.items():
        if len(those):
            shares = [" / ".join(f"{(scores[name][those] >= np.nextafter(t, 99)).mean():.3f}" for t in levels[name])
                      for name in tables]  # fmt: skip
            print(f"{part:42}{len(those):5}", *(f"{share:>22}" for share in shares))
    print("highest false candidates:")
    for of, those in its.classes.items():
        tops = [" ".join(f"{v:.1f}" for v in np.sort(scores[name][those])[::-1][:3]) for name in tables]
        print(f"{of:42}{len(those):5}", *(f"{top:>22}" for top in tops))
    print("called derived:")
    replaced = {name: replaced_of(measured, table, half) for name, table in tables.items()}
    for of in sorted({of for some in replaced.values() for of in some}):
        found = {name: replaced[name].get(of, np.zeros(0)) for name in tables}
        shares = [
            f"{(found[name] >= table.replaced).sum() / max(1, len(found[name])):.3f} of {len(found[name]):3}"
            for name, table in tables.items()
        ]
        print(f"{of:47}", *(f"{share:>22}" for share in shares))


# ---------------------------------------------------------------- drawn: letters and signs
LOOKED_AT = 800  # corners of a picture, as in native/src/trace.cpp
NEIGHBOURS = 20  # pixels of the level, as in native/src/trace_drawn.cpp
NATURAL_LOST = 0.08  # of natural places, so that letters go
RIDGE = 1e-3
INKS = ((255, 255, 255), (0, 0, 0), (250, 220, 40), (230, 30, 60), (40, 120, 230), (120, 120, 120))
PLATES = ((255, 255, 255, 255), (0, 0, 0, 255), (20, 20, 20, 200), (240, 240, 240, 220), (60, 130, 200, 255))
SAID = (
    "the of and to in is you that it he was for on are as with his they at be this have from or one had by word but",
    "not what all were we when your can said there use an each which she do how their if will up other about out many",
    "then them these so some her would make like him into time has look two more write go see number no way could",
    "people my LOL OMG Follow us at share like comment www example com 21:45 12%",
)


@dataclass(frozen=True, slots=True)
class Corners:
    """The corners of one picture, and which of them lie in letters."""

    half: str
    lettered: bool  # the picture has letters
    places: NDArray[np.float32]  # x, y, level
    features: NDArray[np.float32]
    drawn: NDArray[np.bool_]


def font(rng: random.Random, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    path = rng.choice((None, *fonts()))
    return ImageFont.load_default(size) if path is None else ImageFont.truetype(path, size)


@cache
def fonts() -> tuple[str, ...]:
    return tuple(str(path) for path in sorted(Path("/usr/share/fonts").rglob("*.ttf")))


def lettered(image: Image.Image, rng: random.Random) -> tuple[Image.Image, Image.Image]:
    """Letters in several styles over a picture; and where they are."""
    out, mask = image.copy(), Image.new("L", image.size, 0)
    draw, marks = ImageDraw.Draw(out, "RGBA"), ImageDraw.Draw(mask)
    for _ in range(rng.randint(1, 5)):
        size = int(max(10, rng.uniform(0.025, 0.11) * max(image.size)))
        face, text = font(rng, size), " ".join(rng.choices(" ".join(SAID).split(), k=rng.randint(1, 6)))
        text = text.upper() if rng.random() < 0.2 else text
        at = (rng.randint(0, max(1, image.width // 2)), rng.randint(0, max(1, image.height - size)))
        left, top, right, bottom = draw.textbbox(at, text, font=face, stroke_width=2)
        ink, style = rng.choice(INKS), rng.random()
        if style < 0.45:
            plate, wide = rng.choice(PLATES), rng.random() < 0.5
            draw.rectangle(
                (0 if wide else left - 8, top - 6, image.width if wide else right + 8, bottom + 6), fill=plate
            )
            dark = sum(plate[:3]) < 390
            draw.text(at, text, font=face, fill=INKS[0] if dark else rng.choice((INKS[1], (60,) * 3, (150,) * 3)))
        elif style < 0.75:
            edge = INKS[1] if sum(ink) > 300 else INKS[0]
            draw.text(at, text, font=face, fill=ink, stroke_width=max(1, size // 16), stroke_fill=edge)
        else:
            draw.text(at, text, font=face, fill=(*ink, rng.choice((255, 255, 180, 130))))
        marks.rectangle((left, top, right, bottom), fill=255)
    return as_jpeg(out, rng.choice((70, 85, 92))), mask


def corners(image: Image.Image, mask: Image.Image | None, half: str) -> Corners | None:
    width, height, places, _, features = _native.trace_corners(pixels(image), LOOKED_AT, as_query=False)
    at = np.frombuffer(places, np.float32).reshape(-1, 3)
    if len(at) < 40:
        return None
    inside = np.zeros(len(at), bool)
    if mask is not None:
        marked = np.asarray(mask) > 0
        x = np.minimum(mask.width - 1, (at[:, 0] * mask.width / width).astype(int))
        y = np.minimum(mask.height - 1, (at[:, 1] * mask.height / height).astype(int))
        inside = marked[y, x]
    return Corners(half, mask is not None, at, np.frombuffer(features, np.float32).reshape(len(at), -1), inside)


def lettered_pictures() -> Iterator[Corners]:
    """Every photo with letters, every second one as it is."""
    for number, name in enumerate(trace_data.photos()):
        photo, half = trace_data.photo(name), trace_data.half_of()[name]
        pictures: list[tuple[Image.Image, Image.Image | None]] = [lettered(photo, random.Random(f"letters {name}"))]
        if number // 2 % 2:
            pictures.append((photo, None))
        for image, mask in pictures:
            found = corners(image, mask, half)
            if found is not None:
                yield found


def fit_letters(pictures: list[Corners]) -> Letters:
    """Least squares on +1 and -1, both kinds with the same weight in all."""
    mine = [one for one in pictures if one.half == DEVELOPMENT]
    features = np.concatenate([one.features for one in mine]).astype(np.float64)
    drawn = np.concatenate([one.drawn for one in mine])
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    scaled = np.c_[(features - mean) / spread, np.ones(len(features))]
    weighted = scaled * np.where(drawn, 1 / drawn.mean(), 1 / (1 - drawn.mean()))[:, None]
    ridge = len(scaled) * RIDGE * np.eye(scaled.shape[1])
    fit = np.linalg.solve(weighted.T @ scaled + ridge, weighted.T @ np.where(drawn, 1.0, -1.0))
    weights = fit[:-1] / spread
    made = Letters(0.0, float(fit[-1] - weights @ mean), weights)
    natural = np.concatenate([judged(one, made) for one in mine if not one.lettered])
    return replace(made, limit=float(np.quantile(natural, 1 - NATURAL_LOST)))


def judged(one: Corners, by: Letters) -> Floats:
    """Each corner together with its neighbours; before the limit."""
    alone = (one.features @ by.weights + by.offset).clip(-1.5, 1.5)
    x, y, size = one.places[:, 0], one.places[:, 1], 2 ** (one.places[:, 2] / 2)
    larger, smaller = np.maximum.outer(size, size), np.minimum.outer(size, size)
    apart = (np.subtract.outer(x, x) ** 2 + np.subtract.outer(y, y) ** 2) / (NEIGHBOURS * larger) ** 2
    weights = np.where(apart < 4, (1 - apart / 4).clip(0) ** 4, 0) * smaller / larger
    out: Floats = (weights @ alone) / (weights.sum(axis=1) + 0.3)
    return out


def drawn(options: argparse.Namespace) -> None:
    pictures = list(lettered_pictures())
    print(f"{sum(len(one.drawn) for one in pictures):,} corners of {len(pictures)} pictures, {len(fonts())} fonts")
    used, made = read_letters(), fit_letters(pictures)
    for half in HALVES:
        for name, table in (("in use", used), ("made", made)):
            report_letters([one for one in pictures if one.half == half], table, f"{half}, {name}")
    alike = np.corrcoef(used.weights, made.weights)[0, 1]
    print(f"Limit {used.limit:.4f} in use, {made.limit:.4f} made; correlation of the weights {alike:.3f}")
    if not options.check:
        write_letters(made)


def report_letters(pictures: list[Corners], by: Letters, title: str) -> None:
    values = [judged(one, by) for one in pictures]
    natural = np.concatenate([v for v, one in zip(values, pictures, strict=True) if not one.lettered])
    letters = np.concatenate([v[one.drawn] for v, one in zip(values, pictures, strict=True)])
    caught = " / ".join(f"{(letters > np.quantile(natural, 1 - lost)).mean():.3f}" for lost in (0.02, 0.05, 0.1))
    print(
        f"{title}: letters caught at 2 / 5 / 10 % of natural places {caught};"
        f" at its own limit {(letters > by.limit).mean():.3f} at {(natural > by.limit).mean():.3f}"
    )


# ---------------------------------------------------------------- whiten: from descriptors to codes
INDEX_DIRECTIONS, INDEX_BITS, DIRECTIONS, BITS = 28, 24, 96, 128
ONE = 2**15  # a standard deviation of a projection
PAIRS_JUDGED = 9000


@dataclass(frozen=True, slots=True)
class Described:
    """Descriptors of the places of sources, the same places in changed pictures, and what a query describes."""

    half: str
    source: NDArray[np.int16]
    query: NDArray[np.int16]
    any: NDArray[np.int16]


def read_whitening() -> tuple[Floats, Floats]:
    text = TABLES.read_text()
    pairs = numbers(text, "kTraceMatrix").reshape(BITS // 2, BITS, 2)
    return numbers(text, "kTraceMean"), pairs.transpose(0, 2, 1).reshape(BITS, BITS)


def described(image: Image.Image, half: str, rng: random.Random) -> Described | None:
    """A photo and what becomes of it: redrawn or not, cropped, mirrored or not, made smaller, encoded."""
    width, height, places, of_source, _ = _native.trace_corners(pixels(image), 400, as_query=False)
    at = np.frombuffer(places, np.float32).reshape(-1, 3)
    if len(at) < 40:
        return None
    picture = redrawn(image, rng) if rng.random() < 0.4 else image
    left, top = (rng.uniform(0, 0.12) * side for side in image.size)
    right, lower = (side * rng.uniform(0.88, 1) for side in image.size)
    share = rng.choice((0.5, 0.75, 1.0))
    size = (round((right - left) * share), round((lower - top) * share))
    picture = picture.resize(size, Image.Resampling.LANCZOS, box=(left, top, right, lower))
    mirrored = rng.random() < 0.4
    picture = as_jpeg(ImageOps.mirror(picture) if mirrored else picture, rng.choice((50, 70, 85)))
    rgb = pixels(picture)
    seen_width, seen_height, _, of_query, _ = _native.trace_corners(rgb, 1200, as_query=True)
    scale_x = image.width / width * seen_width / (right - left)
    scale_y = image.height / height * seen_height / (lower - top)
    there = np.empty_like(at)
    there[:, 2] = 2 ** (at[:, 2] / 2) * np.sqrt(scale_x * scale_y)
    # A search finds a place to half a pixel of its level or so.
    missed = np.random.default_rng(rng.randrange(1 << 32)).normal(0, 0.5, (len(at), 2)) * there[:, 2:]
    there[:, 0] = at[:, 0] * scale_x - left * seen_width / (right - left) + missed[:, 0]
    there[:, 1] = at[:, 1] * scale_y - top * seen_height / (lower - top) + missed[:, 1]
    inside = (there[:, :2] > 2).all(axis=1) & (there[:, :2] < (seen_width - 2, seen_height - 2)).all(axis=1)
    inside &= there[:, 2] > 0.55
    again = _native.trace_descriptors(rgb, np.ascontiguousarray(there[inside]), mirrored=mirrored, as_query=True)
    a, b, c = (np.frombuffer(rows, np.int16).reshape(-1, BITS) for rows in (of_source, again, of_query))
    return Described(half, a[inside], b, np.concatenate((a, c)))


def fit_whitening(some: list[Described], mean_before: Floats) -> tuple[Floats, Floats]:
    """24 bits from the 28 strongest directions, 104 from the 96 strongest; turned, so that all bits weigh the same."""
    every = np.concatenate([one.any for one in some if one.half == DEVELOPMENT]).astype(np.float64) + mean_before
    mean = np.round(every.mean(axis=0))
    values, vectors = np.linalg.eigh(np.cov((every - mean).T))
    values, vectors = values[::-1], vectors[:, ::-1]
    vectors = vectors * np.sign(vectors[np.abs(vectors).argmax(axis=0), range(BITS)])  # LAPACK promises no sign
    white = vectors / np.sqrt(values)
    index = white[:, :INDEX_DIRECTIONS] @ turned(INDEX_DIRECTIONS, 1)
    rest = white[:, :DIRECTIONS] @ np.concatenate((turned(DIRECTIONS, 2), turned(DIRECTIONS, 3)), axis=1)
    return mean, np.round(np.concatenate((index[:, :INDEX_BITS], rest[:, : BITS - INDEX_BITS]), axis=1) * ONE)


def turned(size: int, seed: int) -> Floats:
    out: Floats = np.linalg.qr(np.random.Generator(np.random.PCG64(seed)).standard_normal((size, size)))[0]
    return out


def whiten(options: argparse.Namespace) -> None:
    del options  # there is nothing to write: the matrix in use stays
    names = [(name, trace_data.photo) for name in trace_data.photos()]
    names += [(name, trace_data.pair_source) for name in trace_data.pairs()]
    found = [described(of(name), trace_data.half_of()[name], random.Random(f"whiten {name}")) for name, of in names]
    some = [one for one in found if one is not None]
    mean, matrix = read_whitening()
    made_mean, made_matrix = fit_whitening(some, mean)
    print(f"{sum(len(one.any) for one in some):,} descriptors of {len(some)} pictures")
    for half in HALVES:
        mine = [one for one in some if one.half == half]
        for name, table in (("in use", (mean, matrix)), ("made", (made_mean, made_matrix))):
            report_codes(mine, mean, table, f"{half}, {name}")
    apart = np.abs(mean - made_mean)
    print(
        f"The means lie {apart.mean():.1f} apart, {apart.max():.0f} at most; the matrices share"
        f" {(np.sign(matrix) == np.sign(made_matrix)).mean():.2f} of their signs.\nThe matrix in use was made"
        " from other changes of these pictures and some more photos, and cannot come out the same; it is kept."
    )


def report_codes(some: list[Described], before: Floats, table: tuple[Floats, Floats], title: str) -> None:
    """True pairs accepted at a few shares of false ones, as share@bits; and how even the projections are."""
    mean, matrix = table

    def projected(rows: NDArray[np.int16]) -> Floats:
        out: Floats = (rows.astype(np.float64) + before - mean) @ matrix
        return out

    def codes(rows: NDArray[np.int16]) -> NDArray[np.uint64]:
        return np.packbits(projected(rows) > 0, axis=1).view(np.uint64)

    a, b = (codes(np.concatenate([getattr(one, of) for one in some])) for of in ("source", "query"))
    tag = np.concatenate([np.full(len(one.source), number) for number, one in enumerate(some)])
    true = np.bitwise_count(a ^ b).sum(axis=1)
    chosen = np.random.default_rng(0).permutation(len(a))[:PAIRS_JUDGED]
    counts = np.zeros(BITS + 1)
    for start in range(0, len(chosen), 500):
        rows = chosen[start : start + 500]
        distances = np.bitwise_count(a[rows][:, None] ^ b[chosen][None]).sum(axis=2)
        counts += np.bincount(distances[tag[rows][:, None] != tag[chosen][None]], minlength=BITS + 1)
    false = counts.cumsum() / counts.sum()
    accepted = []
    for share in (1e-4, 1e-5, 1e-6):
        bits = int(np.searchsorted(false, share, "right")) - 1
        accepted.append(f"{(true <= bits).mean():.3f}@{bits}")
    spread = projected(np.concatenate([one.any for one in some])).std(axis=0) / ONE
    print(
        f"{title}: true pairs at 1e-4 / 1e-5 / 1e-6 false ones {' / '.join(accepted)};"
        f" deviations of the projections {spread.min():.2f}..{spread.max():.2f}"
    )


# ---------------------------------------------------------------- the steps
STEPS: dict[str, Callable[[argparse.Namespace], None]] = {"whiten": whiten, "drawn": drawn, "weigh": weigh}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").split("\n\n")[0], formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("step", choices=(*STEPS, "all"))
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--each", type=int, default=24, help="queries of each set and change that `weigh` asks")
    parser.add_argument("--likelihoods", action="store_true", help="let `weigh` write new likelihoods too")
    parser.add_argument("--keep", type=Path, help="a folder for what `weigh` measures")
    options = parser.parse_args()
    for name, step in STEPS.items():
        if options.step in (name, "all"):
            print(f"== {name}")
            step(options)


if __name__ == "__main__":
    main()
