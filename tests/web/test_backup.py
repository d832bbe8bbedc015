"""`haalweg serve backup` and `restore`: all of it in one sealed file, and nothing that was withdrawn comes back."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.web.a_helpline import AHelpline
from tests.web.databases import own_database
from tests.web.reporting import hashed

STAYS, WITHDRAWN, UNDER_AGE, ERASED, WAITS = 81, 82, 83, 84, 85


@pytest.fixture
def helpline(tmp_path):
    with own_database() as environment:
        one = AHelpline(tmp_path, environment)
        yield one
        one.stop_door()


def on_the_list(*seeds):
    return [(what, seed) for seed in seeds for what in ("report", "confirm")]


@pytest.mark.threat("K8")
def test_an_old_backup_brings_nothing_back_that_was_taken_off_the_list_since(helpline, tmp_path):
    file, key = tmp_path / "backup", helpline.key()
    helpline.start_door()
    helpline.act(*on_the_list(STAYS, WITHDRAWN, UNDER_AGE, ERASED), ("report", WAITS), ("tell", ""))
    made = helpline.serve("backup", str(file))  # while the door runs
    assert (made.returncode, "written, sealed and read back" in made.stdout) == (0, True), made.stderr
    assert helpline.serve("backup", str(file)).stderr.endswith("Nothing was changed. Name another one.\n")
    helpline.act(("withdraw", WITHDRAWN), ("under_age", UNDER_AGE), ("erase", ERASED), ("erase", WAITS), ("tell", ""))
    helpline.act(*on_the_list(86), ("tell", ""))
    assert helpline.serve("restore", str(file), "--replace").stderr.startswith("The helpline runs.")
    helpline.stop_door()
    assert "there is a helpline already" in helpline.serve("restore", str(file)).stderr
    back = helpline.serve("restore", str(file), "--replace")
    assert back.returncode == 0, back.stderr
    assert re.search(r"carried out by the journal: [1-9]", back.stdout)
    assert "left the list meanwhile: 2\n" in back.stdout
    assert "perhaps under 18: 1\n" in back.stdout
    helpline.start_door()
    verified = helpline.serve("audit", "verify")
    assert (verified.returncode, "The log is whole" in verified.stdout) == (0, True), verified.stderr
    for told in (False, True):  # not for one request, and not once the pages have told the door how all of it stands
        if told:
            helpline.act(("tell", ""))
        assert [seed for seed in (STAYS, WITHDRAWN, UNDER_AGE, ERASED, 86) if helpline.matches(key, seed)] == [STAYS]
    found = helpline.act()
    assert {seed: each["state"] for seed, each in found.items()} == {
        str(STAYS): "on_the_list",
        str(WITHDRAWN): "set_aside",
        str(UNDER_AGE): "under_age",
        str(ERASED): "set_aside",  # the journal does not say why it went
        str(WAITS): "received",  # and of what never was on the list it says nothing
    }
    assert found[str(WITHDRAWN)]["events"][-1] == "taken_off_since"
    assert {found[str(each)]["by"] for each in (WITHDRAWN, UNDER_AGE, ERASED)} == {None}  # the server, by itself
    assert (found[str(UNDER_AGE)]["signatures"], found[str(UNDER_AGE)]["places"]) == (0, 0)


@pytest.mark.threat("K8")
def test_without_its_journal_nothing_is_put_back(helpline, tmp_path):
    file = tmp_path / "backup"
    helpline.act()
    assert helpline.serve("backup", str(file)).returncode == 0
    (journal,) = (helpline.folder / "journals").glob("*.journal")
    away, before = tmp_path / "away", (helpline.folder / "door" / "door.bank").read_bytes()
    journal.rename(away)
    refused = helpline.serve("restore", str(file), "--replace")
    assert (refused.returncode, "the withdrawal journal that it names is not there" in refused.stderr) == (2, True)
    journal.write_text(away.read_text().replace("1", "2", 1))
    refused = helpline.serve("restore", str(file), "--replace")
    assert (refused.returncode, "Nothing was put back." in refused.stderr) == (2, True)
    assert (helpline.folder / "door" / "door.bank").read_bytes() == before
    assert not [*helpline.folder.rglob(".haalweg-*")]


def test_a_backup_on_another_machine_needs_keys_and_journals_and_nothing_else(helpline, tmp_path):
    file = tmp_path / "backup"
    helpline.start_door()
    before = helpline.act(*on_the_list(STAYS), ("tell", ""))
    key = helpline.key()
    assert helpline.serve("backup", str(file)).returncode == 0
    helpline.stop_door()
    helpline.folder.rename(tmp_path / "the old machine")
    if "HAALWEG_DATABASE_URL" not in helpline.environment:
        assert helpline.serve("restore", str(file)).returncode == 2
        shutil.copytree(tmp_path / "the old machine" / "journals", helpline.folder / "journals")
        back = helpline.serve("restore", str(file))
        assert back.returncode == 0, back.stderr
    else:  # its server is another one: here that is the same, and is replaced
        shutil.copytree(tmp_path / "the old machine" / "journals", helpline.folder / "journals")
        assert helpline.serve("restore", str(file)).returncode == 2
        assert helpline.serve("restore", str(file), "--replace").returncode == 0
    assert helpline.serve("check").returncode == 0
    assert helpline.act() == before
    helpline.start_door()
    assert helpline.matches(key, STAYS)
    for each in helpline.folder.rglob("*"):
        if each.is_file():
            assert each.stat().st_mode & 0o077 == 0, each


@pytest.mark.threat("K1")
def test_nothing_of_what_people_told_stands_in_a_backup(helpline, tmp_path):
    file = tmp_path / "backup"
    helpline.start_door()
    helpline.act(*on_the_list(STAYS), ("tell", ""))
    token = helpline.key()
    assert helpline.serve("backup", str(file)).returncode == 0
    content = file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    value = hashed(STAYS).hash
    secret = (helpline.folder / "web.secret").read_text().split()[-1]
    for planted in (
        bytes(value),
        value.hex.encode(),
        b"forum.example",
        b"Verhaal",
        b"noor",
        secret.encode(),
        bytes.fromhex(secret),
        token.encode(),
        b"store_case",
        b"SQLite format 3",
        b"PGDMP",
        b"serve.toml",
    ):
        assert planted not in content
    assert not [*tmp_path.rglob(".haalweg-*")]


def test_a_backup_that_is_not_whole_is_refused_and_changes_nothing(helpline, tmp_path):
    file = tmp_path / "backup"
    helpline.act()
    assert helpline.serve("backup", str(file)).returncode == 0
    content = file.read_bytes()
    turned = bytearray(content)
    turned[len(content) // 2] ^= 1
    before = {each: each.read_bytes() for each in helpline.folder.rglob("*") if each.is_file()}
    for spoiled in (turned, content[:-65_552], content + b"x", b"", b"x" * 5000):
        file.write_bytes(spoiled)
        refused = helpline.serve("restore", str(file), "--replace")
        assert (refused.returncode, refused.stderr.startswith(f"{file}: ")) == (2, True), refused.stderr
        assert {each: each.read_bytes() for each in helpline.folder.rglob("*") if each.is_file()} == before


def test_keys_of_before_a_rotation_open_what_they_sealed_and_others_do_not(helpline, tmp_path):
    file = tmp_path / "backup"
    helpline.act()
    assert helpline.serve("backup", str(file)).returncode == 0
    assert helpline.run("keys", "rotate", "--no-drill").returncode == 0
    assert helpline.serve("restore", str(file), "--replace").returncode == 0
    (tmp_path / "keys").rename(tmp_path / "away")
    helpline.run("keys", "new", "--no-drill")
    assert "which is not in the key file" in helpline.serve("restore", str(file), "--replace").stderr
