"""Whether what a repair takes out is the translation of what went, to go by how often the two are in the same pairs.

Links of words are learned from all words of a pair together, and from few pairs a word may get its neighbour's. In
languages without spaces between words, a piece may also be a word with the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from bot.languages import HAN, HIRAGANA
from bot.repair.examples import Examples
from bot.repair.splice import Change
from bot.repair.stretches import DENSE_COORDINATORS
from bot.repair.tokens import Token

SURE = 0.7
"""How often a word and a text must be in the same pairs for the text to be its translation (a guess)."""
WEAK = 0.5
"""Share of that up to which another text is not its translation (a guess)."""
CERTAIN = 0.85
"""The same for a word that stays, whose translation a repair must not touch (a guess)."""
_SHORT, _LONG = 2, 8
"""Fewest and most characters of a word that is a part of a piece: one alone is in many other words (guesses)."""

_STEM = 3
"""Fewest letters of a word before an ending (a guess)."""
_WORD = re.compile(r"[^\W\d_]+")
_KANA = re.compile(f"[{HIRAGANA}]")
_HAN = re.compile(f"[{HAN}]")


def takes_another(
    gone: Iterable[Token],
    staying: Iterable[Token],
    changes: Sequence[Change],
    ours: Sequence[Token],
    target: str,
    examples: Examples,
    *,
    spaced: bool,
) -> bool:
    """Whether ``changes`` touch the translation of a word that is ``staying``, or none of a word that is ``gone``."""
    spans = [(c.start, c.end) for c in changes if c.start < c.end and c.kind != "exchanged"]
    if not spans:
        return False
    rest = _without(target, spans)
    found = {part for a, b in spans for part in (_stems if spaced else _parts)(target[a:b])}
    parts = sorted(found, key=lambda part: (len(part), part))
    words = (token.text for token in ours if token.kind == "word" and token.text in rest)
    others = {stem for word in words for stem in _stems(word)} if spaced else {*words, *_HAN.findall(rest)}
    for word in gone:
        inside = max(_scores(word, parts, examples), default=0.0)
        elsewhere = (examples.goes_with(word, text) for text in (others if inside < SURE else ()))
        if any(score >= SURE and inside < WEAK * score for score in elsewhere):
            return True
    lost = [part for part in parts if part not in rest]
    return any(score >= CERTAIN for word in staying for score in _scores(word, lost, examples))


def _scores(word: Token, parts: Iterable[str], examples: Examples) -> Iterator[float]:
    """How often a word goes with each of some parts, short ones first, and 0 where it does not with a part of that."""
    never = set[str]()
    for part in parts:
        score = 0.0 if part[1:] in never or part[:-1] in never else examples.goes_with(word, part)
        if not score:
            never.add(part)
        yield score


def trimmed(change: Change, gone: Sequence[Token], target: str, examples: Examples) -> Change:
    """The change of only that part of what it touches which is the translation of the words that are ``gone``."""
    text = target[change.start : change.end]
    if len(gone) != 1 or len(text) < _SHORT:
        return change
    whole = examples.goes_with(gone[0], text)
    if whole >= SURE:
        return change
    parts = chain(_parts(text), _HAN.findall(text))
    score, _, part = max(((examples.goes_with(gone[0], part), len(part), part) for part in parts), default=(0.0, 0, ""))
    if score < SURE or whole > WEAK * score or text.count(part) != 1:
        return change
    rest = text.replace(part, "")
    if not change.text and (_KANA.search(rest) or rest.strip() in DENSE_COORDINATORS):
        return change  # the ending of a verb, or an "and", does not stay without it
    start = change.start + text.index(part)
    return replace(change, start=start, end=start + len(part))


def _without(target: str, spans: Sequence[tuple[int, int]]) -> str:
    """A text with a blank in place of some of its stretches."""
    for start, end in sorted(spans, reverse=True):
        target = f"{target[:start]} {target[end:]}"
    return target


def _parts(text: str) -> Iterator[str]:
    """The parts of a text of at least two characters, up to a length that no word has."""
    for size in range(_SHORT, min(len(text), _LONG) + 1):
        yield from (text[a : a + size] for a in range(len(text) - size + 1))


def _stems(text: str) -> Iterator[str]:
    """The words of a text, and how they may begin before an ending."""
    for word in _WORD.findall(text):
        yield from (word[:size] for size in range(min(len(word), _STEM), len(word) + 1))
