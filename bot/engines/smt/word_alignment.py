"""Links: which words of a pair translate each other, found in two ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.alignment.word_alignment import Floats, WordAlignment
from bot.engines.smt.tokens import PLACE, Tokens

Pair = tuple[Tokens, Tokens]
"""Neither side is empty."""
Link = tuple[int, int]
"""Positions (from 0) of a source and a target word that translate each other."""
Links = tuple[Link, ...]

SURE = 0.3
"""Least geometric mean of how likely two words are a link, there and back."""

_NEAR = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


def aligned(pairs: Sequence[Pair]) -> list[tuple[Links, Links]]:
    """The links of each pair: grown from those that both directions have, and the sure ones.

    Phrases that both ways allow count twice. Pieces of Markdown are linked to themselves, and to nothing else.
    """
    if not pairs:
        return []
    return [
        (_linked(*pair, _grown(there, back)), _linked(*pair, _places(np.sqrt(there * back) >= SURE)))
        for pair, (there, back) in zip(pairs, WordAlignment(pairs).links(), strict=True)
    ]


def _grown(there: Floats, back: Floats) -> set[Link]:
    """The best links of both directions, symmetrised (grow-diag-final-and; Koehn, Och and Marcu, 2003)."""
    first = _best(there)
    second = {(i, j) for j, i in _best(back.T)}
    either, found = first | second, first & second
    sources, targets = {i for i, _ in found}, {j for _, j in found}
    todo = sorted(found)

    def add(link: Link) -> None:
        found.add(link)
        sources.add(link[0])
        targets.add(link[1])

    while todo:
        i, j = todo.pop()
        for down, right in _NEAR:
            link = i + down, j + right
            if link in either and link not in found and (link[0] not in sources or link[1] not in targets):
                add(link)
                todo.append(link)
    for link in sorted(either - found):
        if link[0] not in sources and link[1] not in targets:
            add(link)
    return found


def _best(likely: Floats) -> set[Link]:
    """The best link of each column, if it is likelier than none."""
    best = likely.argmax(axis=0)
    most = likely.max(axis=0)
    linked = np.flatnonzero(most > 1 - likely.sum(axis=0))
    return {(int(best[j]), int(j)) for j in linked}


def _places(linked: NDArray[np.bool_]) -> set[Link]:
    return {(int(i), int(j)) for i, j in zip(*linked.nonzero(), strict=True)}


def _linked(source: Tokens, target: Tokens, found: Iterable[Link]) -> Links:
    words = [(i, j) for i, j in sorted(found) if not PLACE.fullmatch(source[i]) and not PLACE.fullmatch(target[j])]
    places = {token: j for j, token in enumerate(target) if PLACE.fullmatch(token)}
    return (*words, *((i, places[token]) for i, token in enumerate(source) if token in places))
