from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from haalweg.adapters.media import MediaPool

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def pool() -> Iterator[MediaPool]:
    with MediaPool() as pool:
        yield pool
