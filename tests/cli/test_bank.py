"""`haalweg bank` as its users meet it: what is printed, what is asked first, and what is never left behind."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import pty
import re
import select
import signal
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

import haalweg
from haalweg.adapters.bank_file import BankFile
from haalweg.keeping import KeyRing
from tests.banks.building import codes, new_entries
from tests.pictures import flat, photo

HAALWEG = Path(sys.executable).with_name("haalweg")
ADDRESSES = ("020-261 52 75", "takeitdown.ncmec.org", "meldpunt-kinderporno.nl", "0900-8844")


class Desk:
    """A folder with keys and pictures, and the command."""

    def __init__(self, folder: Path, *command: str) -> None:
        self.folder = folder
        self.command = command or ("bank",)
        self.bank = folder / "case.bank"
        self.keys = folder / "keys"
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        KeyRing.make(datetime.now(UTC)).write_new(self.keys)
        self.environment = os.environ | {
            "HAALWEG_KEY_FILE": str(self.keys),
            "HAALWEG_LANGUAGE": "en",
            "TMPDIR": str(self.temporary),
        }

    def run(self, *arguments: object, stdin: bytes = b"") -> tuple[int, str, str]:
        done = subprocess.run(
            [HAALWEG, *self.command, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            check=False,
            env=self.environment,
            cwd=self.folder,
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def at_terminal(self, *arguments: object, answers: str) -> tuple[int, str]:
        """Run it at a terminal, typing the answers one by one as it asks."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.execve(HAALWEG, [str(HAALWEG), *self.command, *map(str, arguments)], self.environment)  # noqa: S606 - as a user would
        shown, waiting = "", list(answers)
        while True:
            ready, _, _ = select.select([terminal], [], [], 30)
            try:
                piece = os.read(terminal, 65536) if ready else b""
            except OSError:  # how Linux says that the other end is closed
                piece = b""
            if not piece:
                break
            shown += piece.decode()
            if waiting and shown.endswith(": "):
                os.write(terminal, waiting.pop(0).encode() + b"\n")
        _, status = os.waitpid(pid, 0)
        os.close(terminal)
        return os.waitstatus_to_exitcode(status), shown.replace("\r\n", "\n")

    def picture(self, name: str) -> Path:
        place = self.folder / f"{name}.png"
        Image.fromarray(flat(300, 300) if name == "wall" else photo(name)).save(place)
        return place

    def live(self) -> int:
        with BankFile.open(self.bank, KeyRing.read(self.keys), read_only=True) as store:
            return sum(count.live for count in store.counts(now=datetime.now(UTC)))


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture
def filled(desk):
    """A bank that holds coffee.png and rocket.png, as `bank add` would have added them."""
    now = datetime.now(UTC)
    with BankFile.new(desk.bank, KeyRing.read(desk.keys), now=now) as store:
        bank = store.make_bank("HELPLINE", now=now)
        for name in ("coffee", "rocket"):
            desk.picture(name)
        hashed = [haalweg.hash_pixels(photo(name)) for name in ("coffee", "rocket")]
        values, qualities = [bytes(each.hash) for each in hashed], [each.quality for each in hashed]
        store.add(new_entries(bank, values, qualities=qualities), now=now)
    return desk


def write_list(place, values):
    place.write_text("".join(f"{value.tobytes().hex()}\n" for value in values))
    return place


# The age gate


@pytest.mark.parametrize("answers", ["n", "?", "yn", "y?"])
def test_without_two_sure_answers_nothing_is_opened_and_help_is_named(desk, answers):
    desk.run("new", "case.bank")
    unopened = desk.folder / "fifo.jpg"
    os.mkfifo(unopened)
    before = desk.bank.read_bytes()
    code, shown = desk.at_terminal("add", "case.bank", unopened, "--bank", "HELPLINE", answers=answers)
    assert code == 2
    assert "Nothing was opened, hashed or kept." in shown
    assert all(address in shown for address in ADDRESSES)
    assert "Praat met iemand." in shown
    assert "Talk to someone." in shown
    assert desk.bank.read_bytes() == before


@pytest.mark.parametrize("answers", ["yy", "y-", "xyjq-"])
def test_two_sure_answers_let_it_in(desk, answers):
    desk.run("new", "case.bank")
    code, shown = desk.at_terminal("add", "case.bank", desk.picture("coffee"), "--bank", "HELPLINE", answers=answers)
    assert code == 0
    assert "coffee.png  pdq  entry 1" in shown


