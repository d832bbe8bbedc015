"""Something is added to a report in real Chromium: on a phone, by keyboard alone, in both languages."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess

import pytest
from PIL import Image

import haalweg
from haalweg.web.store import pins
from haalweg.web.store.models import Addition, Case, Partner, Signature
from tests import pictures
from tests.web.chromium import AXE, MODULES, SCRIPTS, needs_chromium
from tests.web.history import TELLTALE, assert_neutral, visited
from tests.web.reporting import a_report, sent

WINDOW = 24  # bytes of a file that may be in nothing that is sent
PIN = "4711"

pytestmark = [
    needs_chromium,
    pytest.mark.usefixtures("machine_door"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(params=["nl", "en"])
def walk(request, live_server, client, tmp_path):
    """What was seen and sent on the way, the words of the case, and the bytes of the photo."""
    photo, other = tmp_path / "strand.jpg", tmp_path / "tuin.jpg"
    Image.fromarray(pictures.scene(31)).save(photo, quality=92)
    Image.fromarray(pictures.scene(32)).save(other, quality=92)
    Partner.objects.create(name="VONK", title="Vonk", kind="chat", sentence_nl="Chat-app.", sentence_en="Chat.")
    words = " ".join(sent(client, a_report(language=request.param, pin=PIN)).json()["code"])
    command = ["node", SCRIPTS / "adding.mjs", MODULES, AXE, live_server.url, request.param, tmp_path / "profile"]
    command += [words, PIN, photo, other]
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, timeout=240, check=True)
    return request.param == "nl", json.loads(done.stdout), words, photo, tmp_path / "profile"


@pytest.mark.threat("P5")
def test_something_is_added_by_keyboard_alone(walk):
    is_dutch, seen, words, photo, profile = walk
    assert seen["trouble"] == []
    assert seen["axe"] == []
    found = seen["found"]
    assert found["pin"] == {
        "error": (
            "Dit is niet je pincode van nu. Na 5 keer proberen sluiten we deze pagina in deze browser."
            if is_dutch
            else "This is not your PIN of now. After 5 tries we close this page in this browser."
        ),
        "kept": "",
    }
    assert pins.fits("081523", Case.objects.get().pin)
    # Nothing is read or sent where somebody may be under 18, and the person hears what that means for the rest.
    assert found["young"] | {"said": ""} == {
        "heading": "Er is hulp speciaal voor jou" if is_dutch else "There is help made for you",
        "rows": 0,
        "checked": 0,
        "focus": "H1",
        "requests": 0,
        "said": "",
    }
    assert ("Wat je eerder meldde blijft" if is_dutch else "What you reported before stays") in found["young"]["said"]
    # Files go on with the next number, and nothing is chosen beforehand.
    assert (found["rows"], found["nextRows"]) == ((["Foto 2"], ["Foto 3"]) if is_dutch else (["Photo 2"], ["Photo 3"]))
    assert found["tickedBeforehand"] == 0
    assert "fotohoek.example" in found["summary"]
    assert ("e-mail" in found["summary"], found["exact"]["contact"]) == (False, None)
    assert found["closed"].startswith("Je pagina is na een tijdje gesloten" if is_dutch else "Your page was closed")
    # An answer that was lost makes nothing twice; what was shown last is what was sent, and what is kept.
    assert found["added"] == {
        "heading": "Het is toegevoegd" if is_dutch else "It was added",
        "rows": 0,
        "checked": 0,
        "focus": "H1",
        "exact": "",
        "places": "",
        "isAsSent": True,
    }
    sent_bodies = [each["body"] for each in seen["requests"] if each["url"].endswith("/p/add/send")]
    assert len(sent_bodies) == 3
    assert all(json.loads(body) == found["exact"] for body in sent_bodies)
    assert found["exact"]["items"][0]["parts"][0]["pdq"] == haalweg.hash_image(photo).hash.hex
    (addition,) = Addition.objects.all()
    assert (Case.objects.count(), addition.signatures.count(), addition.places.count()) == (1, 3, 1)
    assert [each.what for each in addition.consents.all()] == ["bank"]
    assert set(Signature.objects.exclude(addition=None).values_list("row_name", flat=True)) == set(found["rows"])
    assert ("Iets toegevoegd" if is_dutch else "Something added") in found["ownPage"]
    # After the way out, going back leads to no page of the case.
    assert found["entries"] == 0
    assert found["back"]["path"].removeprefix("/en") == "/c"
    assert not re.search(r"\W+".join(words.split()[:2]), found["back"]["text"])  # one alone may stand there by chance
    # What stays of it in the browser are addresses and titles that say nothing.
    assert not [title for title in seen["titles"].values() if TELLTALE.search(title)]
    kept = visited(profile, seen["found"]["base"])
    assert_neutral(kept)
    assert {each.path.removeprefix("/en") for each in kept} == {"/c", "/p", "/p/pin", "/p/add"}
    _nothing_of_the_file_leaves(seen["requests"], photo.read_bytes())
    _the_profile_holds_none_of(
        profile, [words, "081523", "fotohoek.example", found["exact"]["items"][0]["parts"][0]["pdq"]]
    )


def _nothing_of_the_file_leaves(requests, photo):
    encoded = {base64.b64encode(photo[shift:]) for shift in range(3)}
    windows = {photo[at : at + WINDOW] for at in range(len(photo) - WINDOW)}
    windows |= {text[at : at + WINDOW] for text in encoded for at in range(len(text) - WINDOW)}
    for request in requests:
        body = request["body"].encode("latin1")
        assert not any(body[at : at + WINDOW] in windows for at in range(len(body) - WINDOW + 1))
        assert "strand" not in request["body"]


def _the_profile_holds_none_of(profile, secrets):
    contents = [path.read_bytes() for path in profile.rglob("*") if path.is_file()]
    assert any(b"/p/add" in content for content in contents)  # what a browser does keep is found this way
    for secret in secrets:
        for coding in ("utf-8", "utf-16-le"):
            assert not any(secret.encode(coding) in content for content in contents), secret
