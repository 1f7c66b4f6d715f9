"""The table of rules: a file of rules with features from counts; it keeps the most likely rules of each source."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from bot.engines.smt.rule_extraction import Common, Pair, Rule
from bot.engines.smt.tokens import Tokens, kind
from bot.engines.smt.word_alignment import Links
from bot.workers import spread

BEST = 20
"""Number of translations to keep per source. The count of a target weighs a third of its count with the source,
since most are seen once (a guess)."""

DISCOUNTS = (0.9, 1.6, 2.0)
"""The discounts for counts of one, two and more, as Foster et al. (2006) smooth phrase tables. A count of one means
that a phrase was seen once, and by only one kind of alignment."""

SEEN = 2
"""Minimum number of pairs with a rule with gaps: rules in only one (nine in ten of all) are mostly chance."""

PART = 2500
"""Number of pairs from which a process extracts rules at a time."""

_LEAST = math.log(1e-4)
"""The minimum probability of a word's translation (a guess)."""


class Features(NamedTuple):
    """The features that score a derivation: sums of natural logarithms and of counts over its rules."""

    forward: float = 0.0
    """Probability of the target given the source."""
    backward: float = 0.0
    """Probability of the source given the target."""
    words_forward: float = 0.0
    """The same two probabilities, by single words."""
    words_backward: float = 0.0
    language: float = 0.0
    """Probability of the target by the language model."""
    words: float = 0.0
    phrases: float = 0.0
    gapped: float = 0.0
    glued: float = 0.0
    """Translations that are merely concatenated because no rule joins them."""
    unknown: float = 0.0
    seen_once: float = 0.0


def write_rules(pairs: Sequence[tuple[Tokens, Tokens]], alignments: Sequence[Sequence[Links]], path: Path) -> None:
    """Extracts the rules from word-aligned pairs and writes them to ``path`` in a fixed order."""
    phrases, gapped = _counted(pairs, alignments)
    lexicon = _Lexicon(pairs, alignments)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for table, is_gapped in ((phrases, False), (gapped, True)):
            for rule, features in _judged(table, lexicon, is_gapped):
                numbers = " ".join(f"{number:.4g}" for number in features)
                file.write("\t".join((" ".join(rule[0]), " ".join(rule[1]), numbers)) + "\n")