def test_a_list_is_asked_about_too(desk):
    desk.run("new", "case.bank")
    hashes = write_list(desk.folder / "hashes.txt", codes(3))
    code, shown = desk.at_terminal("import", "case.bank", hashes, "--bank", "X", "--signal", "pdq", answers="y?")
    assert (code, desk.live()) == (2, 0)
    assert "Two questions about every picture of this list." in shown


@pytest.mark.parametrize("command", ["add", "import"])
def test_without_a_terminal_the_answer_has_to_stand_in_the_command(desk, command):
    desk.run("new", "case.bank")
    code, out, err = desk.run(command, "case.bank", "nothing.here", "--bank", "HELPLINE")
    assert (code, out) == (2, "")
    assert err == (
        "Two questions about age come first, and there is no terminal to ask them at. Nothing was opened. If everyone "
        "was 18 or older, in each picture and in the photo it was made from, say so with --adults.\n"
    )


# Making


def test_a_new_file_is_sealed_and_says_under_which_key(desk):
    code, _, err = desk.run("new", "case.bank")
    assert code == 0
    assert err == f"case.bank is made, sealed under key {KeyRing.read(desk.keys).active.id}.\n"
    assert stat.S_IMODE(desk.bank.stat().st_mode) == 0o600


def test_a_plain_file_says_that_it_is_plain_and_needs_no_key(desk):
    desk.keys.unlink()
    code, _, err = desk.run("new", "public.bank", "--plain", "--bank", "LIST")
    assert code == 0
    assert "It is not sealed: whoever reads it reads its signatures." in err
    code, out, _ = desk.run("stats", "public.bank")
    assert code == 0
    assert "Not sealed: whoever reads the file reads its signatures." in out


def test_without_a_key_file_no_sealed_file_is_made(desk):
    desk.keys.unlink()
    code, _, err = desk.run("new", "case.bank")
    assert code == 2
    assert "haalweg keys new" in err
    assert not desk.bank.exists()


def test_a_bank_is_made_in_a_file_that_is_there(desk):
    desk.run("new", "case.bank")
    code, _, err = desk.run("new", "case.bank", "--bank", "SCREENS", "--negative", "--threshold", "20")
    assert (code, err) == (0, "Bank SCREENS is made.\n")
    assert desk.run("stats", "case.bank")[1].startswith(
        "SCREENS  what is near an entry is never a match; up to 20 bits may differ; made "
    )


def test_a_file_that_is_there_is_not_made_again(desk):
    desk.run("new", "case.bank")
    assert desk.run("new", "case.bank") == (
        2,
        "",
        "case.bank: there is a file of this name already. To make a bank in it, give --bank NAME.\n",
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--bank", "a b"], "A bank's name has 1 to 255 letters"),
        (["--bank", "A", "--threshold", "32"], "A threshold of 32 bits: it lies between 0 and 31."),
    ],
)
def test_what_no_bank_can_be_is_refused(desk, options, sentence):
    desk.run("new", "case.bank")
    code, _, err = desk.run("new", "case.bank", *options)
    assert code == 2
    assert err.startswith(sentence)


# Adding


def test_each_file_is_said_to_be_new_or_there_or_flat_or_unreadable(filled):
    code, out, err = filled.run(
        "add",
        "case.bank",
        *("coffee.png", filled.picture("chelsea"), filled.picture("wall"), "missing.jpg"),
        *("--bank", "HELPLINE", "--adults"),
    )
    assert code == 2
    assert out.splitlines() == ["coffee.png  pdq  there already", f"{filled.folder}/chelsea.png  pdq  entry 3"]
    assert f"{filled.folder}/wall.png: too little detail (quality 0, 50 are needed): its PDQ hash is not added" in err
    assert "missing.jpg: there is no such file." in err
    assert err.endswith("1 new, 1 there already.\n")


def test_the_digest_of_a_flat_picture_can_be_kept(filled):
    wall = filled.picture("wall")
    code, out, _ = filled.run(
        "add", "case.bank", wall, "--bank", "HELPLINE", "--adults", "--signal", "pdq", "--signal", "sha256"
    )
    assert (code, out) == (0, f"{wall}  sha256  entry 3\n")


