"""The helpline's audit log: what stands in it, that nothing it is about does, and that a log which was cut shows."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import UTC, timedelta

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from haalweg.gate.heads import heads_in
from haalweg.gate.keys import Scope
from haalweg.keeping import AuditError
from haalweg.keeping.audit import Act, Anchor, AuditRow, chained
from haalweg.web.door import Door, DoorError
from haalweg.web.running import door
from haalweg.web.store import audit, cases
from haalweg.web.store.anchoring import EVERY, anchor_if_due
from haalweg.web.store.models import AuditEntry, AuditLog, Case
from haalweg.web.store.roles import Role
from tests.gate.gates import AGate, until
from tests.web.browsing import PASSWORD, Browser, code_of, staff
from tests.web.test_reports import dump_of_tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]
NOW = timezone.now()
WRONG = "planted-password"
OF_BANKS_ALONE = {
    *(Act.BANK_MADE, Act.IMPORTED, Act.SAID, Act.RELEASED, Act.REPLAYED, Act.PUT_BACK),
    *(Act.EXPIRED, Act.RESEALED, Act.COPIED, Act.ALLOWED),
}


@pytest.fixture
def noor():
    return staff("noor", Role.COORDINATOR)


@pytest.fixture
def case(words):
    assert len(words.split()) == 8
    return Case.objects.get()


def acts(*fields):
    return list(AuditEntry.objects.order_by("number").values_list("act", *fields, flat=not fields))


def many(count):
    for number in range(count):
        audit.append(Act.CASE_READ, by=1, subject=number % 7 + 1, now=NOW + timedelta(seconds=number))


def chain_anew(after=0):
    """Tie the rows to each other again, as somebody would who can write the database and has read our code."""
    log = AuditLog.objects.get()
    head = bytes(AuditEntry.objects.get(number=after).head) if after else bytes(log.start)
    for row in AuditEntry.objects.filter(number__gt=after).order_by("number"):
        after += 1
        tied = AuditRow(after, row.at, Act(row.act), row.subject, row.count, row.detail, row.by)
        head = chained(head, tied)
        AuditEntry.objects.filter(pk=row.pk).delete()
        row.number, row.head = after, head
        row.save(force_insert=True)


def test_what_staff_do_is_there_with_who_did_it_and_to_which_case(client, case, noor):
    client.log_in(noor)
    client.submit("/desk/find/", what=case.spoken_number)
    client.take(case)
    client.submit(f"/desk/case/{case.number}/contact/")
    client.submit(f"/desk/case/{case.number}/write/", text="Hallo")
    client.submit(f"/desk/case/{case.number}/words/propose/")
    client.submit(f"/desk/case/{case.number}/refuse/", reason="no_answer")
    client.submit("/desk/out/")
    n, me = case.number, noor.pk
    assert acts("by", "subject", "detail") == [
        ("made", None, None, ""),
        ("received", 0, n, ""),
        ("role_given", None, me, "coordinator"),
        ("logged_in", me, me, ""),
        ("found", me, n, ""),
        ("taken", me, n, ""),
        ("case_read", me, n, ""),
        ("opened", me, n, ""),
        ("message_out", me, n, ""),
        ("new_code_proposed", me, n, ""),
        ("refused", me, n, "no_answer"),
        ("logged_out", me, me, ""),
    ]
    assert audit.check().number == 12


def test_what_a_person_does_on_their_own_page_is_there(client, words, case):
    client.submit("/c", words=words)
    for path, fields in (
        ("/p/write", {"text": "Hallo"}),
        ("/p/file/back", {"file": "Foto 1"}),
        ("/p/file/undo", {"file": "Foto 1"}),
        ("/p/back", {}),
        ("/p/undo", {}),
        ("/p/all", {}),
        ("/p/end", {"sure": "yes"}),
    ):
        client.submit(path, **fields)
    done = acts("by", "subject")[1:]
    assert {each[1:] for each in done} == {(audit.PERSON, case.number)}
    assert [each[0] for each in done] == [
        *("received", "page_opened", "message_in", "file_withdrawn", "file_restored"),
        *("withdrawn", "restored", "exported", "erased"),
    ]


def test_who_is_refused_at_the_desk_is_there_and_nobody_is_said_to_have_done_it(client, noor):
    client.submit("/desk/in/", login="noor", password=WRONG)
    client.submit("/desk/in/", login="nobody-here", password=WRONG)
    client.submit("/desk/in/", login="noor", password=PASSWORD)
    client.submit("/desk/factors/authenticate/", code="000000")
    client.submit("/desk/factors/authenticate/", code=code_of(noor))
    assert acts("by", "subject")[2:] == [
        ("login_failed", None, noor.pk),
        ("login_failed", None, None),
        ("factor_failed", None, noor.pk),
        ("logged_in", noor.pk, noor.pk),
    ]


def test_a_case_that_goes_to_a_colleague_is_found_by_theirs_too_and_by_why(client, case, noor):
    sam = staff("sam")
    client.log_in(noor)
    client.take(case)
    client.submit(f"/desk/case/{case.number}/hand-over/", to="sam", reason="away")
    done = acts("by", "subject", "detail")
    at = done.index(("handed_over", noor.pk, case.number, "away"))
    assert done[at + 1] == ("case_given", noor.pk, sam.pk, "")


def test_what_was_not_done_is_not_there(case):
    before = AuditEntry.objects.count()

    def fails_in_the_end():
        with transaction.atomic():
            cases.withdraw(case, now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_in_the_end()
    assert AuditEntry.objects.count() == before
    assert audit.check().number == before


@pytest.mark.threat("L2")
def test_nothing_of_what_was_told_or_typed_is_in_it_and_nothing_else_can_get_in(client, case, noor):
    client.submit("/desk/in/", login="planted-name", password=WRONG)
    client.log_in(noor)
    client.take(case)
    client.submit(f"/desk/case/{case.number}/write/", text="planted text")
    client.submit("/desk/find/", what="planted number")
    dump = dump_of_tables(of="store_auditentry")
    assert b"case_read" in dump
    for planted in (b"planted", b"noor", b"forum.example", b"fotohoek", b"maandag", b"Foto"):
        assert planted not in dump
    with pytest.raises(AuditError, match="not on the list of details"):
        audit.append(Act.REFUSED, by=1, now=NOW, detail="noor@example.nl")
    with pytest.raises(AuditError, match="15 characters that are no act"):
        audit.append("noor@example.nl", by=1, now=NOW)


@pytest.mark.threat("L1")
@pytest.mark.parametrize("change", [{"by": 2}, {"subject": 99}, {"act": "found"}, {"count": 1}, {"at": NOW}])
def test_an_edited_row_shows(change):
    many(30)
    AuditEntry.objects.filter(number=20).update(**change)
    with pytest.raises(AuditError, match="do not lead to its head"):
        audit.check()


@pytest.mark.threat("L1")
def test_a_log_that_is_gone_is_no_log_in_which_nothing_happened():
    many(3)
    AuditEntry.objects.all().delete()
    AuditLog.objects.all().delete()
    with pytest.raises(AuditError, match="no audit log in this database"):
        audit.check()


@pytest.mark.threat("L1")
def test_a_cut_tail_passes_without_a_witness_and_fails_with_what_a_gate_heard(machine_door, tmp_path):
    """The whole way of a head: the log, the machine door, its feed, a gate elsewhere, and back to who verifies."""
    many(250)
    assert anchor_if_due(door(), now=NOW + timedelta(minutes=90))
    key = machine_door.key(Scope.FEED, tier="hashes", banks=("HELPLINE",), name="WITNESS")
    followed = f'[limits]\nworkers = 1\n[[sources]]\nname = "NL"\nurl = "{machine_door.url}"\nkey_env = "S_KEY"\n'
    gate = AGate(tmp_path / "gate", settings=followed, environment={"S_KEY": key})
    state = gate.folder / "gate.state"
    ours = audit.log_id()
    try:
        gate.start()
        until(lambda: any(each.log == ours for each in heads_in(state)), 60, gate.log)
    finally:
        gate.kill()
    (heard,) = [each.witness for each in heads_in(state) if each.log == ours]
    assert heard.number == 251
    assert audit.check([heard]).number == 252  # that it was told came after it

    AuditEntry.objects.filter(number__gt=152).delete()  # the last hundred
    AuditEntry.objects.filter(number=100).update(by=2)  # and somebody else it was
    chain_anew()
    assert audit.check().number == 152
    with pytest.raises(AuditError, match=re.escape("ends at row 152, but its witness saw row 251: the end was cut")):
        audit.check([heard])
    many(100)  # until it is as long as it was
    assert audit.check().number == 252
    with pytest.raises(AuditError, match="row 251 is not what its witness saw: it was written anew"):
        audit.check([heard])


def test_the_door_is_told_every_hour_and_a_gap_is_a_row_itself(tmp_path):
    told: list[Anchor] = []

    class Telling(Door):
        def anchor(self, anchor: Anchor) -> None:
            told.append(anchor)

    audit.append(Act.CASE_READ, by=1, subject=1, now=NOW)
    with closing(Telling(tmp_path / "nobody.sock")) as door_that_tells:
        for minutes, count in ((0, 1), (59, 1), (60, 2), (121, 3), (120 + 5 * 60, 4)):
            anchor_if_due(door_that_tells, now=NOW + timedelta(minutes=minutes))
            assert len(told) == count
    assert [each.head.number for each in told] == [2, 3, 4, 5]
    assert acts("count")[2:] == [
        ("witnessed", 2),
        ("witnessed", 3),
        ("witnessed", 4),
        ("anchor_gap", 4),
        ("witnessed", 5),
    ]


def test_while_the_door_is_away_nothing_is_said_to_have_been_told(tmp_path):
    audit.append(Act.CASE_READ, by=1, subject=1, now=NOW)

    class Away(Door):
        def anchor(self, _: Anchor) -> None:
            raise DoorError("It does not answer.")

    with closing(Away(tmp_path / "nobody.sock")) as away, pytest.raises(DoorError):
        anchor_if_due(away, now=NOW + EVERY)
    assert acts() == ["made", "case_read"]


# The page at the desk


def shown(client, **asked):
    page = client.submit("/desk/log/", **asked).content.decode()
    return [int(each) for each in re.findall(r'<th scope="row" class="num">([0-9]+)<', page)]


def test_the_log_is_found_by_day_by_case_and_by_account_and_by_parts_of_none(client, case, noor):
    sam = staff("sam")
    client.log_in(noor)
    client.take(case)
    audit.append(Act.CASE_READ, by=sam.pk, subject=case.number + 1, now=timezone.now() - timedelta(days=400))
    read, other = (AuditEntry.objects.get(act="case_read", by=each).number for each in (noor.pk, sam.pk))
    assert {read, other} < set(shown(client))
    given = AuditEntry.objects.get(act="role_given", subject=sam.pk).number
    assert shown(client, account=str(sam.pk)) == [other, given]
    number = shown(client, number=case.spoken_number)
    assert read in number
    assert other not in number
    day = (timezone.now() - timedelta(days=400)).astimezone(UTC).date().isoformat()
    assert shown(client, day=day) == [other]
    assert shown(client, day=day, account=str(noor.pk)) == []
    for asked in ({"number": "nope"}, {"day": "yesterday"}, {"account": "noor"}, {"number": "26-"}, {"day": "2026"}):
        answer = client.submit("/desk/log/", **asked)
        assert answer.status_code == 422
        assert "26-00042" in answer.content.decode()
    assert AuditEntry.objects.filter(act="log_read", by=noor.pk).count() >= 10


def test_older_rows_follow_when_asked_and_the_chain_is_checked_when_asked(client, noor):
    client.log_in(noor)
    many(250)
    first = shown(client)
    second = shown(client, before=str(first[-1]))
    assert len(first) == len(second) == 100
    assert second[0] == first[-1] - 1
    assert "De keten klopt" in client.submit("/desk/log/check/").content.decode()
    AuditEntry.objects.filter(number=100).update(by=2)
    answer = client.submit("/desk/log/check/")
    assert answer.status_code == 409
    assert "Het logboek is niet" in answer.content.decode()


def test_nobody_reads_the_log_who_is_not_at_the_desk():
    for path in ("/desk/log/", "/en/desk/log/"):
        assert "/desk/in/" in Browser().get(path).headers["Location"]
    assert Browser().submit("/desk/log/check/").status_code == 302


@pytest.mark.parametrize("act", sorted(set(Act) - OF_BANKS_ALONE))
def test_every_act_has_words(act):
    assert render_to_string("desk/act.html", {"act": act.value, "count": 2}).strip()
