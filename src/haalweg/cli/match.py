"""`haalweg match`: are these files known to a bank?"""

from __future__ import annotations

import io
import os
import sys
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from haalweg.adapters.media import MediaPool
from haalweg.adapters.sources import Item, items_of, shards_of
from haalweg.cli.exits import ERROR, FOUND
from haalweg.cli.found import closeness, entry_in_words, print_json, sureness
from haalweg.cli.language import _
from haalweg.errors import HaalwegError
from haalweg.plain_text import shown
from haalweg.scan.rows import Kind
from haalweg.scan.scanner import open_scanner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from haalweg.scan.scanner import Looked, Scanner


class NotAFileError(HaalwegError):
    """Something that `match` is not for."""


def match_command(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help=_("Pictures and videos; - is standard input."))],
    *,
    bank: Annotated[Path, typer.Option(help=_("The bank file to ask."))],
    workers: Annotated[
        int | None, typer.Option(min=1, help=_("Decoding workers; one a processor if not given."))
    ] = None,
    tiff: Annotated[bool, typer.Option("--tiff", help=_("Read TIFF too."))] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=_("Rows as JSON lines; a file without a match or a lead has none."))
    ] = False,
) -> None:
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - any text is allowed here, also what is no path
            raise NotAFileError(_("{path}: a folder. `haalweg scan` looks through folders.").format(path=shown(path)))
    matched = failed = False
    with open_scanner(bank, workers=workers or min(len(paths), MediaPool.sensible_workers()), tiff=tiff) as scanner:
        if not scanner.bank.can_match:
            empty = _("Nothing in the bank can match: it is empty, or all of it has expired or was withdrawn.")
            typer.echo(empty, err=True)
        for path, looked in _looked_at(paths, scanner):
            matched |= bool(looked.counts.matched)
            failed |= bool(looked.counts.unreadable or (looked.counts.others and not looked.counts.matched))
            if as_json:
                print_json(looked.rows)
            else:
                _print(path, looked)
    if failed:
        raise typer.Exit(ERROR)
    raise typer.Exit(FOUND if matched else 0)


match_command.__doc__ = _("""\
Say for each file which entries of a bank it matches: whole, turned, mirrored, or inside a screenshot.

Where the bank holds traces, it also says which photos a picture seems to be made from. That is a lead: a person has to
look. It is no match, and the exit code does not tell of it.

\b
Examples:
  haalweg match upload.jpg --bank case.bank
  haalweg match *.jpg clip.mp4 --bank case.bank --json
  cat upload.jpg | haalweg match - --bank case.bank

\b
Exit code: 0 no match, 1 at least one match, 2 an error or a file that could not be read.
""")


def _looked_at(paths: list[str], scanner: Scanner) -> Iterator[tuple[str, Looked]]:
    waiting: deque[tuple[str, Future[Looked]]] = deque()
    for path in paths:
        for item in _items(path):
            waiting.append((item.name, scanner.look_at(path, item)))
            while waiting[0][1].done() or len(waiting) > 2 * scanner.workers:
                name, answer = waiting.popleft()
                yield name, answer.result()
                if not waiting:
                    break
    for name, answer in waiting:
        yield name, answer.result()


def _items(path: str) -> Iterator[Item]:
    if path == "-":
        yield Item(_("standard input"), io.BytesIO(sys.stdin.buffer.read()))
        return
    for shard in shards_of(path):
        yield from items_of(shard)


def _print(path: str, looked: Looked) -> None:
    name = shown(path)
    for row in looked.rows:
        if row.kind is Kind.UNREADABLE:
            typer.echo(f"{name}: {row.reason}", err=True)
        elif row.kind is Kind.LEAD:
            words = _("{entry} ({how_sure}): worth a person's look").format(
                entry=entry_in_words(row), how_sure=sureness(row)
            )
            _say(_("lead"), f"{name}  {words}")
        else:
            _say(_("match"), f"{name}  {entry_in_words(row)} ({closeness(row)})")
    if looked.rows:
        return
    if looked.counts.others:
        typer.echo(_("{path}: neither a picture nor a video that we read.").format(path=name), err=True)
    elif looked.counts.too_flat:
        _say(_("too flat"), name)
    else:
        _say(_("no match"), name)


def _say(verdict: str, what: str) -> None:
    typer.echo(f"{verdict:10}  {what}")
