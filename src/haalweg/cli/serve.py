"""`haalweg serve`: the helpline's server, two processes under one command."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import sys
import tomllib
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from haalweg.adapters.bank_file import BankFile, opened
from haalweg.cli.installation import CONFIG, Config, ServeCommandError, bring_up, need_the_packages
from haalweg.cli.keeper import Keeper
from haalweg.cli.language import _
from haalweg.cli.serve_backup import backup_command, restore_command
from haalweg.cli.serve_check import checked
from haalweg.cli.staff import staff_app
from haalweg.errors import HaalwegError
from haalweg.gate.settings import Listen, read_settings
from haalweg.gate.sockets import CannotListenError, listening_at
from haalweg.keeping import KeyRing, key_file
from haalweg.keeping.audit import Act
from haalweg.plain_text import shown
from haalweg.reports.consents import KINDS
from haalweg.web.configuration import configuration_of, read_configuration
from haalweg.web.secret import WebSecret
from haalweg.web.unfinished import end_restore

serve_app = typer.Typer(
    name="serve",
    help=_("The helpline's server: pages to report on, a desk to confirm at, and the door for machines."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
serve_app.add_typer(staff_app)
_PARTNER = re.compile(r"[A-Z0-9_]{1,40}")
_MOST_TITLE, _MOST_SENTENCE = 100, 200
_FIRST = """\
# The helpline's settings. Paths are as seen from this file's folder. `haalweg serve check` says what is wrong in it.

name = {name}                       # as people read it
address = {address}   # where people find the pages
listen = "127.0.0.1:8641"             # where the pages are served, for the proxy with TLS before them
try_out = {try_out}                     # true: on this machine only, without TLS
door = "door/door.toml"               # the settings of the machine door
database = "web.sqlite3"              # or HAALWEG_DATABASE_URL=postgresql://user:password@host/name
secret = "web.secret"                 # without it no case code is found: keep a copy apart
bank = "HELPLINE"                     # where what was confirmed goes

# [mail]                              # without it nobody is mailed; while trying out, mails are shown at the console
# server = "smtp.example.nl:587"
# sender = "bericht@example.nl"       # an address that says nothing of a helpline
# user = "bericht@example.nl"
# password_file = "mail.password"     # the password alone, in a file that nobody else may read
# security = "starttls"               # or "tls"; "none" for a server on this machine

[terms]                               # the pages print these
answer_days = 1                       # working days until somebody has looked
message_days = 2                      # working days until a message is answered
keep_months = 24                      # on the list; the person is asked before it goes
undo_days = 14                        # in which what was taken back can be put back

[retention]                           # days; `haalweg serve run` deletes on the day, and the pages print these too
ask = 30                              # before something on the list, or a report nobody decided on, goes
undecided = 90                        # a report on which nobody decided
messages = 90                         # after the case was closed
contact = 90                          # the same
closed = 730                          # what is left of a closed case
sessions = 1                          # ended sessions
audit = 2190                          # rows of the audit log
"""
_MADE = ("door", "journals", "web.secret")
_DOOR = """\
# The machine door: banks, index, feed. `haalweg gate check --config door/door.toml` says what is wrong in it.

bank = "door.bank"
journal = "{journal}"
state = "door.state"
listen = "127.0.0.1:8640"
web = "web.sock"                      # for the pages' own process, on this machine
"""


@serve_app.command("init")
def init_command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=_("Where it is to be; made if it is not there."))],
    name: Annotated[str, typer.Option(help=_("The helpline's name, as people read it."))] = "Hulplijn",
    address: Annotated[
        str,
        typer.Option(help=_("Where people find the pages, https://...; without it: on this machine, to try it out.")),
    ] = "",
) -> None:
    ring = KeyRing.read(key_file(os.environ))
    if not name.isprintable():
        raise ServeCommandError(_("--name: a text without signs that cannot be printed is expected."))
    settings = _FIRST.format(
        name=_quoted(name),
        address=_quoted(address or "http://localhost:8641"),
        try_out="false" if address else "true",
    )
    configuration_of(tomllib.loads(settings), folder, os.environ)  # what would be refused is not written
    if (folder / "serve.toml").exists():
        raise ServeCommandError(
            _("{folder}: there is a helpline already. Nothing was changed.").format(folder=shown(str(folder)))
        )
    for each in _MADE:
        if (folder / each).exists():
            raise ServeCommandError(
                _("{path}: it is there already, of an attempt that was broken off or of something else.").format(
                    path=shown(str(folder / each))
                )
            )
    was_there = folder.exists()
    try:
        _make(folder, settings, ring)
    except BaseException as error:
        for each in _MADE:
            _remove(folder / each)
        if not was_there:
            _remove(folder)
        if isinstance(error, OSError):
            raise ServeCommandError(
                _("{folder}: a helpline cannot be made there ({reason}).").format(
                    folder=shown(str(folder)), reason=error.strerror
                )
            ) from None
        raise
    typer.echo(_("{folder} is ready. Now:").format(folder=shown(str(folder))))
    typer.echo(f"  cd {shown(str(folder))}")
    typer.echo("  haalweg serve check")
    typer.echo("  haalweg serve staff new NAME")
    typer.echo("  haalweg serve run")
    typer.echo(_("`haalweg serve backup` backs up all of it but `journals`, which belongs on another disk."))


init_command.__doc__ = _("""\
Make a helpline's folder: settings, a sealed bank with its journal of withdrawals, and the pages' secret.

