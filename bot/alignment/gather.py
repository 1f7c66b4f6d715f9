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


def gathered(source: Sequence[Sentence], target: Sequence[Sentence], scale: float) -> list[Sentence]:
    """The sentences of ``target``, made of its phrases; the phrases themselves if they cannot be distributed."""
    rows, columns = len(source), len(target)
    if not 0 < rows < columns <= rows * _MOST or len({(s.block, s.field) for s in target}) > 1:
        return list(target)
    ours, theirs = ([gale_church.piece(s.text) for s in side] for side in (source, target))
    best = [0.0] + [math.inf] * columns
    sizes: list[list[int]] = []
    for i in range(rows):
        line, chosen = [math.inf] * (columns + 1), [0] * (columns + 1)
        for end in range(i + 1, columns - rows + i + 2):
            for size in range(1, min(_MOST, end - i) + 1):
                if best[end - size] < math.inf:
                    cost = best[end - size] + gale_church.mismatch([ours[i]], theirs[end - size : end], scale)
                    if cost < line[end]:
                        line[end], chosen[end] = cost, size
        best = line
        sizes.append(chosen)
    if best[columns] == math.inf:
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
