"""For Django: a validator that has an upload checked before a form is valid.

The settings say where the gate is; each of them is an argument of GateClient:

    HAALWEG_GATE = {"address": "unix:/run/haalweg/gate.sock", "key": os.environ["GATE_KEY"], "on_failure": "hold"}
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.translation import get_language

from haalweg.client.answers import Action, Checked
from haalweg.client.errors import GateClientError, GateRefusedError
from haalweg.client.gate_client import GateClient
from haalweg.client.hooks import refused, report_trouble, said_to_uploader

_GOOD = 'HAALWEG_GATE = {"address": "http://127.0.0.1:8640", "key": "hwk_...", "on_failure": "hold"}'


def check_upload(upload: Any) -> None:
    """Have an upload checked; a validator for a FileField of a form or a model.

    The answer, a Checked, stands in `upload.haalweg` afterwards: the view holds the upload where its action says so.
    Raises ValidationError with the statement of reasons, in the active language, where it is blocked.
    """
    if getattr(upload, "_committed", False):
        return  # a model's file that was stored before: it was checked when it came
    client = _client()
    try:
        checked = client.check(upload)
    except GateRefusedError as error:
        checked = refused(error, client.on_failure)
    report_trouble(checked)
    _leave_answer(upload, checked)
    if checked.action is Action.BLOCK:
        raise ValidationError(said_to_uploader(checked, get_language() or "en"), code="haalweg_blocked")


def _leave_answer(upload: Any, checked: Checked) -> None:
    upload.haalweg = checked
    inner: Any = getattr(upload, "file", None)
    if hasattr(inner, "content_type"):  # a model's field: the form keeps what is in it
        inner.haalweg = checked


def _client() -> GateClient:
    given = getattr(settings, "HAALWEG_GATE", None)
    if not isinstance(given, dict) or not {"address", "key", "on_failure"} <= given.keys():
        raise ImproperlyConfigured(f"HAALWEG_GATE: address, key and on_failure are expected. Good: {_GOOD}")
    return _client_of(**given)


@lru_cache(maxsize=1)
def _client_of(**given: Any) -> GateClient:
    try:
        return GateClient(**given)
    except (TypeError, GateClientError) as error:
        raise ImproperlyConfigured(f"HAALWEG_GATE: {error}") from None
