"""A client that waits for its answers."""

from __future__ import annotations

import time
from contextlib import ExitStack
from itertools import count
from typing import TYPE_CHECKING, Any, Self

import httpx

from haalweg.client.answers import Action, Checked, checked_in, levels_in
from haalweg.client.conduct import Conduct, content_of, not_reached
from haalweg.client.errors import GateUnavailableError
from haalweg.client.questions import MOST_ITEMS, feedback_json
from haalweg.client.uploads import MOST_FILES, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from haalweg.client.questions import DisputeReason, Opinion, Signatures
    from haalweg.client.uploads import Upload

CHECK, LOOK_UP, FEEDBACK, STATUS = "/api/v1/check", "/api/v1/lookup", "/api/v1/feedback", "/api/v1/status"


class GateClient:
    """Asks a gate. One is enough for a process, and for any number of threads.

    address: `http://127.0.0.1:8640`, `https://gate.example`, or `unix:/run/haalweg/gate.sock`.
    key: as `haalweg gate keys new` showed it, with the scopes of what you ask.
    on_failure: what happens to an upload that the gate cannot be asked about, or does not answer about in time. Where
    the gate can still say what its own policy says of that, that holds instead.
    timeout_s: how long nothing may come of the gate. A video takes longer than a picture.
    longest_wait_s: a gate that is busy says when to come again; up to so long we wait for it, at most twice.

    Questions with other answers than an upload's raise GateUnavailableError where the gate does not answer. A question
    that the gate refuses (another key, a smaller upload is needed) raises GateRefusedError with its sentence.
    """

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
        transport = httpx.HTTPTransport(**self._conduct.for_transport())
        self._http = httpx.Client(**self._conduct.for_http(), transport=transport)

    @property
    def on_failure(self) -> Action:
        """What happens to an upload that the gate was not asked about."""
        return self._conduct.on_failure

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def check(self, upload: Upload, *, uploader: str | None = None) -> Checked:
        """Have one picture or video checked: bytes, a path, or a file, which is sent from its beginning.

        uploader: your name for the account that it comes from, which the gate does not learn: with it, one person who
        tries again is not taken for many. Raises GateRefusedError; OSError where a path or file cannot be read.
        """
        named = self._conduct.naming(uploader)
        with opened(upload) as content:
            try:
                answer = self._ask(
                    lambda: self._http.post(CHECK, content=content.chunks(), headers=content.headers() | named),
                    again=content.can_be_sent_again,
                )
                (checked,) = checked_in(answer, count=1)
            except GateUnavailableError as trouble:
                return self._conduct.unchecked(trouble)
        return checked

    def check_many(self, uploads: Sequence[Upload], *, uploader: str | None = None) -> list[Checked]:
        """Have several checked, up to 100 of them in one request, and get the answers in the same order.

        A request may have as many bytes as the gate takes of one upload. uploader: of all of them.
        Raises as check does.
        """
        return [
            checked
            for first in range(0, len(uploads), MOST_FILES)
            for checked in self._check_form(uploads[first : first + MOST_FILES], uploader)
        ]

    def check_signatures(self, signatures: Sequence[Signatures], *, uploader: str | None = None) -> list[Checked]:
        """Have the signatures of uploads checked, up to 1,000 in one request. Raises GateRefusedError."""
        return [
            checked
            for first in range(0, len(signatures), MOST_ITEMS)
            for checked in self._check_items(signatures[first : first + MOST_ITEMS], uploader)
        ]

    def look_up(self, signatures: Sequence[Signatures]) -> list[str]:
        """Ask yes or no, with a key of scope `lookup`: `match`, `no_match` or `too_flat` for each.

        Raises GateRefusedError and GateUnavailableError.
        """
        return [
            level
            for first in range(0, len(signatures), MOST_ITEMS)
            for level in self._look_up(signatures[first : first + MOST_ITEMS])
        ]

    def feedback(
        self,
        *,
        id: str,  # noqa: A002 - as the route has it
        entry: int,
        opinion: Opinion | str,
        reason: DisputeReason | str | None = None,
    ) -> bool:
        """Say what became of an upload that matched, with a key of scope `feedback`.

        id: your own for this opinion; given again, it is the same. reason: where it was not blocked.
        Gives whether it was taken: not where the entry is gone. Raises GateRefusedError and GateUnavailableError.
        """
        content = feedback_json(id, entry, opinion, reason)
        return bool(self._ask(lambda: self._http.post(FEEDBACK, json=content)).get("taken"))

    def status(self) -> dict[str, Any]:
        """Ask how the gate does, with a key of scope `status`. Raises GateRefusedError and GateUnavailableError."""
        return self._ask(lambda: self._http.get(STATUS))

    def _check_form(self, uploads: Sequence[Upload], uploader: str | None) -> list[Checked]:
        named = self._conduct.naming(uploader)
        with ExitStack() as stack:
            contents = [stack.enter_context(opened(upload)) for upload in uploads]
            files = [("file", content.for_form()) for content in contents]
            try:
                answer = self._ask(
                    lambda: self._http.post(CHECK, files=files, headers=named),
                    again=all(content.can_be_sent_again for content in contents),
                )
                return checked_in(answer, count=len(uploads))
            except GateUnavailableError as trouble:
                return [self._conduct.unchecked(trouble)] * len(uploads)

    def _check_items(self, signatures: Sequence[Signatures], uploader: str | None) -> list[Checked]:
        named = self._conduct.naming(uploader)
        items = {"items": [each.as_json() for each in signatures]}
        try:
            answer = self._ask(lambda: self._http.post(CHECK, json=items, headers=named))
            return checked_in(answer, count=len(signatures))
        except GateUnavailableError as trouble:
            return [self._conduct.unchecked(trouble)] * len(signatures)

    def _look_up(self, signatures: Sequence[Signatures]) -> list[str]:
        items = {"items": [each.as_json() for each in signatures]}
        return levels_in(self._ask(lambda: self._http.post(LOOK_UP, json=items)), count=len(signatures))

    def _ask(self, send: Callable[[], httpx.Response], *, again: bool = True) -> dict[str, Any]:
        for tries in count(1):
            try:
                answer = send()
            except httpx.TransportError as error:
                raise not_reached(error) from None
            pause = self._conduct.pause(answer, tries) if again else None
            if pause is None:
                break
            time.sleep(pause)
        return content_of(answer)
