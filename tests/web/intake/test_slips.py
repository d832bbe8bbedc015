"""What goes wrong on the path, or happens at an unlucky moment, in real Chromium: nothing is lost or given by it."""

from __future__ import annotations

import json
import os
import subprocess

import pytest
from PIL import Image

from haalweg.web.store.models import Partner
from tests import pictures
from tests.vectors.test_videos import drawn
from tests.web.chromium import MODULES, SCRIPTS, needs_chromium

AGAIN = "Er ging hier iets mis. Kies dit bestand nog een keer, geef een link, of bel ons."
READY = "Vingerafdruk klaar."

pytestmark = [needs_chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def slip(live_server, tmp_path):
    """What was found of one of them, by its name in slips.mjs."""
    for name in ("VONK", "WEG"):
        Partner.objects.create(name=name, title=name.title(), kind="chat", sentence_nl="Chat-app.", sentence_en="Chat.")
    files = [tmp_path / name for name in ("one.jpg", "two.jpg", "three.jpg", "clip.bin")]
    for seed, path in enumerate(files[:3]):
        Image.fromarray(pictures.scene(5 + seed)).save(path, quality=92)
    drawn(tmp_path / "clip.mp4").rename(files[3])

    def found(name):
        command = ["node", SCRIPTS / "slips.mjs", MODULES, live_server.url, name, *files]
        done = subprocess.run(command, env=os.environ, capture_output=True, text=True, timeout=120, check=True)
        said = json.loads(done.stdout)
        assert said["trouble"] == []
        return said["found"]

    return found


def test_nothing_else_is_done_while_a_trace_is_made_and_the_path_goes_on_once(slip):
    assert slip("back_while_a_trace_is_made") == {
        "said": "Nog even: we maken het spoor",
        "after": {"step": "choices", "focus": "next"},
        "language": "nl",
        "back": "choices",
    }


def test_who_stops_while_it_is_sent_sees_no_words_of_it(slip):
    assert slip("stopping_while_it_is_sent") == {"step": "check", "words": 0, "exact": ""}


def test_who_wants_traces_gets_one_of_every_file_however_late_it_came(slip):
    assert slip("a_file_that_is_late_and_one_more") == {
        "first": [True],
        "late": {"items": [True, True], "focus": "files"},
        "more": [True, True, True],
    }


def test_a_tick_given_or_taken_while_the_language_comes_counts(slip):
    assert slip("another_tick_while_the_language_comes") == ["partner:WEG"]


def test_the_other_language_loses_no_tick_that_is_not_asked_for_now(slip):
    assert slip("the_language_where_partners_are_not_asked_for") is True


def test_a_partner_that_is_gone_leaves_no_empty_page(slip):
    assert slip("a_partner_that_went_while_the_language_came") == {"step": "choices", "heading": ["What may we do?"]}


def test_what_is_no_page_of_ours_does_not_take_the_place_of_this_one(slip):
    assert slip("another_page_in_the_place_of_the_language") == {
        "places": "forum.example draadje 99",
        "said": "De andere taal kwam niet binnen. Je antwoorden staan er nog. Probeer het opnieuw.",
    }


def test_places_are_skipped_where_there_are_none_and_the_way_back_is_that_of_before(slip):
    assert slip("skipping_the_places") == {"offered": [True, False, False], "back": "reach"}


def test_what_is_wrong_is_unfolded(slip):
    assert slip("what_is_wrong_is_folded_away") == {"step": "places", "focus": "story", "seen": True}


def test_files_are_read_one_by_one_and_the_others_say_that_they_wait(slip):
    assert slip("three_at_once") == {
        "held": ["Bezig: 0 procent gelezen", "Wacht", "Wacht"],
        "calls": ["hashFile one.jpg", "hashFile two.jpg", "hashFile three.jpg"],
    }


def test_stopping_a_video_stops_nothing_else(slip):
    found = slip("a_video_is_stopped")
    assert found["held"] == [READY, "Bezig: 0 procent gelezen", "Wacht"]
    assert found["rows"] == [READY, READY]
    assert found["calls"] == ["hashFile one.jpg", "hashFile clip.bin", "hashVideo clip.bin", "hashFile two.jpg"]
    assert found["made"] == 1


@pytest.mark.parametrize("name", ["the_hasher_does_not_come_at_first", "the_worker_does_not_start_at_first"])
def test_the_next_file_has_a_hasher_where_the_last_one_had_none(slip, name):
    assert slip(name) == [AGAIN]


def test_faces_are_those_of_the_trace_and_not_of_the_squares_since(slip):
    assert slip("a_square_is_tapped_and_the_page_left_before_the_trace_is_there") == {
        "before": 1,
        "after": 1,
        "said": ["Spoor klaar. 1 gezicht laten we weg."],
    }


def test_of_a_video_that_was_not_read_to_its_end_it_says_so(slip):
    dutch = "Deze video is lang. De vingerafdruk is van het eerste deel, de rest hebben we niet gelezen."
    english = "This video is long. The fingerprint is of the first part, we did not read the rest."
    assert slip("a_long_video") == [dutch, f"Video 1: {READY} {dutch}", english]


def test_a_row_that_is_drawn_anew_keeps_the_focus_and_shows_what_it_is(slip):
    assert slip("the_row_becomes_that_of_a_video") == {"name": "Video 1", "focus": "drop", "veil": "video"}


def test_two_presses_on_two_rows_show_neither(slip):
    assert slip("one_press_on_each_of_two_rows") == {"each": 0, "both": 1}


def test_a_report_that_was_kept_before_it_was_changed_says_so(slip):
    assert slip("sent_a_second_time_with_more_in_it") == {
        "notes": [False, True],
        "note": "Je melding was er al, van de eerste keer dat je hem verstuurde. Wat je daarna veranderde, "
        "staat er niet in. Vertel dat in een bericht op je eigen pagina.",
        "inEnglish": True,
        "words": 8,
    }


def test_saving_the_words_works_where_links_must_be_on_the_page_and_saving_takes_a_moment(slip):
    assert slip("the_words_are_saved") == {"isOnPage": True, "revoked": 0, "left": 0}


def test_where_a_browser_saves_nothing_saving_is_not_offered(slip):
    assert slip("a_browser_that_saves_nothing") == {"save": False, "file": False, "copy": True}


def test_what_shift_says_holds_as_long_as_it_is_true(slip):
    found = slip("shift_and_shift_again")
    assert "Shift" in found["later"]
    assert found["atTheEnd"] == ""
