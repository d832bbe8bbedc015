"""The desk as Django knows it: with it come the receivers of what happens to accounts."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk."""

    name = "haalweg.web.desk"

    def ready(self) -> None:
        """Begin to write what happens to accounts into the audit log."""
        from haalweg.web.desk import account_log  # noqa: F401, PLC0415 - once the tables are known
