"""`haalweg compare --explain`: which areas of two files agree, as a drawing and in sentences."""

from __future__ import annotations

import os
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from haalweg.adapters.media import HEAD_BYTES, MediaKind, kind_of, place_of
from haalweg.cli.found import how_sure
from haalweg.cli.language import _, ngettext
from haalweg.cli.turns import in_words
from haalweg.cli.writing import write_bytes
from haalweg.errors import HaalwegError
from haalweg.matching import explain
from haalweg.plain_text import shown
from haalweg.signals import Orientation, TooLittleDetail, trace_pixels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from haalweg.adapters.media import MediaPool
    from haalweg.matching import Explanation
    from haalweg.signals import Box, FrameView

ENDING = ".png"


class ExplainError(HaalwegError):
    """Two files that cannot be explained as it was asked for."""


def check_explainable(out: Path, pictures: Sequence[str]) -> None:
    """Raise ExplainError, before any work, where the drawing has no place to go or one of the files is a video."""
    name = shown(os.fspath(out))
    if out.suffix.lower() != ENDING:
        wrong = _("{out}: the drawing is a PNG. Give a name that ends in {ending}.").format(out=name, ending=ENDING)
    elif not out.parent.is_dir():
        wrong = _("{folder}: there is no such folder.").format(folder=shown(os.fspath(out.parent)))
    elif any(_is_same_file(out, picture) for picture in pictures):
        wrong = _("{out}: this is one of the two pictures, and would be lost. Give another name.").format(out=name)
    elif os.path.lexists(out):
        wrong = _("{out}: there is a file of this name already. Give another name.").format(out=name)
    elif videos := [picture for picture in pictures if _is_video(picture)]:
        wrong = _(
            "{name}: a video. Only pictures can be explained: save the frame in question as a picture and give that."
        ).format(name=place_of(videos[0]))
    else:
        return
    raise ExplainError(wrong)


def explained(photo: str, picture: str, views: Sequence[FrameView], pool: MediaPool, *, tiff: bool) -> Explanation:
    """Trace the photo and look for it in the frames of the picture.

    Raises MediaError, and ExplainError where one of them does not allow it.
    """
    if not views:
        raise ExplainError(
            _("{name}: too narrow for a photo to be looked for in it. Compare without --explain.").format(
                name=place_of(picture)
            )
        )
    rgb = pool.load_pixels(photo, tiff=tiff)
    try:
        trace = trace_pixels(rgb)
    except TooLittleDetail:
        raise ExplainError(
            _(
                "{name}: the photo holds too little to recognise a picture by that was made from it. Take a larger "
                "copy of it, or compare without --explain."
            ).format(name=place_of(photo))
        ) from None
    return explain(trace, (rgb.shape[1], rgb.shape[0]), views)


def write_drawing(out: Path, explanation: Explanation) -> None:
    """Raise WritingError where it cannot be written; then nothing of it stays."""
    from haalweg.cli.drawing import drawn  # noqa: PLC0415 - an image library, which other commands need not wait for

    write_bytes(out, drawn(explanation, [*explanation_in_words(explanation, "A", "B")]))


def explanation_in_words(explanation: Explanation, a: str, b: str) -> list[str]:
    """Say what was recognised, and how sure that is."""
    found, places = explanation.recognised, len(explanation.places)
    if found is None:
        looked_for = ngettext("{n} place of {a} was looked for.", "{n} places of {a} were looked for.", places)
        return [
            _("No lead: nothing of {a} was recognised in {b}.").format(a=a, b=b),
            looked_for.format(n=places, a=a),
        ]
    if found.is_lead:
        verdict = _("Lead ({how_sure}): {b} seems to be made from {a}.")
        meaning = _("A lead is worth a person's look; it is no match.")
    else:
        verdict = _("No lead: {b} shows the same photo as {a} ({how_sure}).")
        meaning = _("No part of it is seen to be altered. A small change can be missed.")
    agreeing = ngettext("{n} of {all} places of {a} agrees.", "{n} of {all} places of {a} agree.", explanation.agreeing)
    return [
        verdict.format(a=a, b=b, how_sure=how_sure(found.level, found.altered_percent)),
        meaning,
        agreeing.format(n=explanation.agreeing, all=places, a=a),
        *([_("{b} shows it {turned}.").format(b=b, turned=in_words(Orientation.FLIP_Y))] if found.mirrored else []),
        *([_("Of {name} it is frame {frame}.").format(name=b, frame=explanation.frame)] if explanation.frame else []),
    ]


def drawn_in_words(out: Path) -> str:
    """Say where the drawing is, and what is in it."""
    return _("Drawn in {out}, which only you can read: boxes and points, no pixel of either picture.").format(
        out=shown(os.fspath(out))
    )


def explanation_row(explanation: Explanation, out: Path) -> dict[str, object]:
    """The same as fields; boxes are left, top, right, bottom in pixels of A or of B."""
    found = explanation.recognised
    return {
        "out": shown(os.fspath(out)),
        "kind": None if found is None else found.kind.value,
        "is_lead": found is not None and found.is_lead,
        "level": None if found is None else found.level.value,
        "altered_percent": None if found is None else found.altered_percent,
        "mirrored": found is not None and found.mirrored,
        "frame_b": explanation.frame,
        "places": len(explanation.places),
        "places_agreeing": explanation.agreeing,
        "agrees_a": _corners(explanation.agrees),
        "agrees_b": _corners(found.agrees if found else ()),
        "altered_a": _corners(explanation.altered),
        "altered_b": _corners(found.altered if found else ()),
        "left_out_a": _corners(explanation.left_out),
        "framed_a": None if explanation.framed is None else astuple(explanation.framed),
    }


def _corners(boxes: Sequence[Box]) -> list[tuple[int, ...]]:
    return [astuple(box) for box in boxes]


def _is_same_file(out: Path, picture: str) -> bool:
    try:
        return out.samefile(picture)
    except (OSError, ValueError):  # one of them is not there
        return False


def _is_video(path: str) -> bool:
    """Whether it begins as a video does; what cannot be read is for the decoder to say."""
    try:
        if not Path(path).is_file():
            return False
        with Path(path).open("rb") as file:
            return kind_of(file.read(HEAD_BYTES)) is MediaKind.VIDEO
    except (OSError, ValueError):
        return False
