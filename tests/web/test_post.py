"""Mails on their way: over TLS that is checked, to one address, and telling nothing of who sends them."""

from __future__ import annotations

import dataclasses
import io
import re
import socket
import sys

import pytest
from django.conf import settings as django

from haalweg.web import post
from haalweg.web.configuration import ConfigurationError, Security
from tests.web.a_mail_server import PASSWORD, SENDER, AMailServer, certificate

TO = "noor@example.nl"


def send(server, *, address=TO, **more):
    configuration = dataclasses.replace(django.HAALWEG, mail=server.settings(**more))
    post.send(configuration, address, "Nieuws", "Er is nieuws op je pagina.\n", mark="a1" * 16)


@pytest.fixture
def _is_trusted(tmp_path, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(tmp_path)))


@pytest.mark.threat("C7")
@pytest.mark.usefixtures("_is_trusted")
@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_mail_tells_nothing_but_its_sender_and_its_text(tmp_path, security):
    with AMailServer(tmp_path, security, asks=PASSWORD) as server:
        send(server)
    (mail,) = server.taken
    own = ("X-Peer", "X-MailFrom", "X-RcptTo")  # which the server of the tests adds
    headers = {name: str(value) for name, value in mail.items() if name not in own}
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} [\d:]{8} [+-]0000", headers.pop("Date"))
    assert headers == {
        "From": SENDER,
        "To": TO,
        "Subject": "Nieuws",
        "Message-ID": f"<{'a1' * 16}@post.example>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "7bit",
    }
    assert (server.text(), server.recipients) == ("Er is nieuws op je pagina.\n", [[TO]])
    assert server.greeted == ["post.example"]
    assert socket.getfqdn() not in str(mail)


@pytest.mark.usefixtures("_is_trusted")
@pytest.mark.parametrize(
    ("security", "more", "said"),
    [
        (Security.STARTTLS, {"asks": "another"}, "does not accept this user and password"),
        (Security.STARTTLS, {"offers": Security.NONE}, "does not offer what is needed: TLS"),
        (Security.TLS, {"offers": Security.NONE}, "does not speak TLS there"),
    ],
)
def test_without_tls_or_with_a_login_that_is_refused_nothing_is_sent(tmp_path, security, more, said):
    with AMailServer(tmp_path, security, **more) as server, pytest.raises(post.PostError, match=said):
        send(server)
    assert server.taken == []


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_certificate_of_nobody_is_not_taken(tmp_path, security):
    with AMailServer(tmp_path, security) as server, pytest.raises(post.PostError, match="certificate"):
        send(server)
    assert server.taken == []


@pytest.mark.usefixtures("_is_trusted")
def test_a_certificate_of_another_name_is_not_taken(tmp_path):
    server = AMailServer(tmp_path, Security.STARTTLS)
    with server, pytest.raises(post.PostError, match="certificate"):
        send(server, host="127.0.0.1")
    assert server.taken == []


def test_a_server_that_is_away_is_said_so(tmp_path):
    with pytest.raises(post.PostError, match=r"not reached"):
        send(AMailServer(tmp_path))


@pytest.mark.threat("L2")
@pytest.mark.parametrize(
    ("to_recipient", "to_data", "error"),
    [
        ("550 noor@example.nl: no such user", "250 OK", post.NoSuchMailboxError),
        ("450 noor@example.nl: later", "250 OK", post.PostError),
        ("250 OK", "554 noor@example.nl: not wanted", post.PostError),
        ("250 OK", "451 noor@example.nl: later", post.PostError),
    ],
)
def test_what_is_refused_is_told_without_what_the_server_says(tmp_path, to_recipient, to_data, error):
    with AMailServer(tmp_path) as server:
        server.to_recipient, server.to_data = to_recipient, to_data
        with pytest.raises(error) as refused:
            send(server)
    assert refused.type is error
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__  # nothing of it comes into a log behind it
    assert "noor" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "sam,noor@example.nl",
        "noor@example.nl,sam@example.nl",
        "Sam<noor@example.nl>",
        "noor@example.nl\r\nBcc: sam@example.nl",
        "noör@example.nl",
        '"a b"@example.nl',
        f"noor@{'x' * 64}.nl",
        "noor@[127.0.0.1]",
        "noor@straße.example",  # which would become strasse.example, of somebody else
        "noor@ex\u200dample.example",
    ],
)
def test_what_could_be_more_than_one_mailbox_gets_nothing(tmp_path, address):
    with AMailServer(tmp_path) as server, pytest.raises(post.NoSuchMailboxError):
        send(server, address=address)
    assert server.taken == []


def test_a_domain_in_other_letters_is_written_as_servers_have_it(tmp_path):
    with AMailServer(tmp_path) as server:
        send(server, address="noor@bücher.example")
    assert server.recipients == [["noor@xn--bcher-kva.example"]]


def test_while_trying_out_mails_are_shown_at_the_console(monkeypatch):
    monkeypatch.setattr(sys, "stdout", console := io.StringIO())
    post.send(django.HAALWEG, TO, "Nieuws", "Er is nieuws op je pagina.\n", mark="a1" * 16)
    shown = console.getvalue()
    assert f"To: {TO}" in shown
    assert "Er is nieuws op je pagina." in shown


def test_a_server_is_tried_without_a_mail(tmp_path):
    with AMailServer(tmp_path, asks=PASSWORD) as server:
        post.try_to_reach(server.settings())
        assert (server.taken, server.greeted) == ([], [])
        (tmp_path / "mail.password").write_text("another")
        with pytest.raises(post.PostError, match="user and password"):
            post.try_to_reach(server.settings())
        (tmp_path / "mail.password").chmod(0o644)
        with pytest.raises(ConfigurationError, match="other users may read the password"):
            post.try_to_reach(server.settings())
