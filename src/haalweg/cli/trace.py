"""`haalweg trace`: photos to files of their traces."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from haalweg.adapters.media import MediaError, MediaPool, place_of
from haalweg.cli.age_questions import About, pass_age_gate
from haalweg.cli.bank_options import Adults, say
from haalweg.cli.bank_traces import ENDING
from haalweg.cli.exits import ERROR
from haalweg.cli.language import _
from haalweg.cli.progress import WORTH_A_BAR, Bar
from haalweg.cli.traces import LeaveOut, TraceCommandError, Tracing, kept_in_words, tracing
from haalweg.cli.writing import write_bytes
from haalweg.plain_text import shown
from haalweg.signals import TooLittleDetail

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from haalweg.signals import Trace


def trace_command(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help=_("Photos."))],
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help=_("Where the traces go; beside each photo if not given."))
    ] = None,
    fake: Annotated[
        bool, typer.Option("--fake", help=_("They are fakes, not the photos that fakes are made from."))
    ] = False,
    leave_out: LeaveOut = None,
    force: Annotated[bool, typer.Option("--force", help=_("Replace traces that are there already."))] = False,
    tiff: Annotated[bool, typer.Option("--tiff", help=_("Read TIFF too."))] = False,
    adults: Adults = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=_("One JSON object a line instead of text. No trace is shown."))
    ] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help=_("Decoding workers; one a processor if not given."))
    ] = None,
) -> None:
    how = tracing(fake=fake, leave_out=leave_out, photos=len(paths))
    places = _places(paths, out, force=force)
    pass_age_gate(adults=adults, about=About.PICTURES if fake else About.SOURCE_PHOTOS)
    failed = False
    with (
        MediaPool(min(workers or MediaPool.sensible_workers(), len(paths))) as pool,
        Bar(len(paths), least=WORTH_A_BAR) as bar,
    ):
        for path, place, made in zip(paths, places, _traces(paths, how, pool, tiff=tiff), strict=True):
            failed |= made.trace is None
            if made.trace is not None:
                write_bytes(place, bytes(made.trace))
            _print(path, place, made, how, as_json=as_json)
            bar.advance()
    if failed:
        raise typer.Exit(ERROR)


trace_command.__doc__ = _("""\
Make a trace of each photo, a file of at most 8 kB beside it: what pictures that were made from it are recognised by.

The photo itself is not kept. A question about age comes first; nothing is opened before it is answered. The file is for
a bank: `haalweg bank import FILE --traces`. Whoever has it can tell what was made from the photo, and with much effort
guess at parts of it: send it to those only who are to look for fakes, and delete it once it was imported.

\b
Examples:
  haalweg trace holiday.jpg
  haalweg trace *.jpg --out traces
  haalweg trace holiday.jpg --leave-out 120,40,380,300
  haalweg trace fake.jpg --fake --json

\b
Exit code: 0 all traces were made, 2 at least one was not.
""")


@dataclass(frozen=True, slots=True)
class _Made:
    trace: Trace | None
    error: str = ""


def _places(paths: Sequence[str], out: Path | None, *, force: bool) -> list[Path]:
    """Where each trace goes. Raises TraceCommandError before any work where one would replace another file."""
    if out is not None and not out.is_dir():
        raise TraceCommandError(_("{folder}: there is no such folder.").format(folder=shown(os.fspath(out))))
    places = [(Path(path).parent if out is None else out) / f"{Path(path).name}{ENDING}" for path in paths]
    for number, place in enumerate(places):
        if place in places[:number]:
            raise TraceCommandError(
                _("{place}: two of the photos would have their trace there.").format(place=shown(os.fspath(place)))
            )
        if place.exists() and not force:
            raise TraceCommandError(
                _("{place}: there is a file of this name already. --force replaces it.").format(
                    place=shown(os.fspath(place))
                )
            )
    return places


def _traces(paths: Sequence[str], how: Tracing, pool: MediaPool, *, tiff: bool) -> Iterator[_Made]:
    def one(path: str) -> _Made:
        try:
            return _Made(how.of(path, pool, tiff=tiff))
        except MediaError as error:
            return _Made(None, str(error))
        except TooLittleDetail as error:
            return _Made(None, f"{place_of(path)}: {error}")

    threads = ThreadPoolExecutor(pool.workers)
    try:
        yield from threads.map(one, paths)
    finally:
        threads.shutdown(cancel_futures=True)


def _print(path: str, place: Path, made: _Made, how: Tracing, *, as_json: bool) -> None:
    name, trace = place_of(path), made.trace
    if as_json:
        row: dict[str, object] = {"path": name}
        if trace is None:
            row["error"] = made.error
        else:
            kind = trace.kind.name.lower()
            row |= {"out": shown(os.fspath(place)), "kind": kind, "places": trace.points, "bytes": len(bytes(trace))}
            row |= {
                "framed": None if trace.framed is None else astuple(trace.framed),
                "left_out": [astuple(box) for box in trace.left_out],
            }
        typer.echo(json.dumps(row, ensure_ascii=False))
    elif trace is None:
        say(made.error)
    else:
        size = _("{size} bytes").format(size=f"{len(bytes(trace)):,}")
        typer.echo(f"{name}  {shown(os.fspath(place))}  {kept_in_words(trace, how)}, {size}")
