"""The pages of the person: they tell what they must, keep nothing, and ask nothing of anybody else."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest

import haalweg
from tests.web.history import TELLTALE

pytestmark = pytest.mark.django_db

DATA = Path(haalweg.__file__).parent / "data"
# As ux/GUIDE.md 6 has them: no title says what the pages are about.
TITLES = {
    "/": ("Begin", "Begin"),
    "/hide": ("Verberg je bezoek", "Hide your visit"),
    "/keep": ("Wat we bewaren", "What we keep"),
    "/keep/all": ("Wat we bewaren", "What we keep"),
    "/young": ("Hulp voor jou", "Help for you"),
    "/helping": ("Begin", "Begin"),
    "/s/": ("Begin", "Begin"),
    "/s/link": ("Begin", "Begin"),
    "/c": ("Verder", "Continue"),
    "/c/new": ("Jouw 8 woorden", "Your 8 words"),
}
INFORMATION = ("/", "/hide", "/keep", "/keep/all", "/young", "/helping")
ALL = [(prefix + path, path) for prefix in ("", "/en") for path in TITLES]


class Seen(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, name: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer, answer.content.decode()


@pytest.mark.parametrize(("path", "page_of"), ALL)
def test_titles_are_neutral_and_those_of_the_guide(client, path, page_of):
    _, html = page(client, path)
    dutch, english = TITLES[page_of]
    (title,) = re.findall(r"<title>(.*?)</title>", html)
    assert title == (f"{english} · My page" if path.startswith("/en") else f"{dutch} · Mijn pagina")
    assert not TELLTALE.search(title)
    assert not TELLTALE.search(path)


@pytest.mark.parametrize(("path", "page_of"), ALL)
def test_a_browser_asks_nothing_of_anybody_else_for_a_page(client, path, page_of):
    del page_of
    _, html = page(client, path)
    seen = Seen(html)
    for tag, attributes in seen.tags:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "srcset", "data", "poster", "action", "formaction"):
            assert not (attributes.get(name) or "/").startswith(("http:", "https:", "//", "data:"))
        if tag == "link":
            assert attributes["href"].startswith("/static/")
    assert not seen.all("style")
    # What is in a script tag is data, or a module of ours.
    assert all(
        each.get("type") == "application/json" or each["src"].startswith("/static/") for each in seen.all("script")
    )


@pytest.mark.parametrize(("path", "page_of"), ALL)
def test_nothing_of_a_page_is_kept_and_it_runs_only_what_is_ours(client, path, page_of):
    del page_of
    answer, _ = page(client, path)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["X-Frame-Options"] == "DENY"
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", INFORMATION)
def test_information_needs_no_cookie_and_no_script(client, prefix, path):
    answer, html = page(client, prefix + path)
    assert not answer.cookies
    # The one script is that of the way out, which is a plain link without it.
    assert [each["src"] for each in Seen(html).all("script")] == ["/static/haalweg/exit.js"]
    (way_out,) = [each for each in Seen(html).all("a") if each.get("id") == "exit"]
    assert way_out["href"] == tomllib.loads((DATA / "help.toml").read_text())["exit"]["url"]
    assert way_out["rel"] == "nofollow noreferrer"


@pytest.mark.parametrize("path", [each for each, _ in ALL])
def test_a_page_is_there_for_who_only_asks_whether_it_is(client, path):
    assert client.head(path).status_code == 200


@pytest.mark.parametrize(("path", "page_of"), ALL)
def test_every_page_has_the_frame_and_its_twin_in_the_other_language(client, path, page_of):
    _, html = page(client, path)
    seen = Seen(html)
    is_english = path.startswith("/en")
    (root,) = seen.all("html")
    assert root["lang"] == ("en" if is_english else "nl")
    (switch,) = [each for each in seen.all("a") if each.get("class") == "lang"]
    assert switch["href"] == (page_of if is_english else f"/en{page_of}")
    assert seen.tags[[tag for tag, _ in seen.tags].index("body") + 1] == ("a", {"class": "skip", "href": "#main"})
    help_data = tomllib.loads((DATA / "help.toml").read_text())
    foot = html[html.index("<footer") :]
    for number in (help_data["talk"]["tel"], "112", "113"):
        assert f'href="tel:{number}"' in foot


@pytest.mark.parametrize("path", ["/keep", "/en/keep"])
def test_terms_are_those_of_the_settings(client, settings, path):
    assert re.search(r"\b24 (maanden|months)", page(client, path)[1])
    terms = dataclasses.replace(settings.HAALWEG.terms, keep_months=7)
    settings.HAALWEG = dataclasses.replace(settings.HAALWEG, terms=terms)
    assert re.search(r"\b7 (maanden|months)", page(client, path)[1])


def test_whom_we_name_says_where_and_when_it_was_read_or_that_nobody_looked_it_up():
    found = tomllib.loads((DATA / "help.toml").read_text())
    rows = {"talk": found["talk"], "exit": found["exit"], **found["services"]}
    for name in rows.keys() - {"danger", "suicide", "exit"}:
        assert rows[name]["source"].startswith(("http://", "https://"))
        assert rows[name]["read_on"] >= "2026-11"
    for name in ("danger", "suicide", "exit"):
        assert not rows[name].keys() & {"source", "read_on"}


@pytest.mark.parametrize("path", ["/young", "/en/young"])
def test_young_people_read_what_to_expect_of_each_service(client, path):
    _, html = page(client, path)
    found = tomllib.loads((DATA / "help.toml").read_text())
    for row in (found["talk"], found["services"]["take_it_down"], found["services"]["meldpunt"]):
        assert f'href="{row["url"]}"' in html
    assert f'href="tel:{found["services"]["police"]["tel"]}"' in html


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_without_a_script_the_path_leads_to_a_link_only_form_and_to_a_person(client, prefix):
    _, html = page(client, f"{prefix}/s/")
    without = html[html.index("<noscript>") : html.index("</noscript>")]
    assert f'href="{prefix}/s/link"' in without
    assert 'href="tel:' in without
    _, form = page(client, f"{prefix}/s/link")
    seen = Seen(form)
    (sent,) = seen.all("form")
    assert (sent["method"], sent["action"]) == ("post", f"{prefix}/s/link")
    assert not [each for each in seen.all("input") if each.get("type") == "file"]
    # Who it is about and all of the age gate is asked, and nothing is chosen beforehand.
    assert {each["name"] for each in seen.all("input") if each.get("type") == "radio"} == {
        "whom",
        "age",
        "source",
        "others",
    }
    assert not [each for each in seen.all("input") if "checked" in each]


@pytest.mark.parametrize(("path", "page_of"), ALL)
def test_a_browser_is_asked_to_remember_nothing_that_is_typed(client, path, page_of):
    del page_of
    seen = Seen(page(client, path)[1])
    for form in seen.all("form"):
        assert form["autocomplete"] == "off"
    fields = [each for each in seen.all("input") if each.get("type") not in ("radio", "checkbox", "file", "hidden")]
    for each in fields + seen.all("textarea"):
        assert (each["autocomplete"], each["spellcheck"]) == ("off", "false")


def test_the_path_and_the_plain_form_ask_the_same_questions(client):
    def asked(path):
        """Each radio of the gate, with what stands beside it."""
        found = re.findall(
            r'name="(age|source|others)" id="([\w-]+)" value="(\w+)"><label for="\2">(.*?)</label>', path
        )
        return {(name, value): words for name, _, value, words in found if value != "helper"}

    _, path = page(client, "/s/")
    _, form = page(client, "/s/link")
    assert len(asked(path)) == 11
    assert asked(path) == asked(form)


@pytest.mark.parametrize("path", ["/s/", "/en/s/"])
def test_the_path_chooses_nothing_beforehand_and_sends_no_spelling_away(client, path):
    _, html = page(client, path)
    seen = Seen(html)
    assert not [each for each in seen.all("input") if "checked" in each]
    for each in seen.all("textarea"):
        assert (each["autocomplete"], each["spellcheck"]) == ("off", "false")
    assert not [each for each in seen.all("button") if "disabled" in each]
    (root,) = [each for each in seen.all("input") if each.get("type") == "file"]
    assert "name" not in root  # so that no form could ever send it
