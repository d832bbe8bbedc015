"""Who lost the words has others mailed to the stored address; who asks learns nothing, and locks nobody out."""

from __future__ import annotations

import dataclasses
import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from haalweg.reports.case_code import CaseCode
from haalweg.web import post, running
from haalweg.web.store import cases, mails, marks, new_code
from haalweg.web.store.models import Case, Contact, Mail, MailRows, WordsAsked
from tests.web.a_mail_server import TAKEN
from tests.web.browsing import Browser, staff
from tests.web.mailing import deliver
from tests.web.reporting import a_report, an_item, sent, words_in
from tests.web.test_reports import dump_of_tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]

HERS = "noor@example.nl"
HALF_AN_HOUR = timedelta(minutes=31)
DAY = timedelta(days=1)


@pytest.fixture
def words(server):
    assert server
    return reported()


def reported(*, email=HERS, purposes=("recovery",), **more):
    report = a_report(contact={"email": email, "for": list(purposes)}, **more)
    return " ".join(sent(Browser(), report, key=str(uuid.uuid4())).json()["code"])


def asked(email=HERS, *, address="192.0.2.1", prefix=""):
    return Browser().submit(f"{prefix}/c/new", mail=email, address=address)


def opens(words, **more):
    return Browser().submit("/c", words=words, **more).headers.get("Location") == "/p"


def happened(case=None):
    return [each.what for each in (case or Case.objects.get()).events.all()]


@pytest.mark.threat("C5")
def test_words_come_to_the_stored_address_and_fetch_new_ones_once(server, words):
    assert asked(" Noor@Example.NL ").status_code == 200
    deliver()
    (mail,) = server.taken
    assert (mail["To"], mail["Subject"]) == (HERS, "Nieuws")
    (by_mail,) = server.words()
    person = Browser()
    fetched = person.submit("/c", words=by_mail)
    new = words_in(fetched)
    assert (fetched.status_code, "Bewaar deze 8 nieuwe woorden" in fetched.content.decode()) == (200, True)
    assert (opens(new), opens(words), Browser().submit("/c", words=by_mail).status_code) == (True, False, 422)
    assert happened() == ["received", "words_asked", "words_fetched"]
    page = person.get("/p").content.decode()
    assert "Nieuwe woorden gevraagd per mail" in page
    assert "Nieuwe woorden opgehaald, met die uit een mail" in page


def test_the_desk_sees_that_words_were_asked_for_and_fetched(server, words):
    assert words
    asked()
    deliver()
    desk = Browser()
    desk.log_in(staff("noor"))
    desk.take(Case.objects.get())
    page = f"/desk/case/{Case.objects.get().number}/"
    assert "Er zijn woorden gemaild naar het contact" in desk.get(page).content.decode()
    Browser().submit("/c", words=server.words()[0])
    shown = desk.get(page).content.decode()
    assert "Nieuwe woorden gevraagd per mail" in shown
    assert "Nieuwe woorden opgehaald, met die uit een mail" in shown


@pytest.mark.threat("C7")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_mail_says_nothing_of_why_and_has_no_link(server, settings, language):
    reported(language=language)
    asked()
    deliver()
    text = server.text()
    assert ("Je vroeg om nieuwe woorden." if language == "nl" else "You asked for new words.") in text
    assert server.taken[0]["Subject"] == ("Nieuws" if language == "nl" else "News")
    case = Case.objects.get()
    for words in server.words():  # any word of the lists may stand among them
        text = text.replace(words, "")
    telltale = ("http", "://", "www", "naakt", "nude", "foto", "photo", "melding", "report", "hulp", "help")
    named = (settings.HAALWEG.name, "localhost", case.spoken_number, str(case.number), HERS)
    assert [each for each in (*telltale, *named) if each.lower() in re.sub(r"\d\d:\d\d", "", text).lower()] == []


@pytest.mark.threat("C3")
@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_address_is_answered_alike_with_as_many_questions(prefix):
    reported(email="news@example.nl", purposes=["news"])
    reported(email="frozen@example.nl")
    cases.freeze(Case.objects.latest("number"), now=timezone.now())
    reported(email="erased@example.nl")
    cases.erase(Case.objects.latest("number"), now=timezone.now())
    answers, questions = set(), set()
    for number, name in enumerate(("noor", "nobody", "news", "frozen", "erased", "noor")):
        with CaptureQueriesContext(connection) as those:
            answer = asked(f"{name}@example.nl", address=f"192.0.{number}.1", prefix=prefix)
        answers.add((answer.status_code, re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)))
        questions.add(len(those))
    assert len(answers) == len(questions) == 1
    (status,) = {status for status, _ in answers}
    assert status == 200


