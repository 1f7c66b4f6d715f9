"""How likely words translate each other, learned from the book's own sentence pairs.

IBM Model 1 (Brown and others, 1993) with a prior for words at similar places (Dyer, Chahuneau and Smith, A Simple,
Fast, and Effective Reparameterization of IBM Model 2, 2013); both directions are trained together, so that they agree
(Liang, Taskar and Klein, Alignment by Agreement, 2006).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALONE, TOGETHER = 4, 3
"""Rounds of expectation maximisation: of each direction alone, wherever the words are, then of both, and by place.
Without the first, every word would keep to what is near it."""
DIAGONAL = 6.0
"""How strongly words at similar places of two sentences belong together (2 to 7 make little difference)."""
NULL = 0.08
"""Prior of a word that translates none (as in Dyer and others)."""
LEAST = 0.003
"""Probability below which a translation of a word is dropped."""
ENOUGH = 6_000_000
"""Pairs of words to learn from, about 150 MB; of a larger book every second or third sentence pair is used."""
PART = 300_000
"""Pairs of words, about 20 MB, that are looked at together in one round."""

Pair = tuple[Sequence[str], Sequence[str]]
"""The words of a sentence and of its translation."""
Table = Mapping[str, Mapping[str, float]]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WordTable:
    """``forward`` is P(target word | source word), ``backward`` the other way round.

    The empty word in each of them has how likely a word translates none. ``compounds`` are pairs of syllables of the
    translation that are a word together, where a language writes spaces between them.
    """

    forward: Table
    backward: Table
    compounds: frozenset[tuple[str, str]] = frozenset()


def nearness(i: int, j: int, m: int, n: int) -> float:
    """How near place ``i`` of ``m`` is to place ``j`` of ``n``, 0 to 1."""
    return math.exp(-DIAGONAL * abs((i + 0.5) / m - (j + 0.5) / n))


@lru_cache(maxsize=2048)
def neighbourhood(m: int, n: int) -> tuple[float, ...]:
    """For each of ``m`` places, how near all ``n`` others are to it together."""
    return tuple(_near(m, n).sum(axis=1).tolist())


def _near(m: int, n: int) -> Floats:
    """The ``nearness`` of all places."""
    places, others = (np.arange(m) + 0.5) / m, (np.arange(n) + 0.5) / n
    return np.exp(-DIAGONAL * np.abs(places[:, None] - others))


class _Numbers(dict[str, int]):
    """Numbers words from 1 in the order in which they are first seen; 0 is the empty word."""

    def __init__(self) -> None:
        super().__init__({"": 0})

    def of(self, words: Iterable[str]) -> NDArray[np.int64]:
        return np.array([self.setdefault(word, len(self)) for word in words], np.int64)


@dataclass(frozen=True)
class _Side:
    """One side of some sentence pairs: the ``words`` in a row, and for each pair of words its place in that row.

    ``prior`` is how likely each pair is a link by its places, ``sizes`` the length of the other sentence by word.
    """

    words: NDArray[np.int64]
    places: NDArray[np.unsignedinteger[Any]]
    prior: NDArray[np.float32]
    sizes: NDArray[np.float32]

    def posterior(self, chance: Floats, none: Floats, by_place: bool) -> tuple[Floats, Floats]:
        """How likely each pair of words is a link, if each word of this side has one or none; and how likely none."""
        share = chance * self.prior if by_place else chance * ((1 - NULL) / self.sizes)[self.places]
        alone = NULL * none[self.words]
        whole = np.bincount(self.places, share, len(self.words)) + alone
        return share / whole[self.places], alone / whole


def learn(pairs: Sequence[Pair]) -> WordTable:
    """The table of these sentence pairs; without any, an empty one."""
    pairs = [(source, target) for source, target in pairs if source and target]
    pairs = pairs[:: 1 + sum(len(source) * len(target) for source, target in pairs) // ENOUGH]
    if not pairs:
        return WordTable({}, {})
    names = _Numbers(), _Numbers()
    sides = [_sides(part, *names) for part in _parts(pairs)]
    kinds = [np.unique(s.words[s.places] << 32 | t.words[t.places], return_inverse=True) for s, t in sides]
    found = np.concatenate([kind for kind, _ in kinds])
    found.sort()  # np.unique takes ten times as long
    found = found[np.append(True, found[1:] != found[:-1])]
    every = [np.asarray(np.searchsorted(found, kind), np.int32)[inverse] for kind, inverse in kinds]
    del kinds
    one, other = (found >> 32).astype(np.int32), (found & 0xFFFFFFFF).astype(np.int32)
    del found
    there = back = np.ones(len(one))
    none_there, none_back = np.ones(len(names[1])), np.ones(len(names[0]))
    for turn in range(ALONE + TOGETHER):
        together = turn >= ALONE
        forth, reverse = np.full(len(one), 1e-12), np.full(len(one), 1e-12)
        fresh_there, fresh_back = np.full(len(names[1]), 1e-9), np.full(len(names[0]), 1e-9)
        for (source, target), where in zip(sides, every, strict=True):
            first, alone_there = target.posterior(there[where], none_there, together)
            second, alone_back = source.posterior(back[where], none_back, together)
            if together:
                first = second = first * second
            np.add.at(forth, where, first)
            np.add.at(reverse, where, second)
            fresh_there += np.bincount(target.words, alone_there, len(names[1]))
            fresh_back += np.bincount(source.words, alone_back, len(names[0]))
        del there, back
        there, back = _shares(one, forth), _shares(other, reverse)
        none_there, none_back = fresh_there / fresh_there.sum(), fresh_back / fresh_back.sum()
    left, right = list(names[0]), list(names[1])
    forward: dict[str, dict[str, float]] = {"": dict(zip(right, none_there.tolist(), strict=True))}
    backward: dict[str, dict[str, float]] = {"": dict(zip(left, none_back.tolist(), strict=True))}
    for k in np.flatnonzero((there >= LEAST) | (back >= LEAST)):
        a, b = left[int(one[k])], right[int(other[k])]
        forward.setdefault(a, {})[b] = float(there[k])
        backward.setdefault(b, {})[a] = float(back[k])
    return WordTable(forward, backward)


def _shares(words: NDArray[np.int32], counts: Floats) -> Floats:
    """The counts as shares of the count of their word."""
    totals = np.bincount(words, counts)[words]
    return np.divide(counts, totals, out=totals)


def _parts(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """The pairs in order, as many at a time as are looked at together."""
    part: list[Pair] = []
    size = 0
    for pair in pairs:
        part.append(pair)
        size += len(pair[0]) * len(pair[1])
        if size >= PART:
            yield part
            part, size = [], 0
    if part:
        yield part


def _sides(pairs: Sequence[Pair], left: _Numbers, right: _Numbers) -> tuple[_Side, _Side]:
    words: tuple[list[NDArray[np.int64]], ...] = [], []
    places: tuple[list[NDArray[np.int32]], ...] = [], []
    priors: tuple[list[NDArray[np.float32]], ...] = [], []
    sizes: tuple[list[NDArray[np.float32]], ...] = [], []
    rows = columns = 0
    for source, target in pairs:
        m, n = len(source), len(target)
        near = _near(m, n)
        words[0].append(left.of(source))
        words[1].append(right.of(target))
        places[0].append(np.repeat(np.arange(rows, rows + m, dtype=np.int32), n))
        places[1].append(np.tile(np.arange(columns, columns + n, dtype=np.int32), m))
        priors[0].append(((1 - NULL) * near / near.sum(axis=1)[:, None]).ravel().astype(np.float32))
        priors[1].append(((1 - NULL) * near / near.sum(axis=0)).ravel().astype(np.float32))
        sizes[0].append(np.full(m, n, np.float32))
        sizes[1].append(np.full(n, m, np.float32))
        rows, columns = rows + m, columns + n
    first, second = (
        _Side(
            np.concatenate(words[k]),
            np.concatenate(places[k]).astype(np.min_scalar_type((rows, columns)[k])),
            np.concatenate(priors[k]),
            np.concatenate(sizes[k]),
        )
        for k in (0, 1)
    )
    return first, second
