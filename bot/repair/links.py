"""Links between the words of a sentence and those of its translation."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.repair.tokens import Token
from bot.repair.word_table import DIAGONAL, NULL, WordTable

CERTAIN = 0.95
OWNED = 0.3
"""Least link by which a token of the translation belongs to a token of the English."""
CLAIM = 0.4
_PAIRED_STOPS = (("(", "（"), (")", "）"), (",", "，、"), (":", "："), (";", "；"), ("?", "？"), ("!", "！"))


@dataclass(frozen=True)
class Links:
    """``weights[i][j]`` (0 to 1) links source token ``i`` and target token ``j``."""

    weights: tuple[tuple[float, ...], ...]
    owners: tuple[int, ...]
    """For each target token the source token that it belongs to, or -1."""

    def mass(self, sources: Sequence[int], targets: Sequence[int]) -> float:
        """How much links these tokens of both sides."""
        return sum(self.weights[i][j] for i in sources for j in targets)


def links(source: Sequence[Token], target: Sequence[Token], table: WordTable, owned: float = OWNED, claiming: Collection[int] = ()) -> Links:
    """Links two sentences: by the table and by place, atoms and numbers by identity."""
    m, n = len(source), len(target)
    there = [[0.0] * n for _ in range(m)]
    back = [[0.0] * n for _ in range(m)]
    for i, a in enumerate(source):
        known = table.forward.get(a.form, {})
        for j, b in enumerate(target):
            if a.kind == "word" and b.kind in ("word", "ending"):
                near = math.exp(-DIAGONAL * abs((i + 0.5) / m - (j + 0.5) / n))
                there[i][j] = known.get(b.form, 0.0) * near
                back[i][j] = table.backward.get(b.form, {}).get(a.form, 0.0) * near
    none = table.forward.get("", {})
    nothing = table.backward.get("", {})
    nears = [sum(math.exp(-DIAGONAL * abs((i + 0.5) / m - (j + 0.5) / n)) for i in range(m)) for j in range(n)]
    columns = [sum(there[i][j] for i in range(m)) + NULL * nears[j] * none.get(target[j].form, 0.001) for j in range(n)]
    across = [sum(math.exp(-DIAGONAL * abs((i + 0.5) / m - (j + 0.5) / n)) for j in range(n)) for i in range(m)]
    rows = [sum(back[i]) + NULL * across[i] * nothing.get(source[i].form, 0.001) for i in range(m)]
    weights = [
        [math.sqrt(there[i][j] / columns[j] * back[i][j] / rows[i]) if there[i][j] and back[i][j] else 0.0 for j in range(n)]
        for i in range(m)
    ]
    for i, j in _certain(source, target):
        for k in range(m):
            weights[k][j] = 0.0
        for k in range(n):
            weights[i][k] = 0.0
        weights[i][j] = CERTAIN
    owners = []
    for j in range(n):
        best = max(range(m), key=lambda i: weights[i][j], default=-1)
        owners.append(best if best >= 0 and weights[best][j] >= owned else -1)
    for i in claiming:
        if source[i].kind == "word" and source[i].content and i not in owners and n:
            j = max(range(n), key=lambda j: weights[i][j])
            rival = owners[j]
            if rival == -1 or rival in claiming or owners.count(rival) < 2:
                continue
            if weights[i][j] >= CLAIM * weights[rival][j]:
                owners[j] = i
    return Links(tuple(map(tuple, weights)), tuple(owners))


def _certain(source: Sequence[Token], target: Sequence[Token]) -> list[tuple[int, int]]:
    """Atoms and numbers that are equal, in order; words that are equal and single; marks of which both have as many."""
    out = []
    for kind in ("atom", "number"):
        free = [j for j, t in enumerate(target) if t.kind == kind]
        for i, t in enumerate(source):
            if t.kind == kind and (same := next((j for j in free if target[j].form == t.form), None)) is not None:
                free.remove(same)
                out.append((i, same))
    words = [[t.text.casefold() if t.kind == "word" else "" for t in side] for side in (source, target)]
    out += [
        (i, words[1].index(w))
        for i, w in enumerate(words[0])
        if len(w) > 1 and words[0].count(w) == 1 == words[1].count(w)
    ]
    for narrow, wide in _PAIRED_STOPS:
        left = [i for i, t in enumerate(source) if t.text == narrow]
        right = [j for j, t in enumerate(target) if t.text == narrow or t.text in wide]
        if len(left) == len(right):
            out += list(zip(left, right, strict=True))
    return out
