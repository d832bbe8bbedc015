"""A gate as those who ask it meet it: a real process, asked over HTTP."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import socket
import subprocess
import time
from contextlib import ExitStack
from datetime import UTC, datetime

import httpx
import pytest
from PIL import Image, ImageOps

import haalweg
from haalweg.adapters.bank_file import BankFile
from haalweg.banks import BankKind, NewEntries
from haalweg.gate.keys import Scope
from haalweg.gate.looking import MOST_VIDEO_FRAMES
from haalweg.signals import SignalType, VideoFrame
from haalweg.signals.video import packed
from tests import pictures
from tests.adapters.media import videos_in_files
from tests.gate.gates import AGate, bearer, until

STATEMENT = """
[statement]
platform = "Forum De Brink"
ground.nl = "huisregel 4."
ground.en = "house rule 4."
redress.nl = "mail ons."
redress.en = "mail us."
"""
OFTEN = "[policy]\nmost_uploaders = 0\n"  # each check is of one who was not here before
SOON_S = 20.0


def jpeg(image, quality=70):
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality)
    return stream.getvalue()


PHOTO = Image.fromarray(pictures.scene(5))
COPY = jpeg(ImageOps.mirror(PHOTO))
OTHER = jpeg(Image.fromarray(pictures.scene(6)))
HASH = bytes(haalweg.hash_pixels(pictures.scene(5)).hash)


@pytest.fixture(scope="module")
def gate(tmp_path_factory):
    one = AGate(tmp_path_factory.mktemp("gates") / "one", settings=f"{OFTEN}{STATEMENT}")
    one.start()
    one.entry = one.add(HASH)
    until(lambda: one.check(one.uploads, COPY)["verdict"] == "match", SOON_S)
    yield one
    one.kill()


def test_a_mirrored_and_re_encoded_copy_is_blocked(gate):
    answer = gate.check(gate.uploads, COPY)
    assert (answer["verdict"], answer["action"], answer["decided_by"]) == ("match", "block", "NL")
    (match,) = answer["matches"]
    assert (match["entry"], match["orientation"], match["assurance"]) == (gate.entry, "flip_y", "seen")
    assert answer["statement"]["en"].startswith("What you tried to post on Forum De Brink was not posted.")


def test_another_picture_passes(gate):
    assert gate.check(gate.uploads, OTHER)["action"] == "allow"


def test_several_files_of_a_form_are_answered_in_order(gate):
    files = [("a", ("x", OTHER)), ("b", ("y", COPY)), ("b", ("z", b"no picture"))]
    items = gate.ask(gate.uploads, files=files).json()["items"]
    assert [item["verdict"] for item in items] == ["no_match", "match", "unreadable"]
    assert items[2]["reason"].startswith("not a picture we read")


def test_signatures_alone_are_answered_too(gate):
    flat = {"pdq": HASH.hex(), "quality": 10}
    items = [{"pdq": HASH.hex(), "quality": 100}, flat, {"pdq": "00" * 32}, {"sha256": "ab" * 32}]
    answered = gate.ask(gate.uploads, json={"items": items}).json()["items"]
    assert [item["verdict"] for item in answered] == ["match", "too_flat", "no_match", "no_match"]
    assert answered[0]["matches"][0]["distance_bits"] == 0


def test_a_file_of_a_list_that_is_reported_by_law_is_known_though_it_cannot_be_decoded(gate):
    data = b"no picture that we read"
    digest = hashlib.sha256(data).digest()
    with BankFile.open(gate.bank, gate.ring) as store:
        hotline = store.make_bank("HOTLINE", now=datetime.now(UTC), kind=BankKind.REPORT_BY_LAW)
        store.add(NewEntries(hotline.id, SignalType.SHA256, [digest]), now=datetime.now(UTC))
    until(lambda: gate.check(gate.uploads, data)["verdict"] == "report_by_law", SOON_S)
    answer = gate.check(gate.uploads, data)
    assert (answer["action"], answer["silent"], answer["statement"]) == ("block", True, None)
    (item,) = gate.ask(gate.uploads, json={"items": [{"sha256": digest.hex()}]}).json()["items"]
    assert item == answer


def test_the_signatures_of_a_videos_frames_are_answered_as_the_video_is(gate):
    data = videos_in_files.made()
    frames = videos_in_files.slowly_hashed(data)
    with BankFile.open(gate.bank, gate.ring) as store:
        bank = store.make_bank("CLIPS", now=datetime.now(UTC))
        values = [packed([VideoFrame(hashed.hash, hashed.quality, at) for at, hashed in frames])]
        store.add(NewEntries(bank.id, SignalType.VPDQ, values), now=datetime.now(UTC))
        picture = NewEntries(bank.id, SignalType.PDQ, [bytes(frames[2][1].hash)], [100])
        store.add(picture, now=datetime.now(UTC))

    def rows(item):
        return [
            {
                name: match[name]
                for name in ("bank", "entry", "signal_type", "orientation", "frame", "frame_s", "action")
            }
            for match in item["matches"]
        ]

    until(lambda: len(gate.check(gate.uploads, data)["matches"]) == 2, SOON_S)
    uploaded = gate.check(gate.uploads, data)
    vpdq = [{"hash": one.hash.hex, "quality": one.quality, "timestamp": at} for at, one in frames]
    as_text = [f"{one.hash.hex},{one.quality},{at}" for at, one in frames]
    other = {"pdq": "00" * 32}
    items = gate.ask(gate.uploads, json={"items": [{"vpdq": vpdq}, other, {"vpdq": as_text}]}).json()["items"]
    assert [rows(item) for item in items] == [rows(uploaded), [], rows(uploaded)]
    assert [item["verdict"] for item in items] == ["match", "no_match", "match"]
    flat = [{"hash": "00" * 32, "quality": 3, "timestamp": 0}]
    assert gate.ask(gate.uploads, json={"items": [{"vpdq": flat}]}).json()["items"][0]["verdict"] == "too_flat"


def test_a_request_holds_no_more_frames_than_an_uploaded_video_may_have(gate):
    frames = [{"hash": "00" * 32, "quality": 100, "timestamp": at} for at in range(MOST_VIDEO_FRAMES // 2)]
    assert gate.ask(gate.uploads, json={"items": [{"vpdq": frames}] * 2}).status_code == httpx.codes.OK
    answer = gate.ask(gate.uploads, json={"items": [{"vpdq": frames}, {"vpdq": frames}, {"vpdq": frames[:1]}]})
    assert (answer.status_code, answer.json()["detail"]) == (
        413, "7,201 frames of videos; at most 7,200 are looked up at once."
    )  # fmt: skip


@pytest.mark.threat("X2")
def test_a_look_up_takes_no_video_of_which_each_frame_would_be_a_question(gate):
    items = {"items": [{"vpdq": [{"hash": HASH.hex(), "quality": 100, "timestamp": 0}]}]}
    answer = httpx.post(
        f"{gate.url}/api/v1/lookup", json=items, headers=bearer(gate.key(Scope.LOOKUP)), trust_env=False
    )
    assert answer.status_code == httpx.codes.BAD_REQUEST


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "The body is no JSON."),
        (b"[]", "The body is JSON, and no object."),
        (b"{}", '"items" and nothing else is expected, a list of 1 to 1,000.'),
        (json.dumps({"items": [{}] * 1001}).encode(), '"items" and nothing else is expected, a list of 1 to 1,000.'),
        (b'{"items": [{"pdq": "ABC"}]}', "Item 1: a PDQ hash is 64 lower-case hexadecimal characters."),
        (b'{"items": [{"pdq": []}]}', "Item 1: pdq is one hash, or the eight of all orientations."),
        (b'{"items": [{"sha256": "x"}]}', "Item 1: a digest of 64 lower-case hexadecimal characters is expected."),
        (b'{"items": [{"pdq": "' + b"0" * 64 + b'", "quality": 101}]}', "Item 1: a quality is a whole number"),
        (b'{"items": [{"vpdq": []}]}', "Item 1: vpdq: A vPDQ signature without a frame."),
        (b'{"items": [{"vpdq": [{}]}]}', "Item 1: vpdq: Frame 0: no object of hash, quality and timestamp."),
        (b'{"items": [{"vpdq": "x"}]}', "Item 1: vpdq: JSON, but no list of frames as vPDQ is written."),
        (
            b'{"items": [{"vpdq": [], "pdq": "x"}]}',
            "Item 1: of a video an object with vpdq, and with sha256 or md5, is",
        ),
        (b'{"items": [{"uri": "x"}]}', "Item 1: an object with pdq and quality, with sha256, or with md5 is expected."),
        (b'{"items": [{"url": "x"}]}', "Item 1: this gate fetches nothing. Send the file, or its signatures."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_signatures_that_make_no_sense_are_refused_with_a_sentence(gate, content, said):
    answer = gate.ask(gate.uploads, content=content, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["detail"].startswith(said)


def test_a_form_that_is_cut_short_is_refused(gate):
    whole = b'--B\r\ncontent-disposition: form-data; name="a"; filename="x"\r\n\r\n' + COPY + b"\r\n--B--\r\n"
    form = {"content-type": "multipart/form-data; boundary=B"}
    assert gate.ask(gate.uploads, content=whole, headers=form).status_code == httpx.codes.OK
    for cut in (whole[:-9], whole[:40], b"--C--\r\n"):
        assert gate.ask(gate.uploads, content=cut, headers=form).status_code == httpx.codes.BAD_REQUEST
    long = {"content-type": f"multipart/form-data; boundary={'B' * 300}"}
    assert gate.ask(gate.uploads, content=whole, headers=long).status_code == httpx.codes.BAD_REQUEST


def test_an_upload_of_nothing_is_unreadable_alone_and_in_a_form(gate):
    alone = gate.ask(gate.uploads, content=b"", headers={"content-type": "application/octet-stream"}).json()["items"]
    assert (alone[0]["verdict"], alone[0]["action"]) == ("unreadable", "hold")
    assert gate.ask(gate.uploads, files={"file": ("x.jpg", b"")}).json()["items"] == alone
    assert gate.ask(gate.uploads).status_code == httpx.codes.BAD_REQUEST  # which is none


def test_what_watches_may_ask_for_heads_alone(gate):
    for path in ("/status/live", "/status/ready", "/status"):
        answer = httpx.head(f"{gate.url}{path}", trust_env=False)
        assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.threat("G2")
def test_who_does_not_send_the_head_of_a_request_in_time_is_hung_up_on(gate):
    with socket.create_connection(("127.0.0.1", gate.port), timeout=30) as slow, httpx.Client(trust_env=False) as good:
        slow.sendall(b"POST /api/v1/check HTTP/1.1\r\nhost: x\r\n")
        assert good.get(f"{gate.url}/status/live").status_code == httpx.codes.OK
        assert slow.recv(100) == b""
        assert good.get(f"{gate.url}/status/live").status_code == httpx.codes.OK
    with socket.create_connection(("127.0.0.1", gate.port), timeout=30) as again:
        again.sendall(b"GET /status/live HTTP/1.1\r\nhost: x\r\n\r\nGET /status/live HTTP/1.1\r\n")
        said = bytearray()
        while chunk := again.recv(1000):
            said += chunk
        assert said.count(b"HTTP/1.1 200 OK") == 1


@pytest.mark.threat("X1")
@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer hwk_", f"Bearer hwk_{'A' * 43}", "Bearer ü", "Basic eDp4"])
def test_without_a_key_nothing_is_answered(gate, sent):
    headers = [(b"authorization", sent.encode("latin-1"))] if sent else []
    answer = httpx.post(f"{gate.url}/api/v1/check", headers=headers, content=COPY, trust_env=False)
    assert answer.status_code == httpx.codes.UNAUTHORIZED
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.threat("X9")
def test_every_key_opens_what_it_is_for_and_nothing_else(gate):
    routes = {
        Scope.CHECK: ("POST", "/api/v1/check"),
        Scope.LOOKUP: ("POST", "/api/v1/lookup"),
        Scope.FEED: ("GET", "/api/v1/feed"),
        Scope.CURATE: ("POST", "/c/banks"),
        Scope.STATUS: ("GET", "/api/v1/status"),
    }
    for scope in Scope:
        key = gate.key(scope)
        for needed, (method, path) in routes.items():
            answer = httpx.request(method, gate.url + path, headers=bearer(key), content=b"x", trust_env=False)
            assert (answer.status_code == httpx.codes.FORBIDDEN) is (scope is not needed)


def test_a_key_may_come_in_the_path_for_those_who_can_send_no_header(gate):
    answer = httpx.post(f"{gate.url}/t/{gate.uploads}/api/v1/check", content=COPY, trust_env=False)
    assert answer.json()["items"][0]["verdict"] == "match"


@pytest.mark.parametrize("path", ["/", "/api/v1/", "/api/v1/check/", "/t/", "/docs"])
def test_there_are_no_other_routes(gate, path):
    assert httpx.get(gate.url + path, trust_env=False).status_code == httpx.codes.NOT_FOUND


@pytest.mark.threat("G4")
def test_nothing_that_was_sent_is_in_the_log(gate):
    httpx.get(f"{gate.url}/t/{gate.uploads}/api/v1/feed?cursor=9.9", trust_env=False)
    gate.ask(gate.uploads, json={"items": [{"pdq": HASH.hex()}]})
    log = gate.log()
    assert HASH.hex() not in log
    assert gate.uploads not in log
    assert "/api/" not in log


def test_what_is_withdrawn_passes_again(gate):
    entry = gate.add(bytes(haalweg.hash_pixels(pictures.scene(7)).hash))
    picture = jpeg(Image.fromarray(pictures.scene(7)))
    until(lambda: gate.check(gate.uploads, picture)["action"] == "block", SOON_S)
    gate.withdraw(entry)
    until(lambda: gate.check(gate.uploads, picture)["action"] == "allow", SOON_S)


def test_a_changed_policy_is_taken_over_and_a_bad_one_is_not(gate):
    watch = gate.key(Scope.STATUS)

    def trouble():
        return httpx.get(f"{gate.url}/api/v1/status", headers=bearer(watch), trust_env=False).json()["policy_trouble"]

    gate.write_settings(f"{OFTEN}dry_run = true\n{STATEMENT}")
    until(lambda: gate.check(gate.uploads, COPY)["action"] == "allow", SOON_S)
    gate.write_settings('[policy]\nlead = "block"\n' + STATEMENT)
    until(lambda: trouble() is not None, SOON_S)
    assert "A person has to look" in trouble()
    assert gate.check(gate.uploads, COPY)["would"] == "block"
    gate.write_settings(f"{OFTEN}{STATEMENT}")
    until(lambda: gate.check(gate.uploads, COPY)["action"] == "block", SOON_S)
    assert trouble() is None


@pytest.mark.threat("G3")
def test_a_large_upload_is_checked_and_nothing_of_it_is_written_anywhere(tmp_path, mounted):
    nowhere = mounted("ro,size=4k")
    one = AGate(tmp_path / "one", settings="[limits]\nupload_mb = 25\n", environment={"TMPDIR": str(nowhere)})
    key = one.key(Scope.CHECK)
    large = COPY + os.urandom(20_000_000)  # what follows a JPEG's end is not looked at

    def sizes():
        return {path.name: path.stat().st_size for path in one.folder.iterdir()}

    one.start()
    try:
        before = sizes()
        one.add(HASH)
        until(lambda: one.check(key, large)["verdict"] == "match", SOON_S)
        grown = {name for name, size in sizes().items() if size > before.get(name, 0)}
        assert grown <= {"gate.bank", "gate.bank-wal", "gate.bank-shm"}
        assert grown
        before = sizes()
        assert one.check(key, large)["verdict"] == "match"
        assert sizes() == before
        assert one.ask(key, content=bytes(25_000_001)).status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE
    finally:
        one.kill()


@pytest.mark.threat("G7")
def test_a_gate_that_is_full_says_when_to_come_again_and_what_to_do_meanwhile(tmp_path):
    one = AGate(
        tmp_path / "one",
        settings='[limits]\nupload_mb = 1\nmemory_mb = 2\n[policy.failures]\noverloaded = "block"\n',
    )
    one.start()
    try:
        with socket.create_connection(("127.0.0.1", one.port)) as slow:
            slow.sendall(head_of(one.uploads, 1_000_000) + bytes(999_999))
            time.sleep(1)  # asked before all of that has come, we would have the room, and the slow one none
            until(lambda: one.ask(one.uploads, content=COPY).status_code == httpx.codes.SERVICE_UNAVAILABLE, SOON_S)
            answer = one.ask(one.uploads, content=COPY)
            assert (answer.headers["retry-after"], answer.json()["action"]) == ("2", "block")
            counted = httpx.get(f"{one.url}/metrics", headers=bearer(one.key(Scope.STATUS)), trust_env=False).text
            (overloaded,) = re.findall(r'haalweg_failures_total\{failure="overloaded"\} (\d+)', counted)
            assert int(overloaded) >= 2
            assert 'haalweg_failures_total{failure="stale_feed"} 0.0' in counted
            assert one.ask(one.key(Scope.CHECK), content=COPY).status_code == httpx.codes.OK
        until(lambda: one.ask(one.uploads, content=COPY).status_code == httpx.codes.OK, SOON_S)
    finally:
        one.kill()


def head_of(key, length):
    head = f"POST /api/v1/check HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\ncontent-length: {length}\r\n\r\n"
    return head.encode()


@pytest.mark.threat("G7")
def test_who_announces_much_and_sends_little_keeps_nobody_out_and_is_ended(gate):
    mine, others = gate.key(Scope.CHECK), gate.key(Scope.CHECK, name="another platform")
    with ExitStack() as open_ones:
        slow = [open_ones.enter_context(socket.create_connection(("127.0.0.1", gate.port))) for _ in range(20)]
        for each in slow:
            each.sendall(head_of(mine, 100_000_000))
        assert gate.check(others, OTHER)["verdict"] == "no_match"
        assert gate.check(mine, OTHER)["verdict"] == "no_match"
        for each in slow:
            each.settimeout(SOON_S)  # of a body that may take a minute
            assert each.recv(100).startswith(b"HTTP/1.1 408 ")


def test_it_ends_when_it_is_asked_to_and_starts_again_where_it_was(tmp_path):
    one = AGate(tmp_path / "one")
    key = one.key(Scope.CHECK)
    one.start()
    one.add(HASH)
    until(lambda: one.check(key, COPY)["verdict"] == "match", SOON_S)
    assert one.stop() == 0
    one.start()
    assert one.check(key, COPY)["verdict"] == "match"
    one.kill()
    one.start()
    assert one.check(key, COPY)["verdict"] == "match"
    one.kill()


def test_curl_is_enough(gate):
    (gate.folder / "copy.jpg").write_bytes(COPY)
    command = ["curl", "-sS", "-H", f"Authorization: Bearer {gate.uploads}", "-F", f"file=@{gate.folder / 'copy.jpg'}"]
    done = subprocess.run([*command, f"{gate.url}/api/v1/check"], capture_output=True, check=True)
    assert json.loads(done.stdout)["items"][0]["action"] == "block"
