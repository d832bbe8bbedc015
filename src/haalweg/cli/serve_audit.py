"""`haalweg serve audit`: whether the helpline's audit log is what was written, and what others heard of it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from haalweg.cli.exits import ERROR
from haalweg.cli.installation import CONFIG, Config, ServeCommandError, bring_up
from haalweg.cli.language import _
from haalweg.gate.heads import heads_in, is_state_file
from haalweg.keeping import AuditError
from haalweg.keeping.audit import Act, Anchor
from haalweg.plain_text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from haalweg.keeping.audit import Witness

audit_app = typer.Typer(
    name="audit", help=_("The log of who did what, and when."), no_args_is_help=True, rich_markup_mode=None
)


@audit_app.command("verify")
def verify_command(
    *,
    witness: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help=_("What a gate heard: its state file, or what `haalweg gate heads` listed; may be repeated."),
        ),
    ] = None,
    config: Config = CONFIG,
) -> None:
    bring_up(config)
    from haalweg.web.store import audit  # noqa: PLC0415 - once Django is set up

    log = audit.log_id()
    seen = [each for path in witness or () for each in _witnesses(path, log)]
    try:
        stands = audit.check(seen)
    except AuditError as error:
        typer.echo(str(error), err=True)
        typer.echo(
            _("Change nothing. Keep a copy of the database, and of what the witnesses heard, for who looks into it."),
            err=True,
        )
        raise typer.Exit(ERROR) from None
    audit.append(Act.CHECKED, by=None, now=datetime.now(UTC), count=stands.number)
    typer.echo(_("The log is whole up to row {rows}.").format(rows=f"{stands.number:,}"))
    if witness:
        typer.echo(_("It is what the witnesses saw: {n}.").format(n=f"{len(seen):,}"))
    else:
        typer.echo(
            _("No witness was asked: a log that was cut or written anew would be whole too. --witness FILE asks one.")
        )
    typer.echo(_("Keep this elsewhere, for the next check: {anchor}").format(anchor=Anchor(log or b"", stands)))


verify_command.__doc__ = _("""\
Follow the audit log of pages and desk from its first row to its last, and hold it to what others heard of it.

Whoever can write the database can cut the end off, or write it anew: that shows only against a witness. Every gate
that follows keeps one an hour.

\b
Examples:
  haalweg serve audit verify
  haalweg serve audit verify --witness heads.txt --witness /mnt/platform/gate.state

\b
Exit code: 0 it is what was written, 2 it is not, or cannot be told.
""")


def _witnesses(path: Path, log: bytes | None) -> list[Witness]:
    """Those of this log. Raises ServeCommandError where there is none: it would prove nothing."""
    name = shown(os.fspath(path))
    try:
        found = list(_heads(path) if is_state_file(path) else _listed(path))
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise ServeCommandError(_("{path}: it cannot be read ({why}).").format(path=name, why=why)) from None
    ours = [each.head for each in found if each.log == log]
    if not ours:
        raise ServeCommandError(
            _(
                "{path}: no head of this log is in it. It is called {log}; a gate that follows hears of it within an "
                "hour."
            ).format(path=name, log=log.hex() if log else "-")
        )
    return ours


def _heads(path: Path) -> Iterator[Anchor]:
    for each in heads_in(path):
        if each.log is not None:
            yield Anchor(each.log, each.witness)


def _listed(path: Path) -> Iterator[Anchor]:
    """Anchors at the ends of lines; banks' heads may stand between them."""
    for line in path.read_text("utf-8").splitlines():
        words = line.split()
        if words and words[-1].count(":") == 2:
            yield Anchor.parse(words[-1])
