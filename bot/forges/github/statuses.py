"""Commit statuses on GitHub: what the bot says of the head of a pull request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import requests
from github import GithubException
from github.Commit import Commit

from bot.forges import Check, PullRequest
from bot.forges.github.errors import why_of

if TYPE_CHECKING:
    from github.Repository import Repository as Hub


def report(hub: Hub, request: PullRequest, names: Sequence[str], checks: Callable[[], Sequence[Check]]) -> str:
    """Gives the head of ``request`` the statuses ``checks``, unless it has all ``names``; returns why it could not."""
    # Asking GitHub for a commit would bring all of its changes.
    known = {"sha": request.head, "url": f"{hub.url}/commits/{request.head}"}
    commit = Commit(hub.requester, {}, known, completed=True)
    try:
        there = {status.context for status in commit.get_combined_status().statuses}
        for check in checks() if set(names) - there else ():
            commit.create_status(check.state, request.location, check.words, check.name)
    except GithubException as error:
        return f"no status on its pull request: {why_of(error)}; the token needs Statuses: write"
    except requests.RequestException as error:
        return f"no status on its pull request: {type(error).__name__}"
    return ""
