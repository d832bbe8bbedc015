"""The one thread that touches the bank file, and the index that follows what it and others write."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self, TypeVar

from haalweg.adapters.bank_file import BankFileError, JournalError
from haalweg.errors import HaalwegError
from haalweg.gate.logs import LOG
from haalweg.matching.live_bank import LiveBank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from haalweg.adapters.bank_file import BankFile

REFRESH_S = 0.1  # how long what another process wrote may go unseen

_Answer = TypeVar("_Answer")


class Keeper:
    """A bank file that is asked, followed and written from one event loop."""

    def __init__(self, open_store: Callable[[], BankFile]) -> None:
        """Open it. Raises what `open_store` raises."""
        self._thread = ThreadPoolExecutor(1, "bank")
        try:
            self._store, self.live = self._thread.submit(self._opened, open_store).result()
        except BaseException:
            self._thread.shutdown()
            raise
        self.trouble: str | None = None  # why the file could not be written the last time it had to be
        self._changes, self._changed = 0, asyncio.Event()

    def close(self) -> None:
        self._thread.submit(self._store.close).result()
        self._thread.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def do(self, work: Callable[[BankFile], _Answer]) -> _Answer:
        """Work on the file, when its thread is free; what it changed is found when this returns."""

        def done() -> tuple[_Answer, bool]:
            with self._noticing_trouble():
                answer = work(self._store)
                return answer, self.live.refresh(now=datetime.now(UTC))

        answer, changed = await asyncio.get_running_loop().run_in_executor(self._thread, done)
        if changed:
            self._tell()
        return answer

    async def follow(self) -> None:
        """Keep the index up to date, until cancelled; what cannot be read now is read when it can be."""
        trouble: str | None = None
        while True:
            try:
                await self.do(lambda _: None)
                trouble = None
            except HaalwegError as error:  # the checks go on with what is known
                if trouble != str(error):
                    LOG.warning("bank_unreadable", error=type(error).__name__)
                trouble = str(error)
            await asyncio.sleep(REFRESH_S)

    @property
    def changes(self) -> int:
        """How many there were. Who will wait for the next one notes it before reading: one may come meanwhile."""
        return self._changes

    async def change(self, after: int, seconds: float) -> None:
        """Wait until there were more changes than these, and no longer than so many seconds."""
        if self._changes == after:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._changed.wait()

    def wake(self) -> None:
        """End every wait for a change."""
        self._tell()

    @contextmanager
    def _noticing_trouble(self) -> Iterator[None]:
        """From a write that the disk refused until one that it took, what is known may be out of date."""
        try:
            _, written = self._store.mark()
            yield
            _, written_now = self._store.mark()
        except BankFileError as error:
            if error.is_of_the_disk or isinstance(error, JournalError):
                self._know(str(error))
            raise
        if self.trouble is not None and written_now != written:
            self._know(None)

    def _know(self, trouble: str | None) -> None:
        if (trouble is None) is not (self.trouble is None):
            LOG.warning("bank_writable_again" if trouble is None else "bank_not_writable")
        self.trouble, self.live.is_behind = trouble, trouble is not None

    def _tell(self) -> None:
        self._changes += 1
        self._changed.set()
        self._changed = asyncio.Event()

    def _opened(self, open_store: Callable[[], BankFile]) -> tuple[BankFile, LiveBank]:
        store = open_store()
        try:
            store.refuse_without_journal()  # what a source takes back would go on matching here
        except BaseException:
            store.close()
            raise
        if store.was_put_back or store.replayed:
            LOG.warning("bank_was_behind", count=store.replayed)  # as many withdrawals were carried out
        try:
            return store, LiveBank(store, now=datetime.now(UTC))
        except BaseException:
            store.close()
            raise
