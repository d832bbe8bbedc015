"""The routes by which HMA's clients curate: what they change holds for the next check, and after a crash."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import Assurance, BankKind
from haalweg.gate.keys import Scope
from haalweg.keeping.audit import Act
from tests import pictures
from tests.adapters.media.videos_in_files import made
from tests.gate.gates import AGate, bearer, until
from tests.gate.test_hma import jpeg
from tests.gate.uploads import copy_of, hash_of
from tests.matching.videos import code, flipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLLOWED = "This bank is followed from a source"
IN_2100 = 4_102_444_800
CREATED, REFUSED, NOT_FOUND, BAD = 201, 403, 404, 400


class Curated(AGate):
    """A gate that is asked as Coop asks HMA: with its key in the path."""

    def start(self) -> None:
        self.both = self.key(Scope.CHECK, Scope.CURATE, name="coop")
        super().start()

    def call(self, method: str, path: str, **request: Any) -> httpx.Response:
        url = f"{self.url}/t/{self.both}{path}"
        return httpx.request(method, url, trust_env=False, timeout=60, **request)

    def found(self, value: bytes) -> dict[str, Any]:
        """The banks that HMA's look-up names."""
        asked = {"signal_type": "pdq", "signal": value.hex()}
        return dict(self.call("GET", "/m/lookup", params=asked).json())

    def verdict(self, value: bytes) -> dict[str, Any]:
        (item,) = self.ask(self.both, json={"items": [{"pdq": value.hex()}]}).json()["items"]
        return dict(item)

    def make(self, name: str, **more: object) -> None:
        assert self.call("POST", "/c/banks", json={"name": name, "enabled_ratio": "1", **more}).status_code == CREATED

    def put_in(self, name: str, **signals: str) -> int:
        answer = self.call("POST", f"/c/bank/{name}/signal", json=signals)
        assert answer.status_code == httpx.codes.OK, answer.text
        number: int = answer.json()["id"]
        return number

    def start_again(self) -> None:
        self.kill()
        super().start()

    def store(self) -> BankFile:
        return BankFile.open(self.bank, self.ring)


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Curated]:
    one = Curated(tmp_path_factory.mktemp("curating") / "one")
    one.start()
    yield one
    one.kill()


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Curated]:
    one = Curated(tmp_path / "one")
    one.start()
    yield one
    one.kill()


def now() -> datetime:
    return datetime.now(UTC)


def message(answer: httpx.Response) -> str:
    content: dict[str, str] = answer.json()
    assert list(content) == ["message"]
    return content["message"]


# Banks


def test_a_bank_is_made_as_coop_makes_it_and_shown_as_hma_shows_it(gate):
    made_now = gate.call("POST", "/c/banks", json={"name": "COOP_1_A", "enabled_ratio": "0.5"})
    expected = {"name": "COOP_1_A", "matching_enabled_ratio": 0.5}
    assert (made_now.status_code, made_now.json()) == (CREATED, expected)
    assert expected in gate.call("GET", "/c/banks").json()
    for method in ("GET", "POST"):
        assert gate.call(method, "/c/bank/COOP_1_A").json() == expected
    again = gate.call("POST", "/c/banks", json={"name": "COOP_1_A"})
    assert (again.status_code, message(again)) == (REFUSED, "Bank already exists")
    off = gate.call("POST", "/c/banks", json={"name": "COOP_1_B", "enabled": False})
    assert off.json()["matching_enabled_ratio"] == 0


def test_a_bank_that_is_not_there_is_not_found(gate):
    for method, path, body in (
        ("GET", "/c/bank/NONE", None),
        ("PUT", "/c/bank/NONE", {"enabled": True}),
        ("POST", "/c/bank/NONE/signal", {"pdq": code(1).hex()}),
        ("POST", "/c/bank/NONE/content", None),
        ("GET", "/c/bank/NONE/content/1", None),
        ("DELETE", "/c/bank/NONE/content/1", None),
    ):
        answer = gate.call(method, path, json=body)
        assert (answer.status_code, message(answer)) == (NOT_FOUND, "There is no bank of this name.")
    assert gate.call("DELETE", "/c/bank/NONE").json() == {"message": "Done"}


