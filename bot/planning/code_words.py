"""What the translators of a document say in its code: their comments, and the words that they translate in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.alignment.bitext import Bitext
from bot.document.fence_language import language_of
from bot.document.model import Block
from bot.planning.code_lines import may_speak, wording, wordy
from bot.planning.code_merge import Comments, learn_comments


@dataclass(frozen=True)
class CodeWords:
    """The words in the code of a document and of its translation."""

    bitext: Bitext

    @cached_property
    def comments(self) -> Comments:
        """The existing translations of comments."""
        known: Comments = {}
        for old, ours in self._pairs():
            if old.text != ours.text and may_speak(old.text):
                known |= learn_comments(old.text, ours.text, language_of(old))
        return known

    @cached_property
    def said(self) -> dict[bool, set[str]]:
        """What the translators say in code, by whether any line may be words; empty where they left all in English."""
        said: dict[bool, set[str]] = {}
        for old, ours in self._pairs():
            language = language_of(old)
            if english := wording(old.text, language):
                here = said.setdefault(wordy(language), set())
                here.update(set(wording(ours.text, language)).difference(english))
        return said

    def _pairs(self) -> Iterator[tuple[Block, Block]]:
        """The blocks of code that translate one another."""
        for left, right in self.bitext.groups:
            if len(left) == len(right) == 1 and self.bitext.source.blocks[left[0]].kind == "code":
                yield self.bitext.source.blocks[left[0]], self.bitext.target.blocks[right[0]]
