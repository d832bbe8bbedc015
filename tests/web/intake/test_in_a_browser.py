"""The path in real Chromium, at the width of a phone and by keyboard alone, in both languages."""

from __future__ import annotations

import base64
import json
import os
import subprocess

import pytest
from PIL import Image

from haalweg.reports.report import Report
from haalweg.signals import TraceKind
from haalweg.web.store.models import Partner
from tests import pictures
from tests.vectors.test_videos import drawn
from tests.web.chromium import AXE, MODULES, SCRIPTS, needs_chromium
from tests.web.history import TELLTALE, assert_neutral, visited

WINDOW = 24  # bytes of a file that may be in nothing that is sent
SECRETS = ("fotohoek", "t.me/c/", "noor@", "draadje", "sinds maandag")
# What is in the fields as the page is left by the way out, and as the browser is closed.
LEFT = ("uitgang.example", "Vlak voor", "uitgang@", "openstaand", "nog open", "open@", "alleenlink", "er ook nog")

pytestmark = [
    needs_chromium,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(params=["nl", "en"])
def walk(request, live_server, tmp_path):
    """All that was seen and sent on the way, and the bytes of the photo that was chosen."""
    photo, flat, text = tmp_path / "strand.jpg", tmp_path / "flat.jpg", tmp_path / "note.txt"
    Image.fromarray(pictures.scene(5)).save(photo, quality=92)
    Image.fromarray(pictures.flat(360, 480)).save(flat)
    text.write_text("no picture")
    video = drawn(tmp_path / "clip.mp4").rename(tmp_path / "clip.bin")  # its name does not say what it is
    sentences = {"sentence_nl": "Chat-app. Kijkt alleen in openbare groepen.", "sentence_en": "Looks in open groups."}
    Partner.objects.create(name="VONK", title="Vonk", kind="chat", **sentences)
    Partner.objects.create(name="WEG", title="Weg", kind="forum", is_active=False, **sentences)
    done = subprocess.run(
        [
            "node",
            SCRIPTS / "path.mjs",
            MODULES,
            AXE,
            live_server.url,
            request.param,
            tmp_path / "profile",
            photo,
            flat,
            text,
            video,
        ],
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return request.param, live_server.url, json.loads(done.stdout), photo.read_bytes(), tmp_path / "profile"


@pytest.mark.threat("P1")
@pytest.mark.threat("P5")
def test_the_whole_path_by_keyboard_alone(walk):  # noqa: PLR0915 - one walk, seen from all sides
    language, base, seen, photo, profile = walk
    is_dutch = language == "nl"
    assert seen["trouble"] == []
    assert seen["axe"] == []

    # Every title is neutral, and says when something is missing.
    assert seen["titles"]["age"] == (
        "Stap 1 van 6: leeftijd · Mijn pagina" if is_dutch else "Step 1 of 6: age · My page"
    )
    assert seen["titles"]["words"].startswith("Jouw 8 woorden" if is_dutch else "Your 8 words")
    young = "Hulp voor jou" if is_dutch else "Help for you"
    assert seen["titles"]["young"] == f"{young} · {'Mijn pagina' if is_dutch else 'My page'}"
    for where in ("age", "source", "have", "files", "places", "reach", "helper"):
        said = seen["errors"][where]
        assert said["focus"] == "errors"
        assert said["errors"] == said["field"] != []
        assert said["title"].startswith("Kijk even." if is_dutch else "Look at this.")

    assert not [title for title in seen["titles"].values() if TELLTALE.search(title)]
    # The whole path is one entry of the history, in the language that it was in last, and says nothing.
    kept = visited(profile, base)
    assert_neutral(kept)
    assert {each.path.removeprefix("/en") for each in kept if "/s/" in each.path} == {"/s/", "/s/link"}

    found = seen["found"]
    # A file that fails stops no other; a photo is seen only while it is held, small, grey and blurred.
    assert [row.split(":")[0] for row in found["rows"]] == (
        ["Foto 1", "Foto 2", "Foto 3", "Video 1"] if is_dutch else ["Photo 1", "Photo 2", "Photo 3", "Video 1"]
    )
    assert found["veil"] == "grayscale(1) blur(14px)"
    assert [found[name] for name in ("veilAfter", "veilOnce", "veilTwice", "veilEscape")] == [0, 0, 1, 0]
    assert not found["sourceWithoutAge"]  # a photo of an age that nobody said is never offered to be read
    # Places are understood, and can be clicked nowhere.
    assert "1482200731" in found["places"][1]
    assert "4512" in found["places"][1]
    assert found["placeLinks"] == 0
    assert [place.split(" / ")[0] for place in found["places"]] == (
        ["Herkend", "Herkend", "Geen hele link"] if is_dutch else ["Understood", "Understood", "Not a whole link"]
    )
    assert [row.split(": ", 1)[1] for row in found["rows"]] == (
        [
            "Vingerafdruk klaar.",
            "Hier staat te weinig op.",
            "Dit bestand kunnen we niet lezen. Is het een foto of video?",
            "Vingerafdruk klaar.",
        ]
        if is_dutch
        else [
            "Fingerprint ready.",
            "There is too little in it.",
            "We cannot read this file. Is it a photo or a video?",
            "Fingerprint ready.",
        ]
    )
    # The other language and the way back lose nothing, and leave no trace in the history.
    other = found["otherLanguage"]
    assert (other["story"], other["have"]) == ("Het staat er sinds maandag.", True)
    assert other["places"] == found["placesAfterBack"]
    assert other["path"] == ("/en/s/" if is_dutch else "/s/")
    assert other["heading"] == ("Where is it?" if is_dutch else "Waar staat het?")
    assert other["entries"] == found["entriesBefore"]
    assert found["rowsAfterBack"] == 4
    assert found["tickedBeforehand"] == 0
    vonk, later = found["partners"]
    assert vonk.split("\n")[0] == "Vonk"
    assert ("Kijkt alleen in openbare groepen." if is_dutch else "Looks in open groups.") in vonk
    assert ("chat-apps" if is_dutch else "chat apps") in later
    assert found["ticked in nl"] == found["ticked in en"] == 5

    # Asked for somebody else, all is asked anew; and where anybody may be under 18 all of it is forgotten.
    assert found["askedAnew"]["chosen"] == 0
    assert not found["askedAnew"]["helper"]
    assert found["askedAnew"]["heading"] == (
        "Hoe oud was de ander op het beeld?" if is_dutch else "How old was the other person in the picture?"
    )
    assert found["forgotten"] == {"text": "", "checked": 0, "rows": 0, "places": "", "back": True}
    # The ordinary photo: a plain outline, whose squares keep the focus while the trace is made anew.
    assert found["outline"]["pictures"] == 0
    assert found["outline"]["focus"] == "8"
    assert found["outline"]["viewBox"] == "0 0 320 240"
    assert found["outline"]["cell"].endswith("weg" if is_dutch else "out")
    assert found["outline"]["said"].endswith(": 1 vak" if is_dutch else ": 1 square")
    assert found["nothingLeft"].startswith("Er blijft te weinig over" if is_dutch else "Too little is left")
    # Information needs no cookie; what needs a script says so without one.
    assert found["cookiesOfInformation"] == 0
    assert found["withoutScript"] == {
        "link": True,
        "heading": [
            "Deze pagina heeft een script nodig voor een vingerafdruk"
            if is_dutch
            else "This page needs a script to make a fingerprint"
        ],
        "exit": "https://www.knmi.nl/nederland-nu/weer/verwachtingen",
    }
    assert (found["oldAtFirst"], found["oldLater"]) == (False, "/s/link" if is_dutch else "/en/s/link")

    # What went wrong while sending loses nothing, and is sent with the same key.
    for trouble in ("lost", "503"):
        assert seen["errors"][trouble] == [
            "Het is niet verstuurd. Je keuzes staan er nog. Probeer het opnieuw."
            if is_dutch
            else "It was not sent. Your choices are still here. Try again."
        ]
    assert "020-261 52 75" in seen["errors"]["429"][0]
    assert (
        seen["errors"]["mail"]
        == [
            "Er mist iets in je e-mailadres. Het ziet eruit als naam@voorbeeld.nl.",
            "Kies waarvoor we je mogen mailen.",
        ]
        if is_dutch
        else [
            "Something is missing in your e-mail address. It looks like name@example.org.",
            "Choose what we may mail you for.",
        ]
    )
    assert seen["errors"]["refused"] == {"focus": "mail", "field": "Zo niet." if is_dutch else "Not so."}
    assert len(set(seen["keys"][:5])) == 1
    assert seen["keys"][5] != seen["keys"][0]
    assert found["words"] == ["molen", "kastanje", "zilver", "brug", "wandel", "oktober", "kapstok", "veer"]
    assert [word for word in found["printed"] if not word.isdigit()] == found["words"]
    assert (found["savedAs"], found["saved"]) == ("notitie.txt", " ".join(found["words"]) + "\n")
    assert found["left"] == {"mail": "", "places": "", "exact": ""}

    # What was shown is what was sent, and the server reads it.
    for told in ("https://fotohoek.example/a/83120", "Het staat er sinds maandag.", "noor@example.org", "Vonk"):
        assert told in found["summary"]
    assert json.loads(seen["sent"][4]) == found["exact"]
    report = Report.from_json(seen["sent"][4].encode())
    assert (report.language, report.have, report.for_whom) == (language, "picture", "self")
    picture, clip = report.items
    assert (picture.kind, len(picture.parts) > 0, _kind_of(picture)) == ("picture", True, TraceKind.FAKE)
    assert (clip.kind, [round(frame.at_s) for frame in clip.frames], clip.trace) == ("video", [0, 1, 2, 3], None)
    assert {len(item.sha256 or b"") for item in report.items} == {32}
    assert [place.location.host is not None for place in report.places] == [True, True, False]
    assert report.consents == ("bank", "trace_of_fake", "partner:VONK", "partners_like:chat", "notices")
    assert report.contact is not None
    assert report.contact.purposes == ("recovery",)
    source = Report.from_json(seen["sent"][5].encode())
    (innocent,) = source.items
    assert (innocent.kind, _kind_of(innocent), innocent.sha256) == ("source_photo", TraceKind.SOURCE, None)
    assert source.contact is None

    _holds_nothing_of_the_file(seen["requests"], base, photo)
    # The way out ends the session, and takes the place of the page: going back leads to the first page, not to answers.
    assert found["out"] == {"method": "POST", "entries": 0, "title": "Weer", "storage": []}
    assert found["backAfterExit"] == {"path": "/", "title": "Begin · Mijn pagina" if is_dutch else "Begin · My page"}
    _profile_holds_nothing(profile, [*SECRETS, *LEFT, "1482200731", "molen kastanje", picture.parts[0].hashed.hash.hex])
    assert [found["shiftOnce"], found["shiftTwice"]] == (
        ["Druk nog 2 keer op Shift om weg te gaan.", "Druk nog 1 keer op Shift om weg te gaan."]
        if is_dutch
        else ["Press Shift two more times to leave.", "Press Shift one more time to leave."]
    )


def _kind_of(item):
    return None if item.trace is None else item.trace.kind


def _holds_nothing_of_the_file(requests, base, photo):
    """Nobody else hears of it, answers are in one body only, and the file is in none."""
    elsewhere = {request["url"] for request in requests if not request["url"].startswith((f"{base}/", "blob:"))}
    # The way out; and the page that is opened last, to see what a browser keeps.
    assert elsewhere == {"https://www.knmi.nl/nederland-nu/weer/verwachtingen", "https://elsewhere.example/"}
    bodies = [request for request in requests if request["body"]]
    assert {request["url"].removeprefix(base).removeprefix("/en") for request in bodies} == {
        "/s/send",
        "/s/link",
        "/c/new",
    }
    assert {request["body"].split("&")[0].split("=")[0] for request in bodies if "link" in request["url"]} == {
        "csrfmiddlewaretoken"  # the plain form, sent empty
    }
    assert sum(len(request["body"]) for request in bodies) < 128_000  # six times, with traces
    encoded = {base64.b64encode(photo[shift:]) for shift in range(3)}
    windows = {photo[at : at + WINDOW] for at in range(len(photo) - WINDOW)}
    windows |= {text[at : at + WINDOW] for text in encoded for at in range(len(text) - WINDOW)}
    for request in requests:
        body = request["body"].encode("latin1")
        assert not any(body[at : at + WINDOW] in windows for at in range(len(body) - WINDOW + 1))
        assert not any(secret in request["url"] for secret in SECRETS)
        assert "strand" not in request["body"]  # the file's name


def _profile_holds_nothing(profile, secrets):
    """What a browser leaves on the disk: none of what was typed or made, in either of the ways that it writes text."""
    files = [path for path in profile.rglob("*") if path.is_file()]
    assert _any_holds(files, "/hide")  # what it does leave is found this way
    assert _any_holds(files, "kept-of-another-page")  # also what is in a field, where the page does not ask otherwise
    for secret in secrets:
        assert not _any_holds(files, secret), secret


def _any_holds(files, text):
    contents = [path.read_bytes() for path in files]
    return any(text.encode(coding) in content for content in contents for coding in ("utf-8", "utf-16-le"))
