"""The description of the API, arranged for a page that people read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .api.site import described

# Refusals look alike everywhere and are explained once.
_REFERENCE = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a body, or something after the question mark."""

    name: str
    kind: str
    is_needed: bool
    words: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that the API does."""

    anchor: str
    method: str
    address: str
    words: str
    query: tuple[Field, ...]
    body: tuple[Field, ...]
    answer: tuple[Field, ...]
    answer_name: str
    is_list: bool


@dataclass(slots=True)
class Section:
    """Operations that belong together."""

    name: str
    operations: list[Operation] = field(default_factory=list)


@cache
def sections() -> tuple[Section, ...]:
    """Return the operations of the API by what they are about."""
    schema = described()
    found: dict[str, Section] = {}
    for address, methods in schema["paths"].items():
        for method, operation in methods.items():
            name = operation["tags"][0]
            section = found.setdefault(name, Section(name))
            section.operations.append(_operation(schema, address, method, operation))
    return tuple(found.values())


def _operation(
    schema: dict[str, Any], address: str, method: str, operation: dict[str, Any]
) -> Operation:
    body = operation.get("requestBody", {}).get("content", {})
    given = body.get("application/json", {}).get("schema", {})
    good = next(s for s in operation["responses"] if 200 <= int(s) < 300)
    answered = operation["responses"][good]["content"]["application/json"]["schema"]
    shape = _resolved(schema, answered)
    items = shape["properties"].get("items", {}).get("items")
    one = _resolved(schema, items) if items else shape
    return Operation(
        anchor=operation["operationId"].removeprefix("connect_api_routes_"),
        method=method.upper(),
        address=address,
        words=operation.get("description", ""),
        query=tuple(
            _field(schema, p["name"], p["schema"], p["required"])
            for p in operation["parameters"]
            if p["in"] in {"query", "header"}
        ),
        body=_fields(schema, _resolved(schema, given)) if given else (),
        answer=_fields(schema, one),
        answer_name=str(one.get("title", "")).removesuffix("Out"),
        is_list=items is not None,
    )


def _fields(schema: dict[str, Any], shape: dict[str, Any]) -> tuple[Field, ...]:
    needed = set(shape.get("required", ()))
    return tuple(
        _field(schema, name, inner, name in needed)
        for name, inner in shape.get("properties", {}).items()
    )


def _field(
    schema: dict[str, Any], name: str, shape: dict[str, Any], is_needed: bool
) -> Field:
    return Field(name, _kind(schema, shape), is_needed, shape.get("description", ""))


def _kind(schema: dict[str, Any], shape: dict[str, Any]) -> str:
    if options := shape.get("anyOf"):
        return " | ".join(dict.fromkeys(_kind(schema, option) for option in options))
    if "$ref" in shape:
        inner = _resolved(schema, shape)
        return "{" + ", ".join(inner.get("properties", {})) + "}"
    if "enum" in shape:
        return " | ".join(str(value) for value in shape["enum"])
    if shape.get("type") == "array":
        return f"[{_kind(schema, shape.get('items', {}))}]"
    return str(shape.get("format") or shape.get("type") or "object")


def _resolved(schema: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in shape:
        return shape
    name = shape["$ref"].removeprefix(_REFERENCE)
    found: dict[str, Any] = schema["components"]["schemas"][name]
    return found
