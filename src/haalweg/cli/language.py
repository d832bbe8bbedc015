"""What people read at the terminal, in their language: English in the code, Dutch in data/locale."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

_CATALOGUES = Path(__file__).resolve().parents[1] / "data" / "locale"


def _wanted() -> list[str]:
    """The first of the usual settings that is set decides; HAALWEG_LANGUAGE comes before them."""
    for name in ("HAALWEG_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value.split(":")
    return []


_translations = gettext.translation("haalweg", _CATALOGUES, languages=_wanted(), fallback=True)
_ = _translations.gettext
ngettext = _translations.ngettext
LANGUAGE = _translations.info().get("language", "en")  # what they are in
