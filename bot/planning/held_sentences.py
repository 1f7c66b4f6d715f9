"""Which of many sentences a text has, however its lines are wrapped: work in proportion to the text for any number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.page import CELL
from bot.document.segmentation import document_sentences
from bot.document.sentences import letters, runs
from bot.planning.changed_part import changed_part, fresh_blocks

LONG = 12
"""Letters from which a sentence that is anywhere in a text is taken to be that sentence (a guess).

A shorter one may be part of another, so it is compared with the sentences of the text.
"""

_FEW = 200
"""Sentences up to which each is looked for by itself, which is faster for few."""

_READ = 50_000
"""Code points of a text up to which all of it is read for the short sentences that an edit brought (a guess)."""

_LARGE = 100_000
"""Letters of a text from which the sentences are looked for by numbers; no document of a book has so many."""


@dataclass(frozen=True)
class Reading:
    """How texts are read: in which language, and in which flavour of Markdown (None: the text shows it)."""

    language: str = "en"
    flavour: Flavour | None = None


def holds(text: str, key: str, reading: Reading) -> bool:
    """Whether a text has the sentence with the letters ``key``; a short one has to be a sentence of it.

    A sentence without letters is in any text.
    """
    return key in whole(text) if len(key) >= LONG or not key else key in _sentences(text, reading)


def brought(before: str, after: str, keys: Collection[str], reading: Reading, parts: Collection[str] = ()) -> set[str]:
    """Those of ``keys`` that are short, or in ``parts``, and that are sentences of ``after`` and not of ``before``.

    Only the blocks that differ are searched, so not what a fence opened in one turns into code further down; and only
    the part with these is read, unless they may be in the rest too. In very long texts they may be.
    """
    short = _noticed(after, {key for key in keys if len(key) < LONG or key in parts})
    if short and not after.startswith(CELL):
        old, new, rest = changed_part(before, after)
        short = _noticed(fresh_blocks(old, new), short)
        if max(len(before), len(after)) > _READ or not _noticed(rest, short):
            before, after = old, new
    if not short:
        return set()
    short &= _sentences(after, reading)
    return short - _sentences(before, reading) if _noticed(before, short) else short


def _noticed(text: str, keys: set[str]) -> set[str]:
    """Those of a few ``keys`` that may be sentences of a text: words of it from the first to the last letter.

    That takes less time than to read it; many are not looked for.
    """
    if len(keys) > _FEW or not (held := {key for key in keys if key in whole(text)}):
        return keys if len(keys) > _FEW else set()
    flat, ends = _words(text)
    return {key for key in held if any(at + len(key) in ends for at in _places(flat, key) if at in ends)}


@lru_cache(maxsize=8)  # what is after a commit is before the next
def _words(text: str) -> tuple[str, frozenset[int]]:
    """The letters of a text, and the places in them between two words."""
    words = runs(text)
    return "".join(words), frozenset((0, *accumulate(map(len, words))))


def _places(text: str, key: str) -> Iterator[int]:
    at = text.find(key)
    while at >= 0:
        yield at
        at = text.find(key, at + 1)


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


@lru_cache(maxsize=64)
def _sentences(text: str, reading: Reading) -> frozenset[str]:
    return frozenset(letters(s.text) for s in document_sentences(parse(text, reading.flavour), reading.language))
