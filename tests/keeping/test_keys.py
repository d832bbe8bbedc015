from __future__ import annotations

import copy
import errno
import json
import os
import pickle
import stat
import struct
import subprocess
import sys
import traceback
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from haalweg.keeping import KeyFileError, KeyRing, Place, Sealed, key_files
from haalweg.keeping.keys import KeysStayError, SealingKey, key_file, seals_left_sentence
from tests.keeping.killed import killed_before_each_step

NOW = datetime(2026, 11, 25, 14, 30, 5, 999, tzinfo=UTC)
RECOVER = "Put it aside and get the keys back from the recovery sheet: haalweg keys recover."


@pytest.fixture
def place(tmp_path):
    return tmp_path / "haalweg" / "keys"


@pytest.fixture
def ring(place):
    made = KeyRing.make(NOW)
    made.write_new(place)
    return made


def sentence_of(path):
    with pytest.raises(KeyFileError) as caught:
        KeyRing.read(path)
    return str(caught.value)


def test_what_is_read_is_what_was_written(ring, place):
    rotated = ring.rotated(NOW + timedelta(days=365)).with_checked_sheet()
    rotated.replace(place)
    assert KeyRing.read(place) == rotated
    assert KeyRing.read(place).sheet_checked
    assert KeyRing.read(place).rotation_open


def test_times_are_kept_in_whole_seconds_of_utc():
    ring = KeyRing.make(NOW.astimezone(timezone(timedelta(hours=1))))
    assert ring.made_at == ring.active.made_at == NOW.replace(microsecond=0)
    assert ring.made_at.tzinfo == UTC


def test_no_two_rings_share_a_secret():
    secrets = [ring.lookup_secret for ring in map(KeyRing.make, [NOW] * 3)]
    secrets += [KeyRing.make(NOW).active.secret for _ in range(3)]
    assert len(set(secrets)) == 6


def test_a_rotation_adds_a_key_and_keeps_all_others_and_the_look_up_secret():
    ring = KeyRing.make(NOW).with_checked_sheet()
    rotated = ring.rotated(NOW + timedelta(days=1))
    assert rotated.keys[0] == ring.active
    assert rotated.active == rotated.keys[1] != ring.active
    assert rotated.lookup_secret == ring.lookup_secret
    assert not rotated.sheet_checked
    assert rotated.rotation_open
    assert not rotated.with_rotation_ended().rotation_open
    assert rotated.has_all_of(ring)
    assert not ring.has_all_of(rotated)


def test_two_keys_of_a_ring_never_share_an_id(monkeypatch):
    ring = KeyRing.make(NOW)
    other = SealingKey.make(NOW)
    drawn = iter([ring.active, ring.active, other])
    monkeypatch.setattr(SealingKey, "make", lambda _: next(drawn))
    assert ring.rotated(NOW).keys == (ring.active, other)


@pytest.mark.threat("K4")
def test_nothing_that_is_printed_of_keys_shows_a_secret(ring, place):
    read = KeyRing.read(place)
    shown = f"{read} {read!r} {read.keys} {read.active!s} {read.source} {Sealed(read, b'store')!r}"
    for secret in (ring.lookup_secret, ring.active.secret):
        for form in (secret.hex(), repr(secret)[2:-1]):
            assert form not in shown
    assert ring.active.id in shown


@pytest.mark.threat("K4")
def test_a_traceback_through_a_damaged_key_file_shows_no_secret(ring, place):
    body = place.read_text().replace("key ", "kex ").rpartition("check ")[0]
    place.write_text(signed(body))
    try:
        KeyRing.read(place)
    except KeyFileError:
        text = traceback.format_exc()
    assert ring.active.secret.hex() not in text
    assert ring.lookup_secret.hex() not in text


@pytest.mark.threat("K5")
@pytest.mark.parametrize("way", [pickle.dumps, copy.copy, copy.deepcopy])
def test_keys_do_not_travel_in_messages_or_tasks(way, ring):
    for keys in (ring, ring.active, Sealed(ring, b"store")):
        with pytest.raises(KeysStayError, match=r"^Keys do not travel: the other process reads the key file itself\.$"):
            way(keys)


# The file


def test_file_and_folder_are_for_their_owner_only_whatever_the_umask(place):
    before = os.umask(0)
    try:
        ring = KeyRing.make(NOW)
        ring.write_new(place)
        ring.rotated(NOW).replace(place)
    finally:
        os.umask(before)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in place.parent.iterdir()] == ["keys"]


def test_a_key_file_is_never_written_over(ring, place):
    with pytest.raises(KeyFileError) as caught:
        KeyRing.make(NOW).write_new(place)
    assert str(caught.value) == (
        f"{place}: there is a key file already, and it is never written over: what it sealed would be lost. For a new "
        "key beside the old ones: haalweg keys rotate. For keys of another installation, name another place in "
        "HAALWEG_KEY_FILE."
    )
    assert KeyRing.read(place) == ring


