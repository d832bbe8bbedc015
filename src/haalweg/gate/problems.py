"""What the gate answers when it does not do what was asked: a status, a sentence, and when to try again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from haalweg.errors import HaalwegError

if TYPE_CHECKING:
    from haalweg.matching.policy import Action

_TITLES = {
    400: "Bad request",
    401: "No key",
    403: "Not with this key",
    404: "No such route",
    405: "Not this way",
    408: "Too slow",
    409: "Start over",
    413: "Too large",
    415: "Not this kind of content",
    429: "Too much is asked",
    500: "Failed",
    503: "Busy",
}


class Problem(HaalwegError):  # noqa: N818 - RFC 9457's word
    """A request that is not answered as asked. The text names no value, no URL and no key."""

    def __init__(
        self, status: int, sentence: str, *, retry_after_s: int | None = None, allow: tuple[str, ...] = ()
    ) -> None:
        super().__init__(sentence)
        self.status = status
        self.retry_after_s = retry_after_s
        self.allow = allow  # methods that would do
        self.action: Action | None = None  # what the policy says of an upload that was not looked at

    def as_json(self) -> dict[str, object]:
        """As RFC 9457 has it."""
        problem: dict[str, object] = {"type": "about:blank", "title": _TITLES[self.status], "status": self.status}
        problem["detail"] = str(self)
        return problem if self.action is None else problem | {"action": self.action.value}
