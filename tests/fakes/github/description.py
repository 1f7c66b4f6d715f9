"""GitHub's own description of its interface: which operation a request is, and whether an answer is one of its answers.

Answers are held against it more strictly than it asks for: what it does not name may not be answered either.
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema_rs

_NULLABLE = {"nullable": True}
KNOWN_FAULTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("schemas/pull-request-simple/properties/labels/items", "description", {"type": "string", **_NULLABLE}),
    ("schemas/pull-request-review-comment", "line", {"type": "integer", **_NULLABLE}),
    ("schemas/pull-request-review-comment", "position", {"type": "integer", **_NULLABLE}),
    ("schemas/validation-error", "status", {"type": "string"}),
    ("schemas/validation-error-simple", "status", {"type": "string"}),
)
"""Where the description is wrong: which part, which property, what GitHub really answers.

Labels without a description have null; comments on lines that are gone have no line; every error repeats its status.
"""

_TOP = re.compile(r"/repos/[^/]+/[^/]+/contents")
_DEEPER = re.compile(
    r"/repos/[^/]+/[^/]+/(commits/.+/(branches-where-head|check-runs|check-suites|comments|pulls|statuses)"
    r"|branches/.+/(protection(/.*)?|rename))"
)
"""Operations that stand below a commit or branch, and would look like one with slashes in its name."""

UNDECLARED = frozenset((400, 401, 403, 404, 409, 422, 429, 500, 502, 503))
"""Any operation may answer these with a basic error; the description names them for some operations only."""


@dataclass(frozen=True)
class Operation:
    """One operation of the description."""

    id: str
    method: str
    pattern: re.Pattern[str]
    told: dict[str, Any]

    @property
    def writes(self) -> bool:
        return self.method != "GET"


@cache
def described() -> dict[str, Any]:
    """The description, as GitHub wrote it."""
    found = json.loads(gzip.decompress(Path(__file__).with_name("openapi.json.gz").read_bytes()))
    return dict(found)


@cache
def operations() -> dict[str, Operation]:
    """All operations by their ids, those with more fixed words in their paths first."""
    paths = sorted(described()["paths"].items(), key=lambda item: (item[0].count("{"), -item[0].count("/")))
    found = [
        Operation(told["operationId"], method.upper(), _pattern(path, told), told)
        for path, methods in paths
        for method, told in methods.items()
    ]
    return {operation.id: operation for operation in found}


def find(method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
    """The operation that a request asks for, and the parts of its path; ``path`` is still quoted."""
    # The folder at the top has no name.
    path = path + "/" if _TOP.fullmatch(path) else path
    if _DEEPER.fullmatch(path):
        return None
    for operation in operations().values():
        if operation.method == method and (match := operation.pattern.fullmatch(path)):
            return operation, {name: unquote(value) for name, value in match.groupdict().items()}
    return None


def answer_problems(operation: str, status: int, body: Any) -> list[str]:
    """What is wrong with an answer; ``None`` is no body."""
    answers = operations()[operation].told["responses"]
    where = f"responses/{status}"
    schema: dict[str, Any]
    if str(status) not in answers:
        if status not in UNDECLARED:
            return [f"{operation} cannot answer {status}"]
        schema = {"$ref": "#/components/schemas/basic-error"}
    else:
        answer = answers[str(status)]
        if "$ref" in answer:
            answer = _at(described(), answer["$ref"].removeprefix("#/"))
        content = answer.get("content", {})
        if not content and status in UNDECLARED:
            schema = {"$ref": "#/components/schemas/basic-error"}
        elif not content:
            return [] if body is None else [f"{operation} {status} has no body"]
        else:
            schema = content.get("application/json", next(iter(content.values())))["schema"]
            if status >= 400 and "properties" in schema:
                # Every error repeats its status here, too.
                schema = {**schema, "properties": {**schema["properties"], "status": {"type": "string"}}}
    if body is None:
        return [f"{operation} {status} needs a body"]
    return _told(_validator(f"{operation} {where}", json.dumps(schema), True), body)


def request_problems(operation: str, body: Any) -> list[str]:
    """What is wrong with the body of a request; more than is described is allowed."""
    content = operations()[operation].told.get("requestBody", {}).get("content")
    if not content or (operation == "issues/add-labels" and isinstance(body, list)):
        # Known fault: a list of labels is what every client sends, and the description only knows an object.
        return []
    schema = next(iter(content.values()))["schema"]
    return _told(_validator(f"{operation} request", json.dumps(schema), False), body)


def event_problems(event: str, payload: Any) -> list[str]:
    """What is wrong with the payload of a webhook."""
    schema = described()["x-webhooks"][event]["post"]["requestBody"]["content"]["application/json"]["schema"]
    return _told(_validator(f"webhook {event}", json.dumps(schema), True), payload)


def _pattern(path: str, told: dict[str, Any]) -> re.Pattern[str]:
    # Branches and refs may have slashes, quoted or not.
    deep = {p["name"] for p in told["parameters"] if p.get("x-multi-segment")} | {"ref", "branch"}
    parts = dict.fromkeys(deep, ".+") | {"path": ".*"}
    return re.compile(re.sub(r"\{(\w+)\}", lambda m: f"(?P<{m[1]}>{parts.get(m[1], '[^/]+')})", path))


def _told(validator: Any, value: Any) -> list[str]:
    return [f"{'/'.join(map(str, e.instance_path))}: {e.message}"[:400] for e in validator.iter_errors(value)]


@cache
def _validator(name: str, schema: str, closed: bool) -> Any:
    whole = {**converted(json.loads(schema), closed), "components": _components(closed)}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


@cache
def _components(closed: bool) -> dict[str, Any]:
    parts = json.loads(json.dumps(described()["components"]))
    for where, name, right in KNOWN_FAULTS:
        _at(parts, where)["properties"][name] = right
    return {"schemas": {name: converted(part, closed) for name, part in parts["schemas"].items()}}


def converted(schema: Any, closed: bool) -> Any:
    """JSON Schema for a schema of OpenAPI 3.0: ``nullable`` is a type; ``closed``: nothing but what is named."""
    if isinstance(schema, list):
        return [converted(x, closed) for x in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {"properties", "allOf", "enum", "required", "discriminator"}
    found = {key: converted(value, closed) for key, value in schema.items() if key not in inner}
    if "required" in schema:
        found["required"] = schema["required"]
    if "properties" in schema:
        found["properties"] = {name: converted(part, closed) for name, part in schema["properties"].items()}
        if closed:
            found.setdefault("additionalProperties", False)
    if "allOf" in schema:
        # The parts of one thing know nothing of each other's properties.
        found["allOf"] = [converted(part, False) for part in schema["allOf"]]
    if "enum" in schema:
        found["enum"] = schema["enum"]
    if found.pop("nullable", False):
        if "enum" in found and None not in found["enum"]:
            found["enum"] = [*found["enum"], None]
        if "type" in found:
            found["type"] = [found["type"], "null"]
        else:
            found = {"anyOf": [found, {"type": "null"}]}
    return found


def _at(tree: Any, path: str) -> Any:
    for name in path.split("/"):
        tree = tree[name]
    return tree
