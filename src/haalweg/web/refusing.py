"""What is too much, or no kind of content that a door here takes, is refused before anything reads it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, UnreadablePostError
from django.urls import reverse
from django.utils.translation import override

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

MOST_BYTES = 256_000
MOST_REPORT_BYTES = 2_000_000  # of the routes that take traces and videos
_BODIES = ("application/json", "application/x-www-form-urlencoded")


class RefuseWhatIsTooMuch:
    """Middleware: 413 for a body that is too large or says no length, 415 for forms with files and what is unknown.

    400 for one that ends too early, as of somebody who was cut off: half a message is none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse, or go on."""
        meta = request.META
        length = meta.get("CONTENT_LENGTH") or "0"
        most = MOST_REPORT_BYTES if request.path in _report_paths() else MOST_BYTES
        if meta.get("HTTP_TRANSFER_ENCODING") or not length.isdecimal() or int(length) > most:
            return HttpResponse(status=413)
        kind = str(meta.get("CONTENT_TYPE") or "").split(";", 1)[0].strip().lower()
        if int(length) and kind not in _BODIES:
            return HttpResponse(status=415)
        if not _is_whole(request, int(length)):
            return HttpResponse(status=400)
        return self._get_response(request)


@cache
def _report_paths() -> frozenset[str]:
    paths = set()
    for language, _ in settings.LANGUAGES:
        with override(language):
            paths |= {reverse(f"intake:{name}") for name in ("send", "send_more", "send_invited")}
    return frozenset(paths)


def _is_whole(request: HttpRequest, length: int) -> bool:
    try:
        return len(request.body) == length
    except UnreadablePostError:
        return False
