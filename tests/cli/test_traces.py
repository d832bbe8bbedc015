"""Traces at the command line: made, kept, brought in and taken back; never shown."""

from __future__ import annotations

import base64
import json
import os
import re
import stat
import subprocess
import time
from datetime import UTC, datetime

import numpy as np
import pytest
from PIL import Image

from haalweg.adapters.bank_file import BankFile
from haalweg.keeping import KeyRing
from haalweg.signals import Box, SignalType, Trace, TraceKind, trace_pixels
from tests.banks.building import traces
from tests.cli.test_bank import ADDRESSES, HAALWEG, Desk
from tests.pictures import flat, photo, scene

TOO_LITTLE = (
    "The photo holds too little to recognise a picture by that was made from it: fewer than 40 places with detail are "
    "left. Take a larger photo, or one with more around the person."
)
KEPT = "400 places of it are kept; no face was found in it"


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.run("new", "case.bank")
    for number in (1, 2, 3):
        Image.fromarray(scene(number)).save(tmp_path / f"photo{number}.png")
    Image.fromarray(flat(300, 300)).save(tmp_path / "wall.png")
    return desk


def add(desk, *arguments):
    return desk.run("add", "case.bank", *arguments, "--bank", "HELPLINE", "--adults")


def tracing(desk, *arguments):
    done = subprocess.run(
        [HAALWEG, "trace", *arguments], capture_output=True, check=False, env=desk.environment, cwd=desk.folder
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def held(desk):
    """What the bank holds: each signal type and value, in order."""
    with BankFile.open(desk.bank, KeyRing.read(desk.keys), read_only=True) as store:
        return [(entry.signal_type, entry.value) for entry in store.entries(now=datetime.now(UTC))]


# Adding


def test_of_a_source_photo_the_trace_is_kept_and_nothing_else(desk):
    code, out, err = add(desk, "photo1.png", "--trace")
    assert (code, out) == (0, "photo1.png  trace  entry 1\n")
    assert err == f"There was no bank HELPLINE: it is made.\nphoto1.png: {KEPT}\n1 new.\n"
    assert held(desk) == [(SignalType.TRACE, bytes(trace_pixels(scene(1))))]
    assert add(desk, "photo1.png", "--trace")[1] == "photo1.png  trace  there already\n"


def test_of_a_fake_its_hash_and_its_trace_are_kept(desk):
    code, out, _ = add(desk, "photo1.png", "--trace", "--fake")
    assert (code, out) == (0, "photo1.png  pdq  entry 1\nphoto1.png  trace  entry 2\n")
    (_, value) = held(desk)[1]
    assert Trace.from_bytes(value).kind is TraceKind.FAKE


def test_a_photo_with_too_little_in_it_says_so_and_keeps_no_other_out(desk):
    code, out, err = add(desk, "photo1.png", "wall.png", "missing.png", "photo2.png", "--trace")
    assert code == 2
    assert out == "photo1.png  trace  entry 1\nphoto2.png  trace  entry 2\n"
    assert f"wall.png: {TOO_LITTLE}\n" in err
    assert "missing.png: there is no such file.\n" in err
    assert len(held(desk)) == 2


def test_what_is_to_be_left_out_is_left_out(desk):
    code, _, err = add(desk, "photo1.png", "--trace", "--leave-out", "0,0,240,360", "--leave-out", "240,0,300,90")
    assert code == 0
    boxes = (Box(0, 0, 240, 360), Box(240, 0, 300, 90))
    assert held(desk) == [(SignalType.TRACE, bytes(trace_pixels(scene(1), leave_out=boxes)))]
    assert "; no face was found in it; the 2 boxes you gave are left out\n" in err
    code, out, err = add(desk, "photo1.png", "--trace", "--leave-out", "0,0,480,360")
    assert (code, out) == (2, "")
    assert TOO_LITTLE in err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["photo1.png", "photo2.png", "--trace", "--leave-out", "1,2,3,4"], "--leave-out is about one photo"),
        (["photo1.png", "--trace", "--leave-out", "1,2,3"], "--leave-out takes four numbers of pixels"),
        (["photo1.png", "--trace", "--leave-out", "9,2,3,4"], "--leave-out takes four numbers of pixels"),
        (["photo1.png", "--trace", "--leave-out", "a,b,c,d"], "--leave-out takes four numbers of pixels"),
        (["photo1.png", "--fake"], "--fake and --leave-out are about a trace: give --trace too."),
        (["photo1.png", "--trace", "--signal", "pdq"], "Of a source photo only the trace is kept"),
        (["photo1.png", "--trace", "--inner"], "Of a source photo only the trace is kept"),
        (["photo1.png", "--signal", "trace"], "To add the trace of a photo give --trace, without --signal."),
    ],
)
def test_what_does_not_go_together_is_said_before_anything_is_opened(desk, arguments, sentence):
    code, out, err = add(desk, *arguments)
    assert (code, out) == (2, "")
    assert sentence in err
    assert held(desk) == []


