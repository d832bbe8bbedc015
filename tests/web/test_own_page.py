"""The person's own page: eight words open it, guessing is slowed down for a network and never for a case."""

from __future__ import annotations

import io
import re
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from haalweg.cases.states import CaseState
from haalweg.reports.case_code import CaseCode
from haalweg.web.door import DoorError
from haalweg.web.intake.prefixes import MOST_REPORTS, PREFIXES, Prefixes, prefix_of
from haalweg.web.running import door
from haalweg.web.store import cases
from haalweg.web.store.models import Case, Partner
from haalweg.web.store.tasks import work_off
from tests.pictures import redressed, scene
from tests.web.browsing import Browser, staff
from tests.web.reporting import a_report, a_trace, an_item, hashed, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]
HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"


def opened(client, words, **more):
    return client.submit("/c", words=words, **more)


def test_eight_words_open_the_page_however_they_are_typed(client, words):
    typed = "  " + words.upper().replace(" ", ", ") + ".\n"
    assert opened(client, typed).headers["Location"] == "/p"
    page = client.get("/p").content.decode()
    assert "Je melding is binnen" in page
    assert "forum.example" not in page  # places are masked


def test_the_page_is_there_in_english_too(client, words):
    assert client.submit("/en/c", words=words).headers["Location"] == "/en/p"
    assert "Your report is in." in client.get("/en/p").content.decode()


def test_without_the_words_there_is_no_page(client):
    for path in ("/p", "/en/p"):
        assert client.get(path).status_code == 302
    for path in ("/p/back", "/p/undo"):
        assert client.submit(path).headers["Location"] == "/c"


@pytest.mark.threat("C3")
def test_every_code_that_opens_nothing_is_answered_alike_by_as_many_questions(words):
    frozen = Case.objects.get()
    frozen.frozen_at = timezone.now()
    frozen.save()
    answers, questions = set(), set()
    for code in (words, " ".join(CaseCode.new("nl").words), " ".join(CaseCode.new("en").words)):
        browser = Browser()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = opened(browser, code)
        answers.add((answer.status_code, _without_token(answer.content)))
        questions.add(len(asked))
    assert len(answers) == len(questions) == 1


@pytest.mark.threat("C2")
def test_wrong_codes_slow_their_network_down_and_nobody_else(client, words):
    wrong = " ".join(CaseCode.new("nl").words)
    for _ in range(6):
        assert opened(client, wrong, address=HERE).status_code == 422
    refused = opened(client, words, address=HERE)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    assert "Probeer het over 1 seconde opnieuw" in refused.content.decode()
    assert opened(Browser(), words, address=ELSEWHERE).status_code == 302


@pytest.mark.threat("C2")
def test_a_thousand_wrong_codes_cost_half_a_minute_each_and_an_hour_later_they_are_forgotten():
    prefixes, now = Prefixes(), 10_000.0
    for _ in range(1_000):
        now += prefixes.seconds_to_wait("192.0.2.0/24", now=now)
        prefixes.failed("192.0.2.0/24", now=now)
    assert prefixes.seconds_to_wait("192.0.2.0/24", now=now) == 30
    assert prefixes.seconds_to_wait("198.51.100.0/24", now=now) == 0
    now += 3_600
    prefixes.failed("192.0.2.0/24", now=now)
    assert prefixes.seconds_to_wait("192.0.2.0/24", now=now) == 0


@pytest.mark.threat("C2")
def test_who_has_a_case_guesses_no_faster_for_it(client, words):
    wrong = " ".join(CaseCode.new("nl").words)
    for _ in range(5):
        opened(client, wrong, address=HERE)
    assert opened(client, words, address=HERE).status_code == 302
    opened(client, wrong, address=HERE)
    assert opened(client, wrong, address=HERE).status_code == 429


@pytest.mark.threat("P6")
def test_a_flood_of_one_network_is_refused_with_a_time_and_another_network_is_served(client):
    for _ in range(MOST_REPORTS):
        PREFIXES.reported("192.0.2.0/24", now=time.monotonic())
    flood = sent(client, a_report(), address=HERE)
    assert (flood.status_code, flood.headers["Retry-After"]) == (429, "3600")
    assert sent(client, a_report(), address=ELSEWHERE).status_code == 201
    assert Case.objects.count() == 1


@pytest.mark.threat("P6")
def test_what_is_not_taken_counts_for_nothing_and_what_is_counts_once(client, monkeypatch):
    monkeypatch.setattr("haalweg.web.intake.prefixes.MOST_REPORTS", 1)
    for refused in (a_report(version=2), a_report(age={})):
        assert sent(client, refused).status_code == 422
    assert sent(client, a_report()).status_code == 201
    assert sent(client, a_report()).status_code == 429


