"""Where the desk's pages are. Each is made by `page` or `of_case`, which ask the table of rights."""

from __future__ import annotations

from haalweg.web.desk import (
    belonging,
    calls,
    check,
    contact,
    finding,
    given,
    joining,
    log,
    new_code,
    partners,
    pausing,
    second_eyes,
    views,
)
from haalweg.web.desk.staff import of_case, page

app_name = "desk"

urlpatterns = [
    page("", views.queue, "queue"),
    page("find/", finding.search, "search"),
    page("check/", check.check, "check"),
    page("check/decide/", check.decide, "decide"),
    page("call/", calls.call, "call"),
    page("log/", log.log, "log"),
    page("log/check/", log.check, "check_log"),
    page("given/", given.given, "given"),
    page("partners/", partners.partners, "partners"),
    page("close/", pausing.close, "close"),
    page("closed/", pausing.closed, "closed"),
    page("case/<int:number>/take/", belonging.take, "take"),
    page("case/<int:number>/look-in/", belonging.look_in, "look_in"),
    of_case("", views.case_page, "case"),
    of_case("hand-over/", belonging.hand_over, "hand_over"),
    of_case("together/", joining.put_together, "put_together"),
    of_case("apart/", joining.take_apart, "take_apart"),
    of_case("confirm/", views.confirm, "confirm"),
    of_case("propose/", second_eyes.propose, "propose"),
    of_case("carry-out/", second_eyes.carry_out, "carry_out"),
    of_case("take-back/", second_eyes.take_back, "take_back"),
    of_case("keep/", views.keep_longer, "keep_longer"),
    of_case("write/", views.write_message, "write"),
    of_case("refuse/", views.refuse, "refuse"),
    of_case("read/", views.read_more, "read_more"),
    of_case("doubt-seen/", views.doubt_seen, "doubt_seen"),
    of_case("invite/", calls.invite, "invite"),
    of_case("contact/", contact.open_contact, "contact"),
    of_case("words/propose/", new_code.propose, "propose_code"),
    of_case("words/give/", new_code.give, "give_code"),
    of_case("under-18/", views.under_age, "under_age"),
]
