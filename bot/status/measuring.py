"""Measures the texts of one document: how much of today's English each of its translations lacks.

Sentences are compared as bags; nothing is aligned or planned: that costs some milliseconds a document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.document.edits import fold_atoms
from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.model import Document
from bot.document.page import CELL
from bot.document.runs import plain
from bot.document.segmentation import document_sentences
from bot.document.sentences import normal, speaks
from bot.progress import Count, silent
from bot.review.leftovers import prose, still_english
from bot.status.document_status import Amount
from bot.status.drift import Outline, drift, outline
from bot.workers import spread


@dataclass(frozen=True)
class Pair:
    """A translation (its whole text) and the English recorded for it, None if none is recorded.

    ``english`` are the sentences, with normal white space, that the review record has as still English.
    """

    recorded: str | None
    translation: str
    english: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Measured:
    """One translation of a document, with the values of ``DocumentStatus``; ``same``: English did not change at all."""

    same: bool
    changed: Amount
    left: Amount
    drift: tuple[str, ...]
    title: str


@dataclass(frozen=True)
class MeasuredDocument:
    """The English of a document, and its translations in the order in which they were given."""

    english: Amount
    title: str
    translations: tuple[Measured, ...]


_MARGIN = re.compile(r"^[ \t>]+", re.M)

Texts = tuple[str, tuple[Pair, ...]]
"""Today's English of a document, and its translations."""


def measured(
    documents: Sequence[Texts], flavour: Flavour | None = None, shown: Count = silent
) -> list[MeasuredDocument]:
    """Measures many documents, with one process per core; ``flavour`` is that of the book, if it names one.

    ``shown`` takes how many are measured.
    """
    return spread(partial(measure, flavour=flavour), documents, shown=shown)


def measure(document: Texts, flavour: Flavour | None = None) -> MeasuredDocument:
    """Measures one document."""
    now, pairs = document
    source = parse(now, flavour)
    said = _sentences(source)
    recorded = {pair.recorded for pair in pairs if pair.recorded is not None} - {now}
    olds = {now: source, **{text: parse(text, flavour) for text in recorded}}
    return MeasuredDocument(
        _amount(said), _title(source), tuple(_measure(pair, now, said, olds, flavour) for pair in pairs)
    )


def _measure(pair: Pair, now: str, said: Sequence[str], olds: dict[str, Document], flavour: Flavour | None) -> Measured:
    same = pair.recorded is not None and _lines(pair.recorded) == _lines(now)
    known = pair.recorded is None or same
    held, changed = (said, ()) if known else _compared(_sentences(olds[pair.recorded or ""]), said)
    left = {*_left(held, pair.translation, flavour), *pair.english}
    own = _outline(pair.translation)
    return Measured(
        same,
        _amount(changed),
        _amount([text for text in held if normal(text) in left]),
        () if pair.recorded is None else drift(_outline(pair.recorded), own),
        _title(parse(own.first, flavour)) if own.first else "",
    )


def _left(sentences: Sequence[str], translation: str, flavour: Flavour | None) -> Mapping[str, str]:
    """The sentences that are still English, with normal white space; nearly every translation need not be parsed."""
    likely = still_english(sentences, normal(_MARGIN.sub("", translation)))
    return still_english(likely, prose(parse(translation, flavour))) if likely else likely


def _compared(old: Sequence[str], new: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The sentences of ``new`` that ``old`` has too, and those whose words it has not.

    Case, punctuation, code, math and link targets do not count: a sync carries them over.
    """
    held, others, there = _matched(new, Counter(map(normal, old)), normal)
    more, changed, _ = _matched(others, Counter(map(_folded, there.elements())), _folded)
    return [*held, *more], changed


def _matched(
    sentences: Sequence[str], there: Counter[str], key: Callable[[str], str]
) -> tuple[list[str], list[str], Counter[str]]:
    """The sentences whose key is in ``there``, each of which is used once; those whose key is not; what is not used."""
    held: list[str] = []
    others: list[str] = []
    for text in sentences:
        name = key(text)
        (held if there[name] > 0 else others).append(text)
        there[name] -= there[name] > 0
    return held, others, there


def _folded(text: str) -> str:
    return fold_atoms(normal(text))


def _sentences(document: Document) -> list[str]:
    return [s.text for s in document_sentences(document, "en") if speaks(s.text)]


def _amount(sentences: Sequence[str]) -> Amount:
    return Amount(len(sentences), sum(len(normal(text)) for text in sentences))


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def _outline(text: str) -> Outline:
    """The outline of a text; in the page of a notebook, code cells become fences."""
    if not text.startswith(CELL):
        return outline(text)
    from bot.document.cells import page_cells  # only notebooks need it

    cells = (
        cell.source if cell.type == "markdown" else f"{_FENCE}{cell.language}\n{cell.source}\n{_FENCE}"
        for cell in page_cells(text)
    )
    return outline("\n".join(cells))


_FENCE = "`" * 12
"""Longer than any in a cell."""


def _title(document: Document) -> str:
    """The first heading of a document in plain words; empty if it has none."""
    first = next((b.contents[0] for b in document.blocks if b.kind == "heading" and b.contents), "")
    return "".join(c for c in plain(first) if c.isprintable())