@pytest.mark.parametrize(
    "body",
    [{}, {"name": 7}, {"name": "small"}, {"name": "1A"}, {"name": "A-B"}, {"name": "A" * 256},
     *({"name": "OK", "enabled_ratio": wrong} for wrong in ("much", 1.01, -1, True, "nan")),
     {"name": "OK", "enabled": "perhaps"}],
    ids=str,
)  # fmt: skip
def test_a_bank_that_cannot_be_is_refused_in_a_message(gate, body):
    answer = gate.call("POST", "/c/banks", json=body)
    assert answer.status_code == BAD
    assert message(answer)
    assert gate.call("GET", "/c/bank/OK").status_code == NOT_FOUND


def test_a_bank_keeps_its_name(gate):
    gate.make("KEEPS")
    answer = gate.call("PUT", "/c/bank/KEEPS", json={"name": "OTHER"})
    assert (answer.status_code, message(answer)[:22]) == (REFUSED, "A bank keeps its name:")
    assert gate.call("PUT", "/c/bank/KEEPS", json={"name": "KEEPS", "enabled": True}).status_code == httpx.codes.OK


def test_a_negative_bank_is_nothing_that_hma_knows(gate):
    with gate.store() as store:
        store.make_bank("WALLPAPERS", now=now(), kind=BankKind.NEGATIVE)
    assert gate.call("GET", "/c/bank/WALLPAPERS").status_code == NOT_FOUND
    assert "WALLPAPERS" not in gate.call("GET", "/c/banks").text
    assert gate.call("POST", "/c/banks", json={"name": "WALLPAPERS"}).status_code == REFUSED
    assert gate.call("DELETE", "/c/bank/WALLPAPERS").status_code == httpx.codes.OK
    with gate.store() as store:
        assert store.bank("WALLPAPERS") is not None


# Signals and files


def test_a_signal_matches_from_the_answer_on(gate):
    gate.make("SIGNALS")
    value = code(10)
    answer = gate.call("POST", "/c/bank/SIGNALS/signal", json={"pdq": value.hex(), "note": "report 17"})
    number = answer.json()["id"]
    assert (answer.status_code, answer.json()["signals"]) == (200, {"pdq": value.hex()})
    assert gate.found(flipped(value, 3)) == {"SIGNALS": [{"bank_content_id": number, "distance": "3"}]}
    match = gate.verdict(value)["matches"][0]
    assert (match["bank"], match["source"], match["assurance"]) == ("SIGNALS", "coop", "self_reported")
    assert gate.verdict(value)["action"] == "hold"
    again = gate.call("POST", "/c/bank/SIGNALS/signal", json={"pdq": value.hex()})
    assert again.json()["id"] == number
    shown = gate.call("GET", f"/c/bank/SIGNALS/content/{number}", params={"include_signals": "true"})
    assert shown.json() == {
        "id": number,
        "disable_until_ts": 1,
        "collab_metadata": {},
        "original_media_uri": None,
        "bank": {"name": "SIGNALS", "matching_enabled_ratio": 1.0},
        "note": "report 17",
        "signals": {"pdq": value.hex()},
    }
    with gate.store() as store:
        acts = [row.act for row in store.audit()]
    assert acts[-1] is Act.EXPORTED  # what was shown left the store
    assert Act.ADDED in acts


def test_the_signals_of_one_thing_are_one_content(gate):
    gate.make("TOGETHER")
    signals = {"pdq": code(11).hex(), "video_md5": "AB" * 16, "video_sha256": "cd" * 32}
    number = gate.put_in("TOGETHER", **signals)
    shown = {**signals, "video_md5": "ab" * 16}
    path = f"/c/bank/TOGETHER/content/{number}"
    assert gate.call("GET", path, params={"include_signals": "true"}).json()["signals"] == shown
    for name, value in shown.items():
        asked = {"signal_type": name, "signal": value}
        assert gate.call("GET", "/m/lookup", params=asked).json() == {
            "TOGETHER": [{"bank_content_id": number, "distance": "0"}]
        }
    assert gate.call("GET", f"/c/bank/TOGETHER/content/{number + 1}").json()["id"] == number
    assert gate.put_in("TOGETHER", pdq=signals["pdq"], vpdq=json.dumps([f"{code(12).hex()},100,0"])) == number
    assert gate.call("DELETE", path).json() == {"deleted": 1}
    for name, value in shown.items():
        assert gate.call("GET", "/m/lookup", params={"signal_type": name, "signal": value}).json() == {}


