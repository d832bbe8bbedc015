"""A database for a helpline that is a process of its own, shared with no other test."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from haalweg.web.configuration import DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """Give what the helpline's environment says of it: nothing on SQLite, which lies in the helpline's folder."""
    server = os.environ.get(DATABASE)
    if server is None:
        yield {}
        return
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is asked for
    from psycopg import sql  # noqa: PLC0415 - as above

    name = f"helpline_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield {DATABASE: urlsplit(server)._replace(path=f"/{name}").geturl()}
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
