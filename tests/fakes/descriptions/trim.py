"""Makes ``NAME.json.gz`` from the whole description of a service: only what is used, and no prose.

python trim.py deepl openapi.json
python trim.py openai openapi.json
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KEPT = {
    "deepl": {
        "/v2/translate": ("post",),
        "/v2/usage": ("get",),
        "/v2/glossaries": ("get", "post"),
        "/v2/glossaries/{glossary_id}": ("delete",),
        "/v3/translation_memories": ("get",),
    },
    "openai": {"/chat/completions": ("post",), "/models": ("get",)},
}
"""The operations that stay, by service and path."""

_PROSE = frozenset(("description", "example", "examples", "externalDocs", "headers", "summary", "tags", "title"))
_NAMES = frozenset(("properties", "schemas", "patternProperties"))
_OTHERS = frozenset(("security", "servers", "operationId", "parameters", "discriminator"))


def trimmed(service: str, whole: dict[str, Any]) -> dict[str, Any]:
    """The part of a description that is used, with the schemas to which it refers."""
    paths = {
        path: {method: plain(_inlined(whole, whole["paths"][path][method])) for method in methods}
        for path, methods in KEPT[service].items()
    }
    schemas: dict[str, Any] = {}
    todo = list(references(paths))
    while todo:
        name = todo.pop().rpartition("/")[2]
        if name not in schemas:
            schemas[name] = plain(whole["components"]["schemas"][name])
            todo.extend(references(schemas[name]))
    info = {"title": whole["info"]["title"], "version": whole["info"]["version"]}
    return {"openapi": whole["openapi"], "info": info, "paths": paths, "components": {"schemas": schemas}}


def _inlined(whole: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """An operation with its answers in place of references to them; of the forms of a body, JSON."""
    answers = {}
    for status, answer in operation["responses"].items():
        if "$ref" in answer:
            answer = whole["components"]["responses"][answer["$ref"].rpartition("/")[2]]
        content = answer.get("content", {})
        answers[status] = {"content": {k: v for k, v in content.items() if k == "application/json"}}
    out = {**operation, "responses": answers}
    if "requestBody" in operation:
        out["requestBody"] = {"content": {"application/json": operation["requestBody"]["content"]["application/json"]}}
    return out


def plain(part: Any, names: bool = False) -> Any:
    """A part without prose; keys that are ``names`` of properties stay, whatever they are called."""
    if isinstance(part, list):
        return [plain(one) for one in part]
    if not isinstance(part, dict):
        return part
    drop = frozenset() if names else _PROSE | _OTHERS
    kept = {k: v for k, v in part.items() if k not in drop and (names or not k.startswith("x-"))}
    return {k: plain(v, k in _NAMES and not names) for k, v in kept.items()}


def references(part: Any) -> Iterator[str]:
    """All references in a part."""
    if isinstance(part, list):
        for one in part:
            yield from references(one)
    elif isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for one in part.values():
            yield from references(one)


if __name__ == "__main__":
    name, file = sys.argv[1:]
    small = trimmed(name, json.loads(Path(file).read_text(encoding="utf-8")))
    text = json.dumps(small, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    Path(__file__).with_name(f"{name}.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
