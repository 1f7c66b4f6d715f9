"""Marks what is new in a list as the list of the translation is marked.

Translators may have ``*`` where English has ``-`` or ``1.``. An item with the marker of English among theirs would
divide their list into several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.document.model import Document
from bot.planning.layout import Item

_MARKED = re.compile(r"(?P<lead>[ \t>]*)(?P<marker>[-*+]|(?P<number>\d{1,9})(?P<end>[.)]))(?=[ \t])")


def marked(items: Sequence[Item], target: Document, new: Document) -> list[Item]:
    """``items`` (in the order of the draft), with new ones of a list marked as the nearest one of people is."""
    human = {
        item.source: item
        for item in items
        if item.first >= 0 <= item.source and target.blocks[item.first].info == "item"
    }
    out = []
    for item in items:
        added = item.first < 0 <= item.source and new.blocks[item.source].info == "item"
        out.append(_like_others(item, human, new) if added else item)
        if added:
            human.setdefault(item.source, out[-1])
    return out


def _like_others(item: Item, known: Mapping[int, Item], new: Document) -> Item:
    """A new item with the marker of the nearest item of its list that is ``known``; unchanged if there is none."""
    own = _MARKED.match(_start(item))
    if not own:
        return item
    model = next((known[k] for k in _siblings(item.source, new) if k in known), None)
    theirs = _MARKED.match(_start(model)) if model else None
    english = _MARKED.match(new.blocks[model.source].text) if model else None
    if not model or not theirs or not english or _style(english) != _style(own) or _style(theirs) == _style(own):
        return item
    if not theirs["number"]:
        marker = theirs["marker"]
    elif own["number"]:
        marker = own["number"] + theirs["end"]
    else:
        marker = f"{int(theirs['number']) + (model.source < item.source)}{theirs['end']}"
    text = own["lead"] + marker + _start(item)[own.end() :]
    return replace(item, parts=(text, *item.parts[1:]))


def _siblings(place: int, new: Document) -> Iterator[int]:
    """The other items of the list of block ``place``: those before it, the nearest first, then those after it."""
    blocks, nesting = new.blocks, new.blocks[place].nesting
    for places in (range(place - 1, -1, -1), range(place + 1, len(blocks))):
        for k in places:
            if not blocks[k].nesting.startswith(nesting):
                break
            if blocks[k].info == "item" and blocks[k].nesting == nesting:
                yield k


def _start(item: Item) -> str:
    return item.parts[0] if item.parts and isinstance(item.parts[0], str) else ""


def _style(found: re.Match[str]) -> str:
    """What all items of one list have in common: ``-``, or the ``.`` of ``2.``."""
    return found["end"] or found["marker"]
