"""The door for the helpline's own web process: what it closes goes into banks and out of them, and is not read back."""

from __future__ import annotations

import base64
import grp
import hmac
import json
import os
import stat
import subprocess
import uuid
from datetime import UTC, datetime, timedelta

import httpx
import pytest

import haalweg
from haalweg.banks import BankKind
from haalweg.banks.feed import Tier
from haalweg.gate.keys import Keys, Scope
from haalweg.gate.settings import SettingsError
from haalweg.gate.sockets import socket_file
from haalweg.gate.state import StateFile
from haalweg.gate.web_door import Signature
from haalweg.keeping.letters import LetterBox
from haalweg.signals import SignalType
from haalweg.web.door import Door, DoorError, Letter
from tests import pictures
from tests.gate.gates import HAALWEG, AGate, bearer, free_port, until

HASH = bytes(haalweg.hash_pixels(pictures.scene(5)).hash)
OTHER = bytes(haalweg.hash_pixels(pictures.scene(6)).hash)
BANKS = ["HELPLINE", "P_VONK"]
EXPIRES = datetime.now(UTC) + timedelta(days=700)


@pytest.fixture(scope="module")
def gate(tmp_path_factory):
    one = AGate(tmp_path_factory.mktemp("door") / "one", settings='web = "web.sock"\n')
    one.start()
    yield one
    one.kill()


@pytest.fixture
def door(gate):
    made = Door(gate.folder / "web.sock")
    yield made
    made.close()


def a_letter(door, value, *, signal_type=SignalType.PDQ, quality=90):
    place = f"signature/{uuid.uuid4()}"
    return Letter(place, door.box().close(place, Signature(signal_type, value, quality).as_json()))


def matches(gate, value):
    (item,) = gate.ask(gate.uploads, json={"items": [{"pdq": value.hex()}]}).json()["items"]
    return [(each["bank"], each["assurance"]) for each in item["matches"]]


def asked(gate, method, path, content=None):
    with httpx.Client(transport=httpx.HTTPTransport(uds=str(gate.folder / "web.sock"))) as client:
        return client.request(method, f"http://door{path}", json=content)


def said(gate, path, letters, **more):
    rows = [{"place": each.place, "letter": base64.b64encode(each.letter).decode()} for each in letters]
    answer = asked(gate, "POST", path, {"letters": rows} | more)
    assert answer.status_code == 200
    content = answer.json()
    content.pop("reached", None)  # of which test_receipts tells
    return content


def admitted(gate, letters, expires_at=EXPIRES):
    more = {"banks": BANKS, "assurance": "spoken", "expires_at": expires_at.isoformat()}
    return said(gate, "/admit", letters, **more)


def test_what_was_said_is_asked_of_signatures_only(gate, door):
    letter = Letter("place/1", door.box().close("place/1", b"https://forum.example"))
    rows = [{"place": letter.place, "letter": base64.b64encode(letter.letter).decode()}]
    assert asked(gate, "POST", "/said", {"letters": rows, "banks": BANKS}).status_code == 400
    assert asked(gate, "POST", "/said", {"letters": [], "banks": BANKS}).status_code == 400


def test_what_is_admitted_matches_when_the_door_answers_and_a_second_time_changes_nothing(gate, door):
    letter = a_letter(door, HASH)
    assert admitted(gate, [letter]) == {"new": 2, "there_already": 0, "withdrawn_before": 0, "unreadable": 0}
    assert sorted(matches(gate, HASH)) == [("HELPLINE", "spoken"), ("P_VONK", "spoken")]
    assert admitted(gate, [letter])["there_already"] == 2


def test_what_matches_very_many_is_told_by_marks_that_only_who_asks_can_read(gate, door):
    value = bytes(haalweg.hash_pixels(pictures.scene(61)).hash)
    admitted(gate, [a_letter(door, value)])
    (item,) = gate.ask(gate.uploads, json={"items": [{"pdq": value.hex()}]}).json()["items"]
    key = gate.key(Scope.FEEDBACK, name="PLATFORM")
    before = door.doubted({"pdq": b"a key"})
    said = {"id": str(uuid.uuid4()), "entry": item["matches"][0]["entry"], "opinion": "matches_many"}
    httpx.post(f"{gate.url}/api/v1/feedback", json=said, headers=bearer(key), trust_env=False)
    (doubted,) = door.doubted({"pdq": b"a key"})
    assert (before, doubted.mark) == ([], hmac.digest(b"a key", value, "sha256"))
    assert value.hex() not in asked(gate, "POST", "/doubted", {"mark_keys": {"pdq": "00"}}).text
    assert door.doubted({"sha256": b"a key"}) == []


