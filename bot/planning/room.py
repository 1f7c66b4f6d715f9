"""Makes room for documents that move to the path of another one: that has to leave it in the same pull request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.errors import AmtsError
from bot.messages import Message

if TYPE_CHECKING:
    from bot.planning.book_plan import Change


def left(changes: Iterable[Change]) -> dict[str, Change]:
    """The paths from which changes take a document away, each with its change."""
    return {c.was: c for c in changes if not c.failure and (c.kind == "delete" or c.path != c.was)}


def blocked(changes: Sequence[Change], files: Collection[str]) -> list[Change]:
    """The changes that bring a document to one of ``files`` that is not left.

    What is blocked does not leave its own path either, which may block another.
    """
    free = left(changes)
    arriving: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if not change.failure and _arrives(change):
            arriving[change.path].append(change)
    waiting = [path for path in arriving if path in files and path not in free]
    out = []
    while waiting:
        stuck = arriving.pop(waiting.pop(), [])
        out += stuck
        waiting += [c.was for c in stuck if c.was != c.path and c.was in files]
    return out


def needed(change: Change, free: Mapping[str, Change]) -> Iterator[Change]:
    """A change and those that make room for it, one after another, where ``free`` is what ``left`` found."""
    seen = set[int]()
    following: Change | None = change
    while following and id(following) not in seen:
        yield following
        seen.add(id(following))
        following = free.get(following.path) if _arrives(following) else None


def exists_already(change: Change) -> str:
    """Why a blocked change is not made."""
    what = Message("{path} exists already", path=change.path)
    moves = change.was != change.path
    why = Message("{path} should move there", path=change.was) if moves else Message("what is there stays")
    fix = Message("rename one of the two, or record the English of what is there with `amts adopt`")
    return AmtsError(what, why=why, fix=fix).advice


def _arrives(change: Change) -> bool:
    return change.kind != "delete" and (change.path != change.was or change.kind in ("add", "restore"))
