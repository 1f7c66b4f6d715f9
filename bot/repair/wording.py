"""Words for what an English edit brought in: from a draft, from what people wrote elsewhere, else in English.

A new stretch is translated as a whole or not at all: put together word by word it reads worse than the English.
docs/repair.md has the rule and its figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.languages import separates_words
from bot.repair.examples import LONGEST, Examples
from bot.repair.links import Links, links
from bot.repair.tokens import ARTICLES, Token, tokens

OWNED = 0.25
"""Least link by which words of a draft belong to the new English words."""
AROUND = {"(": ")", "（": "）", "*": "*", "**": "**", "_": "_", "(~~": "~~)", "[~~": "~~]", "(**": "**)", "[**": "**]"}
"""Marks that come in pairs around words."""
_PAIRS = {**AROUND, '"': '"', "“": "”"}


@dataclass(frozen=True)
class Wording:
    """The wording of some new English words.

    ``english`` if they stay English; ``unsaid`` are small words among them that the wording may not have.
    """

    text: str
    english: bool = False
    unsaid: tuple[str, ...] = ()


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

    def of(self, places: range, *, placed: bool) -> Wording:
        """The wording of the new tokens at ``places``; empty if they carry no meaning.

        One atom or number is its own translation. Other words come from the draft, and a known term from what people
        wrote elsewhere, if it is ``placed``: if where it belongs is known, since it takes the place of other words.
        All else stays English, small words included.
        """
        inner = self._trimmed(places)
        content = [self.found[k] for k in inner if self.found[k].content]
        small = [k for k in inner if self.found[k].qualifies]
        if not content:
            return Wording("")
        if len(content) == 1 and content[0].kind in ("atom", "number") and not small:
            return Wording(self._marked(content[0].text, inner))
        if text := self._drafted(inner):
            unsaid = tuple(self.found[k].text for k in small if not self._links.owned([k]))
            return Wording(self._marked(text, inner), unsaid=unsaid)
        if placed and (text := self._term(inner)):
            return Wording(self._marked(text, inner))
        return Wording(self._english(inner, places), english=True)

    @cached_property
    def _draft(self) -> tuple[Token, ...]:
        return tokens(self.draft, self.language)

    @cached_property
    def _links(self) -> Links:
        return links(self.found, self._draft, self.examples.table, least=OWNED)

    def _trimmed(self, places: range) -> range:
        """The places from the first to the last token that says something, with the marks that come in pairs there."""
        inner = [k for k in places if self.found[k].content or self.found[k].qualifies]
        if not inner:
            return range(0)
        first, last = inner[0], inner[-1]
        while last + 1 < places.stop and self._closes(last + 1, first):
            last += 1
        for k in range(first - 1, places.start - 1, -1):
            if closing := _PAIRS.get(self.found[k].text):
                closed = next((n for n in range(first, places.stop) if self.found[n].text == closing), None)
                if closed is None:
                    break
                first, last = k, max(last, closed)
        if first > places.start and self.found[first - 1].text == "[" and self._closed(first - 1, last):
            first -= 1
        return range(first, last + 1)

    def _closes(self, place: int, start: int) -> bool:
        """Whether the mark at ``place`` closes one that opens at ``start`` or behind it."""
        closing = self.found[place].text
        inside = [self.found[k].text for k in range(start, place)]
        opened = sum(_PAIRS.get(text) == closing for text in inside)
        return opened % 2 == 1 if closing in _PAIRS else opened > inside.count(closing)

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
        owned = self._links.owned([k for k in places if self.found[k].content or self.found[k].qualifies])
        if not any(self.found[self._links.owners[j]].content for j in owned):
            return ""
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

    def _term(self, places: range) -> str:
        """The wording of a term as people wrote it elsewhere, a link or not; empty if these words are no known term."""
        last = places[-1]
        if self.found[places.start].text == "[" and self._closed(places.start, last) == last:
            text = self._term(range(places.start + 1, last - 1))
            return f"[{text}]{self.found[last].text}" if text else ""
        if len(places) > 2 and AROUND.get(self.found[places.start].text) == self.found[last].text:
            text = self._term(range(places.start + 1, last))
            return self._marked(text, places) if text else ""
        words = self.found[places.start : places.stop]
        if len(words) > LONGEST or not (words[0].content and words[-1].content):
            return ""
        text = self.examples.translation(words) if all(token.kind == "word" for token in words) else ""
        english = self._text(places)
        return english if text.casefold() == english.casefold() else text

    def _english(self, inner: range, places: range) -> str:
        """The English of ``inner`` with the words beside it at ``places``, but no article at either end.

        What begins the sentence keeps its comma.
        """
        first, last = inner.start, inner[-1]
        while first > places.start and self.found[first - 1].kind == "word":
            first -= 1
        while last + 1 < places.stop and self.found[last + 1].kind == "word":
            last += 1
        while first < inner.start and self.found[first].form in ARTICLES:
            first += 1
        while last > inner[-1] and self.found[last].form in ARTICLES:
            last -= 1
        last += not first and last + 1 < places.stop and self.found[last + 1].text == ","
        return self._text(range(first, last + 1))

    def _text(self, places: range) -> str:
        return " ".join(self.new[self.found[places.start].start : self.found[places[-1]].end].split())
