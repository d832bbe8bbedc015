"""`haalweg compare`: are two files near copies, and of which part?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from haalweg.adapters.media import MediaPool, file_digests, place_of
from haalweg.cli.exits import ERROR, FOUND, NOTHING_FOUND
from haalweg.cli.turns import in_words
from haalweg.matching.compare import Comparison, TooFlat, compare
from haalweg.signals import MATCH_QUALITY, MATCH_THRESHOLD_BITS, HashedPart

if TYPE_CHECKING:
    from haalweg.signals import Box

EXAMPLES = """\
Examples:
  haalweg compare holiday.jpg screenshot.png
  haalweg compare --json a.jpg b.jpg

\b
Exit code: 0 no near copies, 1 near copies, 2 an error or no answer.
"""

_LIMIT = f"{MATCH_THRESHOLD_BITS} at most is a near copy"


def compare_command(
    a: Annotated[str, typer.Argument(metavar="A", help="A picture.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The picture to compare it with.")],
    *,
    tiff: Annotated[bool, typer.Option("--tiff", help="Read TIFF too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of sentences.")] = False,
) -> None:
    """Say whether two pictures are near copies: whole, turned, mirrored, or one inside a screenshot of the other."""
    with MediaPool(2) as pool:
        answer = compare(
            pool.signatures_of(a, tiff=tiff),
            pool.signatures_of(b, tiff=tiff),
        )
    same_file = file_digests(a) == file_digests(b)
    names = (place_of(a), place_of(b))
    if as_json:
        typer.echo(json.dumps(_row(answer, names, same_file=same_file), ensure_ascii=False))
    else:
        for sentence in _sentences(answer, names, same_file=same_file):
            typer.echo(sentence)
    if isinstance(answer, TooFlat):
        raise typer.Exit(ERROR)
    raise typer.Exit(FOUND if answer.is_match else NOTHING_FOUND)


compare_command.__doc__ = f"{compare_command.__doc__}\n\n\b\n{EXAMPLES}"


def _row(answer: Comparison | TooFlat, names: tuple[str, str], *, same_file: bool) -> dict[str, object]:
    row: dict[str, object] = {"a": names[0], "b": names[1], "same_file": same_file}
    if isinstance(answer, TooFlat):
        return row | {"answer": "too_flat", "quality_a": answer.asking_quality, "quality_b": answer.other_quality}
    return row | {
        "answer": "match" if answer.is_match else "no_match",
        "distance_bits": answer.distance_bits,
        "orientation": answer.orientation.value,
        "inner_a": _corners(answer.asking.inner),
        "inner_b": _corners(answer.other.inner),
        "frame_a": answer.asking.frame,
        "frame_b": answer.other.frame,
        "quality_a": answer.asking.quality,
        "quality_b": answer.other.quality,
    }


def _corners(box: Box | None) -> list[int] | None:
    return None if box is None else [box.left, box.top, box.right, box.bottom]


def _sentences(answer: Comparison | TooFlat, names: tuple[str, str], *, same_file: bool) -> list[str]:
    same = ["The two files are the same, byte for byte."] if same_file else []
    if isinstance(answer, TooFlat):
        qualities = zip(names, (answer.asking_quality, answer.other_quality), strict=True)
        flat = [f"{name} (quality {quality})" for name, quality in qualities if quality < MATCH_QUALITY]
        return [
            f"No answer: too little detail in {' and '.join(flat)}; a match needs a quality of {MATCH_QUALITY}.",
            *same,
        ]
    if not answer.is_match:
        return [f"No match: at the closest {answer.distance_bits} of 256 bits differ; {_LIMIT}."]
    sides = zip(names, (answer.asking, answer.other), strict=True)
    return [
        f"Match: {answer.distance_bits} of 256 bits differ; {_LIMIT}.",
        *same,
        *(f"  {_part(name, part)}" for name, part in sides if part.inner or part.frame),
        *([f"  {names[0]} is {names[1]} {turned}."] if (turned := in_words(answer.orientation)) else []),
    ]


def _part(name: str, part: HashedPart) -> str:
    frame = f" in its frame {part.frame}" if part.frame else ""
    if part.inner is None:
        return f"Of {name} it is frame {part.frame}."
    box = part.inner
    size, corner = f"{box.right - box.left} x {box.bottom - box.top} pixels", f"{box.left}, {box.top}"
    return f"Of {name} it is the picture inside{frame}: {size} at {corner}."
