"""Who steals the disk of a helpline without its keys: nothing of what people and staff told it stands there in clear.

The processes are real ones, and run while their files are read: database with what is not yet merged into it, bank,
state of the door, log. Of PostgreSQL it is what `pg_dump` writes.
"""

from __future__ import annotations

import base64
import os
import re
import secrets
import signal
import subprocess
import uuid
from pathlib import Path
from typing import Self

import httpx
import pytest

from haalweg.web.configuration import DATABASE
from tests.gate.gates import HAALWEG, until
from tests.web.a_helpline import AHelpline
from tests.web.a_mail_server import AMailServer
from tests.web.browsing import PASSWORD, code_from
from tests.web.databases import own_database
from tests.web.reporting import a_report, an_item, hashed


class Person:
    """A browser with a page of the helpline."""

    def __init__(self, base: str) -> None:
        self.client = httpx.Client(base_url=base, trust_env=False, timeout=60)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def submit(self, path: str, **fields: str) -> httpx.Response:
        token = self.client.cookies.get("haalweg_csrf") or ""
        return self.client.post(path, data=fields | {"csrfmiddlewaretoken": token})

    @property
    def session(self) -> str:
        return str(self.client.cookies.get("haalweg"))


@pytest.fixture
def post(tmp_path):
    """A mail server that hears all of a mail and then refuses it, with the address in what it says."""
    with AMailServer(tmp_path) as one:
        one.to_data = "451 planted@example.nl: later"
        yield one


@pytest.fixture
def helpline(tmp_path, post):
    with own_database() as database:
        one = AHelpline(tmp_path, database)
        post.serve(one)
        with (tmp_path / "log").open("wb") as log:
            server = subprocess.Popen(
                [HAALWEG, "serve", "run", "--config", one.config], env=one.environment, stdout=log, stderr=log
            )
        try:
            yield one
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)


def answers(base):
    try:
        return httpx.get(f"{base}/c", trust_env=False).is_success
    except httpx.TransportError:
        return False


@pytest.mark.threat("K1", "L2")
def test_nothing_that_was_told_stands_on_the_disk_in_clear(helpline, tmp_path, post):
    (base,) = re.findall(r'listen = "(.*?)"', helpline.config.read_text())
    base = f"http://{base.replace('127.0.0.1', 'localhost')}"
    until(lambda: answers(base), 90, (tmp_path / "log").read_text)
    with Person(base) as person, Person(base) as desk:
        walk(helpline, tmp_path, person, desk, post)


def walk(helpline, tmp_path, person, desk, post):
    told, one = a_planted_report()
    person.client.get("/s/")
    headers = {"Idempotency-Key": str(uuid.uuid4()), "X-CSRFToken": str(person.client.cookies["haalweg_csrf"])}
    taken = person.client.post("/s/send", json=told, headers=headers)
    assert taken.status_code == 201, taken.text
    words = " ".join(taken.json()["code"])
    person.client.get("/c")
    assert person.submit("/c", words=words, pin="840193").headers["Location"] == "/p"
    assert person.submit("/p/write", text="planted message of hers").status_code == 302

    assert helpline.serve("staff", "new", "noor", input=f"{PASSWORD}\n").returncode == 0
    desk.client.get("/desk/in/")
    assert desk.submit("/desk/in/", login="noor", password=PASSWORD).status_code == 302
    desk.submit("/desk/again/", password=PASSWORD)
    page = desk.client.get("/desk/factors/totp/activate/").text
    (seed,) = re.findall(r'id="authenticator_secret"[^>]* value="(\w+)"', page)
    assert desk.submit("/desk/factors/totp/activate/", code=code_from(seed)).status_code == 302
    desk.submit("/desk/case/1/take/")
    assert "planted message of hers" in desk.client.get("/desk/case/1/").text
    assert desk.submit("/desk/case/1/confirm/").status_code == 302
    assert desk.submit("/desk/case/1/write/", text="planted answer of ours").status_code == 302
    token = helpline.key()
    until(lambda: helpline.matches(token, one), 30)  # so it is in the bank, and was asked for

    assert person.submit("/c/new", mail="planted@example.nl").status_code == 200
    until(lambda: post.taken, 30)
    (by_mail,) = post.words()  # it waits, to be tried again

    planted = {
        "fingerprint": hashed(one).hash.hex,
        "sha256": told["items"][0]["sha256"],
        "md5": told["items"][0]["md5"],
        "place": "forum.example",
        "text of a place": "planted album",
        "story": "planted story",
        "message": "planted message",
        "answer": "planted answer",
        "e-mail": "planted@example.nl",
        "code": words,
        "words of a mail": by_mail,
        "first words of a mail": " ".join(by_mail.split()[:4]),
        "PIN": "840193",
        "password": PASSWORD,
        "seed": seed,
        "session of the person": person.session,
        "session of staff": desk.session,
        "key of a gate": token,
    }
    assert all(planted.values())
    places = {path.name: path.read_bytes() for path in helpline.folder.rglob("*") if path.is_file()}
    places["log"] = (tmp_path / "log").read_bytes()
    if DATABASE in helpline.environment:
        places["pg_dump"] = dumped(helpline.environment[DATABASE])
        assert b"store_case" in places["pg_dump"]
    else:
        assert len(places["web.sqlite3-wal"]) > 0
    assert len(places["door.bank"]) > 0
    found = [(what, name) for what, value in planted.items() for name, held in places.items() if stands(value, held)]
    assert found == []


def a_planted_report():
    seed = 915
    item = an_item(seed) | {"sha256": secrets.token_hex(32), "md5": secrets.token_hex(16)}
    told = a_report(
        items=[item],
        places=[{"url": "https://forum.example/planted/12"}, {"text": "planted album, page 9"}],
        story="planted story of Monday",
        consents=["bank"],
        contact={"email": "planted@example.nl", "for": ["recovery", "news"]},
        pin="840193",
    )
    return told, seed


def dumped(url):
    (*_, pg_dump) = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))
    return subprocess.run([pg_dump, url], check=True, capture_output=True, env=os.environ).stdout


def stands(value: str, held: bytes) -> bool:
    """Whether it stands there: as it is, in hexadecimal, in base64, or as the bytes that it is the writing of."""
    ways = [value.encode(), value.encode().hex().encode()]
    if len(value) >= 12:  # shorter ones stand in base64 by chance
        ways += [base64.b64encode(b"\0" * at + value.encode())[4:-4] for at in range(3)]
    if re.fullmatch(r"[0-9a-f]{32,64}", value):
        raw = bytes.fromhex(value)
        ways += [raw, base64.b64encode(raw)[:-2]]
    if re.fullmatch(r"[A-Z2-7]{32}", value):
        ways.append(base64.b32decode(value))
    return any(way in held for way in ways)


def test_the_search_finds_what_is_there():
    value, raw = "planted@example.nl", secrets.token_bytes(32)
    for held in (value.encode(), value.encode().hex().encode(), base64.b64encode(b"xx" + value.encode() + b"yyy")):
        assert stands(value, b"before " + held + b" after")
    for held in (raw, raw.hex().encode(), base64.b64encode(raw)):
        assert stands(raw.hex(), b"before " + held + b" after")
    assert not stands(value, raw)
