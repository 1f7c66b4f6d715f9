"""Chooses the part of a plan that people can review in one pull request; the rest waits for the next one.

The size of a change is the number of English sentences that it adds or rewrites, and one for the document itself. It is
known from the two English texts alone, so that a large book is not planned again for each pull request.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.planning.room import left, needed
from bot.workers import spread

if TYPE_CHECKING:
    from bot.planning.book_plan import Change


@dataclass(frozen=True)
class Waiting:
    """A change that is left to a later pull request, by the path of its document; ``sentences`` is its size."""

    path: str
    sentences: int


@dataclass(frozen=True)
class Limits:
    """What one pull request may have.

    ``wanted`` tells for a path in the translation and one in English whether the document is asked for. ``sentences``
    and ``documents`` are maximums (None: no limit), of which the open pull request already has ``used`` and the
    documents ``opened``, and those that it ``deleted``. Changes to the opened ones always go in, and so do English
    documents that are ``named``.
    """

    wanted: Callable[[str, str], bool] = lambda path, source_path: True
    sentences: int | None = None
    documents: int | None = None
    used: int = 0
    opened: Collection[str] = ()
    deleted: int = 0
    named: Callable[[str], bool] = lambda source_path: False


EVERYTHING = Limits()


def sliced(
    changes: Sequence[Change], limits: Limits, first: Collection[str] = ()
) -> tuple[tuple[Change, ...], tuple[Waiting, ...]]:
    """The changes to make now, in their order, and those that wait, in the order in which they will be taken.

    The smallest are taken first, but before them the English documents ``first``. One change is always taken where the
    pull request has none yet, however large it is. What cannot be planned is reported at once: it has no size. A change
    to the path of another document is taken with what makes room for it.
    """
    room = left(changes)
    wanted = _with_room((c for c in changes if limits.wanted(c.path, c.source_path)), room)
    asked = [c for c in changes if id(c) in wanted]
    if limits.sentences is None and limits.documents is None:
        return tuple(asked), ()
    open_ones = [c for c in asked if c.failure or c.was in limits.opened or limits.named(c.source_path)]
    free = _with_room(open_ones, room)
    todo = [c for c in asked if id(c) not in free]
    added = spread(added_sentences, [(c.old, c.new) for c in todo])
    sizes = {id(c): c.left + number for c, number in zip(todo, added, strict=True)}
    now = free
    used, documents = limits.used, len(limits.opened) + limits.deleted
    waiting = []
    for change in sorted(todo, key=lambda c: (c.source_path not in first, sizes[id(c)], c.path)):
        if id(change) in now:
            continue  # it made room for another
        group, size, fits = set[int](), 0, True
        for one in needed(change, room):
            if id(one) in now:
                break  # and so is all that makes room for it
            group.add(id(one))
            size += sizes[id(one)] + 1
            fits = limits.sentences is None or used + size <= limits.sentences
            fits = fits and (limits.documents is None or documents + len(group) <= limits.documents)
            if documents and not fits:
                break
        if documents and not fits:
            waiting.append(Waiting(change.path, sizes[id(change)]))
            continue
        now |= group
        used += size
        documents += len(group)
    # What waited may have made room for a larger one since.
    names = {c.path for c in todo if id(c) in now}
    waiting = [one for one in waiting if one.path not in names]
    return tuple(c for c in asked if id(c) in now), tuple(waiting)


def _with_room(changes: Iterable[Change], room: Mapping[str, Change]) -> set[int]:
    """The ids of some changes and of those that make room for them."""
    found = set[int]()
    for change in changes:
        for one in needed(change, room):
            if id(one) in found:
                break  # and so is all that makes room for it
            found.add(id(one))
    return found


def added_sentences(texts: tuple[str, str]) -> int:
    """How many sentences of the second text the first one does not have."""
    from bot.document.markdown import parse
    from bot.document.segmentation import document_sentences
    from bot.document.sentences import normal

    old, new = (Counter(normal(s.text) for s in document_sentences(parse(text), "en")) for text in texts)
    return (new - old).total()
