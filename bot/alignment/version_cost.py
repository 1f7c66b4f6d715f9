"""How well one English block fits as the new version of another one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import ratio as text_ratio
from rapidfuzz.process import cdist

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

_ALONE = 1.0
"""Cost of a block without a partner."""

_SIMILAR = 0.75
"""Similarity of texts below which the words that they share are compared too."""

_MANY = 24
"""Pairs from which finding all at once is faster."""

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

    def lines(self, first: int, di: int, dj: int, spans: Sequence[range]) -> list[list[float]]:
        """The costs of blocks from ``first`` on, each with those of its span."""
        if not (di and dj):
            return [[_ALONE] * len(span) for span in spans]
        if sum(map(len, spans)) < _MANY:
            return [[self._pair(self.old[i], self.new[j]) for j in span] for i, span in enumerate(spans, first)]
        out: list[list[float]] = []
        step = max(1, max(map(len, spans)))
        for k in range(0, len(spans), step):
            part = spans[k : k + step]
            low, stop = part[0].start, part[-1].stop
            found = self._pairs(slice(first + k, first + k + len(part)), slice(low, stop))
            out += [row[span.start - low : span.stop - low].tolist() for row, span in zip(found, part, strict=True)]
        return out

    @cached_property
    def _sides(self) -> tuple[_Side, _Side]:
        return _Side(self.old), _Side(self.new)

    def _pairs(self, at: slice, to: slice) -> NDArray[np.float64]:
        """The costs of each of some old blocks with each of some new ones, as ``_pair`` has them."""
        old, new = self._sides
        alike = cdist(old.texts[at], new.texts[to], scorer=text_ratio, dtype=np.float64) / 100
        same = old.kinds[at, None] == new.kinds[to]
        least = old.least[at, None]
        away = 2.0 * (1 - alike)
        cost = np.where(alike >= least, away + np.where(same, 0.0, 0.3), 99.0)
        headings = (old.levels[at, None] != "") & (old.levels[at, None] == new.levels[to])
        cost = np.where(headings, np.minimum(1.8, away), cost)
        apart = ~(old.plain[at, None] & new.plain[to])
        apart |= old.wordy[at, None] & new.wordy[to] & (alike < _SIMILAR)
        apart |= old.opened[at, None] & new.opened[to] & (alike < least)
        for i, j in np.argwhere(apart).tolist():
            cost[i, j] = self._pair(self.old[at.start + i], self.new[to.start + j], float(alike[i, j]))
        return cost

    @staticmethod
    def _pair(one: _Version, other: _Version, alike: float | None = None) -> float:
        """The cost of a pair; ``alike`` is how similar their texts are, if that is known."""
        kind = one.kind
        same = kind == other.kind
        if one.plain and other.plain:
            return _by_text(one, other, same, alike)
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


class _Side:
    """The blocks of one version as columns; ``levels`` are those of headings."""

    def __init__(self, versions: Sequence[_Version]) -> None:
        self.texts = [one.text if one.plain else "" for one in versions]
        self.kinds = np.array([one.kind for one in versions])
        self.levels = np.array([one.block.info if one.kind == "heading" else "" for one in versions])
        self.least = np.array([_least(one) for one in versions])
        self.plain = np.array([one.plain for one in versions])
        self.wordy = np.array([one.plain and one.many_words for one in versions])
        self.opened = np.array([bool(one.opening) for one in versions])


def _least(one: _Version) -> float:
    """The similarity (0 to 1) from which a block may be the same one."""
    return 0.45 if one.kind in _BRIEF else 0.5


def _by_text(one: _Version, other: _Version, same: bool, alike: float | None = None) -> float:
    if alike is None:
        alike = text_ratio(one.text, other.text) / 100
    if one.prose and alike < _SIMILAR and one.many_words and other.many_words:
        alike = max(alike, _word_overlap(one.words, other.words))
    least = _least(one)
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
