"""Which blocks open something and which close it: boxes (``///``, ``:::``, directives), shortcodes, tags."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.document.markup import closers, marks
from bot.document.model import Block, Document

_BOX = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<fence>/{3,}|:{3,}|`{3,}|~{3,})[ \t]*(?P<rest>[^\r\n]*)")


class End(NamedTuple):
    """What a block opens or closes: its fence, or the name of its tag."""

    name: str
    opens: bool


def end(block: Block, known: frozenset[str]) -> End | None:
    """What a block opens or closes, if it does that to one thing alone; ``known`` are the names that are closed."""
    if block.kind not in ("admonition", "directive", "html") or block.info in ("begin_tab", "end_tab"):
        return None
    if block.kind != "html" and (box := _BOX.match(block.text)):
        fence, rest = box["fence"], box["rest"].strip()
        if block.kind == "directive" and block.info == "end":
            return End(fence, False)
        opens = block.kind == "admonition" or (fence[0] == ":" and block.info == "")
        return End(fence, True) if opens and rest and not rest.endswith(fence) else None
    found = [mark for mark in marks(block.text, 0, known) if mark.role != "single" and mark.partner < 0]
    return End(("<" if found[0].html else "{") + found[0].name, found[0].role == "open") if len(found) == 1 else None


def ends(document: Document) -> list[End | None]:
    """For each block, what it opens or closes."""
    known = closers(document.text)
    return [end(block, known) for block in document.blocks]


def partners(document: Document) -> dict[int, int]:
    """The blocks that open something, each with the one that closes it."""
    out: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for n, found in enumerate(ends(document)):
        if found and found.opens:
            opened.setdefault(found.name, []).append(n)
        elif found and (waiting := opened.get(found.name)):
            out[waiting.pop()] = n
    return out