def test_what_was_put_in_apart_and_then_together_is_one_content(gate):
    gate.make("JOINED")
    first, second = gate.put_in("JOINED", pdq=code(13).hex()), gate.put_in("JOINED", video_md5="12" * 16)
    assert first != second
    assert gate.put_in("JOINED", video_md5="12" * 16, pdq=code(13).hex()) == first
    assert gate.call("GET", f"/c/bank/JOINED/content/{second}").json()["id"] == first


@pytest.mark.parametrize(
    "body",
    [{}, {"pdq": ""}, {"pdq": "00"}, {"pdq": 7}, {"pdq": "g" * 64}, {"tlsh": "00"}, {"vpdq": "no"}, {"vpdq": "[]"},
     {"pdq": "00" * 32, "note": "x" * 256}, {"pdq": "00" * 32, "note": "a\nb"}, {"pdq": "00" * 32, "metadata": 1},
     {"pdq": "00" * 32, "metadata": {"name": "of whom"}}, {"pdq": "00" * 32, "video_md5": "x"}],
    ids=lambda body: str(body)[:40],
)  # fmt: skip
def test_what_is_no_signal_gets_a_message_and_adds_nothing(gate, body):
    if gate.call("GET", "/c/bank/BAD").status_code == NOT_FOUND:
        gate.make("BAD")
    answer = gate.call("POST", "/c/bank/BAD/signal", json=body)
    assert (answer.status_code, bool(message(answer))) == (BAD, True)
    with gate.store() as store:
        assert not any(True for _ in store.entries(now=now(), bank=store.bank("BAD").id))


@pytest.mark.threat("G4")
def test_a_photo_is_hashed_and_nothing_of_it_is_kept(gate):
    gate.make("PHOTOS")
    form = {"photo": ("holiday-of-sofie.jpg", copy_of(21))}
    metadata = {"content_id": "item 9", "json": {"who": "Sofie"}}
    sent = {"note": "report 3", "metadata": json.dumps(metadata)}
    answer = gate.call("POST", "/c/bank/PHOTOS/content", files=form, data=sent)
    assert answer.status_code == httpx.codes.OK, answer.text
    assert list(answer.json()["signals"]) == ["pdq"]
    assert gate.check(gate.both, copy_of(21))["matches"][0]["entry"] == answer.json()["id"]
    path = f"/c/bank/PHOTOS/content/{answer.json()['id']}"
    shown = gate.call("POST", path, params={"include_metadata": "true"}).json()
    assert (shown["note"], shown["metadata"]) == ("report 3", None)
    for file in gate.folder.iterdir():
        assert not any(word in file.read_bytes() for word in (b"sofie", b"Sofie", b"item 9"))


def test_a_video_is_hashed_by_its_frames_and_by_its_file(gate):
    gate.make("VIDEOS")
    film = made()
    answer = gate.call("POST", "/c/bank/VIDEOS/content", files={"video": film}).json()
    assert sorted(answer["signals"]) == ["video_md5", "vpdq"]
    (item,) = gate.ask(gate.both, files={"file": film}).json()["items"]
    assert {match["signal_type"] for match in item["matches"]} >= {"md5", "vpdq"}
    by_type = gate.call("POST", "/m/lookup", files={"video": film}).json()
    assert by_type["vpdq"]["VIDEOS"] == [{"bank_content_id": answer["id"], "distance": "0"}]


@pytest.mark.threat("H1")
def test_no_address_is_fetched(gate):
    gate.make("URLS")
    for sent in ({"params": {"url": "http://127.0.0.1/x.jpg"}}, {"json": {"url": "http://127.0.0.1/x.jpg"}}):
        answer = gate.call("POST", "/c/bank/URLS/content", **sent)
        assert (answer.status_code, message(answer)) == (
            REFUSED,
            "This gate fetches nothing. Send the file or its signal.",
        )


