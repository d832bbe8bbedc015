"""The files of a form: what a middleware has checked, out of memory and into memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from haalweg.client.errors import GateClientError

_MOST_PARTS = 1_000
_MOST_HEADER_BYTES = 8_192  # of one part


class FormError(GateClientError):
    """A form that is damaged, or has too many parts."""


@dataclass(slots=True)
class _Part:
    header: bytearray = field(default_factory=bytearray)
    data: bytearray = field(default_factory=bytearray)

    @property
    def is_file(self) -> bool:
        """Whether an application may take it for a file: it is called one, or it is no text."""
        if b"filename" in self.header.lower():
            return True
        try:
            self.data.decode()
        except UnicodeDecodeError:
            return True
        return False


def files_of(body: bytes, content_type: bytes) -> list[bytes]:
    """Take the files out of a form, in order. Raises FormError."""
    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if not boundary:
        raise FormError("A form whose header names no boundary.")
    parts: list[_Part] = []
    ended: list[bool] = []

    def begin() -> None:
        if len(parts) == _MOST_PARTS:
            raise FormError(f"A form of more than {_MOST_PARTS:,} parts.")
        parts.append(_Part())

    def header(chunk: bytes, start: int, end: int) -> None:
        parts[-1].header += chunk[start:end]
        if len(parts[-1].header) > _MOST_HEADER_BYTES:
            raise FormError(f"A part of the form has more than {_MOST_HEADER_BYTES:,} bytes of headers.")

    def data(chunk: bytes, start: int, end: int) -> None:
        parts[-1].data += chunk[start:end]

    try:
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": begin,
                "on_header_field": header,
                "on_header_value": header,
                "on_part_data": data,
                "on_end": lambda: ended.append(True),
            },
        )
        parser.write(body)
        parser.finalize()
    except FormParserError:
        raise FormError("A form that is damaged or cut short.") from None
    if not ended:
        raise FormError("A form that is cut short.")
    return [bytes(part.data) for part in parts if part.is_file]
