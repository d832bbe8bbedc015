"""Videos, file digests, and what is neither: how each is looked at, wherever it lies."""

from __future__ import annotations

import hashlib
import io
import struct
import tarfile
import wave
import zipfile
import zlib

import pytest
from PIL import ImageOps

from haalweg.adapters.bank_file import BankFile
from haalweg.adapters.media import MediaPool
from haalweg.banks import NewEntries
from haalweg.keeping import KeyRing
from haalweg.signals import SignalType
from haalweg.signals.video import packed
from tests.adapters.media.videos_in_files import made
from tests.pictures import NAMES
from tests.scan.conftest import NOW, add, rows_of, run, small

CLIP = made(seconds=4, rate=1, size=(480, 320))  # another photo each second


@pytest.fixture
def store(bank, key_file):
    with BankFile.open(bank, KeyRing.read(key_file)) as opened:
        yield opened


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


def scanned(tmp_path, bank, *sources, code=1):
    done = run("scan", *sources, "--bank", bank, "--out", "found.jsonl", "--yes", folder=tmp_path)
    assert done.returncode == code, done.stderr
    return rows_of(tmp_path / "found.jsonl"), done.stderr


def test_a_frame_of_a_video_that_is_a_known_picture_matches_with_its_time(tmp_path, bank, place):
    (place / "clip.mp4").write_bytes(CLIP)
    rows, said = scanned(tmp_path, bank, "folder")
    (row,) = rows
    assert (row["signal_type"], row["entry"], row["bank"]) == ("pdq", 1, "reported")
    assert row["frame_s"] == float(NAMES.index("coffee"))
    assert row["sha256"] == hashlib.sha256(CLIP).hexdigest()
    assert "Looked at 0 pictures, 1 video." in said


def test_a_known_video_matches_reencoded_by_the_share_of_its_frames(tmp_path, bank, store, place):
    with MediaPool() as pool:
        video = pool.video_of(CLIP).vpdq
    videos = store.make_bank("videos", now=NOW)
    store.add(NewEntries(videos.id, SignalType.VPDQ, [packed(video)]), now=NOW)
    (place / "copy.webm").write_bytes(made("webm", "libvpx", seconds=4, rate=1, size=(240, 160)))
    rows, _ = scanned(tmp_path, bank, "folder")
    assert [(row["signal_type"], row["bank"]) for row in rows] == [("vpdq", "videos"), ("pdq", "reported")]
    assert rows[0]["orientation"] == "identity"
    assert rows[0]["distance_bits"] <= 31


@pytest.mark.parametrize("kind", ["stored.zip", "deflated.zip", "tar", "tar.gz"])
def test_a_video_is_looked_at_wherever_it_lies(tmp_path, bank, kind):
    path = tmp_path / f"posts.{kind}"
    if kind.endswith("zip"):
        method = zipfile.ZIP_STORED if kind.startswith("stored") else zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(path, "w", method) as archive:
            archive.writestr("clip.mp4", CLIP)
    else:
        with tarfile.open(path, "w:gz" if kind.endswith("gz") else "w") as archive:
            member = tarfile.TarInfo("clip.mp4")
            member.size = len(CLIP)
            archive.addfile(member, io.BytesIO(CLIP))
    rows, _ = scanned(tmp_path, bank, path.name)
    assert [(row["item"], row["signal_type"]) for row in rows] == [("clip.mp4", "pdq")]
    assert rows[0]["sha256"] == hashlib.sha256(CLIP).hexdigest()


@pytest.mark.parametrize("kind", ["folder", "tar.gz"])
def test_a_file_is_known_by_its_digest_whatever_it_is(tmp_path, bank, store, place, kind):
    files = {"notes.txt": b"any file" * 1000, "broken.jpg": b"\xff\xd8\xff\xe0 no picture", "clip.mp4": CLIP}
    known = [hashlib.sha256(data).digest() for data in files.values()]
    known_md5 = [hashlib.md5(files["notes.txt"], usedforsecurity=False).digest()]
    files_bank = store.make_bank("files", now=NOW)
    store.add(NewEntries(files_bank.id, SignalType.SHA256, known), now=NOW)
    store.add(NewEntries(files_bank.id, SignalType.MD5, known_md5), now=NOW)
    for name, data in files.items():
        (place / name).write_bytes(data)
    source = "folder"
    if kind == "tar.gz":
        source = "posts.tar.gz"
        with tarfile.open(tmp_path / source, "w:gz") as archive:
            for name in files:
                archive.add(place / name, name)
    rows, said = scanned(tmp_path, bank, source)
    found = {(row["item"], row["signal_type"]) for row in rows if row["bank"] == "files"}
    assert found == {
        ("notes.txt", "sha256"),
        ("notes.txt", "md5"),
        ("broken.jpg", "sha256"),
        ("clip.mp4", "sha256"),
    }
    assert all(row["kind"] == "match" and "distance_bits" not in row for row in rows if row["bank"] == "files")
    assert "Looked at 1 picture, 1 video, 1 file that is neither.\n3 items match." in said