@pytest.mark.threat("P6")
def test_of_a_network_nothing_is_remembered_that_names_it_nor_for_longer_than_a_day():
    prefixes = Prefixes()
    prefixes.failed("192.0.2.0/24", now=1.0)
    assert not any(b"192" in name for name in prefixes._seen)
    prefixes.failed("198.51.100.0/24", now=86_402.0)
    assert len(prefixes._seen) == 1


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("192.0.2.7", "192.0.2.0/24"),
        ("2001:db8:1:2::7", "2001:db8:1::/48"),
        ("::ffff:192.0.2.7", "192.0.2.0/24"),
        ("", "unknown"),
        ("x", "unknown"),
    ],
)
def test_a_network_is_what_the_connection_says_and_not_what_a_browser_says(rf, address, prefix):
    request = rf.get("/", REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR="203.0.113.1")
    assert prefix_of(request) == prefix


def test_all_of_it_is_taken_back_and_put_back_from_the_page(client, words):
    opened(client, words)
    assert client.submit("/p/back").headers["Location"] == "/p"
    assert Case.objects.get().state == CaseState.WITHDRAWN
    assert "Je hebt alles teruggetrokken" in client.get("/p").content.decode()
    assert client.submit("/p/undo").headers["Location"] == "/p"
    assert Case.objects.get().state == CaseState.RECEIVED
    work_off(door(), now=timezone.now())


def test_a_withdrawal_can_be_undone_for_so_long_and_no_longer(client, words):
    opened(client, words)
    client.submit("/p/back")
    Case.objects.update(decided_at=timezone.now() - timedelta(days=15))
    client.submit("/p/undo")
    assert Case.objects.get().state == CaseState.WITHDRAWN
    assert "/p/undo" not in client.get("/p").content.decode()


@pytest.mark.threat("C7")
def test_a_page_closes_with_quick_exit_and_after_an_hour(client, words):
    opened(client, words)
    gone = client.submit("/out")
    assert gone.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get("/p").status_code == 302
    opened(client, words)
    session = client.session
    session["opened_at"] -= 3_601
    session.save()
    assert client.get("/p").status_code == 302


@pytest.mark.threat("C6")
def test_what_a_source_photo_leads_to_is_never_on_the_page(client, machine_door):
    trace = an_item(kind="source_photo", parts=[], sha256=None, md5=None, trace=a_trace(seed=51))
    words = " ".join(sent(client, a_report(have="source_photo", items=[trace])).json()["code"])
    cases.confirm(Case.objects.get(), staff=staff("noor"), assurance="self_reported", now=timezone.now())
    work_off(door(), now=timezone.now())
    opened(client, words)
    before = _without_token(client.get("/p").content)
    seen = [machine_door.check(machine_door.uploads, as_jpeg(each)) for each in (scene(51), redressed(scene(51)))]
    assert [(each["verdict"], len(each["leads"])) for each in seen] == [("no_match", 0), ("lead", 1)]
    work_off(door(), now=timezone.now())
    assert _without_token(client.get("/p").content) == before


def as_jpeg(rgb):
    file = io.BytesIO()
    Image.fromarray(rgb).save(file, "JPEG", quality=92)
    return file.getvalue()


