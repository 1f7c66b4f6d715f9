"""What the translators of a document say in its code: their comments, and the words that they translate in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.alignment.bitext import Bitext
from bot.document.fence_language import language_of
from bot.document.model import Block
from bot.document.sentences import normal
from bot.planning.code_lines import items, may_speak, wording, wordy
from bot.planning.known_comments import Comments, learn_comments


@dataclass(frozen=True)
class CodeWords:
    """The words in the code of a document and of its translation."""

    bitext: Bitext

    @cached_property
    def comments(self) -> Comments:
        """The existing translations of comments: of each, what most code has for it, if that is no English.

        Code with a comment more or less pairs others than belong together, such as ``// bad`` with ``// good``; and
        what translators left in English more often than not is to stay so.
        """
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for old, ours in self._pairs():
            if old.text != ours.text and may_speak(old.text):
                for english, said in learn_comments(old.text, ours.text, language_of(old)).items():
                    found[english][said] += 1
        if not found:
            return {}
        all_english = " ".join(normal(b.text) for b in self.bitext.source.blocks if b.kind == "code")
        left = Counter(said for b in self.bitext.target.blocks for said in _comments(b, found))
        known: Comments = {}
        for english, texts in found.items():
            said = max(reversed(texts), key=texts.__getitem__)  # of equally many, the last
            if texts[said] > left[english] and normal(said) not in all_english:
                known[english] = said
        return known

    @cached_property
    def said(self) -> dict[bool, set[str]]:
        """What the translators say in code, by whether any line may be words; empty where they left all in English."""
        said: dict[bool, set[str]] = {}
        for old, ours in self._pairs():
            language = language_of(old)
            if old.text == ours.text and wordy(language) in said:
                continue
            if english := wording(old.text, language):
                here = said.setdefault(wordy(language), set())
                here.update(set(wording(ours.text, language)).difference(english))
        return said

    def _pairs(self) -> Iterator[tuple[Block, Block]]:
        """The blocks of code that translate one another."""
        for left, right in self.bitext.groups:
            if len(left) == len(right) == 1 and self.bitext.source.blocks[left[0]].kind == "code":
                yield self.bitext.source.blocks[left[0]], self.bitext.target.blocks[right[0]]


def _comments(block: Block, wanted: Collection[str]) -> Iterator[str]:
    """The comments of a block of code that are ``wanted``, with single spaces."""
    flat = normal(block.text) if block.kind == "code" else ""
    if any(text in flat for text in wanted):
        for item in items(block.text, language_of(block)):
            texts = [item.text] if item.comment else [item.words(p) for p in item.pieces if p.comment]
            yield from (normal(text) for text in texts)
