"""The commands and what they share: exit codes, the version, a way out that loses nothing."""

from __future__ import annotations

import os
import sys
import traceback
from importlib.metadata import version
from typing import Annotated

import typer
from typer.exceptions import TyperException

from haalweg import _native
from haalweg.cli.bank import bank_app
from haalweg.cli.compare import compare_command
from haalweg.cli.exits import ERROR, INTERRUPTED, NOTHING_FOUND, Interrupted
from haalweg.cli.gate import gate_app
from haalweg.cli.hash import hash_command
from haalweg.cli.installation import why_the_database_failed
from haalweg.cli.keys import keys_app
from haalweg.cli.language import _
from haalweg.cli.match import match_command
from haalweg.cli.scan import scan_command
from haalweg.cli.serve import serve_app
from haalweg.cli.serve_audit import audit_app
from haalweg.cli.serve_retention import retention_command
from haalweg.cli.trace import trace_command
from haalweg.errors import HaalwegError
from haalweg.plain_text import shown

_INTERRUPTED = _("Interrupted. What was printed so far is right and complete.")

app = typer.Typer(
    name="haalweg",
    help=_("Find and take down intimate pictures shared without consent. Nothing of any picture is shown or kept."),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("hash")(hash_command)
app.command("trace")(trace_command)
app.command("compare")(compare_command)
app.command("match")(match_command)
app.command("scan")(scan_command)
app.add_typer(keys_app)
app.add_typer(bank_app)
app.add_typer(gate_app)
serve_app.add_typer(audit_app)
serve_app.command("retention")(retention_command)
app.add_typer(serve_app)


def _print_version(*, asked: bool) -> None:
    if not asked:
        return
    from haalweg.adapters.media import jail_level  # noqa: PLC0415 - starts a worker: only where it is asked for

    typer.echo(f"haalweg {version('haalweg')}")
    typer.echo(f"  hot loops   {_native.isa_name()}")
    typer.echo(f"  jail        {jail_level()}")
    raise typer.Exit


@app.callback()
def _options(
    *,
    show_version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=lambda value: _print_version(asked=value),
            is_eager=True,
            help=_("Show the version, the instruction set in use, and how well decoding is locked in here."),
        ),
    ] = False,
) -> None:
    del show_version


def main() -> None:
    """Run the command line. Ends the process: 0 nothing found, 1 a match, 2 an error, 130 interrupted."""
    try:
        code = _run()
        sys.exit(_say(_INTERRUPTED, code) if code == INTERRUPTED else code)
    except HaalwegError as error:
        sys.exit(_say(str(error), ERROR))
    except Interrupted as interrupted:
        sys.exit(_say(str(interrupted), INTERRUPTED))
    except typer.Abort:
        sys.exit(_say(_INTERRUPTED, INTERRUPTED))
    except TyperException as error:
        sys.exit(_say(_with_the_way_out(error.format_message()), ERROR))
    except OSError as error:
        sys.exit(_say(_of_the_system(error), ERROR))
    except Exception as error:  # noqa: BLE001 - Python would end with 1, and that says that there was a match
        reason = why_the_database_failed(error)
        if reason is None:
            traceback.print_exc()
            sys.exit(ERROR)
        sys.exit(_say(_of_the_database(reason), ERROR))


def _run() -> int:
    try:
        return app(standalone_mode=False) or NOTHING_FOUND
    except SystemExit as ended:
        # How typer ends when nobody reads our output any more, and how servers do: any code but 0 is of an error, and
        # theirs would say that there was a match.
        return ERROR if ended.code else NOTHING_FOUND


def _with_the_way_out(message: str) -> str:
    """What is wrong with the words of a command: a sentence, or the help of a command that got none."""
    way_out = _("`haalweg COMMAND --help` shows examples.")
    if "\n" in message:
        return f"{message}\n\n{way_out}"
    return f"{message.removesuffix('.')}. {way_out}"


def _of_the_system(error: OSError) -> str:
    """Where no command has words of its own for it: a disk that is full, a file that may not be read."""
    reason = error.strerror or type(error).__name__
    if error.filename is None:
        return _("What was to be read or written could not be ({reason}).").format(reason=reason)
    return _("{path}: it cannot be used ({reason}).").format(path=shown(os.fsdecode(error.filename)), reason=reason)


def _of_the_database(reason: str) -> str:
    return _(
        "The database failed in the middle of this ({reason}). Of the step that it was at nothing is kept. Is there "
        "room on its disk? `haalweg serve check` says more; then give the command again."
    ).format(reason=reason)


def _say(sentence: str, code: int) -> int:
    sys.stderr.write(sentence + "\n")
    return code
