"""Runs an evaluation: holds documents out, learns from the rest, translates, and compares with people's text."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.alignment.translation_unit import TranslationUnit
from bot.contracts import EngineName
from bot.drafting.translate import translated
from bot.engines import Engine
from bot.engines.resources import Resources
from bot.errors import AmtsError
from bot.evaluation.arms import Arm, Data, batch, turned, turned_data
from bot.evaluation.held_out import HeldOut, hold_out, prose, terms_without_leaks, without_leaks
from bot.evaluation.results import Evaluation, Languages, Result
from bot.evaluation.scores import SAMPLES, average_bleu, scored
from bot.parallel_data import dataset
from bot.parallel_data.dataset import ParallelData
from bot.parallel_data.extraction import Granularity, TranslatedDocument
from bot.style.preferences import OPEN, Style
from bot.terminology.terms import Terminology


@dataclass(frozen=True)
class Translated:
    """A book in two languages, as far as people have translated it, and what drafts are made with besides its pairs.

    ``more`` are pairs from elsewhere, sentences or paragraphs.
    """

    languages: Languages
    documents: tuple[TranslatedDocument, ...]
    style: Style = OPEN
    terminology: Terminology | None = None
    more: Mapping[Granularity, ParallelData] | None = None


def evaluate(
    book: Translated,
    paths: Sequence[str],
    arms: Sequence[Arm],
    engine: Callable[[EngineName], Engine],
    *,
    directions: Sequence[Languages],
    samples: int = SAMPLES,
    tell: Callable[[str], None] = lambda _: None,
) -> Evaluation:
    """Translates the documents ``paths`` by each of the ``arms`` in each of the ``directions``, and scores it.

    Raises AmtsError where there is nothing to score, or an engine fails as a whole.
    """
    held = hold_out(book.documents, paths, book.languages)
    if not held.units:
        raise AmtsError(
            "there is nothing to score", why="the documents held out have no translated prose", fix="choose others"
        )
    known = {d: learnable(book, held, d) for d in dict.fromkeys(arm.data for arm in arms)}
    terms, terms_out = None, 0
    if book.terminology:
        terms, terms_out = terms_without_leaks(book.terminology, held.units, book.languages)
    results: list[Result] = []
    for languages in directions:
        there = languages == book.languages
        units = held.units if there else turned(held.units)
        runs = []
        for arm in arms:
            tell(f"{languages[0]} to {languages[1]}: {arm}")
            data, leaked = known[arm.data]
            learned = resources(book, data if there else turned_data(data), held, terms if there else None)
            runs.append((arm, drafts(engine(arm.engine), units, learned), len(data.units), leaked))
        results += _scored(runs, units, languages, samples)
    return Evaluation(held, tuple(results), terms_out)


@dataclass(frozen=True)
class Drafts:
    """The output of an arm for the units: one text each."""

    texts: tuple[str, ...]
    unanswered: int
    characters: int
    seconds: float


def drafts(engine: Engine, units: Sequence[TranslationUnit], learned: Resources) -> Drafts:
    """The texts that people would find in a pull request."""
    begun = time.monotonic()
    asked = batch(units, learned.parallel_data.languages)
    found = translated(engine, asked, learned)
    said = [found.answers[key].text for key in asked.segments]
    texts = tuple(u.source if text is None else text for u, text in zip(units, said, strict=True))
    return Drafts(texts, said.count(None), found.characters, time.monotonic() - begun)


def learnable(book: Translated, held: HeldOut, data: Data) -> tuple[ParallelData, int]:
    """The pairs that an arm may learn from, and how many were removed because they leak."""
    if data == "none":
        return ParallelData(book.languages, "sentence", ()), 0
    rest = [d for d in book.documents if d.path not in held.documents]
    made = dataset.build(rest, book.languages, data)
    if book.more and data in book.more:
        made = dataset.join([made, book.more[data]])
    kept, leaked = without_leaks(made.units, held.units, book.languages)
    return replace(made, units=kept), len(leaked)


def resources(book: Translated, data: ParallelData, held: HeldOut, terms: Terminology | None) -> Resources:
    """What drafts are made with, without anything from the documents held out."""
    there = data.languages == book.languages
    texts = tuple(d.target if there else d.source for d in book.documents if d.path not in held.documents)
    flavour = next((d.flavour for d in book.documents), None)
    return Resources(data, texts, book.style if there else OPEN, terms, flavour=flavour)


def _scored(
    runs: Sequence[tuple[Arm, Drafts, int, int]],
    units: Sequence[TranslationUnit],
    languages: Languages,
    samples: int,
) -> Iterator[Result]:
    people, documents = [u.target for u in units], [u.provenance.document for u in units]
    said = {str(arm): [prose(text) for text in drafted.texts] for arm, drafted, *_ in runs}
    found = scored(said, [prose(text) for text in people], documents, languages[1], samples)
    for arm, drafted, pairs, leaked in runs:
        yield Result(
            arm,
            languages,
            found[str(arm)],
            pairs,
            leaked,
            drafted.unanswered,
            drafted.characters,
            drafted.seconds,
            average_bleu(drafted.texts, people, documents, languages[1]),
        )
