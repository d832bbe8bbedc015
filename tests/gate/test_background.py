"""What a gate does beside answering: no part ends unseen, and a bad source, setting or parcel stops no other."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import Assurance
from haalweg.gate.following import Followers
from haalweg.gate.growth import Growth
from haalweg.gate.heads import Heads
from haalweg.gate.keeper import Keeper
from haalweg.gate.keys import Scope
from haalweg.gate.outbox import Outbox, deliver
from haalweg.gate.settings import Source
from haalweg.gate.state import StateFile
from tests.gate.gates import HTTP, AGate, bearer, until
from tests.gate.servers import send, serving
from tests.matching.videos import code

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SOON_S = 20.0


@pytest.mark.threat("G7")
def test_settings_that_cannot_be_read_leave_the_kill_switch_alive(tmp_path):
    gate = AGate(tmp_path / "one", environment={"K": "hwk_x"})
    watch, good = gate.key(Scope.STATUS), gate.config.read_text()
    gate.add(code(1))
    gate.start()

    def trouble():
        said = HTTP.get(f"{gate.url}/api/v1/status", headers=bearer(watch)).json()
        return said["policy_trouble"]

    def action():
        (item,) = gate.ask(gate.uploads, json={"items": [{"pdq": code(1).hex()}]}).json()["items"]
        return item["action"]

    try:
        until(lambda: action() == "block", SOON_S, gate.log)
        source = '[[sources]]\nname = "S"\nkey_env = "K"\nurl = '
        for bad in (f'{source}"https://[feed.example"', f"x = {'9' * 5_000}", f"x = {'[' * 5_000}{']' * 5_000}"):
            gate.config.write_text(f"{good}{bad}\n")
            until(lambda: trouble() is not None, SOON_S, gate.log)
            gate.config.write_text(good)
            until(lambda: trouble() is None, SOON_S, gate.log)
        gate.config.write_text(f"{good}[policy.banks.NL]\nenabled = false\n")
        until(lambda: action() == "allow", SOON_S, gate.log)
        assert "settings_unusable_policy_stays" in gate.log()
    finally:
        gate.kill()


def test_a_source_that_cannot_even_be_asked_stops_no_other(tmp_path):
    with BankFile.new(tmp_path / "plain.bank", None, now=NOW):
        pass

    async def tell(_):
        pass

    async def story(url):
        def source(name, key):
            return Source(name, url, key, Assurance.SEEN)

        with (
            Keeper(lambda: BankFile.open(tmp_path / "plain.bank")) as keeper,
            StateFile.open(tmp_path / "gate.state") as state,
        ):
            followers = Followers(
                [source("BAD", "hwk_é"), source("GOOD", "hwk_x")],
                keeper,
                Heads(state),
                tell=tell,
                stale_after=lambda: timedelta(days=1),
                growth=Growth(state),
            )
            running = asyncio.create_task(followers.run())
            async with asyncio.timeout(SOON_S):
                while len(server.asked) < 3:  # noqa: ASYNC110 - a server in a thread tells nobody
                    await asyncio.sleep(0.02)
            assert not running.done()
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            return [each["trouble"] for each in followers.as_json()]

    with serving(lambda handler, _: send(handler, 500)) as server:
        bad, good = asyncio.run(story(f"http://127.0.0.1:{server.server_port}"))
    assert bad == "Something failed here (UnicodeEncodeError)."
    assert good == "GOOD: it answered with status 500."


def test_a_parcel_that_fails_in_a_way_nobody_thought_of_keeps_no_other_waiting(tmp_path):
    class Courier:
        pauses = ()

        async def bring(self, parcel):
            if parcel.body == b"bad":
                raise UnicodeError
            brought.append(parcel.body)

    async def story():
        running = asyncio.create_task(deliver(outbox, "news", Courier()))
        async with asyncio.timeout(SOON_S):
            while not brought or not outbox.given_up():  # noqa: ASYNC110 - it is the outbox that is looked at
                await asyncio.sleep(0.02)
        assert not running.done()
        running.cancel()

    brought = []
    with StateFile.open(tmp_path / "gate.state") as state:
        outbox = Outbox(state)
        outbox.put("news", "A", b"bad", now=NOW)
        outbox.put("news", "A", b"good", now=NOW)
        asyncio.run(story())
        (parcel,) = outbox.given_up()
    assert (parcel.body, parcel.trouble) == (b"bad", "it failed here (UnicodeError)")


_BROKEN = """
import asyncio, sys
import haalweg.gate.serving as serving
from haalweg.cli.main import main

async def broken(*_):
    await asyncio.sleep(1)
    raise LookupError("something secret")

serving._read_again = broken
sys.argv[0] = "haalweg"
main()
"""


def test_a_gate_of_which_a_part_failed_ends_and_says_so(tmp_path):
    gate = AGate(tmp_path / "one")
    ended = subprocess.run(
        [sys.executable, "-c", _BROKEN, "gate", "run", "--config", gate.config],
        env=gate.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 2
    assert '"event": "part_failed", "part": "settings", "error": "LookupError"' in ended.stderr
    assert "The gate ended, because a part of it failed: settings. Its log says why." in ended.stderr
    assert "secret" not in ended.stderr
