"""The lines of a document on which a sentence that waits is, and what they would be with another text of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from bot.document.flavours import Flavour, detect
from bot.document.markdown import parse
from bot.document.model import BlockKind
from bot.document.page import Page
from bot.document.segmentation import document_sentences
from bot.document.sentences import normal
from bot.review.record import key
from bot.review.unfinished import Unfinished

_QUOTED: tuple[BlockKind, ...] = ("front_matter", "row")
"""Blocks in which a text may have to be quoted in its own way."""

_HARD_BREAK = re.compile(r"(?: {2}|\\)\n")


@dataclass(frozen=True)
class Place:
    """Lines ``first`` to ``last`` (from 1), which are ``before``, the sentence, and ``after``.

    ``plain``: the sentence is in them as it is, so that another text can be put there, if it ``fits``: nothing else of
    the document would be read otherwise.
    """

    first: int
    last: int
    before: str
    after: str
    plain: bool
    fits: Callable[[str], bool] = field(compare=False)

    def with_text(self, text: str) -> str:
        """The lines with another text of the sentence; empty if it cannot be put there."""
        flat = normal(text)
        return f"{self.before}{flat}{self.after}" if self.plain and self.fits(flat) else ""


class Places:
    """The places of sentences in one document, whose text is that of the file."""

    def __init__(self, text: str, language: str, flavour: Flavour | None = None) -> None:
        self._text, self._language, self._flavour = text, language, flavour or detect(text)
        self._document = parse(text, self._flavour)
        self._sentences = list(document_sentences(self._document, language))
        self._keys = [key(sentence.text) for sentence in self._sentences]
        self._ends = [found.start() for found in re.finditer("\n", text)]
        self._starting: defaultdict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._keys):
            self._starting[name].append(number)

    def of(self, one: Unfinished) -> Place | None:
        """Where a sentence is, from its line on; None in a notebook, and if it is not there."""
        if isinstance(self._text, Page) or one.entry is None:
            return None
        wanted, size = list(one.entry.text), len(one.entry.text)
        found = [n for n in self._starting.get(wanted[0], ()) if self._keys[n : n + size] == wanted]
        later = [n for n in found if self._line(self._sentences[n].start) >= one.line]
        if not found:
            return None
        first = (later or found)[0]
        return self._place(first, first + size)

    def _line(self, position: int) -> int:
        return bisect_left(self._ends, position) + 1

    def _place(self, begin: int, behind: int) -> Place:
        inside = self._sentences[begin:behind]
        first, last = inside[0], inside[-1]
        start = self._text.rfind("\n", 0, first.start) + 1
        end = self._text.find("\n", last.end)
        end = end if end >= 0 else len(self._text)
        said = self._text[first.start : last.end]
        kind = self._document.blocks[first.block].kind
        plain = first.block == last.block and kind not in _QUOTED and "\r" not in self._text[start:end]
        return Place(
            self._line(first.start),
            self._line(max(first.start, last.end - 1)),
            self._text[start : first.start],
            self._text[last.end : end],
            plain
            and not _HARD_BREAK.search(said)
            # Text in a quotation has marks at the beginnings of its lines.
            and normal(said).replace(" ", "") == normal("".join(s.text for s in inside)).replace(" ", ""),
            partial(self._fits, begin, behind),
        )

    def _fits(self, begin: int, behind: int, text: str) -> bool:
        """Whether a text in the place of sentences ``begin`` to ``behind`` leaves all others, and all blocks, alone.

        It may be a mark of a list at the start of its line, or end the quotes or brackets that it is in.
        """
        first, last = self._sentences[begin], self._sentences[behind - 1]
        whole = f"{self._text[: first.start]}{text}{self._text[last.end :]}"
        made = parse(whole, self._flavour)
        if [block.kind for block in made.blocks] != [block.kind for block in self._document.blocks]:
            return False
        found = list(document_sentences(made, self._language))
        rest = len(self._sentences) - behind
        here = found[begin : len(found) - rest]
        return (
            [key(one.text) for one in found[:begin]] == self._keys[:begin]
            and [key(one.text) for one in found[len(found) - rest :]] == self._keys[behind:]
            and normal("".join(one.text for one in here)).replace(" ", "") == text.replace(" ", "")
            and {(one.block, one.field) for one in here} == {(first.block, first.field)}
        )
