"""The white space between the sentences of a block: as before, else as is usual there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from bot.alignment.bitext import Bitext
from bot.document.model import Block, Document
from bot.document.segment import Segment
from bot.document.segmentation import WHOLE, block_sentences
from bot.document.sentences import is_hard_break, speaks
from bot.planning.carry_over import Human, Unit
from bot.style.defaults import default_style
from bot.style.measure import laid_out, measure
from bot.style.preferences import OPEN, Lines, joint

_OPENS_BLOCK = re.compile(r"[*+-](\s|$)|\d+[.)](\s|$)|#{1,6}(\s|$)|>|\||`{3}|~{3}|\$\$|=+\s*$|-+\s*$|:(?!\w+:`[^`]*`.)")
"""Text that would start another block at the beginning of a line."""

_BLANKS = " \t\r\n>\u3000\u00a0"
"""White space between sentences, the ideographic and the no-break space too, and the marks of quotes."""


@lru_cache(maxsize=16)
def _layout(contents: tuple[str, ...], language: str) -> str:
    """How the sentences of the first of these fields that has several are laid out."""
    return next(filter(None, (laid_out(content, language) for content in contents)), "")


@dataclass
class Spacing:
    """Lays out units; ``lines`` is the style rule for drafts.

    ``settled`` are the starts of human sentences before which the translators left out a break of the English.
    """

    bitext: Bitext
    new: Document
    lines: Lines
    settled: set[int] = field(default_factory=set)
    _between: dict[tuple[int, ...], frozenset[str]] = field(default_factory=dict)

    def filled(self, units: Sequence[Unit], block: Block, places: Sequence[int], indent: str) -> list[str | Segment]:
        parts: list[str | Segment] = []
        eol = self.bitext.target.eol if self.bitext.target.blocks else self.new.eol
        gaps = [self._separator(a, b, block, places, indent, eol) for a, b in pairwise(units)]
        between = (
            not gap and not self._said(unit).startswith("<br") for gap, unit in zip(gaps, units[1:], strict=True)
        )
        touching = [False, *between, False]
        for n, unit in enumerate(units):
            parts += gaps[n - 1 : n] if n else []
            if isinstance(unit, Human):
                parts.append(unit.text if unit.block in places else self._indented(unit, indent, eol))
            elif speaks(unit.source):
                before, after = touching[n : n + 2]
                parts.append(replace(unit, indent=indent, eol=eol, touches_before=before, touches_after=after))
            else:
                parts.append(replace(unit, indent=indent, eol=eol).laid_out(unit.source))
        return parts

    def _indented(self, unit: Human, indent: str, eol: str) -> str:
        own = self.bitext.target.blocks[unit.block].continuation
        return re.sub(rf"(?:\r\n|\r|\n){re.escape(own)}", lambda _: eol + indent, unit.text)

    def _separator(self, before: Unit, after: Unit, block: Block, places: Sequence[int], indent: str, eol: str) -> str:
        """White space between two sentences: as before, else a line end if either side had one."""
        single = block.kind in WHOLE or (block.kind == "caption" and not indent)
        broken = "" if single else self._break(before, after.lead)
        if isinstance(before, Human) and isinstance(after, Human):
            if after.start in self.settled:  # the translators left that break out
                broken = ""
            own = before.block in places and after.block in places and before.end <= after.start
            between = self.bitext.target.text[before.end : after.start] if own else "x"
            if is_hard_break(between) and not single:
                return between
            if not between.strip(_BLANKS) and (not single or "\n" not in between) and not broken:
                return between
        if not single and re.search("[\r\n]", after.lead) and not _OPENS_BLOCK.match(self._said(after)):
            return broken + eol + indent
        if not single and after.lead and isinstance(before, Segment) and isinstance(after, Segment):
            return after.lead
        if isinstance(before, Human) and isinstance(after, Human):
            breaks = self._line_ends(before) or self._line_starts(after)
            if not single and breaks and not _OPENS_BLOCK.match(after.text):
                return eol + indent
            return self._joint(before, places)
        if self._said(after).startswith("<br"):
            return ""
        if single or _OPENS_BLOCK.match(self._said(after)):
            return " "
        return self._joint(before, places) if self._shares_lines(places, block) else eol + indent

    @staticmethod
    def _said(unit: Unit) -> str:
        return unit.source if isinstance(unit, Segment) else unit.text

    def _break(self, before: Unit, lead: str) -> str:
        """The mark of the hard break before a sentence of the English, as the translators write it if they do."""
        if not is_hard_break(lead):
            return ""
        if isinstance(before, Human) and is_hard_break(own := self.bitext.target.text[before.end : before.end + 80]):
            return re.split("[\r\n]", own)[0]
        return re.split("[\r\n]", lead)[0]

    def _shares_lines(self, places: Sequence[int], block: Block) -> bool:
        """Whether sentences of a block share a line.

        As configured, else as in the block, else as in the document; a new document is laid out as the English. Without
        any of these each sentence gets a line of its own, which is the easiest to review.
        """
        if self.lines != "keep":
            return self.lines == "paragraph"
        if gaps := self._gaps(places):
            return not any("\n" in gap for gap in gaps)
        if self._usual or self.bitext.target.blocks:
            return self._usual == "paragraph"
        return _layout(block.contents, self.bitext.languages[0]) == "paragraph"

    def _joint(self, before: Unit, places: Sequence[int]) -> str:
        """What is between sentences on one line: what is between all of the block, else what is usual."""
        gaps = self._gaps(places)
        own = next(iter(gaps)) if len(gaps) == 1 else ""
        if own and not own.strip(_BLANKS) and "\n" not in own:
            return own
        left = isinstance(before, Human) and before.text.endswith((".", "?", "!"))  # English that nobody translated
        return " " if left else joint(self.bitext.languages[1])

    def _gaps(self, places: Sequence[int]) -> frozenset[str]:
        """What is between the sentences of blocks of the translation."""
        key = tuple(places)
        if key not in self._between:
            blocks = (block_sentences(self.bitext.target, t, self.bitext.languages[1]) for t in key)
            gaps = (self.bitext.target.text[a.end : b.start] for said in blocks for a, b in pairwise(said))
            self._between[key] = frozenset(gaps)
        return self._between[key]

    @cached_property
    def _usual(self) -> str:
        """How most paragraphs of the translation are laid out, else the usual layout in its language; may be empty."""
        language = self.bitext.languages[1]
        found = measure([self.bitext.target.text], language)
        clear = found.style(OPEN, default_style(language)).lines
        counts = found.counts["lines"]
        return clear if clear and clear != "keep" else max(counts, key=lambda how: counts[how], default="")

    def _line_ends(self, unit: Human) -> bool:
        return self.bitext.target.text[unit.end : unit.end + 1] in ("\n", "\r", "")

    def _line_starts(self, unit: Human) -> bool:
        return unit.start > 0 and self.bitext.target.text[unit.start - 1] in "\n\r"
