"""Folders: what lies in them in the order of its name, nothing that a link leads to, and no crash when it changes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from haalweg.adapters.sources import ItemError, SourceKind, SourceLimits, items_of, shards_of
from tests.adapters.sources.reading import names, only, read, read_shard

_AS_NOBODY = """
import os, sys
sys.path[:0] = os.environ["WHERE"].split(":")
from haalweg.adapters.sources import items_of, shards_of
if os.geteuid() == 0:  # root may read everything
    os.setgid(65534)
    os.setuid(65534)
for shard in shards_of(sys.argv[1]):
    for item in items_of(shard):
        print(item.name, item.ends_source, item.reason, sep="|")
"""


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "pictures"
    root.mkdir()
    return root


def put(root, name, data=b"picture"):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_files_come_in_the_order_of_their_names_at_any_depth(folder):
    for name in ("b.jpg", "a/2.jpg", "a/1.jpg", "c/d/e/f.jpg"):
        put(folder, name, name.encode())
    assert [(item.name, item.data) for item in read(folder)] == [
        (name, name.encode()) for name in ("a/1.jpg", "a/2.jpg", "b.jpg", "c/d/e/f.jpg")
    ]


def test_a_shard_holds_256_members_at_most(folder):
    for number in range(600):
        put(folder, f"{number:04}.jpg")
    assert [len(shard.members or ()) for shard in shards_of(str(folder))] == [256, 256, 88]
    assert len(read(folder)) == 600


def test_an_empty_folder_gives_nothing(folder):
    assert read(folder) == []


def test_one_file_is_a_source_too_by_a_link_as_well(folder, tmp_path):
    put(folder, "a.jpg", b"one")
    (tmp_path / "link.jpg").symlink_to(folder / "a.jpg")
    assert only(read(folder / "a.jpg")).data == b"one"
    assert only(read(tmp_path / "link.jpg")).name == str(tmp_path / "link.jpg")
    assert only(read(tmp_path / "link.jpg")).data == b"one"


def test_the_digest_is_the_same_in_every_run_and_another_one_after_a_change(folder):
    put(folder, "a.jpg")
    first, again = next(shards_of(str(folder))), next(shards_of(str(folder)))
    put(folder, "a.jpg", b"another picture")
    changed = next(shards_of(str(folder)))
    assert first.digest == again.digest != changed.digest


@pytest.mark.parametrize(
    ("argument", "sentence"),
    [
        ("missing", "there is no such file or folder."),
        ("nu\0ll", "its name holds a null character, which no file system has."),
        ("/dev/null", "neither a file nor a folder. Write it to a file first and give that."),
        ("x" * 5000, "its path is longer than this system takes. Start the scan in a folder deeper down."),
    ],
)
def test_a_source_that_is_none_gets_a_sentence(tmp_path, argument, sentence):
    item = only(read(os.path.join(tmp_path, argument)))  # noqa: PTH118 - pathlib drops what the test is about
    assert (item.reason, item.ends_source) == (sentence, True)


@pytest.mark.threat("N1")
def test_links_pipes_sockets_and_devices_are_named_and_not_opened(folder, tmp_path):
    secret = put(tmp_path, "secret.jpg")
    (folder / "away").symlink_to(tmp_path)
    (folder / "link.jpg").symlink_to(secret)
    os.mkfifo(folder / "pipe.jpg")
    if os.geteuid() == 0:
        os.mknod(folder / "device.jpg", 0o020666, os.makedev(1, 5))  # /dev/zero
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "socket.jpg"))
        reasons = {item.name: item.reason for item in read(folder)}
    link = "a symbolic link, which is not followed. Give what it leads to as a source of its own."
    assert reasons == {
        "away": link,
        "link.jpg": link,
        "pipe.jpg": "not a file but a pipe.",
        "socket.jpg": "not a file but a socket.",
    } | ({"device.jpg": "not a file but a device."} if os.geteuid() == 0 else {})


@pytest.mark.threat("N1")
def test_a_link_to_the_folder_itself_is_no_way_round(folder):
    put(folder, "a.jpg")
    (folder / "round").symlink_to(folder)
    assert names(read(folder)) == ["a.jpg", "round"]


@pytest.mark.threat("N1")
def test_names_stay_as_they_are_found(folder):
    wild = [b"\x1b[2J.jpg", b"\xff\xfe.jpg", "\u202egpj.jpg".encode(), b"new\nline.jpg", b"=cmd.jpg", b"x" * 255]
    for name in wild:
        put(folder, os.fsdecode(name), name)
    assert sorted(os.fsencode(item.name) for item in read(folder)) == sorted(wild)
    assert all(item.data == os.fsencode(item.name) for item in read(folder))


def test_a_path_that_is_too_long_is_a_sentence_and_the_rest_is_read(folder):
    here = os.open(folder, os.O_RDONLY)
    for _ in range(20):  # 20 x 251: more than the 4,096 that a path may have
        os.mkdir("d" * 250, dir_fd=here)
        deeper = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    put(folder, "z.jpg")
    deep, shallow = read(folder)
    # Of the last folder that is reached or of the one below it, by how long the path to here is.
    assert (deep.reason or "").endswith(
        "its path is longer than this system takes. Start the scan in a folder deeper down."
    )
    assert shallow.data == b"picture"
    subprocess.run(["rm", "-r", folder], check=True)


def test_a_folder_of_a_thousand_levels_is_walked(folder):
    path = folder
    for _ in range(1000):
        path = path / "d"
        path.mkdir()
    put(path, "a.jpg")
    assert only(read(folder)).data == b"picture"
    subprocess.run(["rm", "-r", folder], check=True)


def test_a_folder_that_we_may_not_read_is_a_sentence(folder):
    put(folder, "closed/a.jpg")
    put(folder, "open/b.jpg")
    put(folder, "shut.jpg").chmod(0)
    (folder / "closed").chmod(0)
    modes = {path: path.stat().st_mode for path in (folder, *folder.parents) if path.stat().st_mode & 0o055 != 0o055}
    try:
        for path, mode in modes.items():
            path.chmod(mode | 0o055)  # the folders that pytest made for nobody else
        said = subprocess.run(
            [sys.executable, "-c", _AS_NOBODY, folder],
            env=os.environ | {"WHERE": ":".join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
        (folder / "closed").chmod(0o700)
    if said.returncode:
        pytest.skip("another user cannot run this Python here")
    assert said.stdout.splitlines() == [
        "closed/|True|the folder cannot be read: we may not read it. Run the scan as somebody who may.",
        "open/b.jpg|False|None",
        "shut.jpg|False|we may not read it. Run the scan as somebody who may.",
    ]


def test_a_file_that_goes_after_planning_is_a_sentence(folder):
    put(folder, "a.jpg").with_name("b.jpg").write_bytes(b"stays")
    shard = next(shards_of(str(folder)))
    (folder / "a.jpg").unlink()
    gone, stays = read_shard(shard)
    assert gone.reason == "it is not there, or no longer."
    assert stays.data == b"stays"


def test_a_file_that_grows_after_planning_is_read_as_it_is(folder):
    path = put(folder, "a.jpg", b"half")
    shard = next(shards_of(str(folder)))
    path.write_bytes(b"half and half")
    assert only(read_shard(shard)).data == b"half and half"


@pytest.mark.threat("N1")
@pytest.mark.parametrize("swapped", ["file", "folder"])
def test_what_becomes_a_link_after_planning_is_not_followed(folder, tmp_path, swapped):
    put(folder, "deep/a.jpg")
    put(tmp_path, "elsewhere/a.jpg", b"secret")
    shard = next(shards_of(str(folder)))
    (folder / "deep" / "a.jpg").unlink()
    if swapped == "file":
        (folder / "deep" / "a.jpg").symlink_to(tmp_path / "elsewhere" / "a.jpg")
    else:
        (folder / "deep").rmdir()
        (folder / "deep").symlink_to(tmp_path / "elsewhere")
    item = only(read_shard(shard))
    assert item.data is None
    assert item.reason in (
        "a symbolic link, which is not followed. Give what it leads to as a source of its own.",
        "it is no longer there, or a symbolic link stands in its path: links are not followed.",
    )


def test_a_folder_that_goes_while_it_is_planned_is_a_sentence(folder):
    for name in "ab":
        for number in range(300):
            put(folder, f"{name}/{number:03}.jpg")
    planning = shards_of(str(folder))
    first = next(planning)
    subprocess.run(["rm", "-r", folder], check=True)
    rest = list(planning)
    assert [len(shard.members or ()) for shard in rest] == [45]  # 44 files whose names were known, and what became of b
    assert {item.reason for item in read_shard(first)} == {"it is not there, or no longer."}
    last = read_shard(rest[-1])
    assert {item.reason for item in last} == {"it is not there, or no longer."}


def test_an_item_can_be_passed_over_and_is_closed_behind_us(folder):
    put(folder, "a.jpg")
    put(folder, "b.jpg")
    items = items_of(next(shards_of(str(folder))))
    first = next(items)
    stream = first.open()
    next(items)
    assert stream.closed
    with pytest.raises(ItemError, match=r"its bytes are gone: the next one was asked for\."):
        first.open()


def test_an_archive_with_the_name_of_a_picture_is_not_silently_a_picture(folder):
    put(folder, "a.jpg", b"PK\3\4 and so on")
    assert only(read(folder)).reason == (
        "an archive, though nothing said so. Give it as a source of its own to have it opened."
    )


def test_a_limit_on_members_a_shard_is_kept(folder):
    for number in range(5):
        put(folder, f"{number}.jpg")
    assert len(list(shards_of(str(folder), SourceLimits(members_per_shard=2)))) == 3
    assert next(shards_of(str(folder))).kind is SourceKind.FOLDER


def test_an_html_export_is_read_as_a_folder_and_says_what_it_lacks(folder):
    put(folder, "messages.html", b"<html><head><title>Exported Data</title>")
    put(folder, "photos/a.jpg")
    note, picture = read(folder)
    assert note.reason == (
        "an export of Telegram as HTML, from which chat, message and sender are not read. "
        "Export as JSON (machine-readable) to have them beside each row."
    )
    assert not note.ends_source
    assert picture.data == b"picture"
