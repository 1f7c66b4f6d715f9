"""The versions that an English document had, and those that the comments of its translation fit best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from bot.alignment.blocks import align_versions
from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.model import Block, Document
from bot.document.sentences import normal

Past = Callable[[], Sequence[str]]
"""All texts that the English document ever had, as far as its history is known."""


class PastEnglish:
    """What English had before ``new``; its ``past`` is asked for once, and only if needed."""

    def __init__(self, past: Past, new: Document, flavour: Flavour) -> None:
        self._past, self._new, self._flavour = past, new, flavour
        self._known: dict[int, dict[int, Block]] = {}

    @cached_property
    def _texts(self) -> list[str]:
        return [*self._past()]

    @property
    def known(self) -> bool:
        """Whether any of its history is known."""
        return bool(self._texts)

    @cached_property
    def _versions(self) -> list[str]:
        return [normal(text) for text in (*self._texts, self._new.text)]

    def had(self, text: str, more_than: int = 0) -> bool:
        """Whether English once had a text (with single spaces), and more often than given."""
        return any(version.count(text) > more_than for version in self._versions[:-1])

    def lost(self, block: Block) -> bool:
        """Whether English once had a block, and has it no longer as often; the lines of tabs are too common to tell."""
        text = normal(block.text)
        return block.info not in ("begin_tab", "end_tab") and self.had(text, self._versions[-1].count(text))

    def best(self, said: Sequence[str]) -> list[int]:
        """The numbers of the versions, today's included, that have most of what the comments have ``said``."""
        fits = [sum(text in version for text in said) for version in self._versions]
        return [n for n, fit in enumerate(fits) if fit == max(fits)]

    def always_had(self, block: Block, best: Sequence[int]) -> bool:
        """Whether each of the versions ``best`` had a block as often as English has it today."""
        text = normal(block.text)
        return all(self._versions[n].count(text) >= self._versions[-1].count(text) for n in best)

    def had_then(self, best: Sequence[int]) -> frozenset[int]:
        """The blocks of today's English that each of the versions ``best`` had too, perhaps in other words."""
        return frozenset.intersection(*(frozenset(self._shared(n)) for n in best))

    def then(self, j: int, best: Sequence[int]) -> Block:
        """A block of today's English as the newest of the versions ``best``, which have it, had it."""
        return self._shared(min(best, key=lambda n: -1 if n == len(self._texts) else n))[j]

    def _shared(self, number: int) -> dict[int, Block]:
        """The blocks of today's English that one version has, as it has them."""
        if number not in self._known:
            blocks = parse(self._texts[number], self._flavour).blocks if number < len(self._texts) else self._new.blocks
            beads = align_versions(blocks, self._new.blocks)
            self._known[number] = {right[0]: blocks[left[0]] for left, right in beads if left and right}
        return self._known[number]
