"""Zip archives: what is in them, and what hostile ones get instead of an answer."""

from __future__ import annotations

import io
import random
import stat
import struct
import warnings
import zipfile
import zlib

import pytest

from haalweg.adapters.sources import SourceKind, SourceLimits, items_of, shards_of
from tests.adapters.sources.reading import cost, names, noise, only, read, read_shard

SMALL = SourceLimits(ratio_from_bytes=1 << 10)
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
NAME = "some.zip"  # of what `put` writes


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("method", METHODS)
def test_members_come_in_the_order_of_the_directory_with_their_bytes(put, method):
    members = [("z.jpg", noise(100_000)), ("folder/", b""), ("folder/a.jpg", b"a" * 70_000), ("empty.jpg", b"")]
    everything = read(put(zipped(members, method)))
    assert [(item.name, item.data) for item in everything] == [members[0], members[2], members[3]]


def test_a_stored_member_can_be_read_in_any_order(put):
    path = put(zipped([("film.mp4", bytes(range(256)) * 100)], zipfile.ZIP_STORED))
    items = items_of(next(shards_of(str(path))))
    with next(items).open() as stream:
        assert stream.seekable()
        stream.seek(-256, io.SEEK_END)
        assert stream.read() == bytes(range(256))
        stream.seek(1)
        assert stream.read(2) == b"\1\2"


def test_a_shard_holds_256_members_and_opens_only_those(put):
    path = put(zipped([(f"{number}.jpg", b"%d" % number) for number in range(300)]))
    shards = list(shards_of(str(path)))
    assert [(shard.kind, len(shard.members or ())) for shard in shards] == [(SourceKind.ZIP, 256), (SourceKind.ZIP, 44)]
    assert [item.data for item in read_shard(shards[1])] == [b"%d" % number for number in range(256, 300)]


def test_two_members_of_one_name_are_both_read(put):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = zipped([("a.jpg", b"first"), ("a.jpg", b"second")])
    assert [item.data for item in read(put(data))] == [b"first", b"second"]


def test_a_zip_in_a_folder_says_where_it_lies(put, tmp_path):
    put(zipped([("in/a.jpg", b"a")]))
    put(b"b", "b.jpg")
    assert names(read(tmp_path)) == ["b.jpg", "some.zip/in/a.jpg"]


def test_a_zip_behind_a_program_is_read_when_it_is_called_a_zip(put):
    data = zipped([("a.jpg", b"a")])
    assert only(read(put(b"PK\3\4" + bytes(1000) + data))).data == b"a"


def test_a_zip_with_64_bit_fields_is_read(put):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, archive.open("a.jpg", "w", force_zip64=True) as member:
        member.write(b"wide")
    assert only(read(put(out.getvalue()))).data == b"wide"
    data = zipped([("a.jpg", b"a")])
    end = data.rindex(b"PK\5\6")
    _, _, _, _, count, size, offset, _ = struct.unpack("<4s4H2LH", data[end:])
    wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    narrow = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    assert only(read(put(data[:end] + wide + locator + narrow))).data == b"a"


def test_names_are_read_as_the_tools_write_them(put):
    assert names(read(put(zipped([("caf\xe9.jpg", b"")])))) == ["caf\xe9.jpg"]
    data = bytearray(zipped([("cafe.jpg", b"")]).replace(b"cafe.jpg", b"caf\x82.jpg"))
    assert names(read(put(bytes(data)))) == ["caf\xe9.jpg"], "code page 437, the old default"
    data = zipped([("cafee.jpg", b"")]).replace(b"cafee.jpg", "caf\xe9.jpg".encode())
    assert names(read(put(data))) == ["caf\xe9.jpg"], "UTF-8 without saying so"


@pytest.mark.threat("N1")
def test_a_name_is_only_a_name_wherever_it_points(put, tmp_path):
    wild = ["../../etc/passwd", "/etc/passwd", "C:\\windows\\a.jpg", "a\x1b[2J.jpg", "\u202egpj.exe", "..", "\n"]
    everything = read(put(zipped([(name, name.encode()) for name in wild])))
    assert [(item.name, item.data) for item in everything] == [(name, name.encode()) for name in wild]
    assert [path.name for path in tmp_path.iterdir()] == ["some.zip"]
    data = zipped([("a_b.jpg", b"data")]).replace(b"a_b.jpg", b"a\0b.jpg")
    assert [(item.name, item.data) for item in read(put(data))] == [("a\0b.jpg", b"data")]


@pytest.mark.threat("N1")
def test_a_long_name_is_shown_cut_and_its_bytes_are_read(put):
    short, long = read(put(zipped([("x" * 4096, b"a"), ("y" * 60_000, b"b")])))
    assert (short.name, short.data) == ("x" * 4096, b"a")
    assert (long.name, long.data) == ("y" * 4095 + "…", b"b")


