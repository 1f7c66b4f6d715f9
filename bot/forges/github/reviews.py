"""Comments of the bot on lines of a pull request on GitHub: one review a run, each comment made once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import requests
from github import GithubException

from bot.forges import PAGE, PullRequest, Remark, marker
from bot.forges.github.errors import why_of
from bot.forges.github.retry import once

if TYPE_CHECKING:
    from github.PullRequest import PullRequest as Hosted
    from github.PullRequestComment import PullRequestComment
    from github.Repository import Repository as Hub

MOST = 30
"""Most comments that a run makes, and that it updates (a guess: what people read in one go)."""

_KEY = "remark"


def remark(hub: Hub, request: PullRequest, remarks: Sequence[Remark], intro: Callable[[int], str]) -> str:
    """Writes the first ``remarks`` that are not there yet, and updates others; returns why it could not."""
    if not remarks:
        return ""
    try:
        opened = hub.get_pull(request.number)
        there = _ours(opened)
        new = [one for one in remarks if one.key not in there]
        old = [one for one in remarks if one.key in there]
        for one in old[:MOST]:
            if _is_at(there[one.key], one) and _same_line_ends(there[one.key].body) != (text := _text(one)):
                there[one.key].edit(text)
        made = {one.key: _comment(one) for one in new[:MOST]}
        wanted = {name: comment for name, comment in made.items() if len(comment["body"]) <= PAGE}
        if wanted:
            _review(hub, opened, request.head, wanted, intro(len(wanted)))
    except GithubException as error:
        return f"no comments on its lines: {why_of(error)}"
    except requests.RequestException as error:
        return f"no comments on its lines: {type(error).__name__}"
    return ""


def _review(hub: Hub, opened: Hosted, head: str, wanted: Mapping[str, Any], intro: str) -> None:
    from github.Commit import Commit

    # Asking GitHub for the commit would bring all of its changes.
    commit = Commit(hub.requester, {}, {"sha": head, "url": f"{hub.url}/commits/{head}"}, completed=True)

    def look() -> bool | None:
        return True if set(wanted) <= set(_ours(opened)) else None

    def write() -> bool:
        opened.create_review(commit, intro, "COMMENT", list(wanted.values()))
        return True

    once(look, write)


def _ours(opened: Hosted) -> dict[str, PullRequestComment]:
    """The bot's comments by key: those of the account that opened the pull request, or of a bot."""
    found: dict[str, PullRequestComment] = {}
    author = getattr(opened.user, "login", "")
    for comment in opened.get_review_comments():
        user: Any = comment.user
        if user is not None and (user.type == "Bot" or user.login == author):
            name = marker.parse(comment.body or "").get(_KEY, "")
            if name:
                found.setdefault(name, comment)
    return found


def _is_at(comment: PullRequestComment, one: Remark) -> bool:
    """Whether a comment is on the lines of ``one``, or on none: a suggestion for other lines would damage its own."""
    if comment.line is None:  # they changed, and nobody can apply a suggestion there
        return True
    return (comment.start_line or comment.line, comment.line) == (one.first, one.last)


def _comment(one: Remark) -> dict[str, Any]:
    lines: dict[str, Any] = {"path": one.path, "line": one.last, "side": "RIGHT", "body": _text(one)}
    return {**lines, "start_line": one.first, "start_side": "RIGHT"} if one.first < one.last else lines


def _text(one: Remark) -> str:
    return marker.render(one.body(), {_KEY: one.key})


def _same_line_ends(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n")
