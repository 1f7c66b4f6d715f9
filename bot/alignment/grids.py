"""The costs of many pairs of blocks at once, as arrays: to the last bit what the cost of each pair is.

For large grids only: importing numpy takes as long as all pairs of a document of usual size.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, get_args

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist

from bot.alignment.blocks import ITEMS, MARKS
from bot.alignment.gale_church import BELIEF, PRIOR, VARIANCE, Piece, SentenceCosts
from bot.document.model import BlockKind

if TYPE_CHECKING:
    from bot.alignment.blocks import Face, TranslationCost
    from bot.alignment.version_cost import Version, VersionCost

Floats = NDArray[np.float64]

_GROUPS = (*get_args(BlockKind), "text")


class SentenceGrid:
    """The costs of ``SentenceCosts``."""

    def __init__(self, cost: SentenceCosts) -> None:
        self.cost = cost
        self.targets = {n: Targets(pieces) for n, pieces in cost.right.items()}

    def lines(self, first: int, di: int, dj: int, spans: Sequence[range]) -> Sequence[Sequence[float]]:
        """The costs of ``di`` sentences from ``first`` on, each with ``dj`` of those of its span."""
        if not di or not dj or not any(spans):
            return self.cost.lines(first, di, dj, spans)
        evidence = self.cost.evidence
        found = PRIOR[di, dj] + self.targets[dj].distances(
            self.cost.left[di][first : first + len(spans)], spans, self.cost.scale
        )
        lines = [line[: len(span)].tolist() for line, span in zip(found, spans, strict=True)]
        if evidence is None:
            return lines
        return [
            [cost - BELIEF * evidence(i, di, j, dj) for j, cost in zip(span, line, strict=True)]
            for i, span, line in zip(count(first), spans, lines, strict=False)
        ]


class TranslationGrid:
    """The costs of a ``TranslationCost``."""

    def __init__(self, cost: TranslationCost) -> None:
        self.cost = cost
        self.left = _Faces(cost.left, cost.texts[0], cost.notes[0])
        self.right = _Faces(cost.right, cost.texts[1], cost.notes[1])
        self.targets = {n: Targets(texts) for n, texts in cost.texts[1].items()}

    def lines(self, first: int, di: int, dj: int, spans: Sequence[range]) -> list[list[float]]:
        """The costs of ``di`` blocks from ``first`` on, each with ``dj`` of those of its span."""
        if not di or not dj:
            return [[self.cost(first, di, 0, dj)] * len(span) for span in spans]
        found = self._rows(slice(first, first + len(spans)), di, dj, spans)
        lines = [line[: len(span)].tolist() for line, span in zip(found, spans, strict=True)]
        if not self.cost.evidence:
            return lines
        return [self._less(i, di, span, dj, line) for i, span, line in zip(count(first), spans, lines, strict=False)]

    def _rows(self, at: slice, di: int, dj: int, spans: Sequence[range]) -> Floats:
        """The costs of rows, each with its span, without the evidence of words."""
        cost = self.targets[dj].distances(self.cost.texts[0][di][at], spans, self.cost.scale)
        to = places(spans, len(self.right.texts[dj]))
        left, right = self.left, self.right
        if di + dj > 2:
            texts = left.texts[di][at, None] & right.texts[dj][to]
            ours, theirs = left.notes[di][at, None], right.notes[dj][to]
            cost = 3.2 + cost + (1.0 * ((ours ^ theirs) & MARKS > 0) + 1.5 * (ours & theirs & ITEMS == 0))
            return np.where(texts, cost, 99.0)
        marked = left.marked[at, None] != right.marked[to]
        cost += 0.3 * np.minimum(3, np.abs(left.stops[at, None] - right.stops[to])) + 0.7 * marked
        cost += 1.5 * (left.items[at, None] != right.items[to])
        cost += 3.0 * (left.within[at, None] != right.within[to])
        cost += 1.0 * (left.depths[at, None] != right.depths[to])
        same = left.groups[at, None] == right.groups[to]
        cost[~same] = 99.0
        same &= ~left.texts[1][at, None]
        if same.any():
            for n, k in np.argwhere(same).tolist():
                cost[n, k] = self.cost.pair(self.cost.left[at.start + n], self.cost.right[to[n, k]])
        return cost + self.cost.later * to

    def _less(self, i: int, di: int, span: range, dj: int, line: list[float]) -> list[float]:
        """The costs of a row less the evidence of words; blocks without prose, and unlike ones, have none."""
        words = self.cost.words
        if di + dj == 2:
            if not self.cost.has_words(i):
                return line
            return [c - words(i, 1, j, 1) if c < 99 else c for j, c in zip(span, line, strict=True)]
        if not self.left.texts[di][i]:
            return line
        texts = self.right.texts[dj]
        return [c - words(i, di, j, dj) if texts[j] else c for j, c in zip(span, line, strict=True)]


class _Faces:
    """The blocks of one text as columns, and by length what their runs of one and of two neighbours are."""

    def __init__(
        self, faces: Sequence[Face], texts: Mapping[int, Sequence[Piece | None]], notes: Mapping[int, Sequence[int]]
    ) -> None:
        self.groups = np.array([_GROUPS.index(f.group) for f in faces])
        self.stops = np.array([f.stops for f in faces])
        self.marked = np.array([f.marked for f in faces])
        self.items = np.array([f.item for f in faces])
        self.within = np.array([f.within for f in faces])
        self.depths = np.array([f.depth for f in faces])
        self.texts = {n: np.array([one is not None for one in runs], np.bool_) for n, runs in texts.items()}
        self.notes = {n: np.array(runs, np.int8) for n, runs in notes.items()}


class Targets:
    """Target pieces, for the ``distance`` of each to many source pieces at once; None is as a piece without content."""

    def __init__(self, pieces: Sequence[Piece | None]) -> None:
        self.lengths, self.anchors, self.worded = _features(pieces)
        self.hard: defaultdict[Hashable, array[int]] = defaultdict(lambda: array("i"))
        self.words: defaultdict[Hashable, array[int]] = defaultdict(lambda: array("i"))
        for number, one in enumerate(pieces):
            if one:
                for item in one.hard:
                    self.hard[item].append(number)
                for word in one.words:
                    self.words[word].append(number)

    def distances(self, source: Sequence[Piece | None], spans: Sequence[range], scale: float) -> Floats:
        """The distances of each of ``source`` and the targets of its span.

        Rows are as long as the longest span; what is after the end of a shorter one has no meaning.
        """
        at = places(spans, len(self.lengths))
        lengths, hard, worded = (column[:, None] for column in _features(source))
        b = self.lengths[at]
        delta = np.abs(b - lengths * scale)
        delta /= np.sqrt(np.maximum(lengths, b / scale) * scale * scale * VARIANCE + 4)
        cost = np.minimum(9.0, delta * delta / 2 + 0.2 * delta)
        anchors = hard + self.anchors[at]
        if anchors.any():
            shared = _shared(self.hard, [one.hard if one else () for one in source], spans, at.shape)
            cost += 1.6 * (anchors - 2 * shared) / (1 + 0.25 * anchors)
            cost -= np.minimum(4.0, 1.2 * shared)
        if worded.any() and self.words:
            shared = _shared(self.words, [one.words if one else () for one in source], spans, at.shape)
            cost -= np.minimum(2.0, 0.5 * shared)
        return np.asarray(cost)


def places(spans: Sequence[range], number: int) -> NDArray[np.intp]:
    """The numbers in the spans, a row each; after the end of a shorter one up to ``number - 1``, and that again."""
    starts = np.array([span.start for span in spans], np.intp)
    return np.asarray(np.minimum(starts[:, None] + np.arange(max(map(len, spans))), number - 1))


def _features(pieces: Sequence[Piece | None]) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """The lengths of pieces, the number of their anchors, and whether they have words."""
    return (
        np.array([one.length if one else 1 for one in pieces], np.float64),
        np.array([len(one.hard) if one else 0 for one in pieces], np.float64),
        np.array([bool(one and one.words) for one in pieces], np.bool_),
    )


def _shared(
    places: Mapping[Hashable, array[int]],
    source: Sequence[Iterable[Hashable]],
    spans: Sequence[range],
    shape: tuple[int, ...],
) -> Floats:
    """How many items each of ``source`` shares with each piece of its span; ``places`` has the pieces of each item."""
    hits, ends = array("i"), [0]
    for items, span in zip(source, spans, strict=True):
        for item in items:
            if found := places.get(item):
                start = bisect_left(found, span.start)
                hits += found[start : bisect_left(found, span.stop, start)]
        ends.append(len(hits))
    if not hits:
        return np.zeros(shape)
    width = shape[1]
    firsts = np.array([row * width - span.start for row, span in enumerate(spans)])
    cells = np.frombuffer(hits, np.int32) + np.repeat(firsts, np.diff(ends))
    return np.bincount(cells, minlength=shape[0] * width).reshape(shape).astype(np.float64)


class VersionGrid:
    """The costs of a ``VersionCost``."""

    def __init__(self, cost: VersionCost) -> None:
        self.cost = cost
        self.old, self.new = _Versions(cost.old), _Versions(cost.new)

    def lines(self, first: int, di: int, dj: int, spans: Sequence[range]) -> list[list[float]]:
        """The costs of blocks from ``first`` on, each with those of its span."""
        if not (di and dj):
            return [[self.cost(first, di, 0, dj)] * len(span) for span in spans]
        out: list[list[float]] = []
        step = max(1, max(map(len, spans)))
        for k in range(0, len(spans), step):
            part = spans[k : k + step]
            low, stop = part[0].start, part[-1].stop
            found = self._pairs(slice(first + k, first + k + len(part)), slice(low, stop))
            out += [row[span.start - low : span.stop - low].tolist() for row, span in zip(found, part, strict=True)]
        return out

    def _pairs(self, at: slice, to: slice) -> Floats:
        """The costs of each of some old blocks with each of some new ones."""
        old, new = self.old, self.new
        alike = cdist(old.texts[at], new.texts[to], scorer=ratio, dtype=np.float64) / 100
        same = old.kinds[at, None] == new.kinds[to]
        least = old.least[at, None]
        away = 2.0 * (1 - alike)
        cost = np.where(alike >= least, away + np.where(same, 0.0, 0.3), 99.0)
        headings = (old.levels[at, None] != "") & (old.levels[at, None] == new.levels[to])
        cost = np.where(headings, np.minimum(1.8, away), cost)
        apart = ~(old.plain[at, None] & new.plain[to])
        apart |= old.wordy[at, None] & new.wordy[to] & (alike < self.cost.similar)
        apart |= old.opened[at, None] & new.opened[to] & (alike < least)
        for i, j in np.argwhere(apart).tolist():
            cost[i, j] = self.cost.pair(self.cost.old[at.start + i], self.cost.new[to.start + j], float(alike[i, j]))
        return cost


class _Versions:
    """The blocks of one version as columns; ``levels`` are those of headings."""

    def __init__(self, versions: Sequence[Version]) -> None:
        self.texts = [one.text if one.plain else "" for one in versions]
        self.kinds = np.array([_GROUPS.index(one.kind) for one in versions])
        self.levels = np.array([one.block.info if one.kind == "heading" else "" for one in versions])
        self.least = np.array([one.least for one in versions])
        self.plain = np.array([one.plain for one in versions])
        self.wordy = np.array([one.plain and one.many_words for one in versions])
        self.opened = np.array([bool(one.opening) for one in versions])
