"""Rows of the translators' own in a table to which English adds rows: they may say the same, which only people see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.document.model import Block, Document
from bot.messages import Message, in_a_row
from bot.planning.flags import Flag, shortened
from bot.planning.layout import Item


def rows_beside(items: Sequence[Item], target: Document, new: Document) -> Iterator[Flag]:
    """A flag for each table to which English added rows and in which the translation has rows of its own."""

    def block(item: Item) -> Block:
        return new.blocks[item.source] if item.source >= 0 else target.blocks[item.first]

    rows = ((item, block(item)) for item in items if item.source >= 0 or item.first >= 0)
    for is_row, run in groupby(rows, key=lambda pair: pair[1].kind == "row" and bool(pair[1].fields)):
        table = list(run) if is_row else []
        added = [(item, row) for item, row in table if item.first < 0]
        own = [row for item, row in table if item.source < 0]
        if added and own:
            text = "English added {english}; the translation has rows of its own there, which stay: {own}"
            english, ours = (in_a_row(shortened(row.text.strip()) for row in side) for side in (_rows(added), own))
            yield Flag("markup", Message(text, english=english, own=ours), added[0][0].source)


def _rows(pairs: Sequence[tuple[Item, Block]]) -> list[Block]:
    return [row for _, row in pairs]
