"""`haalweg gate`: the check beside an upload path."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from haalweg.adapters.bank_file import journal_for, opened
from haalweg.banks.feed import Tier
from haalweg.banks.feedback import MANY_DISPUTES, flagged
from haalweg.cli.language import _
from haalweg.cli.questions import is_yes
from haalweg.errors import HaalwegError
from haalweg.gate.growth import Growth
from haalweg.gate.heads import Heads
from haalweg.gate.keys import Keys, Scope
from haalweg.gate.outbox import Outbox
from haalweg.gate.receipts import Receipts
from haalweg.gate.settings import read_places, read_settings
from haalweg.gate.sockets import CannotListenError
from haalweg.gate.state import StateFile
from haalweg.plain_text import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from haalweg.gate.settings import Places, Settings

gate_app = typer.Typer(
    name="gate",
    help=_("Check uploads beside a platform's upload path, and follow the banks of others."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
keys_app = typer.Typer(
    name="keys", help=_("Keys of those who may ask the gate."), no_args_is_help=True, rich_markup_mode=None
)
gate_app.add_typer(keys_app)
outbox_app = typer.Typer(
    name="outbox", help=_("What has to reach others, and did not yet."), no_args_is_help=True, rich_markup_mode=None
)
gate_app.add_typer(outbox_app)

_Config = Annotated[Path, typer.Option("--config", metavar="FILE", help=_("The gate's settings, a TOML file."))]
_CONFIG = Path("gate.toml")
_FIRST = """\
# The gate's settings. Paths are as seen from this file's folder. `haalweg gate check` says what is wrong in it.

bank = "gate.bank"            # make it with: haalweg bank new gate.bank
# journal = "/elsewhere/x"    # of withdrawals, not in the backup: `haalweg bank journal` makes it and names it
state = "gate.state"          # keys of those who may ask; made when it is first needed
listen = "127.0.0.1:8640"     # or "unix:gate.sock", for its user and group
# web = "web.sock"            # for the pages of `haalweg serve`, which makes its own settings
# web_group = "haalweg"       # whose users may open that, where the pages are another user's

[policy]                      # allow, hold (a moderator looks first) or block
self_reported = "hold"        # the affected person said so
spoken = "hold"               # a case worker spoke with them
seen = "block"                # a platform's moderator looked at their own copy
lead = "hold"                 # it seems to be made from a photo; never to block
report_by_law = "block"       # of a list of abuse of children: block or hold; the uploader is told nothing
threshold_bits = 31           # of 256; a bank's own may be tighter
most_uploaders = 20           # in a day, of what a new entry matches; beyond that it holds at most. 0: never
dry_run = false               # true: say what would be done, and let everything pass
rollout_percent = 100         # of the uploads that the rules act on, always the same; for the others they are tried out
silent = false                # true: hold without telling the uploader
stale_after_hours = 24        # a source unheard for so long holds at most

[policy.failures]             # what happens where the gate cannot say
stale_feed = "hold"
disk_full = "hold"
empty_bank = "allow"
worker_died = "hold"
overloaded = "hold"
unreadable = "hold"
too_flat = "allow"

# [policy.banks.HELPLINE_NL]  # rules of one bank, before those above
# enabled = true              # false: the bank is as good as not there
# dry_run = true

[statement]                   # what an uploader is told, by article 17 of the DSA
platform = "my platform"
ground.nl = "onze huisregels."
ground.en = "our house rules."
redress.nl = "mail ons binnen zes maanden."
redress.en = "mail us within six months."

[limits]
upload_mb = 100
memory_mb = 1000              # uploads in memory at once, of one key half at most; beyond that: come again
body_seconds = 60             # for the whole of an upload to come in
workers = 0                   # that decode at once; 0: as many as there are processors
waiting = 64                  # pictures of one key that may wait
lookups_a_day = 10000         # of one key that is told yes or no only

# [[sources]]                 # banks of others
# name = "HELPLINE"
# url = "https://feed.example"
# key_env = "HELPLINE_KEY"    # where in the environment the key is
# most_assurance = "seen"     # what your contract lets them say
# takes_negative = false      # true: its negative banks free what is near them from every match, of whichever bank

# [[webhooks]]                # who is told of what happens, by numbers only
# name = "MODERATORS"
# url = "https://mod.example/haalweg"
# secret_env = "MODERATORS_SECRET"  # where in the environment the secret is: whsec_$(openssl rand -base64 32)
# events = ["upload.held", "upload.blocked", "source.stale", "source.heard", "source.held",
#           "entry.matches_many", "feed.pulled", "policy.trouble"]
# local = false               # true: a receiver on this machine or network, by http:// too

