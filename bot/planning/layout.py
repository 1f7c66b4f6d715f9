"""Reassembles a document: items in order, with the original white space between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.document.model import Document
from bot.document.segment import Segment


@dataclass(frozen=True)
class Item:
    """Something to write: parts, the blank lines after them, and where it comes from.

    ``first`` and ``last`` are its blocks in the translation and ``source`` its (last) block in the new
    English; -1 if there is none. ``untouched`` items are human text byte for byte. ``spaced`` means that
    English added or removed blank lines after it, or moved it into or out of a list item or a quote.
    """

    parts: tuple[str | Segment, ...]
    gap: str
    first: int
    last: int
    source: int
    untouched: bool = False
    spaced: bool = False


def reindented(text: str, model: str) -> str:
    """``text`` with the indentation and quote marks of ``model`` in front of its lines, instead of its own."""
    own, wanted = (re.match(r"[ \t>]*", t)[0] for t in (text, model))  # type: ignore[index]
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    return "".join(wanted + line[len(own) :] if line.startswith(own) and line.strip() else line for line in lines)


Place = tuple[int, int]
"""A place in parts: the number of segments before it, and of characters after the last of these."""


def join(
    items: Sequence[Item], target: Document, new: Document, places: dict[int, Place] | None = None
) -> list[str | Segment]:
    """The parts of the whole document, with the line ends and the final line end of the translation.

    ``places`` gets the place of each block of the new English that has an item.
    """
    eol = target.eol if target.blocks else new.eol
    if not items:
        return [target.lead]
    out: list[str | Segment] = [target.lead if target.blocks else new.lead]
    end = _behind((0, 0), out)
    for n, item in enumerate(items):
        if places is not None:
            places.setdefault(item.source, end)
        added = [*item.parts]
        if n + 1 < len(items):
            added.append(_between(item, items[n + 1], target, new, eol))
        end = _behind(end, added)
        out += added
    return _closed(out, items[-1], target, new, eol)


def _behind(place: Place, parts: Sequence[str | Segment]) -> Place:
    """The place behind ``parts``, which are at ``place``."""
    segments, characters = place
    for part in parts:
        segments, characters = (segments, characters + len(part)) if isinstance(part, str) else (segments + 1, 0)
    return segments, characters


def _between(item: Item, following: Item, target: Document, new: Document, eol: str) -> str:
    """The blank lines between two items: from the translation, else from the English, else one line end."""
    if (item.spaced or following.spaced) and following.source >= 0 <= item.source:
        gap = _ended(new.blocks[item.source].gap, eol)
    elif item.last >= 0 and item.last + 1 == following.first:
        gap = target.blocks[item.last].gap
    elif item.source >= 0 and following.source >= 0 and item.last < 0 <= following.first:
        marker = new.blocks[item.source].kind in ("admonition", "directive", "html")
        gap = _ended(new.blocks[item.source].gap, eol) or ("" if marker else _before(following, target))
    elif item.source >= 0 and following.source >= 0:
        # What English has between them is not in the draft.
        gaps = [new.blocks[item.source].gap, new.blocks[max(item.source, following.source - 1)].gap]
        gap = _ended(max(gaps, key=len), eol)
        own = target.blocks[item.last].gap if item.last >= 0 else ""
        gap = own if own.strip() == gap.strip() and bool(own) == bool(gap) else gap
        if item.source == len(new.blocks) - 1:  # the last block of the English, but not of the translation
            gap = own or eol
    elif _are_neighbours(item, following, target, new):
        gap = ""
    else:
        gap = (target.blocks[item.last].gap if item.last >= 0 else item.gap) or eol
    ended = isinstance(item.parts[-1], str) and item.parts[-1].endswith(("\n", "\r")) if item.parts else True
    return gap if ended else eol + gap


def _ended(text: str, eol: str) -> str:
    """``text`` with the line ends of the draft."""
    return re.sub(r"\r\n|\r|\n", lambda _: eol, text)


def _are_neighbours(item: Item, following: Item, target: Document, new: Document) -> bool:
    """Whether two items are of one table, or of one list without blank lines, although no text has them side by side.

    What was before the second one tells, where that was: a row without a blank line before it is of a table.
    """
    one, other = (
        target.blocks[i.first] if i.first >= 0 else new.blocks[i.source] if i.source >= 0 else None
        for i in (item, following)
    )
    if not one or not other:
        return False
    under_header = other.kind == "row" and one.kind == "markup"  # such a line has no nesting
    if not under_header and (one.kind, one.info, one.nesting) != (other.kind, other.info, other.nesting):
        return False
    document, place = (target, following.first) if following.first >= 0 else (new, following.source)
    before = document.blocks[place - 1] if place else None
    if before is None or before.gap:
        return False
    if other.kind == "row":
        return before.kind in ("row", "markup")
    # Behind the text of an item, ``3.`` begins no list of its own.
    return other.info == before.info == "item" and _marker(one.text) == _marker(other.text)


def _marker(text: str) -> str:
    """What marks the items of a list: two lists that are marked differently are two lists."""
    found = re.match(r"[ \t>]*(?:([-*+])|\d{1,9}([.)]))[ \t]", text)
    return (found[1] or found[2]) if found else ""


def _before(item: Item, target: Document) -> str:
    return target.blocks[item.first - 1].gap if item.first > 0 else ""


def _closed(out: list[str | Segment], last: Item, target: Document, new: Document, eol: str) -> list[str | Segment]:
    """Ends the document the way the translation ended: with or without a final line end."""
    model = target if target.blocks else new
    if last.last == len(target.blocks) - 1 >= 0:
        return [*out, target.blocks[-1].gap]
    end = model.blocks[-1].gap if model.blocks else ""
    wants = model.text.endswith(("\n", "\r"))
    if isinstance(out[-1], str):
        out[-1] = out[-1].rstrip("\r\n")
    return [*out, (eol if wants else "") + (end if wants else "")]
