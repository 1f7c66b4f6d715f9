"""How likely words translate each other, learned from the book's own sentence pairs.

IBM Model 1 (Brown and others, 1993) in both directions, with a prior for words at similar places as in the model of
Dyer, Chahuneau and Smith (A Simple, Fast, and Effective Reparameterization of IBM Model 2, 2013).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

ROUNDS = 5
DIAGONAL = 6.0
"""How strongly words at similar places of the two sentences belong together (the usual value of Dyer and others)."""
NULL = 0.08
"""Prior of a word that translates none (as there)."""
LEAST = 0.003
"""Probability below which a translation of a word is dropped."""
ENOUGH = 6_000_000
"""Pairs of words to learn from, about 250 MB; of more, every second or third sentence pair is used."""

Pair = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True)
class WordTable:
    """P(target word | source word), and the other way round."""

    forward: Mapping[str, Mapping[str, float]]
    backward: Mapping[str, Mapping[str, float]]


def place_prior(i: int, m: int, j: int, n: int) -> float:
    """The prior that word ``i`` of ``m`` belongs to word ``j`` of ``n``, not normalised."""
    return math.exp(-DIAGONAL * abs((i + 0.5) / m - (j + 0.5) / n))


def learn(pairs: Sequence[Pair]) -> WordTable:
    """The table of these pairs of sentences, each a list of words.

    Both directions are trained together, so that they agree (Liang, Taskar and Klein, Alignment by Agreement, 2006).
    """
    pairs = [(s, t) for s, t in pairs if s and t]
    pairs = pairs[:: 1 + sum(len(s) * len(t) for s, t in pairs) // ENOUGH]
    if not pairs:
        return WordTable({}, {})
    left: dict[str, int] = {"": 0}
    right: dict[str, int] = {"": 0}
    heads, others, sources, targets, near, across = [], [], [], [], [], []
    m_total = n_total = 0
    for source, target in pairs:
        a = np.array([left.setdefault(w, len(left)) for w in source], np.int64)
        b = np.array([right.setdefault(w, len(right)) for w in target], np.int64)
        m, n = len(a), len(b)
        prior = np.exp(-DIAGONAL * np.abs((np.arange(m) + 0.5)[:, None] / m - (np.arange(n) + 0.5)[None, :] / n))
        near.append(((1 - NULL) * prior / prior.sum(axis=0)).ravel().astype(np.float32))
        across.append(((1 - NULL) * prior / prior.sum(axis=1)[:, None]).ravel().astype(np.float32))
        heads.append(a)
        others.append(b)
        sources.append(np.repeat(np.arange(m_total, m_total + m, dtype=np.int32), n))
        targets.append(np.tile(np.arange(n_total, n_total + n, dtype=np.int32), m))
        m_total += m
        n_total += n
    head, other = np.concatenate(heads), np.concatenate(others)
    source_of, target_of = np.concatenate(sources), np.concatenate(targets)
    prior_there, prior_back = np.concatenate(near), np.concatenate(across)
    found, where = np.unique(head[source_of] << 32 | other[target_of], return_inverse=True)
    one, two = found >> 32, found & 0xFFFFFFFF
    there = back = np.ones(len(found))
    none_there, none_back = np.ones(len(right)), np.ones(len(left))
    for _ in range(ROUNDS):
        first = there[where] * prior_there
        alone = NULL * none_there[other]
        whole = np.bincount(target_of, first, n_total) + alone
        first /= whole[target_of]
        unlinked_there = alone / whole
        second = back[where] * prior_back
        alone = NULL * none_back[head]
        whole = np.bincount(source_of, second, m_total) + alone
        second /= whole[source_of]
        unlinked_back = alone / whole
        counts = np.bincount(where, first * second, minlength=len(found)) + 1e-12
        there = counts / np.bincount(one, counts)[one]
        back = counts / np.bincount(two, counts)[two]
        lost = np.bincount(other, unlinked_there, len(right)) + 1e-9
        none_there = lost / lost.sum()
        lost = np.bincount(head, unlinked_back, len(left)) + 1e-9
        none_back = lost / lost.sum()
    names = list(left), list(right)
    forward: dict[str, dict[str, float]] = {}
    backward: dict[str, dict[str, float]] = {}
    for k in np.flatnonzero((there >= LEAST) | (back >= LEAST)):
        s, t = names[0][int(one[k])], names[1][int(two[k])]
        forward.setdefault(s, {})[t] = float(there[k])
        backward.setdefault(t, {})[s] = float(back[k])
    forward[""] = {names[1][k]: float(none_there[k]) for k in range(len(none_there))}
    backward[""] = {names[0][k]: float(none_back[k]) for k in range(len(none_back))}
    return WordTable(forward, backward)
