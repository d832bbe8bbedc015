"""Where a gate fetches: URLs among what is checked, and HMA's routes. What is fetched comes from a server here."""

from __future__ import annotations

import asyncio
import io
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from PIL import Image, ImageOps

import haalweg
from haalweg.adapters.bank_file import BankFile
from haalweg.adapters.media import MediaPool
from haalweg.banks import Assurance, NewEntries
from haalweg.gate.app import Gate
from haalweg.gate.contents import Contents
from haalweg.gate.crowds import Crowds
from haalweg.gate.feedback import FeedbackBox
from haalweg.gate.following import Followers
from haalweg.gate.growth import Growth
from haalweg.gate.heads import Heads
from haalweg.gate.keeper import Keeper
from haalweg.gate.keys import Keys, Scope
from haalweg.gate.looking import MOST_URLS, Rules
from haalweg.gate.lookup import LookUp
from haalweg.gate.metrics import Metrics
from haalweg.gate.outbox import Outbox
from haalweg.gate.queue import FairQueue
from haalweg.gate.reading import Room
from haalweg.gate.receipts import Receipts
from haalweg.gate.state import StateFile
from haalweg.gate.switches import SwitchedBanks, Switches
from haalweg.gate.webhooks import Webhooks
from haalweg.keeping import KeyRing
from haalweg.matching.policy import Policy
from haalweg.signals import MATCH_THRESHOLD_BITS, SignalType
from tests import pictures
from tests.gate.gates import bearer
from tests.gate.servers import send, serving
from tests.gate.test_fetching import HOST, LIMITS, PUBLIC, Names, Network, fetcher

NOW = datetime.now(UTC)
HASH = bytes(haalweg.hash_pixels(pictures.scene(5)).hash)
MIRRORED = bytes(haalweg.hash_pixels(pictures.scene(5)[:, ::-1].copy()).hash)


def jpeg(image):
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=70)
    return stream.getvalue()


FILES = {
    "/copy.jpg": jpeg(ImageOps.mirror(Image.fromarray(pictures.scene(5)))),
    "/other.jpg": jpeg(Image.fromarray(pictures.scene(6))),
    "/flat.jpg": jpeg(Image.fromarray(pictures.flat(200, 200))),
    "/empty.jpg": b"",
    "/text.jpg": b"no picture",
}


def url(name):
    return f"http://{HOST}/{name}.jpg"


@pytest.fixture(scope="module")
def pool():
    with MediaPool(1) as one:
        yield one


@pytest.fixture(scope="module")
def network():
    def answer(handler, _):
        body = FILES.get(handler.path)
        send(handler, 404 if body is None else 200, body or b"")

    with serving(answer) as server:
        yield Network({(PUBLIC, 80): server})


@pytest.fixture
def ask(tmp_path, pool, network):
    """Ask a gate in this process, whose bank holds one picture."""
    ring = KeyRing.make(NOW)
    BankFile.new(tmp_path / "bank", ring, now=NOW).close()
    with BankFile.open(tmp_path / "bank", ring) as store:
        bank = store.make_bank("NL", now=NOW)
        store.add(NewEntries(bank.id, SignalType.PDQ, [HASH], [100], assurance=Assurance.SEEN), now=NOW)

    @contextmanager
    def gate_of(one, room):
        with (
            StateFile.open(tmp_path / "state") as state,
            Keeper(lambda: BankFile.open(tmp_path / "bank", ring)) as keeper,
            ThreadPoolExecutor(1) as threads,
        ):
            store = BankFile.id_of(tmp_path / "bank")
            switches = Switches(state, store, now=NOW)
            outbox = Outbox(state)
            webhooks = Webhooks((), outbox)
            yield Gate(
                keeper=keeper,
                state=state,
                switches=switches,
                banks=SwitchedBanks(keeper.live, switches),
                contents=Contents(state, store),
                keys=Keys(state),
                outbox=outbox,
                feedback=FeedbackBox(state, outbox),
                crowds=Crowds(),
                receipts=Receipts(state),
                heads=Heads(state),
                pool=pool,
                queue=FairQueue(threads, 1, 9),
                room=room,
                lookups=LookUp(state, 9),
                metrics=Metrics(),
                limits=LIMITS,
                rules=Rules(Policy(), None),
                followers=Followers(
                    (),
                    keeper,
                    Heads(state),
                    tell=webhooks.tell,
                    stale_after=lambda: timedelta(days=1),
                    growth=Growth(state),
                ),
                webhooks=webhooks,
                fetcher=one,
            )

    def asked(method, path, *, fetches=True, room=LIMITS.memory_bytes, **request):
        async def story():
            one = fetcher(network, Names([PUBLIC])) if fetches else None
            with gate_of(one, Room(room)) as gate:
                key = gate.keys.new("a test", frozenset({Scope.CHECK, Scope.LOOKUP}), now=NOW, banks=("NL",))
                transport = httpx.ASGITransport(app=gate)
                async with httpx.AsyncClient(
                    transport=transport, base_url="http://gate", headers=bearer(key)
                ) as client:
                    return await client.request(method, path, **request)

        return asyncio.run(story())

    return asked


def check(ask, items, **how):
    return ask("POST", "/api/v1/check", json={"items": items}, **how)


