"""Leads of a scan: what was made from a photo is told of, apart from matches; the photo itself never is."""

from __future__ import annotations

import csv
import io
import json

import av
import numpy as np
import pyarrow.parquet
import pytest
from PIL import Image

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import EntryId, NewEntries, WithdrawalReason
from haalweg.keeping import KeyRing
from haalweg.signals import SignalType, TraceKind, trace_pixels
from tests.pictures import redressed, scene
from tests.scan.conftest import NOW, add, rows_of, run, small

SOURCE, PHOTOS = 1, 300


def saved(rgb, place, **how):
    Image.fromarray(np.ascontiguousarray(rgb)).save(place, **how)
    return place


@pytest.fixture
def traced(tmp_path, key_file):
    """A sealed bank file that holds the trace of the source photo, and nothing else."""
    path = tmp_path / "case.bank"
    with BankFile.new(path, KeyRing.read(key_file), now=NOW) as store:
        add_trace(store, scene(SOURCE))
    return path


def add_trace(store, rgb, kind=TraceKind.SOURCE, name="traced"):
    bank = store.bank(name) or store.make_bank(name, now=NOW)
    store.add(NewEntries(bank.id, SignalType.TRACE, [bytes(trace_pixels(rgb, kind=kind))]), now=NOW)


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


def scanned(tmp_path, bank, *more, code=0):
    done = run("scan", "folder", "--bank", bank, "--out", "found.jsonl", "--yes", *more, folder=tmp_path)
    assert done.returncode == code, done.stderr
    return rows_of(tmp_path / "found.jsonl"), done


def test_of_three_hundred_photos_the_one_made_from_the_traced_photo_is_the_only_lead(tmp_path, place, key_file):
    assert key_file.exists()
    source = saved(scene(SOURCE), tmp_path / "holiday.jpg", quality=92)
    run("bank", "new", "case.bank", folder=tmp_path)
    added = run("bank", "add", "case.bank", source, "--bank", "HELPLINE", "--trace", "--adults", folder=tmp_path)
    assert (added.returncode, added.stdout) == (0, f"{source}  trace  entry 1\n")
    for number in range(2, PHOTOS):
        saved(scene(number, 240, 320), place / f"photo_{number:03}.jpg", quality=80)
    saved(scene(SOURCE), place / "photo_137.jpg", quality=75)  # the source photo, posted by its owner
    saved(redressed(scene(SOURCE)), place / "photo_201.jpg", quality=70)
    rows, done = scanned(tmp_path, "case.bank")
    assert len(rows) == 1
    (row,) = rows
    assert row | {"altered_percent": None} == {
        "kind": "lead",
        "source": "folder",
        "item": "photo_201.jpg",
        "bank": "HELPLINE",
        "entry": 1,
        "signal_type": "trace",
        "level": "probable",
        "altered_percent": None,
    }
    assert 10 < row["altered_percent"] < 60
    assert done.stderr.startswith(
        f"Looked at {PHOTOS - 2} pictures.\n0 items match.\n1 item is a lead: worth a person's look.\n"
    )
    assert "photo_137" not in done.stdout + done.stderr


