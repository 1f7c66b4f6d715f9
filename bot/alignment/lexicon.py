"""Which words translate which: a lexicon learned from the sentence pairs of the book itself.

IBM model 1 (Brown and others, The Mathematics of Statistical Machine Translation, 1993) in both
directions, over all pairs at once. It complements the lengths as evidence that two texts belong together, as
in Moore (Fast and Accurate Sentence Alignment of Bilingual Corpora, 2002): how much likelier the
target is given this source than given nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.alignment.gale_church import Evidence
from bot.document.atoms import apart
from bot.languages import HAN, KANA

_ROUNDS = 4
"""Rounds of expectation maximisation; more make no relevant difference (tried on d2l-zh)."""

_STEM = 5
"""Letters of a word that count: a poor man's stemmer, which inflected languages need (a guess)."""

_UNKNOWN = 0.5
"""Share of a text that its partner need not explain (a guess)."""

_LOG_UNKNOWN = math.log(_UNKNOWN)
_KNOWN = (1 - _UNKNOWN) / _UNKNOWN

_ENOUGH = 10_000_000
"""Word pairs to learn from, about 250 MB during training; a larger book uses every second or third sentence pair."""

_LARGE = 20_000_000
"""Texts times words from which ``between`` returns None: about 160 MB (a book in a single file)."""

_LEAST = 0.004
"""Probability below which a translation of a word is dropped, so that scoring stays cheap."""

