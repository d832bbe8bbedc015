"""How a client behaves towards its gate: where it is, how long to wait, and what to do when it does not answer."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

import httpx

from haalweg.client.answers import Action, Checked, not_understood, unchecked
from haalweg.client.errors import GateClientError, GateRefusedError, GateUnavailableError

MOST_RETRIES = 2
_UNIX = "unix:"
_HERE = "http://gate"  # the host of a socket file; nobody looks it up
_IDLE_S = 4.0  # the gate ends a connection after 5 seconds without a request: we end it first


@dataclass(frozen=True, slots=True, repr=False)
class Conduct:
    """What both kinds of client share."""

    url: str
    socket: str | None
    key: str
    on_failure: Action
    timeout_s: float
    longest_wait_s: float

    @classmethod
    def of(
        cls, address: str, key: str, *, on_failure: Action | str, timeout_s: float, longest_wait_s: float
    ) -> Conduct:
        """Check what a client is made with. Raises GateClientError."""
        if not key or not key.isascii() or not key.isprintable():
            raise GateClientError("The key is none. `haalweg gate keys new NAME --scope check` makes one.")
        if on_failure not in set(Action):
            raise GateClientError(f"on_failure: one of {', '.join(Action)} is expected.")
        if not timeout_s > 0 or not longest_wait_s >= 0:
            raise GateClientError("timeout_s and longest_wait_s: seconds are expected. Good: timeout_s=10.")
        socket = address.removeprefix(_UNIX) if address.startswith(_UNIX) else None
        url = address if socket is None else _HERE
        if socket == "" or not url.startswith(("http://", "https://")):
            raise GateClientError(
                'address: where the gate listens is expected. Good: "http://127.0.0.1:8640" or "unix:/run/gate.sock".'
            )
        return cls(url.rstrip("/"), socket, key, Action(on_failure), timeout_s, longest_wait_s)

    def for_http(self) -> dict[str, Any]:
        """What an httpx client is made with: no proxy from the environment, no redirect to another place."""
        return {
            "base_url": self.url,
            "headers": {"authorization": f"Bearer {self.key}", "accept": "application/json"},
            # Each connection that is tried in vain takes its part of the time.
            "timeout": httpx.Timeout(self.timeout_s, connect=self.timeout_s / (MOST_RETRIES + 1)),
            "follow_redirects": False,
            "trust_env": False,
        }

    def for_transport(self) -> dict[str, Any]:
        """What an httpx transport is made with. It tries again where nobody takes the connection."""
        return {
            "uds": self.socket,
            "retries": MOST_RETRIES,
            "trust_env": False,
            "limits": httpx.Limits(keepalive_expiry=_IDLE_S),
        }

    def naming(self, uploader: str | None) -> dict[str, str]:
        """Headers that say who uploads, so that only this platform can tell who that is."""
        if uploader is None:
            return {}
        return {"haalweg-uploader": hmac.digest(self.key.encode(), uploader.encode(), "sha256").hex()}

    def pause(self, answer: httpx.Response, tries: int) -> float | None:
        """How long to wait before the same is asked again; None: this answer stands."""
        wait = answer.headers.get("retry-after", "")
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE or tries > MOST_RETRIES or not wait.isdecimal():
            return None
        return float(wait) if float(wait) <= self.longest_wait_s else None

    def unchecked(self, trouble: GateUnavailableError) -> Checked:
        """Answer for an upload that the gate could not look at: as its policy says, where it could still say so."""
        action = Action(trouble.action) if trouble.action in set(Action) else self.on_failure
        return unchecked(action, str(trouble))


def content_of(answer: httpx.Response) -> dict[str, Any]:
    """Take what was answered. Raises GateRefusedError and GateUnavailableError."""
    found = _object(answer)
    if answer.is_success and found:
        return found
    if answer.is_success:
        raise not_understood()
    sentence = str(found.get("detail") or f"The gate answered with status {answer.status_code}.")
    if answer.is_client_error:
        raise GateRefusedError(sentence, answer.status_code)
    raise GateUnavailableError(sentence, found.get("action"))


def not_reached(error: httpx.TransportError) -> GateUnavailableError:
    """Say why there was no answer, without the address."""
    if isinstance(error, httpx.TimeoutException):
        return GateUnavailableError(f"The gate did not answer in time ({type(error).__name__}).")
    return GateUnavailableError(f"The gate cannot be reached ({type(error).__name__}).")


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
