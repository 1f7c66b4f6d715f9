"""The port of forges: where a translation's pull request lives and how it is continued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class Moved(Exception):
    """The branch moved between planning and publishing: plan again."""


@dataclass(frozen=True)
class PullRequest:
    """A pull request: ``status`` is open, merged or closed; ``location`` is where people read it."""

    number: int
    status: str
    head: str
    location: str
    fingerprint: str


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
        *,
        title: str,
        body: str,
        message: str,
        fingerprint: str,
    ) -> PullRequest:
        """Commits ``changes`` on the branch and opens or continues the pull request. Raises Moved."""
        ...