# [fetch]                     # files that are named by URL; without this nothing is fetched
# hosts = ["cdn.example.org"] # from these alone, and ports 80 and 443
# seconds = 10                # for one file, redirects included
"""


class GateCommandError(HaalwegError):
    """Something that the gate's commands cannot do."""


@gate_app.command("init")
def init_command(config: _Config = _CONFIG) -> None:
    try:
        with config.open("x", encoding="utf-8") as file:
            _write_first(file, config)
    except FileExistsError:
        raise GateCommandError(
            _("{path}: there is a file of this name already. Nothing was changed.").format(path=shown(str(config)))
        ) from None
    except OSError as error:
        raise GateCommandError(
            _("{path}: it cannot be written ({reason}).").format(path=shown(str(config)), reason=error.strerror)
        ) from None
    typer.echo(_("{path} is written. Now:").format(path=shown(str(config))))
    typer.echo("  haalweg bank new gate.bank")
    typer.echo("  haalweg gate keys new uploads --scope check")
    typer.echo("  haalweg gate run")


def _write_first(file: TextIO, config: Path) -> None:
    try:
        file.write(_FIRST)
        file.flush()
    except OSError:
        config.unlink()  # half of it would be taken for settings that are there already
        raise


init_command.__doc__ = _("""\
Write settings to begin with, and say what to do next.

\b
Example:
  haalweg gate init --config gate.toml
""")


@gate_app.command("check")
def check_command(config: _Config = _CONFIG) -> None:
    settings = _read(config)
    _refuse_without_bank(settings)
    journal = _journal(settings)
    policy = settings.policy.default
    typer.echo(_("The settings can be used."))
    for name in ("self_reported", "spoken", "seen", "lead", "report_by_law"):
        typer.echo(f"  {name:14} {getattr(policy, name).value}")
    for failure, action in settings.policy.failures.items():
        typer.echo(f"  {failure.value:14} {action.value}")
    _say_of_banks(settings, journal)
    if policy.dry_run:
        typer.echo(_("  This is a dry run: everything passes."))
    if settings.statement is None:
        typer.echo(_("  No [statement]: uploaders are not told why. The DSA, article 17, says they have to be."))
    if journal is None:
        typer.echo(_("  No journal: a bank that is put back from a backup would match what was withdrawn since."))
    _say_of_others(settings)


check_command.__doc__ = _("""\
Read the settings and say what the gate would do; nothing is started.

\b
Example:
  haalweg gate check --config gate.toml

\b
Exit code: 0 they can be used, 2 they cannot.
""")


@gate_app.command("run")
def run_command(config: _Config = _CONFIG) -> None:
    try:
        from haalweg.gate.serving import serve  # noqa: PLC0415 - a web server, which other commands need not wait for
    except ImportError as missing:
        raise GateCommandError(
            _("The gate needs a web server: pip install 'haalweg[gate]' ({name} is missing).").format(name=missing.name)
        ) from missing
    settings = _read(config)
    _refuse_without_bank(settings)  # before anybody is told that it listens
    journal_for(settings.bank, settings.journal)
    listens = _("The gate listens at {place}. Ctrl-C ends it.").format(place=settings.listen.place)
    try:
        serve(config, settings, say=lambda: typer.echo(listens, err=True))
    except CannotListenError as error:
        raise GateCommandError(_cannot_listen(error, config, settings)) from None


run_command.__doc__ = _("""\
Run the gate until it is stopped. What is in hand is finished first.

\b
Example:
  haalweg gate run --config gate.toml
""")