def test_a_framed_picture_is_named_and_added_when_asked_for(filled):
    screen = filled.folder / "screen.png"
    canvas = Image.new("RGB", (900, 1600), (245, 245, 245))
    canvas.paste(Image.fromarray(photo("astronaut")), (190, 500))
    canvas.save(screen)
    _, out, err = filled.run("add", "case.bank", screen, "--bank", "HELPLINE", "--adults")
    assert "screen.png  pdq  entry 3" in out
    assert re.search(r"there is a framed picture in it, \d+ x \d+ at \d+, \d+: --inner adds that too", err)
    _, out, _ = filled.run("add", "case.bank", screen, "--bank", "HELPLINE", "--adults", "--inner")
    assert "screen.png  pdq  there already\n" in out
    assert "screen.png  pdq  entry 4\n" in out


def test_a_bank_that_is_not_there_is_made_and_said_so(filled):
    code, _, err = filled.run("add", "case.bank", "coffee.png", "--bank", "OTHER", "--adults")
    assert code == 0
    assert "There was no bank OTHER: it is made." in err


def test_no_bank_is_made_for_nothing(filled):
    (filled.folder / "page.html").write_bytes(b"<html>\n")
    assert filled.run("add", "case.bank", "missing.jpg", "--bank", "A", "--adults")[0] == 2
    assert filled.run("import", "case.bank", "page.html", "--bank", "B", "--adults")[0] == 2
    assert filled.run("add", "case.bank", "coffee.png", "--bank", "a b", "--adults")[0] == 2
    with BankFile.open(filled.bank, KeyRing.read(filled.keys), read_only=True) as store:
        assert [bank.name for bank in store.banks()] == ["HELPLINE"]


def test_a_video_is_kept_as_one_entry_and_withdrawn_by_itself(filled):
    clip = filled.folder / "clip.mp4"
    with av.open(clip, "w") as out:
        stream = out.add_stream("mpeg4", rate=2)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for name in ("coffee", "chelsea", "rocket"):
            rgb = np.asarray(Image.fromarray(photo(name)).resize((320, 240)))
            for _ in range(2):
                out.mux(stream.encode(av.VideoFrame.from_ndarray(rgb, format="rgb24")))
        out.mux(stream.encode())
    code, out, _ = filled.run("add", "case.bank", "clip.mp4", "--bank", "HELPLINE", "--adults")
    assert (code, out) == (0, "clip.mp4  vpdq  entry 3\n")
    assert filled.run("export", "case.bank", "clips.json", "--format", "json", "--signal", "vpdq")[0] == 0
    assert len(json.loads((filled.folder / "clips.json").read_text())) == 3
    assert filled.run("withdraw", "case.bank", "--value-of", "clip.mp4")[1] == "clip.mp4: 1 entry withdrawn.\n"
    _, _, err = filled.run("import", "case.bank", "clips.json", "--bank", "HELPLINE", "--adults")
    assert "0 new, 1 withdrawn before, and refused." in err
    assert filled.live() == 2


def test_what_is_said_of_entries_is_shown_and_never_their_signatures(filled):
    filled.run(
        "add",
        "case.bank",
        filled.picture("astronaut"),
        *("--bank", "HELPLINE", "--adults", "--note", "report \x1b[31m17", "--source", "desk"),
        *("--assurance", "spoken", "--expires", "2999-01-01"),
    )
    _, out, _ = filled.run("list", "case.bank")
    line = out.splitlines()[2]
    for words in ("3  HELPLINE  pdq", "quality 100", "spoken", "until 2999-01-01", "from desk", "(report \\x1b[31m17)"):
        assert words in line
    rows = [json.loads(row) for row in filled.run("list", "case.bank", "--json")[1].splitlines()]
    assert [row["entry"] for row in rows] == [1, 2, 3]
    assert rows[2]["note"] == "report \x1b[31m17"
    value = haalweg.hash_pixels(photo("astronaut")).hash.hex
    assert value not in out + json.dumps(rows)


def test_an_expiry_in_the_past_is_refused_before_anything_is_asked(filled):
    code, _, err = filled.run("add", "case.bank", "coffee.png", "--bank", "HELPLINE", "--expires", "2020-01-01")
    assert code == 2
    assert "--expires lies in the past." in err


# Importing and exporting


