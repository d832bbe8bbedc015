"""The routes in OpenAPI 3.1: a document for our own, one for those of HMA. Tests hold both to what is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from haalweg.banks import Assurance, BankKind, DisputeReason, Opinion
from haalweg.gate.feedback import ID_PATTERN, UNDER_18
from haalweg.gate.http import json_bytes
from haalweg.gate.looking import MOST_ITEMS, MOST_VIDEO_FRAMES
from haalweg.matching import LeadLevel
from haalweg.matching.check import Verdict
from haalweg.matching.policy import Action, Failure
from haalweg.signals import Orientation, SignalType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import Enum

    from haalweg.gate.keys import Scope

Json = dict[str, Any]

_BEARER = "key"
_TEXT: Json = {"type": "string"}
_COUNT: Json = {"type": "integer", "minimum": 0}
_YES_OR_NO: Json = {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Operation:
    """What one method of one path takes and gives."""

    summary: str
    answer: Json  # the content of a good answer, by its media type
    body: Json | None = None  # what is sent, by its media type
    query: Mapping[str, Json] = field(default_factory=dict)
    required: tuple[str, ...] = ()  # of the query
    status: int = 200
    problems: tuple[int, ...] = ()  # besides those that any route may have


def _object(properties: Mapping[str, Json], *, optional: Iterable[str] = ()) -> Json:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in set(optional)],
        "additionalProperties": False,
    }


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_of(values: type[Enum]) -> Json:
    return {"type": "string", "enum": [each.value for each in values]}


def _hexadecimal(length: int) -> Json:
    return {"type": "string", "pattern": f"^[0-9a-f]{{{length}}}$"}


def _list(items: Json, **more: int) -> Json:
    return {"type": "array", "items": items, **more}


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


# Schemas

_PDQ = _hexadecimal(64)
_MOMENT: Json = {"type": "string", "format": "date-time"}
_FOUND: Json = {
    "bank": _TEXT,
    "entry": {"type": "integer", "minimum": 1},
    "source": _TEXT,
    "signal_type": _one_of(SignalType),
    "assurance": _one_of(Assurance),
    "confirmations": _COUNT,
    "stale": _YES_OR_NO,
    "would": _one_of(Action),
    "action": _one_of(Action),
    "frame": _COUNT,
    "frame_s": _or_null({"type": "number"}),
}
_MATCH = _object(
    {
        **_FOUND,
        "distance_bits": _or_null({"type": "integer", "minimum": 0, "maximum": 31}),
        "orientation": _or_null(_one_of(Orientation)),
        "inner": _or_null(_list(_COUNT, minItems=4, maxItems=4)),
        "quality": _or_null({"type": "integer", "minimum": 0, "maximum": 100}),
    }
)
_LEAD = _object({**_FOUND, "level": _one_of(LeadLevel), "altered_percent": {"type": "number"}, "mirrored": _YES_OR_NO})
CHECKED = _object(
    {
        "verdict": _one_of(Verdict),
        "action": _one_of(Action),
        "would": _one_of(Action),
        "silent": _YES_OR_NO,
        "decided_by": _or_null(_TEXT),
        "failure": _or_null(_one_of(Failure)),
        "reason": _or_null(_TEXT),
        "matches": _list(_MATCH),
        "leads": _list(_LEAD),
        "statement": _or_null(_object({"nl": _TEXT, "en": _TEXT})),
    }
)
_ASKED: Json = {
    "type": "object",
    "properties": {
        "pdq": {"oneOf": [_PDQ, _list(_PDQ, minItems=1, maxItems=1), _list(_PDQ, minItems=8, maxItems=8)]},
        "quality": {"type": "integer", "minimum": 0, "maximum": 100},
        "sha256": _hexadecimal(64),
        "md5": _hexadecimal(32),
    },
    "minProperties": 1,
    "additionalProperties": False,
    "description": "The eight hashes of all orientations find also what was turned or mirrored.",
}
_FRAME = _object(
    {
        "hash": _PDQ,
        "quality": {"type": "integer", "minimum": 0, "maximum": 100},
        "timestamp": {"type": "number", "minimum": 0},
    }
)
_FRAME_AS_TEXT: Json = {"type": "string", "pattern": r"^[0-9a-f]{64},(100|[1-9]?[0-9]),[0-9]{1,6}(\.[0-9]{1,6})?$"}
_VIDEO: Json = {
    "type": "object",
    "properties": {
        "vpdq": _list({"anyOf": [_FRAME, _FRAME_AS_TEXT]}, minItems=1, maxItems=MOST_VIDEO_FRAMES),
        "sha256": _hexadecimal(64),
        "md5": _hexadecimal(32),
    },
    "required": ["vpdq"],
    "additionalProperties": False,
}
_ITEMS_OR_VIDEOS = _object({"items": _list({"anyOf": [_ASKED, _VIDEO]}, minItems=1, maxItems=MOST_ITEMS)})
_ITEMS = _object({"items": _list(_ASKED, minItems=1, maxItems=MOST_ITEMS)})
_FILE: Json = {"type": "string", "format": "binary"}
_FEEDBACK: Json = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "pattern": ID_PATTERN},
        "entry": {"type": "integer", "minimum": 1, "exclusiveMaximum": 1 << 40},
        "ref": _hexadecimal(32),
        "opinion": {"type": "string", "enum": [*(each.value for each in Opinion), UNDER_18]},
        "reason": _one_of(DisputeReason),
    },
    "required": ["id", "opinion"],
    "additionalProperties": False,
    "oneOf": [{"required": ["entry"]}, {"required": ["ref"]}],
    "if": {"properties": {"opinion": {"const": Opinion.NOT_BLOCKED.value}}},
    "then": {"required": ["reason"]},
    "else": {"not": {"required": ["reason"]}},
}
_CURSOR: Json = {"type": "string", "pattern": r"^[1-9][0-9]{0,11}(\.(0|[1-9][0-9]{0,11})){2}$"}
_REF = _hexadecimal(32)
_FEED_BANK = _object(
    {
        "name": _TEXT,
        "kind": _one_of(BankKind),
        "threshold_bits": _COUNT,
        "video_query_percent": _COUNT,
        "video_entry_percent": _COUNT,
    }
)
_FEED_ENTRY = _object(
    {
        "ref": _REF,
        "bank": _TEXT,
        "signal_type": _one_of(SignalType),
        "value": _TEXT,
        "quality": _or_null(_COUNT),
        "assurance": _one_of(Assurance),
        "expires_at": _or_null(_MOMENT),
    }
)
_FEED_PAGE = _object(
    {
        "version": {"const": 1},
        "epoch": _hexadecimal(16),
        "after": _or_null(_CURSOR),
        "cursor": _CURSOR,
        "more": _YES_OR_NO,
        "withdrawn": _list(_REF),
        "banks": _list(_FEED_BANK),
        "entries": _list(_FEED_ENTRY),
        "confirmed": _list(_list({"anyOf": [_REF, _COUNT]}, minItems=2, maxItems=2)),
        "head": _TEXT,
    }
)
_STATUS = _object(
    {
        "jail": _TEXT,
        "entries": _COUNT,
        "policy_trouble": _or_null(_TEXT),
        "store_trouble": _or_null(_TEXT),
        "sources": _list(_object({"name": _TEXT, "heard_at": _or_null(_MOMENT), "trouble": _or_null(_TEXT)})),
        "subscribers": _list(_object({"name": _TEXT, "cursor": _CURSOR, "at": _MOMENT})),
        "disputed_entries": _COUNT,
        "disputes_much": _list(_TEXT),
        "not_passed_on": _object({"waiting": _COUNT, "given_up": _COUNT}),
    }
)
_PROBLEM = _object(
    {
        "type": {"const": "about:blank"},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "action": _one_of(Action),
    },
    optional=["action"],
)
_MESSAGE = _object({"message": _TEXT})
_HMA_ROW = _object({"bank_content_id": {"type": "integer"}, "distance": _TEXT})
_HMA_BANKS: Json = {"type": "object", "additionalProperties": _list(_HMA_ROW)}
_HMA_SIGNALS = ["pdq", "video_md5", "video_sha256"]
_HMA_QUERY: Json = {
    "signal_type": {"type": "string", "enum": _HMA_SIGNALS},
    "signal": {"type": "string", "pattern": "^[0-9a-f]{32}([0-9a-f]{32})?$"},
    "banks": _TEXT,
}
_HMA_DISTANCE: Json = {"include_distance": {"type": "string", "description": "`true`: with distances."}}
_PLAIN: Json = {"text/plain": {"schema": _TEXT}}
_UPLOAD_PROBLEMS = (408, 413, 503)


def _by_hma(query: Json) -> Json:
    """The same fields in a body, which no proxy logs."""
    fields = {"type": "object", "properties": query, "required": ["signal_type", "signal"]}
    return {media: {"schema": fields} for media in ("application/json", "application/x-www-form-urlencoded")}


_HMA_FILE: Json = {"multipart/form-data": {"schema": _object({"photo": _FILE})}}
_HMA_FOUND = _json({"type": "object", "additionalProperties": {"anyOf": [_list(_HMA_ROW), _HMA_BANKS]}})
_HMA_RAW = _json(_object({"matches": {"anyOf": [_list({"type": "integer"}), _list(_HMA_ROW)]}}))

OPERATIONS: dict[str, dict[str, Operation]] = {
    "/api/v1/check": {
        "POST": Operation(
            "Check uploads, or the signatures of some: a verdict and an action for each, in order.",
            _json(_object({"items": _list(CHECKED)})),
            {
                "application/json": {"schema": _ITEMS_OR_VIDEOS},
                "multipart/form-data": {"schema": _object({"file": _FILE})},
                "application/octet-stream": {"schema": {**_FILE, "minLength": 1}},
            },
            problems=_UPLOAD_PROBLEMS,
        )
    },
    "/api/v1/lookup": {
        "POST": Operation(
            "Say yes or no to signatures, and no more.",
            _json(_object({"items": _list(_object({"level": {"enum": ["match", "no_match", "too_flat"]}}))})),
            _json(_ITEMS),
            problems=(408, 413, 429),
        )
    },
    "/api/v1/feed": {
        "GET": Operation(
            "What became of the banks that are named for this key.",
            _json(_FEED_PAGE),
            query={"cursor": _CURSOR, "wait": {"type": "integer", "minimum": 0, "maximum": 30}},
            problems=(409,),
        )
    },
    "/api/v1/feedback": {
        "POST": Operation(
            "Say what became of an upload that matched.",
            _json(_object({"id": _TEXT, "taken": _YES_OR_NO})),
            _json(_FEEDBACK),
            status=202,
            problems=(408, 413, 429),
        )
    },
    "/api/v1/status": {"GET": Operation("How the gate does; nothing of any entry.", _json(_STATUS))},
    "/api/v1/openapi.json": {"GET": Operation("This document.", _json({"type": "object"}))},
    "/metrics": {"GET": Operation("Counts for Prometheus.", _PLAIN)},
    "/status/live": {"GET": Operation("Whether the process answers.", _PLAIN)},
    "/status/ready": {"GET": Operation("Whether uploads may be sent here.", _PLAIN, problems=(503,))},
    "/status": {"GET": Operation("Whether it lives, in HMA's words.", _PLAIN)},
    "/openapi/openapi.json": {"GET": Operation("This document.", _json({"type": "object"}))},
    "/h/hash": {
        "POST": Operation(
            "Hash a file: its PDQ, or nothing where it is too flat.",
            _json(_object({"pdq": {"type": "string", "pattern": "^([0-9a-f]{64})?$"}})),
            _HMA_FILE,
            problems=_UPLOAD_PROBLEMS,
        )
    },
    "/m/lookup": {
        "GET": Operation(
            "Look a signal up: the entries of each bank that matches.",
            _HMA_FOUND,
            query=_HMA_QUERY,
            required=("signal_type", "signal"),
        ),
        "POST": Operation(
            "Look a signal or a file up; of a file by the type of the signal.",
            _HMA_FOUND,
            _by_hma(_HMA_QUERY) | _HMA_FILE,
            problems=_UPLOAD_PROBLEMS,
        ),
    },
    "/m/raw_lookup": {
        "GET": Operation(
            "Look a signal up, whatever its bank is called.",
            _HMA_RAW,
            query=_HMA_QUERY | _HMA_DISTANCE,
            required=("signal_type", "signal"),
        ),
        "POST": Operation(
            "Look a signal up, whatever its bank is called.",
            _HMA_RAW,
            _by_hma(_HMA_QUERY | _HMA_DISTANCE),
            problems=(408, 413),
        ),
    },
    "/m/compare": {
        "POST": Operation(
            "Compare two signals of a type.",
            _json(
                _object(
                    {"pdq": _list({"anyOf": [_YES_OR_NO, _object({"distance": _COUNT})]}, minItems=2, maxItems=2)},
                    optional=["pdq"],
                )
            ),
            _json(_object({"pdq": _list(_PDQ, minItems=2, maxItems=2)}, optional=["pdq"])),
            problems=(408, 413),
        )
    },
}


def document(paths: Mapping[str, tuple[Mapping[str, Scope | None], bool]], title: str) -> bytes:
    """Write the document of some routes.

    paths: of each path the scope that each method needs, None: no key, and whether it speaks as HMA does.
    """
    return json_bytes(
        {
            "openapi": "3.1.0",
            "info": {"title": title, "version": "1", "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
            "components": {
                "securitySchemes": {_BEARER: {"type": "http", "scheme": "bearer"}},
            },
            "paths": {
                path: {
                    method.lower(): _operation(OPERATIONS[path][method], scope, as_hma=as_hma)
                    for method, scope in methods.items()
                }
                for path, (methods, as_hma) in paths.items()
            },
        }
    )


def _operation(operation: Operation, scope: Scope | None, *, as_hma: bool) -> Json:
    found: Json = {
        "summary": operation.summary,
        "security": [{_BEARER: [scope.value]}] if scope else [],
        "parameters": [
            {"name": name, "in": "query", "required": name in operation.required, "schema": schema}
            for name, schema in operation.query.items()
        ],
        "responses": {str(operation.status): {"description": "As asked.", "content": operation.answer}},
    }
    if operation.body is not None:
        found["requestBody"] = {"required": True, "content": operation.body}
    refused = {*operation.problems, 500}
    refused |= {401, 403} if scope else set()
    refused |= {400} if operation.body or operation.query else set()
    content = _json(_MESSAGE) if as_hma else {"application/problem+json": {"schema": _PROBLEM}}
    for status in sorted(refused):
        found["responses"][str(status)] = {"description": "A sentence says why.", "content": content}
    return found
