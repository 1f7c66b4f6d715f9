"""Reads the history of a repository: commits, who wrote them, and what they change."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from git.exc import GitCommandError

from bot.contracts import BOT_EMAIL, COMMENT_TRAILER, DOCUMENTS, NOTEBOOK
from bot.errors import AmtsError
from bot.repositories.repository import Repository

_DOCUMENTS = tuple(f"*{ending}" for ending in (*DOCUMENTS, NOTEBOOK))
_BLAMED = re.compile(rb"([0-9a-f]{40}) \d+ \d+")


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


def missing_in(repository: Repository, since: str, until: str) -> frozenset[str]:
    """The commits in the history of ``until`` that are not in that of ``since``."""
    return frozenset(repository.output("rev-list", until, f"^{since}").split())


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
    """The time (seconds since 1970) at which each path was last added on the own line (first parents) of ``commit``.

    What a merge brought was added by the merge, however old its commits are.
    """
    way = ("--first-parent", "-m", "--diff-filter=A", "--no-renames")
    output = repository.output("log", "-z", *way, "--name-only", "--format=%x01%ct", commit)
    found: dict[str, int] = {}
    for row in filter(None, output.split("\x01")):
        time, _, paths = row.partition("\0")
        for path in filter(None, (p.strip("\n") for p in paths.split("\0"))):
            found.setdefault(path, int(time))
    return found


def last_touched(repository: Repository, commit: str, counts: Callable[[str], bool], before: tuple[str, ...]) -> int:
    """The time (seconds since 1970) of the newest commit that changed a path that ``counts``; 0 if there is none.

    Only commits older than the first one of the bot, or whose message has a line that starts with one of ``before``.
    """
    form = "--format=%x01%ct%x00%ae%x00%B%x00"
    output = repository.output("log", "-z", "--no-renames", "--name-only", form, commit)
    rows = [row.split("\0") for row in filter(None, output.split("\x01"))]
    ours = [
        n
        for n, (_, author, message, *_) in enumerate(rows)
        if author == BOT_EMAIL or any(line.strip().startswith(before) for line in message.splitlines())
    ]
    for time, _, _, *paths in rows[ours[-1] + 1 :] if ours else rows:
        if any(counts(path) for path in (p.strip("\n") for p in paths) if path):
            return int(time)
    return 0


def _is_date(words: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", words) and date.fromisoformat(words))
    except ValueError:
        return False


def changed_since(repository: Repository, since: str, commit: str) -> frozenset[str]:
    """The paths that differ between a commit, or the last one before a date, and ``commit``.

    Raises AmtsError if ``since`` is neither.
    """
    start = repository.resolve(since)
    if start is None and _is_date(since):
        start = repository.output("rev-list", "-1", f"--before={since}T00:00:00Z", commit) or None
        if start is None:
            return frozenset(repository.files(commit))
    if start is None:
        raise AmtsError(
            f"{since} is not a commit of English",
            why="it is not a date either",
            fix="use a commit, a tag or YYYY-MM-DD",
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


def bot_trailer(repository: Repository, commit: str, key: str) -> str:
    """The value of a trailer of one commit; empty if it has none, or the bot did not make the commit."""
    author, _, value = repository.output(
        "log", "-1", f"--format=%ae%x00%(trailers:key={key},valueonly,unfold)", commit
    ).partition("\0")
    return value.strip() if author == BOT_EMAIL else ""


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


@dataclass(frozen=True)
class Touched:
    """A commit without merges that changed ``paths``; ``time`` is in seconds since 1970."""

    id: str
    time: int
    message: str
    paths: tuple[str, ...]


def touching(repository: Repository, head: str) -> tuple[Touched, ...]:
    """All commits in ``head`` with what they changed, newest first."""
    form = "%x01%H%x1f%ct%x1f%B%x1f"
    output = repository.output("log", "-z", "--no-merges", "--no-renames", "--name-only", f"--format={form}", head)
    found = []
    for row in output.split("\x01")[1:]:
        name, time, message, rest = row.split("\x1f", 3)
        paths = tuple(path for path in (p.strip("\n") for p in rest.split("\0")) if path)
        found.append(Touched(name, int(time), message, paths))
    return tuple(found)


def naming(repository: Repository, head: str, words: str) -> str | None:
    """The newest commit in ``head`` whose message has ``words``; None if there is none."""
    return repository.output("log", "-1", "--fixed-strings", f"--grep={words}", "--format=%H", head) or None


def shared(repository: Repository, head: str, other: Repository, other_head: str) -> str | None:
    """The newest commit in ``head`` that is also in ``other_head``; None if the two have no history in common."""
    known = set(other.output("rev-list", other_head).split())
    return next((name for name in repository.output("rev-list", head).split() if name in known), None)


def heads(repository: Repository, *prefixes: str) -> tuple[str, ...]:
    """The commits that the refs below ``prefixes`` (such as refs/pull) point to."""
    output = repository.output("for-each-ref", "--format=%(objectname) %(objecttype)", *prefixes)
    return tuple(found.split()[0] for found in output.splitlines() if found.endswith(" commit"))


@dataclass(frozen=True)
class Revision:
    """A change of one file: the ``commit``, its author's mail address, its commit time in seconds since 1970.

    ``age`` counts the later commits in the log. ``blob`` is the content after the change (empty: deleted), ``before``
    that before it (empty: added), ``was`` the path before it, if git saw the file move.
    """

    commit: str
    author: str
    time: int
    age: int
    blob: str
    was: str = ""
    before: str = ""


def revisions(
    repository: Repository, *heads: str, first_parent: bool = False, author: str = "", exchanged: bool = False
) -> dict[str, tuple[Revision, ...]]:
    """Every path in the history of ``heads``, with its changes, newest first.

    With ``first_parent`` a merge is one change: that is how the file changed on the branch itself. Without it merges
    are left out, and only documents have a history: git looks for those that moved; if ``exchanged`` also for those
    that came to the path of another, for which it reads all versions. ``author`` is part of a mail address.
    """
    way = ("--first-parent", "-m", "--no-renames") if first_parent else ("-M", "--full-history")
    who = ("--fixed-strings", f"--author={author}") if author else ()
    form = "--format=%x01%H%x1f%ae%x1f%ct"
    words = ("log", "-z", "--raw", "--no-abbrev", form, *way, *(("-B",) if exchanged else ()), *who, *heads)
    # Looking for moves reads files, and pictures and data are large, or absent in some clones.
    output = repository.output(*words, patterns=() if first_parent else _DOCUMENTS)
    found: dict[str, list[Revision]] = {}
    rows = iter(output.split("\0"))
    commit, mail, time, age = "", "", 0, -1
    for word in rows:
        word = word.lstrip("\n")
        if word.startswith("\x01"):
            commit, mail, seconds = word[1:].split("\x1f")
            time, age = int(seconds), age + 1
        elif word.startswith(":"):
            *_, before, blob, status = word.split(" ")
            was = next(rows) if status[0] in "RC" else ""
            old, new = ("" if status == "A" else before), ("" if status == "D" else blob)
            found.setdefault(next(rows), []).append(Revision(commit, mail, time, age, new, was, old))
    return {path: tuple(changes) for path, changes in found.items()}


def is_shallow(repository: Repository) -> bool:
    """Whether the repository lacks older commits."""
    return repository.output("rev-parse", "--is-shallow-repository") == "true"


def written(repository: Repository, commit: str, path: str) -> tuple[tuple[str, int], ...]:
    """For each line of a file at ``commit``: the commit that wrote it last, and its time in seconds since 1970.

    In a shallow clone, lines older than the clone are attributed to its first commit. The result is empty for a file of
    which git cannot read an earlier version.
    """
    lines: list[bytes] = []
    commits: dict[bytes, tuple[str, int]] = {}
    try:
        output = repository.raw_output("blame", "--porcelain", "--no-textconv", commit, "--", path)
    except GitCommandError:
        return ()
    for line in output.split(b"\n"):
        if found := _BLAMED.match(line):
            lines.append(found[1])
        elif line.startswith(b"committer-time "):
            commits[lines[-1]] = lines[-1].decode(), int(line.split()[1])
    return tuple(commits[name] for name in lines)  # one value for all lines of a commit: a book has many lines
