"""What is answered, route by route. Nothing is answered without a key but whether the gate lives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from haalweg.gate.http import Answer
from haalweg.gate.keys import Scope
from haalweg.gate.openapi import document
from haalweg.gate.problems import Problem
from haalweg.gate.routes import checking, curating, exchanges, feedback, feeding, hma, standing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from haalweg.gate.app import Gate
    from haalweg.gate.http import Asking
    from haalweg.gate.keys import Key

_HMA_PATHS = ("/h/", "/m/", "/c/")
_OF_HMA = (*_HMA_PATHS, "/openapi/")


@dataclass(frozen=True, slots=True)
class Open:
    """A route that anyone may ask."""

    methods: tuple[str, ...]
    answer: Callable[[Gate, Asking], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Keyed:
    """A route for those whose key is for it."""

    methods: tuple[str, ...]
    scope: Scope
    answer: Callable[[Gate, Asking, Key], Awaitable[Answer]]


async def _our_document(_: Gate, __: Asking) -> Answer:
    return Answer(described_face(of_hma=False))


async def _document_of_hma(_: Gate, __: Asking) -> Answer:
    return Answer(described_face(of_hma=True))


GET, POST, EITHER = ("GET",), ("POST",), ("GET", "POST")
LOOKED_AT = ("GET", "HEAD")  # by what watches whether the gate lives
CHANGED = ("GET", "POST", "PUT", "DELETE")  # to HMA's clients a POST is as good as a GET

# A path with {names} in it stands for all that have something without a slash there.
ROUTES: dict[str, Open | Keyed] = {
    "/api/v1/check": Keyed(POST, Scope.CHECK, checking.check_uploads),
    "/api/v1/lookup": Keyed(POST, Scope.LOOKUP, checking.look_up),
    "/api/v1/feed": Keyed(GET, Scope.FEED, feeding.feed),
    "/api/v1/feedback": Keyed(POST, Scope.FEEDBACK, feedback.give_feedback),
    "/api/v1/status": Keyed(GET, Scope.STATUS, standing.status),
    "/api/v1/openapi.json": Open(GET, _our_document),
    "/metrics": Keyed(GET, Scope.STATUS, standing.metrics),
    "/status": Open((*EITHER, "HEAD"), standing.as_hma_says),
    "/openapi/openapi.json": Open(GET, _document_of_hma),
    "/status/live": Open(LOOKED_AT, standing.live),
    "/status/ready": Open(LOOKED_AT, standing.ready),
    "/h/hash": Keyed(EITHER, Scope.CHECK, hma.hash_file),
    "/m/lookup": Keyed(EITHER, Scope.CHECK, hma.look_up),
    "/m/raw_lookup": Keyed(EITHER, Scope.CHECK, hma.look_up_raw),
    "/m/compare": Keyed(POST, Scope.CHECK, hma.compare_signals),
    "/m/index/status": Keyed(EITHER, Scope.CHECK, exchanges.index_status),
    "/c/banks": Keyed(EITHER, Scope.CURATE, curating.banks),
    "/c/bank/{name}": Keyed(CHANGED, Scope.CURATE, curating.bank),
    "/c/bank/{name}/content": Keyed(POST, Scope.CURATE, curating.add_file),
    "/c/bank/{name}/signal": Keyed(POST, Scope.CURATE, curating.add_signals),
    "/c/bank/{name}/content/{id}": Keyed(CHANGED, Scope.CURATE, curating.content),
    "/c/exchanges": Keyed(EITHER, Scope.CURATE, exchanges.exchanges),
    "/c/exchanges/apis": Keyed(EITHER, Scope.CURATE, exchanges.apis),
    "/c/exchanges/api/{api}": Keyed(EITHER, Scope.CURATE, exchanges.api),
    "/c/exchanges/api/{api}/schema": Keyed(EITHER, Scope.CURATE, exchanges.api_schema),
    "/c/exchange/{name}": Keyed(CHANGED, Scope.CURATE, exchanges.exchange),
    "/c/exchange/{name}/status": Keyed(EITHER, Scope.CURATE, exchanges.exchange_status),
    "/c/signal_type": Keyed(EITHER, Scope.CURATE, exchanges.signal_types),
    "/c/signal_type/index": Keyed(EITHER, Scope.CURATE, exchanges.index_sizes),
    "/c/signal_type/{type}": Keyed(("PUT",), Scope.CURATE, exchanges.signal_type),
    "/c/content_type": Keyed(EITHER, Scope.CURATE, exchanges.content_types),
}


def route_for(asking: Asking) -> Open | Keyed:
    """Find the route of a request, and note what its path names. Raises Problem."""
    found = ROUTES.get(asking.path)
    for pattern, route in _PATTERNS if found is None else ():
        matched = pattern.fullmatch(asking.path)
        if matched:
            found, asking.named = route, matched.groupdict()
            break
    if found is None:
        raise Problem(404, "There is no such route.")
    if asking.method not in found.methods:
        raise Problem(405, f"This route takes {' and '.join(found.methods)}.", allow=found.methods)
    return found


def is_of_hma(path: str) -> bool:
    """Whether who asks expects what HMA would say."""
    return path.startswith(_HMA_PATHS)


@cache
def described_face(*, of_hma: bool) -> bytes:
    """Describe our own routes in OpenAPI, or those of HMA."""
    paths = {}
    for path, route in ROUTES.items():
        if (path == "/status" or path.startswith(_OF_HMA)) is of_hma:
            scope = route.scope if isinstance(route, Keyed) else None
            paths[path] = (dict.fromkeys(route.methods, scope), is_of_hma(path))
    return document(paths, "haalweg gate, as Hasher-Matcher-Actioner" if of_hma else "haalweg gate")


_PATTERNS = [
    (re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)), route) for path, route in ROUTES.items() if "{" in path
]