@pytest.mark.threat("N1")
@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        (stat.S_IFLNK, "a symbolic link, which is not followed."),
        (stat.S_IFCHR, "not a file but a pipe, a socket or a device."),
        (stat.S_IFIFO, "not a file but a pipe, a socket or a device."),
    ],
)
def test_a_member_that_is_no_file_is_not_read(put, mode, sentence):
    member = zipfile.ZipInfo("odd.jpg")
    member.create_system = 3
    member.external_attr = (mode | 0o644) << 16
    assert only(read(put(zipped([(member, b"/etc/passwd")])))).reason == sentence


@pytest.mark.threat("N1")
@pytest.mark.parametrize("method", METHODS[1:])
def test_a_bomb_is_refused_by_what_it_says_of_itself(put, method):
    path = put(zipped([("bomb.jpg", bytes(32 << 20)), ("a.jpg", b"a")], method))
    bomb, good = read(path)
    assert bomb.reason == "it unpacks to more than 200 times its size, as bombs do."
    assert good.data == b"a"


@pytest.mark.threat("N1")
@pytest.mark.parametrize("method", METHODS[1:])
def test_a_bomb_that_lies_about_its_size_gives_no_more_than_it_says(put, method):
    honest = zipped([("bomb.jpg", bytes(32 << 20))], method)
    lying = honest.replace(struct.pack("<L", 32 << 20), struct.pack("<L", 1000))
    assert lying != honest
    item = only(read(put(lying)))
    assert item.reason == "its bytes do not add up to the checksum in its zip: damaged."


@pytest.mark.threat("N1")
@pytest.mark.parametrize("method", METHODS[1:])
def test_a_bomb_that_lies_about_its_size_takes_no_memory(put, method):
    honest = zipped([("bomb.jpg", bytes(256 << 20))], method)
    assert cost(put(honest.replace(struct.pack("<L", 256 << 20), struct.pack("<L", 1000))))["grown_mib"] < 80


@pytest.mark.threat("N1")
def test_lzma_that_asks_for_gigabytes_is_refused(put):
    data = bytearray(zipped([("a.jpg", b"a" * 100)], zipfile.ZIP_LZMA))
    at = data.index(b"a.jpg") + 5 + 5  # behind the name, two versions, a length and a byte of properties
    data[at : at + 4] = struct.pack("<L", 1 << 31)
    assert only(read(put(bytes(data)))).reason == "unpacking it takes more than 128 MiB: unpack it yourself."


@pytest.mark.threat("N1")
@pytest.mark.parametrize("kind", ["quine", "nested"])
def test_an_archive_in_an_archive_is_not_opened(put, kind):
    # A quine zip holds itself, one like 42.zip holds 16 that hold 16: both end at the first step inwards.
    inner = zipped([("x.jpg", b"x")]) if kind == "quine" else zipped([(f"{n}.zip", b"PK\3\4") for n in range(16)])
    item = only(read(put(zipped([("r/r.zip", inner)]))))
    assert item.reason == "an archive inside an archive, which is not opened. Unpack the outer one and scan the folder."


@pytest.mark.threat("N1")
def test_members_that_share_bytes_are_not_read(put):
    """As in David Fifield's zip bombs: many names for one kernel."""
    data = zipped([(f"{letter}.jpg", b"x" * 100) for letter in "abc"], zipfile.ZIP_STORED)
    at = [data.index(b"PK\1\2")]
    for _ in range(2):
        at.append(data.index(b"PK\1\2", at[-1] + 1))
    bad = bytearray(data)
    bad[at[1] + 42 : at[1] + 46] = struct.pack("<L", 0)  # the second says it lies where the first does
    a, b, c = read(put(bytes(bad)))
    assert a.reason == b.reason == "it shares its bytes with another member of the zip, as bombs do: neither is read."
    assert c.data == b"x" * 100


@pytest.mark.threat("N1")
def test_an_encrypted_member_is_not_read(put):
    data = bytearray(zipped([("a.jpg", b"a")]))
    data[data.index(b"PK\1\2") + 8] |= 1
    item = only(read(put(bytes(data))))
    assert item.reason == "encrypted. Unpack the zip with its password and scan the folder."


def test_a_method_that_we_do_not_know_is_named(put):
    data = bytearray(zipped([("a.jpg", b"a")]))
    data[data.index(b"PK\1\2") + 10] = 9
    assert only(read(put(bytes(data)))).reason == (
        "packed in a way that we do not read (method 9). Unpack the zip and scan the folder."
    )


@pytest.mark.threat("N1")
@pytest.mark.parametrize("method", METHODS)
def test_a_wrong_checksum_is_said_before_the_last_byte_is_given(put, method):
    data = bytearray(zipped([("a.jpg", noise(200_000)), ("b.jpg", b"b")], method))
    data[data.index(b"PK\1\2") + 16] ^= 1
    wrong, right = read(put(bytes(data)))
    assert wrong.reason == "its bytes do not add up to the checksum in its zip: damaged."
    assert right.data == b"b"


