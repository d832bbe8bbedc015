"""Web's tests have Django's settings of their own, so they run by themselves: `make web-tests`, on both databases."""

from __future__ import annotations

import os
import shutil

import pytest

if os.environ.get("DJANGO_SETTINGS_MODULE") != "tests.web.django_settings":
    collect_ignore_glob = ["test_*.py", "*/test_*.py"]
else:
    from django.core.cache import cache

    from haalweg.web import running
    from haalweg.web.intake.prefixes import PREFIXES
    from tests.gate.gates import AGate
    from tests.web.browsing import Browser
    from tests.web.django_settings import FOLDER
    from tests.web.mailing import mailed_by
    from tests.web.reporting import a_report, sent

    @pytest.fixture(scope="session")
    def machine_door():
        """The machine door of the installation that is tested, a real process."""
        one = AGate(FOLDER / "door", settings='web = "web.sock"\n')
        one.start()
        yield one
        running.door().close()
        one.kill()

    @pytest.fixture(scope="session", autouse=True)
    def _folder_goes_again():
        yield
        shutil.rmtree(FOLDER, ignore_errors=True)

    @pytest.fixture
    def server(settings, tmp_path):
        """A mail server, which the helpline sends its mails to."""
        with mailed_by(settings, tmp_path) as one:
            yield one

    @pytest.fixture
    def client():
        """A browser: its forms are sent as browsers send forms without files."""
        return Browser()

    @pytest.fixture
    def words(client):
        """The words of a report that was sent in just now."""
        return " ".join(sent(client, a_report()).json()["code"])

    class _Nobody:
        """Tells the door nothing, and mails nobody: tests do so themselves, when it is their turn."""

        def wake(self):
            pass

    @pytest.fixture(autouse=True)
    def _no_messenger(monkeypatch):
        monkeypatch.setattr("haalweg.web.running._messenger", _Nobody)
        monkeypatch.setattr("haalweg.web.running._mailer", _Nobody)

    @pytest.fixture(autouse=True)
    def _nobody_came_before():
        PREFIXES.forget()
        cache.clear()  # who logged in, and how often it failed
