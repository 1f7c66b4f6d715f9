"""Links between the words of a sentence and those of its translation."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.repair.compounds import compounds
from bot.repair.tokens import Token
from bot.repair.word_table import NULL, WordTable, nearness, neighbourhood

CERTAIN = 0.95
"""The link of two tokens that are equal."""
OWNED = 0.3
"""Least link by which a token of the translation belongs to a token of the English (0.2 to 0.4 make no difference)."""
CLAIM = 0.4
"""Share of the best link from which an English word that stays and has no token yet may claim one (a guess)."""
_RARE = 0.001
"""How likely a word that was never seen translates none."""
_STOPS = (("(", "（"), (")", "）"), (",", "，、"), (":", "："), (";", "；"), ("?", "？"), ("!", "！"))


@dataclass(frozen=True)
class Links:
    """``weights[i][j]`` (0 to 1) links source token ``i`` and target token ``j``.

    ``owners`` has for each target token the source token that it belongs to, or -1.
    """

    weights: tuple[tuple[float, ...], ...]
    owners: tuple[int, ...]

    def owned(self, sources: Collection[int]) -> list[int]:
        """The target tokens that belong to these source tokens."""
        return [j for j, i in enumerate(self.owners) if i in sources]

    def mass(self, sources: Collection[int], targets: Collection[int]) -> float:
        """How strongly these tokens of both sides are linked."""
        return sum(self.weights[i][j] for i in sources for j in targets)

    def without(self, targets: Collection[int]) -> Links:
        """These links without those of some target tokens."""
        gone = set(targets)
        weights = (tuple(0.0 if j in gone else w for j, w in enumerate(row)) for row in self.weights)
        return Links(tuple(weights), tuple(-1 if j in gone else i for j, i in enumerate(self.owners)))


def links(
    source: Sequence[Token],
    target: Sequence[Token],
    table: WordTable,
    *,
    least: float = OWNED,
    staying: Collection[int] = (),
) -> Links:
    """Links two sentences by the table and by place; atoms, numbers and equal words by identity.

    A token belongs to its strongest link from ``least`` on. The source tokens ``staying`` may claim one from others.
    """
    weights = _weights(source, target, table)
    for i, j in _certain(source, target):
        for row in weights:
            row[j] = 0.0
        weights[i] = [0.0] * len(target)
        weights[i][j] = CERTAIN
    for run in compounds(target, table.compounds):
        for row in weights:
            strongest = max(row[j] for j in run)
            for j in run:
                row[j] = strongest
    owners = [-1] * len(target)
    for j, column in enumerate(zip(*weights, strict=True)):
        strongest = max(column)
        if strongest >= least:
            owners[j] = column.index(strongest)
    for i in staying:
        if target and source[i].kind == "word" and source[i].content and i not in owners:
            j = weights[i].index(max(weights[i]))
            rival = owners[j]
            if rival not in (-1, *staying) and owners.count(rival) > 1 and weights[i][j] >= CLAIM * weights[rival][j]:
                owners[j] = i
    return Links(tuple(map(tuple, weights)), tuple(owners))


def _weights(source: Sequence[Token], target: Sequence[Token], table: WordTable) -> list[list[float]]:
    """The geometric mean of how likely each word translates the other, as seen from both sides."""
    m, n = len(source), len(target)
    places: dict[str, list[int]] = {}
    for j, token in enumerate(target):
        if token.kind in ("word", "ending"):
            places.setdefault(token.form, []).append(j)
    # Few words translate each other, so only those pairs are kept: there and back, by their places.
    pairs: list[tuple[int, int, float, float]] = []
    for i, token in enumerate(source):
        if token.kind == "word":
            known = table.forward.get(token.form, {})
            for form in known.keys() & places.keys():
                reverse = table.backward.get(form, {}).get(token.form, 0.0)
                for j in places[form]:
                    near = nearness(i, j, m, n)
                    pairs.append((i, j, known[form] * near, reverse * near))
    none, nothing = table.forward.get("", {}), table.backward.get("", {})
    there, back = [0.0] * n, [0.0] * m
    for i, j, a, b in sorted(pairs):
        there[j] += a
        back[i] += b
    near_source, near_target = neighbourhood(m, n), neighbourhood(n, m)
    columns = [there[j] + NULL * near_target[j] * none.get(token.form, _RARE) for j, token in enumerate(target)]
    rows = [back[i] + NULL * near_source[i] * nothing.get(token.form, _RARE) for i, token in enumerate(source)]
    weights = [[0.0] * n for _ in range(m)]
    for i, j, a, b in pairs:
        if a and b:
            weights[i][j] = math.sqrt(a / columns[j] * b / rows[i])
    return weights


def _certain(source: Sequence[Token], target: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Atoms and numbers that are equal, in order; words that are equal and single; marks of which both have as many."""
    for kind in ("atom", "number"):
        free: dict[str, list[int]] = {}
        for j, token in enumerate(target):
            if token.kind == kind:
                free.setdefault(token.form, []).append(j)
        for i, token in enumerate(source):
            if token.kind == kind and free.get(token.form):
                yield i, free[token.form].pop(0)
    places: tuple[dict[str, list[int]], ...] = {}, {}
    for found, side in zip(places, (source, target), strict=True):
        for k, token in enumerate(side):
            if token.kind == "word" and len(token.text) > 1:
                found.setdefault(token.text.casefold(), []).append(k)
    for word, here in places[0].items():
        if len(here) == 1 == len(places[1].get(word, ())):
            yield here[0], places[1][word][0]
    for narrow, wide in _STOPS:
        left = [i for i, token in enumerate(source) if token.text == narrow]
        right = [j for j, token in enumerate(target) if token.text == narrow or token.text in wide]
        if len(left) == len(right):
            yield from zip(left, right, strict=True)
