"""A URL is taken apart once, and what can be read in two ways is no URL."""

from __future__ import annotations

import pytest

from haalweg.adapters.net.places import PlaceError, is_host_name, place_of


def test_a_url_is_taken_apart():
    place = place_of("https://CDN.example.org/a%20b/c.jpg?size=1&x=%2F#part")
    assert (place.scheme, place.host, place.port) == ("https", "cdn.example.org", 443)
    assert (place.authority, place.target) == ("cdn.example.org", "/a%20b/c.jpg?size=1&x=%2F")
    assert repr(place) == "Place(https, port 443)"


@pytest.mark.parametrize(
    ("url", "authority", "port"),
    [
        ("http://a.example", "a.example", 80),
        ("http://a.example:80/x", "a.example", 80),
        ("https://a.example:80/x", "a.example:80", 80),
        ("http://[2606:4700::1]:443/", "[2606:4700::1]:443", 443),
    ],
)
def test_host_and_port_are_as_a_host_header_has_them(url, authority, port):
    place = place_of(url)
    assert (place.authority, place.port) == (authority, port)


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/y", "https://a.example/y"),
        ("y?z", "https://a.example/x/y?z"),
        ("//b.example/y", "https://b.example/y"),
        ("http://b.example", "http://b.example/"),
    ],
)
def test_a_redirect_leads_from_where_it_came(location, url):
    assert place_of("https://a.example/x/1").joined(location) == place_of(url)


@pytest.mark.threat("H1")
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "it is no URL of ASCII characters without blanks"),
        ("https://a.example/x y", "it is no URL of ASCII characters without blanks"),
        ("https://a.example/\r\nx: y", "it is no URL of ASCII characters without blanks"),
        ("https://a.example/\n", "it is no URL of ASCII characters without blanks"),
        ("https://\N{FULLWIDTH LATIN SMALL LETTER A}.example/", "it is no URL of ASCII characters without blanks"),
        ("https://a.example\\@b.example/", "it is no URL of ASCII characters without blanks"),
        (f"https://a.example/{'x' * 5_000}", "it is no URL of ASCII characters without blanks"),
        ("https://[::1/", "it is no URL"),
        ("https://a.example:99999/", "it is no URL"),
        ("https://a.example:x/", "it is no URL"),
        ("file:///etc/passwd", "it does not begin with https:// or http:// and a host"),
        ("ftp://a.example/", "it does not begin with https:// or http:// and a host"),
        ("https:///x", "it does not begin with https:// or http:// and a host"),
        ("a.example/x", "it does not begin with https:// or http:// and a host"),
        ("https://me@a.example/", "it holds a name or password"),
        ("https://me:word@a.example/", "it holds a name or password"),
        ("https://@a.example/", "it holds a name or password"),
        ("https://a.example@b.example/", "it holds a name or password"),
    ],
)
def test_what_is_no_plain_url_is_refused_without_being_repeated(url, said):
    with pytest.raises(PlaceError) as refused:
        place_of(url)
    assert str(refused.value) == said


@pytest.mark.threat("H1")
@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("cdn.example.org", True), ("xn--mnchen-3ya.example", True), ("a-b.1.example2", True),
        ("localhost", False), ("CDN.example.org", False), ("*.example.org", False), ("example.org.", False),
        (".example.org", False), ("-a.example", False), ("a..example", False), ("example.org:80", False),
        ("127.0.0.1", False), ("0x7f.1", False), ("0x7f.0x1", False), ("017700000001", False), ("2130706433", False),
        ("[::1]", False), ("::1", False), ("example.org/x", False), ("example.org\n", False), ("", False),
        ("a." * 130 + "example", False), (f"{'a' * 64}.example", False),
    ],
)  # fmt: skip
def test_a_host_is_listed_by_its_whole_name(text, is_one):
    assert is_host_name(text) is is_one
