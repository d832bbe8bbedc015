"""`haalweg serve backup` and `haalweg serve restore`."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from haalweg.cli.installation import CONFIG, Config
from haalweg.cli.language import _
from haalweg.plain_text import shown


def backup_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("Where it is written; nothing is written over."))],
    config: Config = CONFIG,
) -> None:
    from haalweg.upkeep.backup import back_up  # noqa: PLC0415 - the gate's packages, which other commands need not have

    about = back_up(config, file, os.environ, now=datetime.now(UTC))
    size = max(1, round(file.stat().st_size / 1e6))
    typer.echo(_("{file}: written, sealed and read back ({size} MB).").format(file=shown(str(file)), size=size))
    typer.echo(_("In it: database, bank {bank}, state of the door, settings, web.secret.").format(bank=about.bank[:8]))
    typer.echo(
        _("Not in it: the key file and the withdrawal journals. Keep both elsewhere: without them it opens nothing.")
    )


backup_command.__doc__ = _("""\
Write a backup of all of it to one sealed file, while pages and door run.

\b
Examples:
  haalweg serve backup /backups/helpline-2026-11-27.haalweg
  haalweg serve backup /backups/$(date +%F).haalweg --config /srv/helpline/serve.toml

\b
Exit code: 0 it is there and was read back, 2 there is none.
""")


def restore_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A backup."))],
    *,
    replace: Annotated[
        bool,
        typer.Option("--replace", help=_("Replace the helpline that is there: what came after the backup is lost.")),
    ] = False,
    config: Config = CONFIG,
) -> None:
    from haalweg.upkeep.restoring import restore  # noqa: PLC0415 - as above

    done = restore(file, config, os.environ, replaces=replace, now=datetime.now(UTC))
    found = done.reconciled
    typer.echo(_("The helpline of {at} is back.").format(at=f"{done.about.made_at:%Y-%m-%d %H:%M} UTC"))
    typer.echo(_("  withdrawn since, and carried out by the journal: {n}").format(n=done.replayed))
    typer.echo(_("  cases set aside, because their signatures left the list meanwhile: {n}").format(n=found.set_aside))
    typer.echo(_("  cases stopped as perhaps under 18: {n}").format(n=found.stopped))
    if found.unreadable:
        typer.echo(
            _("  signatures that these keys do not open, so that the journal says nothing of them: {n}").format(
                n=found.unreadable
            )
        )
    typer.echo(
        _(
            "What no journal knows is as it was then: look at cases that were locked, got new words or were erased "
            "before they came on the list, at keys that were ended, and at who may log in. Everybody is logged out."
        )
    )


restore_command.__doc__ = _("""\
Put a backup back, all of it or nothing, and carry out what was withdrawn since before anything is asked.

It needs the key file that the backup was sealed with, and the withdrawal journal as it is now. Stop pages and door
first.

\b
Examples:
  haalweg serve restore /backups/helpline-2026-11-27.haalweg --config /srv/helpline/serve.toml
  haalweg serve restore /backups/helpline-2026-11-27.haalweg --replace

\b
Exit code: 0 it is back, 2 all is as it was.
""")
