"""Files fetched by URL: off unless hosts are listed, and then from these alone, whatever a URL or redirect says."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from haalweg.adapters.net.guarded import GuardedNet, NetError
from haalweg.adapters.net.places import PORTS, PlaceError, place_of
from haalweg.errors import HaalwegError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpcore

    from haalweg.adapters.net.places import Place
    from haalweg.gate.reading import Room, Taking
    from haalweg.gate.settings import Fetch, Limits

MOST_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {"accept": "image/*, video/*", "accept-encoding": "identity", "user-agent": "haalweg"}


class FetchError(HaalwegError):
    """A file that was not fetched. The text says why, and repeats nothing of the URL."""


class Fetcher:
    """Fetches files into memory. For one event loop."""

    def __init__(self, fetch: Fetch, limits: Limits, net: GuardedNet | None = None) -> None:
        """net: None for the internet."""
        self._hosts = fetch.hosts
        self._seconds = fetch.seconds
        self._most = limits.upload_bytes
        self._net = net or GuardedNet()
        # Half of the room at most: hosts that are slow keep no upload out.
        self._turns = asyncio.Semaphore(max(1, limits.memory_bytes // limits.upload_bytes // 2))

    @asynccontextmanager
    async def fetched(self, url: str, room: Room, who: int) -> AsyncIterator[bytes]:
        """Fetch a file for a key, and keep room for it as long as it is looked at.

        Raises FetchError, and Problem where there is no room now.
        """
        place = self._listed(url)
        async with self._turns:
            with room.for_upload(who) as take:
                yield await self._fetch(place, take)

    async def _fetch(self, place: Place, take: Taking) -> bytes:
        try:
            async with asyncio.timeout(self._seconds):
                for _ in range(1 + MOST_REDIRECTS):
                    found = await self._ask(place, take)
                    if isinstance(found, bytes):
                        return found
                    place = found
        except TimeoutError:
            raise FetchError(f"not fetched: it took longer than {self._seconds:g} s") from None
        except NetError as error:
            raise FetchError(f"not fetched: {error}") from None
        raise FetchError(f"not fetched: more than {MOST_REDIRECTS} redirects")

    async def _ask(self, place: Place, take: Taking) -> bytes | Place:
        """The file, or where it is said to be."""
        async with self._net.ask("GET", place, _HEADERS) as answer:
            if answer.status in _REDIRECTS:
                return self._listed(_header(answer, b"location"), place)
            if answer.status != 200:
                raise FetchError(f"not fetched: the answer has status {answer.status}")
            announced = _header(answer, b"content-length")
            if announced.isdecimal() and int(announced) > self._most:
                raise self._too_large()
            body = bytearray()
            async for chunk in answer.aiter_stream():
                if len(body) + len(chunk) > self._most:
                    raise self._too_large()
                take(len(chunk))
                body += chunk
            return bytes(body)

    def _listed(self, url: str, before: Place | None = None) -> Place:
        """Take a URL apart that may be fetched from. before: where a redirect to it came from. Raises FetchError."""
        redirect = "" if before is None else "a redirect: "
        try:
            place = place_of(url) if before is None else before.joined(url)
        except PlaceError as error:
            raise FetchError(f"not fetched: {redirect}{error}") from None
        if place.host not in self._hosts:
            raise FetchError(f"not fetched: {redirect}its host is not listed in the settings of this gate")
        if place.port not in PORTS:
            raise FetchError(f"not fetched: {redirect}its port is neither 80 nor 443")
        return place

    def _too_large(self) -> FetchError:
        return FetchError(f"not fetched: it has more than {self._most:,} bytes, the most that is taken")


def _header(answer: httpcore.Response, wanted: bytes) -> str:
    """The last of this name; "" for none."""
    values = [value.decode("latin-1") for name, value in answer.headers if name.lower() == wanted]
    return values[-1] if values else ""
