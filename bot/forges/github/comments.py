"""Comments on a pull request on GitHub: read, answered once, and reacted to."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import requests
from github import GithubException
from github.GithubException import UnknownObjectException

from bot.errors import AmtsError
from bot.forges import Comment, Lines, marker
from bot.forges.github.errors import explained, fix_of, why_of
from bot.forges.github.retry import once

if TYPE_CHECKING:
    from github.IssueComment import IssueComment
    from github.PullRequest import PullRequest
    from github.PullRequestComment import PullRequestComment
    from github.Repository import Repository as Hub

    Remark = IssueComment | PullRequestComment

_MAY_WRITE = ("admin", "maintain", "write")


@dataclass(frozen=True)
class HostedComments:
    """The comments of pull request ``number``; ``login`` is our account (empty for an App or a workflow)."""

    hub: Hub
    number: int
    login: str

    def all(self) -> tuple[Comment, ...]:
        """Comments in the conversation and on lines, oldest first."""
        with explained(self.hub.full_name, "its comments cannot be read"):
            talk = [self._comment(c, on_line=False) for c in self._pull.get_issue_comments()]
            lines = [self._comment(c, on_line=True) for c in self._pull.get_review_comments()]
        return tuple(sorted([*talk, *lines], key=lambda c: (c.created, c.id)))

    def may_write(self, author: str) -> bool:
        """Checks the API's permission, since its author association cannot be trusted. False for unknown accounts."""
        try:
            return self.hub.get_collaborator_permission(author) in _MAY_WRITE
        except UnknownObjectException:
            return False
        except GithubException as error:
            why = f"GitHub does not say what {author} may do: {why_of(error)}"
            raise AmtsError("cannot check who may use commands", why=why, fix=fix_of(error)) from None

    def react(self, comment: Comment, *, add: str, remove: str = "") -> None:
        """Adds a reaction, and removes our own reactions of other kinds."""
        # A reaction is not worth a failure, and failing to remove the old one is no reason to omit the new one.
        with suppress(GithubException, requests.RequestException):
            remark = self._remark(comment)
            with suppress(GithubException, requests.RequestException):
                for reaction in remark.get_reactions() if remove else ():
                    if reaction.content == remove and self._is_ours(reaction.user):
                        remark.delete_reaction(reaction.id)
            remark.create_reaction(add)

    def answer(self, comment: Comment, text: str, key: str) -> str:
        """In the thread of a comment on a line, else in the conversation; GitHub refuses Apps in one that is locked."""
        with explained(self.hub.full_name, "a comment cannot be written"):
            try:
                self._write(comment, marker.render(text, {"answers": key}), key)
            except GithubException as error:
                if error.status == 403 and "locked" in why_of(error):
                    return f"the conversation is locked ({why_of(error)})"
                raise
        return ""

    def _write(self, comment: Comment, body: str, key: str) -> None:
        found = self._answered(comment, key)
        if found is not None:
            if found.body != body:
                found.edit(body)
            return
        once(
            lambda: self._answered(comment, key),
            lambda: (
                self._pull.create_review_comment_reply(self._thread(comment), body)
                if comment.on_line
                else self._pull.create_issue_comment(body)
            ),
        )

    def _answered(self, comment: Comment, key: str) -> Remark | None:
        remarks: Any = self._pull.get_review_comments() if comment.on_line else self._pull.get_issue_comments()
        return next((r for r in remarks if self._is_ours(r.user) and _answers(r.body) == key), None)

    def _thread(self, comment: Comment) -> int:
        """The first comment of the thread: GitHub accepts replies only to that one."""
        remark: Any = self._remark(comment)
        return int(remark.raw_data.get("in_reply_to_id") or comment.id)

    def _remark(self, comment: Comment) -> Remark:
        if comment.on_line:
            return self._pull.get_review_comment(comment.id)
        return self._pull.get_issue_comment(comment.id)

    def _comment(self, remark: Remark, *, on_line: bool) -> Comment:
        ours = self._is_ours(remark.user)
        return Comment(
            remark.id,
            getattr(remark.user, "login", ""),
            getattr(remark.user, "type", "") == "User",
            remark.body or "",
            remark.created_at,
            on_line,
            _lines(remark) if on_line else None,
            ours,
            _answers(remark.body) if ours else "",
            remark.html_url,
        )

    def _is_ours(self, user: Any) -> bool:
        """Whether a bot or our own account wrote it: people could forge an answer."""
        return user is not None and (user.type == "Bot" or user.login == (self.login or None))

    @cached_property
    def _pull(self) -> PullRequest:
        return self.hub.get_pull(self.number)


def _answers(body: str | None) -> str:
    """The comment that our comment answers."""
    return marker.parse(body or "").get("answers", "")


def _lines(remark: Any) -> Lines | None:
    """The lines of the new text that a comment refers to: the current ones, else those when it was written."""
    if remark.side == "LEFT":
        return None
    last = remark.line or remark.original_line
    commit = remark.commit_id if remark.line else remark.original_commit_id
    first = (remark.start_line if remark.line else remark.original_start_line) or last
    return Lines(remark.path, first, last, commit) if last and commit else None
