"""Web archives: bodies by their address, as the server meant them, and what damage and bombs get instead."""

from __future__ import annotations

import gzip
import io
import random
import zlib

import pytest
from fastwarc.stream_io import BrotliWriter, Lz4Writer, ZstdWriter

from haalweg.adapters.sources import SourceKind, SourceLimits, items_of, shards_of
from tests.adapters.sources.reading import cost, only, read, read_shard

BODY = b"\xff\xd8\xff" + random.Random(1).randbytes(3000)
CUT = "the web archive ends in the middle of a record: it was cut, or a length in it is damaged."
DAMAGED = "the web archive is damaged here. What comes next that looks like a record is read."
BOMB = "it unpacks to more than 200 times its size, as bombs do."
NAME = "some.warc"  # of what `put` writes


def record(body=BODY, address=b"http://example.org/a.jpg", kind=b"response", *, http=b"", length=None):
    """A record; http: headers of the response, None: no HTTP at all."""
    kinds = b"image/jpeg" if http is None else b"application/http; msgtype=response"
    block = body if http is None else b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n" + http + b"\r\n" + body
    length = len(block) if length is None else length
    fields = (b"WARC-Type: " + kind, b"WARC-Target-URI: " + address, b"Content-Type: " + kinds)
    return b"\r\n".join((b"WARC/1.0", *fields, b"Content-Length: %d" % length, b"", block, b"", b""))


def encoded(body, name):
    return record(body, http=b"Content-Encoding: " + name + b"\r\n")


def packed_with(writer, data):
    out = io.BytesIO()
    with writer(out) as packing:
        packing.write(data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("some.warc", b"".join),
        ("some.warc.gz", lambda records: b"".join(map(gzip.compress, records))),
        ("whole.warc.gz", lambda records: gzip.compress(b"".join(records))),
        ("some.warc.zst", lambda records: packed_with(ZstdWriter, b"".join(records))),
        ("some.warc.lz4", lambda records: packed_with(Lz4Writer, b"".join(records))),
    ],
)
def test_responses_and_resources_come_by_their_address(put, name, pack):
    path = put(
        pack(
            [
                record(b"software: x", kind=b"warcinfo", http=None),
                record(b"GET / HTTP/1.1", kind=b"request"),
                record(BODY, b"http://example.org/1"),
                record(BODY * 2, b"<http://example.org/2>", b"resource", http=None),
                record(b"", b"http://example.org/moved"),
                record(b"profile", kind=b"revisit"),
            ]
        ),
        name,
    )
    assert [(item.name, item.data, item.post) for item in read(path)] == [
        ("http://example.org/1", BODY, None),
        ("http://example.org/2", BODY * 2, None),
    ]
    shard = next(shards_of(str(path)))
    assert (shard.kind, shard.members) == (SourceKind.WARC, None)


def test_items_can_be_passed_over(put):
    path = put(b"".join(gzip.compress(record(BODY * number)) for number in range(1, 50)))
    assert len(list(items_of(next(shards_of(str(path)))))) == 49


def test_a_web_archive_in_a_folder_says_where_it_lies(put, tmp_path):
    put(gzip.compress(record()), "crawl.warc.gz")
    assert only(read(tmp_path)).name == "crawl.warc.gz/http://example.org/a.jpg"


def brotli(data):
    return packed_with(BrotliWriter, data)


def raw_deflated(data):
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(data) + packing.flush()


@pytest.mark.parametrize(
    ("name", "encode"),
    [
        (b"gzip", gzip.compress),
        (b"x-gzip", gzip.compress),
        (b"deflate", zlib.compress),
        (b"deflate", raw_deflated),
        (b"br", brotli),
        (b"zstd", lambda data: packed_with(ZstdWriter, data)),
        (b"identity", bytes),
        (b"deflate, GZIP", lambda data: gzip.compress(zlib.compress(data))),
        (b"gzip", bytes),  # a crawler that decodes and keeps the header
    ],
)
def test_an_encoded_body_is_decoded(put, name, encode):
    assert only(read(put(encoded(encode(BODY), name)))).data == BODY


def test_a_chunked_body_is_put_together_under_its_other_encoding(put):
    body = gzip.compress(BODY)
    chunks = b"".join(b"%X;x=y\r\n%b\r\n" % (len(part), part) for part in (body[:100], body[100:])) + b"0\r\n\r\n"
    both = b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    assert only(read(put(record(chunks, http=both)))).data == BODY
    assert only(read(put(record(BODY, http=b"Transfer-Encoding: chunked\r\n")))).data == BODY
    cut = only(read(put(record(b"fff\r\n" + BODY[:50], http=b"Transfer-Encoding: chunked\r\n"))))
    assert cut.reason == "its chunked body was cut or is damaged."


@pytest.mark.parametrize(
    ("http", "sentence"),
    [
        (b"Content-Encoding: zorp\r\n", "its body is encoded in a way that we do not read."),
        (b"Content-Encoding: br\r\n", "its body is not encoded as its HTTP header says, or it is damaged."),
        (b"Content-Encoding: gzip, br, gzip, br\r\n", "its body is encoded 4 times over, as bombs are."),
        (b"X: " + b"x" * 100_000 + b"\r\n", "its HTTP header has more than 65,536 bytes."),
    ],
)
def test_what_cannot_be_decoded_is_a_sentence_and_the_rest_is_read(put, http, sentence):
    wrong, right = read(put(record(BODY, http=http) + record(BODY, b"http://example.org/2")))
    assert wrong.reason == sentence
    assert right.data == BODY


