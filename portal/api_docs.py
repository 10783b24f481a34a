"""The OpenAPI schema as the documentation page shows it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_METHODS = ("get",)
_FILTER_LINE = re.compile(r"- `([^`]+)`: (.*)")


type Words = tuple[tuple[str, bool], ...]  # pieces of a text, and whether each is code


def formatted(text: str) -> Words:
    """`a `b` c` in pieces: what stands between backticks is code."""
    return tuple((piece, place % 2 == 1) for place, piece in enumerate(text.split("`")) if piece)


@dataclass(frozen=True, slots=True)
class DocField:
    """A field of an object or a filter: its name, the type in words, what it means."""

    name: str
    type: str
    meaning: Words


@dataclass(frozen=True, slots=True)
class DocParameter:
    name: str
    place: str
    meaning: Words
    values: tuple[str, ...]
    filters: tuple[DocField, ...]


@dataclass(frozen=True, slots=True)
class DocOperation:
    id: str
    path: str
    summary: str
    parameters: tuple[DocParameter, ...]
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DocGroup:
    """A resource: its operations and the fields of its objects."""

    name: str
    operations: tuple[DocOperation, ...]
    fields: tuple[DocField, ...]


@dataclass(frozen=True, slots=True)
class ApiDocs:
    groups: tuple[DocGroup, ...]


def docs_from_schema(schema: Mapping[str, Any]) -> ApiDocs:
    """The groups in the order of their tags' first appearance, the root left out."""
    groups: dict[str, list[DocOperation]] = {}
    models: dict[str, str] = {}
    for path, tag, operation in _operations(schema):
        groups.setdefault(tag, []).append(_operation(path, operation))
        reference = _answer_reference(operation)
        if "{" in path and reference:
            models[tag] = reference
    components = schema["components"]["schemas"]
    return ApiDocs(
        tuple(
            DocGroup(tag, tuple(operations), tuple(_fields(components, models[tag])) if tag in models else ())
            for tag, operations in groups.items()
        )
    )


def _operations(schema: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for method in _METHODS:
            if method in methods:
                tag = methods[method].get("tags", [""])[0]
                if tag not in {"", "root", "schema"}:
                    yield path, tag, methods[method]


def _operation(path: str, operation: Mapping[str, Any]) -> DocOperation:
    answers = tuple(
        (status, answer.get("description") or "OK") for status, answer in sorted(operation["responses"].items())
    )
    parameters = tuple(map(_parameter, operation.get("parameters", ())))
    return DocOperation(operation["operationId"], path, operation.get("summary", ""), parameters, answers)


def _parameter(parameter: Mapping[str, Any]) -> DocParameter:
    text = parameter.get("description", "")
    filters = tuple(
        DocField(match[1], "", formatted(match[2])) for line in text.splitlines() if (match := _FILTER_LINE.match(line))
    )
    meaning = " ".join(line for line in text.splitlines() if not _FILTER_LINE.match(line)).strip()
    values = tuple(parameter.get("schema", {}).get("enum", ()))
    return DocParameter(parameter["name"], parameter["in"], formatted(meaning), values, filters)


def _answer_reference(operation: Mapping[str, Any]) -> str:
    content = operation["responses"].get("200", {}).get("content", {})
    return str(content.get("application/json", {}).get("schema", {}).get("$ref", "")).rpartition("/")[2]


def _fields(components: Mapping[str, Any], name: str) -> Iterator[DocField]:
    for field, described in components[name]["properties"].items():
        yield DocField(field, _type_of(described), formatted(described.get("description", "")))


def _type_of(described: Mapping[str, Any]) -> str:
    """The type in a few words: "integer or null", "list of WorkAuthorship"."""
    if "$ref" in described:
        return str(described["$ref"]).rpartition("/")[2]
    for joined in ("allOf", "oneOf", "anyOf"):
        if joined in described:
            parts = [_type_of(part) for part in described[joined]]
            words = " or ".join(part for part in parts if part != "NullEnum")
            return f"{words} or null" if described.get("nullable") or "NullEnum" in parts else words
    kind = str(described.get("type", "value"))
    if kind == "array":
        kind = f"list of {_type_of(described.get('items', {}))}"
    return f"{kind} or null" if described.get("nullable") else kind
