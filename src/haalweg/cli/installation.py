"""An installation of the helpline's server, brought up for a command that changes its tables."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from haalweg.cli.language import _
from haalweg.errors import HaalwegError

if TYPE_CHECKING:
    from haalweg.web.configuration import Configuration

Config = Annotated[Path, typer.Option("--config", metavar="FILE", help=_("The helpline's settings, a TOML file."))]
CONFIG = Path("serve.toml")
_PACKAGES = ("django", "allauth", "csp", "gunicorn", "whitenoise", "psycopg")


class ServeCommandError(HaalwegError):
    """Something that the server's commands cannot do."""


def need_the_packages() -> None:
    """Raise ServeCommandError where what the pages need is not installed."""
    for name in _PACKAGES:
        if find_spec(name) is None:
            raise ServeCommandError(
                _("The pages need more packages: pip install 'haalweg[serve]' ({name} is missing).").format(name=name)
            )


def why_the_database_failed(error: Exception) -> str | None:
    """What the database said, where it is of that; its first line, since further ones hold values."""
    tables = sys.modules.get("django.db")  # without Django there are none
    return str(error).partition("\n")[0] if tables is not None and isinstance(error, tables.Error) else None


def bring_up(config: Path) -> Configuration:
    """Make Django ready, and bring the tables to where this version has them. Raises ConfigurationError."""
    need_the_packages()
    from haalweg.web.serving import bring_up, set_up  # noqa: PLC0415 - Django, which other commands need not wait for

    configuration = set_up(config)
    bring_up(configuration.database)
    return configuration
