"""Held-out documents: the segments to translate, and what is too similar to them to learn from.

A training pair leaks where one of its sentences, on either side, is the same as a held-out sentence or very similar:
the same document under another name, an older version of it, or a file of pairs that was made from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from rapidfuzz import fuzz, process

from bot.alignment.translation_unit import TranslationUnit
from bot.document.runs import runs
from bot.document.sentences import normal, sentences
from bot.languages import is_wide
from bot.parallel_data.extraction import TranslatedDocument, extract
from bot.parallel_data.filters import Reason, problem
from bot.terminology.terms import Terminology

LIKENESS = 85
"""The percentage of equal characters from which two sentences count as the same (a guess: small edits stay above)."""

SHORTEST = 20
"""Code points, wide ones counted twice, below which a sentence proves no leak: every chapter has a "Summary"."""

_ROWS = 2000
"""Sentences compared at a time with all held-out ones: limits the memory."""

_COUNTED: tuple[Reason | Literal[""], ...] = ("", "atoms", "fragment")
"""Reasons not to learn from a pair that do not exclude it from a score."""


@dataclass(frozen=True)
class HeldOut:
    """``documents`` are the paths in reading order; ``units`` are their paragraphs, with what people wrote for them."""

    documents: tuple[str, ...]
    units: tuple[TranslationUnit, ...]
    dropped: int
    """The number of paragraphs that are not prose, or not translated."""


def hold_out(documents: Sequence[TranslatedDocument], paths: Sequence[str], languages: tuple[str, str]) -> HeldOut:
    """The paragraphs of the documents ``paths``; all ``documents`` help to align them."""
    found = extract(documents, languages, "paragraph").units
    mine = [u for u in found if u.provenance.document in set(paths)]
    units = tuple(u for u in mine if problem(u, languages) in _COUNTED and prose(u.source) and prose(u.target))
    return HeldOut(tuple(p for p in paths), units, len(mine) - len(units))


def prose(text: str) -> str:
    """The part of a segment that counts: its words, without code, math, references, links and marks that are copied."""
    return normal("".join(run.shown if run.kind == "text" else " " * (run.kind == "atom") for run in runs(text)))


def without_leaks(
    units: Sequence[TranslationUnit], held: Sequence[TranslationUnit], languages: tuple[str, str]
) -> tuple[tuple[TranslationUnit, ...], tuple[TranslationUnit, ...]]:
    """The units that may be learned from, and those that leak; both in their original order."""
    bad = _like([u.source for u in units], [u.source for u in held], languages[0])
    bad |= _like([u.target for u in units], [u.target for u in held], languages[1])
    kept = tuple(u for n, u in enumerate(units) if n not in bad)
    return kept, tuple(u for n, u in enumerate(units) if n in bad)


def terms_without_leaks(
    terms: Terminology, held: Sequence[TranslationUnit], languages: tuple[str, str]
) -> tuple[Terminology, int]:
    """A terminology without the terms that are sentences of held-out documents, and how many those are."""
    bad = _like([t.source for t in terms.terms], [u.source for u in held], languages[0])
    for n, term in enumerate(terms.terms):
        if _like(term.targets, [u.target for u in held], languages[1]):
            bad.add(n)
    return replace(terms, terms=tuple(t for n, t in enumerate(terms.terms) if n not in bad)), len(bad)


def _like(texts: Sequence[str], held: Iterable[str], language: str) -> set[int]:
    """The indices of the texts with a sentence similar to one that is held out."""
    known = sorted({s for text in held for s in _said(text, language)})
    owners, every = [], []
    for n, text in enumerate(texts):
        for said in _said(text, language):
            owners.append(n)
            every.append(said)
    found: set[int] = set()
    for start in range(0, len(every) if known else 0, _ROWS):
        rows = every[start : start + _ROWS]
        scores = process.cdist(rows, known, scorer=fuzz.ratio, score_cutoff=LIKENESS, dtype=np.uint8)
        found |= {owners[start + int(n)] for n in np.flatnonzero(scores.max(axis=1))}
    return found


def _said(text: str, language: str) -> Iterator[str]:
    """The sentences of a text that are long enough to be recognised, normalised for comparison."""
    flat = prose(text)
    for start, end in sentences(flat, language):
        said = "".join(c for c in flat[start:end].casefold() if c.isalnum() or c == " ")
        if sum(2 if is_wide(c) else 1 for c in said) >= SHORTEST:
            yield normal(said)
