"""Alignment of a text with its translation: which source pieces and which target pieces belong together.

Dynamic programming over two sequences after Gale and Church (A Program for Aligning Sentences in
Bilingual Corpora, 1993): lengths in code points, beads of up to two (sentences: three) pieces per side;
their length model is complemented by anchors that survive translation (atoms, numbers, names).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import Protocol, runtime_checkable

from bot.document.atoms import apart, plain_atom

Bead = tuple[tuple[int, ...], tuple[int, ...]]
"""Indices of the source pieces and of the target pieces that translate each other; one may be empty."""

PRIOR = {
    (1, 1): 0.0,
    (1, 0): 4.5,
    (0, 1): 4.5,
    (2, 1): 2.4,
    (1, 2): 2.4,
    (2, 2): 4.4,
    (3, 1): 4.8,
    (1, 3): 4.8,
}
"""Minus log probability of each kind of bead, relative to one to one. The values of the paper, rounded;
deletion and insertion are cheaper, since books drift."""

_REACH = 10
"""Maximum distance of sentences of a paragraph from the position that their order suggests (a guess)."""

_OBVIOUS = 0.5
"""Cost below which equally many sentences are paired one to one (a guess)."""

Evidence = Callable[[int, int, int, int], float]
"""``evidence(i, di, j, dj)``: how strongly the words of source pieces ``i:i+di`` suggest that target pieces
``j:j+dj`` are their translation, as a log likelihood ratio: negative for unrelated texts."""

BELIEF = 0.3
"""Weight of the evidence of words relative to lengths and anchors; below 1, since words that occur
together are not independent (chosen by reading cases where weights disagree on d2l-zh)."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9.+-]*[A-Za-z0-9]")
VARIANCE = 6.8
"""Variance of the target length per source character, from the paper."""


Bag = frozenset[tuple[str, int]]
"""Words with repetitions as a set: the n-th occurrence of a word is a separate member."""


@dataclass(frozen=True)
class Piece:
    """The features used for alignment: length in code points and anchors (hard ones must have a partner)."""

    length: int
    hard: Bag
    words: frozenset[str]


_NOTHING = Piece(0, frozenset(), frozenset())


@lru_cache(maxsize=4096)
def piece(text: str) -> Piece:
    """The features of a sentence or of the prose of a block."""
    found, prose = apart(text)
    hard = [plain_atom(atom) for atom in found]
    numbers = [n.rstrip(".,") for n in _NUMBER.findall(prose)]
    names = frozenset(map(str.casefold, _NAME.findall(prose)))
    length = len(prose) - prose.count(" ") + sum(min(len(a), 12) for a in hard)
    return Piece(max(1, length), bag(hard + numbers), names)


def bag(items: Iterable[str]) -> Bag:
    """``items`` with repetitions as a set, so that the common items of two of them are their intersection."""
    seen: dict[str, int] = {}
    out = set()
    for item in items:
        seen[item] = number = seen.get(item, 0) + 1
        out.add((item, number))
    return frozenset(out)


def joined(pieces: Sequence[Piece]) -> Piece:
    """Several pieces as one."""
    if len(pieces) == 1:
        return pieces[0]
    first, *others = pieces
    anchored = [p.hard for p in pieces if p.hard] or [first.hard]
    hard = anchored[0] if len(anchored) == 1 else bag(item for one in anchored for item, _ in one)
    return Piece(sum([p.length for p in pieces]), hard, first.words.union(*[p.words for p in others]))


def ratio(source: Iterable[Piece], target: Iterable[Piece]) -> float:
    """Target characters per source character over both texts, kept within a sane range."""
    return min(4.0, max(0.2, (sum(p.length for p in target) + 20) / (sum(p.length for p in source) + 20)))


def mismatch(source: Sequence[Piece], target: Sequence[Piece], scale: float) -> float:
    """Cost of treating these pieces as translations of each other: 0 is perfect, about 5 is a coin toss."""
    return distance(joined(source), joined(target), scale)


def distance(source: Piece, target: Piece, scale: float) -> float:
    """``mismatch`` of one piece per side."""
    a, b = source.length, target.length
    delta = abs(b - a * scale) / math.sqrt(max(a, b / scale) * scale * scale * VARIANCE + 4)
    cost = min(9.0, delta * delta / 2 + 0.2 * delta)
    hard, other = source.hard, target.hard
    if hard or other:
        anchors, shared = len(hard) + len(other), len(hard & other)
        cost += 1.6 * (anchors - 2 * shared) / (1 + 0.25 * anchors)
        cost -= min(4.0, 1.2 * shared)
    words, theirs = source.words, target.words
    if not words or not theirs or words.isdisjoint(theirs):
        return cost
    return cost - min(2.0, 0.5 * len(words & theirs))


