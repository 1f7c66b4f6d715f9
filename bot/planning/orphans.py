"""What people put into a table, list or item that English deleted: it goes with that, and is listed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from bot.document.model import Block, Document
from bot.document.partners import partners
from bot.document.sentences import speaks
from bot.document.tables import tables
from bot.planning.flags import Flag
from bot.planning.layout import Item


def without_orphans(items: Sequence[Item], target: Document, flags: list[Flag]) -> list[Item]:
    """``items`` without what cannot be outside of the table or list that it was in, with ``flags`` for its texts.

    That is a row of a table, an entry of a list of tags (``<tr>``, ``<Tab>``) and what is in an item of a list that
    only the translation has, where nothing else of the table, list or item is left: it would belong to another one.
    """
    own = {item.first: n for n, item in enumerate(items) if item.source < 0 and item.first == item.last >= 0}
    if not own:
        return list(items)
    mine = sorted(own)
    theirs = sorted(t for i in items if i.first >= 0 and i.first not in own for t in range(i.first, i.last + 1))
    gone: set[int] = set()
    for first, last, ends in _containers(target):
        inside = mine[bisect_left(mine, first) : bisect_left(mine, last + 1)]
        whole = bisect_left(theirs, first) == bisect_left(theirs, last + 1)
        if inside and whole and own.keys().isdisjoint(ends):
            gone.update(inside)
    said = (text for t in sorted(gone) for text in target.blocks[t].contents)
    flags += [Flag("previous translation", text) for text in said if speaks(text)]
    dropped = {own[t] for t in gone}
    return [item for n, item in enumerate(items) if n not in dropped]


def _containers(target: Document) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Each table and each list of tags: its first block, its last, and what opens and closes it."""
    for table in tables(target):
        yield table.header, table.rows.stop - 1, (table.header,)
    yield from _items(target.blocks)
    pairs = partners(target)
    for first, last in pairs.items():
        if _is_list(target.blocks, first, last, pairs):
            yield first, last, (first, last)


def _items(blocks: Sequence[Block]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Each item of a list that has more than one block: its first block, its last, and what opens it."""
    opened: list[int] = []
    for t, block in enumerate(blocks):
        while opened and (
            not block.nesting.startswith(outer := blocks[opened[-1]].nesting)
            or (block.info == "item" and block.nesting == outer)
        ):
            if (first := opened.pop()) < t - 1:
                yield first, t - 1, (first,)
        if block.info == "item" and block.nesting:
            opened.append(t)
    for first in opened:
        if first < len(blocks) - 1:
            yield first, len(blocks) - 1, (first,)


def _is_list(blocks: Sequence[Block], first: int, last: int, pairs: Mapping[int, int]) -> bool:
    """Whether everything directly between two blocks is a tag, or is opened and closed."""
    t = first + 1
    while t < last:
        if t not in pairs and not blocks[t].text.lstrip(" \t>").startswith("<"):
            return False
        t = pairs.get(t, t) + 1
    return first + 1 < last
