"""A scan as its users meet it: the right rows, the right words, and every row once whatever is killed."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import tarfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet
import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import BankKind, EntryId, WithdrawalReason
from haalweg.keeping import KeyRing
from haalweg.signals import SignalType
from tests.processes import workers_of
from tests.scan.conftest import (
    BEGUN,
    NOW,
    OTHERS,
    add,
    command,
    expected,
    in_a_chat,
    rows_of,
    run,
    small,
    which,
    write_export,
)


def test_the_rows_say_where_by_whom_and_why(folder):
    done = run("scan", "export", "--bank", "case.bank", "--out", "found.jsonl", "--yes", folder=folder)
    assert done.returncode == 1, done.stderr
    rows = rows_of(folder / "found.jsonl")
    assert [row["message_id"] for row in rows] == [str(number) for number in expected(600)]
    for row in rows:
        number = int(row["message_id"])
        assert row | {"sha256": None, "distance_bits": None, "quality": None, "inner": None} == {
            "kind": "match",
            "source": "export",
            "item": f"photos/photo_{number}.jpg",
            "bank": "reported",
            "entry": 1,
            "signal_type": "pdq",
            "distance_bits": None,
            "orientation": "flip_y" if which(number) == "mirrored" else "identity",
            "inner": None,
            "quality": None,
            "sha256": None,
            "posted_at": datetime.fromtimestamp(BEGUN + 60 * number, UTC).isoformat().replace("+00:00", "Z"),
            "chat_id": "77",
            "chat_name": "Group",
            "chat_type": "private_supergroup",
            "message_id": str(number),
            "sender_id": f"user{number % 7}",
        }
        assert row["distance_bits"] <= 31
        assert ("inner" in row) == (which(number) == "in a chat")
    assert "Looked at 600 pictures.\n12 items match." in done.stderr
    assert not (folder / "found.jsonl.parts").exists()


def test_nothing_found_is_said_and_the_exit_code_says_it_too(tmp_path, bank):
    (tmp_path / "folder").mkdir()
    small(OTHERS[0]).save(tmp_path / "folder/a.jpg")
    (tmp_path / "folder/notes.txt").write_text("no picture")
    done = run("scan", "folder", "--bank", bank, "--yes", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Looked at 1 picture, 1 file that is neither.\n0 items match." in done.stderr


def test_the_three_formats_hold_the_same_rows(folder):
    for ending in ("jsonl", "csv", "parquet"):
        done = run("scan", "export", "--bank", "case.bank", "--out", f"found.{ending}", "--yes", folder=folder)
        assert done.returncode == 1, done.stderr
    items = [row["item"] for row in rows_of(folder / "found.jsonl")]
    assert pyarrow.parquet.read_table(folder / "found.parquet")["item"].to_pylist() == items
    assert [line.split(",")[2] for line in (folder / "found.csv").read_text().splitlines()[1:]] == items


def test_json_on_standard_output_is_rows_and_nothing_else(folder):
    done = run("scan", "export", "--bank", "case.bank", "--json", "--yes", folder=folder)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 12
    assert all(line.startswith('{"kind":"match"') for line in done.stdout.splitlines())


@pytest.mark.parametrize("workers", ["1", "3"])
def test_more_workers_give_the_same_rows_in_the_same_order(folder, workers):
    done = run("scan", "export", "--bank", "case.bank", "--json", "--yes", "--workers", workers, folder=folder)
    numbers = [json.loads(line)["message_id"] for line in done.stdout.splitlines()]
    assert numbers == [str(number) for number in expected(600)]


def test_the_first_screen_says_what_it_is_for_and_waits_for_a_yes(folder):
    done = run("scan", "export", "--bank", "case.bank", "--out", "found.csv", folder=folder)
    assert done.returncode == 2
    assert "Not for     finding out whether or where someone reported" in done.stderr
    assert "It shows    no picture." in done.stderr
    assert done.stderr.endswith(
        "Nobody is there to answer. Where a script runs this, --yes says that you have read it.\n"
    )
    assert not (folder / "found.csv").exists()


def test_the_first_screen_is_dutch_for_who_reads_dutch(folder, monkeypatch):
    for name in ("HAALWEG_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    done = run("scan", "export", "--bank", "case.bank", folder=folder)
    assert "Er is niemand om te antwoorden." in done.stderr


def test_a_withdrawn_entry_matches_nothing(folder, key_file):
    with BankFile.open(folder / "case.bank", KeyRing.read(key_file)) as store:
        add(store, "reported", in_a_chat(small("coffee")).rotate(33))
        store.withdraw([EntryId(1)], reason=WithdrawalReason.ASKED, now=NOW)
    done = run("scan", "export", "--bank", "case.bank", "--yes", folder=folder)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("more", [[], ["--cluster", "local"]], ids=["here", "on Dask"])
def test_a_bank_in_which_nothing_can_match_is_said_before_hours_of_work(folder, key_file, more):
    with BankFile.open(folder / "case.bank", KeyRing.read(key_file)) as store:
        store.withdraw([EntryId(1)], reason=WithdrawalReason.ASKED, now=NOW)
        add(store, "widely_seen", small("rocket"), kind=BankKind.NEGATIVE)
    done = run("scan", "export", "--bank", "case.bank", "--out", "found.csv", "--yes", *more, folder=folder)
    assert done.returncode == 2
    assert done.stderr == (
        "case.bank: nothing in it can match: it is empty, or all of it has expired or was withdrawn. A scan would take "
        "its time and find nothing.\n"
    )
    assert not (folder / "found.csv.parts").exists()
    asked = run("match", "export/photos/photo_50.jpg", "--bank", "case.bank", folder=folder)
    assert asked.returncode == 0
    assert asked.stderr.startswith("Nothing in the bank can match")


def test_what_a_negative_bank_knows_is_no_match(folder, key_file):
    with BankFile.open(folder / "case.bank", KeyRing.read(key_file)) as store:
        add(store, "widely_seen", small("coffee").resize((470, 310)), kind=BankKind.NEGATIVE)
    done = run("scan", "export", "--bank", "case.bank", "--yes", folder=folder)
    assert (done.returncode, done.stdout) == (0, "")


def test_an_archive_in_a_folder_and_an_export_in_one_run(folder):
    (folder / "more").mkdir()
    with tarfile.open(folder / "more/posts.tar.gz", "w:gz") as archive:
        for number in (49, 50, 51):
            archive.add(folder / "export" / f"photos/photo_{number}.jpg", f"p/{number}.jpg")
    done = run("scan", "export", "more", "--bank", "case.bank", "--json", "--yes", folder=folder)
    assert done.returncode == 1, done.stderr
    assert len(done.stdout.splitlines()) == 13
    assert '"source":"more","item":"posts.tar.gz/p/50.jpg"' in done.stdout.splitlines()[-1]


def test_what_could_not_be_read_has_a_row_and_a_sentence(tmp_path, bank):
    (tmp_path / "folder").mkdir()
    small("coffee").save(tmp_path / "folder/a.jpg")
    (tmp_path / "folder/b.jpg").write_bytes((tmp_path / "folder/a.jpg").read_bytes()[:2000])
    done = run("scan", "folder", "--bank", bank, "--out", "found.jsonl", "--yes", folder=tmp_path)
    assert done.returncode == 1
    rows = {row["item"]: row for row in rows_of(tmp_path / "found.jsonl")}
    assert rows["a.jpg"]["kind"] == "match"
    assert rows["b.jpg"] == {
        "kind": "unreadable",
        "source": "folder",
        "item": "b.jpg",
        "reason": "damaged: it starts like a picture but cannot be decoded. Look for another copy.",
    }
    assert "1 more could not be read: nothing is known of it." in done.stderr


def test_after_a_cut_export_every_photo_is_looked_at_but_who_posted_the_rest_is_unknown(folder):
    whole = (folder / "export/result.json").read_text()
    (folder / "export/result.json").write_text(whole[: len(whole) // 2])
    done = run("scan", "export", "--bank", "case.bank", "--out", "found.jsonl", "--yes", folder=folder)
    assert done.returncode == 2
    rows = rows_of(folder / "found.jsonl")
    matches = [row for row in rows if row["kind"] == "match"]
    known = [int(row["message_id"]) for row in matches if "message_id" in row]
    assert known == expected(600)[: len(known)]
    assert 3 < len(known) < 9
    assert {row["item"] for row in matches} == {f"photos/photo_{number}.jpg" for number in expected(600)}
    assert len(matches) == 12
    (cut,) = (row for row in rows if row["kind"] == "unreadable")
    assert cut["item"] == "result.json"
    assert cut["reason"].startswith("the file was cut: it ends in the middle of its JSON.")
    assert "A source could not be read to its end" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere"], "nowhere: there is no such file or folder."),
        (["export", "--resume"], "--resume goes on with a results file: name it in --out."),
        (["export", "--out", "found.xlsx"], "found.xlsx: results are written as .jsonl, .csv or .parquet"),
        (["export", "--out", "there.csv"], "there.csv: there is such a file already. Give another --out."),
        (["export", "--out", "new.csv", "--resume"], "new.csv.parts: no scan with these results was interrupted."),
        (["export", "--out", "no/new.csv"], "no/new.csv.parts: cannot be made (No such file or directory)."),
        (["export", "--cluster", "local"], "--cluster needs --out: the machines put their parts beside it."),
        (
            ["export", "--out", "n.csv", "--cluster", "tcp://10.1.2.3:8786"],
            "over plain tcp a Dask scheduler obeys anyone",
        ),
        (["export", "--out", "n.csv", "--cluster", "tls://10.1.2.3:8786"], "no certificate to show there."),
        (["export", "--out", "n.csv", "--cluster", "10.1.2.3"], "--cluster takes local, or the address of a Dask"),
    ],
)
@pytest.mark.threat("N2")
def test_what_cannot_be_done_is_said_before_anything_is_begun(folder, arguments, sentence):
    (folder / "there.csv").write_text("mine")
    before = sorted(folder.iterdir())
    done = run("scan", *arguments, "--bank", "case.bank", "--yes", folder=folder)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(folder.iterdir()) == before
    assert (folder / "there.csv").read_text() == "mine"


# Interrupted and killed


@pytest.fixture
def long_export(tmp_path):
    return write_export(tmp_path / "export", posts=4000)


@pytest.fixture
def scanning(tmp_path, bank, long_export):
    """A scan in the middle of its work, in a group of its own as a terminal would start it."""
    assert long_export.parent == tmp_path
    started = []

    def start(*arguments):
        process = subprocess.Popen(
            command("scan", "export", "--bank", bank, "--out", "found.jsonl", "--yes", *arguments),
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        wait_until(lambda: parts_in(tmp_path) >= 2, process)
        return process

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def wait_until(true, process):
    deadline = time.monotonic() + 60
    while not true():
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < deadline
        time.sleep(0.01)


def parts_in(folder: Path) -> int:
    return len([path for path in (folder / "found.jsonl.parts").glob("*-[0-9]*") if path.name[0] != "."])


def resumed(folder, bank, *arguments):
    done = run("scan", "export", "--bank", bank, "--out", "found.jsonl", "--yes", "--resume", *arguments, folder=folder)
    assert done.returncode == 1, done.stderr
    return done


def found_numbers(folder):
    return [int(row["message_id"]) for row in rows_of(folder / "found.jsonl")]


def test_killed_in_the_middle_and_resumed_every_row_is_there_once(tmp_path, bank, scanning):
    for _ in range(2):
        scan = scanning(*(["--resume"] if (tmp_path / "found.jsonl.parts").exists() else []))
        os.killpg(scan.pid, signal.SIGKILL)
        scan.wait()
        assert not (tmp_path / "found.jsonl").exists()
    done = resumed(tmp_path, bank)
    assert found_numbers(tmp_path) == expected(4000)
    assert "Looked at 4,000 pictures" in done.stderr
    assert not (tmp_path / "found.jsonl.parts").exists()


def test_ctrl_c_keeps_what_was_found_and_resume_goes_on(tmp_path, bank, scanning):
    scan = scanning()
    os.killpg(scan.pid, signal.SIGINT)
    _, said = scan.communicate(timeout=20)
    assert scan.returncode == 130
    assert said.endswith(
        "Interrupted. What was found so far is in found.jsonl. Go on with the same command and --resume.\n"
    )
    so_far = found_numbers(tmp_path)
    assert 0 < len(so_far) < len(expected(4000))
    assert sorted(set(so_far)) == so_far
    assert set(so_far) <= set(expected(4000))
    resumed(tmp_path, bank)
    assert found_numbers(tmp_path) == expected(4000)


def test_workers_that_are_killed_cost_no_row(tmp_path, scanning):
    scan = scanning()
    seen: dict[int, float] = {}
    killed: set[int] = set()
    while scan.poll() is None and len(killed) < 6:
        now = time.monotonic()
        for worker in workers_of(scan.pid) - killed:
            # Not one that is new: a file on which two workers die is taken for a hostile one, and a worker that dies
            # twice as it starts, which on a busy machine takes seconds, for one that cannot.
            if is_locked_in(worker) and now - seen.setdefault(worker, now) > 0.5:
                with suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)
                killed.add(worker)
        time.sleep(0.05)
    _, said = scan.communicate(timeout=60)
    assert scan.returncode == 1, said
    assert len(killed) >= 2
    assert found_numbers(tmp_path) == expected(4000)


def is_locked_in(worker):
    with suppress(OSError):
        return "Seccomp:\t2" in Path("/proc", str(worker), "status").read_text()
    return False


def test_a_second_scan_into_the_same_results_is_kept_out(tmp_path, bank, scanning):
    scanning()
    done = run("scan", "export", "--bank", bank, "--out", "found.jsonl", "--yes", "--resume", folder=tmp_path)
    assert done.returncode == 2
    assert "found.jsonl.parts: that scan is running now, in another process." in done.stderr


def test_a_bank_that_changed_since_is_not_mixed_with_what_it_was(tmp_path, bank, key_file, scanning):
    scan = scanning()
    os.killpg(scan.pid, signal.SIGKILL)
    scan.wait()
    with BankFile.open(bank, KeyRing.read(key_file)) as store:
        add(store, "reported", small("rocket"))
    done = run("scan", "export", "--bank", bank, "--out", "found.jsonl", "--yes", "--resume", folder=tmp_path)
    assert done.returncode == 2
    assert "that scan was begun with another bank, or that bank has changed since." in done.stderr


def test_an_archive_that_is_read_in_order_goes_on_where_it_was(tmp_path, bank, long_export):
    with tarfile.open(tmp_path / "posts.tar.gz", "w:gz", compresslevel=1, dereference=True) as archive:
        archive.add(long_export, "export", filter=lambda member: None if member.name.endswith(".json") else member)
    arguments = ("scan", "posts.tar.gz", "--bank", bank, "--out", "found.jsonl", "--yes")
    scan = subprocess.Popen(
        command(*arguments), cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    wait_until(lambda: parts_in(tmp_path) >= 3, scan)
    os.killpg(scan.pid, signal.SIGKILL)
    scan.communicate()
    done = run(*arguments, "--resume", folder=tmp_path)
    assert done.returncode == 1, done.stderr
    numbers = [
        int(str(row["item"]).rpartition("_")[2].removesuffix(".jpg")) for row in rows_of(tmp_path / "found.jsonl")
    ]
    assert sorted(numbers) == expected(4000)


# On Dask


def test_a_cluster_gives_the_same_rows_and_keeps_nothing_but_the_results(folder):
    for name, more in (("here", ()), ("there", ("--cluster", "local"))):
        done = run("scan", "export", "--bank", "case.bank", "--out", f"{name}.jsonl", "--yes", *more, folder=folder)
        assert done.returncode == 1, done.stderr
    assert (folder / "here.jsonl").read_bytes() == (folder / "there.jsonl").read_bytes()
    assert {path.name for path in folder.iterdir()} == {"keys", "case.bank", "export", "here.jsonl", "there.jsonl"}


def test_the_worker_of_a_cluster_that_is_killed_costs_no_row(tmp_path, scanning):
    scan = scanning("--cluster", "local")
    (worker,) = dask_workers(scan.pid)
    os.kill(worker, signal.SIGKILL)
    scan.communicate(timeout=120)
    assert scan.returncode == 1
    assert found_numbers(tmp_path) == expected(4000)


def dask_workers(scan):
    """The parents of the decoding workers, other than the scan itself."""
    parents = set()
    for worker in workers_of(scan):
        with suppress(OSError):
            parents.add(int(Path("/proc", str(worker), "stat").read_text().rpartition(")")[2].split()[1]))
    return parents - {scan}


def test_a_cluster_that_is_killed_goes_on(tmp_path, bank, scanning):
    scan = scanning("--cluster", "local")
    os.killpg(scan.pid, signal.SIGKILL)
    scan.wait()
    resumed(tmp_path, bank, "--cluster", "local")
    assert found_numbers(tmp_path) == expected(4000)


# What stays behind


@pytest.mark.threat("K5")
@pytest.mark.parametrize("more", [[], ["--cluster", "local"]], ids=["here", "on Dask"])
def test_nothing_of_a_sealed_bank_is_left_in_clear_and_no_temporary_file_is_needed(folder, key_file, more):
    with BankFile.open(folder / "case.bank", KeyRing.read(key_file), read_only=True) as store:
        (block,) = store.blocks([SignalType.PDQ], now=NOW)
        value = block.values.tobytes()
    (folder / "out").mkdir()
    done = run("scan", "export", "--bank", "case.bank", "--out", "out/found.jsonl", "--yes", *more, folder=folder)
    assert done.returncode == 1, done.stderr
    for planted in (value, value.hex().encode(), base64.b64encode(value)):
        for place in (folder, Path("/dev", "shm")):
            for path in place.rglob("*"):
                if path.is_file():
                    assert planted not in path.read_bytes(), path


@pytest.mark.threat("G3")
@pytest.mark.parametrize("more", [[], ["--cluster", "local"]], ids=["here", "on Dask"])
def test_a_temporary_folder_that_cannot_be_written_is_not_missed(folder, mounted, monkeypatch, more):
    monkeypatch.setenv("TMPDIR", str(mounted("ro,size=4k")))
    done = run("scan", "export", "--bank", "case.bank", "--out", "found.jsonl", "--yes", *more, folder=folder)
    assert done.returncode == 1, done.stderr
    assert len(rows_of(folder / "found.jsonl")) == 12


def test_a_full_disk_is_said_and_nothing_found_so_far_is_lost(folder, mounted):
    results = mounted("size=24k")
    (results / "filler").write_bytes(b"x" * 12_000)
    arguments = ("scan", "export", "--bank", "case.bank", "--out", results / "found.jsonl", "--yes")
    full = run(*arguments, folder=folder)
    assert full.returncode == 2
    assert "No space left on device" in full.stderr
    assert "Traceback" not in full.stderr
    subprocess.run(["mount", "-o", "remount,size=1m", results], check=True)
    done = run(*arguments, "--resume", folder=folder)
    assert done.returncode == 1, done.stderr
    assert len(rows_of(results / "found.jsonl")) == 12


def test_without_the_key_a_sealed_bank_is_not_read(folder, monkeypatch):
    monkeypatch.setenv("HAALWEG_KEY_FILE", str(folder / "other"))
    done = run("scan", "export", "--bank", "case.bank", "--yes", folder=folder)
    assert done.returncode == 2
    assert f"There is no key file at {folder}/other." in done.stderr


@pytest.mark.parametrize(
    "asked",
    [["scan", "export", "--out", "found.jsonl", "--yes"],
     ["scan", "export", "--out", "found.jsonl", "--yes", "--cluster", "local"],
     ["match", "export/photos/photo_1.jpg"]],
    ids=str,
)  # fmt: skip
def test_nothing_is_looked_up_in_what_is_for_gates_only(folder, bank, key_file, asked):
    with BankFile.open(bank, KeyRing.read(key_file)) as store:
        store.make_bank("HOTLINE", now=NOW, kind=BankKind.REPORT_BY_LAW)
    done = run(*asked, "--bank", "case.bank", folder=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "case.bank: it holds a bank whose matches are reported by law. Such a list is for the gate" in done.stderr
    assert not (folder / "found.jsonl").exists()
