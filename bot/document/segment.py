"""A segment: a piece of English that waits for its translation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.document.front_matter_values import Quoting, quoted
from bot.document.markdown import BlockKind


@dataclass(frozen=True)
class Segment:
    """A piece of English that waits for its translation.

    ``kind`` is that of its block, empty until it has one; ``source`` the English as it stands in the book,
    ``old_source`` and ``old_target`` the pair that it replaces, where there is one; ``similarity`` (0 to 1)
    compares the two English texts; ``indent`` is what a further line of its block starts with; ``quoting`` is
    how its place in front matter is written. ``number`` counts the segments of a document from 1 in reading order;
    ``before`` and ``after`` are the English sentences around it. ``explicit`` is
    the source with the keys of reference links written out, where that differs; ``lead`` is the white space before it
    where that is layout, not wrapping, such as a hard break.
    """

    source: str
    kind: BlockKind | Literal[""]
    old_source: str = ""
    old_target: str = ""
    similarity: float = 0.0
    words: str = ""
    indent: str = ""
    eol: str = "\n"
    number: int = 0
    before: str = ""
    after: str = ""
    quoting: Quoting = ""
    lead: str = ""
    explicit: str = ""

    @property
    def asked(self) -> str:
        """What an engine is asked to translate."""
        return self.explicit or self.source

    def laid_out(self, text: str) -> str:
        """``text`` (a draft, or the English itself) with line ends and indentation of its place."""
        return re.sub(r"\r\n|\r|\n", lambda _: self.eol + self.indent, quoted(text, self.quoting))
