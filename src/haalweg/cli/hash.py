"""`haalweg hash`: the signatures of files."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from haalweg.adapters.media import MediaError, MediaPool, file_digests, place_of
from haalweg.cli.exits import ERROR
from haalweg.cli.language import _
from haalweg.cli.progress import WORTH_A_BAR, Bar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from haalweg.signals import FileDigests, HashedPart


class Signal(Enum):
    """The signal types a file can be hashed to."""

    PDQ = "pdq"
    SHA256 = "sha256"
    MD5 = "md5"


Row = dict[str, object]


def hash_command(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help=_("Pictures; - is standard input."))],
    *,
    signal: Annotated[
        list[Signal] | None,
        typer.Option(help=_("What to compute: pdq (default), sha256, md5. May be given more than once.")),
    ] = None,
    inner: Annotated[
        bool,
        typer.Option("--inner", help=_("Also the pictures framed inside a screenshot, and each distinct frame.")),
    ] = False,
    fast: Annotated[
        bool,
        typer.Option(
            "--fast", help=_("JPEGs from 512 pixels a side up two to three times as fast, at most 8 bits off.")
        ),
    ] = False,
    tiff: Annotated[bool, typer.Option("--tiff", help=_("Read TIFF too."))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("One JSON object a line instead of text."))] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help=_("Decoding workers; one a processor if not given."))
    ] = None,
) -> None:
    if fast and inner:
        raise typer.BadParameter(_("--fast reads too little of a picture to find what is --inner; give one of them."))
    signals = signal or [Signal.PDQ]
    failed = False
    with MediaPool(workers or MediaPool.sensible_workers()) as pool, Bar(len(paths), least=WORTH_A_BAR) as bar:
        for row in _rows(paths, signals, pool, inner=inner, fast=fast, tiff=tiff):
            failed |= "error" in row
            _print(row, as_json=as_json)
            bar.advance()
    if failed:
        raise typer.Exit(ERROR)


hash_command.__doc__ = _("""\
Print the signatures of pictures. They are decoded in a locked-in process; nothing of them is kept.

\b
Examples:
  haalweg hash holiday.jpg
  haalweg hash --signal pdq --signal sha256 *.jpg
  haalweg hash --inner --json screenshot.png
  cat holiday.jpg | haalweg hash -

\b
Exit code: 0 all files were hashed, 2 at least one was not.
""")


def _rows(
    paths: list[str], signals: list[Signal], pool: MediaPool, *, inner: bool, fast: bool, tiff: bool
) -> Iterator[Row]:
    def one(path: str) -> Row:
        place = _("standard input") if path == "-" else place_of(path)
        source = sys.stdin.buffer.read(pool.limits.max_bytes + 1) if path == "-" else path
        row: Row = {"path": place}
        try:
            if Signal.PDQ in signals:
                if inner:
                    row["parts"] = [_part(part) for part in pool.signatures_of(source, tiff=tiff)]
                else:
                    hashed = pool.hash_image(source, fast=fast, tiff=tiff)
                    row |= {"pdq": hashed.hash.hex, "quality": hashed.quality, "too_flat": hashed.too_flat}
            if Signal.SHA256 in signals or Signal.MD5 in signals:
                row |= _digests(file_digests(source), signals)
        except MediaError as error:
            return {"path": place, "error": str(error)}
        return row

    threads = ThreadPoolExecutor(pool.workers)
    try:
        yield from threads.map(one, paths)
    finally:
        threads.shutdown(cancel_futures=True)


def _part(part: HashedPart) -> Row:
    box = part.inner and [part.inner.left, part.inner.top, part.inner.right, part.inner.bottom]
    return {
        "frame": part.frame,
        "inner": box,
        "pdq": part.hashed.hash.hex,
        "quality": part.quality,
        "too_flat": part.too_flat,
    }


def _digests(digests: FileDigests, signals: list[Signal]) -> Row:
    every = {Signal.SHA256: digests.sha256, Signal.MD5: digests.md5}
    return {kind.value: every[kind] for kind in signals if kind in every}


def _print(row: Row, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(row, ensure_ascii=False))
        return
    path = row["path"]
    if "error" in row:
        typer.echo(str(row["error"]), err=True)
        return
    parts = row.get("parts", [row] if "pdq" in row else [])
    assert isinstance(parts, list)
    for part in parts:
        quality = _("quality {quality}").format(quality=part["quality"])
        flat = _("  too flat to match") if part["too_flat"] else ""
        typer.echo(f"pdq     {part['pdq']}  {quality}  {path}{_where(part)}{flat}")
    for kind in ("sha256", "md5"):
        if kind in row:
            typer.echo(f"{kind:7} {row[kind]}  {path}")


def _where(part: Row) -> str:
    words = []
    if part.get("frame"):
        words.append(_("frame {frame}").format(frame=part["frame"]))
    box = part.get("inner")
    if isinstance(box, list):
        left, top, right, bottom = box
        size, corner = f"{right - left} x {bottom - top}", f"{left}, {top}"
        words.append(_("inner picture, {size} at {corner}").format(size=size, corner=corner))
    return f"  ({'; '.join(words)})" if words else ""
