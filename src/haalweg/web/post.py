"""Mails on their way: to the server that the settings name, or to the console where somebody tries out.

They tell nothing of who sends them but the sender's address: not the name of this machine, not when a program was
started, and neither whose helpline it is.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend as Console
from django.core.mail.backends.smtp import EmailBackend

from haalweg.errors import HaalwegError
from haalweg.web.configuration import ConfigurationError, Security

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.core.mail.backends.base import BaseEmailBackend

    from haalweg.web.configuration import Configuration, MailServer

TIMEOUT_S = 20
_ADDRESS = re.compile(r"([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,100})@([^@\s\x00-\x1f]{1,200})")
_AT_THE_CONSOLE = "mail@localhost"
_FOR_GOOD = 500  # replies of a server, from here on


class PostError(HaalwegError):
    """The mail server does not take mails now. The text holds nothing that the server said: addresses stand in it."""


class NoSuchMailboxError(HaalwegError):
    """Nothing can be sent to this address, now or later."""


class Server(EmailBackend):
    """Django's, under the name of the sender's domain, where Django gives the name of this machine."""

    def __init__(self, mail: MailServer) -> None:
        """Raise ConfigurationError where the password cannot be read."""
        super().__init__(
            host=mail.host,
            port=mail.port,
            username=mail.user,
            password=mail.password(),
            use_tls=mail.security is Security.STARTTLS,
            use_ssl=mail.security is Security.TLS,
            timeout=TIMEOUT_S,
            ssl_keyfile="",
            ssl_certfile="",
        )
        self._domain = mail.domain

    @property
    def connection_class(self) -> Callable[..., smtplib.SMTP]:  # type: ignore[override]  # it is only called
        """Open a connection as the domain."""
        kind = smtplib.SMTP_SSL if self.use_ssl else smtplib.SMTP

        def opened(host: str, port: int, **more: Any) -> smtplib.SMTP:
            more["local_hostname"] = self._domain
            return kind(host, port, **more)

        return opened


def send(configuration: Configuration, address: str, subject: str, text: str, *, mark: str) -> None:
    """Send one. mark: of this mail, the same each time that it is tried, so that mailboxes show it once.

    Raises NoSuchMailboxError, and PostError where the same may work later.
    """
    sender = configuration.mail.sender if configuration.mail else _AT_THE_CONSOLE
    message = EmailMessage(
        subject,
        text,
        sender,
        [_sendable(address)],
        headers={
            "Message-ID": f"<{mark}@{sender.rpartition('@')[2]}>",
            "Auto-Submitted": "auto-generated",  # or a mailbox of somebody on holiday writes back
        },
    )
    with _in_our_words(), _backend(configuration) as backend:
        backend.send_messages([message])


def try_to_reach(mail: MailServer) -> None:
    """Connect and log in, and send nothing. Raises PostError and ConfigurationError."""
    server = Server(mail)
    with _in_our_words(), closing(server):
        server.open()


@contextmanager
def _backend(configuration: Configuration) -> Iterator[BaseEmailBackend]:
    try:
        backend = Server(configuration.mail) if configuration.mail else Console()
    except ConfigurationError as error:
        raise PostError(str(error)) from None
    with closing(backend):  # also what was opened halfway
        yield backend


def _sendable(address: str) -> str:
    """Give it as servers take it. Raises NoSuchMailboxError for one that could be read as two, or needs more than that.

    Servers that take other letters before the @ are few.
    """
    found = _ADDRESS.fullmatch(address.strip())
    domain = _in_ascii(found[2]) if found else None
    if found is None or domain is None:
        raise NoSuchMailboxError("An address that no mail goes to.")
    return f"{found[1]}@{domain}"


def _in_ascii(domain: str) -> str | None:
    """Write a domain as servers take it; None where it becomes another one's, as straße.de would strasse.de."""
    try:
        written = domain.encode("idna")
        is_same = written.decode("idna") == domain.lower()
    except UnicodeError:
        return None
    return written.decode() if is_same and re.fullmatch(rb"[A-Za-z0-9.-]+", written) else None


@contextmanager
def _in_our_words() -> Iterator[None]:
    """What went wrong, without what the server said."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        if all(code >= _FOR_GOOD for code, _ in error.recipients.values()):
            raise NoSuchMailboxError("The mail server knows no such mailbox.") from None
        raise PostError("The mail server does not take mails to this address now.") from None
    except smtplib.SMTPAuthenticationError:
        raise PostError("The mail server does not accept this user and password.") from None
    except smtplib.SMTPNotSupportedError:
        raise PostError(
            "The mail server does not offer what is needed: TLS after STARTTLS, or a login with a password."
        ) from None
    except ssl.SSLCertVerificationError as error:
        raise PostError(f"The certificate of the mail server is not good ({error.verify_message}).") from None
    except ssl.SSLError:
        raise PostError("The mail server does not speak TLS there. Is security right for this port?") from None
    except smtplib.SMTPResponseException as error:
        raise PostError(f"The mail server refuses ({error.smtp_code}).") from None
    except smtplib.SMTPException as error:
        raise PostError(f"The mail server broke off ({type(error).__name__}).") from None
    except OSError as error:
        raise PostError(f"The mail server is not reached ({error.strerror or type(error).__name__}).") from None