def test_sound_and_text_are_neither_and_no_row(tmp_path, bank, place):
    with wave.open(str(place / "sound.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16000))
    (place / "notes.txt").write_text("text")
    (place / "empty.jpg").write_bytes(b"")
    rows, said = scanned(tmp_path, bank, "folder", code=0)
    assert rows == []
    assert "Looked at 0 pictures, 3 files that are neither." in said


def test_what_holds_too_little_detail_is_counted(tmp_path, bank, place):
    small("coffee").resize((1, 1)).resize((200, 200)).save(place / "wall.png")
    rows, said = scanned(tmp_path, bank, "folder", code=0)
    assert rows == []
    assert "1 of them holds too little detail to be recognised by its looks." in said


def test_a_tiff_is_read_if_asked_for_and_said_otherwise(tmp_path, bank, place):
    small("coffee").save(place / "a.tif")
    rows, _ = scanned(tmp_path, bank, "folder", code=0)
    assert rows[0]["reason"] == "a TIFF, which is read only if asked for (--tiff)."
    done = run("scan", "folder", "--bank", bank, "--tiff", "--yes", "--json", folder=tmp_path)
    assert done.returncode == 1
    assert '"item":"a.tif"' in done.stdout


def test_one_picture_near_two_entries_has_a_row_for_each_closest_first(tmp_path, bank, store, place):
    add(store, "another", small("coffee").resize((100, 70)))
    small("coffee").save(place / "a.png")
    rows, _ = scanned(tmp_path, bank, "folder")
    assert [(row["bank"], row["entry"]) for row in rows] == [("reported", 1), ("another", 2)]
    assert rows[0]["distance_bits"] == 0 <= rows[1]["distance_bits"]


def test_each_bank_has_its_own_threshold(tmp_path, bank, store, place):
    from haalweg.banks import BankSettings  # noqa: PLC0415 - only here

    strict = store.make_bank("strict", now=NOW, settings=BankSettings(threshold_bits=0))
    with MediaPool() as pool:
        small("coffee").save(place / "a.png")
        hashed = pool.hash_image(place / "a.png")
    (place / "a.png").unlink()
    store.add(NewEntries(strict.id, SignalType.PDQ, [bytes(hashed.hash)], [100]), now=NOW)
    small("coffee").resize((150, 100)).save(place / "b.jpg", quality=30)
    rows, _ = scanned(tmp_path, bank, "folder")
    assert [row["bank"] for row in rows] == ["reported"]


# `match`


def test_match_says_for_each_file_what_it_is(bank, place):
    ImageOps.mirror(small("coffee")).save(place / "mirrored.jpg")
    small("rocket").save(place / "other.jpg")
    small("rocket").resize((1, 1)).resize((99, 99)).save(place / "wall.png")
    done = run("match", "mirrored.jpg", "other.jpg", "wall.png", "--bank", bank, folder=place)
    assert done.returncode == 1, done.stderr
    first, second, third = done.stdout.splitlines()
    assert first.startswith("match       mirrored.jpg  reported, entry 1 (pdq, ")
    assert first.endswith(", mirrored left to right)")
    assert (second, third) == ("no match    other.jpg", "too flat    wall.png")


def test_match_as_json_gives_the_rows_of_a_scan(bank, place):
    small("coffee").save(place / "a.png")
    done = run("match", "a.png", "--bank", bank, "--json", folder=place)
    assert done.returncode == 1
    assert done.stdout.startswith('{"kind":"match","source":"a.png","item":"a.png","bank":"reported","entry":1,')


def test_match_of_what_cannot_be_read_is_an_error(bank, place):
    (place / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    (place / "notes.txt").write_text("text")
    done = run("match", "broken.jpg", "missing.jpg", "notes.txt", "--bank", bank, folder=place)
    assert done.returncode == 2
    assert "broken.jpg: damaged" in done.stderr
    assert "missing.jpg: there is no such file or folder." in done.stderr
    assert "notes.txt: neither a picture nor a video that we read." in done.stderr
    assert run("match", ".", "--bank", bank, folder=place).stderr == (
        ".: a folder. `haalweg scan` looks through folders.\n"
    )


@pytest.mark.threat("N1")
@pytest.mark.parametrize(
    ("height", "reason"),
    [
        (20, "10000000 x 20 pixels; at most 120,000,000 are decoded."),
        (1, "10000000 x 1 pixels; a hash needs at least 5 a side."),
    ],
)
def test_a_picture_ten_million_pixels_wide_is_a_row_with_a_sentence(tmp_path, bank, place, height, reason):
    def chunk(kind, data):
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">2L5B", 10_000_000, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes((10_000_000 + 1) * height)))
    (place / "wide.png").write_bytes(b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b""))
    small("coffee").save(place / "a.png")
    rows, _ = scanned(tmp_path, bank, "folder")
    assert [(row["item"], row["kind"], row.get("reason")) for row in rows] == [
        ("a.png", "match", None),
        ("wide.png", "unreadable", reason),
    ]