@pytest.mark.parametrize(
    "sent",
    [{}, {"files": {"file": b"x"}}, {"files": {"photo": b"no picture"}}, {"files": {"photo": b"x", "video": b"y"}},
     {"files": {"photo": made(seconds=1)}}, {"files": {"video": copy_of(5)}},
     *({"files": {"photo": copy_of(5)}, "data": wrong}
       for wrong in ({"note": "x" * 256}, {"metadata": "{"}, {"metadata": "[]"}))],
    ids=lambda sent: str({name: list(each) for name, each in sent.items()}),
)  # fmt: skip
def test_what_is_no_file_gets_a_message(gate, sent):
    if gate.call("GET", "/c/bank/FILES").status_code == NOT_FOUND:
        gate.make("FILES")
    answer = gate.call("POST", "/c/bank/FILES/content", **sent)
    assert (answer.status_code, bool(message(answer))) == (BAD, True)


def test_a_flat_picture_is_not_taken(gate):
    gate.make("FLAT")
    answer = gate.call("POST", "/c/bank/FLAT/content", files={"photo": jpeg(pictures.flat(200, 200))})
    assert (answer.status_code, message(answer)) == (BAD, "The picture holds too little detail to be hashed.")


# Taking out


@pytest.mark.threat("G3")
def test_a_content_that_is_deleted_is_withdrawn_for_good(gate):
    gate.make("DELETES")
    gate.make("OTHERS")
    value = code(30)
    number = gate.put_in("DELETES", pdq=value.hex())
    path = f"/c/bank/DELETES/content/{number}"
    elsewhere = gate.call("DELETE", f"/c/bank/OTHERS/content/{number}")
    assert (elsewhere.status_code, message(elsewhere)) == (NOT_FOUND, f"content '{number}' not found")
    assert gate.found(value)
    assert gate.call("DELETE", path).json() == {"deleted": 1}
    assert gate.found(value) == {}
    assert gate.call("DELETE", path).json() == {"deleted": 0}
    for method in ("GET", "PUT"):
        assert gate.call(method, path, json={"disable_until_ts": 0}).status_code == NOT_FOUND
    back = gate.call("POST", "/c/bank/DELETES/signal", json={"video_md5": "99" * 16, "pdq": value.hex()})
    assert (back.status_code, message(back)) == (
        REFUSED,
        "This was withdrawn before, and does not come in again. Nothing was added.",
    )
    asked = {"signal_type": "video_md5", "signal": "99" * 16}
    assert gate.call("GET", "/m/lookup", params=asked).json() == {}
    with gate.store() as store:
        assert any(row.act is Act.WITHDRAWN and row.detail == "revoked" for row in store.audit())


@pytest.mark.parametrize("number", ["0", "x", "-1", "1.5", "999999999999", "9" * 40])
def test_what_is_no_content_is_not_found(gate, number):
    if gate.call("GET", "/c/bank/NUMBERS").status_code == NOT_FOUND:
        gate.make("NUMBERS")
    for method in ("GET", "POST", "PUT", "DELETE"):
        answer = gate.call(method, f"/c/bank/NUMBERS/content/{number}", json={"disable_until_ts": 0})
        assert (answer.status_code, bool(message(answer))) == (NOT_FOUND, True)


def test_a_bank_that_is_deleted_is_empty_and_what_was_in_it_may_come_in_again(gate):
    gate.make("GOES", enabled_ratio="0")
    value = code(31)
    gate.put_in("GOES", pdq=value.hex())
    assert gate.call("DELETE", "/c/bank/GOES").json() == {"message": "Done"}
    assert gate.call("GET", "/c/bank/GOES").status_code == NOT_FOUND
    assert "GOES" not in gate.call("GET", "/c/banks").text
    raw = {"signal_type": "pdq", "signal": value.hex()}
    assert gate.call("GET", "/m/raw_lookup", params=raw).json() == {"matches": []}
    gate.make("GOES")
    gate.put_in("GOES", pdq=value.hex())
    assert list(gate.found(value)) == ["GOES"]


