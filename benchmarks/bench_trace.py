"""How many derived pictures are recognised, at how many false alarms: haalweg's trace and the peers beside it.

Run: make bench-trace, or python benchmarks/bench_trace.py with
     --peers             PDQ, ORB + RANSAC and SIFT + RANSAC beside haalweg's trace
     --quick             a fixed sample of the queries
     --only SET          one set (may be given again); the sets are in trace_data.py
     --half HALF         development or held-out: its sources and its queries alone
     --bank N            N made photos more in the bank, for the recognisers with an index
     --also MODULE:CLASS another recogniser from the Python path
     --json OUT          every score that counts
     --svg OUT           where the curves go; without it they are drawn by a run over everything

A threshold is the lowest that raises no false alarm. It is given twice: without pictures in frames (the figure that
compares with methods that ignore them), and with them. Two classes are a stated limit and set no threshold: a camera
that hardly moved, and a stereo pair. Times are processor time of this process.
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import json
import random
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import trace_data
from trace_curves import Curve, drawing
from trace_data import DERIVED, HALVES, NEGATIVE_SETS, POSITIVE_SETS, SAME_PHOTO, SETS, STATED_LIMITS
from trace_peers import Answer, OurTrace, Pdq, orb, sift

if TYPE_CHECKING:
    from collections.abc import Callable

    from trace_data import Query, Source, TraceData
    from trace_peers import Pixels, Recogniser

SVG = Path(__file__).resolve().parents[1] / "docs" / "images" / "trace-recall.svg"
FRAMES = frozenset({"frame, tuned", "frame, held out", "framed, unrelated", "text", "logo", "app"})
ASKED_AT_RANDOM = 12  # unrelated sources that a pairwise recogniser compares each query with
KEPT = 3  # highest false candidates kept of each query and class
QUICK = 8
SAY_EVERY = 200
MOST_GROUPS = 12  # more are not worth a row each


@dataclass
class Found:
    """The best true source of one query."""

    query: str
    set: str
    change: str
    group: str
    half: str
    wanted: str  # the kind
    in_bank: bool
    score: float  # 0 where its own first stage did not name the source
    helped_score: float  # the same, had the first stage named it
    kind: str | None
    altered_percent: float | None
    truly_altered_percent: float | None


@dataclass
class Silent:
    """A score of a source that a query has nothing to do with."""

    query: str
    source: str
    of: str  # the class
    score: float


@dataclass
class Measured:
    """One recogniser over one set of data."""

    name: str
    threshold: float
    found: list[Found] = field(default_factory=list)
    silent: list[Silent] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    queries: int = 0
    pairs: dict[str, int] = field(default_factory=dict)  # class -> judged
    add_ms: float = 0.0
    query_ms: float = 0.0
    sources: int = 0

    def highest(self, *, frames: bool) -> float:
        """The highest score that is a false alarm; stated limits do not count."""
        counted = (one.score for one in self.silent if one.of not in STATED_LIMITS and (frames or one.of not in FRAMES))
        return max(counted, default=0.0)

    def recall(self, some: list[Found], above: float, *, helped: bool = False) -> float:
        return sum((one.helped_score if helped else one.score) > above for one in some) / max(1, len(some))


def pixels(one: Source | Query) -> Pixels:
    return np.ascontiguousarray(np.asarray(one.picture().convert("RGB")))


def measure(
    recognisers: list[Recogniser], data: TraceData, extra: int = 0, say: Callable[[str], None] = print
) -> list[Measured]:
    """Fill the banks, ask every query of all recognisers, and keep what counts. Each picture is made once."""
    results = [Measured(one.name, one.threshold) for one in recognisers]
    held: list[dict[str, Source]] = [{} for _ in recognisers]
    made = trace_data.distractors(extra)
    for number, source in enumerate(itertools.chain(data.sources.values(), made), start=1):
        rgb = pixels(source)
        for recogniser, result, mine in zip(recognisers, results, held, strict=True):
            if number > len(data.sources) and recogniser.pairwise:
                continue
            begun = time.process_time()
            taken = recogniser.add(source.id, rgb)
            result.add_ms += (time.process_time() - begun) * 1000
            result.sources += 1
            if taken:
                mine[source.id] = source
            else:
                result.refused.append(source.id)
        if number % SAY_EVERY == 0:
            say(f"{number:,} sources")
    for number, query in enumerate(data.queries, start=1):
        rgb = pixels(query)
        for recogniser, result, mine in zip(recognisers, results, held, strict=True):
            asked = [*query.expected, *query.silent, *(unrelated(query, mine) if recogniser.pairwise else ())]
            begun = time.process_time()
            answers = recogniser.scores(rgb, asked)
            result.query_ms += (time.process_time() - begun) * 1000
            result.queries += 1
            judge(
                query,
                {name: mine[name] for name in asked if name in mine} if recogniser.pairwise else mine,
                answers,
                result,
            )
        if number % SAY_EVERY == 0:
            say(f"{number:,} of {len(data.queries):,} queries")
    return results


def unrelated(query: Query, held: dict[str, Source]) -> list[str]:
    names = [name for name in held if name.startswith(("photo ", "pair "))]
    some = random.Random(query.id).sample(names, min(len(names), 2 * ASKED_AT_RANDOM))
    return [name for name in some if query.verdict(held[name]) == "unrelated"][:ASKED_AT_RANDOM]


def judge(query: Query, compared: dict[str, Source], answers: dict[str, Answer], result: Measured) -> None:
    classes: dict[str, list[Silent]] = {}
    for name, source in compared.items():
        of = query.verdict(source)
        if of in ("expected", "ignored"):
            continue
        result.pairs[of] = result.pairs.get(of, 0) + 1
        if name in answers:
            classes.setdefault(of, []).append(Silent(query.id, name, of, answers[name].score))
    for some in classes.values():
        result.silent += sorted(some, key=lambda one: -one.score)[:KEPT]
    if query.expected:
        right = [answers[name] for name in query.expected if name in answers]
        best = max(right, key=lambda answer: answer.score, default=Answer(0.0))
        result.found.append(
            Found(
                query=query.id,
                set=query.set,
                change=query.change,
                group=query.group,
                half=query.half,
                wanted=next(iter(query.expected.values())),
                in_bank=any(name in compared for name in query.expected),
                score=max((answer.score for answer in right if answer.by_itself), default=0.0),
                helped_score=best.score,
                kind=best.kind,
                altered_percent=best.altered_percent,
                truly_altered_percent=query.altered_percent,
            )
        )


# ---------------------------------------------------------------- what is printed
def report(all_measured: list[Measured]) -> str:
    parts = [
        thresholds(all_measured),
        recalls(all_measured),
        highest_silent(all_measured),
        kinds(all_measured),
        costs(all_measured),
    ]
    return "\n\n".join(part for part in parts if part)


def markdown(header: list[str], rows: list[list[str]]) -> str:
    return "\n".join(["| " + " | ".join(row) + " |" for row in (header, ["---"] * len(header), *rows)])


def thresholds(all_measured: list[Measured]) -> str:
    rows = [
        [
            one.name, f"{one.highest(frames=False):.1f}", f"{one.highest(frames=True):.1f}", f"{one.threshold:g}",
            str(sum(silent.score >= one.threshold and silent.of not in STATED_LIMITS for silent in one.silent)),
            f"{sum(one.pairs.values()):,}",
        ]
        for one in all_measured
    ]  # fmt: skip
    return "Thresholds: the highest false candidate.\n\n" + markdown(
        ["recogniser", "no frames", "all", "its own", "false alarms at its own", "unrelated pairs judged"], rows
    )


def recalls(all_measured: list[Measured]) -> str:
    rows = recall_rows(all_measured, questions(all_measured[0].found), helped=False)
    if not rows:
        return ""
    header = ["queries", "n", *(one.name for one in all_measured)]
    text = (
        "Recall, of either kind: at no false alarm but in frames / at none at all / at its own threshold.\n\n"
        + markdown(header, rows)
    )
    if any(found.helped_score > found.score for one in all_measured for found in one.found):
        whole = [(title, chosen) for title, chosen in questions(all_measured[0].found) if chosen.change is None]
        rows = recall_rows(all_measured, whole, helped=True)
        text += "\n\nThe same, had the first stage always named the right source.\n\n" + markdown(header, rows)
    return text


def recall_rows(all_measured: list[Measured], asked: list[tuple[str, Part]], *, helped: bool) -> list[list[str]]:
    rows = []
    for title, part in asked:
        cells, count = [], 0
        for one in all_measured:
            mine = [found for found in one.found if part.holds(found)]
            levels = (one.highest(frames=False), one.highest(frames=True), float(np.nextafter(one.threshold, 0)))
            cells.append(" / ".join(f"{one.recall(mine, level, helped=helped):.2f}" for level in levels))
            count = len(mine)
        if count:
            rows.append([title, str(count), *cells])
    return rows


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the queries that should be found."""

    set: str
    change: str | None = None
    group: str | None = None
    changes: tuple[str, ...] = ()

    def holds(self, found: Found) -> bool:
        return (
            found.set == self.set
            and self.change in (None, found.change)
            and self.group in (None, found.group)
            and (not self.changes or found.change in self.changes)
        )