@keys_app.command("new")
def new_key_command(
    name: Annotated[str, typer.Argument(help=_("The platform that it is for."))],
    *,
    scopes: Annotated[
        list[str],
        typer.Option("--scope", help=_("What for: check, lookup, feed, feedback, curate or status; may be repeated.")),
    ],
    banks: Annotated[
        list[str] | None, typer.Option("--bank", help=_("A bank that it may follow, ask or speak of; may be repeated."))
    ] = None,
    tier: Annotated[str, typer.Option(help=_("How much a feed key gets: hashes or hashes_and_traces."))] = "hashes",
    days: Annotated[
        int | None, typer.Option(min=1, max=3660, help=_("How long it lasts; for ever if not given."))
    ] = None,
    adults_only: Annotated[
        bool,
        typer.Option(
            "--adults-only",
            help=_("For a curate key: I declare that everybody shown in what is added with this key is an adult."),
        ),
    ] = False,
    config: _Config = _CONFIG,
) -> None:
    unknown = [scope for scope in scopes if scope not in set(Scope)]
    if unknown:
        raise GateCommandError(
            _("{scope}: there is no such scope. There are: {known}.").format(
                scope=shown(unknown[0]), known=", ".join(Scope)
            )
        )
    if tier not in set(Tier):
        raise GateCommandError(
            _("{tier}: there is no such tier. There are: {known}.").format(tier=shown(tier), known=", ".join(Tier))
        )
    is_feed = Scope.FEED in scopes
    if is_feed and not banks:
        raise GateCommandError(_("A feed key follows banks by name: give at least one --bank."))
    if Scope.LOOKUP in scopes and not banks:
        raise GateCommandError(
            _("A lookup key asks of banks by name, and hears of no other: give at least one --bank.")
        )
    if banks and not set(scopes) & {Scope.FEED, Scope.LOOKUP, Scope.FEEDBACK}:
        raise GateCommandError(
            _("--bank is said of a feed, lookup or feedback key only: with another scope every bank is asked.")
        )
    curates = Scope.CURATE in scopes
    if curates and not adults_only:
        raise GateCommandError(
            _(
                "With a curate key entries are added and nobody is asked who is shown: it is you who has to know. Add "
                '--adults-only to say: "I declare that everybody shown in what is added with this key is an adult: in '
                'each picture, and in the photo it was made from." Of somebody under 18, or of whom you do not know, '
                "nothing may be added. No key was made."
            )
        )
    if adults_only and not curates:
        raise GateCommandError(_("--adults-only is said of a curate key only: nothing is added with another one."))
    places = read_places(config)
    if is_feed:
        _refuse_without_journal(places)
    now = datetime.now(UTC)
    with StateFile.open(places.state) as state:
        token = Keys(state).new(
            name,
            frozenset(map(Scope, scopes)),
            now=now,
            expires_at=now + timedelta(days=days) if days else None,
            tier=tier if is_feed else None,
            banks=tuple(banks or ()),
            adults_only=adults_only,
        )
    typer.echo(token)
    if adults_only:
        typer.echo(
            _(
                "You said: I declare that everybody shown in what is added with this key is an adult. "
                "It is kept with the key."
            ),
            err=True,
        )
    typer.echo(_("This key is shown once. Who loses it gets another; end this one then."), err=True)


new_key_command.__doc__ = _("""\
Make a key and show it, this once. Two of one name may be in use, to change over from one to the other.

\b
Examples:
  haalweg gate keys new forum --scope check --scope feedback
  haalweg gate keys new PARTNER --scope feed --scope feedback --bank NL --tier hashes --days 365
  haalweg gate keys new SHOP --scope lookup --bank NL
  haalweg gate keys new coop --scope check --scope curate --adults-only
""")


@keys_app.command("list")
def list_keys_command(config: _Config = _CONFIG) -> None:
    now = datetime.now(UTC)
    with StateFile.open(read_places(config).state) as state:
        keys = Keys(state).all()
        _say_where_none(keys, _("No key was made yet."))
        for key in keys:
            stands = _("in use") if key.is_valid(now) else _("over")
            scopes = " ".join(sorted(key.scopes))
            banks = _("of {banks}").format(banks=", ".join(key.banks)) if key.banks else ""
            declared = _("(adults only)") if key.adults_only_at else ""
            said = " ".join(each for each in (scopes, banks, declared) if each)
            typer.echo(f"{key.id:4}  {key.made_at:%Y-%m-%d}  {stands:8}  {shown(key.name)}  {said}")


list_keys_command.__doc__ = _("""\
List the keys there are and were, by the numbers that logs and webhooks name them by; not the keys themselves.

\b
Example:
  haalweg gate keys list
""")


@keys_app.command("end")
def end_keys_command(name: Annotated[str, typer.Argument(help=_("Whose keys."))], *, config: _Config = _CONFIG) -> None:
    with StateFile.open(read_places(config).state) as state:
        ended = Keys(state).end(name, now=datetime.now(UTC))
    if not ended:
        raise GateCommandError(_("{name}: no key of this name is in use.").format(name=shown(name)))
    typer.echo(_("Ended: {n}.").format(n=ended))


end_keys_command.__doc__ = _("""\
End every key of a name. Requests with one are refused from the next on.

\b
Example:
  haalweg gate keys end uploads
""")


