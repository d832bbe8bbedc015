"""What the web process keeps while it runs: what letters are closed with, and the log."""

from __future__ import annotations

import ast
import dataclasses
import json
import logging
from pathlib import Path

import pytest

import haalweg.web
from haalweg.keeping.letters import LetterBox
from haalweg.web import running
from haalweg.web.addresses import address_of
from haalweg.web.desk.accounts import StaffAdapter
from haalweg.web.door import DoorError
from haalweg.web.logs import EVENTS, OURS, RouteOnly
from tests.web.browsing import PASSWORD, Browser, staff

OLD, NEW = "00000001", "00000002"


class ADoor:
    """Gives one box after the other; None: it is away."""

    def __init__(self, *boxes: str | None) -> None:
        self._boxes = iter(boxes)

    def box(self) -> LetterBox:
        key_id = next(self._boxes)
        if key_id is None:
            raise DoorError("away")
        return LetterBox(key_id, bytes(32))


@pytest.fixture
def box_at(monkeypatch):
    """Give the id of the key that letters are closed with at a second."""

    def of(*boxes):
        one = ADoor(*boxes)
        monkeypatch.setattr(running, "door", lambda: one)
        kept = running._KeptBox()
        return lambda second: kept.now(second).key_id

    return of


def test_after_a_rotation_letters_are_closed_to_the_new_key_within_ten_minutes(box_at):
    key_at = box_at(OLD, NEW)
    assert [key_at(second) for second in (0.0, 599.0, 600.0, 1_199.0)] == [OLD, OLD, NEW, NEW]


def test_while_the_door_is_away_letters_are_closed_to_the_last_key(box_at):
    key_at = box_at(OLD, None, NEW)
    assert [key_at(second) for second in (0.0, 600.0, 601.0, 1_200.0)] == [OLD, OLD, OLD, NEW]


def test_where_the_door_was_never_reached_it_is_asked_each_time(box_at):
    key_at = box_at(None, NEW)
    with pytest.raises(DoorError):
        key_at(0.0)
    assert key_at(1.0) == NEW


def written(name, message, *arguments, error=None):
    made = logging.LogRecord(name, logging.WARNING, "", 0, message, arguments, error and (type(error), error, None))
    said = json.loads(RouteOnly().format(made))
    del said["at"]
    return said


@pytest.mark.threat("L2")
def test_of_a_log_line_only_what_is_on_a_list_is_written():
    ours = {"level": "warning", "library": "haalweg"}
    assert written(OURS, "the machine door does not answer") == ours | {"event": "the machine door does not answer"}
    assert written(OURS, "noor@example.nl reported") == ours
    assert written("django.request", "Not Found: %s", "/p/secret") == {"level": "warning", "library": "django"}
    assert written(OURS, "tasks failed", error=ValueError("secret")) == ours | {
        "event": "tasks failed",
        "error": "ValueError",
    }


def test_all_that_web_logs_by_itself_is_on_the_list():
    said = set()
    for file in Path(haalweg.web.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_LOG."):
                said.add(ast.literal_eval(node.args[0]))
    assert said == EVENTS


@pytest.fixture
def _behind_a_proxy(settings):
    settings.HAALWEG = dataclasses.replace(settings.HAALWEG, try_out=False)


@pytest.mark.usefixtures("_behind_a_proxy")
@pytest.mark.parametrize(
    ("connection", "said", "address"),
    [
        ("127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("::1", "203.0.113.9, 192.0.2.7", "192.0.2.7"),  # what a browser said stands before what the proxy says
        ("", "192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("198.51.100.4", "192.0.2.7", "198.51.100.4"),
    ],
)
def test_a_proxy_on_this_machine_says_who_asks_and_nobody_else_does(rf, connection, said, address):
    request = rf.get("/", REMOTE_ADDR=connection, HTTP_X_FORWARDED_FOR=said)
    assert address_of(request) == StaffAdapter().get_client_ip(request) == address


@pytest.mark.django_db
@pytest.mark.usefixtures("_behind_a_proxy")
def test_who_fails_to_log_in_keeps_nobody_else_out():
    noor = staff("noor")
    for number in range(11):
        fields = {"login": f"x{number}", "password": "x"}
        Browser(HTTP_X_FORWARDED_FOR="203.0.113.9").submit("/desk/in/", address="127.0.0.1", **fields)
    asked = Browser(HTTP_X_FORWARDED_FOR="192.0.2.7").submit(
        "/desk/in/", address="127.0.0.1", login=noor.username, password=PASSWORD
    )
    assert asked.headers["Location"] == "/desk/factors/authenticate/"
