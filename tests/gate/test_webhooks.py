"""Webhooks: what happens is told by numbers only, signed, to whom it is meant for, until it has arrived."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import subprocess
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.adapters.net.places import place_of
from haalweg.banks import Assurance, NewEntries
from haalweg.client.webhook import SeenBeforeError, WebhookReceiver
from haalweg.gate.events import Event, Happening, of_source
from haalweg.gate.following import Followers
from haalweg.gate.growth import Growth
from haalweg.gate.heads import Heads
from haalweg.gate.keeper import Keeper
from haalweg.gate.keys import Scope
from haalweg.gate.outbox import Outbox
from haalweg.gate.settings import Source, Webhook
from haalweg.gate.state import StateFile
from haalweg.gate.webhooks import PAUSES, Webhooks
from haalweg.keeping import KeyRing
from haalweg.signals import SignalType
from tests.gate.gates import HAALWEG, AGate, until
from tests.gate.servers import send, serving
from tests.gate.uploads import copy_of, hash_of

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

SECRET = f"whsec_{base64.b64encode(bytes(range(32))).decode()}"
SOON_S = 30.0
ALL = frozenset(Event)


class Inbox:
    """A receiver that fails as often as it is told to, and checks what it gets."""

    def __init__(self, *fails: int) -> None:
        self.fails = list(fails)  # statuses
        self.checks = WebhookReceiver(SECRET)
        self.tries: list[dict[str, str]] = []  # headers
        self.bodies: list[bytes] = []
        self.got: list[dict[str, object]] = []

    def __call__(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        headers = {name.lower(): value for name, value in handler.headers.items()}
        self.tries.append(headers)
        self.bodies.append(body)
        if self.fails:
            send(handler, self.fails.pop(0), location="/elsewhere")
            return
        with suppress(SeenBeforeError):
            self.got.append(self.checks.receive(headers, body).content)
        send(handler, 204)

    def told(self):
        return [each["type"] for each in self.got]


def hook(server, *, name="A", events=ALL, local=True):
    place = place_of(f"http://localhost:{server.server_port}/inbox")
    return Webhook(name, place, base64.b64decode(SECRET.removeprefix("whsec_")), events, local)


def tell(hooks, outbox, *happenings, until, pauses=(timedelta(milliseconds=10),) * 4):
    """Tell something and bring it, until something holds."""

    async def story():
        webhooks = Webhooks(hooks, outbox, pauses=pauses)
        await webhooks.tell(happenings)
        task = asyncio.create_task(webhooks.run())
        async with asyncio.timeout(30):
            while not until():  # noqa: ASYNC110 - it is a thread's list that is looked at, which tells nobody
                await asyncio.sleep(0.01)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    asyncio.run(story())


@pytest.mark.threat("H2")
def test_a_receiver_that_fails_twice_gets_it_once(outbox):
    inbox = Inbox(500, 302)
    with serving(inbox) as server:
        tell([hook(server)], outbox, of_source(Event.SOURCE_STALE, "S"), until=lambda: not outbox.all() and inbox.got)
    (got,) = inbox.got
    assert (got["type"], got["data"]) == ("source.stale", {"source": "S"})
    assert datetime.now(UTC) - datetime.fromisoformat(str(got["timestamp"])) < timedelta(minutes=1)
    assert len(inbox.tries) == 3
    assert len({headers["webhook-id"] for headers in inbox.tries}) == 1
    assert len(set(inbox.bodies)) == 1
    assert [path for path, _ in server.asked] == ["/inbox"] * 3  # the redirect was not followed
    assert all(headers["content-type"] == "application/json" for headers in inbox.tries)


@pytest.mark.threat("H2")
def test_every_try_is_signed_at_its_own_time(outbox):
    inbox = Inbox(500)
    with serving(inbox) as server:
        event = of_source(Event.SOURCE_STALE, "S")
        tell([hook(server)], outbox, event, until=lambda: inbox.got, pauses=(timedelta(seconds=2),))
    first, second = inbox.tries
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) >= 1
    assert first["webhook-signature"] != second["webhook-signature"]


def test_after_the_fifth_try_it_is_given_up_until_somebody_says_otherwise(outbox):
    inbox = Inbox(*[500] * 5)
    with serving(inbox) as server:
        tell([hook(server)], outbox, Happening(Event.POLICY_TROUBLE), until=outbox.given_up)
        (parcel,) = outbox.given_up()
        assert (parcel.tries, parcel.trouble) == (5, "it answered with status 500")
        assert outbox.try_again(now=datetime.now(UTC)) == 1
        tell([hook(server)], outbox, until=lambda: inbox.got)
    assert inbox.told() == ["policy.trouble"]


def test_the_pauses_are_five_seconds_a_minute_ten_and_an_hour():
    assert [pause.total_seconds() for pause in PAUSES] == [5, 60, 600, 3600]


def test_each_is_told_what_they_asked_for(outbox):
    one, other = Inbox(), Inbox()
    with serving(one) as here, serving(other) as there:
        hooks = [
            hook(here, events=frozenset({Event.SOURCE_STALE, Event.SOURCE_HEARD})),
            hook(there, name="B", events=frozenset({Event.SOURCE_HEARD})),
        ]
        told = [of_source(each, "S") for each in (Event.SOURCE_STALE, Event.SOURCE_HEARD, Event.SOURCE_HELD)]
        tell(hooks, outbox, *told, until=lambda: len(one.got) == 2 and other.got and not outbox.all())
    assert sorted(one.told()) == ["source.heard", "source.stale"]
    assert other.told() == ["source.heard"]
    assert len({headers["webhook-id"] for headers in one.tries + other.tries}) == 3


def test_a_receiver_that_hangs_keeps_nobody_else_waiting(outbox):
    inbox, leave = Inbox(), threading.Event()

    def hangs(_, __):
        leave.wait(30)

    with serving(hangs) as there, serving(inbox) as here:
        happenings = [of_source(Event.SOURCE_STALE, "S")] * 30  # more than are brought at once
        hooks = [hook(there, name="B"), hook(here)]
        tell(hooks, outbox, *happenings, until=lambda: {parcel.target for parcel in outbox.all()} == {"B"})
        leave.set()
    assert len(inbox.got) == 30
    assert len(outbox.all()) == 30


@pytest.mark.threat("H2")
def test_a_webhook_that_is_not_called_local_reaches_nothing_on_this_machine(outbox):
    inbox = Inbox()
    with serving(inbox) as server:
        hooks = [hook(server, local=False)]
        tell(hooks, outbox, Happening(Event.POLICY_TROUBLE), until=outbox.given_up)
    assert inbox.tries == []
    (parcel,) = outbox.given_up()
    assert parcel.trouble == "its host has an address that is not of the internet"


def test_no_proxy_of_the_environment_is_used(outbox, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    inbox = Inbox()
    with serving(inbox) as server:
        tell([hook(server)], outbox, Happening(Event.POLICY_TROUBLE), until=lambda: inbox.got)
    assert len(inbox.tries) == 1


def test_what_is_for_a_webhook_that_is_gone_is_given_up(outbox):
    outbox.put("webhook", "GONE", b"{}", now=datetime.now(UTC))
    tell([], outbox, until=outbox.given_up)
    assert outbox.given_up()[0].trouble == "the settings name no such webhook any more"


def test_without_a_webhook_nothing_is_kept(outbox):
    asyncio.run(Webhooks((), outbox).tell([Happening(Event.POLICY_TROUBLE)]))
    assert outbox.all() == []


def settings_for(server, *, events=ALL, more=""):
    listed = ", ".join(f'"{event}"' for event in events)
    return (
        f'[[webhooks]]\nname = "MODERATORS"\nurl = "http://127.0.0.1:{server.server_port}/inbox"\n'
        f'secret_env = "M_SECRET"\nevents = [{listed}]\nlocal = true\n{more}'
    )


def a_gate(tmp_path, server, **how):
    return AGate(tmp_path / "one", settings=settings_for(server, **how), environment={"M_SECRET": SECRET})


@pytest.mark.threat("H2")
def test_a_blocked_and_a_held_upload_are_told_by_numbers_only(tmp_path):
    inbox = Inbox()
    with serving(inbox) as server:
        gate = a_gate(tmp_path, server)
        gate.start()
        try:
            gate.add(hash_of(7))  # so that the numbers of bank and entry differ
            gate.add(hash_of(5), bank="SECRET_NAME")
            until(lambda: gate.check(gate.uploads, copy_of(5))["action"] == "block", SOON_S, gate.log)
            gate.check(gate.uploads, b"no picture")
            gate.check(gate.uploads, copy_of(6))
            until(lambda: {"upload.blocked", "upload.held"} <= set(inbox.told()), SOON_S, gate.log)
        finally:
            gate.kill()
    blocked = next(each for each in inbox.got if each["type"] == "upload.blocked")
    held = next(each for each in inbox.got if each["type"] == "upload.held")
    assert blocked["data"] == {
        "verdict": "match", "action": "block", "failure": None, "matches": [{"bank": 2, "entry": 2}], "leads": [],
    }  # fmt: skip
    assert held["data"] == {
        "verdict": "unreadable", "action": "hold", "failure": "unreadable", "matches": [], "leads": [],
    }  # fmt: skip
    assert set(inbox.told()) == {"upload.blocked", "upload.held"}  # what passes is nobody's business
    for body in inbox.bodies:
        assert b"SECRET_NAME" not in body
        assert not re.search(rb"[0-9a-f]{16}", body)
    assert SECRET not in gate.log()
    assert "inbox" not in gate.log()


@pytest.mark.threat("H2")
def test_what_was_answered_is_told_though_the_gate_is_killed_at_once(tmp_path):
    away, inbox = Inbox(*[503] * 100), Inbox()
    with serving(away) as server:
        gate = a_gate(tmp_path, server)
        gate.start()
        gate.check(gate.uploads, b"no picture")
        gate.kill()
    assert "waits" in run(gate, "list")
    with serving(inbox) as server:
        gate.write_settings(settings_for(server))
        gate.start()
        try:
            until(lambda: bool(inbox.got), SOON_S, gate.log)
            until(lambda: run(gate, "list") == "", SOON_S)
        finally:
            gate.kill()
    assert away.got == []
    assert inbox.told() == ["upload.held"]


def run(gate, *arguments):
    command = [HAALWEG, "gate", "outbox", *arguments, "--config", gate.config]
    return subprocess.run(command, env=gate.environment, capture_output=True, text=True, check=True).stdout


def test_what_waits_and_what_was_given_up_is_listed_without_what_it_says(tmp_path):
    with serving(Inbox()) as server:
        gate = a_gate(tmp_path, server)
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    with StateFile.open(gate.folder / "gate.state") as state:
        outbox = Outbox(state)
        for body in (b"secret 1", b"secret 2"):
            outbox.put("webhook", "MODERATORS", body, now=now)
        outbox.failed(outbox.all()[1], "it answered with status 500", again_at=None)
    assert run(gate, "list") == (
        "2026-11-25 12:00  waits     webhook   MODERATORS  tries: 0\n"
        "2026-11-25 12:00  given up  webhook   MODERATORS  tries: 1  it answered with status 500\n"
    )
    assert run(gate, "retry") == "Brought again by the gate that runs, or by the next one that does: 1.\n"
    assert "given up" not in run(gate, "list")
    assert run(gate, "retry").endswith(": 0.\n")


def test_settings_that_cannot_be_taken_over_are_told(tmp_path):
    inbox = Inbox()
    with serving(inbox) as server:
        gate = a_gate(tmp_path, server)
        gate.start()
        try:
            gate.write_settings(settings_for(server, more='[policy]\nlead = "block"\n'))
            until(lambda: bool(inbox.got), SOON_S, gate.log)
            assert (inbox.told(), inbox.got[0]["data"]) == (["policy.trouble"], {})
        finally:
            gate.kill()


def test_a_source_that_is_silent_heard_again_or_sends_too_much_is_told(tmp_path):
    source = AGate(tmp_path / "source")
    source.add(hash_of(5))
    key = source.key(Scope.FEED, tier="hashes", banks=("NL",))
    now, ring = datetime.now(UTC), KeyRing.make(datetime.now(UTC))
    BankFile.new(tmp_path / "bank", ring, now=now).close()
    told: list[Happening] = []
    allowed = [timedelta(seconds=1)]

    async def tell(happenings):
        told.extend(happenings)

    async def come_to(*events):
        async with asyncio.timeout(60):
            while [each.event for each in told] != list(events):  # noqa: ASYNC110 - a list that tells nobody
                await asyncio.sleep(0.05)

    async def story():
        followed = Source("S", source.url, key, Assurance.SEEN)
        with (
            Keeper(lambda: BankFile.open(tmp_path / "bank", ring)) as keeper,
            StateFile.open(tmp_path / "state") as state,
        ):
            followers = Followers(
                [followed], keeper, Heads(state), tell=tell, stale_after=lambda: allowed[0], growth=Growth(state)
            )
            task = asyncio.create_task(followers.run())
            await come_to(Event.SOURCE_STALE)
            await asyncio.to_thread(source.start)
            await come_to(Event.SOURCE_STALE, Event.SOURCE_HEARD)
            allowed[0] = timedelta(hours=1)
            await asyncio.to_thread(add_many)
            await come_to(Event.SOURCE_STALE, Event.SOURCE_HEARD, Event.SOURCE_HELD)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def add_many():
        with BankFile.open(source.bank, source.ring) as store:
            bank = store.bank("NL")
            assert bank is not None
            many = [os.urandom(32) for _ in range(1_500)]
            store.add(NewEntries(bank.id, SignalType.PDQ, many, [100] * len(many)), now=now)

    try:
        asyncio.run(story())
    finally:
        source.kill()
    assert {json.dumps(dict(each.data)) for each in told} == {'{"source": "S"}'}