def test_a_follower_gets_what_its_valid_key_gives_and_may_still_have_what_an_older_one_gave(gate, door):
    gate.key(Scope.FEED, name="P_BERG", tier="hashes_and_traces", banks=("P_BERG",))
    with StateFile.open(gate.folder / "gate.state") as state:
        Keys(state).end("P_BERG", now=datetime.now(UTC))
    gate.key(Scope.FEED, name="P_BERG", tier="hashes", banks=("P_BERG",))
    until(lambda: any(each.name == "P_BERG" and each.follows for each in door.followers()), 5)
    (follower,) = [each for each in door.followers() if each.name == "P_BERG"]
    assert (follower.follows, follower.tier) == (True, Tier.HASHES)
    assert follower.signal_types == frozenset(Tier.HASHES_AND_TRACES.signal_types)


def test_what_is_released_matches_no_more_and_may_come_again(gate, door):
    letter = a_letter(door, HASH)
    admitted(gate, [letter])
    admitted(gate, [letter], EXPIRES + timedelta(days=1))  # longer than before: both stand
    assert said(gate, "/release", [letter], banks=["P_VONK", "P_OTHER"])["gone"] == 2
    assert {bank for bank, _ in matches(gate, HASH)} == {"HELPLINE"}
    assert said(gate, "/release", [letter], banks=BANKS)["gone"] == 2
    assert matches(gate, HASH) == []
    assert said(gate, "/release", [letter], banks=BANKS)["gone"] == 0
    assert admitted(gate, [letter])["new"] == 2


def test_what_is_withdrawn_never_comes_again(gate, door):
    letter = a_letter(door, OTHER)
    admitted(gate, [letter])
    assert door.withdraw([letter], reason="under_18").unreadable == 0
    assert matches(gate, OTHER) == []
    again = [a_letter(door, OTHER)]
    assert admitted(gate, again) == {"new": 0, "there_already": 0, "withdrawn_before": 2, "unreadable": 0}
    assert door.admit(again, banks=BANKS, assurance="spoken", expires_at=None).withdrawn_before == 2


def test_what_cannot_be_read_holds_up_no_other(gate, door):
    third = bytes(haalweg.hash_pixels(pictures.scene(7)).hash)
    box = door.box()
    bad = [
        Letter("signature/1", box.close("signature/1", plain))
        for plain in (
            b"",
            b"{}",
            b'{"signal_type":"pdq","value":"AA==","quality":101}',
            b'{"signal_type":"x"}',
            b"\xff",
        )
    ]
    bad += [Letter("signature/2", bad[0].letter), Letter("signature/1", b"short")]
    letters = [*bad, a_letter(door, third)]
    assert admitted(gate, letters) == {"new": 2, "there_already": 0, "withdrawn_before": 0, "unreadable": len(bad)}
    assert said(gate, "/release", letters, banks=BANKS) == {"gone": 2, "unreadable": len(bad)}
    assert said(gate, "/withdraw", bad, reason="asked") == {"gone": 0, "unreadable": len(bad)}
    assert '"event": "letters_do_not_open"' in gate.log()


@pytest.mark.threat("K10")
def test_signatures_are_never_read_back_and_other_letters_are_logged(gate, door):
    box = door.box()
    letters = [Letter("place/1", box.close("place/1", b"forum.example/draad"))]
    assert door.read_back(letters, who=7, why="case") == ["forum.example/draad"]
    logged = [json.loads(line) for line in gate.log().splitlines() if "letters_opened" in line]
    assert (logged[-1]["count"], logged[-1]["who"], logged[-1]["why"]) == (1, 7, "case")
    assert "draad" not in gate.log()
    with pytest.raises(DoorError, match="status 403"):
        door.read_back([a_letter(door, HASH)], who=7, why="case")
    with pytest.raises(DoorError, match="status 400"):
        door.read_back(letters, who=7, why="curious")


def test_the_door_says_what_a_negative_bank_knows_and_nothing_of_what_is_on_a_list(gate, door):
    widely, listed, digest = (
        a_letter(door, bytes(haalweg.hash_pixels(pictures.scene(seed)).hash)) for seed in (61, 62, 63)
    )
    gate.add(bytes(haalweg.hash_pixels(pictures.scene(61)).hash), bank="SCREENS", kind=BankKind.NEGATIVE)
    admitted(gate, [listed])
    letters = [listed, widely, Letter(digest.place, b"damaged"), a_letter(door, b"\1" * 16, signal_type=SignalType.MD5)]
    until(lambda: door.known_as_harmless(letters) == [False, True, False, False], 10)
    assert door.known_as_harmless([]) == []


