"""Alignment of a text with its translation: which source pieces and which target pieces belong together.

Dynamic programming over two sequences after Gale and Church (A Program for Aligning Sentences in
Bilingual Corpora, 1993): lengths in code points, beads of up to two (sentences: three) pieces a side;
their length model is joined by anchors that survive translation (atoms, numbers, names).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.segments import ATOM, plain_atom

Bead = tuple[tuple[int, ...], tuple[int, ...]]
"""Indices of the source pieces and of the target pieces that translate each other; one may be empty."""

_PRIOR = {
    (1, 1): 0.0,
    (1, 0): 4.5,
    (0, 1): 4.5,
    (2, 1): 2.4,
    (1, 2): 2.4,
    (2, 2): 4.4,
    (3, 1): 4.8,
    (1, 3): 4.8,
}
"""Minus log probability of each kind of bead, relative to one to one. Those of the paper, rounded;
deletion and insertion are made cheaper since books drift."""

_OBVIOUS = 0.5
"""Cost below which each of equally many sentences is taken for the partner of its opposite (a guess)."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9.+-]*[A-Za-z0-9]")
_VARIANCE = 6.8
"""Variance of the target length per source character, from the paper."""


@dataclass(frozen=True)
class Piece:
    """What alignment looks at: length in code points and the anchors (hard ones must have a partner)."""

    length: int
    hard: tuple[str, ...]
    words: frozenset[str]


def piece(text: str) -> Piece:
    """The features of a sentence or of the prose of a block."""
    hard = [plain_atom(m[0]) for m in ATOM.finditer(text)]
    prose = ATOM.sub(" ", text)
    numbers = _NUMBER.findall(prose)
    names = frozenset(w.casefold() for w in _NAME.findall(prose))
    length = len(prose) - prose.count(" ") + sum(min(len(a), 12) for a in hard)
    return Piece(max(1, length), (*hard, *(n.rstrip(".,") for n in numbers)), names)


def ratio(source: Sequence[Piece], target: Sequence[Piece]) -> float:
    """Target characters per source character over both texts, kept within a sane range."""
    return min(4.0, max(0.2, (sum(p.length for p in target) + 20) / (sum(p.length for p in source) + 20)))


def mismatch(source: Sequence[Piece], target: Sequence[Piece], scale: float) -> float:
    """Cost of taking these pieces as translations of each other: 0 is perfect, about 5 a coin toss."""
    a = source[0].length if len(source) == 1 else sum(p.length for p in source)
    b = target[0].length if len(target) == 1 else sum(p.length for p in target)
    delta = abs(b - a * scale) / math.sqrt(max(a, b / scale) * scale * scale * _VARIANCE + 4)
    cost = min(9.0, delta * delta / 2 + 0.2 * delta)
    if len(source) == len(target) == 1:
        left, right, words = source[0].hard, target[0].hard, source[0].words & target[0].words
    else:
        left = tuple(h for p in source for h in p.hard)
        right = tuple(h for p in target for h in p.hard)
        words = frozenset().union(*(p.words for p in source)) & frozenset().union(*(p.words for p in target))
    if left or right:
        shared = _shared(left, right)
        cost += 1.6 * (len(left) + len(right) - 2 * shared) / (1 + 0.25 * (len(left) + len(right)))
        cost -= min(4.0, 1.2 * shared)
    return cost - min(2.0, 0.5 * len(words))


def _shared(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    if len(left) == 1:
        return 1 if left[0] in right else 0
    return sum((Counter(left) & Counter(right)).values()) if left and right else 0


def best_path(
    rows: int, columns: int, cost: Callable[[int, int, int, int], float], moves: Sequence[tuple[int, int]]
) -> list[Bead]:
    """Cheapest way through a grid of ``rows`` source by ``columns`` target pieces.

    ``cost(i, di, j, dj)`` is that of joining source ``i:i+di`` with target ``j:j+dj``. Far from the
    diagonal nothing is looked at when the grid is large: time and memory stay bounded.
    """
    band = min(max(40, 400_000 // max(1, rows)) + abs(rows - columns), 40 + 4_000_000 // max(1, rows))
    width = min(columns, 2 * band) + 1
    infinite = math.inf
    lows = [min(max(0, i * columns // max(1, rows) - band), columns + 1 - width) for i in range(rows + 1)]
    costs = {0: [0.0] + [infinite] * (width - 1)}
    came = [bytearray(width) for _ in lows]
    for i, low in enumerate(lows):
        line = costs.pop(i, None) or [infinite] * width
        for j in range(low, low + width):
            here = line[j - low]
            if here == infinite:
                continue
            for number, (di, dj) in enumerate(moves, 1):
                ni, nj = i + di, j + dj
                if ni > rows or not 0 <= (at := nj - lows[ni]) < width or nj > columns:
                    continue
                total = here + cost(i, di, j, dj)
                into = line if not di else costs.setdefault(ni, [infinite] * width)
                if total < into[at]:
                    into[at] = total
                    came[ni][at] = number
    beads: list[Bead] = []
    i, j = rows, columns
    while i or j:
        at = j - lows[i]
        number = came[i][at] if 0 <= at < width else 0
        di, dj = moves[number - 1] if number else ((1, 0) if i else (0, 1))
        i, j = i - di, j - dj
        beads.append((tuple(range(i, i + di)), tuple(range(j, j + dj))))
    return beads[::-1]


def align_sentences(source: Sequence[Piece], target: Sequence[Piece], scale: float) -> list[Bead]:
    """Beads of the sentences of a paragraph and of its translation, in order."""
    if len(source) == len(target):
        pairs = [((n,), (n,)) for n in range(len(source))]
        if len(source) == 1 or all(
            mismatch([s], [t], scale) < _OBVIOUS for s, t in zip(source, target, strict=True)
        ):
            return pairs

    def cost(i: int, di: int, j: int, dj: int) -> float:
        if not dj:
            return _PRIOR[di, dj] + 0.8 * len(source[i].hard)
        if not di:
            return _PRIOR[di, dj] + 0.8 * len(target[j].hard)
        return _PRIOR[di, dj] + mismatch(source[i : i + di], target[j : j + dj], scale)

    return best_path(len(source), len(target), cost, tuple(_PRIOR))