@pytest.mark.threat("C3")
def test_of_an_address_that_nobody_gave_nothing_stays(server, words):
    assert words
    before = Mail.objects.count()
    asked("nobody@example.nl")
    assert WordsAsked.objects.count() == 1
    deliver()
    assert (WordsAsked.objects.count(), Mail.objects.count(), server.taken) == (0, before, [])


@pytest.mark.threat("C2")
def test_who_knows_an_address_locks_nobody_out(server, words):
    for _ in range(3):
        asked()
        deliver()
    assert (len(server.taken), opens(words)) == (1, True)
    later = timezone.now() + HALF_AN_HOUR
    assert new_code.fetch(CaseCode.parse(server.words()[0]), "", now=later) is None
    assert opens(words)


@pytest.mark.threat("C2")
def test_at_most_five_mails_a_day_go_to_a_case_and_the_next_day_others(server, words):
    assert words
    now = timezone.now()
    for number in range(8):
        WordsAsked.objects.create(lookup=marks.of_contact(HERS), at=now + number * HALF_AN_HOUR)
        deliver(now=now + number * HALF_AN_HOUR)
    assert len(server.taken) == 5
    WordsAsked.objects.create(lookup=marks.of_contact(HERS), at=now + DAY + HALF_AN_HOUR)
    deliver(now=now + DAY + HALF_AN_HOUR)
    assert len(server.taken) == 6


@pytest.mark.threat("C2")
def test_who_asks_very_often_is_slowed_down_and_typing_words_is_not(server, words):
    assert server
    answers = [asked(f"a{number}@example.nl") for number in range(8)]
    assert [each.status_code for each in answers[:6]] == [200] * 6
    assert (answers[-1].status_code, "Retry-After" in answers[-1].headers) == (429, True)
    assert "Er is hier veel gevraagd" in answers[-1].content.decode()
    assert asked("a9@example.nl", address="198.51.100.1").status_code == 200
    assert opens(words)


@pytest.mark.threat("C4", "C5")
def test_a_pin_stays_and_stops_who_only_reads_the_mail(server):
    reported(pin="840193")
    asked()
    deliver()
    (by_mail,) = server.words()
    for pin in ("", "000000"):
        assert Browser().submit("/c", words=by_mail, pin=pin).status_code == 422
    new = words_in(Browser().submit("/c", words=by_mail, pin="840193"))
    assert (opens(new), opens(new, pin="840193")) == (False, True)


@pytest.mark.threat("C3")
def test_words_of_a_mail_that_open_nothing_are_answered_as_all_others(server):
    reported(pin="840193")
    asked()
    deliver()
    (by_mail,) = server.words()
    answers, questions = set(), set()
    for code in (by_mail, " ".join(CaseCode.new("nl").words)):
        with CaptureQueriesContext(connection) as those:
            answer = Browser().submit("/c", words=code, pin="111111")
        answers.add((answer.status_code, re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)))
        questions.add(len(those))
    assert len(answers) == len(questions) == 1


def frozen(case):
    cases.freeze(case, now=timezone.now())


def erased(case):
    cases.erase(case, now=timezone.now())


def stopped(case):
    cases.turned_out_under_age(case, now=timezone.now())


def proposed(case):
    new_code.propose(case, staff=staff("kim"), now=timezone.now())


def given(case):
    proposed(case)
    new_code.give(case, staff=staff("sam"), now=timezone.now())


@pytest.mark.threat("C4", "C5")
@pytest.mark.parametrize("what", [frozen, erased, stopped, proposed, given])
@pytest.mark.parametrize("when", ["before it was asked", "before it was sent", "once it was sent"])
def test_nothing_comes_by_mail_of_what_was_locked_or_stopped_or_is_opened_by_two_people(server, words, what, when):
    assert words
    if when == "before it was asked":
        what(Case.objects.get())
    asked()
    if when == "before it was sent":
        mails.answer(running.door(), now=timezone.now())
        what(Case.objects.get())
    deliver()
    if when == "once it was sent":
        what(Case.objects.get())
        (by_mail,) = server.words()
        assert Browser().submit("/c", words=by_mail).status_code == 422
    else:
        assert server.taken == []
    assert not Mail.objects.filter(ended_at=None).exists()


@pytest.mark.threat("C5")
def test_a_mail_goes_to_the_address_that_was_stored_and_never_to_one_that_looks_like_it(server):
    reported(email="kim@example.nl")
    asked("\u212aIM@example.nl")  # the sign of kelvin, which is a k in small letters
    asked("k\u0456m@example.nl")  # an i of another alphabet
    deliver()
    assert server.recipients == [["kim@example.nl"]]