def _without_token(content):
    """And without how many seconds are left."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"|data-left-s="\d+"', b"", content)


def test_person_and_helpline_write_to_each_other_and_nothing_of_it_stands_in_clear(client, words):
    opened(client, words)
    assert client.submit("/p/write", text="Het staat er nog, bij een ander account.").headers["Location"] == "/p"
    page = client.get("/p").content.decode()
    assert "Het staat er nog" in page
    assert "Het staat er sinds maandag." in page  # what was told with the report
    letters = [bytes(each.letter) for each in Case.objects.get().messages.all()]
    assert len(letters) == 2
    assert not any(b"account" in letter or b"maandag" in letter for letter in letters)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Er staat niets in."),
        (" \r\n ", "Er staat niets in."),
        ("x" * 4_001, "Het is langer dan 4.000 tekens."),
        ("Ab1+" * 40, "Een lang stuk ervan is geen gewone tekst."),
    ],
)
def test_a_message_that_cannot_be_kept_is_said_to_be_so_and_why(client, words, text, said):
    opened(client, words)
    refused = client.submit("/p/write", text=text)
    assert (refused.status_code, f"Dit bericht is niet bewaard. {said}" in refused.content.decode()) == (422, True)
    assert 'href="/en/p"' in refused.content.decode()  # and no page that only answers a form
    assert Case.objects.get().messages.count() == 1


@pytest.mark.threat("C4")
def test_a_pin_is_asked_and_a_wrong_one_is_answered_as_wrong_words_are(client):
    words = " ".join(sent(client, a_report(pin="4711")).json()["code"])
    unknown = " ".join(CaseCode.of(bytes(32), "nl").words)

    def answered(words, pin):
        with CaptureQueriesContext(connection) as queries:
            answer = opened(Browser(), words, pin=pin)
        return answer.status_code, re.sub(r'value="[^"]{40,}"', "", answer.content.decode()), len(queries)

    wrong = [answered(words, ""), answered(words, "4712"), answered(unknown, ""), answered(unknown, "4711")]
    assert {each[0] for each in wrong} == {422}
    assert len(set(wrong)) == 1
    assert opened(client, words, pin=" 4711 ").headers["Location"] == "/p"
    assert "4711" not in Case.objects.get().pin


def test_a_pin_that_was_never_chosen_keeps_nobody_out(client, words):
    assert opened(client, words, pin="1234").headers["Location"] == "/p"


def test_a_page_is_open_for_the_code_that_opened_it_only(client, words):
    opened(client, words)
    case = Case.objects.get()
    case.code_lookup = bytes(32)  # as when it got another code
    case.save()
    assert client.get("/p").headers["Location"] == "/c"


def test_a_file_and_a_choice_are_taken_back_on_the_page(client):
    Partner.objects.create(name="VONK", title="Vonk", kind="chat")
    items = [an_item(5), an_item(6, name="Foto 2")]
    opened(client, " ".join(sent(client, a_report(items=items)).json()["code"]))
    page = client.get("/p").content.decode()
    assert "Alleen Foto 2 terugtrekken" in page
    assert "Partner: Vonk" in page
    assert client.submit("/p/file/back", file="Foto 2").headers["Location"] == "/p"
    assert client.submit("/p/less", what="partner:VONK").headers["Location"] == "/p"
    page = client.get("/p").content.decode()
    assert "Zet Foto 2 terug" in page
    assert "Sta weer toe: Partner: Vonk" in " ".join(page.split())
    assert client.submit("/p/file/undo", file="Foto 2").headers["Location"] == "/p"
    assert "Alleen Foto 2 terugtrekken" in client.get("/p").content.decode()


def test_all_that_is_held_is_given_as_a_file_and_no_value_is_in_it(client):
    words = " ".join(sent(client, a_report(pin="4711")).json()["code"])
    opened(client, words, pin="4711")
    answer = client.submit("/p/all")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="overzicht.json"'
    assert "no-store" in answer.headers["Cache-Control"]
    told = answer.json()
    assert told["places"] == ["https://forum.example/draad/12", "fotohoek, album 9"]
    assert told["messages"][0]["text"] == "Het staat er sinds maandag."
    assert told["contact"] == {"email": "noor@example.nl", "for": ["recovery"]}
    assert {each["type"] for each in told["fingerprints"]} == {"pdq", "md5", "sha256"}
    assert [each["what"] for each in told["what_happened"]] == ["received", "exported"]
    assert hashed(5).hash.hex not in answer.content.decode()


def test_where_it_cannot_all_be_read_it_says_so_and_gives_no_half(client, words, monkeypatch):
    opened(client, words)

    def away(*_, **__):
        raise DoorError

    monkeypatch.setattr("haalweg.web.intake.own_page.all_of", away)
    answer = client.submit("/p/all")
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert "Het is op dit moment niet te lezen." in answer.content.decode()


def test_a_locked_page_and_an_erased_one_open_no_more(client, words):
    opened(client, words)
    assert "Je pagina zit op slot" in client.submit("/p/lock").content.decode()
    assert client.get("/p").headers["Location"] == "/c"
    assert opened(client, words).status_code == 422
    case = Case.objects.get()
    case.frozen_at = None
    case.save()
    opened(client, words)
    assert client.submit("/p/end").headers["Location"] == "/p"  # without a tick nothing happens
    assert "Alles wordt gewist" in client.submit("/p/end", sure="yes").content.decode()
    work_off(door(), now=timezone.now())
    case.refresh_from_db()
    assert (case.state, case.signatures.count(), case.places.count()) == (CaseState.ERASED, 0, 0)
    assert opened(client, words).status_code == 422


@pytest.mark.usefixtures("words")
def test_without_an_open_page_nothing_is_decided(client):
    for path in ("/p/file/back", "/p/file/undo", "/p/less", "/p/all", "/p/lock", "/p/end"):
        assert client.submit(path, file="Foto 1", what="notices", sure="yes").headers["Location"] == "/c"
    assert Case.objects.get().events.count() == 1


def test_a_line_counts_for_one_however_a_browser_ends_it_and_no_sign_steers_the_screen(client, words):
    opened(client, words)
    assert client.submit("/p/write", text="\r\n".join(["x" * 65] * 60) + "\u202e.").status_code == 302
    page = client.get("/p").content.decode()
    assert "x<br>x" in page
    assert "\u202e" not in page
    story = "\r\n".join(["x" * 65] * 60)
    assert sent(client, a_report(story=story)).status_code == 201


@pytest.mark.threat("P4")
@pytest.mark.parametrize(
    ("prefix", "help_for_them"), [("", "Er is hulp speciaal voor jou"), ("/en", "help made for you")]
)
def test_who_may_be_under_18_is_referred_on_and_nothing_more_of_them_is_kept(client, words, prefix, help_for_them):
    opened(client, words)
    Case.objects.update(state=CaseState.UNDER_AGE)
    page = client.get(f"{prefix}/p").content.decode()
    assert help_for_them in page
    assert "takeitdown.ncmec.org" in page
    assert "/p/write" not in page
    assert "niets bewaard" not in page  # something was, and is wiped
    assert client.submit(f"{prefix}/p/write", text="Hallo?").status_code == 422
    assert Case.objects.get().messages.count() == 1


def test_who_looks_at_a_page_that_is_not_open_stays_logged_in_at_the_desk(client):
    client.log_in(staff("noor"))
    assert client.get("/p").status_code == 302
    assert client.get("/desk/").status_code == 200
