"""A segment: a piece of English to be translated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.document.front_matter_values import Quoting, quoted
from bot.document.model import BlockKind


@dataclass(frozen=True)
class Segment:
    """A piece of English to be translated.

    ``kind`` is that of its block, empty until it has one; ``source`` is the English as it is in the book,
    ``old_source`` and ``old_target`` the pair that it replaces, if any; ``similarity`` (0 to 1)
    compares the two English texts; ``indent`` is the start of a further line of its block; ``quoting`` is
    the style of its value in front matter. ``number`` counts the segments of a document from 1 in reading order;
    ``before`` and ``after`` are the English sentences around it. ``explicit`` is
    the source with the keys of reference links written out, if that differs; ``lead`` is the white space before it
    if that is layout, not wrapping, such as a hard break. ``touches_before`` and ``touches_after`` mean that the next
    sentence on that side follows without white space, as in Chinese. ``present`` is the text in its place now, if that
    stays where there is no draft.
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
    touches_before: bool = False
    touches_after: bool = False
    present: str = ""

    @property
    def asked(self) -> str:
        """The text that an engine gets to translate."""
        return self.explicit or self.source

    def laid_out(self, text: str) -> str:
        """``text`` (a draft, or the English itself) with the line ends and indentation of its position."""
        return re.sub(r"\r\n|\r|\n", lambda _: self.eol + self.indent, quoted(text, self.quoting))