def test_of_several_pages_one_mail_has_the_words_of_each_with_its_day(server):
    olds = [reported(items=[an_item(number)]) for number in range(2)]
    first = Case.objects.earliest("number")
    Case.objects.filter(pk=first.pk).update(received_at="2026-05-03T10:00:00Z")
    asked()
    deliver()
    assert len(server.taken) == 1
    one, other = server.words()
    before_first = server.text().split(one)[0], server.text().split(other)[0].rpartition(one)[2]
    (which,) = [each for each, said in zip((one, other), before_first, strict=True) if "3 mei 2026" in said]
    Browser().submit("/c", words=which)
    assert happened(first)[-1] == "words_fetched"
    assert [opens(each) for each in olds] == [False, True]
    assert words_in(Browser().submit("/c", words=({one, other} - {which}).pop()))


@pytest.mark.threat("C2")
def test_reports_with_her_address_do_not_push_hers_out_of_the_mail(server):
    hers = reported(items=[an_item(90)])
    case = Case.objects.get()
    cases.confirm(case, staff=staff("kim"), assurance="spoken", now=timezone.now())
    for number in range(6):
        reported(items=[an_item(number)])
    asked()
    deliver()
    assert (len(server.taken), len(server.words())) == (1, 5)
    assert "words_asked" in happened(case)
    assert opens(hers)


def test_a_server_that_is_away_gets_it_once_it_is_back_with_words_that_work_from_then(server, words):
    assert words
    server.stop()
    now = timezone.now()
    asked()
    with pytest.raises(post.PostError):
        deliver(now=now)
    assert not mails.send_next(running.door(), now=now)  # it waits, so that others are tried
    server.start()
    later = now + timedelta(hours=3)
    deliver(now=later)
    (by_mail,) = server.words()
    fetched = new_code.fetch(CaseCode.parse(by_mail), "", now=later + timedelta(minutes=29))
    assert fetched is not None


@pytest.mark.threat("C7")
def test_words_that_were_used_are_not_mailed_again_where_the_servers_answer_was_lost(server, words):
    assert words
    now = timezone.now()
    server.to_data = "451 later"  # it has the mail, and we do not hear so
    asked()
    with pytest.raises(post.PostError):
        deliver(now=now)
    (by_mail,) = server.words()
    assert new_code.fetch(CaseCode.parse(by_mail), "", now=now) is not None
    server.to_data = TAKEN
    deliver(now=now + timedelta(hours=3))
    assert len(server.taken) == 1
    assert new_code.fetch(CaseCode.parse(by_mail), "", now=now + timedelta(hours=3)) is None
    assert Mail.objects.get().letter == b""


@pytest.mark.threat("C5")
@pytest.mark.parametrize("how", ["locked", "given by two"])
def test_words_that_wait_to_be_mailed_again_end_with_those_of_the_page(server, words, how):
    assert words
    now, case = timezone.now(), Case.objects.get()
    server.to_data = "451 later"
    asked()
    with pytest.raises(post.PostError):
        deliver(now=now)
    if how == "locked":
        cases.freeze(case, now=now)
    new_code.propose(case, staff=staff("kim"), now=now)
    read_out = new_code.give(case, staff=staff("sam"), now=now)
    assert new_code.fetch(read_out, "", now=now) is not None
    server.to_data = TAKEN
    deliver(now=now + timedelta(hours=3))
    assert len(server.taken) == 1


def test_a_mail_whose_day_is_over_takes_no_other_with_it(server):
    for number in range(2):
        reported(items=[an_item(number)])
    now = timezone.now()
    asked()
    mails.answer(running.door(), now=now)
    old, fresh = Mail.objects.order_by("case__number")
    Mail.objects.filter(pk=old.pk).update(made_at=now - timedelta(hours=25))
    deliver(now=now)
    assert len(server.words()) == 1
    assert (happened(old.case)[-1], Mail.objects.get(pk=fresh.pk).is_sent) == ("mail_not_sent", True)


def test_the_desk_says_that_words_are_out_for_as_long_as_they_are(server, words):
    assert words
    case, now = Case.objects.get(), timezone.now()
    server.to_data = "451 later"
    asked()
    with pytest.raises(post.PostError):
        deliver(now=now)
    case.refresh_from_db()
    assert not new_code.are_out(case, now=now)  # as far as anybody knows they are not there yet
    server.to_data = TAKEN
    deliver(now=now + timedelta(hours=3))
    case.refresh_from_db()
    for minutes, out in ((29, True), (31, False)):
        assert new_code.are_out(case, now=now + timedelta(hours=3, minutes=minutes)) is out


def test_after_a_day_it_is_given_up_and_the_desk_sees_it(server, words):
    server.to_data = "451 later"
    now = timezone.now()
    asked()
    mails.answer(running.door(), now=now)
    tries = 0
    while (mail := Mail.objects.get()).ended_at is None:
        now = max(now, mail.due_at)
        try:
            mails.send_next(running.door(), now=now)
        except post.PostError:
            tries += 1
    assert (len(server.taken), mail.is_sent, mail.letter) == (tries, False, b"")
    assert timedelta(hours=20) < mail.ended_at - mail.made_at < timedelta(hours=28)
    assert happened() == ["received", "words_asked", "mail_not_sent"]
    desk, person = Browser(), Browser()
    desk.log_in(staff("noor"))
    desk.take(Case.objects.get())
    assert "Een mail kon niet weg" in desk.get(f"/desk/case/{Case.objects.get().number}/").content.decode()
    person.submit("/c", words=words)
    assert "kon niet weg" not in person.get("/p").content.decode()


