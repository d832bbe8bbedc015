"""The routes of HMA, as its clients call them."""

from __future__ import annotations

import io

import httpx
import pytest
from PIL import Image

import haalweg
from tests import pictures
from tests.gate.gates import AGate, bearer, until

HASH = bytes(haalweg.hash_pixels(pictures.scene(5)).hash)
NEAR = bytes([HASH[0] ^ 7]) + HASH[1:]


def jpeg(rgb):
    stream = io.BytesIO()
    Image.fromarray(rgb).save(stream, "JPEG", quality=80)
    return stream.getvalue()


@pytest.fixture(scope="module")
def gate(tmp_path_factory):
    one = AGate(tmp_path_factory.mktemp("hma") / "one")
    one.start()
    one.entry = one.add(HASH)
    asked = {"signal_type": "pdq", "signal": HASH.hex()}
    until(lambda: get(one, "/m/lookup", **asked).json() != {}, 20)
    yield one
    one.kill()


def get(gate, path, **query):
    return httpx.get(f"{gate.url}{path}", params=query, headers=bearer(gate.uploads), trust_env=False)


def post(gate, path, **request):
    return httpx.post(f"{gate.url}{path}", headers=bearer(gate.uploads), trust_env=False, timeout=60, **request)


def test_it_lives_as_hma_says_it_does(gate):
    answer = httpx.get(f"{gate.url}/status", trust_env=False)
    assert (answer.status_code, answer.text) == (200, "I-AM-ALIVE")


def test_a_signal_is_looked_up(gate):
    answer = get(gate, "/m/lookup", signal_type="pdq", signal=NEAR.hex()).json()
    assert answer == {"NL": [{"bank_content_id": gate.entry, "distance": "3"}]}
    assert get(gate, "/m/lookup", signal_type="pdq", signal=NEAR.hex(), banks="OTHER").json() == {}
    assert get(gate, "/m/lookup", signal_type="video_md5", signal="ab" * 16).json() == {}


def test_coop_sends_its_key_in_the_path(gate):
    query = {"signal_type": "pdq", "signal": HASH.hex()}
    answer = httpx.get(f"{gate.url}/t/{gate.uploads}/m/lookup", params=query, trust_env=False)
    assert list(answer.json()) == ["NL"]


@pytest.mark.threat("G4")
@pytest.mark.parametrize("body", ["json", "data"])
def test_a_signal_may_come_in_the_body_where_no_proxy_logs_it(gate, body):
    asked = {"signal_type": "pdq", "signal": HASH.hex()}
    assert list(post(gate, "/m/lookup", **{body: asked}).json()) == ["NL"]
    assert post(gate, "/m/raw_lookup", **{body: asked}).json() == {"matches": [gate.entry]}


def test_the_entries_alone_or_with_their_distance(gate):
    asked = {"signal_type": "pdq", "signal": NEAR.hex()}
    assert get(gate, "/m/raw_lookup", **asked).json() == {"matches": [gate.entry]}
    with_distance = get(gate, "/m/raw_lookup", **asked, include_distance="true").json()
    assert with_distance == {"matches": [{"bank_content_id": gate.entry, "distance": "3"}]}


def test_a_file_is_looked_up_by_the_type_of_its_signals(gate):
    answer = post(gate, "/m/lookup", files={"photo": jpeg(pictures.scene(5))}).json()
    assert [row["bank_content_id"] for row in answer["pdq"]["NL"]] == [gate.entry]
    assert post(gate, "/m/lookup", files={"photo": jpeg(pictures.scene(6))}).json() == {"pdq": {}}
    flat = post(gate, "/m/lookup", files={"photo": jpeg(pictures.flat(200, 200))})
    assert (flat.status_code, list(flat.json())) == (400, ["message"])


def test_a_file_is_looked_up_in_the_banks_that_are_asked_for(gate):
    file = {"photo": ("x.jpg", jpeg(pictures.scene(5)), "image/jpeg")}
    assert list(post(gate, "/m/lookup", files=file, params={"banks": "NL"}).json()["pdq"]) == ["NL"]
    assert post(gate, "/m/lookup", files=file, params={"banks": "OTHER"}).json() == {"pdq": {}}


def test_a_bank_whose_rules_are_tried_out_is_named_to_nobody_who_would_act_on_it(tmp_path):
    one = AGate(tmp_path / "one", settings="[policy.banks.NL]\ndry_run = true\n")
    one.start()
    try:
        entry = one.add(HASH)
        asked = {"signal_type": "pdq", "signal": HASH.hex()}
        until(lambda: get(one, "/m/raw_lookup", **asked).json() == {"matches": [entry]}, 20)
        assert get(one, "/m/lookup", **asked).json() == {}
        assert get(one, "/m/lookup", **asked, bypass_coinflip="true").json() == {}
        file = {"photo": ("x.jpg", jpeg(pictures.scene(5)), "image/jpeg")}
        assert post(one, "/m/lookup", files=file).json() == {"pdq": {}}
    finally:
        one.kill()


def test_a_file_is_hashed(gate):
    answer = post(gate, "/h/hash", files={"photo": jpeg(pictures.scene(5))}).json()
    assert haalweg.PdqHash.from_hex(answer["pdq"]).distance(haalweg.PdqHash(HASH)) <= 10
    assert post(gate, "/h/hash", files={"photo": jpeg(pictures.flat(200, 200))}).json() == {"pdq": ""}


def test_two_signals_are_compared(gate):
    answer = post(gate, "/m/compare", json={"pdq": [HASH.hex(), NEAR.hex()]}).json()
    assert answer == {"pdq": [True, {"distance": 3}]}
    far = post(gate, "/m/compare", json={"pdq": [HASH.hex(), "00" * 32]}).json()
    assert far["pdq"][0] is False


@pytest.mark.threat("H1")
@pytest.mark.parametrize("path", ["/h/hash", "/m/lookup", "/m/raw_lookup"])
def test_nothing_is_fetched(gate, path):
    answer = get(gate, path, url="http://127.0.0.1/x.jpg", content_type="photo")
    assert (answer.status_code, answer.json()) == (
        403,
        {"message": "This gate fetches nothing. Send the file or its signal."},
    )


@pytest.mark.parametrize(
    "query",
    [{}, {"signal": "00" * 32}, {"signal_type": "pdq", "signal": "x"}, {"signal_type": "tlsh", "signal": "x"},
     {"signal_type": "video_md5", "signal": "AB" * 16}],
    ids=str,
)  # fmt: skip
def test_what_makes_no_sense_gets_a_message(gate, query):
    answer = get(gate, "/m/lookup", **query)
    assert (answer.status_code, list(answer.json())) == (400, ["message"])


def test_a_file_that_is_no_picture_gets_a_message(gate):
    for path in ("/h/hash", "/m/lookup"):
        answer = post(gate, path, files={"photo": b"no picture"})
        assert (answer.status_code, list(answer.json())) == (400, ["message"])
    assert post(gate, "/h/hash", content=b"x").status_code == httpx.codes.BAD_REQUEST
