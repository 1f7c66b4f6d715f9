"""The command ``amts evaluate``: reads the book and its translation, chooses documents, writes results."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from pathspec import GitIgnoreSpec

from bot.contracts import EngineName
from bot.document.runs import plain
from bot.engines import Engine
from bot.errors import AmtsError
from bot.evaluation import arms, revised, revised_tables, score_tables
from bot.evaluation.arms import Arm
from bot.evaluation.evaluate import Translated, evaluate
from bot.evaluation.held_out import hold_out
from bot.evaluation.incremental import incremental
from bot.evaluation.results import Evaluation
from bot.evaluation.revisions import revisions
from bot.parallel_data import external
from bot.parallel_data.dataset import ParallelData, join
from bot.parallel_data.extraction import Granularity, TranslatedDocument
from bot.sync.composition import Composition
from bot.sync.corpus import Book, Edition, merged_corpus
from bot.sync.resources import merged_terminology

CHOSEN = 5
"""How many documents to hold out where none are named."""


def run(options: argparse.Namespace, site: Composition, write: Callable[[Path, bytes], None]) -> str:
    """The text to print. Raises AmtsError if something cannot be evaluated."""
    language = options.language or site.settings.only_language
    compared = tuple(map(arms.parsed, options.arms)) or tuple(
        a for engine in site.settings.engine_of(language) for a in arms.DEFAULT[engine]
    )
    english, edition = site.english(), site.language(language, site.settings.engine_of(language))
    # Fails, if at all, before anything is paid for.
    drawing = _charts() if options.chart else None
    tell = site.tell
    tell(f"reading the book and its translation into {language}")
    book = _translated(options, english, edition, {a.data for a in compared})
    if options.revisions:
        return _revised(options, book, (english, edition), [a.engine for a in compared], site, write)
    paths = _chosen(book.documents, options)
    directions = [
        d for d, on in ((book.languages, "there"), (book.languages[::-1], "back")) if options.direction in ("both", on)
    ]
    if options.estimate:
        return _estimate(book, paths, compared, directions, site)

    made: dict[EngineName, Engine] = {}

    def engine(name: EngineName) -> Engine:
        # One instance each: what an engine has loaded stays loaded.
        return made.setdefault(name, made.get(name) or site.engine(name, for_evaluation=True))

    if options.incremental:
        arm = compared[-1]
        steps = incremental(book, paths, arm, engine(arm.engine), samples=options.samples, tell=tell)
        text = score_tables.incremental_markdown(arm, steps)
        _write(write, {options.markdown: text, options.json: score_tables.incremental_json(arm, steps)})
        return text
    found = evaluate(book, paths, compared, engine, directions=directions, samples=options.samples, tell=tell)
    text = score_tables.markdown(found)
    _write(
        write,
        {
            options.markdown: text,
            options.json: score_tables.json_text(found),
            options.csv: score_tables.csv_text(found),
        },
    )
    for direction, drawn in drawing(found).items() if drawing else ():
        write(options.chart.with_name(f"{options.chart.stem}.{direction}.svg"), drawn)
    return text


def _revised(
    options: argparse.Namespace,
    book: Translated,
    sides: tuple[Book, Edition],
    engines: Sequence[EngineName],
    site: Composition,
    write: Callable[[Path, bytes], None],
) -> str:
    """The evaluation on revisions, or its estimate."""
    for name in ("incremental", "documents", "hold_out", "csv", "chart"):
        if getattr(options, name):
            option = f"--{name.replace('_', '-')}"
            raise AmtsError(
                f"{option} does not go with --revisions", why="nothing would use it", fix=f"leave {option} out"
            )
    site.tell("looking for revisions in the history of the translation")
    found = revisions(*sides)
    if options.estimate:
        characters = sum(len(plain(one.segment.source)) for one in found if one.changed)
        return _bill([(name, str(name), characters) for name in dict.fromkeys(engines)], site)
    result = revised.evaluate(book, found, engines, lambda name: site.engine(name, for_evaluation=True), site.tell)
    text = revised_tables.markdown(result)
    _write(write, {options.markdown: text, options.json: revised_tables.json_text(result)})
    return text


def _translated(options: argparse.Namespace, english: Book, edition: Edition, data: set[arms.Data]) -> Translated:
    languages = ("en", edition.name)
    commit = edition.forge.base()
    documents = tuple(merged_corpus(english, edition, commit, with_history=True).documents())
    terms = None
    if edition.terms and edition.terms.for_engines(edition.name):
        terms = merged_terminology(edition, edition.terms, commit)
    more: dict[Granularity, ParallelData] = {}
    granularities: tuple[Granularity, ...] = ("paragraph", "sentence")
    for granularity in granularities if options.places else ():
        if granularity in data:
            found = [external.read(p, languages, granularity) for p in options.places]
            texts = [d.source for d in documents]
            chosen = [external.on_subject(f, texts, languages[0], options.subject) for f in found]
            more[granularity] = external.subordinate(join(chosen))
    if options.documents:
        documents += tuple(external.documents(*options.documents))
    return Translated(languages, documents, edition.style, terms, more)


def _chosen(documents: Sequence[TranslatedDocument], options: argparse.Namespace) -> tuple[str, ...]:
    """The paths to hold out: those of ``--documents``, those that match, or a random choice that never changes.

    Matching paths are in the order of the patterns.
    """
    if options.documents:
        return tuple(d.path for d in external.documents(*options.documents))
    every = [d.path for d in documents]
    if not options.hold_out:
        return tuple(sorted(sorted(every, key=lambda p: hashlib.sha256(p.encode()).hexdigest())[:CHOSEN]))
    found = tuple(p for p in every if GitIgnoreSpec.from_lines(options.hold_out).match_file(p))
    if not found:
        raise AmtsError(
            f"no translated document matches {', '.join(options.hold_out)}",
            why=f"there are {len(every)}, such as {', '.join(every[:3])}" if every else "nothing is translated yet",
            fix="name paths in the translation, with * where you like",
        )
    # In the order given: it matters in the incremental experiment.
    each = [GitIgnoreSpec.from_lines([pattern]) for pattern in options.hold_out]
    return tuple(sorted(found, key=lambda p: next((n for n, s in enumerate(each) if s.match_file(p)), len(each))))


def _estimate(
    book: Translated,
    paths: Sequence[str],
    compared: Sequence[Arm],
    directions: Sequence[tuple[str, str]],
    site: Composition,
) -> str:
    held = hold_out(book.documents, paths, book.languages)
    sent = []
    for direction in directions:
        there = direction == book.languages
        characters = sum(len(plain(u.source if there else u.target)) for u in held.units)
        sent += [(arm.engine, f"{direction[0]} to {direction[1]}, {arm}", characters) for arm in compared]
    return f"{len(held.documents)} documents, {len(held.units)} paragraphs\n{_bill(sent, site)}"


def _bill(sent: Sequence[tuple[EngineName, str, int]], site: Composition) -> str:
    """What the characters sent to each engine cost, a line each."""
    total, lines = 0.0, []
    for engine, what, characters in sent:
        price = characters * site.settings.price_of(engine) / 1e6
        total += price
        lines.append(f"{what}: {characters:,} characters" + (f", {price:.2f} USD" if price else ""))
    return "\n".join([*lines, f"together {total:.2f} USD at most"]) + "\n"


def _charts() -> Callable[[Evaluation], dict[str, bytes]]:
    try:
        from bot.evaluation.score_chart import charts
    except ImportError as error:
        raise AmtsError(
            "a chart cannot be drawn", why="pygal is not installed", fix="pip install 'amts[evaluate]'"
        ) from error
    return charts


def _write(write: Callable[[Path, bytes], None], texts: dict[Path | None, str]) -> None:
    for path, text in texts.items():
        if path:
            write(path, text.encode())
