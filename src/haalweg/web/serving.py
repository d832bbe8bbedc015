"""The web process: the tables brought up to date, then the pages served until it is told to stop."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from haalweg.web.configuration import CONFIGURATION, DATABASE, ConfigurationError, read_configuration
from haalweg.web.unfinished import end_restore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from haalweg.web.configuration import Configuration, Database

_THREADS = 8
_DRAIN_S = 30
_LOCK = 0x6877746D  # "hwtm"
SETTINGS = "haalweg.web.settings"


def set_up(path: Path, *, restores: bool = False) -> Configuration:
    """Make Django ready for one installation. restores: while a backup is put back. Raises ConfigurationError."""
    configuration = read_configuration(path, os.environ)
    if not restores:
        end_restore(configuration)
    os.environ[CONFIGURATION] = os.fspath(path.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django  # noqa: PLC0415 - reads the settings

    django.setup()
    _make_file(configuration.database)
    return configuration


def _make_file(database: Database) -> None:
    """Make the file of an SQLite database where there is none, for this user only. Raises ConfigurationError."""
    if database.file is None or database.file.exists():
        return
    try:
        os.close(os.open(database.file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise ConfigurationError(
            f"{database.place}: the database cannot be made ({error.strerror}). "
            f"Is its folder there, and is what {DATABASE} or `database` says right?"
        ) from None


def bring_up(database: Database) -> None:
    """Bring the tables to where this version has them; nothing happens where they are. Raises ConfigurationError."""
    from django.core.management import call_command  # noqa: PLC0415 - once Django is set up
    from django.db import DatabaseError  # noqa: PLC0415 - the same

    try:
        with _one_at_a_time(database):
            call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error).partition("\n")[0]
        raise ConfigurationError(
            f"{database.place}: the database cannot be used ({reason}). "
            f"Is it there, may this user write to it, and is what {DATABASE} or `database` says right?"
        ) from None


@contextmanager
def _one_at_a_time(database: Database) -> Iterator[None]:
    """Wait until no other process does this: the pages start while somebody gives a command, say."""
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    if database.file is not None:
        file = os.open(database.file, os.O_RDONLY)  # stays open: to close it would let go of what SQLite locked of it
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def serve_pages(path: Path) -> None:
    """Serve the pages until told to stop; what is in hand is finished first."""
    configuration = set_up(path)
    bring_up(configuration.database)
    from django.conf import settings  # noqa: PLC0415 - once Django is set up
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 - a web server, which other commands need not wait for

    from haalweg.web.slow_senders import Worker  # noqa: PLC0415 - the same

    class Pages(BaseApplication):
        def load_config(self) -> None:
            for name, value in {
                "bind": f"{configuration.host}:{configuration.port}",
                "worker_class": Worker,
                "workers": 1,
                "threads": _THREADS,
                "graceful_timeout": _DRAIN_S,
                "accesslog": None,
                "loglevel": "warning",
                "logconfig_dict": settings.LOGGING,
                "limit_request_line": 2000,
                "limit_request_fields": 60,
                "control_socket_disable": True,  # it would stand in the home folder, one for all helplines
                "forwarded_allow_ips": "127.0.0.1,::1",
                "worker_tmp_dir": "/dev/shm",  # noqa: S108 - the heart beat of the worker, and nothing of a request
            }.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from haalweg.web.running import begin_chores, mailer, messenger  # noqa: PLC0415 - in the worker, once it is there
            from haalweg.web.wsgi import application  # noqa: PLC0415 - the same

            messenger()
            if configuration.sends_mail:
                mailer()
            begin_chores()
            return application

    Pages().run()
