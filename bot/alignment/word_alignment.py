"""Word alignment: which words of sentence pairs translate each other, learned from the pairs themselves.

IBM Model 1 (Brown and others, The Mathematics of Statistical Machine Translation, 1993), then a hidden Markov model
(Vogel, Ney and Tillmann, HMM-Based Word Alignment in Statistical Translation, 1996): the link of a word depends on that
of the word before it. Both directions are trained together, so that they agree (Liang, Taskar and Klein, Alignment by
Agreement, 2006).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

ALONE, TOGETHER = 4, 3
"""Rounds of expectation maximisation: of each direction alone by Model 1, then of both by the hidden Markov model."""
NULL = 0.1
"""Prior of a word that translates none (a guess; Dyer and others use 0.08)."""
EVEN = 0.3
"""How far the chance of a jump is smoothed towards that of any other (a guess)."""
FARTHEST = 100
"""Words that a jump may cover; longer ones count as this."""
PART = 1_000_000
"""Pairs of words that are looked at together: about 100 MB."""
GROUP = 200_000
"""The same for sentences of one length."""

Pair = tuple[Sequence[str], Sequence[str]]
"""The words of a sentence and of its translation; neither is empty."""
Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class _Direction:
    """How words of one side become those of the other.

    ``chance`` has a number for each pair of words, ``none`` for each word of the other side that translates none,
    ``jumps`` from ``-FARTHEST`` to ``FARTHEST`` how often the next word is linked so much farther on.
    """

    chance: Floats
    none: Floats
    jumps: Floats


@dataclass(frozen=True)
class _Expected:
    """How likely each pair of words in the sentences is a link, how likely each word has none; the jumps."""

    links: Floats
    none: Floats
    jumps: Floats


@dataclass(frozen=True)
class _Group:
    """Sentences with as many words on the side that is translated, those with most words on the other side first.

    By word of the other side, sentence, and (``pairs``) word of the first: the places of pairs of words, and of
    ``words``, in their part. ``active`` is the number of sentences that have such a word.
    """

    pairs: Places
    words: Places
    active: Sequence[int]

    @property
    def known(self) -> NDArray[np.bool_]:
        return np.arange(self.words.shape[1])[None, :] < np.array(self.active)[:, None]


class _Part:
    """Some sentence pairs: their ``sizes``, their words by number, and for each pair of words its number."""

    def __init__(self, sizes: Places, sides: tuple[Places, Places]) -> None:
        self.sizes, self.sides = sizes, sides
        rows = [np.repeat(np.arange(m), n) + at for (m, n), at in zip(sizes, _starts(sizes[:, 0]), strict=True)]
        columns = [np.tile(np.arange(n), m) + at for (m, n), at in zip(sizes, _starts(sizes[:, 1]), strict=True)]
        self.keys = sides[0][np.concatenate(rows)] << 32 | sides[1][np.concatenate(columns)]
        self.where = self.keys

    @cached_property
    def there(self) -> list[_Group]:
        return list(_groups(self.sizes, back=False))

    @cached_property
    def back(self) -> list[_Group]:
        return list(_groups(self.sizes, back=True))


def _starts(lengths: Places) -> Places:
    return np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)


def _groups(sizes: Places, *, back: bool) -> Iterator[_Group]:
    """The groups of a part, from source to target or ``back``."""
    states, times = (sizes[:, 1], sizes[:, 0]) if back else (sizes[:, 0], sizes[:, 1])
    first, words = _starts(sizes[:, 0] * sizes[:, 1]), _starts(times)
    order = np.lexsort((-times, states))
    for same in np.split(order, np.flatnonzero(np.diff(states[order])) + 1):
        number, longest = int(states[same[0]]), int(times[same[0]])
        step = max(1, GROUP // (number * longest))
        for some in (same[k : k + step] for k in range(0, len(same), step)):
            time = np.arange(int(times[some[0]]))
            known = time[:, None] < times[some][None, :]
            i, t, n = np.arange(number)[None, None, :], time[:, None, None], sizes[some, 1][None, :, None]
            pairs = first[some][None, :, None] + (t * n + i if back else i * n + t)
            yield _Group(
                np.where(known[:, :, None], pairs, 0),
                np.where(known, words[some][None, :] + time[:, None], 0),
                known.sum(axis=1).tolist(),
            )


def _expected(groups: Sequence[_Group], chance: Floats, none: Floats, jumps: Floats | None) -> _Expected:
    """What to expect of a part, by the chance of each of its pairs of words and of its words alone."""
    found = _Expected(np.zeros(len(chance)), np.zeros(len(none)), np.zeros(2 * FARTHEST + 1))
    for group in groups:
        said = (1 - NULL) * chance[group.pairs]
        alone = NULL * none[group.words]
        if jumps is None:
            links, without = said / said.shape[2], alone
        else:
            links, without = _by_jumps(said, alone, group.active, jumps, found.jumps)
        whole = links.sum(axis=2) + without
        known = group.known
        found.links[group.pairs[known]] = (links / whole[:, :, None])[known]
        found.none[group.words[known]] = (without / whole)[known]
    return found


def _by_jumps(
    said: Floats, alone: Floats, active: Sequence[int], jumps: Floats, counts: Floats
) -> tuple[Floats, Floats]:
    """Forward and backward through the sentences of a group; adds its jumps to ``counts``.

    A word without a link leaves the place of the last one as it was.
    """
    steps, number, states = said.shape
    places = np.arange(states)
    jump = np.clip(places[None, :] - places[:, None], -FARTHEST, FARTHEST) + FARTHEST
    moves = jumps[jump]
    moves = (1 - EVEN) * moves / moves.sum(axis=1, keepdims=True) + EVEN / states
    links, still = np.ones((steps, number, states)), np.ones((steps, number, states))
    scale = np.ones((steps, number, 1))
    held = np.full((number, states), 1 / states)
    for t, k in enumerate(active):
        held = held[:k]
        links[t, :k] = (held @ moves if t else held) * said[t, :k]
        still[t, :k] = held * alone[t, :k, None]
        held = links[t, :k] + still[t, :k]
        scale[t, :k] = np.maximum(held.sum(axis=1, keepdims=True), 1e-300)
        links[t, :k] /= scale[t, :k]
        still[t, :k] /= scale[t, :k]
        held = held / scale[t, :k]
    ahead = np.ones((number, states))
    pairs = np.zeros((states, states))
    for t in range(steps - 1, -1, -1):
        k = active[t]
        before = links[t - 1, :k] + still[t - 1, :k] if t else None
        links[t, :k] *= ahead[:k]
        still[t, :k] *= ahead[:k]
        if before is not None:
            come = said[t, :k] * ahead[:k] / scale[t, :k]
            pairs += before.T @ come
            ahead[:k] = come @ moves.T + ahead[:k] * alone[t, :k, None] / scale[t, :k]
    counts += np.bincount(jump.ravel(), (pairs * moves).ravel(), len(counts))
    return links, still.sum(axis=2)


class WordAlignment:
    """What sentence pairs teach about which words translate each other.

    ``names`` are the words of both sides; ``pairs`` the numbers of each two that share a sentence pair, ``there`` how
    likely the first becomes the second, ``back`` the other way round; ``alone`` how likely a word of each side
    translates none.
    """

    def __init__(self, pairs: Sequence[Pair]) -> None:
        numbers: tuple[dict[str, int], dict[str, int]] = {}, {}
        self._parts = list(_parts(pairs, numbers))
        self.names = list(numbers[0]), list(numbers[1])
        found, where = np.unique(np.concatenate([p.keys for p in self._parts]), return_inverse=True)
        at = 0
        for part in self._parts:
            part.where = where[at : at + len(part.keys)].astype(np.int32)
            at += len(part.keys)
        self.pairs = found >> 32, found & 0xFFFFFFFF
        near = np.exp(-np.abs(np.arange(-FARTHEST, FARTHEST + 1) - 1) / 2)
        self._there = _Direction(np.ones(len(found)), np.ones(len(numbers[1])), near)
        self._back = _Direction(np.ones(len(found)), np.ones(len(numbers[0])), near)
        for turn in range(ALONE + TOGETHER):
            self._improve(together=turn >= ALONE)

    @property
    def there(self) -> Floats:
        return self._there.chance

    @property
    def back(self) -> Floats:
        return self._back.chance

    @property
    def alone(self) -> tuple[Floats, Floats]:
        return self._back.none, self._there.none

    def links(self) -> Iterator[tuple[Floats, Floats]]:
        """For each sentence pair how likely its words are links, by source and target word: there, and back.

        The links of a target word sum to 1 there, less how likely it translates none; those of a source word back.
        """
        for part in self._parts:
            first, second = self._both(part, together=True)
            for (m, n), at in zip(part.sizes.tolist(), _starts(part.sizes[:, 0] * part.sizes[:, 1]), strict=True):
                yield first.links[at : at + m * n].reshape(m, n), second.links[at : at + m * n].reshape(m, n)

    def _both(self, part: _Part, *, together: bool) -> tuple[_Expected, _Expected]:
        there, back = self._there, self._back
        return (
            _expected(
                part.there, there.chance[part.where], there.none[part.sides[1]], there.jumps if together else None
            ),
            _expected(part.back, back.chance[part.where], back.none[part.sides[0]], back.jumps if together else None),
        )

    def _improve(self, *, together: bool) -> None:
        """One round; ``together``: by the hidden Markov model, each direction with the links of both."""
        size = len(self.pairs[0])
        counts = np.full(size, 1e-12), np.full(size, 1e-12)
        none = tuple(np.full(len(names), 1e-9) for names in self.names)
        jumps = np.full(2 * FARTHEST + 1, 1e-3), np.full(2 * FARTHEST + 1, 1e-3)
        for part in self._parts:
            first, second = self._both(part, together=together)
            agreed = first.links * second.links
            for side, found in enumerate((first, second)):
                counts[side][:] += np.bincount(part.where, agreed if together else found.links, size)
                jumps[side][:] += found.jumps
            for side, found in enumerate((second, first)):
                none[side][:] += np.bincount(part.sides[side], found.none, len(none[side]))
        one, other = self.pairs
        near = (jumps[0], jumps[1]) if together else (self._there.jumps, self._back.jumps)
        self._there = _Direction(counts[0] / np.bincount(one, counts[0])[one], none[1] / none[1].sum(), near[0])
        self._back = _Direction(counts[1] / np.bincount(other, counts[1])[other], none[0] / none[0].sum(), near[1])


def _parts(pairs: Iterable[Pair], numbers: tuple[dict[str, int], dict[str, int]]) -> Iterator[_Part]:
    """The pairs in parts, their words numbered in the order in which they are first seen."""
    sizes: list[tuple[int, int]] = []
    sides: tuple[list[int], list[int]] = [], []
    total = 0

    def part() -> _Part:
        return _Part(np.array(sizes, np.int64), (np.array(sides[0], np.int64), np.array(sides[1], np.int64)))

    for pair in pairs:
        size = len(pair[0]) * len(pair[1])
        if total and total + size > PART:
            yield part()
            sizes, sides, total = [], ([], []), 0
        total += size
        sizes.append((len(pair[0]), len(pair[1])))
        for words, number, side in zip(pair, numbers, sides, strict=True):
            side.extend(number.setdefault(word, len(number)) for word in words)
    if sizes:
        yield part()
