"""Words of several parts: Vietnamese writes spaces between syllables, other languages hyphens inside a word.

Half of a word is worse than none, so a repair takes such a word as a whole or not at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from bot.repair.tokens import Token

OFTEN = 3
"""How often two syllables must be seen in a row to be a word (a guess)."""
TOGETHER = 0.6
"""Least share of the rarer of two syllables that is seen beside the other one, in a word (a guess)."""

LONGEST = 5
"""Most tokens of a word, hyphens included (a guess)."""

_JOINERS = ("-", "‑", "–")


def learned(sentences: Iterable[Sequence[str]]) -> frozenset[tuple[str, str]]:
    """The pairs of syllables (forms of tokens) in a row that are a word, or part of one."""
    single, double = Counter[str](), Counter[tuple[str, str]]()
    for sentence in sentences:
        single.update(sentence)
        double.update(pairwise(sentence))
    return frozenset(
        pair
        for pair, number in double.items()
        if number >= OFTEN and number >= TOGETHER * min(single[pair[0]], single[pair[1]])
    )


def compounds(found: Sequence[Token], known: Collection[tuple[str, str]]) -> list[range]:
    """The words of several tokens in a sentence: with ``known`` pairs of syllables, or hyphens without spaces."""
    out: list[range] = []
    for k, token in enumerate(found):
        if len(out[-1] if out else ()) in range(1, LONGEST) and _joins(found[k - 1], token, known):
            out[-1] = range(out[-1].start, k + 1)
        else:
            out.append(range(k, k + 1))
    return [run for run in out if len(run) > 1 and found[run[-1]].kind == "word"]


def _joins(one: Token, other: Token, known: Collection[tuple[str, str]]) -> bool:
    if one.end == other.start and (one.text in _JOINERS) != (other.text in _JOINERS):
        return {one.kind, other.kind} == {"word", "stop"}
    return one.kind == other.kind == "word" and (one.form, other.form) in known
