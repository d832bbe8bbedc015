"""The OpenAPI documents: every route is in them, and what they say is what is answered, whatever is sent."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import httpx
import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection, positive_data_acceptance

from haalweg.gate.keys import Scope
from haalweg.gate.openapi import CHECKED, OPERATIONS
from haalweg.gate.routes import ROUTES, Keyed, described_face
from tests.gate.gates import AGate, bearer, until
from tests.gate.uploads import copy_of, hash_of

if TYPE_CHECKING:
    from collections.abc import Iterator

FACES = ("/api/v1/openapi.json", "/openapi/openapi.json")
EXAMPLES = int(os.environ.get("GATE_EXAMPLES", "25"))  # of each method of each path
NEVER = (ignored_auth,)  # it cannot take away the key that is sent with each request; there is a test of our own
# There a signal depends on its type, no schema says what a picture is, and what HMA does not know it passes over.
OF_HMA = (positive_data_acceptance, negative_data_rejection)
OF_GET = (negative_data_rejection,)  # what nobody asked for in a query is passed over, as everywhere


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AGate]:
    fetches = '[fetch]\nhosts = ["cdn.example.org"]\n'  # without it each URL is refused, whatever it is
    one = AGate(tmp_path_factory.mktemp("openapi") / "one", settings=fetches)
    one.add(hash_of(5))
    one.uploads = one.key(*Scope, tier="hashes", banks=("NL",))
    one.start()
    yield one
    one.kill()


def document(gate: AGate, face: str) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{gate.url}{face}", trust_env=False).json()
    return found


def test_every_route_is_described_and_no_other(gate):
    assert {path: {*route.methods} for path, route in ROUTES.items()} == {
        path: {*methods} for path, methods in OPERATIONS.items()
    }
    ours, hmas = (document(gate, face)["paths"] for face in FACES)
    assert ours.keys() | hmas.keys() == ROUTES.keys()
    assert ours.keys().isdisjoint(hmas)
    for path, route in ROUTES.items():
        scope = getattr(route, "scope", None)
        for method in route.methods:
            described = (ours | hmas)[path][method.lower()]
            assert described["security"] == ([{"key": [scope]}] if scope else [])


@pytest.mark.threat("K1")
def test_no_route_that_needs_a_key_answers_without_one(gate):
    for path, route in ROUTES.items():
        for method in route.methods if isinstance(route, Keyed) else ():
            assert httpx.request(method, f"{gate.url}{path}", trust_env=False).status_code == 401


def test_what_is_answered_of_an_upload_is_what_is_described(gate):
    until(lambda: gate.check(gate.uploads, copy_of(5))["matches"], 30, gate.log)
    for upload in (copy_of(5), copy_of(6), b"no picture"):
        jsonschema_rs.validate(CHECKED, gate.check(gate.uploads, upload))


def test_what_another_method_would_be_is_said(gate):
    answer = httpx.get(f"{gate.url}/api/v1/check", headers=bearer(gate.uploads), trust_env=False)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    answer = httpx.put(f"{gate.url}/m/lookup", headers=bearer(gate.uploads), trust_env=False)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


def operations() -> list[Any]:
    """Every method of every path, as schemathesis asks them."""
    found = []
    for of_hma in (False, True):
        described = json.loads(described_face(of_hma=of_hma))
        for methods in described["paths"].values():
            for operation in methods.values():
                for parameter in operation["parameters"]:
                    if parameter["name"] == "wait":
                        parameter["schema"]["maximum"] = 0  # a test has no half a minute for each example
        found += [each.ok() for each in schemathesis.openapi.from_dict(described).get_all_operations()]  # type: ignore[union-attr]  # a document that is no good fails here
    return found


def asked() -> list[Any]:
    """Each of them with good data, and where there is any to send with bad."""
    return [
        pytest.param(operation, mode, id=f"{operation.label} {mode.value}")
        for operation in operations()
        for mode in GenerationMode
        if mode is GenerationMode.POSITIVE or operation.body or operation.query
    ]


@pytest.mark.threat("H3")
@pytest.mark.parametrize(("operation", "mode"), asked())
def test_whatever_is_sent_is_answered_as_described(gate, operation, mode):
    left_out = [*NEVER, *(OF_HMA if operation.path[:3] in ("/h/", "/m/", "/c/") else ())]
    left_out += OF_GET if operation.method == "get" else ()

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        case.call_and_validate(base_url=gate.url, headers=bearer(gate.uploads), excluded_checks=left_out)

    ask()
