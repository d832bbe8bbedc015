"""Who may do what at the desk: by their role, and of a case only who opened it, which is seen."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from haalweg.web.desk import urls
from haalweg.web.desk.rights import WHO_MAY
from haalweg.web.desk.staff import page
from haalweg.web.store import belonging, colleagues
from haalweg.web.store.models import AuditEntry, Case, Event, Partner
from haalweg.web.store.roles import Role
from tests.web.browsing import PASSWORD, Browser, at_the_desk, code_of, staff
from tests.web.reporting import a_report, an_item, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]
_ROUTES = sorted(str(each.name) for each in urls.urlpatterns)
_OF_A_CASE = [str(each.name) for each in urls.urlpatterns if "number" in str(each.pattern)]
_OF_NO_OPEN_CASE = ("take", "look_in")  # they open one
_FORBIDDEN = 403
_SCREEN = {"close", "closed"}  # whoever is at it may shut it


@pytest.fixture
def case(client):
    assert sent(client, a_report()).status_code == 201
    return Case.objects.get()


def of_role(role):
    if role is Role.PARTNER:
        Partner.objects.get_or_create(name="VONK", title="Vonk", kind="chat")
        return at_the_desk(role, role, partner="VONK")
    return at_the_desk(role, role)


def asked(browser, name, case):
    """What a route answers, by the way that it takes."""
    path = reverse(f"desk:{name}", kwargs={"number": case.number} if name in _OF_A_CASE else None)
    answer = browser.get(path)
    if answer.status_code == 405:
        answer = browser.submit(path, reason="asked")
    if name == "close":
        browser.submit("/desk/again/", password=PASSWORD)
    return answer


def owner_of_it():
    return Case.objects.values_list("owner__username", flat=True).get()


def acts(case):
    return [(each.what, each.staff and each.staff.username, each.reason) for each in case.events.all()]


@pytest.mark.threat("W1")
@pytest.mark.parametrize("role", [*Role, None])
def test_every_page_of_the_desk_is_for_the_roles_that_the_table_names_and_for_nobody_else(case, role):
    browser = of_role(role) if role else Browser()
    if role is None:
        sam = staff("sam")
        sam.colleague.delete()
        browser.submit("/desk/in/", login="sam", password=PASSWORD)
        browser.submit("/desk/factors/authenticate/", code=code_of(sam))
    Case.objects.update(owner=User.objects.get(username=role or "sam"))
    for name in _ROUTES:
        answer = asked(browser, name, case)
        if name == "queue" and role in (Role.AUDITOR, Role.PARTNER):
            assert answer.headers["Location"] == reverse("desk:log" if role is Role.AUDITOR else "desk:given")
        else:
            assert (answer.status_code == _FORBIDDEN, name) == (role not in WHO_MAY[name], name)


def test_the_table_keeps_apart_what_is_to_be_apart():
    assert {name for name, roles in WHO_MAY.items() if Role.AUDITOR in roles} == {"log", "check_log"} | _SCREEN
    assert {name for name, roles in WHO_MAY.items() if Role.PARTNER in roles} == {"given"} | _SCREEN
    assert not {"read", "contact", "write", "give_code", "propose_code", "log"} & {
        name for name, roles in WHO_MAY.items() if Role.REVIEWER in roles
    }


@pytest.mark.parametrize("name", _ROUTES)
def test_nobody_who_is_not_logged_in_sees_a_page_of_the_desk(client, case, name):
    answer = asked(client, name, case)
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/desk/in/")


@pytest.mark.threat("W1")
@pytest.mark.parametrize("name", [each for each in _OF_A_CASE if each not in _OF_NO_OPEN_CASE])
@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.REVIEWER, Role.COORDINATOR])
def test_a_case_that_is_not_theirs_is_shut_until_they_say_why(case, role, name):
    Case.objects.update(owner=staff("noor"))
    curious = of_role(role)
    answer = asked(curious, name, case)
    page = answer.content.decode()
    assert answer.status_code == _FORBIDDEN
    assert not any(told in page for told in ("forum.example", "Het staat er sinds maandag", "pdq"))
    assert acts(case) == [("received", None, "")]
    case.refresh_from_db()
    assert (case.state, case.owner.username) == ("received", "noor")


@pytest.mark.threat("W1")
def test_who_opens_a_case_of_somebody_else_says_why_and_is_seen(case):
    noor, curious = at_the_desk("noor"), at_the_desk("kim")
    noor.take(case)
    path = f"/desk/case/{case.number}/"
    assert "noor" in curious.get(path).content.decode()
    for reason in ("", "because"):
        assert curious.submit(f"{path}look-in/", reason=reason).status_code == _FORBIDDEN
    assert curious.get(path).status_code == _FORBIDDEN
    assert curious.submit(f"{path}look-in/", reason="stands_in").headers["Location"] == path
    assert "forum.example" in curious.get(path).content.decode()
    assert acts(case)[1:] == [("taken", "noor", ""), ("looked_in", "kim", "stands_in")]
    page = noor.get(path).content.decode()
    assert "Geopend door wie het werk niet is" in page
    assert "kim · ik neem waar voor een collega" in re.sub(r"\s+", " ", page)
    ilse = at_the_desk("ilse", Role.COORDINATOR)
    assert "kim" in ilse.submit("/desk/log/", opened="yes").content.decode()


@pytest.mark.threat("W1")
def test_what_was_opened_with_a_reason_is_shut_again_after_an_hour(case):
    Case.objects.update(owner=staff("noor"))
    kim = at_the_desk("kim")
    kim.look_in(case)
    session = kim.session
    session["open_cases"] = {number: until - 3_600 for number, until in session["open_cases"].items()}
    session.save()
    assert kim.get(f"/desk/case/{case.number}/").status_code == _FORBIDDEN


@pytest.mark.threat("W1")
def test_nobody_leafs_through_the_cases_of_others(case):
    Case.objects.update(owner=staff("noor"))
    kim = at_the_desk("kim")
    account = User.objects.get(username="kim")
    for _ in range(belonging.MOST_LOOKED_IN):
        belonging.look_in(case, staff=account, reason="asked", now=timezone.now())
    refused = kim.submit(f"/desk/case/{case.number}/look-in/", reason="asked")
    assert (refused.status_code, "30 zaken van anderen" in refused.content.decode()) == (_FORBIDDEN, True)
    Event.objects.filter(what="looked_in").update(at=timezone.now() - timedelta(minutes=61))
    assert kim.submit(f"/desk/case/{case.number}/look-in/", reason="asked").status_code == 302


def test_a_case_is_taken_by_one_and_its_owner_stands_on_the_page_and_in_the_list(case):
    noor, sam = at_the_desk("noor"), at_the_desk("sam")
    assert f"/desk/case/{case.number}/take/" in noor.get("/desk/").content.decode()
    assert "niemand</span>" in at_the_desk("rev", Role.REVIEWER).get("/desk/").content.decode()
    noor.take(case)
    sam.submit(f"/desk/case/{case.number}/take/")
    assert owner_of_it() == "noor"
    assert "<td>noor</td>" in sam.get("/desk/").content.decode()
    assert case.spoken_number in noor.get("/desk/?whose=mine").content.decode()
    for whose in ("mine", "nobody"):
        assert case.spoken_number not in sam.get(f"/desk/?whose={whose}").content.decode()


def test_a_case_is_handed_over_with_a_reason_and_shut_for_who_gave_it_away(case):
    noor, sam = at_the_desk("noor"), at_the_desk("sam")
    staff("rev", Role.REVIEWER)
    colleagues.close(staff("left"), now=timezone.now())
    noor.take(case)
    path = f"/desk/case/{case.number}/"
    page = noor.get(path).content.decode()
    assert re.findall(r"<option>(\w+)</option>", page) == ["sam"]
    for to, reason in (("rev", "away"), ("left", "away"), ("noor", "away"), ("sam", ""), ("sam", "because")):
        noor.submit(f"{path}hand-over/", to=to, reason=reason)
        assert owner_of_it() == "noor"
    assert noor.submit(f"{path}hand-over/", to="sam", reason="away").headers["Location"] == path
    assert owner_of_it() == "sam"
    assert noor.get(path).status_code == _FORBIDDEN
    handed_over = case.events.get(what="handed_over")
    assert (handed_over.staff.username, handed_over.about.username, handed_over.reason) == ("noor", "sam", "away")
    assert "naar sam" in sam.get(path).content.decode()


def test_a_case_of_somebody_else_is_handed_over_by_a_coordinator_alone(case):
    at_the_desk("noor").take(case)
    sam, ilse = at_the_desk("sam"), at_the_desk("ilse", Role.COORDINATOR)
    for browser, owner in ((sam, "noor"), (ilse, "sam")):
        browser.look_in(case, "to_assign")
        browser.submit(f"/desk/case/{case.number}/hand-over/", to="sam", reason="away")
        assert owner_of_it() == owner


def test_a_reviewer_decides_on_figures_and_reads_nothing_that_was_told(case):
    reviewer = at_the_desk("rev", Role.REVIEWER)
    reviewer.look_in(case)
    page = reviewer.get(f"/desk/case/{case.number}/").content.decode()
    assert "pdq" in page
    assert "Zet 3 op de lijst" in page
    assert not any(told in page for told in ("forum.example", "maandag", "Open het adres", "/write/", "/hand-over/"))
    assert case.messages.filter(read_at=None).exists()


@pytest.mark.threat("W1")
def test_an_auditor_sees_acts_and_no_contents(case):
    at_the_desk("noor").take(case)
    page = re.sub(r"\s+", " ", at_the_desk("aud", Role.AUDITOR).get("/desk/log/").content.decode())
    assert all(told in page for told in ("noor", case.spoken_number, "Rol gegeven", "controleur"))
    assert not any(told in page for told in ("forum.example", "maandag", "noor@example.nl", f"/case/{case.number}/"))


@pytest.mark.threat("W4")
def test_another_role_ends_what_was_open_and_a_closed_account_gets_in_no_more(case):
    kim = at_the_desk("kim")
    account = User.objects.get(username="kim")
    colleagues.give_role(account, Role.AUDITOR, now=timezone.now())
    assert kim.get("/desk/").headers["Location"].startswith("/desk/in/")
    kim.log_in(account)
    assert kim.get(f"/desk/case/{case.number}/").status_code == _FORBIDDEN
    colleagues.close(account, now=timezone.now())
    assert kim.get("/desk/log/").headers["Location"].startswith("/desk/in/")
    kim.submit("/desk/in/", login="kim", password=PASSWORD)
    assert kim.get("/desk/log/").headers["Location"].startswith("/desk/in/")
    done = AuditEntry.objects.filter(act__in=["role_given", "account_closed"]).order_by("number")
    assert list(done.values_list("act", "subject", "detail")) == [
        ("role_given", account.pk, "case_worker"),
        ("role_given", account.pk, "auditor"),
        ("account_closed", account.pk, ""),
    ]


@pytest.mark.parametrize(("role", "partner"), [(Role.PARTNER, None), (Role.AUDITOR, "VONK"), (Role.PARTNER, "NOBODY")])
def test_a_role_of_a_partner_is_of_one_that_is_there(role, partner):
    Partner.objects.create(name="VONK", title="Vonk", kind="chat")
    with pytest.raises(colleagues.ColleagueError):
        colleagues.give_role(User.objects.create_user("x"), role, partner=partner, now=timezone.now())


def test_the_list_asks_as_much_of_the_database_however_long_it_is(client):
    noor = at_the_desk("noor")
    asked = []
    for seeds in ((1,), (2, 3, 4)):
        for seed in seeds:
            assert sent(client, a_report(items=[an_item(seed)])).status_code == 201
        Case.objects.update(owner=User.objects.get(username="noor"))
        number = Case.objects.earliest("number").number
        for path in ("/desk/", f"/desk/case/{number}/"):
            with CaptureQueriesContext(connection) as questions:
                noor.get(path)
            asked.append(len(questions))
    assert asked[:2] == asked[2:]


def test_a_page_that_the_table_does_not_name_cannot_be_made():
    with pytest.raises(KeyError, match="elsewhere"):
        page("elsewhere/", lambda request: request, "elsewhere")
