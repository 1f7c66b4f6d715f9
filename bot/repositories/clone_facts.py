"""Facts about a clone itself: where it came from, and how much of the history it has."""

from __future__ import annotations

from git.exc import GitCommandError

from bot.repositories.repository import Repository


def origin(repository: Repository) -> str:
    """The address of the remote ``origin``; empty if there is none."""
    try:
        return repository.output("config", "--get", "remote.origin.url").strip()
    except GitCommandError:
        return ""


def is_shallow(repository: Repository) -> bool:
    """Whether the clone lacks older commits."""
    return repository.output("rev-parse", "--is-shallow-repository").strip() == "true"


def depth(repository: Repository, commit: str) -> int:
    """How many commits the history of ``commit`` has in this clone."""
    return int(repository.output("rev-list", "--count", commit))
