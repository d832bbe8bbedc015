"""`haalweg serve staff`: who works at the desk, and as what."""

from __future__ import annotations

import getpass
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from haalweg.cli.installation import CONFIG, Config, ServeCommandError, bring_up
from haalweg.cli.language import LANGUAGE, _
from haalweg.keeping.audit import Act
from haalweg.plain_text import shown
from haalweg.web.configuration import LEAST_PASSWORD
from haalweg.web.store.roles import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import User

staff_app = typer.Typer(
    name="staff", help=_("Who works at the desk, and as what."), no_args_is_help=True, rich_markup_mode=None
)
_NAME = re.compile(r"[\w.-]{1,40}")
_MOST_PASSWORD = 1_000  # characters
_Partner = Annotated[
    str | None, typer.Option("--partner", metavar="NAME", help=_("Of the role partner: which one they work for."))
]


@staff_app.command("new")
def new_command(
    name: Annotated[str, typer.Argument(help=_("The name to log in with; not an address."))],
    role: Annotated[Role, typer.Option(help=_("What they may do at the desk."))] = Role.CASE_WORKER,
    partner: _Partner = None,
    config: Config = CONFIG,
) -> None:
    bring_up(config)
    from django.contrib.auth.models import User  # noqa: PLC0415 - once Django is set up
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415 - the same
    from django.core.exceptions import ValidationError  # noqa: PLC0415 - the same
    from django.db import transaction  # noqa: PLC0415 - the same
    from django.utils.translation import override  # noqa: PLC0415 - the same

    from haalweg.web.store import audit  # noqa: PLC0415 - the same
    from haalweg.web.store.colleagues import give_role  # noqa: PLC0415 - the same

    if "@" in name or not _NAME.fullmatch(name) or User.objects.filter(username=name).exists():
        raise ServeCommandError(
            _("{name}: a name that is there already, or none: 1 to 40 letters, digits and . _ - are.").format(
                name=shown(name)
            )
        )
    password = _password()
    user = User(username=name)
    with override(LANGUAGE):  # Django has catalogues of its own
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise ServeCommandError(" ".join(error.messages)) from None
    user.set_password(password)
    with transaction.atomic():  # an account without a role is none
        user.save()
        audit.append(Act.ACCOUNT_MADE, by=None, subject=user.pk, now=datetime.now(UTC))
        give_role(user, role, partner=partner, now=datetime.now(UTC))
    typer.echo(_("{name} can log in, and is asked for a second factor then.").format(name=shown(name)))


new_command.__doc__ = _("""\
Make an account for somebody at the desk. The password is asked for, or read from standard input.

\b
Examples:
  haalweg serve staff new noor
  haalweg serve staff new ilse --role coordinator
  haalweg serve staff new vonk --role partner --partner VONK
""")


@staff_app.command("role")
def role_command(
    name: Annotated[str, typer.Argument(help=_("Who."))],
    role: Annotated[Role, typer.Argument(help=_("What they may do from now on."))],
    partner: _Partner = None,
    config: Config = CONFIG,
) -> None:
    account = _account(name, config)
    from haalweg.web.store.colleagues import give_role  # noqa: PLC0415 - once Django is set up

    give_role(account, role, partner=partner, now=datetime.now(UTC))
    typer.echo(_("{name} is {role} from now on; whatever they had open is closed.").format(name=shown(name), role=role))


role_command.__doc__ = _("""\
Give somebody another role. It stands in the desk's log, and they log in anew.

\b
Example:
  haalweg serve staff role sam reviewer
""")


@staff_app.command("close")
def close_command(name: Annotated[str, typer.Argument(help=_("Who."))], config: Config = CONFIG) -> None:
    account = _account(name, config)
    from haalweg.web.store.colleagues import close  # noqa: PLC0415 - once Django is set up

    close(account, now=datetime.now(UTC))
    typer.echo(_("{name} gets in no more. Cases that are their work can be handed over.").format(name=shown(name)))


close_command.__doc__ = _("""\
Let somebody in no more, at once. What they did stays theirs in the log.

\b
Example:
  haalweg serve staff close sam
""")


@staff_app.command("list")
def list_command(config: Config = CONFIG) -> None:
    bring_up(config)
    from haalweg.web.store.models import Colleague  # noqa: PLC0415 - once Django is set up

    for each in Colleague.objects.select_related("account", "partner").order_by("account__username"):
        partner = f"  {each.partner.name}" if each.partner else ""
        closed = "" if each.account.is_active else "  " + _("closed")
        typer.echo(f"{each.role:<12}  {shown(each.account.username)}{partner}{closed}")


list_command.__doc__ = _("""\
List who works at the desk, and as what.

\b
Example:
  haalweg serve staff list
""")


def _account(name: str, config: Config) -> User:
    bring_up(config)
    from django.contrib.auth.models import User  # noqa: PLC0415 - once Django is set up

    found = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise ServeCommandError(
            _("{name}: nobody at the desk has this name. `haalweg serve staff list` says who is there.").format(
                name=shown(name)
            )
        )
    return found


def _password() -> str:
    if not sys.stdin.isatty():
        return _first_line()
    password = getpass.getpass(_("A password of {n} characters or more: ").format(n=LEAST_PASSWORD))
    if getpass.getpass(_("Once more: ")) != password:
        raise ServeCommandError(_("The two are not the same. No account was made."))
    return password


def _first_line() -> str:
    """A password that was piped in. Another file that was meant is not taken for one, however large it is."""
    try:
        line = sys.stdin.readline(_MOST_PASSWORD + 2).rstrip("\n")
    except UnicodeDecodeError:
        line = "\0"
    if len(line) > _MOST_PASSWORD or not line.isprintable():
        raise ServeCommandError(
            _("What was piped in is no password: one line of at most {n} letters, digits and signs.").format(
                n=_MOST_PASSWORD
            )
        )
    return line