def test_a_repost_of_the_source_photo_leaves_no_row_no_word_and_no_count(tmp_path, traced, place):
    saved(scene(2), place / "a.jpg")
    without = run("scan", "folder", "--bank", traced, "--yes", "--json", folder=tmp_path)
    (place / "a.jpg").unlink()
    for altered in (scene(SOURCE), scene(SOURCE)[8:-8, 10:-10], scene(SOURCE)[:, ::-1]):
        saved(altered, place / "a.jpg", quality=70)
        done = run("scan", "folder", "--bank", traced, "--yes", "--json", folder=tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", without.stderr)
        asked = run("match", "folder/a.jpg", "--bank", traced, folder=tmp_path)
        assert (asked.returncode, asked.stdout, asked.stderr) == (0, "no match    folder/a.jpg\n", "")


def test_a_lead_does_not_change_the_exit_code_and_a_match_beside_it_does(tmp_path, traced, key_file, place):
    saved(redressed(scene(SOURCE)), place / "a.jpg")
    assert scanned(tmp_path, traced)[0][0]["kind"] == "lead"
    (tmp_path / "found.jsonl").unlink()
    with BankFile.open(traced, KeyRing.read(key_file)) as store:
        add(store, "reported", Image.fromarray(redressed(scene(SOURCE))))
    rows, done = scanned(tmp_path, traced, code=1)
    assert [(row["kind"], row["bank"]) for row in rows] == [("match", "reported"), ("lead", "traced")]
    assert ("sha256" in rows[0], "sha256" in rows[1]) == (True, False)
    assert "1 item matches.\n1 item is a lead: worth a person's look.\n" in done.stderr


def test_a_table_shows_leads_apart_and_never_calls_them_matches(tmp_path, traced, place, monkeypatch):
    saved(redressed(scene(SOURCE)), place / "a.jpg")
    done = run("scan", "folder", "--bank", traced, "--yes", folder=tmp_path)
    heading, row = (line.split("  ") for line in done.stdout.splitlines())
    assert [word.strip() for word in heading if word.strip()] == ["item", "worth a person's look", "how sure"]
    assert [word.strip() for word in row if word.strip()][:2] == ["a.jpg", "traced, entry 1"]
    assert "match" not in done.stdout
    asked = run("match", "folder/a.jpg", "--bank", traced, folder=tmp_path)
    assert asked.returncode == 0
    assert asked.stdout.startswith("lead        folder/a.jpg  traced, entry 1 (probable, ")
    assert asked.stdout.endswith(" % of the photo altered): worth a person's look\n")
    monkeypatch.setenv("HAALWEG_LANGUAGE", "nl")
    dutch = run("scan", "folder", "--bank", traced, "--yes", folder=tmp_path)
    assert "het bekijken waard" in dutch.stdout
    assert "match" not in dutch.stdout


def test_the_three_formats_hold_the_same_leads(tmp_path, traced, place):
    saved(redressed(scene(SOURCE)), place / "a.jpg")
    for ending in ("jsonl", "csv", "parquet"):
        run("scan", "folder", "--bank", traced, "--out", f"found.{ending}", "--yes", folder=tmp_path)
    (line,) = rows_of(tmp_path / "found.jsonl")
    (cells,) = csv.DictReader((tmp_path / "found.csv").read_text().splitlines())
    (row,) = pyarrow.parquet.read_table(tmp_path / "found.parquet").to_pylist()
    assert {name: value for name, value in row.items() if value is not None} == line
    assert {name: value for name, value in cells.items() if value} == {name: str(value) for name, value in line.items()}


def test_on_dask_the_same_leads_are_found(tmp_path, traced, place):
    saved(redressed(scene(SOURCE)), place / "a.jpg")
    saved(scene(SOURCE), place / "b.jpg")
    here, _ = scanned(tmp_path, traced)
    (tmp_path / "found.jsonl").unlink()
    there, done = scanned(tmp_path, traced, "--cluster", "local")
    assert there == here
    assert "1 item is a lead" in done.stderr


def test_a_fake_that_was_traced_is_a_lead_where_it_is_shown_again(tmp_path, traced, key_file, place):
    with BankFile.open(traced, KeyRing.read(key_file)) as store:
        store.withdraw([EntryId(1)], reason=WithdrawalReason.ASKED, now=NOW)
        add_trace(store, scene(9), TraceKind.FAKE, "fakes")
    saved(scene(9)[40:-60, 70:-20], place / "a.jpg")
    rows, _ = scanned(tmp_path, traced)
    assert [(row["kind"], row["bank"], row["entry"]) for row in rows] == [("lead", "fakes", 2)]


def test_a_video_of_a_fake_is_a_lead_with_its_time_and_one_of_the_photo_is_not(tmp_path, traced, place):
    (place / "fake.mp4").write_bytes(film(scene(4), scene(4), redressed(scene(SOURCE)), scene(5)))
    (place / "photo.mp4").write_bytes(film(scene(4), scene(SOURCE), scene(5)))
    rows, done = scanned(tmp_path, traced)
    assert [(row["kind"], row["item"], row["frame_s"]) for row in rows] == [("lead", "fake.mp4", 2.0)]
    assert "Looked at 0 pictures, 2 videos.\n0 items match.\n1 item is a lead" in done.stderr


def test_match_as_json_gives_the_leads_of_a_scan(tmp_path, traced, place):
    saved(redressed(scene(SOURCE)), place / "a.png")
    done = run("match", "folder/a.png", "--bank", traced, "--json", folder=tmp_path)
    assert json.loads(done.stdout) | {"altered_percent": 0} == {
        "kind": "lead",
        "source": "folder/a.png",
        "item": "folder/a.png",
        "bank": "traced",
        "entry": 1,
        "signal_type": "trace",
        "level": "probable",
        "altered_percent": 0,
    }


def test_a_bank_without_traces_asks_for_no_views(tmp_path, bank, place, monkeypatch):
    from haalweg.adapters.media import MediaPool  # noqa: PLC0415 - only here
    from haalweg.adapters.sources import items_of, shards_of  # noqa: PLC0415 - only here
    from haalweg.scan.scanner import open_scanner  # noqa: PLC0415 - only here

    monkeypatch.setattr(MediaPool, "picture_of", None)
    small("coffee").save(place / "a.png")
    (shard,) = shards_of(str(place))
    with open_scanner(bank, workers=1) as scanner:
        (looked,) = (scanner.look_at("folder", item).result() for item in items_of(shard))
    assert (looked.counts.matched, looked.counts.leads) == (1, 0)
    assert tmp_path.exists()


def film(*pictures):
    """A second of each."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=4)
        stream.width, stream.height, stream.pix_fmt = 464, 336, "yuv420p"
        for rgb in pictures:
            image = Image.fromarray(np.ascontiguousarray(rgb)).resize((464, 336))
            for _ in range(4):
                container.mux(stream.encode(av.VideoFrame.from_image(image)))
        container.mux(stream.encode())
    return out.getvalue()
