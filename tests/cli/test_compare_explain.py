"""`compare --explain`: a drawing of what agrees, and not a pixel of what it is about."""

from __future__ import annotations

import json
import os
import stat
import subprocess

import av
import numpy as np
import pytest
from PIL import Image, ImageOps

from haalweg.cli.drawing import PALETTE, Colour
from tests.cli.test_bank import HAALWEG
from tests.matching.test_trace_index import in_a_screenshot
from tests.pictures import flat, noise, photo, redressed, scene

LEAD = "A lead is worth a person's look; it is no match.\n"


@pytest.fixture
def folder(tmp_path):
    for name, rgb in {
        "photo.png": photo("coffee"),
        "made.png": redressed(photo("coffee")),
        "other.png": photo("rocket"),
        "wall.png": flat(300, 300),
    }.items():
        save(rgb, tmp_path / name)
    return tmp_path


def save(rgb, place):
    Image.fromarray(np.ascontiguousarray(rgb)).save(place)


def compare(folder, *arguments, language="en"):
    done = subprocess.run(
        [HAALWEG, "compare", *arguments],
        capture_output=True,
        check=False,
        cwd=folder,
        env=os.environ | {"HAALWEG_LANGUAGE": language},
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def explain(folder, a="photo.png", b="made.png", out="out.png", *more, **how):
    return compare(folder, a, b, "--explain", out, *more, **how)


def pixels(place):
    with Image.open(place) as drawing:
        return np.asarray(drawing.convert("RGB"))


def colours(place):
    return {tuple(colour) for colour in np.unique(pixels(place).reshape(-1, 3), axis=0).tolist()}


# What is said


def test_of_a_picture_made_from_the_photo_it_says_that_it_is_a_lead_and_never_a_match(folder):
    code, out, err = explain(folder)
    assert (code, err) == (0, "")
    near, verdict, meaning, places, drawn = out.splitlines(keepends=True)
    assert near.startswith("No match: ")
    assert verdict.startswith("Lead (probable, ")
    assert verdict.endswith(" % of the photo altered): made.png seems to be made from photo.png.\n")
    assert meaning == LEAD
    assert places.endswith(" of 400 places of photo.png agree.\n")
    assert drawn == "Drawn in out.png, which only you can read: boxes and points, no pixel of either picture.\n"


def test_of_the_photo_itself_it_says_that_it_is_no_lead(folder):
    Image.fromarray(photo("coffee")).save(folder / "again.jpg", quality=60)
    code, out, _ = explain(folder, b="again.jpg")
    assert code == 1, "near copies"
    assert out.startswith("Match: ")
    assert "\nNo lead: again.jpg shows the same photo as photo.png (probable).\n" in out
    assert LEAD not in out


def test_where_nothing_agrees_it_says_so_and_draws_all_the_same(folder):
    code, out, _ = explain(folder, b="other.png")
    assert code == 0
    assert (
        "No lead: nothing of photo.png was recognised in other.png.\n400 places of photo.png were looked for.\n" in out
    )
    assert PALETTE[Colour.DIFFERS] in colours(folder / "out.png")
    assert PALETTE[Colour.AGREES] not in colours(folder / "out.png")


def test_a_picture_too_flat_to_compare_is_looked_at_and_has_no_answer(folder):
    code, out, _ = explain(folder, b="wall.png")
    assert code == 2
    assert out.startswith("No answer: too little detail in wall.png ")
    assert "No lead: nothing of photo.png was recognised in wall.png.\n" in out


def test_mirrored_inside_a_screenshot_and_in_a_later_frame_it_is_found_and_said(folder):
    shot = in_a_screenshot(ImageOps.mirror(Image.fromarray(redressed(photo("coffee")))))
    first = Image.fromarray(photo("rocket")).resize(shot.size)
    first.save(folder / "moving.webp", save_all=True, append_images=[shot], lossless=True)
    code, out, _ = explain(folder, b="moving.webp")
    assert code == 0
    assert "\nmoving.webp shows it mirrored left to right.\nOf moving.webp it is frame 1.\n" in out


def test_in_dutch_the_sentences_and_the_drawing_are_dutch(folder):
    explain(folder)
    code, out, _ = explain(folder, out="nl.png", language="nl")
    assert code == 0
    assert "Aanwijzing (waarschijnlijk, " in out
    assert " % van de foto veranderd): made.png lijkt gemaakt van photo.png.\n" in out
    assert "Een aanwijzing is het bekijken waard; ze is geen match.\n" in out
    assert (folder / "nl.png").read_bytes() != (folder / "out.png").read_bytes()


def test_as_json_the_same_stands_in_fields_and_no_score(folder):
    code, out, err = explain(folder, "photo.png", "made.png", "out.png", "--json")
    assert (code, err) == (0, "")
    row = json.loads(out)
    assert row["answer"] == "no_match"
    told = row["explanation"]
    assert (told["out"], told["kind"], told["is_lead"], told["level"]) == ("out.png", "derived", True, "probable")
    assert 5 <= told["altered_percent"] <= 60
    assert (told["mirrored"], told["frame_b"], told["places"], told["framed_a"]) == (False, 0, 400, None)
    assert 100 < told["places_agreeing"] < 400
    assert all(len(box) == 4 for name in ("agrees_a", "agrees_b", "altered_a", "altered_b") for box in told[name])
    assert all(told[name] for name in ("agrees_a", "agrees_b", "altered_a", "altered_b"))
    assert "score" not in out
    none = json.loads(explain(folder, "photo.png", "other.png", "none.png", "--json")[1])["explanation"]
    assert (none["kind"], none["is_lead"], none["level"], none["altered_percent"]) == (None, False, None, None)
    assert (none["places_agreeing"], none["agrees_a"], none["agrees_b"]) == (0, [], [])


# What is drawn


def test_the_drawing_has_the_colours_of_its_palette_and_no_other(folder):
    explain(folder)
    assert colours(folder / "out.png") == set(PALETTE.values())
    with Image.open(folder / "out.png") as drawing:
        assert (drawing.format, drawing.mode, drawing.width) == ("PNG", "P", 1200)
        assert drawing.info == {}, "nothing beside the pixels"


def test_nothing_of_a_picture_can_be_in_it_but_its_shape(folder):
    for number, rgb in enumerate((noise(400, 600, seed=7), photo("rocket")[:400, :600], flat(400, 600))):
        save(rgb, folder / f"b{number}.png")
        explain(folder, b=f"b{number}.png", out=f"out{number}.png")
    drawings = {(folder / f"out{number}.png").read_bytes() for number in range(3)}
    assert len(drawings) == 1, "three pictures of one shape, one drawing"


def test_areas_and_places_are_told_apart_without_colour_too(folder):
    explain(folder)
    rgb = pixels(folder / "out.png")
    longest = {colour: longest_run((rgb == PALETTE[colour]).all(axis=2)) for colour in Colour}
    assert longest[Colour.AGREES] > 60, "a solid line"
    assert longest[Colour.DIFFERS] < 40, "dashes and crosses"


def test_a_face_that_is_left_out_and_a_frame_are_drawn(folder):
    save(photo("astronaut"), folder / "face.png")
    in_a_screenshot(Image.fromarray(photo("astronaut"))).save(folder / "framed.png")
    for name in ("face", "framed"):
        told = json.loads(explain(folder, f"{name}.png", "face.png", f"{name}-out.png", "--json")[1])["explanation"]
        assert told["left_out_a"]
        assert bool(told["framed_a"]) is (name == "framed")
        assert colours(folder / f"{name}-out.png") <= set(PALETTE.values())


@pytest.mark.parametrize("shape", [(900, 40), (40, 900), (16, 2000)], ids=str)
def test_pictures_of_any_shape_have_room(folder, shape):
    save(noise(*shape), folder / "long.png")
    assert explain(folder, b="long.png")[0] == 0
    assert pixels(folder / "out.png").shape[1] == 1200


def longest_run(mask):
    """Pixels side by side, in any line."""
    best = 0
    for line in mask:
        edges = np.flatnonzero(np.diff(np.concatenate([[0], line.astype(np.int8), [0]])))
        best = max(best, int((edges[1::2] - edges[::2]).max(initial=0)))
    return best


# Files


def test_the_drawing_is_for_its_owner_only_and_whole(folder):
    explain(folder)
    assert stat.S_IMODE((folder / "out.png").stat().st_mode) == 0o600
    assert sorted(place.name for place in folder.iterdir()) == [
        "made.png",
        "other.png",
        "out.png",
        "photo.png",
        "wall.png",
    ]


@pytest.mark.parametrize(
    ("out", "sentence"),
    [
        ("out.jpg", "out.jpg: the drawing is a PNG. Give a name that ends in .png.\n"),
        ("out", "out: the drawing is a PNG. Give a name that ends in .png.\n"),
        ("nowhere/out.png", "nowhere: there is no such folder.\n"),
        ("other.png", "other.png: there is a file of this name already. Give another name.\n"),
        ("photo.png", "photo.png: this is one of the two pictures, and would be lost. Give another name.\n"),
        ("./made.png", "made.png: this is one of the two pictures, and would be lost. Give another name.\n"),
        ("link.png", "link.png: this is one of the two pictures, and would be lost. Give another name.\n"),
        ("dangling.png", "dangling.png: there is a file of this name already. Give another name.\n"),
    ],
)
def test_where_the_drawing_cannot_go_it_says_so_before_anything_is_read(folder, out, sentence):
    (folder / "link.png").symlink_to("made.png")
    (folder / "dangling.png").symlink_to("nothing.here")
    before = {place.name: place.read_bytes() for place in folder.glob("*.png") if place.exists()}
    assert explain(folder, out=out) == (2, "", sentence)
    assert {place.name: place.read_bytes() for place in folder.glob("*.png") if place.exists()} == before


def test_a_drawing_that_cannot_be_written_gives_no_answer_and_leaves_nothing(folder):
    name = "x" * 300 + ".png"
    assert explain(folder, out=name) == (2, "", f"{name}: cannot be written (File name too long).\n")
    assert len(list(folder.iterdir())) == 4


@pytest.mark.parametrize("names", [("missing.png", "made.png"), ("photo.png", "missing.png")])
def test_what_cannot_be_read_is_named(folder, names):
    assert explain(folder, *names) == (2, "", "missing.png: there is no such file.\n")
    assert not (folder / "out.png").exists()


def test_a_photo_with_too_little_in_it_is_named_with_the_way_out(folder):
    sentence = (
        "wall.png: the photo holds too little to recognise a picture by that was made from it. Take a larger copy of "
        "it, or compare without --explain.\n"
    )
    assert explain(folder, "wall.png", "made.png") == (2, "", sentence)
    assert not (folder / "out.png").exists()


def test_a_picture_too_narrow_for_a_search_is_named(folder):
    save(noise(5, 3000), folder / "ribbon.png")
    sentence = "ribbon.png: too narrow for a photo to be looked for in it. Compare without --explain.\n"
    assert explain(folder, b="ribbon.png") == (2, "", sentence)


@pytest.mark.parametrize("names", [("photo.png", "clip.mp4"), ("clip.mp4", "photo.png")])
def test_a_video_is_not_explained(folder, names):
    with av.open(str(folder / "clip.mp4"), "w") as clip:
        stream = clip.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 480, 360, "yuv420p"
        clip.mux(stream.encode(av.VideoFrame.from_ndarray(scene(1), format="rgb24")))
        clip.mux(stream.encode())
    sentence = (
        "clip.mp4: a video. Only pictures can be explained: save the frame in question as a picture and give that.\n"
    )
    assert explain(folder, *names) == (2, "", sentence)


def test_without_explain_nothing_is_written_and_nothing_more_is_said(folder):
    code, out, _ = compare(folder, "photo.png", "made.png")
    assert code == 0
    assert len(out.splitlines()) == 1
    assert "explanation" not in json.loads(compare(folder, "photo.png", "made.png", "--json")[1])
    assert len(list(folder.iterdir())) == 4
