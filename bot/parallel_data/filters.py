"""Filters of translation units: which pairs are not worth learning from or showing, and why.

A wrong pair is shown to people unchanged and teaches an engine an error, while a missing one costs
little, so doubtful pairs are dropped. The first reason that applies is the one that is counted.
"""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Literal

from bot.alignment.translation_unit import TranslationUnit
from bot.document.atoms import apart, atoms, mask
from bot.document.sentences import has_free_words, normal
from bot.languages import HAN, KANA, LATIN, is_in_script, one_of, translation_problem

Reason = Literal["empty", "no words", "same", "script", "language", "fragment", "atoms", "length", "doubtful"]

REASONS: Mapping[str, str] = {
    "empty": "one side is empty",
    "no words": "only numbers, formulas or code",
    "same": "the translation is the English",
    "script": "not in the script of its language",
    "language": "mostly the English words left in place",
    "fragment": "starts in the middle of a sentence",
    "atoms": "code, math, references or links differ",
    "length": "far too long or too short",
    "doubtful": "the words do not speak for each other",
}
"""Reasons to drop a pair, in the order in which they are checked."""

_FAR = 8.0
"""Deviation from the book's length ratio, in units of one character's (a guess; d2l-zh's worst pairs exceed it)."""

_CONVINCING = 0.1
"""Belief below which a pair is doubtful (of the pairs of d2l-zh near this value, half were wrong when read)."""

_LATIN = re.compile(f"[{LATIN}]+")
_FRAGMENT = re.compile(r"[,.;:!?)\]}，。；：！？、）】』」”’](?!\.\.)")


@dataclass(frozen=True)
class Filtered:
    """The remaining units, in order, and how many were dropped for each reason."""

    units: tuple[TranslationUnit, ...]
    dropped: Counter[str]


def filtered(
    units: Sequence[TranslationUnit], languages: tuple[str, str], beliefs: Sequence[float] | None = None
) -> Filtered:
    """Drops what is not worth keeping; ``beliefs`` are those from the extraction of the units, if any."""
    typical = _typical(units)
    kept: list[TranslationUnit] = []
    dropped: Counter[str] = Counter()
    for unit, belief in zip(units, beliefs or repeat(math.inf, len(units)), strict=True):
        reason = problem(unit, languages) or _unlikely(unit, typical, belief)
        if reason:
            dropped[reason] += 1
        else:
            kept.append(unit)
    return Filtered(tuple(kept), dropped)


def problem(unit: TranslationUnit, languages: tuple[str, str]) -> Reason | Literal[""]:
    """The reason to drop a unit, judged by itself: one of ``REASONS``, or empty to keep it."""
    source, target = normal(unit.source), normal(unit.target)
    if not source or not target:
        return "empty"
    if not has_free_words(source):
        return "no words"
    if source.casefold() == target.casefold():
        return "same"
    prose = apart(source)[1], apart(target)[1]
    if not is_in_script(prose[0], languages[0]):
        return "script"
    if reason := translation_problem(*prose, languages):
        return reason
    if _FRAGMENT.match(mask(target).text) or _FRAGMENT.match(mask(source).text):
        return "fragment"
    return "atoms" if Counter(atoms(source)) != Counter(atoms(target)) else ""


@dataclass(frozen=True)
class _Typical:
    """The logarithm of the usual length ratio of these units, in characters of prose."""

    ratio: float

    def deviation(self, unit: TranslationUnit) -> float:
        """Distance of the lengths from the usual ratio; spread grows with the root of the length (Gale and Church)."""
        source, target = _length(unit.source), _length(unit.target)
        expected = source * math.exp(self.ratio)
        return math.log(target / expected) * math.sqrt(min(source, target / math.exp(self.ratio)))


def _typical(units: Iterable[TranslationUnit]) -> _Typical:
    ratios = [math.log(_length(u.target) / _length(u.source)) for u in units if u.target and len(u.source) > 20]
    return _Typical(statistics.median(ratios) if ratios else 0.0)


def _length(text: str) -> int:
    """Characters of prose; in a text of Chinese or Japanese, a Latin word (a name, a gloss) counts as one."""
    prose = apart(text)[1]
    if one_of(HAN, KANA).search(prose):
        prose = _LATIN.sub("x", prose)
    return max(1, len(prose) - prose.count(" "))


def _unlikely(unit: TranslationUnit, typical: _Typical, belief: float) -> Reason | Literal[""]:
    off = abs(typical.deviation(unit))
    if off > _FAR:
        return "length"
    return "doubtful" if belief < _CONVINCING + 0.05 * max(0.0, off - 3) else ""