def test_a_deleted_bank_is_listed_again_once_something_comes_into_it(gate):
    gate.make("BACK", enabled_ratio="0")
    gate.call("DELETE", "/c/bank/BACK")
    gate.add(code(32), bank="BACK", assurance=Assurance.SELF_REPORTED)
    until(lambda: list(gate.found(code(32))) == ["BACK"], 30)  # and it matches: nothing is off unseen
    assert gate.call("GET", "/c/bank/BACK").json() == {"name": "BACK", "matching_enabled_ratio": 1.0}


# Switches


def test_a_content_that_is_off_matches_nowhere_but_in_the_raw_look_up(gate):
    gate.make("SWITCHED")
    lookup = gate.key(Scope.LOOKUP, banks=("SWITCHED",))
    value = code(40)
    number = gate.put_in("SWITCHED", pdq=value.hex())
    path = f"/c/bank/SWITCHED/content/{number}"
    raw = {"signal_type": "pdq", "signal": value.hex()}

    def level() -> str:
        answer = httpx.post(
            f"{gate.url}/api/v1/lookup", json={"items": [{"pdq": value.hex()}]}, headers=bearer(lookup), trust_env=False
        )
        return str(answer.json()["items"][0]["level"])

    off = gate.call("PUT", path, json={"disable_until_ts": 0})
    assert (off.status_code, off.json()["disable_until_ts"]) == (200, 0)
    assert (gate.verdict(value)["verdict"], gate.found(value), level()) == ("no_match", {}, "no_match")
    assert gate.call("GET", "/m/raw_lookup", params=raw).json() == {"matches": [number]}
    assert gate.call("GET", path).json()["disable_until_ts"] == 0
    assert gate.call("PUT", path, json={"disable_until_ts": "1"}).json()["disable_until_ts"] == 1
    assert (gate.verdict(value)["verdict"], list(gate.found(value)), level()) == ("match", ["SWITCHED"], "match")


def test_a_photo_whose_content_is_off_is_allowed(gate):
    gate.make("PICTURES")
    number = gate.call("POST", "/c/bank/PICTURES/content", files={"photo": copy_of(22)}).json()["id"]
    assert gate.check(gate.both, copy_of(22))["action"] == "hold"
    gate.call("PUT", f"/c/bank/PICTURES/content/{number}", json={"disable_until_ts": 0})
    assert gate.check(gate.both, copy_of(22))["action"] == "allow"
    assert gate.call("POST", "/m/lookup", files={"photo": copy_of(22)}).json() == {"pdq": {}}


def test_a_content_that_is_off_until_a_time_matches_again_after_it(gate):
    gate.make("TIMED")
    value = code(41)
    number = gate.put_in("TIMED", pdq=value.hex())
    ends_at = int(time.time()) + 2
    answer = gate.call("PUT", f"/c/bank/TIMED/content/{number}", json={"disable_until_ts": ends_at})
    assert answer.json()["disable_until_ts"] == ends_at
    assert gate.verdict(value)["verdict"] == "no_match"
    until(lambda: gate.verdict(value)["verdict"] == "match", 10)
    assert time.time() >= ends_at


@pytest.mark.parametrize("wrong", [-1, "soon", True, None, 1.5, [], 10**30, IN_2100])
def test_no_other_time_is_taken(gate, wrong):
    if gate.call("GET", "/c/bank/TIMES").status_code == NOT_FOUND:
        gate.make("TIMES")
    number = gate.put_in("TIMES", pdq=code(42).hex())
    answer = gate.call("PUT", f"/c/bank/TIMES/content/{number}", json={"disable_until_ts": wrong})
    assert (answer.status_code, message(answer)[:21]) == (BAD, "disable_until_ts must")
    assert gate.verdict(code(42))["verdict"] == "match"


def test_a_note_stays_as_it_was_given(gate):
    gate.make("NOTES")
    number = gate.put_in("NOTES", pdq=code(43).hex(), note="one")
    assert gate.call("PUT", f"/c/bank/NOTES/content/{number}", json={"note": "two"}).status_code == REFUSED
    assert gate.call("PUT", f"/c/bank/NOTES/content/{number}", json={}).json()["note"] == "one"


