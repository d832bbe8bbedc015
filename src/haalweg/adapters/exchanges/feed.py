"""The feed of another haalweg, fetched page by page; and what is said of its entries, brought to it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx

from haalweg.banks.feed import FeedPage
from haalweg.errors import HaalwegError

if TYPE_CHECKING:
    from haalweg.banks import Cursor

WAIT_S = 25  # a page without news is answered after so long
_TIMEOUT = httpx.Timeout(10.0, read=WAIT_S + 20.0)
_MOST_BYTES = 256_000_000  # of a page: 10,000 traces have 100 MB
_START_OVER = 409


class SourceError(HaalwegError):
    """A source that gave no page. The text names it, and never its key."""


class StartOverError(SourceError):
    """A source that does not know our cursor: everything has to be fetched anew."""


def source_client() -> httpx.AsyncClient:
    """Make what pages are fetched with: no proxy from the environment, no redirect to another place."""
    return httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=False, trust_env=False)


async def send_feedback(client: httpx.AsyncClient, *, name: str, url: str, key: str, body: bytes) -> None:
    """Bring what a platform says of an entry. Raises SourceError; sent twice, it counts once."""
    headers = {"authorization": f"Bearer {key}", "content-type": "application/json"}
    try:
        answer = await client.post(f"{url}/api/v1/feedback", content=body, headers=headers)
    except httpx.HTTPError as error:
        raise _unreachable(name, error) from None
    if answer.status_code != httpx.codes.ACCEPTED:
        raise _answered(name, answer.status_code)


async def fetch_page(
    client: httpx.AsyncClient, *, name: str, url: str, key: str, cursor: Cursor | None, wait_s: int
) -> FeedPage:
    """Fetch what comes after a cursor; None: everything. Raises SourceError, and FeedError for what is no page."""
    query = {"wait": str(wait_s)} | ({"cursor": str(cursor)} if cursor else {})
    body = bytearray()
    try:
        async with client.stream(
            "GET", f"{url}/api/v1/feed", params=query, headers={"authorization": f"Bearer {key}"}
        ) as answer:
            if answer.status_code == _START_OVER:
                raise StartOverError(f"{name}: it wants everything to be fetched anew.")
            if answer.status_code != httpx.codes.OK:
                raise _answered(name, answer.status_code)
            async for chunk in answer.aiter_bytes():
                body += chunk
                if len(body) > _MOST_BYTES:
                    raise SourceError(f"{name}: its page has more than {_MOST_BYTES:,} bytes.")
    except httpx.HTTPError as error:
        raise _unreachable(name, error) from None
    return await asyncio.to_thread(FeedPage.from_json, bytes(body))  # 10,000 entries take 0.2 s


def _answered(name: str, status: int) -> SourceError:
    return SourceError(f"{name}: it answered with status {status}.")


def _unreachable(name: str, error: httpx.HTTPError) -> SourceError:
    return SourceError(f"{name}: it cannot be reached ({type(error).__name__}).")
