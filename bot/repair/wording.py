"""Words for what an English edit brought in: from a draft of the whole sentence, else the English itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.languages import separates_words
from bot.repair.examples import LONGEST, Examples
from bot.repair.links import links
from bot.repair.tokens import Token, tokens
from bot.repair.word_table import WordTable

OWNED = 0.25
"""Least link by which words of a draft belong to the new English words."""


@dataclass(frozen=True)
class Piece:
    """The wording of some new English words; ``english`` if they could not be translated."""

    text: str
    english: bool


@dataclass(frozen=True)
class Wordings:
    """Finds the wording of parts of the sentence ``new``, whose tokens are ``found``; ``fresh`` is a draft of it."""

    new: str
    found: Sequence[Token]
    table: WordTable
    language: str
    fresh: str = ""
    examples: Examples | None = None

    def of(self, places: range) -> Piece:
        """The wording of the tokens ``places`` of the new sentence."""
        inner = _trimmed(self.found, places)
        if not inner:
            return Piece("", False)
        stretch = [self.found[k] for k in inner]
        if all(t.kind in ("atom", "number") for t in stretch if t.content):
            atoms = [t.text for t in stretch if t.content]
            if len(atoms) == 1:
                return Piece(atoms[0], False)
        if self.fresh and (text := self._drafted(inner)):
            return Piece(text, False)
        if self.examples:
            return self._matched(inner)
        return Piece(self.new[stretch[0].start : stretch[-1].end], True)

    def _matched(self, inner: range) -> Piece:
        """The words by the longest matches; those without one in English."""
        assert self.examples
        out: list[str] = []
        english = False
        k = inner.start
        while k < inner.stop:
            token = self.found[k]
            if token.kind in ("atom", "number"):
                out.append(token.text)
                k += 1
                continue
            for stop in range(min(inner.stop, k + LONGEST), k, -1):
                words = self.found[k:stop]
                if words[0].content and words[-1].content and all(t.kind == "word" for t in words) and (text := self.examples.translation(words)):
                    out.append(text)
                    k = stop
                    break
            else:
                if token.content:
                    out.append(token.text)
                    english = True
                elif english and k + 1 < inner.stop:
                    out.append(token.text)
                k += 1
        text = (" " if separates_words(self.language) or english else "").join(out)
        text = self._marked(text, inner)
        return Piece(re.sub(r" ([,.;:!?)])|(?<=\() ", r"\1", text), english)

    @cached_property
    def _draft(self) -> tuple[Token, ...]:
        return tokens(self.fresh, self.language)

    @cached_property
    def draft_links(self):
        return links(self.found, self._draft, self.table, OWNED)

    def _drafted(self, places: range) -> str:
        owned = [j for j, i in enumerate(self.draft_links.owners) if i in places and self.found[i].content]
        if not owned:
            return ""
        runs: list[list[int]] = []
        for j in owned:
            if runs and all(self.draft_links.owners[k] in (-1, *places) and self._draft[k].kind not in ("stop", "markup") for k in range(runs[-1][-1] + 1, j)):
                runs[-1].append(j)
            else:
                runs.append([j])
        pieces = []
        for run in runs:
            last = run[-1]
            if last + 1 < len(self._draft) and self._draft[last + 1].kind == "ending":
                last += 1
            pieces.append(self.fresh[self._draft[run[0]].start : self._draft[last].end])
        text = (" " if separates_words(self.language) else "").join(pieces)
        text = self._marked(text, places)
        wanted = sorted(self.found[k].form for k in places if self.found[k].kind == "atom")
        held = sorted(t.form for t in tokens(text, self.language) if t.kind == "atom")
        return text if wanted == held else ""

    def _marked(self, text: str, places: range) -> str:
        """A wording in the brackets or the emphasis of the English."""
        if len(places) > 2 and (closing := _AROUND.get(self.found[places.start].text)) == self.found[places[-1]].text:
            text = self._marked(text, range(places.start + 1, places.stop - 1))
            opening = self.found[places.start].text
            if not (text.startswith(opening) and text.endswith(closing)):
                return f"{opening}{text}{closing}"
        return text


_AROUND = {"(": ")", "*": "*", "**": "**", "_": "_", "(~~": "~~)", "[~~": "~~]", "(**": "**)", "[**": "**]"}


def _trimmed(found: Sequence[Token], places: range) -> range:
    """The places from the first to the last token with meaning, and the brackets or the emphasis around them."""
    inner = [k for k in places if found[k].content]
    if not inner:
        return range(0)
    first, last = inner[0], inner[-1]
    for k in range(first - 1, places.start - 1, -1):
        if closing := _AROUND.get(found[k].text):
            closed = next((n for n in range(last + 1, places.stop) if found[n].text == closing), None)
            if closed is None:
                break
            first, last = k, closed
    return range(first, last + 1)
