"""Nothing of a page stays behind in a browser, a proxy or a search engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class NothingIsKept:
    """Middleware: no store, no index, and no feature of a device that no page here uses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with what keeps it from being kept."""
        response = self._get_response(request)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Permissions-Policy"] = (
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), "
            "publickey-credentials-get=(self)"
        )
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response
