"""The receiver's side: what a gate signed is believed once, and nothing else is."""

from __future__ import annotations

import base64
import os
import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from haalweg.client.webhook import MEMORY_S, SKEW_S, Received, SeenBeforeError, WebhookError, WebhookReceiver
from haalweg.gate.webhooks import signed

# The example of the specification (standardwebhooks.com, version 1), and one of our own made with openssl:
#   printf %s 'msg_1.1700000000.{"type":"upload.held"}' | openssl dgst -sha256 -hmac 'twenty-four bytes exactly' -binary
VECTORS = [
    (
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ),
    (
        f"whsec_{base64.b64encode(b'twenty-four bytes exactly').decode()}",
        "msg_1",
        1700000000,
        b'{"type":"upload.held"}',
        "v1,vTs8L3aPPSKuBcYd/WaVLa515JePl+EfljfKM0LyV9I=",
    ),
]
HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to"
SECRET, ID, AT, BODY, SIGNATURE = VECTORS[0]
OTHER_SECRET = VECTORS[1][0]


class Clock:
    def __init__(self, now: float = AT) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def headers(**changed):
    named = {"webhook-id": ID, "webhook-timestamp": str(AT), "webhook-signature": SIGNATURE}
    return named | {name.replace("_", "-"): value for name, value in changed.items()}


def signed_with(secret, id_=ID, at=AT, body=BODY):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return signed(id_, body, key, now=datetime.fromtimestamp(at, UTC))


@pytest.mark.threat("H2")
@pytest.mark.parametrize(("secret", "id_", "at", "body", "signature"), VECTORS)
def test_both_sides_sign_as_the_specification_does(secret, id_, at, body, signature):
    sent = signed_with(secret, id_, at, body)
    assert (sent["webhook-id"], sent["webhook-timestamp"], sent["webhook-signature"]) == (id_, str(at), signature)
    assert WebhookReceiver(secret, clock=Clock(at)).receive(sent, body).id == id_


def test_what_was_told_is_given_whatever_case_its_headers_have():
    upper = {name.title(): value for name, value in headers().items()}
    received = WebhookReceiver(SECRET, clock=Clock()).receive(upper, BODY)
    assert received == Received(ID, {"test": 2432232314})


@pytest.mark.threat("H2")
def test_the_same_is_believed_once():
    clock = Clock()
    receiver = WebhookReceiver(SECRET, clock=clock)
    receiver.receive(headers(), BODY)
    clock.now += SKEW_S
    with pytest.raises(SeenBeforeError):
        receiver.receive(headers(), BODY)
    with pytest.raises(SeenBeforeError):  # nor when its sender tries again
        receiver.receive(signed_with(SECRET, at=AT + 60), BODY)


def test_what_could_not_be_dealt_with_may_come_again():
    receiver = WebhookReceiver(SECRET, clock=Clock())
    receiver.receive(headers(), BODY)
    receiver.forget(ID)
    assert receiver.receive(headers(), BODY).id == ID


@pytest.mark.threat("H2")
def test_ids_are_kept_for_as_long_as_their_signature_holds_and_no_longer():
    clock = Clock()
    receiver = WebhookReceiver(SECRET, clock=clock)
    receiver.receive(signed_with(SECRET, at=AT + SKEW_S), BODY)  # of a clock that is as far ahead as it may be
    clock.now = AT + 2 * SKEW_S
    with pytest.raises(SeenBeforeError):
        receiver.receive(signed_with(SECRET, at=AT + SKEW_S), BODY)
    for number in range(100):
        clock.now += 60
        receiver.receive(signed_with(SECRET, f"msg_{number}", int(clock.now)), BODY)
    assert len(receiver._seen) == MEMORY_S // 60 + 1


@pytest.mark.threat("H2")
@pytest.mark.parametrize(("skew", "holds"), [(-301, False), (-300, True), (300, True), (301, False)])
def test_five_minutes_either_way_are_allowed(skew, holds):
    receiver = WebhookReceiver(SECRET, clock=Clock(AT + skew))
    if holds:
        assert receiver.receive(headers(), BODY).id == ID
    else:
        with pytest.raises(WebhookError, match="more than 5 minutes ago or ahead"):
            receiver.receive(headers(), BODY)