def test_a_bank_acts_on_as_many_uploads_as_its_ratio_says(gate):
    gate.make("RATIO")
    value = code(44)
    gate.put_in("RATIO", pdq=value.hex())
    uploads = [flipped(value, 5, seed=seed) for seed in range(60)]

    def named(**more: str) -> list[bool]:
        asked = {"signal_type": "pdq", **more}
        return [bool(gate.call("GET", "/m/lookup", params=asked | {"signal": one.hex()}).json()) for one in uploads]

    assert gate.call("PUT", "/c/bank/RATIO", json={"enabled_ratio": 0.5}).json()["matching_enabled_ratio"] == 0.5
    half = named()
    assert 10 < sum(half) < 50
    assert named() == half  # the same upload is answered the same
    acted = [gate.verdict(one) for one in uploads]
    assert [one["action"] == "hold" for one in acted] == half
    assert {(one["verdict"], one["would"]) for one in acted} == {("match", "hold")}
    assert all(named(bypass_coinflip="true"))
    gate.call("PUT", "/c/bank/RATIO", json={"enabled": False})
    assert not any(named())
    assert gate.verdict(value)["verdict"] == "no_match"
    gate.call("PUT", "/c/bank/RATIO", json={"enabled": True})
    assert all(named())


def test_switches_and_contents_outlive_the_process(alone):
    alone.make("A")
    alone.make("B")
    first = alone.put_in("A", pdq=code(50).hex(), video_md5="77" * 16)
    alone.put_in("B", pdq=code(51).hex())
    alone.call("PUT", f"/c/bank/A/content/{first}", json={"disable_until_ts": 0})
    alone.call("PUT", "/c/bank/B", json={"enabled_ratio": 0})
    alone.make("C")
    alone.call("DELETE", "/c/bank/C")
    alone.start_again()
    assert alone.found(code(50)) == alone.found(code(51)) == {}
    assert alone.call("GET", "/c/banks").json() == [
        {"name": "A", "matching_enabled_ratio": 1.0},
        {"name": "B", "matching_enabled_ratio": 0.0},
    ]
    alone.call("PUT", f"/c/bank/A/content/{first + 1}", json={"disable_until_ts": 1})
    assert alone.found(code(50)) == {"A": [{"bank_content_id": first, "distance": "0"}]}


@pytest.mark.threat("X10")
def test_what_was_answered_is_there_after_a_crash(alone):
    alone.make("CRASH")
    for number in range(5):
        entry = alone.put_in("CRASH", pdq=code(60 + number).hex())
        alone.start_again()
        assert alone.found(code(60 + number)) == {"CRASH": [{"bank_content_id": entry, "distance": "0"}]}


def test_another_bank_file_has_switches_of_its_own(alone):
    alone.make("A")
    entry = alone.put_in("A", pdq=code(70).hex())
    alone.call("PUT", f"/c/bank/A/content/{entry}", json={"disable_until_ts": 0})
    alone.kill()
    for file in alone.folder.glob("gate.bank*"):
        file.unlink()
    BankFile.new(alone.bank, alone.ring, now=now()).close()
    assert alone.add(code(70), bank="A") == entry  # the same number, of something else
    alone.start_again()
    assert alone.found(code(70)) == {"A": [{"bank_content_id": entry, "distance": "0"}]}


# Who may


@pytest.mark.threat("X9")
def test_a_key_to_check_cannot_curate_and_one_to_curate_cannot_check(gate):
    check, curate = gate.key(Scope.CHECK), gate.key(Scope.CURATE)

    def status(key: str, method: str, path: str, **request: Any) -> int:
        answer = httpx.request(method, f"{gate.url}{path}", headers=bearer(key), trust_env=False, **request)
        return answer.status_code

    assert status(curate, "POST", "/api/v1/check", json={}) == REFUSED
    assert status(curate, "GET", "/m/index/status") == REFUSED
    assert status(check, "GET", "/m/index/status") == httpx.codes.OK
    for method, path in (
        ("GET", "/c/banks"), ("POST", "/c/banks"), ("GET", "/c/bank/A"), ("PUT", "/c/bank/A"), ("DELETE", "/c/bank/A"),
        ("POST", "/c/bank/A/content"), ("POST", "/c/bank/A/signal"), ("GET", "/c/bank/A/content/1"),
        ("PUT", "/c/bank/A/content/1"), ("DELETE", "/c/bank/A/content/1"), ("GET", "/c/exchanges"),
        ("POST", "/c/exchanges"), ("GET", "/c/exchange/A"), ("GET", "/c/exchange/A/status"), ("GET", "/c/signal_type"),
        ("GET", "/c/signal_type/index"), ("PUT", "/c/signal_type/pdq"), ("GET", "/c/content_type"),
    ):  # fmt: skip
        assert status(check, method, path) == REFUSED, path
        assert status(curate, method, path) != httpx.codes.UNAUTHORIZED


