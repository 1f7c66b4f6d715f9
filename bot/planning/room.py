"""Makes room for documents that move to the path of another one: that has to leave it in the same pull request."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
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
    possible = list(changes)
    out: list[Change] = []
    while True:
        free = left(possible)
        stuck = [c for c in possible if not c.failure and _arrives(c) and c.path in files and c.path not in free]
        if not stuck:
            return out
        out += stuck
        possible = [c for c in possible if all(c is not one for one in stuck)]


def needed(change: Change, free: dict[str, Change]) -> list[Change]:
    """A change and those that make room for it, one after another, where ``free`` is what ``left`` found."""
    out = [change]
    while _arrives(out[-1]) and (other := free.get(out[-1].path)) and all(other is not one for one in out):
        out.append(other)
    return out


def exists_already(change: Change) -> str:
    """Why a blocked change is not made."""
    what = Message("{path} exists already", path=change.path)
    why = Message("{path} should move there", path=change.was if change.was != change.path else change.source_path)
    return AmtsError(what, why=why, fix=Message("rename one of the two")).advice


def _arrives(change: Change) -> bool:
    return change.kind != "delete" and (change.path != change.was or change.kind in ("add", "restore"))