def test_an_address_that_takes_no_mail_is_given_up_at_once(server, words):
    assert words
    server.to_recipient = "550 no such user"
    asked()
    deliver()
    assert happened()[-1] == "mail_not_sent"


@pytest.mark.threat("K1", "C7")
def test_neither_address_nor_words_stand_in_a_table_while_a_mail_waits_or_after(server, words):
    assert words
    asked()
    waiting_to_be_looked_up = dump_of_tables()
    server.to_data = "451 later"
    with pytest.raises(post.PostError):
        deliver()
    (by_mail,) = server.words()
    waiting = dump_of_tables()
    server.to_data = "250 OK"
    deliver(now=timezone.now() + timedelta(minutes=2))
    assert server.words() == [by_mail]
    for dump in (waiting_to_be_looked_up, waiting, dump_of_tables()):
        assert not any(each.encode() in dump for each in (HERS, by_mail, words))


def test_what_dies_once_it_was_sent_sends_it_again_with_the_same_words(server, words, monkeypatch):
    assert words
    asked()
    with monkeypatch.context() as dying:
        dying.setattr(MailRows, "end", dies)
        with pytest.raises(SystemExit):
            deliver()
    deliver(now=timezone.now() + timedelta(minutes=2))
    assert len(server.taken) == 2
    assert len({mail["Message-ID"] for mail in server.taken}) == 1  # mailboxes show it once
    (first,), (last,) = server.words(0), server.words(1)
    assert first == last
    assert words_in(Browser().submit("/c", words=last))


def test_another_process_does_not_send_what_one_is_sending(server, words, monkeypatch):
    assert words
    send = post.send

    def meanwhile(*arguments, **more):
        monkeypatch.setattr(post, "send", send)
        mails._send_words(Contact.objects.get(), running.door(), now)  # as the other does, which saw it a moment ago
        send(*arguments, **more)

    now = timezone.now()
    asked()
    monkeypatch.setattr(post, "send", meanwhile)
    deliver(now=now)
    assert len(server.taken) == 1


def dies(*_, **__):
    raise SystemExit


def test_what_is_no_address_is_said_and_nothing_is_kept(server):
    assert server
    answer = asked("noor@example")
    assert answer.status_code == 422
    assert "Er mist iets in je e-mailadres" in answer.content.decode()
    assert not WordsAsked.objects.exists()


@pytest.mark.threat("C7")
@pytest.mark.usefixtures("words")
def test_what_is_typed_comes_back_in_no_page_and_no_address():
    for email in (HERS, "nobody@example.nl", "wrong@example"):
        answer = asked(email)
        assert email.split("@")[0] not in answer.content.decode()
        assert email not in str(answer.headers)
        assert "Location" not in answer.headers


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_without_a_mail_server_no_page_promises_a_mail(client, settings, prefix):
    settings.HAALWEG = dataclasses.replace(settings.HAALWEG, try_out=False)
    assert f"{prefix}/c/new" not in client.get(f"{prefix}/c").content.decode()
    for answer in (client.get(f"{prefix}/c/new"), asked(prefix=prefix)):
        assert ("Bel ons." if not prefix else "Call us.") in answer.content.decode()
        assert 'name="mail"' not in answer.content.decode()
    assert not WordsAsked.objects.exists()
    report = client.get(f"{prefix}/s/").content.decode()
    assert ("Een medewerker mailt je" if not prefix else "A helpline worker mails you") in report
    assert "8 woorden per mail" not in report
    assert not any(each in report for each in ("een mail brengt 8 woorden", "a mail brings 8 words"))


def test_all_that_is_held_tells_of_mails_and_erasing_wipes_them(server, words):
    person = Browser()
    asked()
    deliver()
    person.submit("/c", words=words)
    (told,) = person.submit("/p/all").json()["mails"]
    assert (told["what"], told["sent_at"] is not None) == ("recovery", True)
    assert server.taken
    cases.erase(Case.objects.get(), now=timezone.now())
    assert not Mail.objects.exists()


def test_what_was_sent_is_forgotten_some_days_later(server, words):
    assert words
    asked()
    deliver()
    assert server.taken
    mails.forget_old(now=timezone.now() + 6 * DAY)
    assert bytes(Mail.objects.get().letter) == b""  # the words went with the sending
    mails.forget_old(now=timezone.now() + 8 * DAY)
    assert not Mail.objects.exists()
