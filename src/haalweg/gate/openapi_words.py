"""The words in which OpenAPI describes what a route takes and gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import Enum

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "minimum": 0}
YES_OR_NO: Json = {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Operation:
    """What one method of one path takes and gives."""

    summary: str
    answer: Json  # the content of a good answer, by its media type
    body: Json | None = None  # what is sent, by its media type
    query: Mapping[str, Json] = field(default_factory=dict)
    required: tuple[str, ...] = ()  # of the query
    headers: Mapping[str, Json] = field(default_factory=dict)
    status: int = 200
    problems: tuple[int, ...] = ()  # besides those that any route may have


def object_of(properties: Mapping[str, Json], *, optional: Iterable[str] = ()) -> Json:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in set(optional)],
        "additionalProperties": False,
    }


def or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(values: type[Enum]) -> Json:
    return {"type": "string", "enum": [each.value for each in values]}


def hexadecimal(length: int) -> Json:
    return {"type": "string", "pattern": f"^[0-9a-f]{{{length}}}$"}


def list_of(items: Json, **more: int) -> Json:
    return {"type": "array", "items": items, **more}


def in_json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}