def test_a_list_comes_in_once(filled):
    hashes = write_list(filled.folder / "hashes.txt", codes(5000))
    command = ("import", "case.bank", hashes, "--bank", "PARTNER", "--signal", "pdq", "--adults")
    code, _, err = filled.run(*command)
    assert code == 0
    assert "5,000 new." in err
    assert filled.run(*command)[2].startswith("0 new, 5,000 there already.\n")
    assert filled.live() == 5002


def test_a_list_from_standard_input(filled):
    text = "".join(f"pdq {code.tobytes().hex()}\n" for code in codes(3)).encode()
    code, _, err = filled.run("import", "case.bank", "-", "--bank", "PARTNER", "--adults", stdin=text)
    assert code == 0
    assert "3 new." in err


def test_a_bad_line_stops_the_import_and_is_named(filled):
    hashes = filled.folder / "hashes.csv"
    rows = [f"{code.tobytes().hex()},100" for code in codes(12)]
    rows[10] = f"{codes(1, width=16)[0].tobytes().hex()},100"
    hashes.write_text("value,quality\n" + "\n".join(rows))
    command = ("import", "case.bank", "hashes.csv", "--bank", "PARTNER", "--signal", "pdq", "--adults")
    code, _, err = filled.run(*command)
    assert code == 2
    assert (
        "hashes.csv line 12: 32 characters where pdq has 64 hexadecimal ones. 32 is the length of an MD5. If all of "
        "the list is MD5: import it with --signal md5.\n"
        "What stands before line 12 is in the bank."
    ) in err
    assert filled.live() == 2 + 10
    code, _, err = filled.run(*command, "--skip-bad")
    assert code == 0
    assert "1 new, 10 there already, 1 line without a signature, left out." in err
    assert filled.live() == 2 + 11


def test_of_many_bad_lines_twenty_are_named(filled):
    hashes = filled.folder / "hashes.txt"
    hashes.write_text("".join(f"{code.tobytes().hex()}\nbad\n" for code in codes(100)))
    command = ("import", "case.bank", hashes, "--bank", "PARTNER", "--signal", "pdq", "--adults")
    assert filled.run(*command)[2].count("3 characters where pdq") == 20
    _, _, err = filled.run(*command, "--skip-bad")
    assert err.count("3 characters where pdq") == 20
    assert "... and 80 more." in err
    assert filled.live() == 102


def test_flat_and_odd_values_are_said_to_be_so(filled):
    hashes = filled.folder / "hashes.csv"
    zeros, ones = "0" * 64, "f" * 64
    hashes.write_text(f"value,quality\n{zeros},49\n{ones},50\n")
    _, _, err = filled.run("import", "case.bank", hashes, "--bank", "P", "--signal", "pdq", "--adults")
    assert "1 new, 1 with too little detail, left out." in err
    assert "2 of 2 PDQ hashes have not exactly half of their bits set" in err


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("nothing.txt", None, "nothing.txt: no such file or directory."),
        ("page.html", b"<html>\n", "page.html: The first value has 6 characters: PDQ and SHA-256 have 64"),
    ],
)
def test_what_is_no_list_is_said_to_be_none(filled, name, content, sentence):
    if content is not None:
        (filled.folder / name).write_bytes(content)
    code, _, err = filled.run("import", "case.bank", name, "--bank", "HELPLINE", "--adults")
    assert code == 2
    assert sentence in err
    assert "Traceback" not in err


def test_ctrl_c_keeps_what_was_imported_and_says_how_to_go_on(filled):
    hashes = write_list(filled.folder / "hashes.txt", codes(200_000))
    command = [str(HAALWEG), "bank", "import", "case.bank", "-", "--bank", "P", "--signal", "pdq", "--adults"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=filled.environment, cwd=filled.folder
    )
    assert process.stdin is not None
    process.stdin.write(hashes.read_bytes())  # and no end
    process.stdin.flush()
    deadline = time.monotonic() + 60
    while filled.live() < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"To go on, give the same command again: nothing comes in twice." in err
    assert 2 < filled.live() < 200_002
    assert filled.run("import", "case.bank", hashes, "--bank", "P", "--signal", "pdq", "--adults")[0] == 0
    assert filled.live() == 200_002
    assert filled.run("check", "case.bank")[0] == 0


