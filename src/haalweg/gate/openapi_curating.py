"""The routes of HMA that curate, and those that tell of exchanges and indexes, in OpenAPI."""

from __future__ import annotations

from haalweg.gate.hma_signals import CONTENT_TYPES, SIGNAL_TYPES
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
    or_null,
)

_RATIO: Json = {"type": "number", "minimum": 0, "maximum": 1}
_RATIO_IN: Json = {"anyOf": [_RATIO, {"type": "string", "pattern": "^(0|1|0\\.[0-9]{1,6})$"}, {"type": "null"}]}
_BANK = object_of({"name": TEXT, "matching_enabled_ratio": _RATIO})
_SWITCH: Json = {"enabled_ratio": _RATIO_IN, "enabled": or_null(YES_OR_NO)}
_METADATA = or_null(
    object_of(
        {"content_id": TEXT, "content_uri": TEXT, "json": {"type": "object"}},
        optional=["content_id", "content_uri", "json"],
    )
)
_NOTE: Json = {"type": "string", "maxLength": 255, "description": "Printable. Kept sealed, with the entry."}
_SIGNALS: Json = {"type": "object", "additionalProperties": TEXT}
_ADDED = in_json(object_of({"id": COUNT, "signals": _SIGNALS}))
_CONTENT = in_json(
    object_of(
        {
            "id": COUNT,
            "disable_until_ts": {**COUNT, "description": "0: off, 1: on, else off until then, in seconds since 1970."},
            "collab_metadata": {"type": "object", "additionalProperties": list_of(TEXT)},
            "original_media_uri": {"type": "null"},
            "bank": _BANK,
            "note": or_null(TEXT),
            "signals": _SIGNALS,
            "metadata": {"type": "null"},
        },
        optional=["signals", "metadata"],
    )
)
_FILE: Json = {"type": "string", "format": "binary"}
_FORM: Json = {
    "multipart/form-data": {
        "schema": {
            **object_of(
                {**dict.fromkeys(CONTENT_TYPES, _FILE), "note": _NOTE, "metadata": TEXT},
                optional=[*CONTENT_TYPES, "note", "metadata"],
            ),
            "oneOf": [{"required": [name]} for name in CONTENT_TYPES],
        }
    }
}
_SET = object_of({"message": TEXT})
_EXCHANGE = in_json(object_of({"name": TEXT, "api": TEXT, "enabled": YES_OR_NO}))
_FETCHED = in_json(
    object_of(
        {
            "checkpoint_ts": or_null(COUNT),
            "running_fetch_start_ts": or_null(COUNT),
            "last_fetch_complete_ts": or_null(COUNT),
            "last_fetch_succeeded": or_null(YES_OR_NO),
            "up_to_date": YES_OR_NO,
            "fetched_items": COUNT,
        }
    )
)
_API = in_json(object_of({"supports_authentification": YES_OR_NO, "has_set_authentification": YES_OR_NO}))
_SCHEMA = in_json(
    object_of(
        {"config_schema": object_of({"fields": list_of({"type": "object"})}), "credentials_schema": {"type": "null"}}
    )
)
_TYPE: Json = {"signal_type": {"type": "string", "enum": list(SIGNAL_TYPES)}}
_SINCE: Json = {"type": "integer", "minimum": -1}
_STATUSES = in_json(
    {
        "type": "object",
        "additionalProperties": object_of({"present": YES_OR_NO, "built_to": _SINCE, "size": COUNT}),
    }
)
_SIZES = in_json(
    {
        "type": "object",
        "additionalProperties": object_of(
            {
                "db_size": COUNT,
                "index_size": COUNT,
                "index_out_of_date": YES_OR_NO,
                "newest_db_item": _SINCE,
                "index_built_to": _SINCE,
            }
        ),
    }
)
_BODY = (408, 413)


def _shown(operation: Operation) -> dict[str, Operation]:
    """What is answered to a POST as to a GET."""
    return {"GET": operation, "POST": operation}


_SHOW_BANK = Operation("Show a bank.", in_json(_BANK), problems=(404,))
_SHOW_CONTENT = Operation(
    "Show a content, with its signals where they are asked for.",
    _CONTENT,
    query={"include_signals": TEXT, "include_metadata": TEXT},
    problems=(404,),
)
_SHOW_EXCHANGE = Operation("Say what is followed under a name.", _EXCHANGE, problems=(404,))
_NOT_FROM_HERE = Operation("Refused: it is set in gate.toml.", in_json(_SET), problems=(404,))

