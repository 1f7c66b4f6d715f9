"""All versions of all documents in the history of a repository, by path, with the commits that had them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.repositories.repository import Repository


@dataclass(frozen=True)
class Version:
    """One version of one path: its blob, and the ``oldest`` and ``newest`` commit known to have it.

    ``time`` is when the oldest was made, in seconds since 1970. ``ended`` is the commit that changed or removed the
    version; empty if it is still there.
    """

    path: str
    blob: str
    oldest: str
    newest: str
    time: int
    ended: str = ""


Versions = dict[str, tuple[Version, ...]]
"""The versions of each path, the oldest first; a text that came back is one version."""


def of_history(repository: Repository, head: str, covers: Callable[[str], bool]) -> Versions:
    """The versions along the own line (first parents) of ``head``: each was the state of that branch at some time."""
    found: dict[str, dict[str, Version]] = {}
    ended: dict[str, tuple[str, str]] = {}  # by path: the commit that ended the version now met, and its parent
    age: dict[str, int] = {}  # commits of the same second have an order too
    for commit, time, parent, changes in _commits(repository, head):
        age[commit] = len(age)
        for path, blob in changes:
            if not covers(path):
                continue
            if blob:
                end, newest = ended.get(path, ("", head))
                mine = found.setdefault(path, {})
                # From new to old: the first meeting has the newest commit, the last one the oldest.
                met = mine.get(blob) or Version(path, blob, commit, newest, time, end)
                mine[blob] = replace(met, oldest=commit, time=time)
            ended[path] = (commit, parent)
    return {path: tuple(sorted(mine.values(), key=lambda v: -age[v.oldest])) for path, mine in found.items()}


def of_tree(repository: Repository, commit: str, covers: Callable[[str], bool]) -> Iterator[Version]:
    """The versions that one commit has, such as that of a tag."""
    time = int(repository.output("show", "--no-patch", "--format=%ct", commit))
    for path, blob in repository.files(commit).items():
        if covers(path):
            yield Version(path, blob, commit, commit, time)


def joined(one: Versions, more: Iterator[Version]) -> Versions:
    """Versions with further ones; a blob that a path has already is left as it is."""
    found = {path: {v.blob: v for v in mine} for path, mine in one.items()}
    for version in more:
        found.setdefault(version.path, {}).setdefault(version.blob, version)
    return {path: tuple(sorted(mine.values(), key=lambda v: v.time)) for path, mine in found.items()}


def _commits(repository: Repository, head: str) -> Iterator[tuple[str, int, str, list[tuple[str, str]]]]:
    """Commit, time, first parent and changes (path, blob afterwards; empty for none), newest commit first."""
    words = ("--first-parent", "-m", "--raw", "--no-abbrev", "--no-renames", "-z", "--format=%x01%H%x1f%ct%x1f%P")
    for row in repository.output("log", *words, head).split("\x01")[1:]:
        top, *cells = row.split("\0")
        name, time, parents = top.split("\x1f")
        cells = [cell.lstrip("\n") for cell in cells if cell.strip("\n")]
        changes = []
        for meta, path in zip(cells[::2], cells[1::2], strict=False):
            _, mode, _, blob, _ = meta.removeprefix(":").split(" ")
            changes.append((path, blob if mode.startswith("100") else ""))
        yield name, int(time), parents.split(" ")[0], changes