PUBLISHED = Part("real", changes=("none", "combo", "mirrored screenshot"))


def questions(found: list[Found]) -> list[tuple[str, Part]]:
    """Rows of the table: whole sets, then their parts."""
    parts = [("real, none / combo / mirrored screenshot", PUBLISHED)]
    for of in POSITIVE_SETS:
        mine = [one for one in found if one.set == of]
        parts.append((f"{of}, all", Part(of)))
        parts += [(f"{of}, {change}", Part(of, change)) for change in dict.fromkeys(one.change for one in mine)]
        groups = sorted({one.group for one in mine})
        if 1 < len(groups) <= MOST_GROUPS:
            parts += [(f"{of}, {group}", Part(of, group=group)) for group in groups]
    return parts


def highest_silent(all_measured: list[Measured]) -> str:
    parts = []
    for one in all_measured:
        rows = []
        for of in ("unrelated", "framed, unrelated", *NEGATIVE_SETS):
            some = sorted((silent for silent in one.silent if silent.of == of), key=lambda silent: -silent.score)
            if of in one.pairs:
                worst = f"`{some[0].query}` against `{some[0].source}`" if some else ""
                scores = " ".join(f"{silent.score:.1f}" for silent in some[:5])
                over = sum(silent.score >= one.threshold for silent in some)
                rows.append([of, f"{one.pairs[of]:,}", scores or "none", str(over), worst])
        parts.append(
            f"Highest false candidates of {one.name} (its own threshold: {one.threshold:g}).\n\n"
            + markdown(["class", "pairs", "five highest", "at its own threshold", "the highest"], rows)
        )
    return "\n\n".join(parts)