class RuleTable:
    """The rules of a file."""

    def __init__(self, path: Path) -> None:
        """Raises OSError."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        with path.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                source, rest = line.split("\t", 1)
                found[source].append(rest)
        self._lines: Mapping[str, Sequence[str]] = found
        self._starts = {start for source in found for start in _starts(source)}

    def starts(self, symbols: str) -> bool:
        """Whether a source begins with these ``symbols``, which are separated by spaces."""
        return symbols in self._starts

    def translations(self, source: str) -> Iterator[tuple[Tokens, Features]]:
        """The translations of ``source``, whose symbols are separated by spaces, with their features."""
        for line in self._lines.get(source, ()):
            target, numbers = line.split("\t")
            yield tuple(target.split(" ")), Features(*map(float, numbers.split(" ")))


def _starts(source: str) -> Iterator[str]:
    at = source.find(" ")
    while at >= 0:
        yield source[:at]
        at = source.find(" ", at + 1)
    yield source


def _counted(
    pairs: Sequence[tuple[Tokens, Tokens]], alignments: Sequence[Sequence[Links]]
) -> tuple[Counter[Rule], Counter[Rule]]:
    """The phrases, and the rules with gaps, with how often they occur in the pairs."""
    every = list(zip(pairs, alignments, strict=True))
    parts = [every[n : n + PART] for n in range(0, len(every), PART)]
    phrases: Counter[Rule] = Counter()
    gapped: Counter[Rule] = Counter()
    seen: Counter[Rule] = Counter()
    for found in spread(partial(_part, _common(pairs)), parts, few=1):
        phrases.update(found.phrases)
        gapped.update(found.gapped)
        seen.update(found.seen)
    return phrases, Counter({rule: count for rule, count in gapped.items() if seen[rule] >= SEEN})


class _Counts(NamedTuple):
    phrases: Counter[Rule]
    gapped: Counter[Rule]
    seen: Counter[Rule]
    """The number of pairs in which a rule with gaps occurs."""


def _part(common: Common, aligned: Sequence[tuple[tuple[Tokens, Tokens], Sequence[Links]]]) -> _Counts:
    counts = _Counts(Counter(), Counter(), Counter())
    for (source, target), links in aligned:
        rules = Pair(source, target, common).rules(links)
        counts.phrases.update(rules.phrases)
        counts.gapped.update(rules.gapped)
        counts.seen.update(rules.gapped.keys())
    return counts


def _common(pairs: Iterable[tuple[Tokens, Tokens]]) -> Common:
    """What occurs in enough pairs for a rule with gaps."""
    seen: Counter[str | tuple[str, str]] = Counter()
    for pair in pairs:
        sides = [[kind(token) for token in side] for side in pair]
        words: set[str | tuple[str, str]] = {word for side in sides for word in side}
        seen.update(words.union(*map(pairwise, sides)))
    return frozenset(one for one, number in seen.items() if number >= SEEN)


def _judged(table: Counter[Rule], lexicon: _Lexicon, is_gapped: bool) -> Iterator[tuple[Rule, Features]]:
    sources: Counter[Tokens] = Counter()
    targets: Counter[Tokens] = Counter()
    by_source: defaultdict[Tokens, list[tuple[int, Tokens]]] = defaultdict(list)
    for (source, target), count in table.items():
        sources[source] += count
        targets[target] += count
        by_source[source].append((count, target))
    for source in sorted(by_source):
        likely = []
        for count, target in by_source[source]:
            left = count - DISCOUNTS[min(count, len(DISCOUNTS)) - 1]
            forward, backward = math.log(left / sources[source]), math.log(left / targets[target])
            likely.append((-forward - backward / 3, target, count, forward, backward))
        for _, target, count, forward, backward in sorted(likely)[:BEST]:
            yield (
                (source, target),
                Features(
                    forward,
                    backward,
                    lexicon.forward(source, target),
                    lexicon.backward(source, target),
                    words=sum(not token.startswith("⟦x") for token in target),
                    phrases=not is_gapped,
                    gapped=is_gapped,
                    seen_once=count == 1,
                ),
            )


class _Lexicon:
    """How likely words are to translate each other, according to the links."""

    def __init__(self, pairs: Sequence[tuple[Tokens, Tokens]], alignments: Sequence[Sequence[Links]]) -> None:
        links: Counter[tuple[str, str]] = Counter()
        for (source, target), both in zip(pairs, alignments, strict=True):
            for found in both:
                links.update((kind(source[i]), kind(target[j])) for i, j in found)
                links.update((kind(source[i]), "") for i in {*range(len(source))} - {i for i, _ in found})
                links.update(("", kind(target[j])) for j in {*range(len(target))} - {j for _, j in found})
        sources: Counter[str] = Counter()
        targets: Counter[str] = Counter()
        for (word, opposite), number in links.items():
            sources[word] += number
            targets[opposite] += number
        self._forward = {(a, b): math.log(number / sources[a]) for (a, b), number in links.items()}
        self._backward = {(b, a): math.log(number / targets[b]) for (a, b), number in links.items()}

    def forward(self, source: Tokens, target: Tokens) -> float:
        """Score of the target's words, each given the source word (or none) that translates it best."""
        return _by_words(self._forward, _words(source), _words(target))

    def backward(self, source: Tokens, target: Tokens) -> float:
        """Score of the source's words, given those of the target."""
        return _by_words(self._backward, _words(target), _words(source))


def _words(symbols: Tokens) -> list[str]:
    return [kind(s) for s in symbols if not s.startswith("⟦x")]


def _by_words(known: Mapping[tuple[str, str], float], given: Sequence[str], asked: Sequence[str]) -> float:
    """Scores each word by the one that translates it best."""
    total = 0.0
    for word in asked:
        best = known.get(("", word), _LEAST)
        for one in given:
            likely = known.get((one, word), _LEAST)
            if likely > best:
                best = likely
        total += max(best, _LEAST)
    return total
