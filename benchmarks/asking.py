"""One connection to a gate, kept open, that asks about signatures at the cost of a few microseconds."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_END_OF_HEAD = b"\r\n\r\n"


class GateError(Exception):
    """A gate that gave no answer, or another one than to a check."""


class Asking:
    """A connection, opened anew where the gate was gone in between. For one thread."""

    def __init__(self, port: int, key: str, *, timeout_s: float = 10.0) -> None:
        self._port = port
        self._key = key
        self._timeout_s = timeout_s
        self._connection: socket.socket | None = None

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def send(self, hashes: Sequence[bytes]) -> None:
        """Ask; the answer is to be received before anything else is asked. Raises GateError."""
        body = json.dumps({"items": [{"pdq": each.hex()} for each in hashes]})
        head = (
            f"POST /api/v1/check HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            f"authorization: Bearer {self._key}\r\nhaalweg-uploader: 1\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        try:
            if self._connection is None:
                self._connection = socket.create_connection(("127.0.0.1", self._port), self._timeout_s)
                self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._connection.sendall((head + body).encode())
        except OSError as error:
            self.close()
            raise GateError(type(error).__name__) from None

    def receive(self) -> list[bool]:
        """Whether each of what was asked matches. Raises GateError."""
        try:
            status, body = self._answer()
        except OSError as error:
            self.close()
            raise GateError(type(error).__name__) from None
        if status != 200:
            raise GateError(f"status {status}")
        return [item["verdict"] == "match" for item in json.loads(body)["items"]]

    def ask(self, hashes: Sequence[bytes]) -> list[bool]:
        """Send and receive; once more where the gate had closed what was open and idle."""
        was_open = self._connection is not None
        try:
            self.send(hashes)
            return self.receive()
        except GateError:
            if not was_open or self._connection is not None:
                raise
        self.send(hashes)
        return self.receive()

    def matches(self, value: bytes) -> bool:
        """Whether one hash matches. Raises GateError."""
        return self.ask([value])[0]

    def _answer(self) -> tuple[int, bytes]:
        data = b""
        while _END_OF_HEAD not in data:
            data += self._more()
        head, _, body = data.partition(_END_OF_HEAD)
        lines = head.decode("latin-1").lower().split("\r\n")
        length = next(int(line.partition(":")[2]) for line in lines if line.startswith("content-length:"))
        parts, got = [body], len(body)
        while got < length:
            parts.append(self._more())
            got += len(parts[-1])
        return int(lines[0].split()[1]), b"".join(parts)

    def _more(self) -> bytes:
        assert self._connection is not None
        data = self._connection.recv(1 << 16)
        if not data:
            raise ConnectionResetError
        return data