@outbox_app.command("list")
def list_outbox_command(config: _Config = _CONFIG) -> None:
    with StateFile.open(read_places(config).state) as state:
        parcels = Outbox(state).all()
        _say_where_none(parcels, _("Nothing waits, and nothing was given up."))
        for parcel in parcels:
            stands = _("given up") if parcel.due_at is None else _("waits")
            tries = _("tries: {n}").format(n=parcel.tries)
            what = f"{parcel.kind:8}  {shown(parcel.target)}  {tries}  {shown(parcel.trouble)}"
            typer.echo(f"{parcel.made_at:%Y-%m-%d %H:%M}  {stands:8}  {what}".rstrip())


list_outbox_command.__doc__ = _("""\
List what waits to be brought to others and what was given up, with why the last try failed; not what it says.

\b
Example:
  haalweg gate outbox list
""")


@outbox_app.command("retry")
def retry_outbox_command(config: _Config = _CONFIG) -> None:
    with StateFile.open(read_places(config).state) as state:
        tried = Outbox(state).try_again(now=datetime.now(UTC))
    typer.echo(_("Brought again by the gate that runs, or by the next one that does: {n}.").format(n=tried))


retry_outbox_command.__doc__ = _("""\
Have everything that was given up tried again, as often as at first.

\b
Example:
  haalweg gate outbox retry
""")


@gate_app.command("feedback")
def feedback_command(config: _Config = _CONFIG) -> None:
    now = datetime.now(UTC)
    places = read_places(config)
    with opened(places.bank, read_only=True, journal=_journal(places)) as store:
        said = store.said()
        banks = {entry.id: entry.bank for entry in store.entries(now=now)} if said else {}
        names = {bank.id: bank.name for bank in store.banks()}
    _say_where_none(said, _("No platform has said anything yet of what matched."))
    for each in said:
        if each.entry in banks:
            who = shown(each.who) if each.who else _("its source: {n} platforms").format(n=each.count)
            reason = f" ({each.reason})" if each.reason else ""
            typer.echo(f"{each.at:%Y-%m-%d}  {names[banks[each.entry]]} {each.entry}  {who}  {each.opinion}{reason}")
    for who in flagged(said, now=now):
        typer.echo(
            _(
                "{name} disputes a lot: at least {n} entries in a week. Look at who that is before you act on it."
            ).format(name=shown(who), n=MANY_DISPUTES),
            err=True,
        )


feedback_command.__doc__ = _("""\
List what platforms said of entries that matched uploads of theirs: that they blocked, or why they did not.

\b
Example:
  haalweg gate feedback
""")


@gate_app.command("allow")
def allow_command(
    source: Annotated[str, typer.Argument(help=_("The source, by its name in the settings."))],
    *,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask."))] = False,
    config: _Config = _CONFIG,
) -> None:
    with StateFile.open(read_places(config).state) as state:
        growth = Growth(state)
        held = growth.held(source)
        if held is None:
            raise GateCommandError(_("{name}: nothing of this source is held.").format(name=shown(source)))
        typer.echo(
            _("{name}: {there} of its entries are here. It sends {more} more at once, as of {at} UTC.").format(
                name=shown(source), there=f"{held.there:,}", more=f"{held.more:,}", at=f"{held.at:%Y-%m-%d %H:%M}"
            )
        )
        if not held.is_all:
            typer.echo(_("Further pages follow, which were not read: it may be many more."))
        if not yes and sys.stdin.isatty() and not is_yes(_("Let all of it come, this once? y/n: ")):
            raise GateCommandError(_("Nothing was allowed."))
        growth.allow(source, now=datetime.now(UTC))
    typer.echo(_("Allowed, for this fetch: the gate that runs, or the next one that does within a day, takes it in."))


allow_command.__doc__ = _("""\
Let a source that is held because it sends far more than it did bring what it sends, once. Ask who runs it why first.

\b
Example:
  haalweg gate allow HELPLINE
""")


@gate_app.command("receipts")
def receipts_command(config: _Config = _CONFIG) -> None:
    with StateFile.open(read_places(config).state) as state:
        receipts = Receipts(state).all()
        _say_where_none(receipts, _("No subscriber has followed yet."))
        for each in receipts:
            typer.echo(f"{each.at:%Y-%m-%d %H:%M}  {shown(each.subscriber)}  {each.cursor}")


receipts_command.__doc__ = _("""\
List how far each subscriber has followed: entries, withdrawals and feedback up to that cursor have arrived there.

\b
Example:
  haalweg gate receipts
""")


