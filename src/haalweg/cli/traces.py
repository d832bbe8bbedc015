"""Photos to traces, for the commands that make them, and the words for what came of it."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from haalweg.cli.language import _, ngettext
from haalweg.errors import HaalwegError
from haalweg.signals import Box, TraceKind, trace_pixels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from haalweg.adapters.media import MediaPool
    from haalweg.signals import Trace

LeaveOut = Annotated[
    list[str] | None,
    typer.Option(
        metavar="LEFT,TOP,RIGHT,BOTTOM",
        help=_("A box, in pixels of the photo as it is shown, of which the trace keeps nothing. More than once."),
    ),
]


class TraceCommandError(HaalwegError):
    """A trace that cannot be made as it was asked for."""


@dataclass(frozen=True, slots=True)
class Tracing:
    """How the photos of a command are to be traced."""

    kind: TraceKind
    leave_out: tuple[Box, ...] = ()

    def of(self, path: str, pool: MediaPool, *, tiff: bool) -> Trace:
        """Raise MediaError, and TooLittleDetail."""
        return trace_pixels(pool.load_pixels(path, tiff=tiff), kind=self.kind, leave_out=self.leave_out)


def tracing(*, fake: bool, leave_out: Sequence[str] | None, photos: int) -> Tracing:
    """What the options of a command say. Raises TraceCommandError."""
    if leave_out and photos > 1:
        raise TraceCommandError(_("--leave-out is about one photo: give them one by one."))
    return Tracing(TraceKind.FAKE if fake else TraceKind.SOURCE, tuple(map(_box, leave_out or ())))


def kept_in_words(trace: Trace, how: Tracing) -> str:
    """Say how much of a photo its trace keeps, and what was left out."""
    words = [ngettext("{n} place of it is kept", "{n} places of it are kept", trace.points).format(n=trace.points)]
    if trace.framed is not None:
        box = ",".join(map(str, astuple(trace.framed)))
        words.append(_("all from the photo framed in it, {box}").format(box=box))
    faces = len(trace.left_out) - len(how.leave_out)
    words.append(
        ngettext("{n} area that may be a face is left out", "{n} areas that may be faces are left out", faces).format(
            n=faces
        )
        if faces
        else _("no face was found in it")
    )
    if how.leave_out:
        given = len(how.leave_out)
        words.append(
            ngettext("the box you gave is left out", "the {n} boxes you gave are left out", given).format(n=given)
        )
    return "; ".join(words)


def kind_in_words(kind: TraceKind) -> str:
    """Say what a trace was made of."""
    return _("of a fake") if kind is TraceKind.FAKE else _("of a source photo")


def _box(text: str) -> Box:
    try:
        box = Box(*(int(part) for part in text.split(",")))
    except (ValueError, TypeError):
        box = Box(0, 0, 0, 0)
    if not (0 <= box.left < box.right and 0 <= box.top < box.bottom):
        raise TraceCommandError(
            _("--leave-out takes four numbers of pixels, LEFT,TOP,RIGHT,BOTTOM, such as 120,40,380,300.")
        )
    return box
