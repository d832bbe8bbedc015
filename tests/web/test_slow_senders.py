"""Who sends slowly, or damaged, keeps nobody waiting and leaves no address in the log: of a helpline that is served."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time

import httpx
import pytest

from haalweg.web.slow_senders import most_s
from tests.gate.gates import HAALWEG, free_port, until
from tests.web.databases import own_database

THREADS = 8


@pytest.fixture
def pages(tmp_path):
    """A helpline that is served: its port, and what it logged."""
    with own_database() as database:
        environment = os.environ | {"HAALWEG_KEY_FILE": str(tmp_path / "keys")} | database
        for name in ("DJANGO_SETTINGS_MODULE", "HAALWEG_SERVE"):
            environment.pop(name, None)
        for command in (("keys", "new", "--no-drill"), ("serve", "init", "helpline")):
            subprocess.run([HAALWEG, *command], env=environment, cwd=tmp_path, check=True, capture_output=True)
        port = free_port()
        for name, old, new in (("serve.toml", "8641", port), ("door/door.toml", "8640", free_port())):
            file = tmp_path / "helpline" / name
            file.write_text(file.read_text().replace(old, str(new)))
        config = tmp_path / "helpline" / "serve.toml"
        with (tmp_path / "log").open("wb") as log:
            server = subprocess.Popen(
                [HAALWEG, "serve", "run", "--config", config], env=environment, stdout=log, stderr=log
            )
        try:
            until(lambda: answers(port), 60, (tmp_path / "log").read_text)
            yield port, (tmp_path / "log").read_text
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)


def answers(port, within_s=2.0):
    try:
        return httpx.get(f"http://localhost:{port}/", trust_env=False, timeout=within_s).status_code == 200
    except httpx.TransportError:
        return False


def begun(port, sent):
    one = socket.create_connection(("127.0.0.1", port))
    one.sendall(sent)
    return one


FORM = b"POST /c HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"


def test_slow_bodies_and_heads_keep_nobody_waiting_and_damaged_requests_leave_no_address(pages):
    port, log = pages
    slow = [begun(port, FORM + b"Content-Length: 1000\r\n\r\nwords=") for _ in range(THREADS)]
    slow += [begun(port, b"GET / HTTP/1.1\r\nHost: ") for _ in range(THREADS)]
    at = time.monotonic()
    assert answers(port, within_s=25.0)
    assert time.monotonic() - at < 20
    slow[0].settimeout(20)
    assert slow[0].recv(1_000).startswith(b"HTTP/1.1 400 ")  # half of it is not taken as all of it
    for each in slow:
        each.close()
    with begun(port, b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x192.0.2.7\r\n\r\n") as damaged:
        damaged.settimeout(20)
        assert damaged.recv(1_000).startswith(b"HTTP/1.1 400 ")
    until(lambda: '"library": "gunicorn"' in log(), 10, log)
    logged = [line for line in log().splitlines() if line.startswith("{")]
    assert not [line for line in logged if "127.0.0.1" in line or "192.0.2.7" in line]
    assert "Invalid" not in log()


def test_there_is_time_to_send_while_there_is_room():
    assert [most_s(in_hand, 8) for in_hand in (1, 7, 8)] == [30.0, 30.0, 3.0]