# Exchanges


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AGate]:
    one = AGate(tmp_path_factory.mktemp("followed") / "source")
    one.add(hash_of(5))
    one.start()
    yield one
    one.kill()


@pytest.fixture(scope="module")
def follower(tmp_path_factory: pytest.TempPathFactory, source: AGate) -> Iterator[Curated]:
    key = source.key(Scope.FEED, tier="hashes", banks=("NL",))
    settings = (
        f'[[sources]]\nname = "S"\nurl = "{source.url}"\nkey_env = "S_KEY"\nmost_assurance = "seen"\n'
        '[[sources]]\nname = "GONE"\nurl = "http://127.0.0.1:9"\nkey_env = "S_KEY"\n'
    )
    folder = tmp_path_factory.mktemp("follower") / "one"
    one = Curated(folder, settings=settings, environment={"S_KEY": key})
    one.start()
    until(lambda: bool(one.found(hash_of(5))), 30, one.log)
    yield one
    one.kill()


@pytest.mark.threat("F5")
def test_a_followed_bank_is_switched_here_and_left_to_its_source(follower):
    (row,) = follower.found(hash_of(5))["S_NL"]
    path = f"/c/bank/S_NL/content/{row['bank_content_id']}"
    assert {"name": "S_NL", "matching_enabled_ratio": 1.0} in follower.call("GET", "/c/banks").json()
    for method, there, body in (
        ("POST", "/c/bank/S_NL/signal", {"pdq": code(1).hex()}),
        ("POST", "/c/bank/S_NL/content", None),
        ("DELETE", path, None),
        ("DELETE", "/c/bank/S_NL", None),
    ):
        answer = follower.call(method, there, json=body)
        assert (answer.status_code, message(answer)[: len(FOLLOWED)]) == (REFUSED, FOLLOWED)
    shown = follower.call("GET", path)
    assert shown.json()["collab_metadata"] == {"S": []}
    assert follower.call("GET", path, params={"include_signals": "true"}).status_code == REFUSED
    follower.call("PUT", path, json={"disable_until_ts": 0})
    assert follower.found(hash_of(5)) == {}
    follower.call("PUT", path, json={"disable_until_ts": 1})
    assert list(follower.found(hash_of(5))) == ["S_NL"]
    follower.call("PUT", "/c/bank/S_NL", json={"enabled_ratio": 0})
    assert follower.found(hash_of(5)) == {}
    follower.call("PUT", "/c/bank/S_NL", json={"enabled_ratio": 1})
    assert list(follower.found(hash_of(5))) == ["S_NL"]


def test_no_bank_is_made_under_the_name_of_a_source(follower):
    answer = follower.call("POST", "/c/banks", json={"name": "S_BE"})
    assert (answer.status_code, message(answer)) == (
        REFUSED,
        "Names that begin with S_ are for what is followed from there.",
    )