@pytest.mark.threat("H2")
@pytest.mark.parametrize(
    ("changed", "body"),
    [
        ({}, b'{"test": 2432232315}'),
        ({}, BODY + b" "),
        ({"webhook_id": "msg_other"}, BODY),
        ({"webhook_timestamp": str(AT + 1)}, BODY),
        ({"webhook_signature": SIGNATURE[:-2] + "F="}, BODY),
        ({"webhook_signature": SIGNATURE.replace("v1,", "v2,")}, BODY),
        ({"webhook_signature": SIGNATURE.removeprefix("v1,")}, BODY),
        ({"webhook_signature": "v1,"}, BODY),
        ({"webhook_signature": "v1,\N{LATIN SMALL LETTER E WITH ACUTE}"}, BODY),
        ({"webhook_signature": ""}, BODY),
        (dict(signed_with(OTHER_SECRET)), BODY),
    ],
)
def test_what_was_changed_or_signed_by_someone_else_is_refused(changed, body):
    receiver = WebhookReceiver(SECRET, clock=Clock())
    with pytest.raises(WebhookError, match="The signature is missing or of another secret, or the body was changed"):
        receiver.receive(headers(**changed), body)
    assert receiver.receive(headers(), BODY).id == ID  # what was refused is not remembered


@pytest.mark.parametrize("at", ["", "x", "-1", "1614265330.5", "\N{SUPERSCRIPT TWO}", "1" * 5_000])
def test_a_time_that_is_none_is_refused(at):
    with pytest.raises(WebhookError, match="webhook-timestamp are missing, or are none"):
        WebhookReceiver(SECRET, clock=Clock()).receive(headers(webhook_timestamp=at), BODY)


@pytest.mark.parametrize("body", [b"no JSON", b"[]", b"\xff"])
def test_a_signed_body_that_is_no_object_is_refused(body):
    with pytest.raises(WebhookError, match="The body is"):
        WebhookReceiver(SECRET, clock=Clock()).receive(signed_with(SECRET, body=body), body)


def test_two_secrets_hold_while_they_are_changed_over():
    receiver = WebhookReceiver(OTHER_SECRET, SECRET, clock=Clock())
    assert receiver.receive(headers(), BODY).id == ID
    assert receiver.receive(signed_with(OTHER_SECRET, "msg_2"), BODY).id == "msg_2"
    both = f"{SIGNATURE} {signed_with(OTHER_SECRET)['webhook-signature']}"
    assert WebhookReceiver(OTHER_SECRET, clock=Clock()).receive(headers(webhook_signature=both), BODY).id == ID


@pytest.mark.parametrize("page", ["gate.md", "gate.nl.md"])
def test_the_receiver_of_the_manual_acts_once_on_what_a_gate_sent(page, monkeypatch):
    (example,) = re.findall(r"```python title=\S+\n(.*?WebhookReceiver.*?)```", (HOW_TO / page).read_text(), re.DOTALL)
    for name in ("MODERATORS_SECRET", "MODERATOREN_GEHEIM"):
        monkeypatch.setenv(name, SECRET)
    acted = []
    names: dict[str, Any] = {"os": os, "act_on": lambda event, data: acted.append((event, data))}
    exec(example, names)  # noqa: S102 - our own manual's
    body = b'{"type": "source.stale", "data": {"source": "S"}}'
    sent = signed_with(SECRET, at=int(time.time()), body=body)
    assert [names["hook"](sent, body), names["hook"](sent, body), names["hook"](sent, b"{}")] == [200, 200, 400]
    assert acted == [("source.stale", {"source": "S"})]


@pytest.mark.parametrize("secrets", [(), (SECRET,) * 3, ("",), ("whsec_",), ("whsec_?",), (SECRET[6:],)])
def test_a_secret_that_is_none_is_refused(secrets):
    with pytest.raises(WebhookError):
        WebhookReceiver(*secrets)