def test_what_is_fetched_is_answered_in_order_with_what_was_sent(ask):
    items = [
        {"url": url("other")},
        {"pdq": HASH.hex()},
        {"url": url("copy")},
        {"url": url("text")},
        {"url": url("flat")},
    ]
    answered = check(ask, items).json()["items"]
    verdicts = [item["verdict"] for item in answered]
    assert verdicts == ["no_match", "match", "match", "unreadable", "too_flat"]
    assert answered[2]["matches"][0]["orientation"] == "flip_y"
    assert answered[2]["action"] == "block"


@pytest.mark.threat("H1")
@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (url("none"), "not fetched: the answer has status 404"),
        ("http://secret.example/", "not fetched: its host is not listed in the settings of this gate"),
        ("http://127.0.0.1/", "not fetched: its host is not listed in the settings of this gate"),
        (f"http://{HOST}:8640/", "not fetched: its port is neither 80 nor 443"),
        (f"http://{HOST}/\x00", "not fetched: it is no URL of ASCII characters without blanks"),
    ],
)  # fmt: skip
def test_what_is_not_fetched_is_unreadable_and_says_why_without_the_url(ask, asked, reason, caplog):
    caplog.set_level(logging.INFO, "haalweg")
    answer = check(ask, [{"url": asked}, {"pdq": HASH.hex()}])
    failed, other = answer.json()["items"]
    assert (failed["verdict"], failed["failure"], failed["action"]) == ("unreadable", "unreadable", "hold")
    assert (failed["reason"], other["verdict"]) == (reason, "match")
    assert "example" not in answer.text
    assert "http" not in caplog.text


def test_an_empty_file_is_unreadable(ask):
    (item,) = check(ask, [{"url": url("empty")}]).json()["items"]
    assert (item["verdict"], item["failure"]) == ("unreadable", "unreadable")


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([{"url": url("copy"), "pdq": HASH.hex()}], "Item 1: a url is a text, and has no signatures beside it."),
        ([{"pdq": HASH.hex()}, {"url": 3}], "Item 2: a url is a text, and has no signatures beside it."),
        ([{"url": url("copy")}] * (MOST_URLS + 1), f"More than {MOST_URLS} URLs. Send them in several requests."),
    ],
)
def test_urls_that_make_no_sense_are_refused_before_anything_is_fetched(ask, network, items, said):
    before = len(network.connected)
    answer = check(ask, items)
    assert (answer.status_code, answer.json()["detail"]) == (400, said)
    assert len(network.connected) == before


def test_a_gate_that_fetches_nothing_says_so(ask):
    answer = check(ask, [{"url": url("copy")}], fetches=False)
    assert answer.status_code == httpx.codes.BAD_REQUEST
    assert answer.json()["detail"] == "Item 1: this gate fetches nothing. Send the file, or its signatures."


def test_a_gate_without_room_says_when_to_come_again_and_what_to_do_meanwhile(ask):
    answer = check(ask, [{"url": url("copy")}], room=1_000)
    assert (answer.status_code, answer.headers["retry-after"], answer.json()["action"]) == (503, "2", "hold")


def test_partners_who_are_told_yes_or_no_have_nothing_fetched(ask, network):
    before = len(network.connected)
    answer = ask("POST", "/api/v1/lookup", json={"items": [{"url": url("copy")}]})
    assert answer.status_code == httpx.codes.BAD_REQUEST
    assert answer.json()["detail"].startswith("Item 1: an object with pdq and quality")
    assert len(network.connected) == before


@pytest.mark.parametrize(
    "how",
    [
        {"params": {"url": url("copy"), "content_type": "photo"}},
        {"data": {"url": url("copy")}},
        {"json": {"url": url("copy")}},
    ],
    ids=["query", "form", "json"],
)
def test_hma_s_routes_fetch_as_hma_does(ask, how):
    method = "GET" if "params" in how else "POST"
    hashed = ask(method, "/h/hash", **how).json()
    assert haalweg.PdqHash.from_hex(hashed["pdq"]).distance(haalweg.PdqHash(MIRRORED)) <= MATCH_THRESHOLD_BITS
    (row,) = ask(method, "/m/lookup", **how).json()["pdq"]["NL"]
    assert 0 < int(row["distance"]) <= MATCH_THRESHOLD_BITS


@pytest.mark.parametrize("path", ["/h/hash", "/m/lookup"])
def test_hma_s_clients_get_a_message_for_what_is_not_fetched(ask, path):
    for asked, said in (
        (url("none"), "not fetched: the answer has status 404."),
        ("http://10.0.0.1/", "not fetched: its host is not listed in the settings of this gate."),
    ):
        answer = ask("GET", path, params={"url": asked})
        assert (answer.status_code, answer.json()) == (400, {"message": said})
    assert ask("GET", path, params={"url": url("text")}).status_code == httpx.codes.BAD_REQUEST
    assert ask("GET", path).status_code == httpx.codes.BAD_REQUEST
    nothing = ask("GET", path, params={"url": url("copy")}, fetches=False)
    assert (nothing.status_code, nothing.json()) == (
        403,
        {"message": "This gate fetches nothing. Send the file or its signal."},
    )
