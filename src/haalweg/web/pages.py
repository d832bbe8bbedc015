"""What every page knows of the helpline, and of the same page in the other language."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django.http import HttpRequest

_HELP = Path(__file__).resolve().parents[1] / "data" / "help.toml"


def about_this_helpline(request: HttpRequest) -> dict[str, object]:
    """For templates: names, numbers and the times that are promised."""
    return {
        "helpline": settings.HAALWEG.name,
        "mails": settings.HAALWEG.sends_mail,
        "terms": settings.HAALWEG.terms,
        "retention": settings.HAALWEG.retention,
        "talk": help_data()["talk"],
        "services": help_data()["services"],
        "weather": help_data()["exit"]["url"],
        "other_language": other_language(request.path),
    }


def other_language(path: str) -> dict[str, str]:
    """Where the same page is in the other language. Views that answer a form give the page that it stands on."""
    other = "en" if get_language() == "nl" else "nl"
    return {"code": other, "name": dict(settings.LANGUAGES)[other], "path": translate_url(path, other)}


@cache
def help_data() -> dict[str, Any]:
    """Whom a person can talk to, and who else can help: each with where it was read and when."""
    with _HELP.open("rb") as file:
        return tomllib.load(file)
