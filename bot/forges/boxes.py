"""Boxes on the page of a pull request, which people tick: a list item with a hidden comment that has the box's name."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.contracts import MARKER
from bot.forges import marker

_BOX = re.compile(rf"(?m)^- \[([ xX])\](?= [^\r\n]*<!-- {MARKER}:box ([0-9a-f]+) -->[ \t]*\r?$)")


def box(name: str, text: str) -> str:
    """A line with an empty box; ``name`` is hex digits, so that no text of a book can be part of it."""
    return f"- [ ] {text} <!-- {MARKER}:box {name} -->"


def ticked(text: str) -> frozenset[str]:
    """The names of the boxes that are ticked in the bot's part of a text; what people write around it has none."""
    return frozenset(found[2] for found in _BOX.finditer(marker.part(text)) if found[1] != " ")


def kept(before: str, after: str, settled: Collection[str] = ()) -> str:
    """``after`` with every box ticked that is ticked ``before``, both whole texts, except those that are ``settled``.

    The same sentences may wait again, at another place, and nobody has ticked them there.
    """
    names = ticked(before).difference(settled)
    return _BOX.sub(lambda found: "- [x]" if found[2] in names else found[0], after) if names else after
