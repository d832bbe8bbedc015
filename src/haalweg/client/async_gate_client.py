"""The same client for those who await its answers, on asyncio or trio."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import count
from typing import TYPE_CHECKING, Any, Self

import anyio
import httpx

from haalweg.client.answers import Action, Checked, checked_in, levels_in
from haalweg.client.conduct import Conduct, content_of, not_reached
from haalweg.client.errors import GateUnavailableError
from haalweg.client.gate_client import CHECK, FEEDBACK, LOOK_UP, STATUS
from haalweg.client.questions import MOST_ITEMS, feedback_json
from haalweg.client.uploads import MOST_FILES, opened

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from haalweg.client.questions import DisputeReason, Opinion, Signatures
    from haalweg.client.uploads import Upload


class AsyncGateClient:
    """GateClient, awaited: the same arguments, methods and answers. For any number of tasks of one event loop."""

    def __init__(
        self,
        address: str,
        key: str,
        *,
        on_failure: Action | str = Action.HOLD,
        timeout_s: float = 10.0,
        longest_wait_s: float = 2.0,
    ) -> None:
        """Raise GateClientError for what cannot be used. Nothing is sent yet."""
        self._conduct = Conduct.of(
            address, key, on_failure=on_failure, timeout_s=timeout_s, longest_wait_s=longest_wait_s
        )
        transport = httpx.AsyncHTTPTransport(**self._conduct.for_transport())
        self._http = httpx.AsyncClient(**self._conduct.for_http(), transport=transport)

    @property
    def on_failure(self) -> Action:
        """What happens to an upload that the gate was not asked about."""
        return self._conduct.on_failure

    async def aclose(self) -> None:
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def check(self, upload: Upload, *, uploader: str | None = None) -> Checked:
        named = self._conduct.naming(uploader)
        with opened(upload) as content:
            try:
                answer = await self._ask(
                    lambda: self._http.post(CHECK, content=content.chunks_later(), headers=content.headers() | named),
                    again=content.can_be_sent_again,
                )
                (checked,) = checked_in(answer, count=1)
            except GateUnavailableError as trouble:
                return self._conduct.unchecked(trouble)
        return checked

    async def check_many(self, uploads: Sequence[Upload], *, uploader: str | None = None) -> list[Checked]:
        return [
            checked
            for first in range(0, len(uploads), MOST_FILES)
            for checked in await self._check_form(uploads[first : first + MOST_FILES], uploader)
        ]

    async def check_signatures(self, signatures: Sequence[Signatures], *, uploader: str | None = None) -> list[Checked]:
        return [
            checked
            for first in range(0, len(signatures), MOST_ITEMS)
            for checked in await self._check_items(signatures[first : first + MOST_ITEMS], uploader)
        ]

    async def look_up(self, signatures: Sequence[Signatures]) -> list[str]:
        return [
            level
            for first in range(0, len(signatures), MOST_ITEMS)
            for level in await self._look_up(signatures[first : first + MOST_ITEMS])
        ]

    async def feedback(
        self,
        *,
        id: str,  # noqa: A002 - as the route has it
        entry: int,
        opinion: Opinion | str,
        reason: DisputeReason | str | None = None,
    ) -> bool:
        content = feedback_json(id, entry, opinion, reason)
        return bool((await self._ask(lambda: self._http.post(FEEDBACK, json=content))).get("taken"))

    async def status(self) -> dict[str, Any]:
        return await self._ask(lambda: self._http.get(STATUS))

    async def _check_form(self, uploads: Sequence[Upload], uploader: str | None) -> list[Checked]:
        named = self._conduct.naming(uploader)
        with ExitStack() as stack:
            contents = [stack.enter_context(opened(upload)) for upload in uploads]
            files = [("file", content.for_form()) for content in contents]
            try:
                answer = await self._ask(
                    lambda: self._http.post(CHECK, files=files, headers=named),
                    again=all(content.can_be_sent_again for content in contents),
                )
                return checked_in(answer, count=len(uploads))
            except GateUnavailableError as trouble:
                return [self._conduct.unchecked(trouble)] * len(uploads)

    async def _check_items(self, signatures: Sequence[Signatures], uploader: str | None) -> list[Checked]:
        named = self._conduct.naming(uploader)
        items = {"items": [each.as_json() for each in signatures]}
        try:
            answer = await self._ask(lambda: self._http.post(CHECK, json=items, headers=named))
            return checked_in(answer, count=len(signatures))
        except GateUnavailableError as trouble:
            return [self._conduct.unchecked(trouble)] * len(signatures)

    async def _look_up(self, signatures: Sequence[Signatures]) -> list[str]:
        items = {"items": [each.as_json() for each in signatures]}
        return levels_in(await self._ask(lambda: self._http.post(LOOK_UP, json=items)), count=len(signatures))

    async def _ask(self, send: Callable[[], Awaitable[httpx.Response]], *, again: bool = True) -> dict[str, Any]:
        for tries in count(1):
            try:
                answer = await send()
            except httpx.TransportError as error:
                raise not_reached(error) from None
            pause = self._conduct.pause(answer, tries) if again else None
            if pause is None:
                break
            await anyio.sleep(pause)
        return content_of(answer)
