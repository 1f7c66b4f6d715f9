"""Issues on GitHub that the bot keeps up to date: found by their hidden marker, never repeated, never reopened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import requests
from github import GithubException

from bot.errors import AmtsError
from bot.forges import LIMIT, Kept, marker
from bot.forges.github.errors import fix_of, why_of
from bot.forges.github.retry import once

if TYPE_CHECKING:
    from github.Issue import Issue
    from github.Repository import Repository as Hub

_REFUSED = (403, 404, 410)
"""GitHub says so if a token may not write issues, or if a repository has none."""


@dataclass(frozen=True)
class HostedIssues:
    """The issues of a repository; ``login`` is our account (empty for an App or a workflow)."""

    hub: Hub
    login: str

    def keep(self, key: str, title: str, text: str) -> Kept:
        """Opens the issue ``key``, or updates it if its text differs; one that people closed is left alone.

        Raises AmtsError if GitHub refuses.
        """
        values = {"issue": key}
        with self._explained():
            found = self._find(key)
            if found is None:
                body = marker.replaced("", text, values)
                opened = once(lambda: self._find(key), lambda: self.hub.create_issue(title, body))
                return Kept("opened", opened.html_url)
            if found.state != "open":
                return Kept("closed", found.html_url)
            body = marker.replaced(found.body or "", text, values)
            if _lines(found.body or "") == _lines(body):
                return Kept("unchanged", found.html_url)
            if len(body) > LIMIT:
                raise AmtsError(
                    f"{found.html_url} cannot be updated",
                    why="what others wrote in it leaves no room for the status",
                    fix="shorten that, or close the issue",
                )
            found.edit(body=body)
            return Kept("updated", found.html_url)

    def _find(self, key: str) -> Issue | None:
        """Our newest issue with this key; an open one first. Anybody could write a marker, so the author counts."""
        # GitHub does not tell an App or a workflow its own name: then all issues are looked at.
        author: Any = {"creator": self.login} if self.login else {}
        every = self.hub.get_issues(state="all", **author)
        ours = [
            issue
            for issue in every
            if marker.parse(issue.body or "").get("issue") == key
            and issue.pull_request is None
            and (issue.user.type == "Bot" or issue.user.login == (self.login or None))
        ]
        return max(ours, key=lambda issue: (issue.state == "open", issue.number), default=None)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        what = "its issue cannot be written"
        try:
            yield
        except GithubException as error:
            fix = (
                "let the token write issues there, and switch issues on" if error.status in _REFUSED else fix_of(error)
            )
            raise AmtsError(f"{self.hub.full_name}: {what}", why=why_of(error), fix=fix) from None
        except requests.RequestException as error:
            fix = "check the network, and run it again"
            raise AmtsError(f"{self.hub.full_name}: {what}", why=type(error).__name__, fix=fix) from None


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()
