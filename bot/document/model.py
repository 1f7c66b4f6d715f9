"""The document model: lossless blocks in order, each a run of whole source lines with its prose regions."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from bot.document.markup import Span

if TYPE_CHECKING:
    from bot.document.segmentation import Sentence

BlockKind = Literal[
    "heading",
    "paragraph",
    "row",
    "caption",
    "image",
    "admonition",
    "code",
    "math",
    "directive",
    "html",
    "front_matter",
    "rule",
    "markup",
    "cell",
]

PROSE = frozenset[BlockKind]({"heading", "paragraph", "row", "caption", "image", "admonition", "front_matter"})
"""Kinds of blocks that can hold prose fields."""

_TAB = re.compile(r"^[ \t]*(?:#@tab|%%tab|#%%tab)[ \t]+(.+?)[ \t]*$", re.M)


@dataclass(frozen=True)
class Block:
    """A run of whole source lines that form one unit.

    A ``row`` is of a table, an ``admonition`` is the opening line of one, a ``cell`` that of a Markdown cell.
    ``fields`` are the prose regions: for each, the spans of its lines within ``text`` without list markers, quote
    marks, indentation and line ends. ``info`` has details: heading level, info string of a fence, name of a
    directive or admonition, ``item`` for a paragraph that opens a list item. ``within`` names the tab
    (``:begin_tab:``) that the block is in or ends. ``nesting`` has a letter for each list item, quote and indented
    body that the block is in.
    """

    kind: BlockKind
    text: str
    gap: str
    fields: tuple[tuple[Span, ...], ...] = ()
    info: str = ""
    within: str = ""
    nesting: str = ""

    @cached_property
    def contents(self) -> tuple[str, ...]:
        """The text of each field, its lines joined by a line feed."""
        return tuple("\n".join(self.text[a:b] for a, b in lines) for lines in self.fields)

    @cached_property
    def frame(self) -> tuple[str, ...]:
        """The text around the fields: one piece more than there are fields."""
        edges = [0, *(p for lines in self.fields for p in (lines[0][0], lines[-1][1])), len(self.text)]
        return tuple(self.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))

    @cached_property
    def tabs(self) -> frozenset[str]:
        """The tabs that a code block is for (``#@tab a, b`` or ``%%tab a``); empty if none is given."""
        if self.kind != "code":
            return frozenset()
        found = _TAB.search(self.text)
        return frozenset(re.split(r"[\s,]+", found[1])) if found else frozenset()

    @property
    def language(self) -> str:
        """The name of a code block's language, as Pygments may have it."""
        return self.info.strip("{}").lstrip(".").split(" ")[0].split("}")[0]

    @cached_property
    def continuation(self) -> str:
        """The start of further lines of the block: indentation or quotes, not the space of one line (`` :numref:``)."""
        lines = self.fields[0] if self.fields else ()
        lead = self.frame[0].splitlines()[-1] if self.frame[0] else ""
        loose = self.kind == "paragraph" and not self.nesting and not lead.strip()
        if len(lines) > 1:
            start = re.split("[\r\n]", self.text[lines[0][1] : lines[1][0]])[-1]
            return min(lead, start, key=len) if loose else start
        return "" if loose else re.sub(r"[^>\s]", " ", lead) if self.kind == "paragraph" else lead

    def raw(self, field: int, start: int, end: int) -> Span:
        """Range within ``text`` of the range ``start``..``end`` of ``contents[field]``."""
        if len(self.fields[field]) == 1:
            first, last = self.fields[field][0]
            return min(first + start, last), min(first + end, last)
        return self._offset(field, start, first=True), self._offset(field, end, first=False)

    def _offset(self, field: int, position: int, *, first: bool) -> int:
        lines, starts = self.fields[field], self._line_starts[field]
        number = bisect_right(starts, position) - 1
        start, end = lines[number]
        at = start + position - starts[number]
        if at < end or not first:
            return min(at, end)
        return lines[number + 1][0] - 1 if number + 1 < len(lines) else end

    @cached_property
    def _line_starts(self) -> tuple[tuple[int, ...], ...]:
        """For each field, where its lines start in its ``contents``."""
        return tuple(tuple(accumulate((b - a + 1 for a, b in lines[:-1]), initial=0)) for lines in self.fields)


@dataclass(frozen=True)
class Document:
    """Blocks in order, after ``lead``: a byte order mark or blank lines at the start."""

    lead: str
    blocks: tuple[Block, ...]

    @cached_property
    def text(self) -> str:
        return render(self)

    @cached_property
    def sentences(self) -> dict[tuple[int, str], tuple[Sentence, ...]]:
        """The sentences of blocks that were asked for, by the number of the block and the language."""
        return {}

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each block starts in the text, in code points."""
        out, at = [], len(self.lead)
        for block in self.blocks:
            out.append(at)
            at += len(block.text) + len(block.gap)
        return tuple(out)

    @cached_property
    def eol(self) -> str:
        """The line end in use: that of the first line, or a line feed if there is none."""
        found = re.search(r"\r\n|\r|\n", self.text)
        return found[0] if found else "\n"


def render(document: Document) -> str:
    """The exact text from which ``parse`` made the document."""
    return document.lead + "".join(b.text + b.gap for b in document.blocks)