\b
Examples:
  haalweg serve init helpline
  haalweg serve init /srv/helpline --name "Hulplijn De Brug" --address https://meld.example.nl
""")


def _make(folder: Path, settings: str, ring: KeyRing) -> None:
    for each in (folder, folder / "door", folder / "journals"):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
    with BankFile.new(folder / "door" / "door.bank", ring, now=datetime.now(UTC)) as bank:
        bank.begin_journal(folder / "journals" / f"{bank.id}.journal")  # as every command that changes it looks for it
        (folder / "door" / "door.toml").write_text(_DOOR.format(journal=f"../journals/{bank.id}.journal"), "utf-8")
    WebSecret.make(folder / "web.secret")
    (folder / "serve.toml").write_text(settings, "utf-8")  # last: with it there is a helpline


def _remove(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
    with suppress(OSError):  # it is not there, or was a folder
        path.unlink()


@serve_app.command("check")
def check_command(config: Config = CONFIG) -> None:
    need_the_packages()
    _end_restore(config)
    found = checked(config, os.environ, now=datetime.now(UTC))
    for finding in found.findings:
        if not finding.stops:
            typer.echo(_("Look at this. {sentence}").format(sentence=finding.sentence), err=True)
    wrong = [finding.sentence for finding in found.findings if finding.stops]
    if wrong or found.configuration is None or found.door is None:
        raise ServeCommandError("\n".join(wrong))
    configuration, listen = found.configuration, found.door.listen
    typer.echo(_("The settings can be used."))
    typer.echo(
        _("  pages     {address}, served at {place}").format(
            address=configuration.address, place=f"{configuration.host}:{configuration.port}"
        )
    )
    typer.echo(_("  desk      {address}/desk/").format(address=configuration.address))
    typer.echo(_("  machines  {place}").format(place=listen.place))
    typer.echo(_("  database  {database}").format(database=configuration.database.place))
    if configuration.mail is not None:
        typer.echo(_("  mail      {place}").format(place=configuration.mail.place))
    if configuration.try_out:
        typer.echo(_("  This is to try it out: no TLS, and for this machine only."))


def _end_restore(config: Path) -> None:
    """End a restore that was broken off, where the settings can be read; what is wrong with them is said later."""
    try:
        configuration = read_configuration(config, os.environ)
        door = read_settings(configuration.door, os.environ)
    except HaalwegError:
        return
    if end_restore(configuration, lambda: opened(door.bank, journal=door.journal).close()):
        typer.echo(_("A restore that was broken off once all was ready has been ended."), err=True)


check_command.__doc__ = _("""\
Read the settings, look at what they name, and say what would be served where; nothing is started.

Everything that is wrong is said, each with the way out: settings, keys, secret, database, bank and journal, who may
read them, addresses, clock, room on the disk.

\b
Example:
  haalweg serve check --config serve.toml

\b
Exit code: 0 it can be run, also where there is something to look at; 2 it cannot.
""")


@serve_app.command("run")
def run_command(config: Config = CONFIG) -> None:
    check_command(config)
    configuration = read_configuration(config, os.environ)
    _refuse_taken(configuration.host, configuration.port, config, "127.0.0.1:8641")
    listen = read_settings(configuration.door, os.environ).listen
    if listen.socket is None:
        _refuse_taken(listen.host, listen.port, configuration.door, "127.0.0.1:8640")
    program = [sys.executable, "-m", "haalweg"]
    both = {
        "door": [*program, "gate", "run", "--config", str(configuration.door)],
        "pages": [*program, "serve", "pages", "--config", str(config)],
    }
    typer.echo(_("Ctrl-C ends both processes; what is in hand is finished first."), err=True)
    Keeper(both).run()


run_command.__doc__ = _("""\
Run pages, desk and machine door until stopped. One that ends is started again.

\b
Example:
  haalweg serve run --config serve.toml

