"""The bank file does what every keeper of banks has to do: sealed, plain, and opened again after every step."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from haalweg.adapters.bank_file import BankFile
from tests.banks.building import NOW
from tests.banks.contract import BankStoreContract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from haalweg.banks.store import Followed
    from haalweg.keeping import KeyRing


class TestSealed(BankStoreContract):
    @pytest.fixture
    def store(self, path, ring):
        with BankFile.new(path, ring, now=NOW) as made:
            yield made
            assert made.check().findings == ()


class TestPlain(BankStoreContract):
    @pytest.fixture
    def store(self, path):
        with BankFile.new(path, None, now=NOW) as made:
            yield made
            assert made.check().findings == ()


_STREAMED = ("blocks", "entries", "audit")


class _Reopened:
    """A bank file that is opened anew for everything it is asked: nothing is only in memory."""

    def __init__(self, path: Path, ring: KeyRing) -> None:
        self._path, self._ring = path, ring

    def __getattr__(self, name: str) -> Callable[..., object]:
        def asked(*arguments: object, **others: object) -> object:
            with BankFile.open(self._path, self._ring) as store:
                answer = getattr(store, name)(*arguments, **others)
                return list(answer) if name in _STREAMED else answer

        return asked

    @contextmanager
    def following(self, source: str, *, now: datetime) -> Iterator[Followed]:
        with BankFile.open(self._path, self._ring) as store, store.following(source, now=now) as followed:
            yield followed


class TestReopened(BankStoreContract):
    @pytest.fixture
    def store(self, path, ring):
        BankFile.new(path, ring, now=NOW).close()
        return _Reopened(path, ring)
