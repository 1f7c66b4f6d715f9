"""Which words translate which: a lexicon learned from the sentence pairs of the book itself.

IBM model 1 (Brown and others, The Mathematics of Statistical Machine Translation, 1993) in both
directions, over all pairs at once. It complements the lengths as evidence that two texts belong together, as
in Moore (Fast and Accurate Sentence Alignment of Bilingual Corpora, 2002): how much likelier the
target is given this source than given nothing.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from operator import mul
from typing import Any

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
"""Word pairs to learn from, about 80 MB; a larger book uses every second or third sentence pair."""

_PART = 60_000
"""Word pairs, about 4 MB, that are looked at together in one round."""

_CELLS = 1_000_000
"""Texts times words that are computed together, about 10 MB."""

_LARGE = 20_000_000
"""Texts times words from which ``between`` returns None: about 160 MB (a book in a single file)."""

_LEAST = 0.004
"""Probability below which a translation of a word is dropped, so that scoring stays cheap."""

_WORD = re.compile(r"[^\W\d_]+")
_CHINESE = re.compile(f"[{HAN}{KANA}]+")


@lru_cache(maxsize=2048)
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

    def gains(self, source: Sequence[Sequence[str]], target: Sequence[Sequence[str]]) -> Callable[[int], memoryview]:
        """Log likelihood ratios of each target text given source texts ``i:i+n``, by n, in a row."""
        column = {w: n for n, w in enumerate(sorted(set[str]().union(*target)), 1)}
        width = len(column) + 1
        # Most words are in several texts.
        known: dict[str, tuple[NDArray[np.int64], Floats]] = {}
        for word in set[str]().union(*source):
            found = self.table.get(word, _NOTHING)
            if both := found.keys() & column.keys():
                places, chances = [column[w] for w in both], [found[w] for w in both]
                known[word] = np.array(places, np.int64), np.array(chances, np.float32)
        flat = np.zeros(len(source) * width, np.float32)
        at = [(row * width, known[word]) for row, text in enumerate(source) for word in text if word in known]
        if at:
            cells = np.concatenate([start + places for start, (places, _) in at])
            np.add.at(flat, cells, np.concatenate([chances for _, (_, chances) in at]))
        expected = flat.reshape(len(source), width)
        surprise = np.array([0.0, *(_KNOWN / self.alone[w] for w in column)], np.float32)
        # The columns of all texts in sequence, each after column 0, which has no value, so that none is empty.
        columns = [c for text in target for c in (0, *(column[w] for w in text))]
        starts = np.cumsum([0, *(len(text) + 1 for text in target[:-1])])
        sizes = np.array([len(text) + 1 for text in source], np.float32)
        unexplained = _LOG_UNKNOWN * np.array([len(text) for text in target], np.float32)

        step = max(1, _CELLS // len(columns))

        def rows(run: int, start: int, stop: int) -> Floats:
            chance = np.sum([expected[start + k : stop + k] for k in range(run)], axis=0)
            size = np.sum([sizes[start + k : stop + k] for k in range(run)], axis=0)
            gain = np.log1p(chance * surprise / size[:, None])
            return np.asarray(np.add.reduceat(gain[:, columns], starts, axis=1) + unexplained, np.float32)

        def of(run: int) -> memoryview:
            last = len(source) - run + 1
            found = [rows(run, at, min(at + step, last)) for at in range(0, last, step)]
            # Lists would be a little faster, and take eight times the memory.
            return np.concatenate(found).ravel().data

        return cache(of)

    def gain(self, source: Sequence[str], target: Sequence[str]) -> float:
        """What ``gains`` finds for one text on each side; much sooner than with arrays."""
        wanted = set(target)
        chances: dict[str, float] = {}
        for word in source:
            found = self.table.get(word, _NOTHING)
            for other in found.keys() & wanted:
                chances[other] = chances.get(other, 0.0) + found[other]
        size = len(source) + 1
        total = _LOG_UNKNOWN * len(target)
        for word in target:
            if chance := chances.get(word):
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
        return self.judged(source, target)[0]

    def judged(self, source: str, target: str) -> tuple[float, int]:
        """The evidence of two texts, and the number of their distinct words that are in the lexicon."""
        left = [w for w in words(source) if w in self.backward.alone]
        right = [w for w in words(target) if w in self.forward.alone]
        gains = self.forward.gain(left, right) + self.backward.gain(right, left)
        return gains / 2, len(left) + len(right)

    def between(self, source: Sequence[str], target: Sequence[str]) -> Evidence | None:
        """The evidence between runs of neighbours in two lists of texts.

        None if a list is empty, or so large that the computation would take too much memory.
        """
        left = [[w for w in words(t) if w in self.backward.alone] for t in source]
        right = [[w for w in words(t) if w in self.forward.alone] for t in target]
        size = max(len(left), len(right)) * max(sum(map(len, left)), sum(map(len, right)), len(left), len(right))
        if not left or not right or size > _LARGE:
            return None
        rows, columns = len(left), len(right)

        @cache  # most paragraphs are aligned without it
        def gains() -> tuple[Callable[[int], memoryview], Callable[[int], memoryview]]:
            return self.forward.gains(left, right), self.backward.gains(right, left)

        def evidence(i: int, di: int, j: int, dj: int) -> float:
            there, back = gains()
            at, other = i * columns + j, j * rows + i
            return float(sum(there(di)[at : at + dj]) + sum(back(dj)[other : other + di])) / 2

        return evidence


def learn(pairs: Iterable[tuple[str, str]]) -> Lexicon:
    """The lexicon of these sentence pairs; words that occur only once carry no information and are left out."""
    source, target = _sides(pairs)
    return Lexicon(_trained(source, target), _trained(target, source))


def _sides(pairs: Iterable[tuple[str, str]]) -> tuple[_Side, _Side]:
    known: tuple[dict[str, int], dict[str, int]] = {}, {}
    numbers, sizes = (array("i"), array("i")), (array("i"), array("i"))
    for pair in pairs:
        for side, text in enumerate(pair):
            found = words(text)
            numbers[side].extend(known[side].setdefault(word, len(known[side])) for word in found)
            sizes[side].append(len(found))
    step = 1 + sum(map(mul, *sizes)) // _ENOUGH
    first, second = (_side(known[side], numbers[side], sizes[side], step) for side in (0, 1))
    return first, second


Numbers = NDArray[np.int32]
Cells = NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True)
class _Side:
    """The texts of one side as the numbers of their words, from 1 in the order of ``names``; 0 is the empty word.

    ``seen`` is how often each word occurs. The words of all texts are in a row, with the ``ends`` of the texts in it.
    """

    names: Sequence[str]
    seen: Sequence[int]
    words: Numbers
    ends: Sequence[int]

    def texts(self) -> Iterator[Numbers]:
        return (self.words[start:end] for start, end in pairwise((0, *self.ends)))


def _side(known: Mapping[str, int], numbers: array[int], sizes: array[int], step: int) -> _Side:
    """The texts with words of these ``numbers``, as many as ``sizes`` has; of ``step`` texts, only the first."""
    row, lengths = np.array(numbers, np.int32), np.array(sizes, np.int32)
    if step > 1:
        row = row[np.repeat(np.arange(len(lengths)) % step == 0, lengths)]
        lengths = lengths[::step]
    counts = np.bincount(row, minlength=len(known)).tolist()
    names = sorted(word for word, number in known.items() if counts[number] > 1)
    final = np.zeros(len(known), np.int32)
    for number, word in enumerate(names, 1):
        final[known[word]] = number
    row = final[row]  # in each text in order, as its words are
    kept = np.append(0, np.cumsum(row > 0))
    return _Side(
        ["", *names], [0, *(counts[known[word]] for word in names)], row[row > 0], kept[np.cumsum(lengths)].tolist()
    )


def _trained(source: _Side, target: _Side) -> _Direction:
    kinds, tokens, count = [], [], 0
    for cells, token in _parts(source, target):
        kind, inverse = np.unique(cells, return_inverse=True)
        kinds.append((kind, inverse.astype(np.min_scalar_type(len(kind)))))
        tokens.append(token.astype(np.min_scalar_type(int(token[-1]))))
        count += int(token[-1]) + 1
    if not kinds:
        return _Direction({}, {})
    keys = np.concatenate([kind for kind, _ in kinds])
    keys.sort()  # np.unique takes ten times as long
    keys = keys[np.append(True, keys[1:] != keys[:-1])]
    every = []
    while kinds:  # each part goes when it is replaced, since they are most of the memory
        kind, places = kinds.pop()
        every.append(np.searchsorted(keys, kind).astype(np.int32)[places])
    every.reverse()
    heads = keys // len(target.names)
    starts = np.flatnonzero(np.append(True, heads[1:] != heads[:-1]))  # of the words of the source
    sizes = np.diff(starts, append=len(keys))
    del heads
    # As little as possible is there twice: all this is most of the memory.
    chance, counts = np.ones(len(keys), np.float32), np.empty(len(keys))
    for _ in range(_ROUNDS):
        counts.fill(0.0)
        for where, token in zip(every, tokens, strict=True):
            weight = chance[where].astype(np.float64)
            weight /= np.bincount(token, weight)[token]
            np.add.at(counts, where, weight)
        del chance, weight
        chance = _totals(counts, starts, sizes)
        np.divide(counts, chance, out=chance, casting="same_kind")
    del every, tokens, where, token, chance
    # Each count is reduced by one: a single co-occurrence may be a coincidence.
    chance = _totals(counts, starts, sizes)
    counts -= 1.0
    np.maximum(0.0, counts, out=counts)
    np.divide(counts, chance, out=chance, casting="same_kind")
    table: dict[str, dict[str, float]] = {}
    for n in np.flatnonzero(chance >= _LEAST):
        key = int(keys[n])
        if key >= len(target.names):
            head, other = divmod(key, len(target.names))
            table.setdefault(source.names[head], {})[target.names[other]] = float(chance[n])
    return _Direction(table, {w: n / count for w, n in zip(target.names[1:], target.seen[1:], strict=True)})


def _totals(counts: NDArray[np.float64], starts: NDArray[np.intp], sizes: NDArray[np.intp]) -> Floats:
    """The sum of the counts of its word, for each count; those of a word begin at one of ``starts``."""
    return np.repeat(np.add.reduceat(counts, starts).astype(np.float32), sizes)


def _parts(source: _Side, target: _Side) -> Iterator[tuple[Cells, Numbers]]:
    """The pairs of words to learn from, as many at a time as are looked at together.

    Each has a number, by its source word and its target word, and the number of its target word in the part.
    """
    cells: list[Cells] = []
    tokens: list[Numbers] = []
    # Half the memory where the numbers fit in four bytes, as those of a book do.
    numbers = np.min_scalar_type(len(source.names) * len(target.names))
    size = count = 0
    for a, b in zip(source.texts(), target.texts(), strict=True):
        if len(a) and len(b):
            left = np.concatenate((np.zeros(1, np.int32), a)).astype(np.int64)
            cells.append((left[:, None] * len(target.names) + b).ravel().astype(numbers))
            tokens.append(np.tile(np.arange(count, count + len(b), dtype=np.int32), len(left)))
            count += len(b)
            size += len(cells[-1])
        if size >= _PART:
            yield np.concatenate(cells), np.concatenate(tokens)
            cells, tokens, size, count = [], [], 0, 0
    if cells:
        yield np.concatenate(cells), np.concatenate(tokens)
