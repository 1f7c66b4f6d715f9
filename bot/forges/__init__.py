"""The port of forges: where a translation's pull request lives and how it is continued."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

LIMIT = 65_536
"""Maximum characters of a text on GitHub, which answers 422 beyond it (that these are code points is a guess)."""

PAGE = 60_000
"""Maximum code points of the bot's part of a text: people and other bots write in it too."""


class Moved(Exception):
    """The branch moved between planning and publishing: plan again."""


@dataclass(frozen=True)
class PullRequest:
    """A pull request; ``location`` is where people read it.

    ``waiting`` is true while the bot keeps it a draft until an engine has finished, ``incomplete`` until it has all
    that a new one gets; ``notes`` describe what could not be done with it. ``shown`` is the commit that its page
    describes; empty if that is not known.
    """

    number: int
    head: str
    location: str
    fingerprint: str
    waiting: bool = False
    incomplete: bool = False
    notes: tuple[str, ...] = ()
    shown: str = ""


@dataclass(frozen=True)
class Page:
    """The bot's part of the text of a pull request.

    ``body`` makes it from the address (empty if it has none), the maximum number of code points, and the page before it
    (empty if there is none); nothing comes of it if it has no room, or needs what that page lacks. ``shown`` puts what
    a forge adds into the language of the page. ``review`` makes its review page, an HTML file in pieces; None if there
    is nothing in it to review.
    """

    title: str
    body: Callable[[str, int, str], str]
    shown: Callable[[str], str] = str
    review: Callable[[], Iterable[str]] | None = None


@dataclass(frozen=True)
class Current:
    """What a sync starts from.

    ``commit`` is the current translation: the head of the open pull request (merged with new commits of its
    base), else the head of the default branch, which is at ``base``. The next commit gets ``parents``,
    and the branch must still be at ``expected`` (None: must not exist) when it is moved. ``ticked`` are the names of
    the boxes that people ticked in the open pull request, or in the one that they merged last if none is open.
    """

    commit: str
    base: str
    parents: tuple[str, ...]
    expected: str | None
    pull_request: PullRequest | None
    ticked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Lines:
    """The lines of a file that a comment refers to, counted from 1, at a commit."""

    path: str
    first: int
    last: int
    commit: str


@dataclass(frozen=True)
class Comment:
    """A comment on a pull request, or (``on_line``) on lines of its changes; ``lines`` is None if they no longer exist.

    ``by_person`` is False for bots; ``ours`` is true if our bot wrote it; ``answers`` is the comment it answers.
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
    """The record of earlier pull requests: besides the branches, ``heads`` are commits from which they can be found.

    ``published`` are the last syncs of pull requests, as far as the forge knows them.
    """

    heads: tuple[str, ...]
    published: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Check:
    """What a forge shows beside a commit: ``name`` is how rules refer to it, ``words`` are at most 140 characters."""

    name: str
    state: Literal["success", "pending", "failure"]
    words: str


@dataclass(frozen=True)
class Remark:
    """A comment of the bot on lines ``first`` to ``last`` of a file (from 1) at the head of a pull request.

    ``key`` is what it is about: there is one comment for it, however many runs make it. ``body`` writes its text.
    """

    key: str
    path: str
    first: int
    last: int
    body: Callable[[], str]


class Comments(Protocol):
    """The comments of one pull request."""

    def all(self) -> tuple[Comment, ...]:
        """All of them, oldest first."""
        ...

    def may_write(self, author: str) -> bool:
        """Whether somebody may push to the repository."""
        ...

    def react(self, comment: Comment, *, add: str, remove: str = "") -> None:
        """Shows that a comment was seen, or what came of it; a refusal is ignored."""
        ...

    def answer(self, comment: Comment, text: str, key: str) -> str:
        """Writes an answer; an earlier one with the same ``key`` is replaced, so it never appears twice.

        Returns why none could be written where people have locked the conversation, else nothing.
        """
        ...


@dataclass(frozen=True)
class Kept:
    """What became of an issue: it was opened, updated, the same already, or people had closed it."""

    state: Literal["opened", "updated", "unchanged", "closed"]
    location: str


class Issues(Protocol):
    """Issues of a repository that the bot keeps up to date."""

    def keep(self, key: str, title: str, text: str) -> Kept:
        """Opens the issue ``key``, or updates it if its text differs; one that people closed is left alone."""
        ...


class Forge(Protocol):
    """One rolling pull request of one translation; ``own`` is its branch."""

    @property
    def own(self) -> str: ...

    def adopting(self) -> Forge:
        """The pull request that records baselines, on a branch of its own."""
        ...

    def current(self) -> Current:
        """The state to plan against. Raises AmtsError when the base conflicts with the open pull request."""
        ...

    def base(self) -> str:
        """The commit that people merged last. Raises AmtsError if there is none."""
        ...

    def closed(self, fingerprint: str) -> PullRequest | None:
        """The last pull request, if people closed it unmerged and this is the plan they refused."""
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
        """Commits ``changes`` on the open pull request and keeps its text. Raises Moved."""
        ...

    def rewrite(self, request: PullRequest, page: Page, settled: Collection[str] = ()) -> None:
        """Brings the page of an open pull request up to date with its head, and leaves its title.

        Boxes with these names, which this run has ``settled``, are not ticked on it.
        """
        ...

    def past(self) -> Past:
        """Where earlier pull requests can be found."""
        ...

    def settle(self, request: PullRequest) -> tuple[str, ...]:
        """Finishes what a run that died left to do for an open pull request; returns what could not be done."""
        ...

    def report(self, request: PullRequest, names: Sequence[str], checks: Callable[[], Sequence[Check]]) -> str:
        """Shows ``checks`` beside the head of an open pull request, unless all these ``names`` are there already.

        Returns why that was not possible, else nothing.
        """
        ...

    def remark(self, request: PullRequest, remarks: Callable[[], Sequence[Remark]], intro: Callable[[int], str]) -> str:
        """Makes ``remarks`` on lines of an open pull request that its diff shows, as far as they are new, in one go.

        The first ones, if there are too many; ``intro`` says what they are, by their number. Returns why that was not
        possible, else nothing.
        """
        ...

    def announce(self, request: PullRequest, *, waiting: bool) -> None:
        """Shows whether an engine is still working for an open pull request, if the forge can show it."""
        ...
