"""Tar archives: what is in them, packed or not, and what hostile ones get instead of an answer."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
from typing import TYPE_CHECKING

import numpy as np
import pytest

from haalweg.adapters.sources import SourceKind, SourceLimits, items_of, shards_of
from tests.adapters.sources.reading import cost, names, noise, only, read, read_shard

if TYPE_CHECKING:
    from collections.abc import Callable

PACKED: dict[str, Callable[[bytes], bytes]] = {
    "tar": bytes,
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lambda data: lzma.compress(data, preset=0),
}
CUT = "the tar ends in the middle: it was cut."
DAMAGED = "the tar is damaged here. What comes next that looks like a member is read."
NAME = "some.tar"  # of what `put` writes


def info(name: str, size: int = 0, **fields: object) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size = size
    for field, value in fields.items():
        setattr(member, field, value)
    return member


def tarred(members, kind=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=kind, errors="surrogateescape") as archive:
        for member, data in members:
            about = info(member, len(data)) if isinstance(member, str) else member
            archive.addfile(about, io.BytesIO(data))
    return out.getvalue()


@pytest.mark.parametrize("packed", PACKED)
@pytest.mark.parametrize("kind", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_members_come_in_the_order_of_the_tar_with_their_bytes(put, packed, kind):
    members = [("z.jpg", noise(100_001)), ("empty.jpg", b""), ("f/" + "long" * 20 + ".jpg", noise(512)), ("a", b"a")]
    path = put(PACKED[packed](tarred([(info("f", type=tarfile.DIRTYPE), b""), *members], kind)))
    assert [(item.name, item.data) for item in read(path)] == members
    shard = next(shards_of(str(path)))
    assert (shard.kind, shard.members) == (SourceKind.TAR, None)


@pytest.mark.parametrize("packed", PACKED)
def test_members_can_be_passed_over_and_read_in_part(put, packed):
    path = put(PACKED[packed](tarred([(f"{number}.jpg", noise(200_000, number)) for number in range(5)])))
    seen = []
    for number, item in enumerate(items_of(next(shards_of(str(path))))):
        if number % 2:
            with item.open() as stream:
                seen.append(stream.read(10))
        assert 0 < item.until <= 1
    assert seen == [noise(200_000, number)[:10] for number in (1, 3)]


def test_a_member_of_a_plain_tar_can_be_read_in_any_order(put):
    items = items_of(next(shards_of(str(put(tarred([("film.mp4", bytes(range(256)))]))))))
    with next(items).open() as stream:
        stream.seek(-1, io.SEEK_END)
        assert stream.read() == b"\xff"


def test_streams_and_tars_one_after_another_are_all_read(put):
    first, second = tarred([("a.jpg", b"a")]), tarred([("b.jpg", b"b")])
    assert names(read(put(first + second))) == ["a.jpg", "b.jpg"]
    assert names(read(put(gzip.compress(first) + gzip.compress(second)))) == ["a.jpg", "b.jpg"]
    assert names(read(put(gzip.compress(first[:700]) + gzip.compress(first[700:]) + bytes(100)))) == ["a.jpg"]


@pytest.mark.threat("N1")
def test_a_name_is_only_a_name_wherever_it_points(put, tmp_path):
    wild = ["../../etc/passwd", "/etc/passwd", "a\x1b[2J.jpg", "\u202egpj.exe", "..", "\udcff\udcfe.jpg", "n\n"]
    everything = read(put(tarred([(name, b"data") for name in wild])))
    assert [(item.name, item.data) for item in everything] == [(name, b"data") for name in wild]
    assert [path.name for path in tmp_path.iterdir()] == ["some.tar"]


@pytest.mark.threat("N1")
@pytest.mark.parametrize("kind", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_a_long_name_is_shown_cut_and_its_bytes_are_read(put, kind):
    short, long, huge = read(put(tarred([("x" * 4096, b"a"), ("y" * 9999, b"b"), ("z" * 300_000, b"c")], kind)))
    assert (short.name, short.data) == ("x" * 4096, b"a")
    assert (long.name, long.data) == ("y" * 4095 + "…", b"b")
    assert (len(huge.name) <= 4096, huge.data) == (True, b"c")


@pytest.mark.threat("N1")
@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (tarfile.SYMTYPE, "a symbolic link, which is not followed."),
        (tarfile.LNKTYPE, "a hard link to another member, which is read under its own name."),
        (tarfile.CHRTYPE, "not a file but a device."),
        (tarfile.BLKTYPE, "not a file but a device."),
        (tarfile.FIFOTYPE, "not a file but a pipe."),
        (b"Z", "a member of a kind that we do not read. Unpack the tar and scan the folder."),
    ],
)
def test_a_member_that_is_no_file_is_not_read(put, kind, sentence):
    odd, good = read(put(tarred([(info("odd.jpg", type=kind, linkname="/etc/passwd"), b""), ("a.jpg", b"a")])))
    assert odd.reason == sentence
    assert good.data == b"a"


@pytest.mark.threat("N1")
def test_a_file_with_holes_is_not_read(put):
    old = bytearray(info("a.jpg", 512, type=tarfile.GNUTYPE_SPARSE).tobuf(tarfile.GNU_FORMAT))
    new = info("b.jpg", 5, pax_headers={"GNU.sparse.major": "1"})
    path = put(bytes(old) + bytes(512) + tarred([(new, b"holes"), ("c.jpg", b"c")]))
    first, second, good = read(path)
    assert (
        first.reason
        == second.reason
        == ("a file with holes, which is not read from a tar. Unpack the tar and scan the folder.")
    )
    assert good.data == b"c"


@pytest.mark.threat("N1")
def test_an_archive_in_an_archive_is_not_opened(put):
    inner = tarred([("x.jpg", b"x")])
    for packed in PACKED.values():
        item = only(read(put(tarred([("inner.jpg", packed(inner))]))))
        assert item.reason == (
            "an archive inside an archive, which is not opened. Unpack the outer one and scan the folder."
        )


@pytest.mark.threat("N1")
@pytest.mark.parametrize("packed", ["gz", "bz2", "xz"])
def test_a_tar_bomb_ends_with_what_came_before_it(put, packed):
    path = put(PACKED[packed](tarred([("a.jpg", b"a"), ("bomb.jpg", bytes(64 << 20)), ("b.jpg", b"b")])))
    good, bomb, end = read(path)
    assert good.data == b"a"
    assert bomb.reason == end.reason == "it unpacks to more than 200 times its size, as bombs do."
    assert (end.name, end.ends_source) == (str(path), True)
    assert cost(path)["grown_mib"] < 40


@pytest.mark.threat("N1")
def test_xz_that_asks_for_gigabytes_is_refused(put):
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 29}]
    packed = lzma.compress(tarred([("a.jpg", b"a")]), filters=filters)
    path = put(packed)
    item = only(read(path))
    assert item.reason in (
        "unpacking it takes more than 128 MiB: unpack it yourself.",
        "a file packed with xz, which is not opened. Unpack it and scan the folder.",
    )


@pytest.mark.threat("N1")
def test_a_member_of_gigabytes_is_over_the_limit_and_the_rest_is_read(put):
    big, good = read(put(tarred([("big.jpg", bytes(5000)), ("a.jpg", b"a")])), SourceLimits(member_bytes=4999))
    assert big.reason == "more than 4,999 bytes, the most that is read of one member."
    assert good.data == b"a"


@pytest.mark.threat("N1")
@pytest.mark.parametrize("kind", [b"x", b"L", b"g"])
def test_a_header_of_any_length_is_not_taken_into_memory(put, kind):
    header = info("long", 600 << 20, type=kind).tobuf(tarfile.GNU_FORMAT)
    path = put(header)
    with path.open("ab") as file:
        file.truncate(512 + (600 << 20))
        file.seek(0, io.SEEK_END)
        file.write(tarred([("a.jpg", b"a")]))
    said = cost(path)
    assert (said["count"], said["reasons"]) == (1, [])
    assert said["grown_mib"] < 30


@pytest.mark.threat("N1")
def test_a_map_of_holes_without_end_is_not_taken_into_memory(put):
    told = b"22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n"
    header = info("long", len(told), type=b"x").tobuf(tarfile.GNU_FORMAT) + told.ljust(512, b"\0")
    path = put(header + info("a.jpg", 60 << 20).tobuf(tarfile.GNU_FORMAT) + b"999999999\n" + b"1\n" * (30 << 20))
    said = cost(path)
    assert said["reasons"][0] == DAMAGED
    assert said["grown_mib"] < 30


@pytest.mark.threat("N1")
def test_what_is_said_of_all_members_is_not_kept(put):
    told = b"".join(b"60000 k%06d=".ljust(59_999, b"v") % number + b"\n" for number in range(2))
    header = info("all", len(told), type=b"g").tobuf(tarfile.GNU_FORMAT) + told.ljust(-(-len(told) // 512) * 512, b"\0")
    said = cost(put((header + tarred([("a.jpg", b"a")])[:1024]) * 500 + bytes(1024)))
    assert (said["count"], said["reasons"]) == (500, [])
    assert said["grown_mib"] < 10


@pytest.mark.threat("N1")
def test_a_hundred_thousand_headers_before_one_member_are_damage_and_passed(put):
    header = info("long", 10, type=b"x").tobuf(tarfile.GNU_FORMAT) + b"10 path=a\n".ljust(512, b"\0")
    damage, good = read(put(header * 100_000 + tarred([("b.jpg", b"b")])))
    assert (damage.reason, damage.ends_source) == (DAMAGED, True)
    assert good.data == b"b"


@pytest.mark.threat("N1")
@pytest.mark.parametrize("size", [-1, 1 << 62, (1 << 88) - 1])
def test_a_size_that_cannot_be_is_a_sentence(put, size):
    header = bytearray(info("a.jpg").tobuf(tarfile.GNU_FORMAT))
    header[124:136] = (b"\xff" * 12) if size < 0 else b"\x80" + size.to_bytes(11, "big")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    everything = read(put(bytes(header) + tarred([("b.jpg", b"b")])))
    assert everything[-1].data == b"b" if size < 0 else everything[-1].reason == CUT


@pytest.mark.parametrize("packed", PACKED)
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_tar_that_was_cut_gives_what_came_before_and_a_sentence(put, packed, part):
    data = PACKED[packed](tarred([(f"{number}.jpg", noise(400_000, number)) for number in range(10)]))
    everything = read(put(data[: int(len(data) * part)]))
    whole = [item for item in everything if item.data is not None]
    assert [item.data for item in whole] == [noise(400_000, number) for number in range(len(whole))]
    assert len(whole) >= 8 * part - 1
    assert everything[-1].ends_source
    assert everything[-1].reason in (CUT, "it ends in the middle of its compressed bytes: the file was cut.")


def test_a_tar_without_its_end_mark_says_so(put):
    good, end = read(put(tarred([("a.jpg", b"a")])[:1024]))
    assert good.data == b"a"
    assert end.reason == "the tar ends without its end mark: it may have been cut."


@pytest.mark.threat("N1")
def test_damage_in_the_middle_hides_nothing_behind_it(put):
    data = tarred([(f"{number}.jpg", noise(600, number)) for number in range(4)])
    bad = bytearray(data)
    bad[1536 : 1536 + 300] = noise(300)  # the second header
    first, damage, third, fourth = read(put(bytes(bad)))
    assert (damage.reason, damage.ends_source) == (DAMAGED, True)
    assert [first.data, third.data, fourth.data] == [noise(600, number) for number in (0, 2, 3)]


def test_a_tar_that_changes_after_planning_is_a_sentence(put):
    path = put(tarred([("a.jpg", b"a")]))
    shard = next(shards_of(str(path)))
    put(tarred([("b.jpg", bytes(20_000))]))
    assert only(read_shard(shard)).reason == "it has changed since the scan was planned. Scan it again."


@pytest.mark.threat("N1")
def test_a_quarter_of_a_million_members_take_no_memory(put):
    count = 250_000
    blocks = np.zeros((count, 512), np.uint8)
    blocks[:] = np.frombuffer(info("0000000.jpg").tobuf(tarfile.USTAR_FORMAT), np.uint8)
    digits = (np.arange(count)[:, None] // 10 ** np.arange(6, -1, -1) % 10).astype(np.uint8)
    blocks[:, :7] += digits
    total = (int(blocks[0].astype(int).sum()) - int(blocks[0, 148:156].astype(int).sum()) + 8 * 32) + digits.sum(1)
    blocks[:, 148:154] = 48 + (total[:, None] // 8 ** np.arange(5, -1, -1) % 8).astype(np.uint8)
    path = put(b"")
    with path.open("wb") as file:
        blocks.tofile(file)
        file.write(bytes(1024))
    del blocks
    said = cost(path, opened=False)
    path.unlink()
    assert (said["count"], said["reasons"]) == (count, [])
    assert said["grown_mib"] < 10


@pytest.mark.threat("N1")
@pytest.mark.parametrize("packed", PACKED)
def test_any_damage_ends_in_sentences(put, packed):
    good = PACKED[packed](tarred([(f"{n}" * 120 + ".jpg", noise(300, n)) for n in range(4)]))
    random_ = random.Random(1)
    for _ in range(150):
        bad = bytearray(good)
        for _ in range(random_.randint(1, 8)):
            bad[random_.randrange(6, len(bad))] = random_.choice((0, 255, random_.randrange(256)))
        read(put(bytes(bad[: random_.choice((len(bad), random_.randrange(len(bad))))])))


@pytest.mark.parametrize("name", ["some.rar", "some.7z", "some.tar.zst", "picture.jpg.gz"])
def test_what_is_packed_in_another_way_is_named(put, tmp_path, name):
    heads = {"rar": b"Rar!\x1a\7\0", "7z": b"7z\xbc\xaf\x27\x1c", "zst": b"\x28\xb5\x2f\xfd", "gz": gzip.compress(b"x")}
    path = put(heads[name.rpartition(".")[2]] + b"and so on", name)
    words = {"rar": "RAR", "7z": "7-Zip", "zst": "Zstandard", "gz": "gzip"}[name.rpartition(".")[2]]
    sentence = f"a file packed with {words}, which is not opened. Unpack it and scan the folder."
    assert only(read(path)).reason == sentence
    assert only(read(tmp_path)).reason == sentence
    assert only(read(tmp_path)).name == name
