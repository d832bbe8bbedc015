"""What the upload hooks share: an answer whatever happens, and what an uploader is told."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from haalweg.client.answers import Checked, unchecked

if TYPE_CHECKING:
    from haalweg.client.answers import Action
    from haalweg.client.errors import GateRefusedError

LANGUAGES = ("nl", "en")
# Where there is no statement of reasons: a silent refusal has to read like a failure.
_NO_REASON = {"nl": "Dit kon niet worden geplaatst.", "en": "This could not be posted."}
_LOG = logging.getLogger("haalweg.client")


def refused(error: GateRefusedError, on_failure: Action) -> Checked:
    """Answer for an upload of which the gate wants nothing: a key that is over must not stop a platform unseen."""
    return unchecked(on_failure, str(error))


def report_trouble(checked: Checked) -> None:
    """Tell the operator that the gate did not look at an upload; nothing of the upload."""
    if checked.trouble is not None:
        _LOG.warning("An upload was not checked (action %s): %s", checked.action, checked.trouble)


def said_to_uploader(checked: Checked, language: str) -> str:
    """Say why an upload is refused. language: a tag; Dutch in Dutch, everything else in English."""
    known = "nl" if language.lower().split("-")[0] == "nl" else "en"
    return getattr(checked.statement, known) if checked.statement is not None else _NO_REASON[known]
