"""Processes that mail: what is killed in the middle sends again, and two at once send each mail once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

from tests.web.a_helpline import ROOT, AHelpline
from tests.web.a_mail_server import AMailServer
from tests.web.databases import own_database


@pytest.fixture
def server(tmp_path):
    with AMailServer(tmp_path) as one:
        yield one


@pytest.fixture
def helpline(tmp_path, server):
    with own_database() as environment:
        one = AHelpline(tmp_path, environment)
        server.serve(one)
        one.start_door()
        yield one
        one.stop_door()


def mailing(helpline, *acts):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.web.acts", helpline.config, json.dumps(acts)],
        cwd=ROOT,
        env=helpline.environment,
        stdout=subprocess.DEVNULL,
    )


def test_what_is_killed_after_the_server_took_a_mail_sends_it_again_with_the_same_words(helpline, server):
    helpline.act(("reachable", 1), ("ask", 1))
    process = mailing(helpline, ("mail", 0))
    server.on_data = lambda: os.kill(process.pid, signal.SIGKILL)
    assert process.wait(60) == -signal.SIGKILL
    server.on_data = lambda: None
    assert len(server.taken) == 1
    found = helpline.act(("mail", 0))  # too soon: it waits for its pause
    assert (len(server.taken), found["1"]["mails"]) == (1, 1)
    found = helpline.act(("mail", 2))
    assert (len(server.taken), found["1"]["mails"], found["1"]["is_handed_over"]) == (2, 0, True)
    assert server.words(0) == server.words(1) != []
    assert server.taken[0]["Message-ID"] == server.taken[1]["Message-ID"]


def test_two_processes_send_each_mail_once(helpline, server):
    people = range(1, 9)
    helpline.act(*(("reachable", number) for number in people), *(("ask", number) for number in people))
    processes = [mailing(helpline, *[("mail", 0)] * 6) for _ in range(2)]
    assert [each.wait(120) for each in processes] == [0, 0]
    found = helpline.act(("mail", 0))
    assert {each["mails"] for each in found.values()} == {0}
    assert sorted(to for (to,) in server.recipients) == sorted(f"noor{number}@example.nl" for number in people)


@pytest.mark.threat("C5")
def test_a_backup_brings_no_mail_back_and_no_words_that_were_mailed(helpline, server, tmp_path):
    server.to_data = "451 later"
    helpline.act(("reachable", 1), ("ask", 1), ("mail", 0), ("confirm", 1))
    server.to_data = "250 OK"
    before = helpline.act(("reachable", 2), ("ask", 2), ("mail", 0))
    assert [(before[seed]["mails"], before[seed]["is_handed_over"]) for seed in "12"] == [(2, True), (0, True)]
    made = helpline.serve("backup", str(tmp_path / "backup"))
    assert made.returncode == 0, made.stderr
    helpline.stop_door()
    back = helpline.serve("restore", str(tmp_path / "backup"), "--replace")
    assert back.returncode == 0, back.stderr
    helpline.start_door()
    sent = len(server.taken)
    after = helpline.act(("mail", 30))
    assert [(after[seed]["mails"], after[seed]["is_handed_over"]) for seed in "12"] == [(0, False), (0, False)]
    assert len(server.taken) == sent
