"""Makes ``openapi.json.gz`` from GitHub's whole description: only what the emulator answers, and no prose.

    npm pack @octokit/openapi && tar xf octokit-openapi-*.tgz
    python trim.py package/generated/api.github.com.json

``KEPT`` and ``EVENTS`` say what stays. Names, types and rules are not changed; README.md says whose they are.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

KEPT = frozenset(
    """
    apps/create-installation-access-token apps/get-authenticated apps/get-installation apps/get-repo-installation
    apps/list-repos-accessible-to-installation
    git/delete-ref git/get-ref
    issues/add-labels issues/create issues/create-comment issues/create-label issues/delete-comment issues/get
    issues/get-comment issues/get-label issues/list-comments issues/list-for-repo issues/list-labels-for-repo
    issues/list-labels-on-issue issues/remove-label issues/update issues/update-comment
    pulls/create pulls/create-reply-for-review-comment pulls/create-review pulls/create-review-comment pulls/get
    pulls/get-review-comment pulls/list pulls/list-commits pulls/list-files pulls/list-review-comments
    pulls/list-reviews pulls/merge pulls/request-reviewers pulls/update pulls/update-review-comment
    rate-limit/get
    reactions/create-for-issue-comment reactions/create-for-pull-request-review-comment
    reactions/delete-for-issue-comment reactions/delete-for-pull-request-comment
    reactions/list-for-issue-comment reactions/list-for-pull-request-review-comment
    repos/create-commit-status repos/get repos/get-branch repos/get-collaborator-permission-level
    repos/get-combined-status-for-ref repos/get-commit repos/get-content repos/list-branches
    users/get-authenticated users/get-by-username
    """.split()
)
"""Operations that stay."""

EVENTS = ("issue-comment-created", "pull-request-review-comment-created", "push")
"""Webhooks that stay."""

_PROSE = frozenset(("description", "example", "examples", "externalDocs", "headers", "summary", "tags", "title"))
_LISTS_OF_NAMES = frozenset(("properties", "schemas", "responses", "parameters", "patternProperties"))


def trimmed(whole: dict[str, Any]) -> dict[str, Any]:
    """The part of a description that the emulator needs, with everything that this part refers to."""
    paths: dict[str, Any] = {}
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            if isinstance(operation, dict) and operation.get("operationId") in KEPT:
                paths.setdefault(path, {})[method] = plain(operation)
    found = {o["operationId"] for methods in paths.values() for o in methods.values()}
    if missing := KEPT - found:
        raise SystemExit(f"The description has no {', '.join(sorted(missing))}.")
    events = {name: {"post": {"requestBody": plain(_request(whole, name))}} for name in EVENTS}
    small = {
        "openapi": whole["openapi"],
        "info": whole["info"],
        "paths": paths,
        "x-webhooks": events,
        "components": {"schemas": {}, "responses": {}, "parameters": {}},
    }
    todo = [*references(paths), *references(events), "#/components/schemas/basic-error"]
    while todo:
        _, _, kind, name = todo.pop().split("/")
        if name not in small["components"][kind]:
            part = plain(whole["components"][kind][name])
            small["components"][kind][name] = part
            todo.extend(references(part))
    return small


def plain(part: Any, names: bool = False) -> Any:
    """A part without prose and examples; ``names``: its keys are names that GitHub gave, not words of OpenAPI."""
    if isinstance(part, list):
        return [plain(x) for x in part]
    if not isinstance(part, dict):
        return part
    return {
        key: plain(value, names=not names and key in _LISTS_OF_NAMES)
        for key, value in part.items()
        if names or not (key in _PROSE or (key.startswith("x-") and key != "x-multi-segment"))
    }


def references(part: Any) -> list[str]:
    """Whatever a part refers to."""
    if isinstance(part, list):
        return [r for x in part for r in references(x)]
    if not isinstance(part, dict):
        return []
    own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
    return own + [r for value in part.values() for r in references(value)]


def _request(whole: dict[str, Any], event: str) -> dict[str, Any]:
    body = whole["x-webhooks"][event]["post"]["requestBody"]
    return {"content": {"application/json": body["content"]["application/json"]}}


if __name__ == "__main__":
    text = json.dumps(trimmed(json.loads(Path(sys.argv[1]).read_bytes())), separators=(",", ":"), sort_keys=True)
    # Without a time, so that the same description makes the same file.
    Path(__file__).with_name("openapi.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
