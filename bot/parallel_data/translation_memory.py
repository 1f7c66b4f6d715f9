"""The translation memory: existing human translations, found by the English sentence.

One memory gives all kinds of matches: exact matches (preferring the translation in the same context),
matches that differ only in atoms, case or punctuation and are mended, and fuzzy matches, which are
suggestions for people and never a draft.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Literal

from rapidfuzz import fuzz, process

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.document.edits import MENDED, compare, fold_atoms, mend, similarity
from bot.document.sentences import normal, unwrapped

FUZZY = 0.75
"""Similarity from which a fuzzy match is worth showing: the lowest of the field's usual bands."""

_CANDIDATES = 40
"""How many sentences, those with the most and rarest words in common, are compared in full (a guess;
``benchmarks/memory.py`` counts what is missed)."""

_WORD = re.compile(r"\w+")


MatchKind = Literal["context", "exact", "mended"]
FuzzyBand = Literal["95-99", "85-94", "75-84"]


@dataclass(frozen=True)
class Match:
    """A translation from the memory, with the English that it translates.

    ``kind`` is context (same neighbours), exact, or mended (atoms, case or punctuation carried over);
    empty for a fuzzy match. ``score`` is the similarity of the English, 0 to 1.
    """

    kind: MatchKind | Literal[""]
    source: str
    target: str
    score: float
    provenance: Provenance

    @property
    def band(self) -> FuzzyBand | Literal["100"]:
        """The band of a fuzzy match as usual in the field, such as ``85-94``; 100 for other kinds."""
        return "100" if self.kind else fuzzy_band(self.score)


def fuzzy_band(score: float) -> FuzzyBand:
    """The band of a similarity from ``FUZZY`` on."""
    return "95-99" if score >= 0.95 else "85-94" if score >= 0.85 else "75-84"


class Memory:
    """Translation units by their English text; white space and line wrapping are ignored."""

    def __init__(self, units: Iterable[TranslationUnit]) -> None:
        self._units: defaultdict[str, list[TranslationUnit]] = defaultdict(list)
        for unit in units:
            self._units[normal(unit.source)].append(unit)

    def __len__(self) -> int:
        """How many different English texts it has."""
        return len(self._units)

    def match(self, source: str, before: str = "", after: str = "") -> Match | None:
        """A match that can be used as a draft of ``source``; ``before`` and ``after`` are its English neighbours."""
        found = self._units.get(normal(source))
        if not found:
            return self._mended(source)
        often = Counter(normal(u.target) for u in found)

        def worth(unit: TranslationUnit) -> tuple[int, int, int]:
            return _same_context(unit, before, after), often[normal(unit.target)], unit.provenance.time

        best = max(found, key=worth)
        alike = _same_context(best, before, after)
        return Match("context" if alike == 2 else "exact", best.source, unwrapped(best.target), 1.0, best.provenance)

    def _mended(self, source: str) -> Match | None:
        for key in self._folded.get(fold_atoms(source), ()):
            edit = compare(key, source)
            unit = _usual(self._units[key])
            target = mend(edit.kind, key, source, unit.target) if edit.kind in MENDED else None
            if target is not None:
                return Match("mended", unit.source, unwrapped(target), edit.similarity, unit.provenance)
        return None

    def fuzzy(self, source: str, limit: int = 2, least: float = FUZZY) -> tuple[Match, ...]:
        """The most similar sentences of at least ``least`` similarity, best first, except ``source`` itself."""
        wanted = normal(source)
        keys = [self._keys[n] for n in self._candidates(wanted) if self._keys[n] != wanted]
        found = process.extract(wanted, keys, scorer=fuzz.ratio, score_cutoff=100 * least, limit=limit)
        out = []
        for key, _, _ in found:
            unit = _usual(self._units[key])
            score = min(0.99, similarity(key, wanted))
            out.append(Match("", unit.source, unwrapped(unit.target), score, unit.provenance))
        return tuple(out)

    def _candidates(self, text: str) -> list[int]:
        """Keys that share the rarer half of the words of ``text``, those with most in common first."""
        every = {w.casefold() for w in _WORD.findall(text)}
        words = sorted(every, key=lambda w: (len(self._index.get(w, ())), w))  # the same in every run
        count: Counter[int] = Counter()
        for word in words[: len(words) // 2 + 1]:
            count.update(self._index.get(word, ()))
        return [n for n, _ in count.most_common(_CANDIDATES)]

    @cached_property
    def _keys(self) -> Sequence[str]:
        return list(self._units)

    @cached_property
    def _index(self) -> dict[str, array[int]]:
        index: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))  # a list takes nine times as much
        for number, key in enumerate(self._keys):
            for word in {w.casefold() for w in _WORD.findall(key)}:
                index[word].append(number)
        return dict(index)

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        folded: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._units:
            folded[fold_atoms(key)].append(key)
        return dict(folded)


def _same_context(unit: TranslationUnit, before: str, after: str) -> int:
    """How many of the neighbours are the same, 0 to 2; 0 for a unit without recorded neighbours."""
    if not unit.before and not unit.after:
        return 0
    return (normal(unit.before) == normal(before)) + (normal(unit.after) == normal(after))


def _usual(units: Sequence[TranslationUnit]) -> TranslationUnit:
    """The most frequent translation; among equals the newest, then the first."""
    often = Counter(normal(u.target) for u in units)
    return max(units, key=lambda u: (often[normal(u.target)], u.provenance.time))
