"""How well one English block fits as the new version of another one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

from rapidfuzz.fuzz import ratio as text_ratio

from bot.alignment import gale_church
from bot.alignment.gale_church import Bag
from bot.alignment.order import opening
from bot.document.atoms import ATOM
from bot.document.cells import cell_name
from bot.document.markdown import PROSE, Block, BlockKind

_BRIEF: frozenset[BlockKind] = frozenset({"math", "image", "heading", "code"})
"""Kinds of blocks that count as the same even if less of their text is the same."""

_LONG = 20_000
"""Characters of a block from which only its beginning is compared."""

_PLAIN: frozenset[BlockKind] = PROSE - {"admonition", "front_matter"}
"""Kinds of blocks that nothing but their text tells apart."""


class _Version:
    """A block as it is compared with its other version; what most comparisons need is found once."""

    def __init__(self, block: Block) -> None:
        self.block, self.kind, self.prose = block, block.kind, block.kind in PROSE
        self.text = "\n".join(block.contents) if block.fields else block.text.strip()
        self.cell = cell_name(block)
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

    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        self.old, self.new = [_Version(b) for b in old], [_Version(b) for b in new]

    def __call__(self, i: int, di: int, j: int, dj: int) -> float:
        return self._pair(self.old[i], self.new[j]) if di and dj else 1.0

    @staticmethod
    def _pair(one: _Version, other: _Version) -> float:
        kind = one.kind
        same = kind == other.kind
        if one.plain and other.plain:
            return _by_text(one, other, same)
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
        return _by_text(one, other, same)


def _by_text(one: _Version, other: _Version, same: bool) -> float:
    alike = text_ratio(one.text, other.text) / 100
    if one.prose and alike < 0.75 and one.many_words and other.many_words:
        alike = max(alike, _word_overlap(one.words, other.words))
    least = 0.45 if one.kind in _BRIEF else 0.5
    if same and one.kind == "heading" and one.block.info == other.block.info:
        return min(1.8, 2.0 * (1 - alike))
    if alike < least and same and one.opening and one.opening == other.opening:
        return 1.8  # an entry whose other content was rewritten
    return 2.0 * (1 - alike) + (0.0 if same else 0.3) if alike >= least else 99.0


def _word_overlap(one: Bag, other: Bag) -> float:
    """Share of the words of the one with fewer that the other has, for rewritten, split or extended paragraphs."""
    return len(one & other) / min(len(one), len(other)) * 0.75


@lru_cache(maxsize=1024)
def _words(text: str) -> Bag:
    return gale_church.bag(ATOM.sub(lambda m: m[0].replace(" ", ""), text).casefold().split())