@pytest.mark.threat("K10")
def test_more_letters_than_a_desk_needs_are_not_read_back(tmp_path):
    one = AGate(tmp_path / "one", settings='web = "web.sock"\n')
    try:
        one.start()
        door = Door(one.folder / "web.sock")
        letter = Letter("place/1", door.box().close("place/1", b"x"))
        for _ in range(2):
            assert len(door.read_back([letter] * 1500, who=0, why="own_page")) == 1500
        with pytest.raises(DoorError, match="status 429"):
            door.read_back([letter], who=0, why="own_page")
        assert door.read_back([letter], who=7, why="case") == ["x"]  # the desk can
        door.close()
        assert "too_many_letters_opened" in one.log()
    finally:
        one.kill()


def test_the_socket_is_for_this_user_only_and_goes_with_the_gate(tmp_path):
    one = AGate(tmp_path / "one", settings='web = "web.sock"\n')
    try:
        one.start()
        socket = one.folder / "web.sock"
        assert stat.S_IMODE(socket.stat().st_mode) == 0o600
        one.kill()
        assert socket.exists()  # left behind
        one.start()
        door = Door(socket)
        assert door.box().key_id
        door.close()
        assert one.stop() == 0
        assert not socket.exists()
    finally:
        one.kill()


def test_a_second_gate_leaves_the_socket_of_the_first_alone(tmp_path):
    one = AGate(tmp_path / "one", settings='web = "web.sock"\n')
    try:
        one.start()
        other = one.folder / "other.toml"
        other.write_text(one.config.read_text().replace(str(one.port), str(free_port())))
        second = subprocess.run(
            [HAALWEG, "gate", "run", "--config", other],
            env=one.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 2
        assert "other.toml: web: another program listens at unix:" in second.stderr
        door = Door(one.folder / "web.sock")
        assert door.box().key_id
        door.close()
    finally:
        one.kill()


@pytest.mark.parametrize(
    ("path", "content", "status"),
    [
        ("/admit", {}, 400),
        ("/admit", {"letters": []}, 400),
        ("/admit", {"letters": [{"place": "signature/1", "letter": "?"}]}, 400),
        ("/admit", {"letters": [{"place": "place/1", "letter": "AAAA"}], "banks": ["X"], "assurance": "seen"}, 400),
        ("/admit", {"letters": [{"place": "signature/\u00e9", "letter": "AAAA"}], "banks": ["X"]}, 400),
        ("/admit", {"letters": [{"place": ["signature/1"], "letter": "AAAA"}], "banks": ["X"]}, 400),
        ("/open", {"letters": [{"place": "place/1", "letter": "AAAA"}], "why": [], "who": 1}, 400),
        ("/open", {"letters": [{"place": "place/1", "letter": "AAAA"}], "why": "case", "who": True}, 400),
        ("/doubted", {}, 400),
        ("/doubted", {"mark_keys": {"pdq": "signature/1"}}, 400),
        ("/doubted", {"mark_keys": {"jpeg": "00"}}, 400),
        ("/elsewhere", {}, 404),
    ],
)
def test_what_makes_no_sense_is_refused_and_says_nothing_of_what_came(gate, path, content, status):
    answer = asked(gate, "POST", path, content)
    assert answer.status_code == status
    assert "/1" not in answer.text


def test_what_the_box_says_is_a_public_key(gate):
    said = asked(gate, "GET", "/box").json()
    assert LetterBox(said["key_id"], bytes.fromhex(said["public_key"])).key_id == said["key_id"]


def test_without_the_setting_there_is_no_such_door(tmp_path):
    one = AGate(tmp_path / "one")
    try:
        one.start()
        assert not (one.folder / "web.sock").exists()
    finally:
        one.kill()


def test_the_socket_is_for_its_user_alone_or_for_a_group_too(tmp_path):
    ours = grp.getgrgid(os.getegid()).gr_name
    for group, mode in ((None, 0o600), (ours, 0o660)):
        with socket_file(tmp_path / "web.sock", group=group) as listens:
            status = (tmp_path / "web.sock").stat()
            assert (status.st_mode & 0o777, status.st_gid) == (mode, os.getegid())
            listens.close()
    said = "web_group: there is no group nobody-has-this on this machine"
    with pytest.raises(SettingsError, match=said), socket_file(tmp_path / "web.sock", group="nobody-has-this"):
        pass
    assert not (tmp_path / "web.sock").exists()
