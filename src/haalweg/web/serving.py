"""The web process: the tables brought up to date, then the pages served until it is told to stop."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from haalweg.web.configuration import CONFIGURATION, DATABASE, ConfigurationError, read_configuration

if TYPE_CHECKING:
    from pathlib import Path

    from haalweg.web.configuration import Configuration, Database

_THREADS = 8
_DRAIN_S = 30
SETTINGS = "haalweg.web.settings"


def set_up(path: Path) -> Configuration:
    """Make Django ready for one installation. Raises ConfigurationError."""
    configuration = read_configuration(path, os.environ)
    os.environ[CONFIGURATION] = os.fspath(path.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django  # noqa: PLC0415 - reads the settings

    django.setup()
    if configuration.database.file is not None and not configuration.database.file.exists():
        os.close(os.open(configuration.database.file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    return configuration


def bring_up(database: Database) -> None:
    """Bring the tables to where this version has them; nothing happens where they are. Raises ConfigurationError."""
    from django.core.management import call_command  # noqa: PLC0415 - once Django is set up
    from django.db import DatabaseError  # noqa: PLC0415 - the same

    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        reason = str(error).partition("\n")[0]
        raise ConfigurationError(
            f"{database.place}: the database cannot be used ({reason}). "
            f"Is it there, may this user write to it, and is what {DATABASE} or `database` says right?"
        ) from None


def serve_pages(path: Path) -> None:
    """Serve the pages until told to stop; what is in hand is finished first."""
    configuration = set_up(path)
    bring_up(configuration.database)
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 - a web server, which other commands need not wait for

    class Pages(BaseApplication):
        def load_config(self) -> None:
            for name, value in {
                "bind": f"{configuration.host}:{configuration.port}",
                "worker_class": "gthread",
                "workers": 1,
                "threads": _THREADS,
                "graceful_timeout": _DRAIN_S,
                "accesslog": None,
                "loglevel": "warning",
                "limit_request_line": 2000,
                "limit_request_fields": 60,
                "forwarded_allow_ips": "127.0.0.1,::1",
                "worker_tmp_dir": "/dev/shm",  # noqa: S108 - the heart beat of the worker, and nothing of a request
            }.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from haalweg.web.running import messenger  # noqa: PLC0415 - in the worker, once it is there
            from haalweg.web.wsgi import application  # noqa: PLC0415

            messenger()
            return application

    Pages().run()