def test_a_key_file_that_comes_while_another_is_written_stays(ring, place, monkeypatch):
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    with pytest.raises(KeyFileError, match="there is a key file already"):
        KeyRing.make(NOW).write_new(place)
    assert KeyRing.read(place) == ring
    assert [entry.name for entry in place.parent.iterdir()] == ["keys"]


@pytest.mark.threat("K7")
def test_of_two_rotations_at_once_the_second_is_refused_instead_of_losing_a_key(ring, place):
    first, second = ring.rotated(NOW), ring.rotated(NOW)
    first.replace(place)
    with pytest.raises(KeyFileError) as caught:
        second.replace(place)
    assert str(caught.value) == f"{place}: another command has changed the keys meanwhile. Run this one again."
    assert KeyRing.read(place) == first


ROTATE = """
import sys
from datetime import UTC, datetime
from haalweg.keeping import KeyFileError, KeyRing
done = 0
while done < 5:
    try:
        KeyRing.read(sys.argv[1]).rotated(datetime.now(UTC)).replace(sys.argv[1])
        done += 1
    except KeyFileError as error:
        assert "meanwhile" in str(error), error
"""


@pytest.mark.threat("K7")
def test_processes_that_rotate_at_the_same_time_lose_no_key(ring, place):
    running = [subprocess.Popen([sys.executable, "-c", ROTATE, place]) for _ in range(4)]
    assert [process.wait(timeout=120) for process in running] == [0] * 4
    after = KeyRing.read(place)
    assert after.has_all_of(ring)
    assert len(after.keys) == 1 + 4 * 5


def test_a_new_key_file_is_whole_or_not_there_wherever_its_writer_is_killed(place):
    ring = KeyRing.make(NOW)
    steps = 0
    for _ in killed_before_each_step(lambda: ring.write_new(place)):
        steps += 1
        if place.exists():
            assert KeyRing.read(place) == ring
            place.unlink()
        if place.parent.exists():
            assert all(stat.S_IMODE(left.stat().st_mode) == 0o600 for left in place.parent.iterdir())
    assert steps >= 5
    assert KeyRing.read(place) == ring
    assert [entry.name for entry in place.parent.iterdir()] == ["keys"]


@pytest.mark.threat("K7")
def test_a_key_file_is_the_old_one_or_the_new_one_wherever_a_rotation_is_killed(ring, place):
    rotated = ring.rotated(NOW)
    seen = []
    for _ in killed_before_each_step(lambda: rotated.replace(place)):
        seen.append(KeyRing.read(place))
        assert seen[-1] in (ring, rotated)
    assert seen[0] == ring
    assert seen[-1] == KeyRing.read(place) == rotated
    assert [entry.name for entry in place.parent.iterdir()] == ["keys"]


@pytest.mark.parametrize(
    ("number", "rest"),
    [
        (errno.ENOSPC, "(no space left on device). Nothing was changed. Make room and run the command again."),
        (
            errno.EROFS,
            "(read-only file system). Nothing was changed. Name a place where you may write in HAALWEG_KEY_FILE.",
        ),
    ],
)
def test_a_disk_that_takes_nothing_leaves_the_keys_as_they_were(ring, place, monkeypatch, number, rest):
    def refuse(_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(KeyFileError) as caught:
        ring.rotated(NOW).replace(place)
    assert str(caught.value) == f"{place}: the key file cannot be written {rest}"
    with pytest.raises(KeyFileError, match="the key file cannot be written"):
        ring.write_new(place.with_name("others"))
    assert KeyRing.read(place) == ring
    assert [entry.name for entry in place.parent.iterdir()] == ["keys"]


def test_a_missing_key_file_has_three_ways_out(tmp_path):
    path = tmp_path / "keys"
    assert sentence_of(path) == (
        f"There is no key file at {path}. Make one with: haalweg keys new. If there was one, get it back from its "
        "recovery sheet: haalweg keys recover. If it is elsewhere, name it in HAALWEG_KEY_FILE."
    )


@pytest.mark.threat("K1")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o602, 0o601])
def test_a_key_file_that_others_may_read_or_write_is_refused(ring, place, mode):
    place.chmod(mode)
    assert sentence_of(place) == (
        f"{place}: other people on this machine may read the keys (mode {mode:o}). Close it with: chmod 600 {place}. "
        "If someone may have read it, make a new key: haalweg keys rotate."
    )
    place.chmod(0o400)
    assert KeyRing.read(place) == ring


def access_list(*entries):
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


