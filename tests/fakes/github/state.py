"""What GitHub remembers: people, repositories, issues, pull requests, comments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .git import Bare

LEVELS = ("none", "read", "triage", "write", "maintain", "admin")
"""Permissions in a repository, each with all before it."""


class Clock:
    """A second passes at every look, so that no two things happen at once; the same in every run."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def tick(self) -> str:
        self.now += timedelta(seconds=1)
        return self.now.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class User:
    """``kind``: User, Bot or Organization."""

    login: str
    id: int
    kind: str = "User"
    association: str = "NONE"


@dataclass
class Label:
    id: int
    name: str
    color: str = "ededed"
    description: str | None = None


@dataclass
class Reaction:
    id: int
    user: User
    content: str
    created_at: str


@dataclass
class Comment:
    """A comment on an issue or in the conversation of a pull request."""

    id: int
    number: int
    user: User
    body: str
    created_at: str
    updated_at: str
    reactions: list[Reaction] = field(default_factory=list)


@dataclass
class ReviewComment(Comment):
    """A comment on a line of the diff; ``commit_id`` and ``line`` are those that it was written for."""

    path: str = ""
    line: int = 0
    start_line: int | None = None
    commit_id: str = ""
    diff_hunk: str = ""
    position: int = 0
    in_reply_to: int | None = None
    review_id: int = 0
    side: str = "RIGHT"
    """LEFT: on a line that is gone. Only tests set it, on a comment that is there."""


@dataclass
class Review:
    """What somebody says about a pull request as a whole, together with comments on its lines."""

    id: int
    number: int
    user: User
    body: str
    state: str
    commit_id: str
    submitted_at: str


@dataclass
class Issue:
    id: int
    number: int
    user: User
    title: str
    body: str | None
    created_at: str
    updated_at: str
    state: str = "open"
    closed_at: str | None = None
    closed_by: User | None = None
    locked: bool = False
    labels: list[Label] = field(default_factory=list)


@dataclass
class Pull(Issue):
    """A pull request; ``head_sha`` and ``base_sha`` are as of the last look, and stay when it is closed."""

    base: str = ""
    head: str = ""
    head_repository: Repository | None = None
    head_sha: str = ""
    base_sha: str = ""
    draft: bool = False
    merged_at: str | None = None
    merged_by: User | None = None
    merge_commit_sha: str | None = None
    reviewers: list[User] = field(default_factory=list)


@dataclass(frozen=True)
class Status:
    """A status that somebody gave a commit."""

    id: int
    user: User
    context: str
    state: str
    description: str | None
    target_url: str | None
    when: str


@dataclass(frozen=True)
class Push:
    """A ref that a push has changed."""

    ref: str
    before: str
    after: str
    user: User
    when: str


@dataclass(eq=False)
class Repository:
    """A repository with what belongs to it; ``git`` is the bare one that clients push to."""

    id: int
    owner: User
    name: str
    default_branch: str
    git: Bare
    private: bool
    created_at: str
    parent: Repository | None = None
    permissions: dict[str, str] = field(default_factory=dict)
    protected: set[str] = field(default_factory=set)
    issues: dict[int, Issue] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    comments: dict[int, Comment] = field(default_factory=dict)
    review_comments: dict[int, ReviewComment] = field(default_factory=dict)
    reviews: dict[int, Review] = field(default_factory=dict)
    pushes: list[Push] = field(default_factory=list)
    statuses: dict[str, list[Status]] = field(default_factory=dict)
    """Of a commit, oldest first."""

    @property
    def full_name(self) -> str:
        return f"{self.owner.login}/{self.name}"

    @property
    def path(self) -> Path:
        """The folder of the bare repository."""
        return self.git.path

    @property
    def pulls(self) -> list[Pull]:
        """The pull requests, oldest first."""
        return [issue for issue in self.issues.values() if isinstance(issue, Pull)]

    def permission(self, login: str) -> str:
        """What somebody may do: one of ``LEVELS``."""
        if login.lower() == self.owner.login.lower():
            return "admin"
        return self.permissions.get(login.lower(), "none" if self.private else "read")

    def collaborates(self, login: str) -> bool:
        """Whether somebody was let in, and does not just see a public repository."""
        return login.lower() == self.owner.login.lower() or self.permissions.get(login.lower(), "none") != "none"


class State:
    """Everything, by name."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.users: dict[str, User] = {}
        self.repositories: dict[str, Repository] = {}
        self.former: dict[str, Repository] = {}
        """Repositories by the names that they had."""
        self._last = 1000

    def id(self) -> int:
        """A number that nothing else has."""
        self._last += 1
        return self._last

    def user(self, login: str, kind: str = "User") -> User:
        """Somebody, who is made when not known yet."""
        return self.users.setdefault(login.lower(), User(login, self.id(), kind))

    def find(self, full_name: str) -> Repository | None:
        return self.repositories.get(full_name.lower())

    def moved(self, full_name: str) -> Repository | None:
        """The repository that had this name, if none has it now."""
        return None if self.find(full_name) else self.former.get(full_name.lower())
