"""What every page knows of the helpline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def about_this_helpline(_: HttpRequest) -> dict[str, object]:
    """For templates: the helpline's name and the times it promises."""
    return {"helpline": settings.HAALWEG.name, "terms": settings.HAALWEG.terms}
