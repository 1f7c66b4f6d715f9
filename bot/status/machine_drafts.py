"""The documents of a translation that nobody but the bot ever wrote, by git."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.contracts import BOT_EMAIL
from bot.repositories import history
from bot.repositories.history import Revision
from bot.repositories.repository import Repository


def untouched(repository: Repository, commit: str) -> frozenset[str]:
    """The paths at ``commit`` all of whose versions the bot wrote.

    A version that a squash brought counts too, while one of the repository's branches or tags still has the commit
    in which the bot wrote the same bytes.
    """
    by_bot = history.revisions(repository, "--all", commit, author=BOT_EMAIL)
    written = {(p, r.blob) for p, revisions in by_bot.items() for r in revisions if r.author == BOT_EMAIL and r.blob}
    if not written:
        return frozenset()
    every = history.revisions(repository, commit, exchanged=True)
    return frozenset(path for path in {p for p, _ in written} if _drafted(path, every, written))


def _drafted(path: str, every: Mapping[str, Sequence[Revision]], written: set[tuple[str, str]]) -> bool:
    """Whether the bot wrote all versions of a document, also at the paths where it was before."""
    seen: set[str] = set()
    todo = [path]
    while todo:
        place = todo.pop()
        if place in seen:
            continue
        seen.add(place)
        revisions = every.get(place, ())
        if not revisions or any(r.blob and (place, r.blob) not in written for r in revisions):
            return False
        todo += [r.was for r in revisions if r.was]
    return True
