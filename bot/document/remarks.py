"""Comments in a text that say something: ``<!-- … -->``, ``{/* … */}`` of MDX, ``{# … #}`` of templates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.document.atoms import ATOM, kind, plain_atom
from bot.document.model import Document

_OPENINGS = ("<!--", "{/*", "{# ")
_MARKS = re.compile(r"<!-*|-*->|\{[/#]\**|\**[/#]\}")


def remarks(document: Document) -> Iterator[tuple[int, int, str]]:
    """The comments outside of code: the block, where it starts in the text, and the comment with single spaces.

    What is ``{/*word*/}`` in a heading is its id.
    """
    for n, block in enumerate(document.blocks):
        if block.kind not in ("code", "math", "front_matter", "cell") and any(mark in block.text for mark in _OPENINGS):
            for match in ATOM.finditer(block.text):
                text = plain_atom(match[0])
                named = block.kind == "heading" and kind(match) == "identifier"
                if not named and text.startswith(_OPENINGS) and any(map(str.isalpha, inside(text))):
                    yield n, document.starts[n] + match.start(), text


def inside(remark: str) -> str:
    """What a comment says."""
    return " ".join(_MARKS.sub(" ", remark).split())