def kinds(all_measured: list[Measured]) -> str:
    """Of what is found at its own threshold: called derived; and how far the altered share is off."""
    rows = []
    for one in all_measured:
        seen = [found for found in one.found if found.kind is not None and found.score >= one.threshold]
        for of in dict.fromkeys(found.set for found in seen):
            for group in dict.fromkeys(("", *sorted(f.group for f in seen if f.set == of and of != "framed source"))):
                for wanted in (DERIVED, SAME_PHOTO):
                    mine = [f for f in seen if f.set == of and f.wanted == wanted and group in ("", f.group)]
                    if not mine:
                        continue
                    off = [
                        abs(f.altered_percent - f.truly_altered_percent)
                        for f in mine
                        if f.altered_percent is not None and f.truly_altered_percent is not None
                    ]
                    rows.append(
                        [
                            one.name, of + (f", {group}" if group else ""), wanted, str(len(mine)),
                            f"{sum(f.kind == DERIVED for f in mine) / len(mine):.3f}",
                            f"{np.median(off):.0f}" if off else "",
                        ]
                    )  # fmt: skip
    return (
        "What is found is called derived.\n\n"
        + markdown(
            ["recogniser", "queries", "right kind", "n", "called derived", "altered percent off by, median"], rows
        )
        if rows
        else ""
    )