@pytest.mark.threat("N1")
@pytest.mark.parametrize(
    ("name", "encode"),
    [(b"gzip", gzip.compress), (b"deflate", zlib.compress), (b"br", brotli)],
)
def test_a_bomb_in_a_body_costs_that_body(put, name, encode):
    path = put(encoded(encode(bytes(60 << 20)), name) + record(BODY, b"http://example.org/2"))
    bomb, good = read(path)
    assert bomb.reason == BOMB
    assert good.data == BODY
    assert cost(path)["grown_mib"] < 60


@pytest.mark.threat("N1")
def test_a_bomb_in_a_bomb_is_bounded_by_the_record(put):
    body = gzip.compress(gzip.compress(bytes(100 << 20)))
    path = put(encoded(body, b"gzip, gzip"))
    assert only(read(path)).reason == BOMB


@pytest.mark.threat("N1")
def test_a_bomb_of_a_record_ends_with_what_came_before_it(put):
    good, bomb, end = read(put(gzip.compress(record()) + gzip.compress(record(bytes(40 << 20)))))
    assert good.data == BODY
    assert bomb.reason == end.reason == BOMB
    assert end.ends_source


@pytest.mark.threat("N1")
def test_memory_does_not_grow_with_a_record(put):
    path = put(record(b"", length=900 << 20))
    with path.open("ab") as file:
        file.truncate(900 << 20)
        file.seek(0, io.SEEK_END)
        file.write(record())
    assert cost(path)["grown_mib"] < 20


@pytest.mark.threat("N1")
def test_an_archive_in_an_archive_is_not_opened(put):
    assert only(read(put(record(b"PK\3\4...")))).reason == (
        "an archive inside an archive, which is not opened. Unpack the outer one and scan the folder."
    )


@pytest.mark.threat("N1")
def test_an_address_is_only_a_name(put):
    wild = [b"../../etc/passwd", b"file:///etc/passwd", b"\x1b[2J", b"\xff\xfe", "\u202e".encode()]
    everything = read(put(b"".join(record(BODY, address) for address in wild)))
    assert [item.name.encode("utf-8", "surrogateescape") for item in everything] == wild
    assert only(read(put(record(BODY, b"")))).name == "a record without an address"
    assert only(read(put(record(BODY, b"x" * 9000)))).name == "x" * 4095 + "…"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("part", [0.3, 0.55, 0.7, 0.95])
def test_a_web_archive_that_was_cut_gives_what_came_before_and_a_sentence(put, pack, part):
    data = b"".join(pack(record(BODY, b"http://example.org/%d" % number)) for number in range(4))
    everything = read(put(data[: int(len(data) * part)]))
    assert len([item for item in everything if item.data == BODY]) == int(4 * part)
    assert everything[-1].ends_source
    assert everything[-1].reason in (CUT, "it ends in the middle of its compressed bytes: the file was cut.")


def test_a_header_that_was_cut_is_not_taken_for_a_record(put):
    good, end = read(put(record() + record()[:60]))
    assert good.data == BODY
    assert end.reason == CUT


@pytest.mark.threat("N1")
@pytest.mark.parametrize("length", [-5, 1 << 62, 1 << 70, 500])
def test_a_wrong_length_hides_nothing_behind_it(put, length):
    everything = read(put(record(length=length) + record(BODY, b"http://example.org/2")))
    assert (everything[-1].name, everything[-1].data) == ("http://example.org/2", BODY)
    assert [item.reason for item in everything if item.ends_source] == [DAMAGED]


@pytest.mark.threat("N1")
@pytest.mark.parametrize(
    "junk", [b"junk\r\n" * 1000, bytes(200_000), b"WARC/1.0\r\nX: " + b"x" * 100_000 + b"\r\n\r\n"]
)
def test_what_is_passed_over_between_records_is_said(put, junk):
    first, damage, last = read(put(record() + junk + b"\r\n" + record(BODY, b"http://example.org/2")))
    assert first.data == last.data == BODY
    assert (damage.reason, damage.ends_source) == (DAMAGED, True)
    assert read(put(record() + junk))[-1].reason == CUT


def test_lines_that_end_as_on_unix_are_read(put):
    lines, body = record(BODY).split(BODY)
    assert only(read(put(lines.replace(b"\r\n", b"\n", 5) + BODY + body))).data == BODY
    header = b"HTTP/1.1 200 OK\nContent-Type: image/jpeg\n\n"
    about = b"WARC-Type: response\r\nContent-Type: application/http\r\n"
    block = b"WARC/1.0\r\n%bContent-Length: %d\r\n\r\n" % (about, len(header + BODY)) + header + BODY
    assert only(read(put(block + b"\r\n\r\n"))).data == BODY


def test_a_web_archive_that_changes_after_planning_is_a_sentence(put):
    shard = next(shards_of(str(put(record()))))
    put(record(BODY * 2))
    assert only(read_shard(shard)).reason == "it has changed since the scan was planned. Scan it again."


@pytest.mark.threat("N1")
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_any_damage_ends_in_sentences(put, pack):
    bodies = [encoded(encode(BODY), name) for name, encode in ((b"gzip", gzip.compress), (b"br", brotli))]
    chunked = record(b"5\r\nabcde\r\n0\r\n\r\n", http=b"Transfer-Encoding: chunked\r\n")
    zstd = encoded(packed_with(ZstdWriter, BODY), b"zstd")
    good = b"".join(map(pack, [record(), *bodies, chunked, zstd, record()]))
    random_ = random.Random(1)
    for _ in range(300):
        bad = bytearray(good)
        for _ in range(random_.randint(1, 12)):
            bad[random_.randrange(12, len(bad))] = random_.choice((0, 10, 255, random_.randrange(256)))
        read(
            put(bytes(bad[: random_.choice((len(bad), random_.randrange(len(bad))))])), SourceLimits(header_bytes=4096)
        )
