"""The receiver's side of a gate's webhooks. It needs the standard library only, and may be copied as it is."""

from __future__ import annotations

import base64
import hmac
import json
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SKEW_S = 300  # how far a sender's clock may be from ours, either way
MEMORY_S = 600  # an id may come again with the same signature for as long as the skew is wide
_MOST_SECRETS = 2
_MOST_DIGITS = 12
_PREFIX = "whsec_"


class WebhookError(Exception):
    """A request that is not to be believed, or a secret that is none. Answer a request with status 400."""


class SeenBeforeError(WebhookError):
    """One that came before, from someone else or from a gate that missed our answer. Answer 200, and do nothing."""


@dataclass(frozen=True, slots=True)
class Received:
    """What a gate told."""

    id: str
    content: dict[str, Any]  # of a gate: type, timestamp, data


class WebhookReceiver:
    """Tells what a gate has sent from what anyone else has. For any number of threads."""

    def __init__(self, *secrets: str, clock: Callable[[], float] = time.time) -> None:
        """secrets: one, or two while you change from one to the other; each begins with whsec_. Raises WebhookError."""
        if not 0 < len(secrets) <= _MOST_SECRETS:
            raise WebhookError("One secret is expected, or two while they are changed over.")
        self._secrets = [_secret(each) for each in secrets]
        self._clock = clock
        self._seen: dict[str, float] = {}  # the oldest first
        self._one_at_a_time = threading.Lock()

    def receive(self, headers: Mapping[str, str], body: bytes) -> Received:
        """Check a request, and remember its id for ten minutes.

        headers: by names in capitals or not. body: as it came, before anything has read it.
        Raises WebhookError, and SeenBeforeError for what has come before.
        """
        named = {name.lower(): value for name, value in headers.items()}
        id_, at = named.get("webhook-id", ""), named.get("webhook-timestamp", "")
        now = self._clock()
        if not id_ or not at.isascii() or not at.isdecimal() or len(at) > _MOST_DIGITS:
            raise WebhookError("The headers webhook-id and webhook-timestamp are missing, or are none.")
        if abs(now - int(at)) > SKEW_S:
            raise WebhookError(f"It was signed more than {SKEW_S // 60} minutes ago or ahead. Are the clocks right?")
        self._check(f"{id_}.{at}.".encode() + body, named.get("webhook-signature", ""))
        try:
            content = json.loads(body)
        except ValueError:
            raise WebhookError("The body is no JSON.") from None
        if not isinstance(content, dict):
            raise WebhookError("The body is JSON, and no object.")
        self._remember(id_, now)
        return Received(id_, content)

    def forget(self, id: str) -> None:  # noqa: A002 - as the sender calls it
        """Let it come again: what you had to do with it failed, and you answer with an error."""
        with self._one_at_a_time:
            self._seen.pop(id, None)

    def _check(self, content: bytes, signatures: str) -> None:
        """Compare with every signature that is given: a sender signs with two secrets while they are changed over."""
        ours = [base64.b64encode(hmac.digest(secret, content, "sha256")) for secret in self._secrets]
        theirs = [each[3:].encode() for each in signatures.split(" ") if each.startswith("v1,")]
        if not any(hmac.compare_digest(one, other) for one in ours for other in theirs):
            raise WebhookError("The signature is missing or of another secret, or the body was changed on its way.")

    def _remember(self, id_: str, now: float) -> None:
        with self._one_at_a_time:
            while self._seen and now - next(iter(self._seen.values())) > MEMORY_S:
                del self._seen[next(iter(self._seen))]
            if id_ in self._seen:
                raise SeenBeforeError("It has come before.")
            self._seen[id_] = now


def _secret(text: str) -> bytes:
    try:
        secret = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except ValueError:
        secret = b""
    if not secret or not text.startswith(_PREFIX):
        raise WebhookError(f"A secret begins with {_PREFIX}, and base64 follows.")
    return secret