def costs(all_measured: list[Measured]) -> str:
    rows = [
        [
            one.name, f"{one.sources:,}", str(len(one.refused)), f"{one.add_ms / max(1, one.sources):.1f}",
            f"{one.query_ms / max(1, one.queries):.1f}",
        ]
        for one in all_measured
    ]  # fmt: skip
    return "Processor time.\n\n" + markdown(["recogniser", "sources", "refused", "ms a source", "ms a query"], rows)


def curves(all_measured: list[Measured]) -> dict[str, list[Curve]]:
    panels = {
        "Real pairs: none, combo, mirrored screenshot": [PUBLISHED],
        "50 and 70 % of the area replaced": [Part("replaced", group="50 %"), Part("replaced", group="70 %")],
        "Real pairs, the kept part redrawn": [Part("redrawn")],
    }
    return {title: [curve(one, parts) for one in all_measured] for title, parts in panels.items()}


def curve(one: Measured, parts: list[Part]) -> Curve:
    mine = [found for found in one.found if any(part.holds(found) for part in parts)]
    worst: dict[str, float] = {}
    for silent in one.silent:
        if silent.of not in STATED_LIMITS:
            worst[silent.query] = max(worst.get(silent.query, 0.0), silent.score)
    alarms = np.sort(np.array([*worst.values(), *[0.0] * (one.queries - len(worst))]))
    steps = np.unique(np.concatenate([alarms, [found.score for found in mine], [0.0]]))[::-1]
    points = [(float((alarms > at).mean()) if len(alarms) else 0.0, one.recall(mine, float(at))) for at in steps]
    return Curve(one.name, points)


# ---------------------------------------------------------------- the command
def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", action="append", choices=sorted(SETS), default=[], metavar="SET")
    parser.add_argument("--half", choices=[half.replace(" ", "-") for half in HALVES])
    parser.add_argument("--bank", type=int, default=0, metavar="N")
    parser.add_argument("--also", action="append", default=[], metavar="MODULE:CLASS")
    parser.add_argument("--json", type=Path, metavar="OUT")
    parser.add_argument("--svg", type=Path, metavar="OUT")
    return parser.parse_args()


def recognisers(chosen: argparse.Namespace) -> list[Callable[[], Recogniser]]:
    makers: list[Callable[[], Recogniser]] = [OurTrace]
    for named in chosen.also:
        module, _, name = named.partition(":")
        makers.append(getattr(importlib.import_module(module), name))
    return [*makers, Pdq, orb, sift] if chosen.peers else makers


def main() -> None:
    chosen = arguments()
    if not trace_data.DATA.is_dir():
        sys.exit("SKIPPED: needs ../shared/data, which is not part of the project")
    data = trace_data.load(tuple(chosen.only)).only(half=chosen.half and chosen.half.replace("-", " "))
    if chosen.quick:
        data = data.sample(QUICK)
    print(f"{len(data.sources):,} sources and {chosen.bank:,} made ones; {len(data.queries):,} queries.\n", flush=True)
    asked = [make() for make in recognisers(chosen)]
    all_measured = measure(asked, data, chosen.bank, lambda line: print(line, file=sys.stderr))
    print(report(all_measured))
    if chosen.json:
        chosen.json.write_text(json.dumps([asdict(one) for one in all_measured], indent=1), encoding="utf-8")
    whole = not (chosen.quick or chosen.only or chosen.half or chosen.bank)
    if chosen.svg or whole:
        path = chosen.svg or SVG
        path.parent.mkdir(parents=True, exist_ok=True)
        note = f"Recall against false alarms: {len(data.sources):,} sources, {len(data.queries):,} queries"
        path.write_text(drawing(curves(all_measured), note), encoding="utf-8")


if __name__ == "__main__":
    main()