_WORD = re.compile(r"[^\W\d_]+")
_CHINESE = re.compile(f"[{HAN}{KANA}]+")


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The distinct words of a text, sorted, by their first letters; for Chinese and Japanese, pairs of characters."""
    prose = apart(text)[1].casefold()
    out: set[str] = set()
    for word in _WORD.findall(prose):
        at = 0
        for run in _CHINESE.finditer(word):
            out.update(_stems(word[at : run.start()]))
            out.update(run[0][k : k + 2] for k in range(max(1, len(run[0]) - 1)))
            at = run.end()
        out.update(_stems(word[at:]))
    return tuple(sorted(out))


def _stems(word: str) -> tuple[str, ...]:
    return (word[:_STEM],) if word else ()


@dataclass(frozen=True)
class _Direction:
    """P(target word | source word) above ``_LEAST``, and how likely each target word is by itself."""

    table: Mapping[str, Mapping[str, float]]
    alone: Mapping[str, float]

    def gains(self, source: Sequence[Sequence[str]], target: Sequence[Sequence[str]], run: int) -> list[Floats]:
        """Log likelihood ratios of each target text given source texts ``i:i+n``, for n of 1 to ``run``."""
        column = {w: n for n, w in enumerate(sorted(set[str]().union(*target)), 1)}
        expected = np.zeros((len(source), len(column) + 1), np.float32)
        for row, text in zip(expected, source, strict=True):
            for word in text:
                for other, chance in self.table.get(word, _NOTHING).items():
                    if other in column:
                        row[column[other]] += chance
        surprise = np.array([0.0, *(_KNOWN / self.alone[w] for w in column)], np.float32)
        # The columns of all texts in sequence, each after column 0, which has no value, so that none is empty.
        columns = [c for text in target for c in (0, *(column[w] for w in text))]
        starts = np.cumsum([0, *(len(text) + 1 for text in target[:-1])])
        sizes = np.array([len(text) + 1 for text in source], np.float32)
        unexplained = _LOG_UNKNOWN * np.array([len(text) for text in target], np.float32)
        out = []
        for n in range(1, min(run, len(source)) + 1):
            rows = len(source) - n + 1
            chances = np.sum([expected[k : k + rows] for k in range(n)], axis=0)
            size = np.sum([sizes[k : k + rows] for k in range(n)], axis=0)
            gain = np.log1p(chances * surprise / size[:, None])
            out.append(np.add.reduceat(gain[:, columns], starts, axis=1) + unexplained)
        return out

    def gain(self, source: Sequence[str], target: Sequence[str]) -> float:
        """What ``gains`` finds for one text on each side; much sooner than with arrays."""
        rows = [found for word in source if (found := self.table.get(word))]
        size = len(source) + 1
        total = _LOG_UNKNOWN * len(target)
        for word in target:
            if chance := sum(row.get(word, 0.0) for row in rows):
                total += math.log1p(chance * _KNOWN / self.alone[word] / size)
        return total


Floats = NDArray[np.float32]
_NOTHING: Mapping[str, float] = {}


@dataclass(frozen=True)
class Lexicon:
    """Word translation probabilities of a pair of languages, as one book uses them."""

    forward: _Direction
    backward: _Direction

    def evidence(self, source: str, target: str) -> float:
        """How strongly two texts suggest that they are translations: positive if so, negative for unrelated texts."""
        left = [w for w in words(source) if w in self.backward.alone]
        right = [w for w in words(target) if w in self.forward.alone]
        return (self.forward.gain(left, right) + self.backward.gain(right, left)) / 2

    def known(self, source: str, target: str) -> int:
        """The number of distinct words of the two texts that are in the lexicon."""
        left, right = self.backward.alone, self.forward.alone
        return sum(w in left for w in words(source)) + sum(w in right for w in words(target))

    def between(self, source: Sequence[str], target: Sequence[str], *, run: int = 3) -> Evidence | None:
        """The evidence between runs of up to ``run`` neighbours in two lists of texts.

        None if a list is empty, or so large that the computation would take too much memory.
        """
        left = [[w for w in words(t) if w in self.backward.alone] for t in source]
        right = [[w for w in words(t) if w in self.forward.alone] for t in target]
        size = max(len(left), len(right)) * max(sum(map(len, left)), sum(map(len, right)), 1)
        if not left or not right or size > _LARGE:
            return None
        # Lists would be a little faster, and take eight times the memory.
        there = [g.ravel().data for g in self.forward.gains(left, right, run)]
        back = [g.ravel().data for g in self.backward.gains(right, left, run)]
        rows, columns = len(left), len(right)

        def evidence(i: int, di: int, j: int, dj: int) -> float:
            at, other = i * columns + j, j * rows + i
            return float(sum(there[di - 1][at : at + dj]) + sum(back[dj - 1][other : other + di])) / 2

        return evidence


def learn(pairs: Iterable[tuple[str, str]]) -> Lexicon:
    """The lexicon of these sentence pairs; words that occur only once carry no information and are left out."""
    known: tuple[dict[str, int], dict[str, int]] = {}, {}
    sides = [tuple(_numbers(words(text), k) for text, k in zip(pair, known, strict=True)) for pair in pairs]
    sides = sides[:: 1 + sum(len(s) * len(t) for s, t in sides) // _ENOUGH]
    source, target = (_numbered([side[n] for side in sides], known[n]) for n in (0, 1))
    return Lexicon(_trained(source, target), _trained(target, source))


Numbers = NDArray[np.int32]


def _numbers(text: Iterable[str], known: dict[str, int]) -> Numbers:
    return np.array([known.setdefault(word, len(known)) for word in text], np.int32)


@dataclass(frozen=True)
class _Side:
    """The ``names`` of the words, how often each was ``seen``, and each text as the numbers of its words.

    Number 0 is the empty word.
    """

    names: tuple[str, ...]
    seen: Sequence[int]
    texts: tuple[Numbers, ...]


def _numbered(texts: Sequence[Numbers], known: Mapping[str, int]) -> _Side:
    """The side of ``texts`` of ``known`` words: those seen more than once get the numbers of their order, from 1."""
    seen = np.bincount(np.concatenate([*texts, np.zeros(0, np.int32)]), minlength=len(known))
    names = sorted(word for word, n in known.items() if seen[n] > 1)
    order = np.zeros(len(known), np.int32)
    order[[known[word] for word in names]] = np.arange(1, len(names) + 1)
    ranked = (order[text] for text in texts)
    return _Side(("", *names), [0, *(int(seen[known[w]]) for w in names)], tuple(np.sort(r[r > 0]) for r in ranked))


def _trained(source: _Side, target: _Side) -> _Direction:
    cells, tokens, count = [], [], 0
    for a, b in zip(source.texts, target.texts, strict=True):
        if len(a) and len(b):
            left = np.concatenate((np.zeros(1, np.int32), a)).astype(np.int64)
            cells.append((left[:, None] * len(target.names) + b).ravel())
            tokens.append(np.tile(np.arange(count, count + len(b), dtype=np.int32), len(left)))
            count += len(b)
    if not cells:
        return _Direction({}, {})
    token = np.concatenate(tokens)
    del tokens
    every = np.concatenate(cells)
    del cells
    # As np.unique with its inverse, in little more than half the memory.
    order = np.argsort(every)
    every = every[order]
    fresh = np.concatenate(([True], every[1:] != every[:-1]))
    keys = every[fresh]
    del every
    where = np.empty(len(order), np.int32)
    where[order] = np.cumsum(fresh, dtype=np.int32) - 1
    del order, fresh
    heads = keys // len(target.names)
    chance = np.ones(len(keys))
    for _ in range(_ROUNDS):
        weight = chance[where]
        weight /= np.bincount(token, weight)[token]
        counts = np.bincount(where, weight, minlength=len(keys))
        chance = counts / np.bincount(heads, counts)[heads]
    # Each count is reduced by one: a single co-occurrence may be a coincidence.
    chance = np.maximum(0.0, counts - 1.0) / np.bincount(heads, counts)[heads]
    table: dict[str, dict[str, float]] = {}
    for n in np.flatnonzero(chance >= _LEAST):
        key = int(keys[n])
        if key >= len(target.names):
            head, other = divmod(key, len(target.names))
            table.setdefault(source.names[head], {})[target.names[other]] = float(chance[n])
    return _Direction(table, {w: n / count for w, n in zip(target.names[1:], target.seen[1:], strict=True)})