@pytest.mark.parametrize("answer", ["n", "?"])
def test_without_a_sure_answer_about_the_photo_nothing_is_opened(desk, answer):
    os.mkfifo(desk.folder / "fifo.jpg")
    code, shown = desk.at_terminal("add", "case.bank", "fifo.jpg", "--bank", "B", "--trace", answers=answer)
    assert code == 2
    assert "Nothing was opened, hashed or kept." in shown
    assert all(address in shown for address in ADDRESSES)


def test_about_a_source_photo_one_question_is_asked(desk):
    code, shown = desk.at_terminal("add", "case.bank", "photo1.png", "--bank", "B", "--trace", answers="y")
    assert code == 0
    assert shown.startswith("A question about the people in the photos. Nothing is opened before it is answered.\n")
    assert "photo1.png  trace  entry 1" in shown
    code, shown = desk.at_terminal("add", "case.bank", "photo2.png", "--bank", "B", "--trace", "--fake", answers="yy")
    assert (code, len(held(desk))) == (0, 3)
    assert "2. If they are fakes: was everyone 18 or older in the ordinary photos" in shown


def test_without_a_terminal_the_answer_has_to_stand_in_the_command(desk):
    sentence = (
        "A question about age comes first, and there is no terminal to ask it at. Nothing was opened. If everyone in "
        "each photo was 18 or older when it was taken, say so with --adults.\n"
    )
    assert desk.run("add", "case.bank", "nothing.here", "--bank", "B", "--trace") == (2, "", sentence)
    assert tracing(desk, "nothing.here") == (2, "", sentence)


def test_a_face_that_was_found_is_left_out_and_said(desk):
    Image.fromarray(photo("astronaut")).save(desk.folder / "face.png")
    code, _, err = add(desk, "face.png", "--trace")
    assert code == 0
    assert re.search(r"face\.png: 400 places of it are kept; \d+ areas that may be faces are left out\n", err)
    row = json.loads(tracing(desk, "face.png", "--adults", "--json", "--leave-out", "0,0,9,9")[1])
    assert [0, 0, 9, 9] in row["left_out"]
    assert any(left < 224 < right and top < 115 < bottom for left, top, right, bottom in row["left_out"]), "the face"


def test_of_a_photo_in_a_frame_the_photo_is_traced_and_said(desk):
    page = Image.new("RGB", (900, 1400), (245, 245, 245))
    page.paste(Image.fromarray(scene(1)).resize((900, 675)), (0, 300))
    page.save(desk.folder / "page.png")
    code, _, err = add(desk, "page.png", "--trace")
    assert code == 0
    assert "; all from the photo framed in it, 0,300,900,975; " in err


# Files


def test_a_trace_is_a_file_beside_its_photo_for_its_owner_only(desk):
    code, out, err = tracing(desk, "photo1.png", "--adults")
    assert (code, err) == (0, "")
    assert out == f"photo1.png  photo1.png.trace  {KEPT}, 7,648 bytes\n"
    place = desk.folder / "photo1.png.trace"
    assert place.read_bytes() == bytes(trace_pixels(scene(1)))
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_a_trace_that_is_there_is_replaced_only_by_force(desk):
    (desk.folder / "photo1.png.trace").write_bytes(b"another")
    sentence = "photo1.png.trace: there is a file of this name already. --force replaces it.\n"
    assert tracing(desk, "photo1.png", "--adults") == (2, "", sentence)
    assert (desk.folder / "photo1.png.trace").read_bytes() == b"another"
    assert tracing(desk, "photo1.png", "--adults", "--force")[0] == 0
    assert (desk.folder / "photo1.png.trace").read_bytes() == bytes(trace_pixels(scene(1)))


