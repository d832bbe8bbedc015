"""What goes wrong between a platform and its gate."""

from __future__ import annotations

from haalweg.errors import HaalwegError


class GateClientError(HaalwegError):
    """A client that cannot be used as it is asked to. The text names what is wrong and one that would do."""


class GateRefusedError(GateClientError):
    """The gate does not do what it was asked: another key, a smaller upload or another question is needed.

    The text is the gate's own sentence.
    """

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status  # of HTTP, 400 to 499


class GateUnavailableError(GateClientError):
    """The gate cannot be reached, is too slow, or says that it cannot answer now."""

    def __init__(self, sentence: str, action: str | None = None) -> None:
        super().__init__(sentence)
        self.action = action  # what the gate's policy says of an upload that it could not look at
