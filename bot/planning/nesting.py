"""Indents what is nested in a list item by the width of the marker that the item has in the draft.

A child keeps the indentation of the text that it comes from. Where its parent has another marker there (``10.`` instead
of ``-``), it would be outside of its parent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.document.model import Block, Document
from bot.document.segment import Segment
from bot.planning.layout import Item
from bot.planning.list_markers import marked

_MARKER = re.compile(r"[ >]*(?:[*+-]|\d{1,9}[.)]) {1,4}(?=\S)")
_ROOM = 3
"""Spaces by which a block may be further to the right than the content of its list item, as in CommonMark."""


@dataclass(frozen=True)
class _Parent:
    """Where the content of a list item begins, in characters: in the translation, in the new English, in the draft.

    ``quotes`` counts the quote marks before it.
    """

    target: int | None
    english: int | None
    draft: int
    quotes: int


def nested(items: Sequence[Item], target: Document, new: Document) -> list[Item]:
    """``items`` (in the order of the draft), with children moved to the right or left where their parent needs it.

    New items get the marker of their list first.
    """
    out: list[Item] = []
    parents: list[_Parent | None] = []
    for item in marked(items, target, new):
        ours = target.blocks[item.first] if item.first >= 0 else None
        english = new.blocks[item.source] if item.source >= 0 else None
        block = english or ours
        if block is None or (ours and english and ours.nesting != english.nesting and not item.spaced):
            parents = []
            out.append(item)
            continue
        depth, opens = len(block.nesting), block.info == "item"
        if block.kind != "markup":  # lines that no rule claims, as the one below the head of a table, have no nesting
            parents = (parents + [None] * depth)[: depth - opens]
        parent = next((p for p in reversed(parents) if p), None)
        moved = _moved(item, ours, block.kind == "code", parent) if parent else item
        out.append(moved)
        if opens:
            own = _column(_text(moved))
            at, there = (_column(b.text) if b and b.info == "item" else None for b in (ours, english))
            quotes = block.nesting.count(">")
            parents.append(_Parent(at, there, own, quotes) if own is not None else None)
    return out


def _moved(item: Item, ours: Block | None, code: bool, parent: _Parent) -> Item:
    """The item in its parent; unchanged if it is there already, or if it is not known where its parent was."""
    lead = _lead(_text(item), parent.quotes)
    was = parent.target if ours and lead == _lead(ours.text, parent.quotes) else parent.english
    if was is None or was == parent.draft or lead < was:
        return item
    if parent.draft <= lead <= parent.draft + _ROOM and not (code and lead > was + _ROOM):
        return item

    def shifted(line: str) -> str:
        return _shifted(line, parent.quotes, was, parent.draft)

    parts: list[str | Segment] = []
    inside = False  # whether a line has begun before this part
    for final, run in groupby(item.parts, key=lambda part: isinstance(part, str)):
        if final:
            text = "".join(part for part in run if isinstance(part, str)) + "x"  # white space before a segment counts
            lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
            parts.append("".join(line if inside and not n else shifted(line) for n, line in enumerate(lines))[:-1])
        else:
            parts += [replace(s, indent=shifted(f"{s.indent}x")[:-1]) for s in run if isinstance(s, Segment)]
        inside = True
    return replace(item, parts=tuple(parts), untouched=False)


def _shifted(line: str, quotes: int, was: int, now: int) -> str:
    """A line whose content began at column ``was`` or later, moved for ``now``; blank or earlier lines stay."""
    if _lead(line, quotes) < was or not line.strip(" >\r\n"):
        return line
    if now > was:
        return line[:was] + " " * (now - was) + line[was:]
    return line if line[now:was].strip() else line[:now] + line[was:]


def _text(item: Item) -> str:
    """The beginning of an item, with a word behind white space that a segment follows."""
    return f"{item.parts[0] if item.parts and isinstance(item.parts[0], str) else ''}x"


def _lead(text: str, quotes: int) -> int:
    """The width of the white space at the start of a text, with so many quote marks in it."""
    found = re.match(rf" *(?:> *){{0,{quotes}}}", text)
    return found.end() if found else 0


def _column(text: str) -> int | None:
    """Where the content of a list item begins; None if that is not plain."""
    found = _MARKER.match(text)
    return found.end() if found else None
