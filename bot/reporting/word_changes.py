"""The words in which two versions of a sentence differ, as runs that every page marks in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.alignment.sequences import Matcher
from bot.document.atoms import mask
from bot.languages import HAN, HANGUL, KANA, KHMER, LAO, MYANMAR, THAI, separates_words

Mark = Literal["same", "del", "ins"]

ALIKE = 0.5
"""Share of common words from which two sentences can be read as one (a guess)."""

_PIECES = re.compile(rf"[{HAN}{KANA}{HANGUL}{THAI}{LAO}{KHMER}{MYANMAR}]|[\ue000-\uf8ff]|\w+|\s+|[^\w\s]")

_MASK = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True)
class Run:
    """Words next to each other that are in both versions, only in the old one (``del``) or in the new one (``ins``)."""

    mark: Mark
    text: str


def word_changes(old: str, new: str, language: str = "en") -> tuple[Run, ...]:
    """Two versions of a sentence as one, in runs; all of the old one and all of the new one if they have little in
    common.

    Code, formulas and other atoms are one word each, and so is each character in a language without spaces between
    words. White space is that of one line; in other languages a space is to be put between two runs.
    """
    before, after = _words(old, language), _words(new, language)
    glue = " " if separates_words(language) else ""
    found = Matcher(None, before, after, autojunk=False)
    if found.ratio() < ALIKE:
        return tuple(run for run in (Run("del", glue.join(before)), Run("ins", glue.join(after))) if run.text)
    return tuple(_runs(found, before, after, glue))


def _runs(found: Matcher[str], before: list[str], after: list[str], glue: str) -> Iterator[Run]:
    for tag, a, b, c, d in found.get_opcodes():
        if tag == "equal":
            yield Run("same", glue.join(after[c:d]))
            continue
        if a < b:
            yield Run("del", glue.join(before[a:b]))
        if c < d:
            yield Run("ins", glue.join(after[c:d]))


def _words(text: str, language: str) -> list[str]:
    masked = mask(" ".join(text.split()))
    pieces = masked.text.split() if separates_words(language) else _PIECES.findall(masked.text)
    known = {chr(0xE000 + n): atom for n, atom in enumerate(masked.atoms)}
    return [_MASK.sub(lambda m: known.get(m[0], m[0]), piece) for piece in pieces]
