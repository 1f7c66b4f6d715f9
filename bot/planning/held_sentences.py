"""Which of many sentences a text has, however its lines are wrapped: work in proportion to the text for any number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from functools import lru_cache

from bot.document.sentences import letters

LONG = 12
"""Letters from which a sentence that is anywhere in a text is taken to be that sentence (a guess)."""

_FEW = 200
"""Sentences up to which each is looked for by itself, which is faster for few."""

_LARGE = 100_000
"""Letters of a text from which the sentences are looked for by numbers; no document of a book has so many."""


_LINES = re.compile(r"[^\W_]+|\n")


def holds(text: str, key: str) -> bool:
    """Whether a text has the sentence with the letters ``key``; a short one has to be a line."""
    return key in whole(text) if len(key) >= LONG else key in _lines(text)


def held(text: str, keys: Collection[str]) -> set[str]:
    """Those of ``keys`` that ``holds`` is true of."""
    short = {key for key in keys if len(key) < LONG}
    return held_anywhere(text, keys) | (_lines(text) & short if short else short)


def held_anywhere(text: str, keys: Collection[str]) -> set[str]:
    """Those of ``keys`` with at least ``LONG`` letters that the letters of a text contain."""
    flat, every = whole(text), {key for key in keys if len(key) >= LONG}
    if len(every) <= _FEW:
        return {key for key in every if key in flat}
    sizes: defaultdict[str, set[int]] = defaultdict(set)
    for key in every:
        sizes[key[:LONG]].add(len(key))
    if len(flat) < _LARGE:
        found = [at for at in range(len(flat) - LONG + 1) if flat[at : at + LONG] in sizes]
    else:
        from bot.planning.letter_hashes import places  # imports numpy

        found = places(flat, "".join(sizes), LONG)
    return every.intersection(flat[at : at + size] for at in found for size in sizes.get(flat[at : at + LONG], ()))


whole = lru_cache(maxsize=256)(letters)


@lru_cache(maxsize=256)
def _lines(text: str) -> frozenset[str]:
    # One pass over the text: a call for each line takes three times as long.
    lines = "\n".join(text.splitlines())
    return frozenset("".join(_LINES.findall(lines)).casefold().split("\n") if text else ())