def test_traces_go_to_a_folder_and_two_photos_never_to_one_file(desk):
    (desk.folder / "traces").mkdir()
    (desk.folder / "more").mkdir()
    Image.fromarray(scene(4)).save(desk.folder / "more/photo1.png")
    code, _, err = tracing(desk, "photo1.png", "more/photo1.png", "--out", "traces", "--adults", "--force")
    assert (code, err) == (2, "traces/photo1.png.trace: two of the photos would have their trace there.\n")
    assert tracing(desk, "photo1.png", "photo2.png", "--out", "traces", "--adults")[0] == 0
    assert sorted(place.name for place in (desk.folder / "traces").iterdir()) == [
        "photo1.png.trace",
        "photo2.png.trace",
    ]
    assert tracing(desk, "photo1.png", "--out", "nowhere", "--adults")[2] == "nowhere: there is no such folder.\n"


def test_what_gives_no_trace_is_said_and_the_others_are_made(desk):
    code, out, err = tracing(desk, "wall.png", "photo1.png", "missing.png", "--adults")
    assert code == 2
    assert out.startswith("photo1.png  photo1.png.trace  ")
    assert err == f"wall.png: {TOO_LITTLE}\nmissing.png: there is no such file.\n"
    assert not (desk.folder / "wall.png.trace").exists()


def test_as_json_it_says_what_there_is_and_never_what_is_in_it(desk):
    _, out, _ = tracing(desk, "photo1.png", "wall.png", "--fake", "--json", "--adults")
    first, second = map(json.loads, out.splitlines())
    assert first == {
        "path": "photo1.png",
        "out": "photo1.png.trace",
        "kind": "fake",
        "places": 400,
        "bytes": 7648,
        "framed": None,
        "left_out": [],
    }
    assert second == {"path": "wall.png", "error": f"wall.png: {TOO_LITTLE}"}


# Importing


def import_(desk, *arguments):
    return desk.run("import", "case.bank", "--traces", *arguments, "--bank", "PARTNER", "--adults")


def write_traces(folder, count):
    folder.mkdir()
    for number, value in enumerate(traces(count)):
        (folder / f"{number:06}.trace").write_bytes(value)
    return folder


def test_files_and_folders_of_traces_come_in_once(desk):
    write_traces(desk.folder / "traces", 3)
    tracing(desk, "photo1.png", "--adults")
    code, _, err = import_(desk, "traces", "photo1.png.trace")
    assert (code, err) == (0, "There was no bank PARTNER: it is made.\n4 new.\n")
    assert [value for _, value in held(desk)] == [*traces(3), bytes(trace_pixels(scene(1)))]
    assert import_(desk, "traces", "photo1.png.trace")[2] == "0 new, 4 there already.\n"
    assert desk.run("check", "case.bank")[0] == 0


def test_a_file_that_is_no_trace_stops_it_after_those_before_it_or_is_left_out(desk):
    folder = write_traces(desk.folder / "traces", 4)
    (folder / "000002.trace").write_bytes(b"HWTR and nothing")
    code, _, err = import_(desk, "traces")
    assert code == 2
    assert err.endswith(
        "2 new.\ntraces/000002.trace: no trace that this haalweg reads. Make it again with `haalweg trace`.\n"
        "What comes before it is in the bank. Without it, import them again, nothing comes in twice; or leave such "
        "files out with --skip-bad.\n"
    )
    code, _, err = import_(desk, "traces", "--skip-bad")
    assert code == 0
    assert err.startswith("1 new, 2 there already, 1 file that is no trace, left out.\ntraces/000002.trace: no trace")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("missing.trace", "missing.trace: no such file or directory."),
        ("photo1.png", "photo1.png: no trace that this haalweg reads."),
        ("empty", "empty: no file in it is named *.trace."),
    ],
)
def test_what_is_no_trace_is_said_to_be_none(desk, name, sentence):
    (desk.folder / "empty").mkdir()
    code, _, err = import_(desk, name)
    assert code == 2
    assert sentence in err


def test_a_list_is_no_trace_and_a_trace_no_list(desk):
    tracing(desk, "photo1.png", "--adults")
    code, _, err = desk.run("import", "case.bank", "photo1.png.trace", "--bank", "P", "--adults")
    assert code == 2
    assert err == (
        "photo1.png.trace: Traces stand in no list: they come as files of their own, with `haalweg bank import FILE "
        "--traces`.\n"
    )
    assert "One list at a time" in desk.run("import", "case.bank", "a", "b", "--bank", "P", "--adults")[2]
    assert "leave --signal and --format out" in import_(desk, "a", "--signal", "pdq")[2]


