"""A mail server of the tests: a real one, on a port of this machine, that keeps what it is given."""

from __future__ import annotations

import email
import email.policy
import ssl
from typing import TYPE_CHECKING, Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from haalweg.web.configuration import MailServer, Security
from tests.certificates import self_signed
from tests.gate.gates import free_port

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage
    from pathlib import Path

    from tests.web.a_helpline import AHelpline

SENDER, USER, PASSWORD = "bericht@post.example", "bericht", "a password of the post"
TAKEN = "250 OK"


class AMailServer:
    """What it answers can be set; what it took lies in `taken`, and as what it was greeted in `greeted`."""

    def __init__(
        self, folder: Path, security: Security = Security.NONE, *, offers: Security | None = None, asks: str = ""
    ) -> None:
        """offers: if that is another security than what the settings say. asks: for this password."""
        self.security, self.asks, self.folder = security, asks, folder
        self.taken: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.greeted: list[str] = []
        self.to_recipient = self.to_data = TAKEN
        self.on_data: Callable[[], object] = lambda: None
        self.port = free_port()
        self._offers = offers or security
        self._controller: Controller | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        more: dict[str, Any] = {}
        if self._offers is Security.TLS:
            more |= {"ssl_context": context(self.folder)}
        elif self._offers is Security.STARTTLS:
            more |= {"tls_context": context(self.folder), "require_starttls": True}
        if self.asks:
            is_later = self._offers is Security.STARTTLS  # of TLS from the first byte the library does not know
            more |= {"authenticator": self._login, "auth_required": is_later, "auth_require_tls": is_later}
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **more)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop(no_assert=True)
            self._controller = None

    def settings(self, **more: Any) -> MailServer:
        """What a helpline says of it."""
        password = self.folder / "mail.password"
        if self.asks and not password.exists():
            password.write_text(f"{PASSWORD}\n")
            password.chmod(0o600)
        said: dict[str, Any] = {
            "host": "localhost",
            "port": self.port,
            "sender": SENDER,
            "user": USER if self.asks else "",
            "password_file": password if self.asks else None,
            "security": self.security,
        }
        return MailServer(**said | more)

    def serve(self, helpline: AHelpline) -> None:
        """Have a helpline send its mails here, without TLS."""
        settings = f'[mail]\nserver = "127.0.0.1:{self.port}"\nsender = "{SENDER}"\nsecurity = "none"\n'
        helpline.config.write_text(helpline.config.read_text() + settings)

    def text(self, number: int = -1) -> str:
        """What one of the mails says."""
        content = self.taken[number].get_content()
        assert isinstance(content, str)
        return content.replace("\r\n", "\n")

    def words(self, number: int = -1) -> list[str]:
        """The words in it, for each page."""
        return [line for line in self.text(number).splitlines() if len(line.split()) == 8 and line.islower()]

    def _login(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        del server, session, envelope, mechanism
        assert isinstance(data, LoginPassword)
        return AuthResult(success=(data.login, data.password) == (USER.encode(), self.asks.encode()), handled=False)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - as the library calls it
        del server, options
        self.greeted.append(session.host_name)
        if self.to_recipient == TAKEN:
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - as the library calls it
        del server, session
        self.recipients.append(list(envelope.rcpt_tos))
        self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.on_data()
        return self.to_data


def context(folder: Path) -> ssl.SSLContext:
    """Make a certificate for this machine, which only who is told of it trusts."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate(folder))
    return made


def certificate(folder: Path) -> Path:
    """Give its file: SSL_CERT_FILE makes Python trust it."""
    path = folder / "mail.pem"
    return path if path.exists() else self_signed(path, "localhost")