@pytest.mark.threat("K9")
def test_an_import_that_was_killed_goes_on(filled):
    hashes = write_list(filled.folder / "hashes.txt", codes(300_000))
    command = ["import", "case.bank", str(hashes), "--bank", "P", "--signal", "pdq", "--adults"]
    process = subprocess.Popen(
        [HAALWEG, "bank", *command], stderr=subprocess.DEVNULL, env=filled.environment, cwd=filled.folder
    )
    deadline = time.monotonic() + 60
    while filled.live() < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert filled.run("check", "case.bank")[0] == 0
    assert filled.run(*command)[0] == 0
    assert filled.live() == 300_002
    assert filled.run("check", "case.bank")[0] == 0


def test_what_is_exported_comes_in_again_with_all_that_was_said_of_it(filled):
    terms = ("--bank", "HELPLINE", "--adults", "--note", "17", "--expires", "2999-01-01")
    filled.run("add", "case.bank", filled.picture("astronaut"), *terms)
    code, _, err = filled.run("export", "case.bank", "out.csv")
    assert code == 0
    assert err == (
        "3 entries are in out.csv, in clear: whoever reads it reads the signatures. Delete it once it was used.\n"
    )
    assert stat.S_IMODE((filled.folder / "out.csv").stat().st_mode) == 0o600
    filled.run("new", "second.bank")
    filled.run("import", "second.bank", "out.csv", "--bank", "COPY", "--adults")
    rows = [json.loads(row) for row in filled.run("list", "second.bank", "--json")[1].splitlines()]
    assert sorted((row["note"], row["expires_at"]) for row in rows if row["note"]) == [
        ("17", "2999-01-01T00:00:00+00:00")
    ]
    assert len(rows) == 3


def test_an_export_replaces_nothing_and_stands_in_the_log(filled):
    filled.run("export", "case.bank", "out.csv", "--bank", "HELPLINE")
    assert filled.run("export", "case.bank", "out.csv") == (2, "", "out.csv: there is a file of this name already.\n")
    with BankFile.open(filled.bank, KeyRing.read(filled.keys)) as store:
        assert [(row.act.value, row.count) for row in store.audit() if row.act.value == "exported"] == [("exported", 2)]


def test_an_export_that_cannot_be_written_leaves_nothing(filled):
    code, _, err = filled.run("export", "case.bank", "/dev/full/out.csv")
    assert code == 2
    assert "Traceback" not in err


# Withdrawing


def test_a_withdrawn_entry_is_gone_and_does_not_come_back(filled):
    assert filled.run("withdraw", "case.bank", "1") == (0, "1 entry withdrawn.\n", "")
    assert filled.run("withdraw", "case.bank", "1") == (
        0,
        "Withdrawn before: there was nothing left to destroy.\n",
        "",
    )
    code, out, err = filled.run("add", "case.bank", "coffee.png", "--bank", "HELPLINE", "--adults")
    assert (code, out) == (2, "coffee.png  pdq  withdrawn before, and refused\n")
    assert err.endswith("0 new, 1 withdrawn before, and refused.\n")
    rows = [json.loads(row) for row in filled.run("list", "case.bank", "--withdrawn", "--json")[1].splitlines()]
    assert [(row["entry"], row["withdrawn_at"] is None) for row in rows] == [(2, True), (1, False)]


def test_at_a_terminal_a_withdrawal_is_asked_about(filled):
    code, shown = filled.at_terminal("withdraw", "case.bank", "1", answers="n")
    assert (code, filled.live()) == (2, 2)
    assert "Destroy the value of 1 entry, in every bank of case.bank? It can never come back. y/n: " in shown
    code, shown = filled.at_terminal("withdraw", "case.bank", "1", answers="y")
    assert (code, filled.live()) == (0, 1)


def test_a_picture_is_withdrawn_by_itself_and_its_near_copies_are_named(filled):
    copy = filled.folder / "copy.jpg"
    small = Image.fromarray(photo("coffee")).resize((300, 200))
    small.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(copy, quality=60)
    code, out, err = filled.run("withdraw", "case.bank", "--value-of", "copy.jpg")
    assert code == 0
    assert out == "copy.jpg: no entry had its signatures. They cannot be added from now on.\n"
    assert re.search(r"Entry 1 of bank HELPLINE lies \d+ bits away and stays\.", err)
    assert filled.run("withdraw", "case.bank", "--value-of", "coffee.png")[1] == "coffee.png: 1 entry withdrawn.\n"


