"""The kinds of signature, by the field's names, and how each is written."""

from __future__ import annotations

from enum import StrEnum

from haalweg.signals.pdq import SignatureError

_KNOWN_LENGTHS = {32: "an MD5", 40: "a SHA-1", 64: "a PDQ hash or a SHA-256", 128: "a SHA-512"}


class SignalType(StrEnum):
    """A kind of signature."""

    PDQ = "pdq"
    MD5 = "md5"
    SHA256 = "sha256"
    VPDQ = "vpdq"  # a video: its frames' PDQ hashes
    TRACE = "trace"  # of a photo: what pictures made from it are recognised by

    @property
    def width(self) -> int | None:
        """Bytes of a value; None where values differ in length."""
        return {SignalType.PDQ: 32, SignalType.MD5: 16, SignalType.SHA256: 32}.get(self)

    def from_hex(self, text: str) -> bytes:
        """Read a value in hexadecimal, upper or lower case. Raises SignatureError; for vpdq and trace always."""
        width = self.width
        if width is None:
            raise SignatureError(f"{self} has no hexadecimal form.")
        if len(text) != 2 * width:
            known = _KNOWN_LENGTHS.get(len(text))
            hint = f" {len(text)} is the length of {known}." if known else ""
            raise SignatureError(f"{len(text)} characters where {self} has {2 * width} hexadecimal ones.{hint}")
        try:
            value = bytes.fromhex(text)
        except ValueError:
            value = b""
        if len(value) != width:  # bytes.fromhex takes blanks
            raise SignatureError(f"Characters that are not hexadecimal where {self} was expected.")
        return value
