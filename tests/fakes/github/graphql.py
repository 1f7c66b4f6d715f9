"""GraphQL: only the two mutations that REST has no words for, and their shape only loosely checked."""

from __future__ import annotations

import json
import re
from typing import Any

from .access import Token, forbidden
from .asked import Answer
from .core import Call, Core, Reply, break_off
from .errors import ConnectionLost, Refusal
from .forms import node
from .rest import finished, refused
from .state import Pull, Repository

DRAFTS = {"convertPullRequestToDraft": True, "markPullRequestReadyForReview": False}
"""The mutations, and whether the pull request is a draft after each."""


class _Failed(Exception):
    """An error of GraphQL, whose status is 200."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def reply(core: Core, call: Call) -> Reply:
    """The answer to a request. Raises ConnectionLost."""
    text = call.body.decode("utf-8", "replace")
    name = next((name for name in DRAFTS if re.search(rf"\b{name}\b", text)), "")
    operation, login, answer = f"graphql/{name}" if name else "", "", Answer(0)
    try:
        token = core.access.identify(call.authorization)
        if token is None:
            raise Refusal(401, "This endpoint requires you to be authenticated.")
        login = token.user.login
        if not name or call.method != "POST":
            core.problems.append(f"{call.method} {call.target} is no mutation of this server: {text[:200]}")
            raise Refusal(404, "Not Found")
        fault = core.faults.take(operation, text)
        break_off(fault, after=False)
        done = Answer(200, _carried_out(core, token, name, text))
        break_off(fault, after=True)
        answer = done
    except Refusal as refusal:
        answer = refused(refusal)
    except ConnectionLost:
        raise
    finally:
        core.record(call, operation, login, text, answer.status)
    return finished(core, answer)


def _carried_out(core: Core, token: Token, name: str, text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)["variables"]["input"]
        wanted = told["pullRequestId"]
    except (ValueError, KeyError, TypeError):
        return {"errors": [{"message": f"Variable $input of {name} was provided invalid value"}]}
    with core.lock:
        try:
            pull = _changed(core, token, name, wanted)
        except _Failed as failed:
            error = {"type": failed.kind, "path": [name], "locations": [], "message": str(failed)}
            return {"data": {name: None}, "errors": [error]}
        shown = {"id": wanted, "number": pull.number, "isDraft": pull.draft, "title": pull.title}
    return {"data": {name: {"clientMutationId": told.get("clientMutationId"), "pullRequest": shown}}}


def _changed(core: Core, token: Token, name: str, wanted: str) -> Pull:
    """The pull request, changed. Raises _Failed."""
    for repository in core.state.repositories.values():
        for pull in repository.pulls:
            if node("PR", pull.id) == wanted and token.may(repository, "read"):
                _allowed(token, repository, pull)
                # Guess: to say what is so already changes nothing, and is no error.
                if pull.draft != DRAFTS[name]:
                    pull.draft, pull.updated_at = DRAFTS[name], core.state.clock.tick()
                return pull
    raise _Failed("NOT_FOUND", f"Could not resolve to a node with the global id of '{wanted}'")


def _allowed(token: Token, repository: Repository, pull: Pull) -> None:
    trusted = token.may(repository, "write") or pull.user is token.user
    if not trusted or token.scope(repository, "pull_requests") != "write":
        raise _Failed("FORBIDDEN", str(forbidden(token).body["message"]))