def test_what_is_followed_is_shown_and_set_nowhere_but_in_the_settings(follower):
    assert follower.call("GET", "/c/exchanges").json() == ["S", "GONE"]
    for method in ("GET", "POST"):
        assert follower.call(method, "/c/exchanges/apis").json() == ["haalweg_feed"]
        assert follower.call(method, "/c/exchange/S").json() == {"name": "S", "api": "haalweg_feed", "enabled": True}
        assert follower.call(method, "/c/exchanges/api/haalweg_feed").json() == {
            "supports_authentification": True,
            "has_set_authentification": True,
        }
        assert follower.call(method, "/c/exchanges/api/haalweg_feed/schema").json() == {
            "config_schema": {"fields": []},
            "credentials_schema": None,
        }
    for method, path, body in (
        ("POST", "/c/exchanges", {"bank": "X", "api": "stop_ncii", "api_json": {}}),
        ("POST", "/c/exchanges/api/haalweg_feed", {"credential_json": {"key": "x"}}),
        ("PUT", "/c/exchange/S", {"enabled": False}),
        ("DELETE", "/c/exchange/S", None),
    ):
        answer = follower.call(method, path, json=body)
        assert (answer.status_code, message(answer)) == (
            REFUSED,
            "What this gate follows is set in its settings, under [[sources]] in gate.toml, and not from here.",
        )
    assert follower.call("GET", "/c/exchanges/api/stop_ncii").status_code == BAD
    for path in ("/c/exchange/X", "/c/exchange/X/status"):
        assert follower.call("GET", path).status_code == NOT_FOUND


def test_the_status_of_an_exchange_says_when_it_was_heard(follower):
    began = time.time()
    status = follower.call("GET", "/c/exchange/S/status").json()
    assert abs(status.pop("checkpoint_ts") - began) < 600
    assert abs(status.pop("last_fetch_complete_ts") - began) < 600
    assert status == {
        "running_fetch_start_ts": None,
        "last_fetch_succeeded": True,
        "up_to_date": True,
        "fetched_items": 1,
    }
    until(lambda: follower.call("GET", "/c/exchange/GONE/status").json()["last_fetch_succeeded"] is False, 30)
    assert follower.call("POST", "/c/exchange/GONE/status").json() == {
        "checkpoint_ts": None,
        "running_fetch_start_ts": None,
        "last_fetch_complete_ts": None,
        "last_fetch_succeeded": False,
        "up_to_date": False,
        "fetched_items": 0,
    }


# Types and indexes


def test_the_types_are_listed_and_stay_on(gate):
    for method in ("GET", "POST"):
        assert gate.call(method, "/c/signal_type").json() == [
            {"name": name, "enabled_ratio": 1.0} for name in ("pdq", "video_md5", "video_sha256", "vpdq")
        ]
        assert gate.call(method, "/c/content_type").json() == [
            {"name": name, "enabled": True} for name in ("photo", "video")
        ]
    off = gate.call("PUT", "/c/signal_type/pdq", json={"enabled_ratio": 0})
    assert (off.status_code, message(off)[:31]) == (REFUSED, "Every signal type matches, for ")
    assert gate.call("PUT", "/c/signal_type/tlsh", json={"enabled_ratio": 0}).status_code == BAD


def test_the_index_is_told_as_it_is(alone):
    began = int(time.time())
    alone.make("A")
    empty = {"present": True, "built_to": -1, "size": 0}
    assert alone.call("GET", "/m/index/status").json() == dict.fromkeys(
        ("pdq", "video_md5", "video_sha256", "vpdq"), empty
    )
    alone.put_in("A", pdq=code(80).hex(), video_md5="66" * 16)
    alone.put_in("A", pdq=code(81).hex())
    (pdq,) = alone.call("POST", "/m/index/status", params={"signal_type": "pdq"}).json().values()
    assert (pdq["present"], pdq["size"]) == (True, 2)
    assert began <= pdq["built_to"] <= time.time()
    sizes = alone.call("GET", "/c/signal_type/index").json()
    assert sizes["pdq"] == {
        "db_size": 2,
        "index_size": 2,
        "index_out_of_date": False,
        "newest_db_item": pdq["built_to"],
        "index_built_to": pdq["built_to"],
    }
    assert (sizes["video_md5"]["db_size"], sizes["vpdq"]["db_size"]) == (1, 0)
    for path in ("/m/index/status", "/c/signal_type/index"):
        assert alone.call("GET", path, params={"signal_type": "tlsh"}).status_code == BAD


def test_it_lives_whichever_way_it_is_asked(gate):
    assert httpx.post(f"{gate.url}/status", trust_env=False).text == "I-AM-ALIVE"