WHOLE = 40_000
"""Cells of a grid up to which all of it is searched; in a larger one, only a band around its diagonal."""

_HUGE = 4_000_000
"""Cells of a grid from which a narrow band is tried first; no real document has so many without an anchor."""

_BANDS = (4, 16, 64)
"""Widths of the band around the diagonal of a large grid; the next one is tried if a path touches the edge."""


Cost = Callable[[int, int, int, int], float]
"""``cost(i, di, j, dj)``: the cost of joining source pieces ``i:i+di`` with target pieces ``j:j+dj``."""


@runtime_checkable
class Costs(Protocol):
    """The costs of many cells at once, which takes a fraction of the time."""

    def lines(self, first: int, di: int, dj: int, spans: Sequence[range]) -> Sequence[Sequence[float]]:
        """For each of the ``spans``, a row from ``first`` on: the costs of ``di`` pieces there and ``dj`` of each j."""


@runtime_checkable
class AtOnce(Protocol):
    """Costs that can be found for many cells at once, in arrays, which pays for large grids."""

    def at_once(self) -> Costs: ...


_TOGETHER = 1024
"""Cells whose costs are found at once."""


class OneByOne:
    """The costs of any function."""

    def __init__(self, cost: Cost) -> None:
        self.cost = cost

    def lines(self, first: int, di: int, dj: int, spans: Sequence[range]) -> Sequence[Sequence[float]]:
        cost = self.cost
        return [[cost(i, di, j, dj) for j in span] for i, span in enumerate(spans, first)]


def best_path(
    rows: int, columns: int, cost: Cost | Costs, moves: Sequence[tuple[int, int]], reach: int = 400
) -> list[Bead]:
    """Cheapest path through a grid of ``rows`` source by ``columns`` target pieces.

    Cells more than ``reach`` pieces from the diagonal are ignored. In a large grid, the searched part is so small that
    time and memory are linear in ``rows + columns``.
    """
    costs = cost if isinstance(cost, Costs) else OneByOne(cost)
    if rows * columns <= WHOLE:
        return _path_in_band(rows, columns, costs, moves, reach + abs(rows - columns))[0]
    if isinstance(cost, AtOnce):
        costs = cost.at_once()
    beads: list[Bead] = []
    for band in _BANDS if rows * columns > _HUGE else _BANDS[1:]:
        wide = min(band, reach + abs(rows - columns)) * max(rows, columns) // rows
        beads, leans = _path_in_band(rows, columns, costs, moves, wide)
        if not leans:
            break
    return beads


