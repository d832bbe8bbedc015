"""Who asks, by their address: of the connection, or of what the proxy on this machine says of it. It is not kept."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Give the address that a request comes from.

    Behind a proxy on this machine its last word on who asked is taken; what a browser itself says is not.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.HAALWEG.try_out or not _is_here(address):
        return address
    return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip() or address


def _is_here(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return not address  # a socket file has none
