"""Reads the history of a repository: commits, who wrote them, and what they change."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.contracts import COMMENT_TRAILER
from bot.errors import AmtsError
from bot.repositories.repository import Repository


@dataclass(frozen=True)
class Commit:
    """A commit with its ``parents``, its author's mail address, and the comment for which the bot made it."""

    id: str
    parents: tuple[str, ...]
    author: str
    comment: str


@dataclass(frozen=True)
class Logged:
    """A commit as the log shows it: the mail addresses of author and committer, ``month`` (2024-05) and message.

    ``time`` is the commit time in seconds since 1970.
    """

    id: str
    parents: tuple[str, ...]
    author: str
    committer: str
    time: int
    month: str
    message: str


def changing(repository: Repository, paths: Sequence[str], since: str, until: str) -> tuple[str, ...]:
    """The commits of ``until``'s own line (first parents) after ``since`` that change one of ``paths``."""
    return tuple(repository.output("rev-list", "--first-parent", f"{since}..{until}", "--", *paths).split())


def deletions(repository: Repository, commit: str) -> dict[str, str]:
    """Each path that was deleted in the history of ``commit``, with the last commit that deleted it."""
    output = repository.output("log", "-z", "--diff-filter=D", "--no-renames", "--name-only", "--format=%x01%H", commit)
    found: dict[str, str] = {}
    for row in filter(None, output.split("\x01")):
        name, _, paths = row.partition("\0")
        for path in filter(None, (p.strip("\n") for p in paths.split("\0"))):
            found.setdefault(path, name)
    return found


def additions(repository: Repository, commit: str) -> dict[str, int]:
    """The time (seconds since 1970) at which each path was last added in the history of ``commit``."""
    output = repository.output(
        "log", "-z", "--diff-filter=A", "--no-renames", "--name-only", "--format=%x01%ct", commit
    )
    found: dict[str, int] = {}
    for row in filter(None, output.split("\x01")):
        time, _, paths = row.partition("\0")
        for path in filter(None, (p.strip("\n") for p in paths.split("\0"))):
            found.setdefault(path, int(time))
    return found


def last_touched(repository: Repository, commit: str, counts: Callable[[str], bool], before: str) -> int:
    """The time (seconds since 1970) of the newest commit that changed a path that ``counts``; 0 if there is none.

    Only commits older than the first one whose message has a line that starts with ``before``.
    """
    form = "--format=%x01%ct%x00%B%x00"
    output = repository.output("log", "-z", "--no-renames", "--name-only", form, commit)
    rows = [row.split("\0") for row in filter(None, output.split("\x01"))]
    ours = [n for n, row in enumerate(rows) if any(line.startswith(before) for line in row[1].splitlines())]
    for time, _, *paths in rows[ours[-1] + 1 :] if ours else rows:
        if any(counts(path) for path in (p.strip("\n") for p in paths) if path):
            return int(time)
    return 0


def changed_since(repository: Repository, since: str, commit: str) -> frozenset[str]:
    """The paths that differ between a commit, or the last one before a date, and ``commit``.

    Raises AmtsError if ``since`` is neither.
    """
    start = repository.resolve(since)
    if start is None and re.fullmatch(r"\d{4}-\d\d-\d\d", since):
        start = repository.output("rev-list", "-1", f"--before={since}T00:00:00Z", commit) or None
        if start is None:
            return frozenset(repository.files(commit))
    if start is None:
        raise AmtsError(
            f"{since} is no commit of English", why="it is no date either", fix="use a commit, a tag or YYYY-MM-DD"
        )
    output = repository.output("diff", "--name-only", "--no-renames", "-z", start, commit)
    return frozenset(filter(None, output.split("\0")))


def authors(repository: Repository, head: str, base: str) -> tuple[str, ...]:
    """The mail addresses of the authors of commits in ``head`` but not in ``base``, without merges."""
    output = repository.output("log", "--no-merges", "--format=%ae", head, f"^{base}")
    return tuple(dict.fromkeys(output.split("\n"))) if output else ()


def commits(repository: Repository, head: str, base: str) -> tuple[Commit, ...]:
    """The commits in ``head`` but not in ``base``, oldest first."""
    form = f"%H%x00%P%x00%ae%x00%(trailers:key={COMMENT_TRAILER},valueonly,unfold,separator=%x2C)"
    output = repository.output("log", "--reverse", "--topo-order", f"--format={form}", head, f"^{base}")
    rows = (line.split("\0") for line in output.split("\n") if line)
    return tuple(Commit(name, tuple(parents.split()), mail, served) for name, parents, mail, served in rows)


def line(repository: Repository, head: str, without: str | None = None) -> tuple[Logged, ...]:
    """The commits from ``head`` back along first parents, newest first, without those in ``without``."""
    words = [head, *([f"^{without}"] if without else [])]
    form = "%H%x1f%P%x1f%ae%x1f%ce%x1f%ct%x1f%cs%x1f%B"
    output = repository.output("log", "--first-parent", "-z", f"--format={form}", *words)
    found = []
    for row in filter(None, output.split("\0")):
        name, parents, author, committer, time, day, message = row.split("\x1f", 6)
        found.append(Logged(name, tuple(parents.split()), author, committer, int(time), day[:7], message))
    return tuple(found)


def heads(repository: Repository, *prefixes: str) -> tuple[str, ...]:
    """The commits that the refs below ``prefixes`` (such as refs/pull) point to."""
    output = repository.output("for-each-ref", "--format=%(objectname) %(objecttype)", *prefixes)
    return tuple(found.split()[0] for found in output.splitlines() if found.endswith(" commit"))
