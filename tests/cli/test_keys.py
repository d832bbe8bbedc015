"""`haalweg keys` as its users meet it, with a terminal and without one."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import sqlite3
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from haalweg.adapters.bank_file import BankFile, BankFileError
from haalweg.banks.entries import Assurance, NewEntries, WithdrawalReason
from haalweg.cli.keys import recover_command, rotate_command
from haalweg.keeping import KeyFileError, KeyRing, Sealed, key_files
from haalweg.signals import SignalType
from tests.keeping.killed import STEP, killed_before_each_step

HAALWEG = Path(sys.executable).with_name("haalweg")
UNCHECKED = (
    "The recovery sheet of these keys was not checked. Without one that can be read, a lost key file is the loss of "
    "every sealed bank. Print and check it: haalweg keys sheet.\n"
)
WAIT_S = 60


@pytest.fixture
def place(tmp_path):
    return tmp_path / "haalweg" / "keys"


def environment(place):
    return os.environ | {"HAALWEG_KEY_FILE": str(place), "HAALWEG_LANGUAGE": "en"}


def run(place, *arguments, stdin=b""):
    done = subprocess.run(
        [HAALWEG, "keys", *map(str, arguments)], input=stdin, capture_output=True, check=False, env=environment(place)
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def at_a_terminal(place, *arguments, answer):
    """Run it at a terminal. answer: from all that was shown so far to what is typed at the prompt."""
    child, terminal = pty.fork()
    if child == 0:
        os.execve(HAALWEG, ["haalweg", "keys", *map(str, arguments)], environment(place))  # noqa: S606 - our own
    shown, answered, deadline = "", 0, time.monotonic() + WAIT_S
    while True:
        assert time.monotonic() < deadline, shown
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                shown += os.read(terminal, 65536).decode()
            except OSError:  # the other end is closed
                break
        if shown.endswith(": ") and len(shown) > answered:
            typed = answer(shown)
            # What is typed is shown too, and more may be shown before we look again.
            answered = len(shown) + len(typed)
            os.write(terminal, typed.encode())
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.replace("\r\n", "\n")


def from_the_paper(shown):
    number = re.findall(r"the last group of line (\d+): ", shown)[-1]
    found = re.search(rf"^ *{number}  .*  (\w{{4}})\s*$", shown, re.MULTILINE)
    assert found
    return found[1].lower() + "\n"


def lines_of(sheet):
    return re.findall(r"^ *\d+  .*$", sheet, re.MULTILINE)


@pytest.mark.threat("K6")
def test_new_keys_are_drilled_until_two_groups_of_the_paper_are_right(place):
    typed = iter(["wrong\n", "\n"])
    code, shown = at_a_terminal(place, "new", answer=lambda shown: next(typed, None) or from_the_paper(shown))
    assert code == 0
    assert shown.startswith(f"The keys are in {place}. Only you can read it.\n\nHAALWEG RECOVERY SHEET\n")
    assert len(re.findall(r"That is not how line \d+ ends\. Look again\.", shown)) == 2
    assert len(set(re.findall(r"the last group of line (\d+): ", shown))) == 2
    assert shown.endswith("Right. Clear this screen and what scrolled off it: the sheet is on it.\n")
    assert KeyRing.read(place).sheet_checked
    assert UNCHECKED not in run(place, "list")[1]


@pytest.mark.threat("K6")
@pytest.mark.parametrize("way_out", ["\x03", "\x04"], ids=["Ctrl-C", "end of input"])
def test_a_drill_that_is_broken_off_leaves_the_keys_and_says_what_is_at_risk(place, way_out):
    code, shown = at_a_terminal(place, "new", answer=lambda _: way_out)
    assert code == 130
    assert UNCHECKED in shown
    assert "Traceback" not in shown
    assert not KeyRing.read(place).sheet_checked
    assert run(place, "list")[1].endswith(UNCHECKED)
    code, shown = at_a_terminal(place, "sheet", answer=from_the_paper)
    assert code == 0
    assert KeyRing.read(place).sheet_checked


def test_without_a_terminal_nothing_is_made_unless_the_drill_is_left_out(place):
    code, out, err = run(place, "new")
    assert (code, out) == (2, "")
    assert err == (
        "The sheet is checked at a terminal, and there is none here. Nothing was changed. Run this at one, or with "
        "--no-drill: then nobody has tried whether the keys can be got back from paper.\n"
    )
    assert not place.parent.exists()
    code, out, err = run(place, "new", "--no-drill")
    assert code == 0
    assert len(lines_of(out)) == 9
    assert err == f"The keys are in {place}. Only you can read it.\n{UNCHECKED}"


@pytest.mark.threat("K6")
def test_the_box_is_lost_and_the_sheet_gives_the_same_keys_on_another(place, tmp_path):
    sheet = run(place, "new", "--no-drill")[1]
    (tmp_path / "sheet.txt").write_text(sheet)
    elsewhere = tmp_path / "another box" / "keys"
    code, out, err = run(elsewhere, "recover", tmp_path / "sheet.txt")
    first, second = KeyRing.read(place), KeyRing.read(elsewhere)
    assert (code, out) == (0, "")
    assert (second.keys, second.lookup_secret) == (first.keys, first.lookup_secret)
    assert err == (
        f"The sheet is right. Its keys are in {elsewhere}:\n"
        f"  key {first.active.id}  made {first.active.made_at:%Y-%m-%d %H:%M} UTC\n"
        f"Delete {tmp_path / 'sheet.txt'}: whoever reads it has the keys.\n"
    )


@pytest.mark.threat("K6")
def test_a_sheet_is_typed_line_by_line_and_a_typing_error_costs_one_line(place, tmp_path):
    lines = lines_of(run(place, "new", "--no-drill")[1])
    mistakes = iter(["\n", "ABCD\n"])

    def typist(shown):
        number = int(re.findall(r"line (\d+): ", shown)[-1])
        return next(mistakes, None) or " ".join(lines[number - 1].lower().split()[1:]) + "\n"

    elsewhere = tmp_path / "another box" / "keys"
    code, shown = at_a_terminal(elsewhere, "recover", answer=typist)
    assert code == 0
    assert "  Line 1: 0 characters where a line has 20. Look again.\n" in shown
    assert "  Line 1: 4 characters where a line has 20. Look again.\n" in shown
    assert KeyRing.read(elsewhere).keys == KeyRing.read(place).keys


def test_typing_a_sheet_can_be_broken_off_and_leaves_nothing(tmp_path):
    place = tmp_path / "nothing" / "keys"
    code, shown = at_a_terminal(place, "recover", answer=lambda _: "\x03")
    assert code == 130
    assert "Traceback" not in shown
    assert not place.parent.exists()


def test_a_sheet_with_errors_writes_nothing_and_names_the_lines(place, tmp_path):
    sheet = run(place, "new", "--no-drill")[1]
    lines = lines_of(sheet)
    elsewhere = tmp_path / "another box" / "keys"
    code, _, err = run(elsewhere, "recover", "-", stdin="\n".join([*lines[:2], lines[2][:-1], *lines[3:]]).encode())
    assert code == 2
    assert err == "Line 3: 19 characters where a line has 20. Look again.\n"
    assert run(elsewhere, "recover", stdin=b"hello")[0] == 2
    assert run(elsewhere, "recover", tmp_path / "nothing.txt")[1:] == (
        "",
        f"{tmp_path / 'nothing.txt'}: the sheet cannot be read (no such file or directory).\n",
    )
    assert not elsewhere.parent.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_beside_a_key_file_recover_only_compares(place, tmp_path, encoding):
    sheet = tmp_path / "sheet.txt"
    sheet.write_text("\n".join(lines_of(run(place, "new", "--no-drill")[1])), encoding=encoding)
    before = place.read_bytes()
    assert run(place, "recover", sheet) == (
        0,
        "",
        f"The sheet is right: it gives back the keys in {place}. Nothing was written over.\n",
    )
    assert KeyRing.read(place).sheet_checked
    run(place, "rotate", "--no-drill")
    code, _, err = run(place, "recover", sheet)
    assert code == 2
    assert err == (
        f"The sheet is older than {place}: key {KeyRing.read(place).active.id} is not on it. Print the new one: "
        "haalweg keys sheet.\n"
    )
    place.write_bytes(before)
    sheet.write_text(run(place, "rotate", "--no-drill")[1])
    newest = KeyRing.read(place).active.id
    place.write_bytes(before)
    assert run(place, "recover", sheet)[2] == (
        f"The sheet is newer than {place}: key {newest} is not in the file. Put that file aside and run this again.\n"
    )
    place.unlink()
    run(place, "new", "--no-drill")
    assert run(place, "recover", sheet)[2] == (
        f"The sheet holds other keys than {place}, which is never written over. Put that file aside, or name another "
        "place in HAALWEG_KEY_FILE.\n"
    )


def test_a_second_new_writes_nothing_over_and_prints_no_sheet(place):
    run(place, "new", "--no-drill")
    before = place.read_bytes()
    code, out, err = run(place, "new", "--no-drill")
    assert (code, out) == (2, "")
    assert err.startswith(f"{place}: there is a key file already, and it is never written over")
    assert place.read_bytes() == before


def test_list_shows_the_keys_and_no_secret(place):
    run(place, "new", "--no-drill")
    run(place, "rotate", "--no-drill")
    ring = KeyRing.read(place)
    old, new = ring.keys
    code, out, err = run(place, "list")
    assert (code, err) == (0, "")
    assert out == (
        f"Key file {place}, made {ring.made_at:%Y-%m-%d %H:%M} UTC\n"
        f"  key {old.id}  made {old.made_at:%Y-%m-%d %H:%M} UTC\n"
        f"  key {new.id}  made {new.made_at:%Y-%m-%d %H:%M} UTC  seals what is new\n{UNCHECKED}"
    )
    row = json.loads(run(place, "list", "--json")[1])
    assert row == {
        "path": str(place),
        "made_at": ring.made_at.isoformat(),
        "keys": [{"id": key.id, "made_at": key.made_at.isoformat(), "active": key == new} for key in ring.keys],
        "sheet_checked": False,
        "rotation_open": False,
    }
    for secret in (ring.lookup_secret, old.secret, new.secret):
        assert secret.hex() not in out + json.dumps(row)


@pytest.mark.parametrize("command", ["list", "sheet", "rotate"])
def test_without_a_key_file_there_is_a_way_out(place, command):
    code, out, err = run(place, command)
    assert (code, out) == (2, "")
    assert err == (
        f"There is no key file at {place}. Make one with: haalweg keys new. If there was one, get it back from its "
        "recovery sheet: haalweg keys recover. If it is elsewhere, name it in HAALWEG_KEY_FILE.\n"
    )


@pytest.mark.threat("K7")
def test_a_rotation_broken_off_in_the_drill_goes_on_with_the_same_key(place):
    run(place, "new", "--no-drill")
    code, shown = at_a_terminal(place, "rotate", answer=lambda _: "\x03")
    assert code == 130
    assert UNCHECKED in shown
    broken_off = KeyRing.read(place)
    assert broken_off.rotation_open
    assert len(broken_off.keys) == 2
    assert (
        "A rotation was begun and not ended. Go on with: haalweg keys rotate, with the same banks."
        in run(place, "list")[1]
    )
    code, shown = at_a_terminal(place, "rotate", answer=from_the_paper)
    assert code == 0
    assert shown.startswith(
        f"The rotation of {broken_off.active.made_at:%Y-%m-%d %H:%M} UTC was not ended. Going on with its key "
        f"{broken_off.active.id}.\n"
    )
    ended = KeyRing.read(place)
    assert ended.keys == broken_off.keys
    assert ended.sheet_checked
    assert not ended.rotation_open
    assert len(KeyRing.read(place).keys) == 2


def test_a_sheet_that_cannot_be_printed_is_said_and_the_keys_stand(place):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [HAALWEG, "keys", "new", "--no-drill"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env=environment(place),
        )
    assert done.returncode == 2
    assert done.stderr.decode().endswith(f"The sheet could not be printed (no space left on device). {UNCHECKED}")
    assert not KeyRing.read(place).sheet_checked


def test_a_sheet_that_goes_into_a_file_is_closed_to_others(place, tmp_path):
    sheet = tmp_path / "sheet.txt"
    sheet.touch(0o644)
    sheet.chmod(0o644)
    with sheet.open("wb") as stream:
        subprocess.run(
            [HAALWEG, "keys", "new", "--no-drill"],
            stdout=stream,
            stderr=subprocess.DEVNULL,
            check=True,
            env=environment(place),
        )
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    assert len(lines_of(sheet.read_text())) == 9


def test_sealing_anew_needs_a_bank(place):
    run(place, "new", "--no-drill")
    code, _, err = run(place, "rotate", "--no-new-key")
    assert code == 2
    assert "--no-new-key leaves nothing to do without a --bank to seal anew." in err
    assert len(KeyRing.read(place).keys) == 1


@pytest.mark.threat("K7")
def test_a_bank_that_is_not_there_stops_a_rotation_before_anything_is_changed(place, tmp_path):
    run(place, "new", "--no-drill")
    before = place.read_bytes()
    code, out, err = run(place, "rotate", "--no-drill", "--bank", tmp_path / "nothing.bank")
    assert (code, out) == (2, "")
    assert err.startswith(f"{tmp_path / 'nothing.bank'}: there is no such file.")
    assert place.read_bytes() == before


# Banks, sealed anew

NOW = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)


def add(store, count, seed=0):
    bank = store.bank("CASE") or store.make_bank("CASE", now=NOW)
    values = np.random.default_rng(seed).integers(0, 256, (count, 32), dtype=np.uint8)
    for value in values:
        store.add(a_new_entry(bank.id, bytes(value)), now=NOW)
    return {bytes(value) for value in values}


def a_new_entry(bank, value):
    return NewEntries(bank, SignalType.PDQ, [value], None, "a letter", Assurance.SPOKEN, "a note", None)


def values_in(path, ring):
    with BankFile.open(path, ring) as store:
        return {entry.value for entry in store.entries(now=NOW)}


def key_ids_in(path):
    connection = sqlite3.connect(path)
    try:
        cells = [
            cell
            for question in (
                "SELECT payload FROM block",
                "SELECT source FROM arrival",
                "SELECT note FROM arrival",
                "SELECT seal FROM bank",
                "SELECT key_check FROM store",
            )
            for (cell,) in connection.execute(question)
        ]
    finally:
        connection.close()
    return {cell[:4].hex() for cell in cells}


@pytest.fixture
def bank(place, tmp_path):
    KeyRing.make(NOW).write_new(place)
    path = tmp_path / "case.bank"
    with BankFile.new(path, KeyRing.read(place), now=NOW) as store:
        add(store, 5)
    return path


@pytest.mark.threat("K7")
def test_after_a_rotation_no_value_of_the_bank_is_under_the_old_key(place, bank):
    old = KeyRing.read(place)
    values = values_in(bank, old)
    code, _, err = run(place, "rotate", "--no-drill", "--bank", bank)
    new = KeyRing.read(place)
    assert code == 0
    assert f"{bank}: everything in it is sealed under key {new.active.id}; " in err
    assert not new.rotation_open
    assert key_ids_in(bank) == {new.active.id}
    assert values_in(bank, new) == values
    assert run(place, "rotate", "--no-new-key", "--bank", bank)[2] == (
        f"{bank}: everything in it is sealed under key {new.active.id}; 0 seals were made anew.\n"
        f"Key {new.active.id} seals from now on. Older keys stay in the file: they open what they sealed.\n"
    )


@pytest.mark.threat("K6")
def test_box_and_bank_are_lost_and_backup_and_sheet_give_the_same_answers(place, bank, tmp_path):
    sheet = tmp_path / "sheet.txt"
    backup = tmp_path / "backup.bank"
    ring = KeyRing.read(place)
    with BankFile.open(bank, ring) as store:
        gone, *values = values_in(bank, ring)
        store.withdraw_values(SignalType.PDQ, [gone], reason=WithdrawalReason.ASKED, now=NOW)
        store.snapshot(backup)
    sheet.write_text(run(place, "sheet", "--no-drill")[1])
    place.unlink()
    bank.unlink()
    elsewhere = tmp_path / "another box" / "keys"
    assert run(elsewhere, "recover", sheet)[0] == 0
    with BankFile.open(backup, KeyRing.read(elsewhere)) as store:
        assert {entry.value for entry in store.entries(now=NOW)} == set(values)
        added = store.add(a_new_entry(store.banks()[0].id, gone), now=NOW)
    assert (added.new, added.withdrawn_before) == (0, 1)


@pytest.mark.threat("K7")
def test_a_forgotten_bank_is_sealed_anew_without_another_key(place, bank):
    run(place, "rotate", "--no-drill")
    ring = KeyRing.read(place)
    assert key_ids_in(bank) == {ring.keys[0].id}
    code, out, _ = run(place, "rotate", "--no-new-key", "--bank", bank)
    assert (code, out) == (0, "")
    assert KeyRing.read(place) == ring
    assert key_ids_in(bank) == {ring.active.id}


@pytest.mark.threat("K7")
def test_a_bank_with_a_journal_is_sealed_anew_like_any_other(place, bank, tmp_path, monkeypatch):
    journals = tmp_path / "journals"
    journals.mkdir()
    monkeypatch.setenv("HAALWEG_WITHDRAWAL_JOURNALS", str(journals))
    with BankFile.open(bank, KeyRing.read(place)) as store:
        store.begin_journal(journals / f"{store.id}.journal")
    code, _, err = run(place, "rotate", "--no-drill", "--bank", bank)
    assert (code, "everything in it is sealed under key" in err) == (0, True)
    ring = KeyRing.read(place)
    assert key_ids_in(bank) == {ring.active.id}
    (journal,) = journals.glob("*.journal")
    with BankFile.open(bank, ring, journal=journal) as store:
        assert not store.was_put_back
        gone = store.withdraw_values(
            SignalType.PDQ, list(values_in(bank, ring))[:1], reason=WithdrawalReason.ASKED, now=NOW
        )
        assert gone


def test_a_plain_bank_is_left_as_it_is(place, bank, tmp_path):
    plain = tmp_path / "plain.bank"
    BankFile.new(plain, None, now=NOW).close()
    code, _, err = run(place, "rotate", "--no-drill", "--bank", plain, "--bank", bank)
    assert code == 0
    assert f"{plain}: not sealed, by choice. Nothing was done.\n" in err


@pytest.mark.threat("K7")
def test_a_bank_of_other_keys_stops_a_rotation_before_anything_is_changed(place, bank, tmp_path):
    foreign = tmp_path / "foreign.bank"
    other = KeyRing.make(NOW)
    BankFile.new(foreign, other, now=NOW).close()
    before = place.read_bytes()
    code, out, err = run(place, "rotate", "--no-drill", "--bank", bank, "--bank", foreign)
    assert (code, out) == (2, "")
    assert err.startswith(f"{foreign}: ")
    assert f"sealed under key {other.active.id}, which is not in the key file" in err
    assert place.read_bytes() == before


@pytest.mark.threat("K7")
@pytest.mark.usefixtures("capsys")
def test_a_rotation_killed_anywhere_loses_nothing_and_goes_on_with_the_same_key(place, bank, tmp_path, monkeypatch):
    second = tmp_path / "second.bank"
    with BankFile.new(second, KeyRing.read(place), now=NOW) as store:
        add(store, 3, seed=1)
    values = [values_in(path, KeyRing.read(place)) for path in (bank, second)]
    monkeypatch.setenv("HAALWEG_KEY_FILE", str(place))
    seal = Sealed.seal

    def counted(sealing, where, plain):
        sys.audit(STEP)
        return seal(sealing, where, plain)

    monkeypatch.setattr(Sealed, "seal", counted)
    keys, steps = {1}, 0
    for _ in killed_before_each_step(lambda: rotate_command(bank=[bank, second], no_drill=True)):
        steps += 1
        ring = KeyRing.read(place)
        keys.add(len(ring.keys))
        assert [values_in(path, ring) for path in (bank, second)] == values
    ring = KeyRing.read(place)
    assert steps > 10
    assert keys == {1, 2}
    assert len(ring.keys) == 2
    assert not ring.rotation_open
    assert key_ids_in(bank) == key_ids_in(second) == {ring.active.id}


@pytest.mark.parametrize("trouble", [KeyboardInterrupt(), BankFileError("case.bank: the disk is full.")])
def test_a_rotation_that_stops_in_a_bank_says_how_to_go_on(place, bank, monkeypatch, capsys, trouble):
    def stop(_, *, now):
        del now
        raise trouble

    monkeypatch.setenv("HAALWEG_KEY_FILE", str(place))
    reseal = BankFile.reseal
    monkeypatch.setattr(BankFile, "reseal", stop)
    with pytest.raises(type(trouble)):
        rotate_command(bank=[bank], no_drill=True)
    monkeypatch.setattr(BankFile, "reseal", reseal)
    assert capsys.readouterr().err.endswith(
        "Not every bank was sealed anew. Nothing is lost: run the same command again.\n"
    )
    assert KeyRing.read(place).rotation_open
    rotate_command(bank=[bank], no_drill=True)
    assert key_ids_in(bank) == {KeyRing.read(place).active.id}
    assert len(KeyRing.read(place).keys) == 2


def test_a_sheet_of_keys_that_cannot_be_written_is_checked_all_the_same(place, tmp_path, monkeypatch, capsys):
    def refuse(*_):
        raise KeyFileError("It cannot be written here.")

    sheet = tmp_path / "sheet.txt"
    sheet.write_text(run(place, "new", "--no-drill")[1])
    monkeypatch.setenv("HAALWEG_KEY_FILE", str(place))
    monkeypatch.setattr(key_files, "replace", refuse)
    recover_command(str(sheet))
    assert capsys.readouterr().err == (
        "That the sheet was checked could not be noted. It cannot be written here.\n"
        f"The sheet is right: it gives back the keys in {place}. Nothing was written over.\n"
    )


WRITER = """
import sys
from datetime import UTC, datetime
from haalweg.adapters.bank_file import BankFile, BankFileError
from haalweg.keeping import KeyRing
from tests.cli.test_keys import add
with BankFile.open(sys.argv[1], KeyRing.read(sys.argv[2])) as store:
    for seed in range(10, 10**6):
        add(store, 1, seed)
        seen = sum(1 for _ in store.entries(now=datetime.now(UTC)))
        print(seen, flush=True)
        if sys.stdin in __import__("select").select([sys.stdin], [], [], 0)[0]:
            break
"""


@pytest.mark.threat("K7")
def test_a_rotation_under_load_gives_no_error_and_leaves_nothing_under_the_old_key(place, bank):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, bank, place],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert writer.stdout is not None
    for _ in range(3):
        assert writer.stdout.readline()
    for _ in range(3):
        assert run(place, "rotate", "--no-drill", "--bank", bank)[0] == 0
        assert writer.stdout.readline()
    out, err = writer.communicate(b"\n", timeout=WAIT_S)
    ring = KeyRing.read(place)
    assert (writer.returncode, err) == (0, b"")
    assert len(values_in(bank, ring)) == int(out.split()[-1])
    assert key_ids_in(bank) == {ring.active.id}


@pytest.mark.parametrize("command", ["new", "rotate", "list", "sheet", "recover"])
def test_the_help_of_each_command_shows_examples(place, command):
    code, out, _ = run(place, command, "--help")
    assert code == 0
    assert f"  haalweg keys {command}" in out