ME, NOBODY, EVERYONE = os.geteuid(), 65534, 2**32 - 1


@pytest.mark.parametrize(
    ("named", "is_fine"),
    [((0x02, 4, ME), True), ((0x02, 4, NOBODY), False), ((0x08, 4, NOBODY), False), ((0x04, 4, EVERYONE), False)],
    ids=["this user", "another user", "a group", "the owner's group"],
)
def test_an_access_list_is_fine_where_it_names_this_user_only_as_systemd_does(ring, place, monkeypatch, named, is_fine):
    entries = [(0x01, 4, EVERYONE), (0x04, 0, EVERYONE), (0x10, 4, EVERYONE), (0x20, 0, EVERYONE), named]
    monkeypatch.setattr(os, "getxattr", lambda *_: access_list(*entries))
    place.chmod(0o440)
    if is_fine:
        assert KeyRing.read(place) == ring
    else:
        assert "other people on this machine may read the keys (mode 440)" in sentence_of(place)


def signed(body):
    return f"{body}check {sha256(body.encode()).hexdigest()}\n"


@pytest.mark.usefixtures("ring")
def test_every_changed_byte_and_every_cut_is_refused(place):
    whole = place.read_bytes()
    for at in range(len(whole)):
        place.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert sentence_of(place).startswith(f"{place}: ")
        place.write_bytes(whole[:at])
        assert sentence_of(place).startswith(f"{place}: ")
    place.write_bytes(whole + b"\n")
    assert sentence_of(place) == (
        f"{place}: a damaged key file: its check sum differs. Nothing of it is used. {RECOVER}"
    )


@pytest.mark.parametrize(
    ("contents", "sentence"),
    [
        (b"", f"an empty file where a key file should be. {RECOVER}"),
        (b"-----BEGIN OPENSSH PRIVATE KEY-----\n", "not a haalweg key file. Name the right file in HAALWEG_KEY_FILE."),
        (bytes(500), "not a haalweg key file. Name the right file in HAALWEG_KEY_FILE."),
        (
            b"haalweg keys 2\n",
            "a key file of another version of haalweg. Use the haalweg that wrote it, or newer.",
        ),
        (bytes(2**20 + 1), "1,048,577 bytes, far more than a key file has. Name the right file in HAALWEG_KEY_FILE."),
    ],
)
def test_a_foreign_file_is_refused_with_a_sentence(tmp_path, contents, sentence):
    path = tmp_path / "keys"
    path.write_bytes(contents)
    path.chmod(0o600)
    assert sentence_of(path) == f"{path}: {sentence}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lookup ", "lookdown "),
        ("key ", "note "),
        ("key ", "key 0"),
        ("sheet ", "sheet"),
        ("T", "X"),
        ("Z ", "Z 00"),
        ("rotation ended\n", ""),
    ],
)
def test_a_file_with_a_right_check_sum_that_we_did_not_write_is_refused(ring, place, old, new):
    body = place.read_text().rpartition("check ")[0]
    place.write_text(signed(body.replace(old, new)))
    assert sentence_of(place) == f"{place}: a key file that haalweg did not write. {RECOVER}"
    assert ring.active.secret.hex() in body


def test_a_pipe_or_a_folder_in_the_place_of_the_key_file_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe", 0o600)
    for path in (tmp_path / "pipe", tmp_path):
        assert sentence_of(path) == (
            f"{path}: not a file, where a key file should be. Name the right one in HAALWEG_KEY_FILE."
        )


def test_a_file_where_the_folder_should_be_and_a_link_to_nowhere_are_named(ring, place, tmp_path):
    with pytest.raises(KeyFileError, match=r"cannot be written \(what should be its folder is a file\)"):
        ring.write_new(place / "keys")
    assert sentence_of(place / "keys").endswith("the key file cannot be read (what should be its folder is a file).")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(KeyFileError, match="a link that leads nowhere, where the key file should come"):
        ring.write_new(tmp_path / "link")
    with pytest.raises(KeyFileError, match="a folder, where the key file should come"):
        ring.write_new(tmp_path)


