"""`haalweg compare`: are two files near copies, and of which part?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from haalweg.adapters.media import MediaPool, file_digests, place_of
from haalweg.cli.exits import ERROR, FOUND, NOTHING_FOUND
from haalweg.cli.explain import (
    check_explainable,
    drawn_in_words,
    explained,
    explanation_in_words,
    explanation_row,
    write_drawing,
)
from haalweg.cli.language import _
from haalweg.cli.turns import in_words
from haalweg.matching.compare import Comparison, TooFlat, compare
from haalweg.signals import MATCH_QUALITY, MATCH_THRESHOLD_BITS, HashedPart, HashedPicture

if TYPE_CHECKING:
    from haalweg.signals import Box


def compare_command(
    a: Annotated[str, typer.Argument(metavar="A", help=_("A picture."))],
    b: Annotated[str, typer.Argument(metavar="B", help=_("The picture to compare it with."))],
    *,
    explain: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT.png",
            help=_(
                "Look for the photo A in B as a trace would, and draw where the two agree: boxes and points on grey, "
                "never a pixel of either. Both have to be pictures."
            ),
        ),
    ] = None,
    tiff: Annotated[bool, typer.Option("--tiff", help=_("Read TIFF too."))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("One JSON object instead of sentences."))] = False,
) -> None:
    if explain is not None:
        check_explainable(explain, (a, b))
    with MediaPool(2) as pool:
        asking = pool.signatures_of(a, tiff=tiff)
        other = pool.picture_of(b, tiff=tiff) if explain else HashedPicture(pool.signatures_of(b, tiff=tiff))
        explanation = explained(a, b, other.views, pool, tiff=tiff) if explain else None
    answer = compare(asking, other.parts)
    same_file = file_digests(a) == file_digests(b)
    names = (place_of(a), place_of(b))
    row, sentences = _row(answer, names, same_file=same_file), _sentences(answer, names, same_file=same_file)
    if explain is not None and explanation is not None:
        write_drawing(explain, explanation)
        row["explanation"] = explanation_row(explanation, explain)
        sentences += [*explanation_in_words(explanation, *names), drawn_in_words(explain)]
    if as_json:
        typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        for sentence in sentences:
            typer.echo(sentence)
    if isinstance(answer, TooFlat):
        raise typer.Exit(ERROR)
    raise typer.Exit(FOUND if answer.is_match else NOTHING_FOUND)


compare_command.__doc__ = _("""\
Say whether two pictures are near copies: whole, turned, mirrored, or one inside a screenshot of the other.

With --explain it also says whether B seems to be made from the photo A, and draws what speaks for it. That is a lead: a
person has to look. It is no match, and the exit code does not tell of it. OUT.png must not be there yet.

\b
Examples:
  haalweg compare holiday.jpg screenshot.png
  haalweg compare --json a.jpg b.jpg
  haalweg compare holiday.jpg found.jpg --explain found.png

\b
Exit code: 0 no near copies, 1 near copies, 2 an error or no answer.
""")


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
    same = [_("The two files are the same, byte for byte.")] if same_file else []
    if isinstance(answer, TooFlat):
        qualities = zip(names, (answer.asking_quality, answer.other_quality), strict=True)
        flat = [
            _("{name} (quality {quality})").format(name=name, quality=quality)
            for name, quality in qualities
            if quality < MATCH_QUALITY
        ]
        no_answer = _("No answer: too little detail in {names}; a match needs a quality of {quality}.")
        return [no_answer.format(names=", ".join(flat), quality=MATCH_QUALITY), *same]
    bits, most = answer.distance_bits, MATCH_THRESHOLD_BITS
    if not answer.is_match:
        no_match = _("No match: at the closest {bits} of 256 bits differ; {most} at most is a near copy.")
        return [no_match.format(bits=bits, most=most)]
    sides = zip(names, (answer.asking, answer.other), strict=True)
    turned = in_words(answer.orientation)
    return [
        _("Match: {bits} of 256 bits differ; {most} at most is a near copy.").format(bits=bits, most=most),
        *same,
        *(f"  {_part(name, part)}" for name, part in sides if part.inner or part.frame),
        *([_("  {a} is {b} {turned}.").format(a=names[0], b=names[1], turned=turned)] if turned else []),
    ]


def _part(name: str, part: HashedPart) -> str:
    if part.inner is None:
        return _("Of {name} it is frame {frame}.").format(name=name, frame=part.frame)
    box = part.inner
    size, corner = f"{box.right - box.left} x {box.bottom - box.top}", f"{box.left}, {box.top}"
    if part.frame:
        of_frame = _("Of {name} it is the picture inside its frame {frame}: {size} pixels at {corner}.")
        return of_frame.format(name=name, frame=part.frame, size=size, corner=corner)
    return _("Of {name} it is the picture inside: {size} pixels at {corner}.").format(
        name=name, size=size, corner=corner
    )