def _path_in_band(
    rows: int, columns: int, costs: Costs, moves: Sequence[tuple[int, int]], band: int
) -> tuple[list[Bead], bool]:
    """The cheapest path at most ``band`` columns from the diagonal, and whether it comes near the edge of that band."""
    width = min(columns, 2 * band) + 1
    lows = [min(max(0, i * columns // max(1, rows) - band), columns + 1 - width) for i in range(rows + 1)]
    came = _searched(rows, columns, costs, moves, lows, width)
    beads: list[Bead] = []
    i, j = rows, columns
    leans = False
    near = band // 4
    while i or j:
        at = j - lows[i]
        leans = leans or (at < near and lows[i] > 0) or (at >= width - near and lows[i] + width <= columns)
        number = came[i][at] if 0 <= at < width else 0
        di, dj = moves[number - 1] if number else ((1, 0) if i else (0, 1))
        i, j = i - di, j - dj
        beads.append((tuple(range(i, i + di)), tuple(range(j, j + dj))))
    return beads[::-1], leans


def _searched(
    rows: int,
    columns: int,
    costs: Costs,
    moves: Sequence[tuple[int, int]],
    lows: Sequence[int],
    width: int,
) -> list[bytearray]:
    """For each cell of the band the number (from 1) of the move by which it is reached at the least cost; 0: none.

    Of equal ones that from the earliest row, and there from the earliest column.
    """
    step = max(1, _TOGETHER // width)
    # The costs of the rows from one on, by move.
    known: dict[tuple[int, int], tuple[int, Sequence[Sequence[float]]]] = dict.fromkeys(moves, (0, ()))

    def line(i: int, di: int, dj: int) -> Sequence[float]:
        """The costs of a move from each cell of a row."""
        first, found = known[di, dj]
        if i - first >= len(found):
            spans = [range(low, min(low + width, columns - dj + 1)) for low in lows[i : min(i + step, rows - di + 1)]]
            first, found = known[di, dj] = i, costs.lines(i, di, dj, spans)
        return found[i - first]

    order = sorted(((di, dj, number) for number, (di, dj) in enumerate(moves, 1)), key=lambda m: (-m[0], -m[1]))
    came = [bytearray(width) for _ in lows]
    totals: dict[int, list[float]] = {}
    longest = max(di for di, _ in moves)
    for i, (low, marks) in enumerate(zip(lows, came, strict=True)):
        best = totals[i] = [math.inf] * width
        totals.pop(i - longest - 1, None)
        empty = True
        if not i:
            best[0] = 0.0
        for di, dj, number in order:
            if di > i:
                continue
            shift = lows[i - di] + dj - low
            start, end = max(0, -shift), width - max(0, shift)
            here = line(i - di, di, dj)
            if di:
                found = list(map(add, totals[i - di][start:end], here[start:end]))
                first = start + shift
                if empty and found and max(found) < math.inf:
                    best[first : first + len(found)] = found
                    marks[first : first + len(found)] = bytes([number]) * len(found)
                else:
                    for at, total in enumerate(found, first):
                        if total < best[at]:
                            best[at] = total
                            marks[at] = number
                empty = False
            else:
                for at in range(start, min(end, len(here))):
                    total = best[at] + here[at]
                    if total < best[at + dj]:
                        best[at + dj] = total
                        marks[at + dj] = number
    return came


def align_sentences(
    source: Sequence[Piece],
    target: Sequence[Piece],
    scale: float,
    evidence: Evidence | None = None,
    likely: Callable[[int], bool] | None = None,
) -> list[Bead]:
    """Beads of the sentences of a paragraph and of its translation, in order.

    ``likely`` tells more quickly than ``evidence`` whether it is positive for the n-th sentences of both.
    """
    if likely is None:

        def likely(n: int) -> bool:
            return evidence is None or evidence(n, 1, n, 1) > 0

    if len(source) == len(target):
        pairs: list[Bead] = [((n,), (n,)) for n in range(len(source))]
        if len(source) == 1 or all(
            distance(s, t, scale) < _OBVIOUS and likely(n) for n, (s, t) in enumerate(zip(source, target, strict=True))
        ):
            return pairs

    return best_path(
        len(source), len(target), SentenceCosts(source, target, scale, evidence), tuple(PRIOR), reach=_REACH
    )


class SentenceCosts:
    """The costs of sentences: a row at once saves a call for each cell."""

    def __init__(
        self, source: Sequence[Piece], target: Sequence[Piece], scale: float, evidence: Evidence | None
    ) -> None:
        self.left, self.right, self.scale, self.evidence = _runs(source), _runs(target), scale, evidence

    def lines(self, first: int, di: int, dj: int, spans: Sequence[range]) -> Sequence[Sequence[float]]:
        """For each of the ``spans``, a row from ``first`` on: the costs of ``di`` sentences and ``dj`` of each j."""
        prior, scale, evidence = PRIOR[di, dj], self.scale, self.evidence
        if not di:
            return [[prior + 0.8 * len(self.right[1][j].hard) for j in span] for span in spans]
        rows = enumerate(spans, first)
        if not dj:
            return [[prior + 0.8 * len(self.left[1][i].hard)] * len(span) for i, span in rows]
        left, right = self.left[di], self.right[dj]
        if evidence is None:
            return [[prior + distance(left[i], right[j], scale) for j in span] for i, span in rows]
        return [
            [prior + distance(left[i], right[j], scale) - BELIEF * evidence(i, di, j, dj) for j in span]
            for i, span in rows
        ]

    def at_once(self) -> Costs:
        from bot.alignment.grids import SentenceGrid  # imports numpy

        return SentenceGrid(self)


def misfit(source: Sequence[Piece], target: Sequence[Piece], scale: float) -> float:
    """How badly sentences fit as a whole: the sum of ``mismatch`` over their beads, whatever these are likely to be."""
    beads = align_sentences(source, target, scale)
    return sum(
        mismatch([source[n] for n in a] or [_NOTHING], [target[n] for n in b] or [_NOTHING], scale) for a, b in beads
    )


def _runs(pieces: Sequence[Piece]) -> dict[int, list[Piece]]:
    """By length: the runs of one, two and three neighbours, each as one piece."""
    return {n: [joined(pieces[i : i + n]) for i in range(len(pieces) - n + 1)] for n in (1, 2, 3)}
