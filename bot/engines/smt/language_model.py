"""The language model: how likely a word is after others, learned from sentences.

Interpolated Kneser–Ney with three discounts (Chen and Goodman, 1999).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bot.engines.smt.tokens import Tokens

ORDER = 4
"""Number of words in an n-gram; five are no better."""

REMEMBERED = 500_000
"""Maximum number of cached scores, about 150 MB; the cache is cleared when it is full."""

START, END = "<s>", "</s>"


class LanguageModel:
    """Learned from tokenised sentences."""

    context = ORDER - 1
    """Maximum number of preceding words that are taken into account."""

    def __init__(self, sentences: Iterable[Tokens]) -> None:
        counts = _continuations(_counted(sentences))
        words = len(counts[0]) + 1
        self._grams: list[dict[Tokens, float]] = []
        self._back: list[dict[Tokens, float]] = []
        shorter: Mapping[Tokens, float] = {(): 1 / words}
        for grams in counts:
            shorter, left = _smoothed(grams, shorter)
            self._grams.append({gram: math.log(p) for gram, p in shorter.items()})
            self._back.append({gram: math.log(p) for gram, p in left.items()})
        self._unknown = self._back[0].get((), 0.0) - math.log(words)
        self.known: dict[tuple[Tokens, str], float] = {}
        """Cache of the results of ``score``."""

    def score(self, before: Tokens, word: str) -> float:
        """The natural logarithm of the probability of ``word`` after ``before``, at most ``context`` words."""
        said = self.known.get((before, word))
        if said is None:
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            said = self.known[before, word] = self._score((*before, word))
        return said

    def _score(self, gram: Tokens) -> float:
        lost = 0.0
        while True:
            known = self._grams[len(gram) - 1].get(gram)
            if known is not None:
                return lost + known
            if len(gram) == 1:
                return lost + self._unknown
            lost += self._back[len(gram) - 1].get(gram[:-1], 0.0)
            gram = gram[1:]


def _counted(sentences: Iterable[Tokens]) -> list[Counter[Tokens]]:
    counts: list[Counter[Tokens]] = [Counter() for _ in range(ORDER)]
    for tokens in sentences:
        words = (START, *tokens, END)
        for size, grams in enumerate(counts, 1):
            grams.update(zip(*(words[n:] for n in range(size)), strict=False))
    return counts


def _continuations(counts: Sequence[Counter[Tokens]]) -> list[Counter[Tokens]]:
    """For n-grams below the longest: how many different words precede them, for those that can follow a word."""
    found = []
    for grams, longer in pairwise(counts):
        behind = Counter(gram[1:] for gram in longer)
        behind.update({gram: number for gram, number in grams.items() if gram[0] == START and len(gram) > 1})
        found.append(behind)
    return [*found, counts[-1]]


def _smoothed(
    grams: Counter[Tokens], shorter: Mapping[Tokens, float]
) -> tuple[dict[Tokens, float], dict[Tokens, float]]:
    """The probability of each of the ``grams``, and by context what is left for words not seen after it."""
    discounts = _discounts(grams)
    total: Counter[Tokens] = Counter()
    taken: defaultdict[Tokens, float] = defaultdict(float)
    for gram, number in grams.items():
        total[gram[:-1]] += number
        taken[gram[:-1]] += discounts[min(number, 3) - 1]
    left = {before: taken[before] / total[before] for before in total}
    known = {}
    for gram, number in grams.items():
        before = gram[:-1]
        own = (number - discounts[min(number, 3) - 1]) / total[before]
        known[gram] = own + left[before] * shorter[gram[1:]]
    return known, left


def _discounts(grams: Counter[Tokens]) -> tuple[float, ...]:
    """The discounts for counts of one, two, and three or more; guesses if there is too little data."""
    often = Counter(min(number, 4) for number in grams.values())
    if not all(often[n] for n in (1, 2, 3, 4)):
        return (0.5, 1.0, 1.5)
    share = often[1] / (often[1] + 2 * often[2])
    return tuple(min(max(n - (n + 1) * share * often[n + 1] / often[n], 0.1), n - 0.1) for n in (1, 2, 3))
