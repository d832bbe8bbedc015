"""`haalweg scan`: which of many posts or files carry a picture that a bank knows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from haalweg.cli.exits import ERROR, FOUND, NOTHING_FOUND, Interrupted
from haalweg.cli.found import print_json, print_leads, print_summary, print_table, print_unreadable
from haalweg.cli.language import _
from haalweg.cli.progress import ScanProgress
from haalweg.cli.questions import is_yes
from haalweg.plain_text import shown
from haalweg.scan.parts import ScanError
from haalweg.scan.run import Scan

_FIRST_ROWS = 40


def scan_command(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help=_("What to look through."))],
    *,
    bank: Annotated[Path, typer.Option(help=_("The bank file with the signatures to look for."))],
    out: Annotated[
        Path | None,
        typer.Option(help=_("Where the rows go: .jsonl, .csv or .parquet. Without it they are only printed.")),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help=_("Go on with a scan that was interrupted."))] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help=_("Decoding workers; one a processor if not given."))
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="local|tls://...", help=_("Run on Dask: on this machine, or a scheduler reached over TLS.")
        ),
    ] = None,
    tiff: Annotated[bool, typer.Option("--tiff", help=_("Read TIFF too."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("You know what the first screen says: begin at once."))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("Rows as JSON lines instead of a table."))] = False,
) -> None:
    if not yes:
        _first_screen(out)
    scan = Scan(sources, bank, out, resume=resume, tiff=tiff)
    interrupted = False
    with ScanProgress() as progress:
        try:
            if cluster is None:
                scan.here(progress, workers)
            else:
                scan.on_cluster(progress, cluster, workers)
        except KeyboardInterrupt:
            interrupted = True
    scan.put_down()
    _report(scan, out, as_json=as_json)
    if interrupted:
        raise Interrupted(_interrupted(out))
    scan.end()
    if scan.counts.incomplete:
        raise typer.Exit(ERROR)
    raise typer.Exit(FOUND if scan.counts.matched else NOTHING_FOUND)


scan_command.__doc__ = _("""\
Look through what you already hold for pictures and videos that a bank knows. None is shown, none is kept.

\b
Examples:
  haalweg scan DataExport_2026-11-25 --bank case.bank --out found.csv
  haalweg scan posts.zip archive.warc.gz --bank case.bank --out found.jsonl --workers 8
  haalweg scan DataExport_2026-11-25 --bank case.bank --out found.csv --resume
  haalweg scan /mnt/all --bank /mnt/case.bank --out /mnt/found.jsonl --cluster tls://scheduler:8786

A SOURCE is a folder, a Telegram Desktop export (its folder, or its result.json), a zip or tar archive, a WARC, or a
single file. What it holds is read as it lies there: nothing is unpacked to a disk.

Where the bank holds traces, pictures that seem to be made from one of their photos are leads: a person has to look. A
lead is no match, and the exit code does not tell of it.

\b
Exit code: 0 nothing found, 1 matches, 2 an error or a source that could not be read to its end, 130 interrupted.
""")


def _report(scan: Scan, out: Path | None, *, as_json: bool) -> None:
    if as_json:
        print_json(scan.found())
    else:
        most = _FIRST_ROWS if out is not None else None
        print_table(scan.found(), most=most)
        print_leads(scan.found(), most=most)
        print_unreadable(scan.found(), most=_FIRST_ROWS)
    print_summary(scan.counts, out)


def _first_screen(out: Path | None) -> None:
    where = _("the screen") if out is None else shown(str(out))
    typer.echo(_FIRST_SCREEN().format(out=where), err=True)
    if not sys.stdin.isatty():
        raise ScanError(_("Nobody is there to answer. Where a script runs this, --yes says that you have read it."))
    if not is_yes(_("Begin? yes (y), no (n): ")):
        raise Interrupted(_("Nothing was looked at."))


def _FIRST_SCREEN() -> str:  # noqa: N802 - a constant, once the language is known
    return _(
        """\
haalweg scan looks for pictures and videos that a bank knows, in what you already hold: exports, archives, folders.

  For         helplines, hotlines, investigators and moderators, on material that is theirs to look through.
  Not for     finding out whether or where someone reported, nor material that you would have to obtain first.
  Under 18    Sexual pictures of people under 18, real or made, may not be held or searched for. If you expect them
              here, stop, and leave it to the police (in the Netherlands 0900-8844) or to Meldpunt Kinderporno.
  It shows    no picture. It keeps no picture, and nothing at all of what is neither a match nor a lead.
  It writes   where each of these was posted, when and by whom, to {out}. These are personal data: of people
              who may have done something wrong, and of people who have not.
"""
    )


def _interrupted(out: Path | None) -> str:
    if out is None:
        return _("Interrupted. What was found so far is above; it is complete as far as the scan came.")
    if not out.exists():
        return _("Interrupted before anything was looked at.")
    return _("Interrupted. What was found so far is in {out}. Go on with the same command and --resume.").format(
        out=shown(str(out)),
    )
