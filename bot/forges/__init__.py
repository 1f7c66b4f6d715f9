"""The port of forges: where a translation's pull request lives and how it is continued."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Moved(Exception):
    """The branch moved between planning and publishing: plan again."""


@dataclass(frozen=True)
class PullRequest:
    """A pull request; ``location`` is where people read it.

    ``waiting`` tells that the bot made it a draft while an engine is at work; ``notes`` are what could not be done
    with it, in words.
    """

    number: int
    head: str
    location: str
    fingerprint: str
    waiting: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """What people read of a pull request; ``body`` makes its text for its address (empty while that is not known)."""

    title: str
    body: Callable[[str], str]


@dataclass(frozen=True)
class Current:
    """What a sync starts from.

    ``commit`` is the translation now: the head of the open pull request (with what its base gained
    meanwhile), else that of the default branch, which stands on ``base``. The next commit gets ``parents``,
    and the branch must still stand on ``expected`` (None: not exist) when it is moved.
    """

    commit: str
    base: str
    parents: tuple[str, ...]
    expected: str | None
    pull_request: PullRequest | None


@dataclass(frozen=True)
class Lines:
    """The lines of a file that a comment stands on, from 1, as they are at a commit."""

    path: str
    first: int
    last: int
    commit: str


@dataclass(frozen=True)
class Comment:
    """A comment on a pull request, or (``on_line``) on lines of its changes; ``lines`` is None where they are gone.

    ``by_person`` is False for bots; ``ours`` tells that the bot itself wrote it, and ``answers`` to which comment.
    ``location`` is where people read it.
    """

    id: int
    author: str
    by_person: bool
    body: str
    created: datetime
    on_line: bool = False
    lines: Lines | None = None
    ours: bool = False
    answers: str = ""
    location: str = ""


@dataclass(frozen=True)
class Past:
    """What remembers earlier pull requests: ``heads`` are commits from which they may be found, beside the branches.

    ``published`` are the last syncs of pull requests, as far as the forge knows them.
    """

    heads: tuple[str, ...]
    published: frozenset[str] = frozenset()


class Comments(Protocol):
    """The comments of one pull request."""

    def all(self) -> tuple[Comment, ...]:
        """All of them, oldest first."""
        ...

    def may_write(self, author: str) -> bool:
        """Whether somebody may push to the repository."""
        ...

    def react(self, comment: Comment, *, add: str, remove: str = "") -> None:
        """Shows that a comment was seen, or how it ended; nothing fails where that is refused."""
        ...

    def answer(self, comment: Comment, text: str, key: str) -> None:
        """Writes an answer; the one with the same ``key`` is written anew, never twice."""
        ...


class Forge(Protocol):
    """One rolling pull request of one translation."""

    def current(self) -> Current:
        """The state to plan against. Raises AmtsError when the base conflicts with the open pull request."""
        ...

    def base(self) -> str:
        """The commit that people merged last. Raises AmtsError where there is none."""
        ...

    def closed(self, fingerprint: str) -> PullRequest | None:
        """The last pull request, if people closed it unmerged and this plan is the one that they refused."""
        ...

    def publish(
        self,
        current: Current,
        changes: Mapping[str, bytes | None],
        page: Page,
        *,
        message: str,
        fingerprint: str,
    ) -> PullRequest:
        """Commits ``changes`` on the branch and opens or continues the pull request. Raises Moved."""
        ...

    def extend(self, current: Current, changes: Mapping[str, bytes | None], message: str) -> PullRequest:
        """Commits ``changes`` on the open pull request, whose text stays. Raises Moved."""
        ...

    def past(self) -> Past:
        """Where earlier pull requests can be found."""
        ...

    def announce(self, request: PullRequest, *, waiting: bool) -> None:
        """Shows people whether an engine is at work for an open pull request, where the forge can show it."""
        ...
