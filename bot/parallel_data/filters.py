"""Filters of translation units: which pairs are not worth learning from or showing, and why.

A wrong pair is shown to a person word for word and teaches an engine an error, a missing one costs
little: in doubt a pair is dropped. Each is dropped for the first reason that holds.
"""

from __future__ import annotations

import math
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import Literal

from bot.alignment.translation_unit import TranslationUnit
from bot.document.atoms import apart, atoms, mask
from bot.document.sentences import normal, speaks

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
"""Why a pair is dropped, in the order in which that is asked."""

_SCRIPTS = {
    "zh": ("CJK",),
    "ja": ("CJK", "HIRAGANA", "KATAKANA"),
    "ko": ("HANGUL",),
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk", "kk", "mn"), ("CYRILLIC",)),
    **dict.fromkeys(("ar", "fa", "ur"), ("ARABIC",)),
    **dict.fromkeys(("hi", "mr", "ne"), ("DEVANAGARI",)),
    "el": ("GREEK",), "he": ("HEBREW",), "th": ("THAI",), "bn": ("BENGALI",), "ta": ("TAMIL",), "ka": ("GEORGIAN",),
}  # fmt: skip
"""First words of the Unicode names of a language's letters; LATIN for a language that is not here."""

_NATIVE = 0.3
"""Least share of words (of characters, in Chinese and Japanese) in the language's script (a guess)."""

_LEFT = 0.7
"""Share of the translation's words that stand in the English too from which it is taken for untranslated (a guess)."""

_FAR = 8.0
"""Deviation from the book's length ratio, in units of a character's own (a guess; d2l-zh's worst pairs are beyond)."""

_CONVINCING = 0.1
"""Belief below which a pair is doubtful (by reading those about it in d2l-zh: half of them wrong)."""

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]+")
_WORD = re.compile(r"[^\W\d_]+")
_FRAGMENT = re.compile(r"[,.;:!?)\]}，。；：！？、）】』」”’](?!\.\.)")


@dataclass(frozen=True)
class Filtered:
    """The units that are left, in their order, and how many were dropped for each reason."""

    units: tuple[TranslationUnit, ...]
    dropped: Counter[str]


def filtered(
    units: Sequence[TranslationUnit], languages: tuple[str, str], beliefs: Sequence[float] | None = None
) -> Filtered:
    """Drops what is not worth keeping; ``beliefs`` are those of the units' extraction, where there was one."""
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
    """The reason for which a unit by itself is dropped, one of ``REASONS``; empty for none."""
    source, target = normal(unit.source), normal(unit.target)
    if not source or not target:
        return "empty"
    if not speaks(source):
        return "no words"
    if source.casefold() == target.casefold():
        return "same"
    if _native(apart(source)[1], languages[0]) < _NATIVE:
        return "script"
    if reason := language_problem(source, target, languages):
        return reason
    if _FRAGMENT.match(mask(target).text) or _FRAGMENT.match(mask(source).text):
        return "fragment"
    return "atoms" if Counter(atoms(source)) != Counter(atoms(target)) else ""


def language_problem(source: str, target: str, languages: tuple[str, str]) -> Literal["", "script", "language"]:
    """The reason for which a text is no translation by its script or its words alone: script, language, or none."""
    prose = apart(source)[1], apart(target)[1]
    if _native(prose[1], languages[1]) < _NATIVE:
        return "script"
    if _scripts(languages[0]) == _scripts(languages[1]) and _untranslated(*prose):
        return "language"
    return ""


def _scripts(language: str) -> tuple[str, ...]:
    return _SCRIPTS.get(language.split("-")[0].lower(), ("LATIN",))


@lru_cache(maxsize=8192)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0].split("-")[0]


def _native(text: str, language: str) -> float:
    """Share of what is written in the language's script; words count one, Chinese characters one each."""
    scripts = _scripts(language)
    native = foreign = 0
    for word in _WORD.findall(text):
        kinds = [_script(c) for c in word]
        own = sum(kind in scripts for kind in kinds)
        foreign += own < len(kinds)
        native += own if scripts[0] == "CJK" else min(own, 1)
    return native / (native + foreign) if native + foreign else 1.0


def _untranslated(source: str, target: str) -> bool:
    said = [w.casefold() for w in _WORD.findall(target)]
    if len(said) < 5:
        return False
    there = {w.casefold() for w in _WORD.findall(source)}
    return sum(w in there for w in said) / len(said) > _LEFT


@dataclass(frozen=True)
class _Typical:
    """The length ratio that is usual in these units: its logarithm, in characters of prose."""

    ratio: float

    def deviation(self, unit: TranslationUnit) -> float:
        """How far the lengths are from it; Gale and Church: the spread grows with the root of the length."""
        source, target = _length(unit.source), _length(unit.target)
        expected = source * math.exp(self.ratio)
        return math.log(target / expected) * math.sqrt(min(source, target / math.exp(self.ratio)))


def _typical(units: Iterable[TranslationUnit]) -> _Typical:
    ratios = [math.log(_length(u.target) / _length(u.source)) for u in units if u.target and len(u.source) > 20]
    return _Typical(statistics.median(ratios) if ratios else 0.0)


def _length(text: str) -> int:
    """Characters of prose; in a text of Chinese or Japanese, a Latin word (a name, a gloss) counts as one."""
    prose = apart(text)[1]
    if _WIDE.search(prose):
        prose = _LATIN.sub("x", prose)
    return max(1, len(prose) - prose.count(" "))


def _unlikely(unit: TranslationUnit, typical: _Typical, belief: float) -> Reason | Literal[""]:
    off = abs(typical.deviation(unit))
    if off > _FAR:
        return "length"
    return "doubtful" if belief < _CONVINCING + 0.05 * max(0.0, off - 3) else ""