def _cannot_listen(error: CannotListenError, config: Path, settings: Settings) -> str:
    at_web = settings.web is not None and error.place == f"unix:{shown(str(settings.web))}"
    if error.is_taken:
        said = _(
            "{settings}: {setting}: another program listens at {place}, perhaps this gate, which runs already. End it, "
            "or choose another place. Good: {good}."
        )
    else:
        said = _("{settings}: {setting}: nothing can listen at {place} ({reason}). Good: {good}.")
    return said.format(
        settings=shown(str(config)),
        setting="web" if at_web else "listen",
        place=error.place,
        reason=error.reason,
        good='web = "web.sock"' if at_web else 'listen = "127.0.0.1:8650"',
    )


@gate_app.command("heads")
def heads_command(config: _Config = _CONFIG) -> None:
    with StateFile.open(read_places(config).state) as state:
        heads = Heads(state).all()
        _say_where_none(heads, _("No log of anybody else was heard of yet."))
        for each in heads:
            whose = "helpline" if each.log else "bank"
            typer.echo(f"{each.heard_at:%Y-%m-%dT%H:%MZ}  {shown(each.source) or '-':20}  {whose:8}  {each}")


heads_command.__doc__ = _("""\
List where the audit logs of sources stood when they were heard: their banks', and those of helplines behind them.

Whoever writes a log can write it anew; not what is kept here. `haalweg bank check --witness` and `haalweg serve audit
verify --witness` compare.

\b
Example:
  haalweg gate heads > heads.txt
""")


def _journal(settings: Places | Settings) -> Path | None:
    journal = journal_for(settings.bank, settings.journal)
    if journal is not None and not journal.exists():
        raise GateCommandError(
            _("{path}: there is no such withdrawal journal. `haalweg bank journal` begins one, and says where.").format(
                path=shown(str(journal))
            )
        )
    return journal


def _refuse_without_journal(settings: Places) -> None:
    _refuse_without_bank(settings)
    if _journal(settings) is None:
        raise GateCommandError(
            _(
                "{path}: this bank keeps no withdrawal journal. Put back from a backup it would bring back what was "
                "withdrawn, and those who follow it would miss entries without knowing. Begin one with `haalweg bank "
                "journal`; then make the key. No key was made."
            ).format(path=shown(str(settings.bank)))
        )


def _refuse_without_bank(settings: Places | Settings) -> None:
    if not settings.bank.exists():
        raise GateCommandError(
            _("{path}: there is no such bank file. Make it: haalweg bank new {path}").format(
                path=shown(str(settings.bank))
            )
        )


def _say_where_none(rows: Sequence[object], sentence: str) -> None:
    """Say it to who looks at a terminal; what reads the list gets an empty one."""
    if not rows:
        typer.echo(sentence, err=True)


def _say_of_banks(settings: Settings, journal: Path | None) -> None:
    """By which rules each bank goes, and which rules are of a bank that is not there: a misspelt one stops nothing."""
    with opened(settings.bank, read_only=True, journal=journal) as store:
        there = [bank.name for bank in store.banks()]
    for name in dict.fromkeys([*there, *settings.policy.banks]):
        typer.echo(_("  bank {name}: {rules}").format(name=shown(name), rules=_rules(settings, name)))
    for name in settings.policy.banks:
        if name not in there:
            typer.echo(
                _(
                    "  {name}: no bank is called so, and this rule acts on nothing. If you follow a source, its banks "
                    "come with it, as SOURCE_BANK. There are: {names}."
                ).format(name=shown(name), names=", ".join(there) or "-")
            )


def _rules(settings: Settings, bank: str) -> str:
    own, of_all = settings.policy.of(bank), settings.policy.default
    said = [
        f"{each.name} = {json.dumps(getattr(own, each.name))}"
        for each in fields(own)
        if getattr(own, each.name) != getattr(of_all, each.name)
    ]
    return ", ".join(said) or _("as above")


def _say_of_others(settings: Settings) -> None:
    """Whom the gate hears, tells and fetches from."""
    for source in settings.sources:
        typer.echo(_("  follows {name}").format(name=source.name))
        if source.takes_negative:
            typer.echo(_("  {name} may free pictures from every match").format(name=source.name))
    for hook in settings.webhooks:
        typer.echo(_("  tells {name}").format(name=hook.name))
    for host in sorted(settings.fetch.hosts) if settings.fetch else ():
        typer.echo(_("  fetches from {name}").format(name=host))


def _read(config: Path) -> Settings:
    return read_settings(config, os.environ)