@pytest.mark.parametrize("part", [0.1, 0.5, 0.95])
def test_a_zip_that_was_cut_is_a_sentence(put, part):
    data = zipped([(f"{number}.jpg", noise(1000, number)) for number in range(20)])
    item = only(read(put(data[: int(len(data) * part)])))
    assert item.reason == (
        "the zip has no directory at its end: it was cut or damaged. Repair it (`zip -FF`) and scan the result."
    )
    assert item.ends_source


def test_a_directory_that_is_damaged_in_the_middle_is_a_sentence(put):
    data = bytearray(zipped([(f"{number}.jpg", b"x") for number in range(20)]))
    at = data.index(b"PK\1\2", data.index(b"PK\1\2") + 1)
    data[at] = 0
    assert only(read(put(bytes(data)))).reason == (
        "the zip's directory is damaged, so nothing of it is read. Repair it (`zip -FF`) or unpack it, and scan that."
    )


def test_a_name_that_is_not_the_utf_8_it_says_ends_the_zip_with_a_sentence(put):
    data = zipped([("caf\xe9.jpg", b"a"), ("b.jpg", b"b")]).replace("caf\xe9".encode(), b"caf\xff\xfe")
    item = only(read(put(data)))
    assert item.reason == (
        "the zip's directory is damaged, so nothing of it is read. Repair it (`zip -FF`) or unpack it, and scan that."
    )
    assert item.ends_source


def test_one_part_of_several_is_a_sentence(put):
    data = bytearray(zipped([("a.jpg", b"a")]))
    data[data.index(b"PK\5\6") + 4] = 1
    item = only(read(put(bytes(data))))
    assert item.reason == "one part of a zip in several parts. Put it together (`zip -s 0`) and scan the result."


def test_an_empty_zip_gives_nothing(put):
    assert read(put(zipped([]))) == []


def test_a_zip_that_changes_after_planning_is_a_sentence(put):
    path = put(zipped([("a.jpg", b"a")]))
    shard = next(shards_of(str(path)))
    put(zipped([("b.jpg", b"something else")]))
    item = only(read_shard(shard))
    assert item.reason == "it has changed since the scan was planned. Scan it again."
    assert item.ends_source
    path.unlink()
    assert only(read_shard(shard)).reason == "it is not there, or no longer."


@pytest.mark.threat("N1")
def test_a_million_members_are_refused_before_the_directory_is_read(put):
    end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1_000_000, 1_000_000, 0, 0)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, 4, 1)
    narrow = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    item = only(read(put(b"PK\3\4" + end + locator + narrow)))
    assert item.reason == (
        "the zip says that it holds 1,000,000 members; at most 500,000 are taken. Unpack it and scan the folder."
    )
    assert item.ends_source


@pytest.mark.threat("N1")
def test_a_directory_with_more_members_than_it_says_is_refused_too(put):
    data = zipped([(f"{number}.jpg", b"") for number in range(30)])
    item = only(read(put(data[:-14] + struct.pack("<2H", 1, 1) + data[-10:]), SourceLimits(zip_members=20)))
    assert item.reason == "the zip holds more than 20 members, more than it says."


@pytest.mark.threat("N1")
def test_a_directory_of_hundreds_of_megabytes_is_refused_before_it_is_read(put):
    path = put(b"PK\3\4")
    with path.open("ab") as file:
        file.truncate(900 << 20)
        file.seek(0, io.SEEK_END)
        file.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 800 << 20, 0, 0))
    said = cost(path)
    assert said["reasons"] == ["the zip's directory is longer than we take into memory. Unpack it and scan the folder."]
    assert said["grown_mib"] < 10


@pytest.mark.threat("N1")
def test_a_zip_takes_half_a_kilobyte_a_member_while_it_is_planned(put):
    entry = struct.Struct("<4s6H3L5H2L")
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    directory = b"".join(
        entry.pack(b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 30 * number) + b"%09d" % number
        for number in range(200_000)
    )
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, len(directory), 30 * 200_000, 0)
    wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 200_000, 200_000, len(directory), 30 * 200_000)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, 30 * 200_000 + len(directory), 1)
    said = cost(put(local * 200_000 + directory + wide + locator + end))
    assert said["count"] == 200_000
    assert said["grown_mib"] < 120


@pytest.mark.threat("N1")
def test_any_damage_ends_in_sentences(put):
    good = zipped([(f"{n}.jpg", noise(300, n)) for n in range(4)] + [("b.jpg", b"b" * 3000)], zipfile.ZIP_DEFLATED)
    random_ = random.Random(1)
    for _ in range(400):
        bad = bytearray(good)
        for _ in range(random_.randint(1, 8)):
            bad[random_.randrange(4, len(bad))] = random_.choice((0, 255, random_.randrange(256)))
        for item in read(put(bytes(bad[: random_.choice((len(bad), random_.randrange(len(bad))))])), SMALL):
            assert item.reason or zlib.crc32(item.data or b"") >= 0