def test_values_are_withdrawn_from_standard_input_only(filled):
    value = haalweg.hash_pixels(photo("coffee")).hash.hex
    code, _, err = filled.run("withdraw", "case.bank", "--value", value, "--signal", "pdq")
    assert code == 2
    assert "Values are read from standard input only" in err
    assert value not in err
    code, out, _ = filled.run("withdraw", "case.bank", "--value", "-", "--signal", "pdq", stdin=value.encode())
    assert (code, out) == (0, "1 entry withdrawn.\n")


def test_one_bad_value_withdraws_none(filled):
    values = f"{haalweg.hash_pixels(photo('coffee')).hash.hex}\nx\n".encode()
    code, _, err = filled.run("withdraw", "case.bank", "--value", "-", "--signal", "pdq", stdin=values)
    assert (code, filled.live()) == (2, 2)
    assert "standard input line 2: 1 characters where pdq has 64 hexadecimal ones. Nothing was withdrawn." in err


@pytest.mark.parametrize("arguments", [[], ["1", "--value", "-"]])
def test_one_way_of_withdrawing_is_given(filled, arguments):
    code, _, err = filled.run("withdraw", "case.bank", *arguments)
    assert code == 2
    assert "Give one of the three" in err


# Checking


def test_a_check_gives_the_witness_for_the_next_one(filled):
    code, out, _ = filled.run("check", "case.bank")
    assert code == 0
    assert out.startswith("case.bank is whole: 2 entries opened, 3 rows of the log fit together.\n")
    witness = out.split()[-1]
    filled.run("withdraw", "case.bank", "1")
    assert filled.run("check", "case.bank", "--witness", witness)[0] == 0
    code, _, err = filled.run("check", "case.bank", "--witness", "2:" + "0" * 64)
    assert code == 2
    assert "it was written anew" in err
    assert "Do not go on with this file" in err


def test_a_damaged_file_does_not_pass(filled):
    data = bytearray(filled.bank.read_bytes())
    with BankFile.open(filled.bank, KeyRing.read(filled.keys)) as store:
        (cell,) = store._connection.execute("SELECT payload FROM block LIMIT 1").fetchone()
    data[data.index(cell) + 40] ^= 1
    filled.bank.write_bytes(data)
    code, _, err = filled.run("check", "case.bank")
    assert code == 2
    assert "the seal is broken" in err


@pytest.mark.parametrize("command", ["list", "stats", "check"])
def test_a_wrong_key_is_said_at_once(filled, command):
    filled.keys.unlink()
    KeyRing.make(datetime.now(UTC)).write_new(filled.keys)
    code, out, err = filled.run(command, "case.bank")
    assert (code, out) == (2, "")
    assert "sealed under key" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("command", ["new", "add", "import", "export", "list", "withdraw", "stats", "check"])
def test_every_command_shows_examples(desk, command):
    code, out, _ = desk.run(command, "--help")
    assert code == 0
    assert "Examples:" in out


# What is never left behind


def forms_of(value):
    """A value as it could lie on a disk: raw, in hexadecimal, in base64 wherever it begins."""
    yield value
    yield value.hex().encode()
    yield value.hex().upper().encode()
    for lead in range(3):
        yield base64.b64encode(bytes(lead) + value)[4:-4]