def test_a_rotation_follows_a_link_to_the_keys_and_leaves_the_link(ring, place, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(place)
    rotated = ring.rotated(NOW)
    rotated.replace(link)
    assert link.is_symlink()
    assert KeyRing.read(place) == KeyRing.read(link) == rotated
    assert [entry.name for entry in place.parent.iterdir()] == ["keys"]


def test_what_a_power_cut_left_behind_is_written_over(ring, place):
    (place.parent / ".keys.new").write_bytes(b"half of a key fi")
    rotated = ring.rotated(NOW)
    rotated.replace(place)
    assert KeyRing.read(place) == rotated
    assert [entry.name for entry in place.parent.iterdir()] == ["keys"]


# A process that has read the keys, while another rotates


@pytest.mark.threat("K7")
def test_what_was_sealed_under_a_key_made_meanwhile_is_opened(ring, place):
    working = Sealed(KeyRing.read(place), b"store")
    where = Place("entry", "note", 7)
    ring.rotated(NOW).replace(place)
    sealed = Sealed(KeyRing.read(place), b"store").seal(where, b"note")
    assert working.open(where, sealed) == b"note"


@pytest.mark.threat("K7")
def test_a_writer_that_asks_seals_under_a_key_made_meanwhile(ring, place):
    working = Sealed(KeyRing.read(place), b"store")
    rotated = ring.rotated(NOW)
    rotated.replace(place)
    assert working.active_key_id == ring.active.id
    working.refresh()
    assert working.active_key_id == rotated.active.id
    assert working.key_id_of(working.seal(Place("entry", "note", 7), b"note")) == rotated.active.id


@pytest.mark.parametrize("happening", ["removed", "foreign", "damaged", "open to all"])
def test_a_process_goes_on_with_its_keys_whatever_happens_to_the_file(ring, place, happening):
    working = Sealed(KeyRing.read(place), b"store")
    place.unlink()
    if happening == "foreign":
        KeyRing.make(NOW).write_new(place)
    elif happening == "damaged":
        place.write_text("haalweg keys 1\n")
        place.chmod(0o600)
    elif happening == "open to all":
        ring.rotated(NOW).write_new(place)
        place.chmod(0o644)
    working.refresh()
    assert working.active_key_id == ring.active.id


# Where it is


@pytest.mark.parametrize(
    ("environment", "path"),
    [
        ({"HAALWEG_KEY_FILE": "/srv/keys", "HOME": "/home/a"}, "/srv/keys"),
        ({"HAALWEG_KEY_FILE": "", "HOME": "/home/a"}, "/home/a/.config/haalweg/keys"),
        ({"XDG_CONFIG_HOME": "/conf", "HOME": "/home/a"}, "/conf/haalweg/keys"),
        ({"XDG_CONFIG_HOME": "relative", "HOME": "/home/a"}, "/home/a/.config/haalweg/keys"),
    ],
)
def test_the_key_file_is_where_the_environment_says(environment, path):
    assert key_file(environment) == Path(path)


def test_a_systemd_credential_comes_before_the_home_folder_and_after_the_setting(tmp_path):
    environment = {"CREDENTIALS_DIRECTORY": str(tmp_path), "HOME": "/home/a"}
    assert key_file(environment) == Path("/home/a/.config/haalweg/keys")
    (tmp_path / "haalweg.keys").touch()
    assert key_file(environment) == tmp_path / "haalweg.keys"
    assert key_file(environment | {"HAALWEG_KEY_FILE": "/srv/keys"}) == Path("/srv/keys")


def test_without_any_place_there_is_a_sentence():
    with pytest.raises(KeyFileError) as caught:
        key_file({})
    assert str(caught.value) == ("There is no place for the key file: neither HAALWEG_KEY_FILE nor HOME is set.")


@pytest.mark.threat("K7")
def test_a_key_that_has_sealed_often_enough_has_a_sentence():
    assert seals_left_sentence("1a2b3c4d") == (
        "Key 1a2b3c4d has sealed 2,147,483,648 times, as often as a key may. Make a new one: haalweg keys rotate."
    )


def test_a_file_that_is_not_there_has_no_stamp(tmp_path):
    assert key_files.stamp_of(tmp_path / "nowhere") is None


# Memory

GUARDED = """
import ctypes, json, os, resource, sys
from haalweg.keeping import KeyRing
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
KeyRing.read(sys.argv[1])
after = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
print(json.dumps([before, after, resource.getrlimit(resource.RLIMIT_CORE)]), flush=True)
os.kill(os.getpid(), 11)
"""


@pytest.mark.threat("K4")
@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_a_process_that_read_the_keys_leaves_no_core_and_cannot_be_traced(ring, place, tmp_path):
    assert KeyRing.read(place) == ring
    ran = subprocess.Popen([sys.executable, "-c", GUARDED, place], stdout=subprocess.PIPE, cwd=tmp_path)
    assert ran.stdout is not None
    with ran.stdout:
        before, after, limits = json.loads(ran.stdout.read())
    status = os.waitpid(ran.pid, 0)[1]
    ran.returncode = os.waitstatus_to_exitcode(status)
    assert (before, after, limits) == (1, 0, [0, 0])
    assert os.WTERMSIG(status) == 11
    assert not os.WCOREDUMP(status)
    assert not [entry for entry in tmp_path.iterdir() if entry.name.startswith("core")]
