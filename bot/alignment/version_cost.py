"""How well one English block fits as the new version of another one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

from rapidfuzz.fuzz import ratio as text_ratio

from bot.alignment import gale_church
from bot.alignment.gale_church import Bag, Costs
from bot.alignment.order import opening
from bot.document.atoms import ATOM
from bot.document.cells import cell_name
from bot.document.model import PROSE, Block, BlockKind

_BRIEF: frozenset[BlockKind] = frozenset({"math", "image", "heading", "code"})
"""Kinds of blocks that count as the same even if less of their text is the same."""

_LONG = 20_000
"""Characters of a block from which only its beginning is compared."""

_PLAIN: frozenset[BlockKind] = PROSE - {"admonition", "front_matter"}
"""Kinds of blocks that nothing but their text tells apart."""


class Version:
    """A block as it is compared with its other version; what most comparisons need is found once.

    ``least`` is the similarity (0 to 1) from which another block may be it.
    """

    def __init__(self, block: Block) -> None:
        self.block, self.kind, self.prose = block, block.kind, block.kind in PROSE
        self.text = "\n".join(block.contents) if block.fields else block.text.strip()
        self.cell = cell_name(block)
        self.least = 0.45 if self.kind in _BRIEF else 0.5
        self.plain = self.kind in _PLAIN and not self.cell and len(self.text) <= _LONG

    @cached_property
    def words(self) -> Bag:
        return _words(self.text)

    @cached_property
    def many_words(self) -> bool:
        return len(self.words) > 8

    @cached_property
    def opening(self) -> str:
        return opening(self.block)


class VersionCost:
    """Cost of treating one English block as the new version of another: dissimilarity of their texts."""

    similar = 0.75
    """Similarity (0 to 1) of texts below which the words that they share are compared too."""

    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        self.old, self.new = [Version(b) for b in old], [Version(b) for b in new]

    def __call__(self, i: int, di: int, j: int, dj: int) -> float:
        return self.pair(self.old[i], self.new[j]) if di and dj else 1.0

    def at_once(self) -> Costs:
        """The same costs, found for many pairs at once."""
        from bot.alignment.grids import VersionGrid

        return VersionGrid(self)

    @classmethod
    def pair(cls, one: Version, other: Version, alike: float | None = None) -> float:
        """The cost of a pair; ``alike`` is the similarity (0 to 1) of their texts, if it is known."""
        kind = one.kind
        same = kind == other.kind
        if one.plain and other.plain:
            return cls._by_text(one, other, same, alike)
        if "front_matter" in (kind, other.kind):
            return 0.0 if same else 99.0
        if same and (one.cell or other.cell):
            return 0.0 if one.cell == other.cell else 99.0
        if not same and not (one.prose and other.prose):
            return 99.0
        old, new = one.block, other.block
        if kind == "code":
            if old.tabs and new.tabs and not old.tabs & new.tabs:
                return 99.0
            if old.language != new.language and "toc" in (old.info, new.info):
                return 99.0
        if kind == "directive" and (old.info, old.within) != (new.info, new.within):
            return 99.0
        if same and kind == "admonition":
            return 0.3 if old.info == new.info else 0.9
        before, after = one.text, other.text
        if max(len(before), len(after)) > _LONG:
            return 0.0 if before[:2000] == after[:2000] else 1.5
        return cls._by_text(one, other, same)

    @classmethod
    def _by_text(cls, one: Version, other: Version, same: bool, alike: float | None = None) -> float:
        if alike is None:
            alike = text_ratio(one.text, other.text) / 100
        if one.prose and alike < cls.similar and one.many_words and other.many_words:
            alike = max(alike, _word_overlap(one.words, other.words))
        if same and one.kind == "heading" and one.block.info == other.block.info:
            return min(1.8, 2.0 * (1 - alike))
        if alike < one.least and same and one.opening and one.opening == other.opening:
            return 1.8  # an entry whose other content was rewritten
        return 2.0 * (1 - alike) + (0.0 if same else 0.3) if alike >= one.least else 99.0


def _word_overlap(one: Bag, other: Bag) -> float:
    """Share of the words of the one with fewer that the other has, for rewritten, split or extended paragraphs."""
    return len(one & other) / min(len(one), len(other)) * 0.75


@lru_cache(maxsize=1024)
def _words(text: str) -> Bag:
    return gale_church.bag(ATOM.sub(lambda m: m[0].replace(" ", ""), text).casefold().split())
