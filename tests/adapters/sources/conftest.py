"""What the tests of archives share."""

from __future__ import annotations

import pytest


@pytest.fixture
def put(tmp_path, request):
    """Write bytes as a file, named as the module says unless told otherwise."""

    def put(data, name=request.module.NAME):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return put
