"""Groups the phrases of a language without full stops into the sentences that they translate.

Thai and Lao are split at spaces (``bot.document.phrases``), so one sentence of the source may be any number of
phrases: more than the beads of Gale and Church allow. This module distributes the phrases of a paragraph among its
source sentences, in order, at least one each, so that lengths and anchors fit best.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from bot.alignment import gale_church
from bot.document.segmentation import Sentence

_MOST = 12
"""Maximum number of phrases in a sentence."""

_REACH = 60
"""How far the phrases of a very long paragraph may be from where their number alone would put them."""


def gathered(source: Sequence[Sentence], target: Sequence[Sentence], scale: float) -> list[Sentence]:
    """The sentences of ``target``, made of its phrases; the phrases themselves if they cannot be distributed."""
    rows, columns = len(source), len(target)
    if not 0 < rows < columns <= rows * _MOST or len({(s.block, s.field) for s in target}) > 1:
        return list(target)
    ours, theirs = ([gale_church.piece(s.text) for s in side] for side in (source, target))
    reach = columns if rows * columns <= gale_church.WHOLE else _REACH
    best = {0: 0.0}
    sizes: list[dict[int, int]] = []
    for i in range(rows):
        line: dict[int, float] = {}
        chosen: dict[int, int] = {}
        middle = (i + 1) * columns // rows
        for end in range(max(i + 1, middle - reach), min(columns - rows + i + 1, middle + reach) + 1):
            for size in range(1, min(_MOST, end - i) + 1):
                if end - size in best:
                    cost = best[end - size] + gale_church.mismatch([ours[i]], theirs[end - size : end], scale)
                    if cost < line.get(end, math.inf):
                        line[end], chosen[end] = cost, size
        best = line
        sizes.append(chosen)
    if columns not in best:
        return list(target)
    counts: list[int] = []
    end = columns
    for chosen in reversed(sizes):
        counts.append(chosen[end])
        end -= chosen[end]
    ends = list(accumulate(reversed(counts)))
    return [_joined(target[a:b]) for a, b in zip([0, *ends], ends, strict=False)]


def _joined(phrases: Sequence[Sentence]) -> Sentence:
    return replace(phrases[0], end=phrases[-1].end, text=" ".join(p.text for p in phrases))
