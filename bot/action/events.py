"""What a GitHub event requests: to sync, to serve comments, or nothing. Payloads are read, never trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.errors import AmtsError
from bot.sync.comment_command import read

Mode = Literal["auto", "sync", "retranslate"]


@dataclass(frozen=True)
class SyncRequest:
    """Sync; settings and inputs select the languages. The event gives no details: the repositories define the plan."""


@dataclass(frozen=True)
class CommentRequest:
    """Serve the commands in the comments of pull request ``number`` of ``repository`` (owner/name)."""

    repository: str
    number: int


@dataclass(frozen=True)
class Nothing:
    """The event is ignored, with the reason."""

    why: str


Request = SyncRequest | CommentRequest | Nothing
_COMMENTS = ("issue_comment", "pull_request_review_comment")


def request(name: str, payload: Mapping[str, Any], mode: Mode = "auto") -> Request:
    """What the event ``name`` (GITHUB_EVENT_NAME) requests. Raises AmtsError if ``mode`` does not fit it."""
    if mode == "sync" or (mode == "auto" and name not in _COMMENTS):
        return SyncRequest()
    if name not in _COMMENTS:
        raise AmtsError(
            f"mode retranslate cannot do anything with the event {name}",
            why="it answers comments on pull requests",
            fix=f"start it on {' and '.join(_COMMENTS)}, or use mode sync",
        )
    return _comment(name, payload)


def _comment(name: str, payload: Mapping[str, Any]) -> Request:
    try:
        comment = payload["comment"]
        place = payload["issue" if name == "issue_comment" else "pull_request"]
        number, repository = int(place["number"]), str(payload["repository"]["full_name"])
        writer, body, action = comment["user"] or {}, str(comment["body"] or ""), payload["action"]
    except (KeyError, TypeError, ValueError) as error:
        raise AmtsError(
            f"the event {name} cannot be read",
            why=f"its payload lacks something ({type(error).__name__}: {error})",
            fix="start the action by GitHub itself; GITHUB_EVENT_PATH names the payload",
        ) from error
    if action != "created":
        return Nothing(f"the comment was {action}; only new ones are commands")
    if name == "issue_comment" and not place.get("pull_request"):
        return Nothing("the comment is on an issue, not on a pull request")
    if writer.get("type") != "User":
        return Nothing("a bot wrote the comment")
    if read(body) is None:
        return Nothing("the comment is no command")
    return CommentRequest(repository, number)
