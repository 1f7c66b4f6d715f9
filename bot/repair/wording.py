"""Words for what an English edit brought in: from a draft, from what people wrote elsewhere, else in English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.languages import separates_words
from bot.repair.examples import LONGEST, Examples
from bot.repair.links import Links, links
from bot.repair.tokens import Token, tokens

OWNED = 0.25
"""Least link by which words of a draft belong to the new English words."""
MIXED = 2 / 3
"""Share of new words without a translation from which all stay English: that is easier to read than a mixture."""
AROUND = {"(": ")", "（": "）", "*": "*", "**": "**", "_": "_", "(~~": "~~)", "[~~": "~~]", "(**": "**)", "[**": "**]"}
"""Marks that come in pairs around words."""


@dataclass(frozen=True)
class Wording:
    """The wording of some new English words; ``english`` if it contains English that could not be translated."""

    text: str
    english: bool = False


@dataclass(frozen=True)
class Wordings:
    """Words for parts of the English sentence ``new``, whose tokens are ``found``.

    ``draft`` is a draft of the whole sentence; empty if there is none.
    """

    new: str
    found: Sequence[Token]
    examples: Examples
    language: str
    draft: str = ""

    def of(self, places: range) -> Wording:
        """The wording of the new tokens at ``places``; empty if they carry no meaning."""
        inner = self._trimmed(places)
        content = [self.found[k] for k in inner if self.found[k].content]
        if not content:
            return Wording("")
        if len(content) == 1 and content[0].kind in ("atom", "number"):
            return Wording(self._marked(content[0].text, inner))
        if text := self._drafted(inner):
            return Wording(self._marked(text, inner))
        return self._matched(inner)

    @cached_property
    def _draft(self) -> tuple[Token, ...]:
        return tokens(self.draft, self.language)

    @cached_property
    def _links(self) -> Links:
        return links(self.found, self._draft, self.examples.table, least=OWNED)

    def _trimmed(self, places: range) -> range:
        """The places from the first to the last token with meaning, with the marks that surround these."""
        inner = [k for k in places if self.found[k].content]
        if not inner:
            return range(0)
        first, last = inner[0], inner[-1]
        for k in range(first - 1, places.start - 1, -1):
            if closing := AROUND.get(self.found[k].text):
                closed = next((n for n in range(last + 1, places.stop) if self.found[n].text == closing), None)
                if closed is None:
                    break
                first, last = k, closed
        if first > places.start and self.found[first - 1].text == "[" and self._closed(first - 1, last):
            first -= 1
        return range(first, last + 1)

    def _closed(self, opening: int, last: int) -> int:
        """The place of the target of a link whose text begins at ``opening``; 0 if there is no link up to ``last``."""
        for k in range(opening + 1, last):
            if self.found[k].text == "[":
                return 0
            if self.found[k].text == "]":
                return k + 1 if self.found[k + 1].kind == "atom" and self.found[k].end == self.found[k + 1].start else 0
        return 0

    def _marked(self, text: str, places: range) -> str:
        """A wording in the brackets or the emphasis of the English."""
        opening = self.found[places.start].text
        closing = AROUND.get(opening)
        if len(places) < 3 or closing is None or closing != self.found[places[-1]].text:
            return text
        text = self._marked(text, range(places.start + 1, places.stop - 1))
        return text if text.startswith(opening) and text.endswith(closing) else f"{opening}{text}{closing}"

    def _drafted(self, places: range) -> str:
        """The words of the draft that belong to the new words; empty if none do, or their atoms differ."""
        owned = self._links.owned([k for k in places if self.found[k].content])
        runs: list[range] = []
        for j in owned:
            between = range(runs[-1].stop, j) if runs else range(0)
            joins = all(self._links.owners[k] in (-1, *places) for k in between)
            if runs and joins and not any(self._draft[k].kind in ("stop", "markup") for k in between):
                runs[-1] = range(runs[-1].start, j + 1)
            else:
                runs.append(range(j, j + 1))
        pieces = []
        for run in runs:
            hung_on = run.stop < len(self._draft) and self._draft[run.stop].kind == "ending"
            pieces.append(self.draft[self._draft[run.start].start : self._draft[run.stop - 1 + hung_on].end])
        text = (" " if separates_words(self.language) else "").join(pieces)
        wanted = sorted(self.found[k].form for k in places if self.found[k].kind == "atom")
        held = sorted(token.form for token in tokens(text, self.language) if token.kind == "atom")
        return text if wanted == held else ""

    def _matched(self, places: range) -> Wording:
        """The wording by the longest matches of words in a row; words without a match stay English."""
        out: list[str] = []
        english = False
        unknown = 0
        k = places.start
        while k < places.stop:
            if self.found[k].text == "[" and (target := self._closed(k, places.stop - 1)):
                inner = self._matched(range(k + 1, target - 1))
                out.append(f"[{inner.text}]{self.found[target].text}")
                english |= inner.english
                k = target + 1
                continue
            text, length = self._match(k, places.stop)
            if text:
                out.append(text)
            elif self.found[k].kind in ("atom", "number"):
                out.append(self.found[k].text)
            elif self.found[k].content or (english and out and self.found[k].kind == "word"):
                out.append(self.found[k].text)
                english = True
                unknown += self.found[k].content
            k += length
        if unknown >= MIXED * sum(self.found[k].content for k in places) > 0:
            return Wording(self.new[self.found[places.start].start : self.found[places[-1]].end], True)
        text = (" " if separates_words(self.language) or english else "").join(out)
        return Wording(self._marked(re.sub(r"\s+", " ", text), places), english)

    def _match(self, start: int, stop: int) -> tuple[str, int]:
        """The longest match from ``start`` on and how many tokens it covers; empty and 1 if there is none."""
        for end in range(min(stop, start + LONGEST), start, -1):
            words = self.found[start:end]
            whole = words[0].content and words[-1].content and all(token.kind == "word" for token in words)
            if whole and (text := self.examples.translation(words)):
                return text, end - start
        return "", 1
