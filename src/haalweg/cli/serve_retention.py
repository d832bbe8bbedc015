"""`haalweg serve retention`: what is kept no longer goes now, and not when it is due the next time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from haalweg.cli.installation import CONFIG, Config, ServeCommandError, bring_up
from haalweg.cli.language import _


def retention_command(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only say what would go; nothing is changed."))] = False,
    config: Config = CONFIG,
) -> None:
    bring_up(config)
    from haalweg.web.store import retention  # noqa: PLC0415 - once Django is set up

    now = datetime.now(UTC)
    gone = retention.due(now=now) if dry_run else retention.run(now=now)
    if gone is None:
        raise ServeCommandError(_("Another process is at it just now. Nothing was changed here."))
    if dry_run:
        typer.echo(_("This would go now; nothing was changed."))
    typer.echo(_("  asked about        {n}").format(n=gone.asked))
    typer.echo(_("  cases expired      {n}").format(n=gone.expired))
    typer.echo(_("  fingerprints       {n}").format(n=gone.signatures))
    typer.echo(_("  messages           {n}").format(n=gone.messages))
    typer.echo(_("  contact details    {n}").format(n=gone.contacts))
    typer.echo(_("  closed cases       {n}").format(n=gone.cases))
    typer.echo(_("  sessions           {n}").format(n=gone.sessions))
    typer.echo(_("  rows of the log    {n}").format(n=gone.rows))


retention_command.__doc__ = _("""\
Delete what the settings keep no longer, and ask about what soon goes. `haalweg serve run` does so every hour.

\b
Examples:
  haalweg serve retention --dry-run
  haalweg serve retention
""")
