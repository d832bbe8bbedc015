"""`make run`: a helpline on this machine that starts, says where its doors are, and stops without losing anything."""

from __future__ import annotations

import os
import pty
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.gate.gates import free_port, until
from tests.web.reporting import a_report

ROOT = Path(__file__).resolve().parents[2]
MAKE = ["make", "--no-print-directory", f"VENV={sys.prefix}", "-o", f"{sys.prefix}/.run"]


@pytest.fixture
def environment(tmp_path):
    (tmp_path / "home").mkdir()
    environment = os.environ | {"HAALWEG_LANGUAGE": "en", "HOME": str(tmp_path / "home")}
    for name in (
        "XDG_RUNTIME_DIR",
        "DJANGO_SETTINGS_MODULE",
        "HAALWEG_SERVE",
        "HAALWEG_DATABASE_URL",
        "HAALWEG_KEY_FILE",
        "MAKEFLAGS",
    ):
        environment.pop(name, None)
    return environment


def made(folder, port):
    return [*MAKE, "run", f"FOLDER={folder}", f"PORT={port}"]


def stopped(folder):
    return f"Stopped. Nothing is lost: the next run goes on with {folder}."


def test_it_sets_a_helpline_up_says_its_doors_and_ends_by_itself_without_a_terminal(tmp_path, environment):
    folder, port = tmp_path / "run", free_port()
    for name in ("noor", "sam"):  # the second run goes on with what the first made
        run = subprocess.run(
            [*made(folder, port), "SECONDS=1"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        assert f"report something     http://localhost:{port}/\n" in run.stdout
        assert f"the desk             http://localhost:{port}/desk/\n" in run.stdout
        assert f"a gate's feed        http://127.0.0.1:{port - 1}\n" in run.stdout
        assert run.stdout.endswith(stopped(folder) + "\n")
        staff = re.search(r"^  (\S+haalweg serve staff new) NAME (.*)$", run.stdout, re.MULTILINE)
        assert staff is not None
        account = [*staff[1].split(), name, *staff[2].split()]
        new = subprocess.run(
            account, cwd=ROOT, env=environment, input="correct horse 12 battery\n", text=True, check=False
        )
        assert new.returncode == 0
    assert list((tmp_path / "home").iterdir()) == []  # all of it is in the one folder
    assert (folder.stat().st_mode & 0o777, (folder / "keys").stat().st_mode & 0o777) == (0o700, 0o600)


@pytest.mark.parametrize("is_folder", [True, False])
def test_what_cannot_be_run_is_said_in_a_sentence(tmp_path, environment, is_folder):
    folder = tmp_path / "run"
    if is_folder:
        (folder / "helpline").mkdir(parents=True)
        (folder / "keys").touch()
        (folder / "helpline" / "serve.toml").write_text("nam = 1\n")
        said = f"{folder}/helpline/serve.toml: nam: there is no such setting. Is name meant?"
    else:
        folder.touch()
        said = f"[Errno 17] File exists: '{folder}'"
    command = [*MAKE, "run", f"FOLDER={folder}"]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert [line for line in run.stderr.splitlines() if not line.startswith("make")] == [said]


def test_a_port_that_is_none_is_said_and_not_written_down(tmp_path, environment):
    run = subprocess.run(
        [*MAKE, "run", f"FOLDER={tmp_path / 'run'}", "PORT=70000"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "70000 is none: 2 to 65535 are expected." in run.stderr
    assert not (tmp_path / "run").exists()


def test_ctrl_c_at_a_terminal_stops_it_and_make_calls_that_no_failure(tmp_path, environment):
    folder, port = tmp_path / "run", free_port()
    terminal, theirs = pty.openpty()
    command = subprocess.Popen(
        ["setsid", "--ctty", *made(folder, port)], cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said = bytearray()

    def has_said(sentence):
        said.extend(os.read(terminal, 10_000))
        return sentence in said

    until(lambda: has_said(b"Ctrl-C stops it."), 60, said.decode)
    assert httpx.get(f"http://localhost:{port}/", trust_env=False).status_code == httpx.codes.OK
    os.write(terminal, b"\x03")
    until(lambda: has_said(stopped(folder).encode()), 60, said.decode)
    assert command.wait(60) == 0, said.decode()
    os.close(terminal)
    assert b"Error" not in said


def begun(folder, port, environment):
    """It runs, and what it says is read as it comes."""
    return subprocess.Popen(
        [sys.executable, "examples/helpline.py", "--folder", folder, "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_mails_to_people_are_shown_at_the_console(tmp_path, environment):
    port = free_port()
    command = begun(tmp_path / "run", port, environment)
    assert command.stdout is not None
    try:
        next(line for line in command.stdout if "Ctrl-C stops it." in line)
        with httpx.Client(base_url=f"http://localhost:{port}", trust_env=False, timeout=60) as person:
            person.get("/s/")
            token = {"X-CSRFToken": str(person.cookies["haalweg_csrf"])}
            report = a_report(consents=["bank"], contact={"email": "noor@example.nl", "for": ["recovery"]})
            headers = token | {"Idempotency-Key": "0e2a8f9c-6f0e-4f57-8a0e-0d4d1c2b3a49"}
            assert person.post("/s/send", json=report, headers=headers).status_code == 201
            asked = person.post("/c/new", data={"mail": "noor@example.nl"}, headers=token)
            assert asked.status_code == 200
        shown = [next(line for line in command.stdout if line.startswith(begin)) for begin in ("Subject", "To", "Je")]
        assert shown == ["Subject: Nieuws\n", "To: noor@example.nl\n", "Je vroeg om nieuwe woorden.\n"]
    finally:
        command.send_signal(signal.SIGTERM)
        command.communicate(timeout=60)


def test_told_to_end_before_it_is_up_it_ends(tmp_path, environment):
    command = begun(tmp_path / "run", free_port(), environment)
    assert command.stdout is not None
    for line in command.stdout:
        if "serve run" in line:
            break
    command.send_signal(signal.SIGTERM)
    said, _ = command.communicate(timeout=60)
    assert (command.returncode, said.endswith(stopped(tmp_path / "run") + "\n")) == (0, True)


def test_a_port_that_is_taken_is_said_with_the_way_out(tmp_path, environment):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        run = subprocess.run(
            made(tmp_path / "run", port), cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
    assert run.returncode == 2
    assert f"serve.toml: listen: another program listens at 127.0.0.1:{port}" in run.stderr
    assert f'Good: listen = "127.0.0.1:{port + 10}".' in run.stderr
    assert "With another port: make run PORT=" in run.stderr