@pytest.mark.threat("K1")
@pytest.mark.threat("K5")
def test_no_command_leaves_a_signature_or_a_word_in_clear(desk):
    picture = desk.picture("coffee")
    planted = [bytes(haalweg.hash_pixels(photo("coffee")).hash), hashlib.sha256(picture.read_bytes()).digest()]
    listed = codes(70_000)
    planted += [value.tobytes() for value in listed[::10_000]]
    forms = [form for value in planted for form in forms_of(value)] + [b"sunflower"]
    outside = desk.folder / "outside"
    outside.mkdir()
    hashes = write_list(outside / "hashes.txt", listed)
    data = desk.folder / "data"
    data.mkdir()
    bank = data / "case.bank"
    desk.temporary.chmod(0o500)

    def nothing_is_left():
        for place in (data, desk.temporary, Path("/dev/shm")):  # noqa: S108 - looked through, not written
            for file in place.rglob("*"):
                if not file.is_file() or not os.access(file, os.R_OK):
                    continue
                content = file.read_bytes()
                assert not [form for form in forms if form in content], file.name
        assert list(desk.temporary.iterdir()) == []

    signals = ("--signal", "pdq", "--signal", "sha256")
    terms = ("--bank", "B", "--adults", "--note", "sunflower", "--source", "sunflower")
    for command in (
        ["new", bank, "--bank", "A"],
        ["add", bank, picture, *terms, *signals],
        ["add", bank, picture, *terms, *signals],
        ["import", bank, hashes, *terms, "--signal", "pdq"],
        ["import", bank, hashes, *terms, "--signal", "pdq"],
        ["list", bank],
        ["stats", bank],
        ["check", bank],
        ["export", bank, outside / "out.csv"],
        ["withdraw", bank, "1", "7000"],
        ["withdraw", bank, "--value-of", picture],
        ["check", bank],
    ):
        code, _, err = desk.run(*command)
        assert code == 0, err
        nothing_is_left()
    process = subprocess.Popen(
        [HAALWEG, "bank", "import", bank, hashes, "--bank", "C", "--signal", "pdq", "--adults"],
        stderr=subprocess.DEVNULL,
        env=desk.environment,
    )
    time.sleep(0.8)
    process.kill()
    process.wait()
    nothing_is_left()


@pytest.mark.parametrize("text", ["", "# nothing but a remark\n"])
def test_a_list_without_a_signature_is_said(filled, text):
    (filled.folder / "empty.txt").write_text(text)
    code, _, err = filled.run("import", "case.bank", "empty.txt", "--bank", "LIST", "--signal", "pdq", "--adults")
    assert (code, err) == (0, "0 new.\nempty.txt holds no signature. Look whether it came whole.\n")


# The withdrawal journal


@pytest.mark.threat("K8")
def test_a_bank_put_back_from_a_backup_carries_out_what_its_journal_knows(desk):
    (desk.folder / "journals").mkdir()
    desk.environment["HAALWEG_WITHDRAWAL_JOURNALS"] = str(desk.folder / "journals")
    code, _, said = desk.run("new", "case.bank", "--bank", "ONE")
    (journal,) = (desk.folder / "journals").glob("*.journal")
    assert (code, f"Its withdrawals are also written to {journal}." in said) == (0, True)
    values = [value.tobytes().hex() for value in codes(2)]
    desk.run(
        "import", "case.bank", "-", "--bank", "ONE", "--adults", "--signal", "pdq", stdin="\n".join(values).encode()
    )
    backup = desk.bank.read_bytes()
    assert desk.run("withdraw", "case.bank", "1")[:2] == (0, "1 entry withdrawn.\n")
    desk.bank.write_bytes(backup)
    code, _, said = desk.run("list", "case.bank")
    assert (code, "its journal knows 1 withdrawals that this copy does not" in said) == (2, True)
    assert desk.run("withdraw", "case.bank", "2")[:2] == (0, "1 entry withdrawn.\n")
    assert desk.run("list", "case.bank") == (0, "", "")


def test_a_journal_is_begun_for_a_bank_that_had_none(desk):
    desk.run("new", "case.bank", "--bank", "ONE")
    code, _, said = desk.run("journal", "case.bank")
    assert (code, "Name a folder for withdrawal journals in HAALWEG_WITHDRAWAL_JOURNALS" in said) == (2, True)
    desk.environment["HAALWEG_WITHDRAWAL_JOURNALS"] = str(desk.folder / "journals")
    assert "there is no such folder." in desk.run("journal", "case.bank")[2]
    (desk.folder / "journals").mkdir()
    code, _, said = desk.run("list", "case.bank")
    assert (code, "begin it with `haalweg bank journal`" in said) == (2, True)
    assert desk.run("journal", "case.bank")[0] == 0
    assert desk.run("list", "case.bank")[0] == 0


def test_a_bank_that_keeps_a_journal_begins_another_one_only_where_that_is_said_to_be_lost(desk):
    for name in ("one", "two"):
        (desk.folder / name).mkdir()
    desk.environment["HAALWEG_WITHDRAWAL_JOURNALS"] = str(desk.folder / "one")
    desk.run("new", "case.bank", "--bank", "ONE")
    desk.environment["HAALWEG_WITHDRAWAL_JOURNALS"] = str(desk.folder / "two")
    code, _, said = desk.run("journal", "case.bank")
    assert (code, "it keeps a withdrawal journal already" in said) == (2, True)
    assert not list((desk.folder / "two").iterdir())
    assert desk.run("journal", "case.bank", "--lost")[0] == 0
    assert desk.run("list", "case.bank")[0] == 0