@pytest.mark.threat("K9")
def test_an_import_of_traces_that_was_killed_goes_on(desk):
    folder = write_traces(desk.folder / "traces", 4000)
    command = ["import", "case.bank", "--traces", str(folder), "--bank", "P", "--adults"]
    process = subprocess.Popen(
        [HAALWEG, "bank", *command], stderr=subprocess.DEVNULL, env=desk.environment, cwd=desk.folder
    )
    deadline = time.monotonic() + 60
    while not desk.live() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert desk.live() > 0
    assert desk.run("check", "case.bank")[0] == 0
    assert desk.run(*command)[0] == 0
    assert desk.live() == 4000
    assert desk.run("check", "case.bank")[0] == 0


# Looking, exporting, taking back


def test_a_trace_is_listed_with_what_it_was_made_of(desk):
    add(desk, "photo1.png", "--trace")
    add(desk, "photo2.png", "--trace", "--fake")
    listed = desk.run("list", "case.bank")[1].splitlines()
    assert "  HELPLINE  trace   of a source photo  " in listed[0]
    assert "  HELPLINE  trace   of a fake  " in listed[2]
    rows = [json.loads(row) for row in desk.run("list", "case.bank", "--json")[1].splitlines()]
    assert [row["trace_kind"] for row in rows] == ["source", None, "fake"]
    assert "  trace                2\n" in desk.run("stats", "case.bank")[1]


def test_an_export_leaves_traces_out_and_says_so(desk):
    add(desk, "photo1.png", "--trace")
    sentence = "case.bank: only traces, and traces stand in no list.\n"
    assert desk.run("export", "case.bank", "out.csv") == (2, "", sentence)
    assert desk.run("export", "case.bank", "out.txt", "--signal", "trace") == (2, "", sentence)
    add(desk, "photo2.png", "--trace", "--fake")
    code, _, err = desk.run("export", "case.bank", "out.txt", "--format", "text")
    assert code == 0
    assert err.endswith("2 traces are not in it: traces stand in no list.\n")
    assert len((desk.folder / "out.txt").read_text().splitlines()) == 1


def test_who_withdraws_by_the_photo_withdraws_every_trace_of_it(desk):
    add(desk, "photo1.png", "--trace")
    add(desk, "photo1.png", "--trace", "--leave-out", "0,0,240,360")
    add(desk, "photo2.png", "--trace")
    assert desk.run("withdraw", "case.bank", "--value-of", "photo1.png")[1] == "photo1.png: 2 entries withdrawn.\n"
    assert held(desk) == [(SignalType.TRACE, bytes(trace_pixels(scene(2))))]
    code, out, _ = add(desk, "photo1.png", "--trace")
    assert (code, out) == (2, "photo1.png  trace  withdrawn before, and refused\n")


def test_the_trace_of_a_near_copy_is_named(desk):
    add(desk, "photo1.png", "--trace")
    Image.fromarray(scene(1)).save(desk.folder / "copy.jpg", quality=60)
    _, out, err = desk.run("withdraw", "case.bank", "--value-of", "copy.jpg")
    assert out == "copy.jpg: no entry had its signatures. They cannot be added from now on.\n"
    assert "Entry 1 of bank HELPLINE lies " in err


@pytest.mark.threat("K1")
@pytest.mark.threat("K4")
def test_no_command_prints_a_code_or_leaves_one_in_clear(desk):
    trace = bytes(trace_pixels(scene(1)))
    planted = [trace[16:40], trace[48:72], trace[3000:3024]]
    forms = [form for value in planted for form in (value, value.hex().encode(), base64.b64encode(value)[:28])]
    said = ""
    for command in (
        ["add", "case.bank", "photo1.png", "--bank", "B", "--adults", "--trace"],
        ["list", "case.bank", "--json"],
        ["stats", "case.bank", "--json"],
        ["check", "case.bank"],
        ["withdraw", "case.bank", "1"],
    ):
        code, out, err = desk.run(*command)
        assert code == 0
        said += out + err
        for file in (path for path in desk.folder.rglob("*") if path.is_file()):
            assert not [form for form in forms if form in file.read_bytes()], file.name
    said += "".join(map(str, tracing(desk, "photo1.png", "--adults", "--json")))
    assert not [form for form in forms if form in said.encode(errors="surrogateescape")]
    assert np.frombuffer(trace[16:48], np.uint8).any(), "there is something to find"