\b
Exit code: 0 it was told to stop and did, 2 it cannot be run.
""")


def _refuse_taken(host: str, port: int, settings: Path, usual: str) -> None:
    """Raise ServeCommandError where nothing can listen there: a process started again and again says it late."""
    try:
        with listening_at(Listen(None, host, port)):
            pass
    except CannotListenError as error:
        if error.is_taken:
            raise ServeCommandError(
                _(
                    "{settings}: listen: another program listens at {place}, perhaps a helpline that runs already. End "
                    'it, or choose another port. Good: listen = "{host}:{other}".'
                ).format(settings=shown(str(settings)), place=error.place, host=host, other=_another(port))
            ) from None
        raise ServeCommandError(
            _("{settings}: listen: nothing can listen at {place} ({reason}). Good: listen = {good}.").format(
                settings=shown(str(settings)), place=error.place, reason=error.reason, good=f'"{usual}"'
            )
        ) from None


def _another(port: int) -> int:
    return port + 10 if port + 10 < 1 << 16 else port - 10


@serve_app.command("pages")
def pages_command(config: Config = CONFIG) -> None:
    from haalweg.web.serving import serve_pages  # noqa: PLC0415 - Django and gunicorn, which other commands need not wait for

    serve_pages(config)


pages_command.__doc__ = _("""\
Serve pages and desk alone, where the machine door runs by itself as another user: `haalweg gate run`.

\b
Example:
  haalweg serve pages --config /srv/helpline/serve.toml
""")


serve_app.command("backup")(backup_command)
serve_app.command("restore")(restore_command)

partner_app = typer.Typer(
    name="partner", help=_("Who may have what people allow for them."), no_args_is_help=True, rich_markup_mode=None
)
serve_app.add_typer(partner_app)


@partner_app.command("new")
def new_partner_command(
    name: Annotated[str, typer.Argument(help=_("Capitals, digits and _: the name of its key, and P_NAME its bank."))],
    *,
    title: Annotated[str, typer.Option(help=_("Its name, as people read it."))],
    kind: Annotated[str, typer.Option(help=_("What kind it is of: forum, chat, platform or helpline."))],
    nl: Annotated[str, typer.Option(help=_("A sentence about it in Dutch, for the page of choices."))],
    en: Annotated[str, typer.Option(help=_("The same in English."))],
    contract: Annotated[
        bool,
        typer.Option("--contract", help=_("There is a contract with it: traces may go there where people allow it.")),
    ] = False,
    config: Config = CONFIG,
) -> None:
    if not _PARTNER.fullmatch(name):
        raise ServeCommandError(_("{name}: capitals, digits and _ are expected. Good: VONK.").format(name=shown(name)))
    if kind not in KINDS:
        raise ServeCommandError(_("--kind: one of {kinds} is expected.").format(kinds=", ".join(KINDS)))
    for text, most in ((title, _MOST_TITLE), (nl, _MOST_SENTENCE), (en, _MOST_SENTENCE)):
        if not text.strip() or len(text) > most or not text.isprintable():
            raise ServeCommandError(
                _(
                    "--title, --nl and --en are texts that people read, of 1 to {title} characters the first, else "
                    "{most}."
                ).format(title=_MOST_TITLE, most=_MOST_SENTENCE)
            )
    configuration = bring_up(config)
    from django.db import transaction  # noqa: PLC0415 - once Django is set up

    from haalweg.web.store import audit  # noqa: PLC0415 - the same
    from haalweg.web.store.cases import partner_came  # noqa: PLC0415 - once Django is set up
    from haalweg.web.store.models import Partner  # noqa: PLC0415 - once Django is set up

    if Partner.objects.filter(name=name).exists():
        raise ServeCommandError(_("{name}: there is a partner of this name already.").format(name=name))
    with transaction.atomic():
        partner = Partner.objects.create(
            name=name, title=title, kind=kind, sentence_nl=nl, sentence_en=en, has_contract=contract
        )
        partner_came(kind, now=datetime.now(UTC))
        audit.append(Act.PARTNER_MADE, by=None, subject=partner.pk, now=datetime.now(UTC))
    typer.echo(_("People can choose {title} now. Its key:").format(title=shown(title)))
    typer.echo(
        f"  haalweg gate keys new {name} --scope feed --scope feedback --bank P_{name}"
        f" --tier {'hashes_and_traces' if contract else 'hashes'} --config {shlex.quote(str(configuration.door))}"
    )


new_partner_command.__doc__ = _("""\
Make a partner, which people can then choose on the page of choices. Nothing goes there that nobody chose.

\b
Example:
  haalweg serve partner new VONK --title Vonk --kind chat --nl "Chat-app. Houdt beelden tegen." --en "Chat app."
""")


def _quoted(text: str) -> str:
    """Write a text as TOML has it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