# What is reported by law


@pytest.fixture
def hotline(desk):
    desk.run("new", "case.bank", "--bank", "HELPLINE")
    code, _, said = desk.run("new", "case.bank", "--bank", "HOTLINE", "--report-by-law")
    assert code == 0
    desk.said = said
    (desk.folder / "list.txt").write_text(f"{codes(1)[0].tobytes().hex()}\n")
    return desk


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", ["It is for a list of sexual abuse of children", "report it\nas the law of your country says"]),
     ("nl", ["een lijst van seksueel misbruik van kinderen", "meld het zoals de wet van je land zegt"])],
)  # fmt: skip
def test_a_bank_for_what_is_reported_by_law_is_made_with_what_it_is_for_and_the_duty_to_report(desk, language, says):
    desk.environment["HAALWEG_LANGUAGE"] = language
    desk.run("new", "case.bank")
    code, _, said = desk.run("new", "case.bank", "--bank", "HOTLINE", "--report-by-law")
    assert (code, [each for each in says if each not in said]) == (0, [])
    (row,) = map(json.loads, desk.run("stats", "case.bank", "--json")[1].splitlines())
    assert (row["bank"], row["kind"]) == ("HOTLINE", "report_by_law")


@pytest.mark.parametrize(
    ("options", "said"),
    [(["--bank", "X", "--negative"], "--negative or --report-by-law: what matches is harmless, or has to be reported."),
     ([], "--report-by-law says what kind a bank is: give it a name with --bank.")],
)  # fmt: skip
def test_such_a_bank_is_of_one_kind_and_has_a_name(desk, options, said):
    assert desk.run("new", "case.bank", "--report-by-law", *options) == (2, "", f"{said}\n")
    assert not desk.bank.exists()


def test_a_list_that_is_reported_by_law_comes_in_without_a_lie_about_age_and_only_where_it_belongs(hotline):
    def take_in(bank, *more):
        code, _, said = hotline.run("import", "case.bank", "list.txt", "--signal", "pdq", "--bank", bank, *more)
        return code, said.partition(". ")[0]

    assert take_in("HOTLINE", "--report-by-law") == (0, "1 new.\n")
    assert take_in("HOTLINE", "--report-by-law", "--adults") == (
        2, "--report-by-law is about a list of abuse of children: leave --adults and --traces out.\n"
    )  # fmt: skip
    assert take_in("HELPLINE", "--report-by-law") == (2, "HELPLINE: this bank was not made for such a list")
    assert take_in("HOTLINE", "--adults") == (2, "HOTLINE: a bank whose matches are reported by law")
    assert '"pdq": {"live": 1,' in hotline.run("stats", "case.bank", "--json")[1].splitlines()[1]


def test_nothing_is_hashed_for_such_a_bank(hotline):
    (hotline.folder / "x.jpg").write_bytes(b"")
    for command in (["add", "case.bank", "x.jpg"], ["import", "case.bank", "--traces", "x.trace"]):
        (hotline.folder / "x.trace").write_bytes(b"")
        code, _, said = hotline.run(*command, "--bank", "HOTLINE", "--adults")
        assert (code, said.partition(". ")[0]) == (2, "HOTLINE: a bank whose matches are reported by law")


@pytest.mark.parametrize("which", [[], ["--bank", "HOTLINE"]])
def test_such_a_list_is_not_exported(hotline, which):
    hotline.run("import", "case.bank", "list.txt", "--signal", "pdq", "--bank", "HOTLINE", "--report-by-law")
    code, _, said = hotline.run("export", "case.bank", "out.csv", *which)
    assert (code, said.partition(", ")[0]) == (2, "HOTLINE: what is reported by law stays in its file")
    assert not (hotline.folder / "out.csv").exists()


def test_other_banks_of_the_file_are_exported(hotline):
    hotline.run("import", "case.bank", "list.txt", "--signal", "pdq", "--bank", "HELPLINE", "--adults")
    assert hotline.run("export", "case.bank", "out.csv", "--bank", "HELPLINE")[0] == 0
