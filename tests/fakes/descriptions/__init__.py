"""What services say of their own APIs: OpenAPI descriptions, against which emulators hold requests and answers.

README.md says whose they are. ``trim.py`` makes the files.
"""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs


@cache
def described(service: str) -> dict[str, Any]:
    """The description of a service, as its owner wrote it, without prose."""
    found = json.loads(gzip.decompress(Path(__file__).with_name(f"{service}.json.gz").read_bytes()))
    return dict(found)


def knows(service: str, method: str, path: str) -> bool:
    """Whether the description has an operation."""
    return _operation(service, method, path) is not None


def request_problems(service: str, method: str, path: str, body: Any) -> list[str]:
    """What is wrong with a request; ``body`` is None for one without. More than is described is a problem too."""
    told = _operation(service, method, path)
    if told is None:
        return [f"{service} has no {method} {path}"]
    content = told.get("requestBody", {}).get("content")
    if not content:
        return [] if body is None else [f"{method} {path} has no body"]
    schema = content["application/json"]["schema"]
    properties = _resolved(service, schema).get("properties")
    unknown = set(body) - set(properties) if properties and isinstance(body, dict) else set()
    return [*(f"{name} is unknown" for name in sorted(unknown)), *_errors(service, schema, body)]


def answer_problems(service: str, method: str, path: str, status: int, body: Any) -> list[str]:
    """What is wrong with an answer; errors are described in prose only, and so pass."""
    told = _operation(service, method, path)
    if told is None or status >= 400:
        return []
    answer = told["responses"].get(str(status))
    if answer is None:
        return [f"{method} {path} cannot answer {status}"]
    content = answer.get("content", {})
    if "application/json" not in content:
        return [] if not body else [f"{method} {path} {status} has no body"]
    return _errors(service, content["application/json"]["schema"], body)


def _operation(service: str, method: str, path: str) -> dict[str, Any] | None:
    path = path.partition("?")[0]
    for pattern, methods in sorted(described(service)["paths"].items(), key=lambda item: item[0].count("{")):
        if re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", pattern), path) and method.lower() in methods:
            return dict(methods[method.lower()])
    return None


def _resolved(service: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The properties of a schema, with those of its parts."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _resolved(service, described(service)["components"]["schemas"][name])
    properties = dict(schema.get("properties", {}))
    for part in schema.get("allOf", ()):
        properties |= _resolved(service, part).get("properties", {})
    return {**schema, "properties": properties} if properties else schema


def _errors(service: str, schema: dict[str, Any], body: Any) -> list[str]:
    whole = {**schema, "components": described(service)["components"]}
    validator = jsonschema_rs.validator_for(whole)
    return [f"{'/'.join(map(str, e.instance_path))}: {e.message}"[:300] for e in validator.iter_errors(body)]
