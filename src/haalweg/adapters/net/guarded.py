"""Requests to places that others name.

A host's name is asked once for each connection, every address it has is checked, and the connection is made to an
address that was checked: a name server that answers otherwise the next time changes nothing.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING

import httpcore
import httpx

from haalweg.adapters.net.addresses import Address, is_public
from haalweg.errors import HaalwegError

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Mapping

    from haalweg.adapters.net.places import Place

Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]

_QUESTIONS = 4  # at once
_CONNECT_S = 3.0  # to one address; the caller limits the whole
_TROUBLES = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException)


class NetError(HaalwegError):
    """A place that gave no answer. The text says why, and names no URL, host or address."""


class Names:
    """The machine's own way to ask what addresses a host has. Fits Resolve.

    It has threads of its own: a name server that hangs keeps nothing else in this process waiting.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_QUESTIONS, "names")

    async def __call__(self, host: str, port: int) -> Sequence[Address]:
        """Raises OSError or UnicodeError."""
        ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        rows = await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        return list(dict.fromkeys(ip_address(row[4][0]) for row in rows))


class GuardedNet:
    """Makes requests: no proxy, cookie or redirect, and to no address that may not be reached."""

    def __init__(
        self,
        *,
        resolve: Resolve | None = None,
        may_reach: Callable[[Address], bool] = is_public,
        tls: ssl.SSLContext | None = None,
        network: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        """Of what is None the machine's own holds: how a name is asked, what connects, whom TLS trusts."""
        self._tls = tls or httpx.create_ssl_context()
        self._network = _Checked(resolve or Names(), may_reach, network or httpcore.AnyIOBackend())

    @asynccontextmanager
    async def ask(
        self, method: str, place: Place, headers: Mapping[str, str], body: bytes | None = None
    ) -> AsyncIterator[httpcore.Response]:
        """Make a request on a connection of its own. Raises NetError, also while the answer is read."""
        origin = httpcore.Origin(place.scheme.encode(), place.host.encode(), place.port)
        url = httpcore.URL(scheme=place.scheme, host=place.host, port=place.port, target=place.target)
        named = [(name.encode(), value.encode()) for name, value in ({"host": place.authority} | dict(headers)).items()]
        connection = httpcore.AsyncHTTPConnection(origin, ssl_context=self._tls, network_backend=self._network)
        try:
            async with (
                connection,
                connection.stream(method, url, headers=named, content=body) as answer,
            ):
                yield answer
        except _TROUBLES as error:
            raise NetError(f"it cannot be reached ({type(error).__name__})") from None


class _Checked(httpcore.AsyncNetworkBackend):
    """Connects to addresses that were checked. TLS still holds the other side to the host's name."""

    def __init__(
        self, resolve: Resolve, may_reach: Callable[[Address], bool], network: httpcore.AsyncNetworkBackend
    ) -> None:
        self._resolve = resolve
        self._may_reach = may_reach
        self._network = network

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - as httpcore calls it
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        failed: Exception = httpcore.ConnectError()
        for address in await self._addresses(host, port):
            try:
                return await self._network.connect_tcp(
                    str(address), port, timeout or _CONNECT_S, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    async def _addresses(self, host: str, port: int) -> Sequence[Address]:
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError):
            raise NetError("its host has no address") from None
        if not all(map(self._may_reach, addresses)):  # one is enough: whoever set it may mean the others as bait
            raise NetError("its host has an address that is not of the internet")
        return addresses
