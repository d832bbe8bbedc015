"""A gate for all tests of the client, with one drawn scene in its bank as seen and another as reported by a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageOps

from haalweg.banks import Assurance
from haalweg.client import GateClient, Signatures
from haalweg.gate.keys import Scope
from tests import pictures
from tests.gate.gates import AGate, until
from tests.gate.test_gate import SOON_S, STATEMENT, jpeg
from tests.gate.uploads import hash_of

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Uploads:
    """Three uploads, by what the gate of these tests says of them."""

    blocked: bytes
    held: bytes
    passes: bytes


def scene(seed):
    return Image.fromarray(pictures.scene(seed))


@pytest.fixture(scope="session")
def uploads() -> Uploads:
    return Uploads(jpeg(ImageOps.mirror(scene(5))), jpeg(scene(8)), jpeg(scene(6)))


@pytest.fixture(scope="session")
def gate(tmp_path_factory, uploads) -> Iterator[AGate]:
    # Many tests check the same, by clients that do not say for whom.
    settings = f"[policy]\nmost_uploaders = 0\n{STATEMENT}"
    one = AGate(tmp_path_factory.mktemp("gates") / "one", settings=settings)
    one.start()
    one.entry = one.add(hash_of(5))
    one.add(hash_of(8), assurance=Assurance.SELF_REPORTED)
    until(lambda: one.check(one.uploads, uploads.held)["verdict"] == "match", SOON_S)
    yield one
    one.kill()


@pytest.fixture(scope="session")
def every_key(gate) -> str:
    return str(gate.key(*(scope for scope in Scope if scope is not Scope.FEED)))


@pytest.fixture(scope="session")
def disputed(gate, every_key) -> int:
    """An entry that tests say something of."""
    entry = gate.add(hash_of(9))
    with GateClient(gate.url, every_key) as client:
        asked = [Signatures(pdq=hash_of(9).hex())]
        until(lambda: client.check_signatures(asked)[0].verdict == "match", SOON_S)
    return int(entry)
