"""The routes in OpenAPI 3.1: a document for our own, one for those of HMA. Tests hold both to what is answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from haalweg.banks import Assurance, BankKind, DisputeReason, Opinion
from haalweg.gate.feedback import ID_PATTERN, UNDER_18
from haalweg.gate.http import UPLOADER_HEADER, json_bytes
from haalweg.gate.looking import MOST_ITEMS, MOST_URLS, MOST_VIDEO_FRAMES
from haalweg.gate.openapi_curating import CURATING
from haalweg.gate.openapi_words import (
    COUNT,
    TEXT,
    YES_OR_NO,
    Json,
    Operation,
    hexadecimal,
    in_json,
    list_of,
    object_of,
    one_of,
    or_null,
)
from haalweg.matching import LeadLevel
from haalweg.matching.check import Verdict
from haalweg.matching.policy import Action, Failure
from haalweg.signals import Orientation, SignalType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from haalweg.gate.keys import Scope

_BEARER = "key"
_NAMED = re.compile(r"\{(\w+)\}")

# Schemas

_PDQ = hexadecimal(64)
_MOMENT: Json = {"type": "string", "format": "date-time"}
_FOUND: Json = {
    "bank": TEXT,
    "entry": {"type": "integer", "minimum": 1},
    "source": TEXT,
    "signal_type": one_of(SignalType),
    "assurance": one_of(Assurance),
    "confirmations": COUNT,
    "stale": YES_OR_NO,
    "doubted": YES_OR_NO,
    "would": one_of(Action),
    "action": one_of(Action),
    "frame": COUNT,
    "frame_s": or_null({"type": "number"}),
}
_MATCH = object_of(
    {
        **_FOUND,
        "distance_bits": or_null({"type": "integer", "minimum": 0, "maximum": 31}),
        "orientation": or_null(one_of(Orientation)),
        "inner": or_null(list_of(COUNT, minItems=4, maxItems=4)),
        "quality": or_null({"type": "integer", "minimum": 0, "maximum": 100}),
    }
)
_LEAD = object_of({**_FOUND, "level": one_of(LeadLevel), "altered_percent": {"type": "number"}, "mirrored": YES_OR_NO})
CHECKED = object_of(
    {
        "verdict": one_of(Verdict),
        "action": one_of(Action),
        "would": one_of(Action),
        "silent": YES_OR_NO,
        "decided_by": or_null(TEXT),
        "failure": or_null(one_of(Failure)),
        "reason": or_null(TEXT),
        "matches": list_of(_MATCH),
        "leads": list_of(_LEAD),
        "statement": or_null(object_of({"nl": TEXT, "en": TEXT})),
    }
)
_ASKED: Json = {
    "type": "object",
    "properties": {
        "pdq": {"oneOf": [_PDQ, list_of(_PDQ, minItems=1, maxItems=1), list_of(_PDQ, minItems=8, maxItems=8)]},
        "quality": {"type": "integer", "minimum": 0, "maximum": 100},
        "sha256": hexadecimal(64),
        "md5": hexadecimal(32),
    },
    "minProperties": 1,
    "additionalProperties": False,
    "description": "The eight hashes of all orientations find also what was turned or mirrored.",
}
_FRAME = object_of(
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
        "vpdq": list_of({"anyOf": [_FRAME, _FRAME_AS_TEXT]}, minItems=1, maxItems=MOST_VIDEO_FRAMES),
        "sha256": hexadecimal(64),
        "md5": hexadecimal(32),
    },
    "required": ["vpdq"],
    "additionalProperties": False,
}
_ELSEWHERE: Json = {
    **object_of({"url": TEXT}),
    "description": f"A file to be fetched, {MOST_URLS} in one request at most; where nothing is fetched it is refused.",
}
_ANY_ITEMS = object_of({"items": list_of({"anyOf": [_ASKED, _VIDEO, _ELSEWHERE]}, minItems=1, maxItems=MOST_ITEMS)})
_ITEMS = object_of({"items": list_of(_ASKED, minItems=1, maxItems=MOST_ITEMS)})
_UPLOADER: Json = {
    "type": "string",
    "pattern": ID_PATTERN,
    "description": "Who uploads, as your platform tells them apart: a keyed hash of the account, of no use to us.",
}
_FILE: Json = {"type": "string", "format": "binary"}
_PART: Json = {"not": {"const": []}}  # of which a form would have no part
_FILES: Json = {
    "type": "object",
    "properties": {"file": _PART | {"contentMediaType": "application/octet-stream"}},
    "additionalProperties": _PART,
    "minProperties": 1,
    "description": "Each field is a file, whatever it is called.",
}
_FEEDBACK: Json = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "pattern": ID_PATTERN},
        "entry": {"type": "integer", "minimum": 1, "exclusiveMaximum": 1 << 40},
        "ref": hexadecimal(32),
        "opinion": {"type": "string", "enum": [*(each.value for each in Opinion), UNDER_18]},
        "reason": one_of(DisputeReason),
    },
    "required": ["id", "opinion"],
    "additionalProperties": False,
    "oneOf": [{"required": ["entry"]}, {"required": ["ref"]}],
    "if": {"properties": {"opinion": {"const": Opinion.NOT_BLOCKED.value}}},
    "then": {"required": ["reason"]},
    "else": {"not": {"required": ["reason"]}},
}
_CURSOR: Json = {"type": "string", "pattern": r"^[1-9][0-9]{0,11}(\.(0|[1-9][0-9]{0,11})){2}$"}
_REF = hexadecimal(32)
_FEED_BANK = object_of(
    {
        "name": TEXT,
        "kind": one_of(BankKind),
        "threshold_bits": COUNT,
        "video_query_percent": COUNT,
        "video_entry_percent": COUNT,
    }
)
_FEED_ENTRY = object_of(
    {
        "ref": _REF,
        "bank": TEXT,
        "signal_type": one_of(SignalType),
        "value": TEXT,
        "quality": or_null(COUNT),
        "assurance": one_of(Assurance),
        "expires_at": or_null(_MOMENT),
    }
)
_FEED_PAGE = object_of(
    {
        "version": {"const": 1},
        "epoch": hexadecimal(16),
        "after": or_null(_CURSOR),
        "cursor": _CURSOR,
        "more": YES_OR_NO,
        "withdrawn": list_of(_REF),
        "banks": list_of(_FEED_BANK),
        "entries": list_of(_FEED_ENTRY),
        "confirmed": list_of(list_of({"anyOf": [_REF, COUNT]}, minItems=2, maxItems=2)),
        "head": TEXT,
        "helpline": or_null(TEXT),
    }
)
_STATUS = object_of(
    {
        "jail": TEXT,
        "entries": COUNT,
        "policy_trouble": or_null(TEXT),
        "store_trouble": or_null(TEXT),
        "sources": list_of(object_of({"name": TEXT, "heard_at": or_null(_MOMENT), "trouble": or_null(TEXT)})),
        "subscribers": list_of(object_of({"name": TEXT, "cursor": _CURSOR, "at": _MOMENT})),
        "disputed_entries": COUNT,
        "entries_that_match_many": COUNT,
        "disputes_much": list_of(TEXT),
        "not_passed_on": object_of({"waiting": COUNT, "given_up": COUNT}),
    }
)
_PROBLEM = object_of(
    {
        "type": {"const": "about:blank"},
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "action": one_of(Action),
    },
    optional=["action"],
)
_MESSAGE = object_of({"message": TEXT})
_HMA_ROW = object_of({"bank_content_id": {"type": "integer"}, "distance": TEXT})
_HMA_BANKS: Json = {"type": "object", "additionalProperties": list_of(_HMA_ROW)}
_HMA_SIGNALS = ["pdq", "video_md5", "video_sha256"]
_HMA_QUERY: Json = {
    "signal_type": {"type": "string", "enum": _HMA_SIGNALS},
    "signal": {"type": "string", "pattern": "^[0-9a-f]{32}([0-9a-f]{32})?$"},
    "banks": TEXT,
}
_HMA_URL: Json = {"url": {"type": "string", "description": "Of a file to be fetched, in the place of a signal."}}
_HMA_DISTANCE: Json = {"include_distance": {"type": "string", "description": "`true`: with distances."}}
_PLAIN: Json = {"text/plain": {"schema": TEXT}}
_UPLOAD_PROBLEMS = (408, 413, 503)


def _by_hma(query: Json, *required: str) -> Json:
    """The same fields in a body, which no proxy logs."""
    fields = {"type": "object", "properties": query, "required": list(required)}
    return {media: {"schema": fields} for media in ("application/json", "application/x-www-form-urlencoded")}


_HMA_FILE: Json = {"multipart/form-data": {"schema": object_of({"photo": _FILE})}}
_HMA_HASH = in_json(object_of({"pdq": {"type": "string", "pattern": "^([0-9a-f]{64})?$"}}))
_HMA_FOUND = in_json({"type": "object", "additionalProperties": {"anyOf": [list_of(_HMA_ROW), _HMA_BANKS]}})
_HMA_RAW = in_json(object_of({"matches": {"anyOf": [list_of({"type": "integer"}), list_of(_HMA_ROW)]}}))

OPERATIONS: dict[str, dict[str, Operation]] = {
    "/api/v1/check": {
        "POST": Operation(
            "Check uploads, sent or fetched, or the signatures of some: a verdict and an action for each, in order.",
            in_json(object_of({"items": list_of(CHECKED)})),
            {
                "application/json": {"schema": _ANY_ITEMS},
                "multipart/form-data": {"schema": _FILES},
                "application/octet-stream": {"schema": {**_FILE, "minLength": 1}},
            },
            headers={UPLOADER_HEADER.decode(): _UPLOADER},
            problems=_UPLOAD_PROBLEMS,
        )
    },
    "/api/v1/lookup": {
        "POST": Operation(
            "Say yes or no to signatures, and no more.",
            in_json(object_of({"items": list_of(object_of({"level": {"enum": ["match", "no_match", "too_flat"]}}))})),
            in_json(_ITEMS),
            problems=(408, 413, 429),
        )
    },
    "/api/v1/feed": {
        "GET": Operation(
            "What became of the banks that are named for this key.",
            in_json(_FEED_PAGE),
            query={"cursor": _CURSOR, "wait": {"type": "integer", "minimum": 0, "maximum": 30}},
            problems=(409,),
        )
    },
    "/api/v1/feedback": {
        "POST": Operation(
            "Say what became of an upload that matched.",
            in_json(object_of({"id": TEXT, "taken": YES_OR_NO})),
            in_json(_FEEDBACK),
            status=202,
            problems=(408, 413, 429, 503),
        )
    },
    "/api/v1/status": {"GET": Operation("How the gate does; nothing of any entry.", in_json(_STATUS))},
    "/api/v1/openapi.json": {"GET": Operation("This document.", in_json({"type": "object"}))},
    "/metrics": {"GET": Operation("Counts for Prometheus.", _PLAIN)},
    "/status/live": dict.fromkeys(("GET", "HEAD"), Operation("Whether the process answers.", _PLAIN)),
    "/status/ready": dict.fromkeys(
        ("GET", "HEAD"), Operation("Whether uploads may be sent here.", _PLAIN, problems=(503,))
    ),
    "/status": dict.fromkeys(
        ("GET", "POST", "HEAD"), Operation("Whether it lives, in HMA's words.", _PLAIN, problems=(503,))
    ),
    "/openapi/openapi.json": {"GET": Operation("This document.", in_json({"type": "object"}))},
    "/h/hash": {
        "GET": Operation(
            "Hash a file that is fetched: its PDQ, or nothing where it is too flat.",
            _HMA_HASH,
            query=_HMA_URL,
            required=("url",),
            problems=(503,),
        ),
        "POST": Operation(
            "Hash a file: its PDQ, or nothing where it is too flat.",
            _HMA_HASH,
            _by_hma(_HMA_URL, "url") | _HMA_FILE,
            problems=_UPLOAD_PROBLEMS,
        ),
    },
    "/m/lookup": {
        "GET": Operation(
            "Look a signal up, or a file that is fetched: the entries of each bank that matches.",
            _HMA_FOUND,
            query=_HMA_QUERY | _HMA_URL,
            problems=(503,),
        ),
        "POST": Operation(
            "Look a signal or a file up; of a file by the type of the signal.",
            _HMA_FOUND,
            _by_hma(_HMA_QUERY | _HMA_URL) | _HMA_FILE,
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
            _by_hma(_HMA_QUERY | _HMA_DISTANCE, "signal_type", "signal"),
            problems=(408, 413),
        ),
    },
    "/m/compare": {
        "POST": Operation(
            "Compare two signals of a type.",
            in_json(
                object_of(
                    {"pdq": list_of({"anyOf": [YES_OR_NO, object_of({"distance": COUNT})]}, minItems=2, maxItems=2)},
                    optional=["pdq"],
                )
            ),
            in_json(object_of({"pdq": list_of(_PDQ, minItems=2, maxItems=2)}, optional=["pdq"])),
            problems=(408, 413),
        )
    },
    **CURATING,
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
                    method.lower(): _operation(path, OPERATIONS[path][method], scope, as_hma=as_hma)
                    for method, scope in methods.items()
                }
                for path, (methods, as_hma) in paths.items()
            },
        }
    )


def _operation(path: str, operation: Operation, scope: Scope | None, *, as_hma: bool) -> Json:
    found: Json = {
        "summary": operation.summary,
        "security": [{_BEARER: [scope.value]}] if scope else [],
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": COUNT if name == "id" else TEXT}
            for name in _NAMED.findall(path)
        ]
        + [
            {"name": name, "in": "query", "required": name in operation.required, "schema": schema}
            for name, schema in operation.query.items()
        ]
        + [
            {"name": name, "in": "header", "required": False, "schema": schema}
            for name, schema in operation.headers.items()
        ],
        "responses": {str(operation.status): {"description": "As asked.", "content": operation.answer}},
    }
    if operation.body is not None:
        found["requestBody"] = {"required": True, "content": operation.body}
    refused = {*operation.problems, 500}
    refused |= {401, 403} if scope else set()
    refused |= {400} if operation.body or operation.query else set()
    content = in_json(_MESSAGE) if as_hma else {"application/problem+json": {"schema": _PROBLEM}}
    for status in sorted(refused):
        found["responses"][str(status)] = {"description": "A sentence says why.", "content": content}
    return found
