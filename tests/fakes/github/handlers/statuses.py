"""Statuses of commits."""

from __future__ import annotations

from typing import Any

from ..asked import Answer, Asked, handles
from ..errors import Refusal
from ..forms import node
from ..state import Status

_DESCRIPTION = 140
"""Maximum characters of a description."""


def _shown(asked: Asked, sha: str, status: Status) -> dict[str, Any]:
    return {
        "id": status.id,
        "node_id": node("SC", status.id),
        "url": f"{asked.forms.url(asked.repository)}/statuses/{sha}",
        "avatar_url": None,
        "state": status.state,
        "description": status.description,
        "target_url": status.target_url,
        "context": status.context,
        "created_at": status.when,
        "updated_at": status.when,
    }


@handles("repos/create-commit-status")
def _create(asked: Asked) -> Answer:
    told, sha = asked.body, asked.params["sha"]
    if asked.repository.git.sha(sha) != sha:
        raise Refusal(422, f"No commit found for SHA: {sha}")
    if len(told.get("description") or "") > _DESCRIPTION:
        # Guess: GitHub's words and their place are not described for this operation.
        raise Refusal(422, f"Validation Failed: description is too long (maximum is {_DESCRIPTION} characters)")
    made = Status(
        asked.state.id(),
        asked.user,
        told.get("context", "default"),
        told["state"],
        told.get("description"),
        told.get("target_url"),
        asked.state.clock.tick(),
    )
    asked.repository.statuses.setdefault(sha, []).append(made)
    return Answer(201, _shown(asked, sha, made) | {"creator": asked.forms.user(asked.user)})


@handles("repos/get-combined-status-for-ref")
def _combined(asked: Asked) -> Answer:
    """The newest status of each context."""
    sha, url = asked.repository.git.sha(asked.params["ref"]), asked.forms.url(asked.repository)
    if not sha:
        raise Refusal(422, f"No commit found for SHA: {asked.params['ref']}")
    newest = {status.context: status for status in asked.repository.statuses.get(sha, [])}
    states = {status.state for status in newest.values()}
    answer = asked.page(list(newest.values()), lambda status: _shown(asked, sha, status))
    told = {
        "state": "failure" if states & {"failure", "error"} else "success" if states == {"success"} else "pending",
        "sha": sha,
        "total_count": len(newest),
        "statuses": answer.body,
        "repository": asked.forms.repository(asked.repository),
        "commit_url": f"{url}/commits/{sha}",
        "url": f"{url}/commits/{sha}/status",
    }
    return Answer(200, told, answer.headers)