CURATING: dict[str, dict[str, Operation]] = {
    "/m/index/status": _shown(Operation("How much is in the index.", _STATUSES, query=_TYPE)),
    "/c/banks": {
        "GET": Operation("List the banks.", in_json(list_of(_BANK))),
        "POST": Operation(
            "Make a bank.",
            in_json(_BANK),
            in_json(
                {
                    "type": "object",
                    "properties": {"name": {"type": "string", "pattern": "^[A-Z_][A-Z0-9_]{0,254}$"}, **_SWITCH},
                    "required": ["name"],
                }
            ),
            status=201,
            problems=_BODY,
        ),
    },
    "/c/bank/{name}": {
        **_shown(_SHOW_BANK),
        "PUT": Operation(
            "Say of how many of the uploads a bank may match.",
            in_json(_BANK),
            in_json({"type": "object", "properties": _SWITCH}),
            problems=(404, *_BODY),
        ),
        "DELETE": Operation(
            "Let go of all that is in a bank, and list it no more.", in_json(_SET), problems=(404, 503)
        ),
    },
    "/c/bank/{name}/content": {
        "POST": Operation(
            "Add the signals of a file, which is hashed in memory and forgotten.",
            _ADDED,
            _FORM,
            problems=(404, *_BODY, 503),
        )
    },
    "/c/bank/{name}/signal": {
        "POST": Operation(
            "Add signals as they are.",
            _ADDED,
            in_json(
                {
                    "type": "object",
                    "properties": {
                        **{
                            name: hexadecimal(2 * kind.width) if kind.width else TEXT
                            for name, kind in SIGNAL_TYPES.items()
                        },
                        "note": _NOTE,
                        "metadata": _METADATA,
                    },
                    "anyOf": [{"required": [name]} for name in SIGNAL_TYPES],
                    "additionalProperties": False,
                }
            ),
            problems=(404, *_BODY, 503),
        )
    },
    "/c/bank/{name}/content/{id}": {
        **_shown(_SHOW_CONTENT),
        "PUT": Operation(
            "Switch a content off for good (0), on (1), or off until a time of at most five years ahead.",
            _CONTENT,
            in_json({"type": "object", "properties": {"disable_until_ts": {"type": "integer", "minimum": 0}}}),
            problems=(404, *_BODY),
        ),
        "DELETE": Operation(
            "Withdraw a content: it does not come in again.",
            in_json(object_of({"deleted": COUNT})),
            problems=(404, 503),
        ),
    },
    "/c/exchanges": {
        "GET": Operation("List what the gate follows.", in_json(list_of(TEXT))),
        "POST": _NOT_FROM_HERE,
    },
    "/c/exchanges/apis": _shown(Operation("List the ways to follow.", in_json(list_of(TEXT)))),
    "/c/exchanges/api/{api}": _shown(Operation("Say whether credentials are set.", _API, problems=(400, 404, *_BODY))),
    "/c/exchanges/api/{api}/schema": _shown(
        Operation("Say what can be set from here: nothing.", _SCHEMA, problems=(400, 404))
    ),
    "/c/exchange/{name}": {**_shown(_SHOW_EXCHANGE), "PUT": _NOT_FROM_HERE, "DELETE": _NOT_FROM_HERE},
    "/c/exchange/{name}/status": _shown(
        Operation("When a source was heard last, and whether all it has is here.", _FETCHED, problems=(404,))
    ),
    "/c/signal_type": _shown(
        Operation("List the signal types.", in_json(list_of(object_of({"name": TEXT, "enabled_ratio": _RATIO}))))
    ),
    "/c/signal_type/index": _shown(Operation("How much of what is held is in the index.", _SIZES, query=_TYPE)),
    "/c/signal_type/{type}": {
        "PUT": Operation("Refused: every signal type matches.", in_json(_SET), problems=(400, 404)),
    },
    "/c/content_type": _shown(
        Operation("List what can be sent.", in_json(list_of(object_of({"name": TEXT, "enabled": YES_OR_NO}))))
    ),
}
