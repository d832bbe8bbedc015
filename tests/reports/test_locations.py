"""A line that a person typed is a link, a message on Telegram, or text; it is never looked up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haalweg.reports.channels import channel_for, channels
from haalweg.reports.locations import MOST_TEXT, MOST_URL, Location, LocationError, LocationKind


@pytest.mark.parametrize(
    ("line", "text", "host", "is_whole"),
    [
        (" https://Forum.Example/a?b=1#c ", "https://forum.example/a?b=1#c", "forum.example", True),
        ("forum.example/draad/99", "https://forum.example/draad/99", "forum.example", True),
        ("forum.example", "https://forum.example/", "forum.example", False),
        ("HTTP://forum.example:80/x", "http://forum.example/x", "forum.example", True),
        ("https://forum.example:8443/x", "https://forum.example:8443/x", "forum.example", True),
        ("https://bank.example@other.example/x", "https://other.example/x", "other.example", True),
        ("https:\\\\forum.example\\x", "https://forum.example/x", "forum.example", True),
        ("https://\u0440aypal.example/x", "https://xn--aypal-uye.example/x", "xn--aypal-uye.example", True),
        ("https://forum.example/\u00e9", "https://forum.example/%C3%A9", "forum.example", True),
        ("https://[2001:DB8::1]/x", "https://[2001:db8::1]/x", "[2001:db8::1]", True),
        ("https://t.me/+AbCdEf", "https://t.me/+AbCdEf", "t.me", False),
    ],
)
def test_a_link_is_normalised_and_its_host_shown_as_it_is_registered(line, text, host, is_whole):
    location = Location.parse(line)
    assert (location.kind, location.text, location.host, location.is_whole) == (LocationKind.URL, text, host, is_whole)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("https://t.me/SomeGroup/123", "https://t.me/somegroup/123"),
        ("t.me/s/somegroup/123?single", "https://t.me/somegroup/123"),
        ("https://telegram.me/somegroup/5/123", "https://t.me/somegroup/5/123"),
        ("https://t.me/somegroup/123?thread=5", "https://t.me/somegroup/5/123"),
        ("https://t.me/somegroup/123?comment=7", "https://t.me/somegroup/123?comment=7"),
        ("https://t.me/c/1482200731/4512", "https://t.me/c/1482200731/4512"),
        ("https://t.me/c/1482200731/3/4512", "https://t.me/c/1482200731/3/4512"),
        ("tg://privatepost?channel=1482200731&post=4512", "https://t.me/c/1482200731/4512"),
        ("tg://resolve?domain=SomeGroup&post=123&comment=7", "https://t.me/somegroup/123?comment=7"),
    ],
)
def test_a_message_on_telegram_has_one_form_however_it_was_copied(line, text):
    location = Location.parse(line)
    assert (location.kind, location.text, location.is_whole) == (LocationKind.TELEGRAM, text, True)


def test_a_whole_channel_is_no_whole_link():
    location = Location.parse("https://t.me/somegroup")
    assert (location.kind, location.is_whole) == (LocationKind.TELEGRAM, False)


@pytest.mark.parametrize(
    "line",
    [
        "forum draadje 99",
        "naam@voorbeeld.example",
        "https://",
        "https://localhost/x",
        "https://1.2.3/x",
        "mailto:a@b.example",
    ],
)
def test_what_is_no_link_stays_text_without_a_host(line):
    location = Location.parse(line)
    assert (location.kind, location.text, location.host) == (LocationKind.TEXT, line, None)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("", "This line is empty."),
        ("x" * (MOST_TEXT + 1), "This is too long. 300 characters fit."),
        ("forum.example/" + "x" * 1_000_000, "This is too long. 2000 characters fit."),
        ("https://forum.example/" + "\u00e9" * 1_000, "This is too long. 2000 characters fit."),
        (
            "Data:image/png;base64,AAAA",
            "This is no link but the content itself. It does not belong here: paste the link of the page.",
        ),
        (
            "javascript:alert(1)",
            "This is no link but the content itself. It does not belong here: paste the link of the page.",
        ),
        ("forum.example/\u202egpj.x", "There are invisible characters in this. Type the link, or copy it again."),
        ("forum.example/\x00", "There are invisible characters in this. Type the link, or copy it again."),
    ],
)
def test_what_no_place_can_be_is_refused_with_a_sentence(line, sentence):
    with pytest.raises(LocationError) as refused:
        Location.parse(line)
    assert str(refused.value) == sentence
    assert refused.value.nl != refused.value.en


@given(st.one_of(st.text(max_size=400), st.text("htps:/.@?#\\[]%tmeg \u3002\u00e9a1", max_size=40)))
def test_whatever_is_typed_is_understood_the_same_twice_or_refused(line):
    try:
        location = Location.parse(line)
    except LocationError:
        return
    assert len(location.text) <= MOST_URL
    assert location.host is None or location.host.isascii()
    again = Location.parse(location.text)
    assert again == location


def test_a_location_shows_nothing_of_itself():
    assert "forum" not in repr(Location.parse("https://forum.example/x"))


@pytest.mark.parametrize(
    ("line", "service", "is_unverified"),
    [
        ("https://m.facebook.com/x", "Facebook", False),
        ("tg://privatepost?channel=1482200731&post=4512", "Telegram", False),
        ("https://drive.google.com/file/1", "Google legal (all products)", None),
        ("https://xhamster.com/x", "xHamster", True),
    ],
)
def test_a_host_has_the_channel_of_its_registered_name(line, service, is_unverified):
    channel = channel_for(Location.parse(line))
    assert channel is not None
    assert channel.service == service
    if is_unverified is not None:
        assert channel.is_unverified is is_unverified


@pytest.mark.parametrize(
    "line", ["https://notfacebook.com/x", "https://forum.example/x", "draadje 99", "https://politie.nl/x"]
)
def test_where_no_row_has_the_name_there_is_no_channel(line):
    assert channel_for(Location.parse(line)) is None


def test_each_channel_has_an_address_and_a_source():
    assert channels()
    assert all(each.address and each.source and each.kind in {"form", "email", "api"} for each in channels())
