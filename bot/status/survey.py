"""Reads how far translations are behind, from the commits that people merged; nothing is fetched or written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from bot.baselines.records import Recorded
from bot.document.sentences import normal
from bot.errors import AmtsError
from bot.planning.successors import places
from bot.progress import Progress, Step, counted, silent
from bot.review.unfinished import Unfinished
from bot.status.book_status import BookStatus, LanguageStatus
from bot.status.document_status import Amount, DocumentStatus, Recording
from bot.status.english_history import EnglishHistory
from bot.status.machine_drafts import untouched
from bot.status.measuring import Measured, Pair, measured
from bot.sync.corpus import Book, Corpus, Edition, check_siblings, merged_corpus, of_the_book


@dataclass(frozen=True)
class _Found:
    """A document before its texts are compared: ``pair`` is None where there is nothing to compare.

    ``waits``: the review record has a sentence of it that waits for people.
    """

    status: DocumentStatus
    record: Recorded | None = None
    pair: Pair | None = None
    waits: bool = False


@dataclass(frozen=True)
class _Language:
    language: str
    commit: str = ""
    found: tuple[_Found, ...] = ()
    drafted: frozenset[str] = frozenset()
    problem: str = ""


def survey(
    english: Book,
    editions: Mapping[str, Callable[[], Edition]],
    prices: Mapping[str, float] | None = None,
    progress: Progress = silent,
) -> BookStatus:
    """The status of each of ``editions``, by language; ``progress`` shows how far it is.

    A translation that cannot be read has a problem and no documents. Raises AmtsError if English cannot be read.
    """
    everything = english.tree()
    languages = []
    for name, edition in editions.items():
        languages.append(_read(english, name, edition, partial(progress, name)))
        progress(name, "")
    source = of_the_book(everything, english.source, {f.status.source_path for one in languages for f in one.found})
    pairs: dict[str, list[tuple[_Found, Pair]]] = {path: [] for path in sorted(source.files)}
    for language in languages:
        for found in language.found:
            if found.pair:
                pairs[found.status.source_path].append((found, found.pair))
    texts: list[tuple[str, str]] = []
    for path in pairs:
        try:
            texts.append((path, source.text(path)))
        except AmtsError:
            continue  # every translation of it says so
    comparable = [(text, tuple(pair for _, pair in pairs[path])) for path, text in texts]
    shown = counted(partial(progress, "all"), "comparing", "document")
    results = measured(comparable, english.source.flavour, shown)
    progress("all", "")
    amounts = {path: result.english for (path, _), result in zip(texts, results, strict=True)}
    titles = {path: result.title for (path, _), result in zip(texts, results, strict=True)}
    known: dict[int, Measured] = {}
    for (path, _), result in zip(texts, results, strict=True):
        known |= {id(found): one for (found, _), one in zip(pairs[path], result.translations, strict=True)}
    past = EnglishHistory(english)
    statuses = tuple(
        LanguageStatus(
            one.language,
            one.commit,
            tuple(_status(f, known.get(id(f)), amounts, titles, past, one.drafted) for f in one.found),
            one.problem,
        )
        for one in languages
    )
    return BookStatus(english.commit, amounts, statuses, dict(prices or {}))


def _read(english: Book, language: str, edition: Callable[[], Edition], step: Step) -> _Language:
    try:
        opened = edition()
        step("reading")
        commit = opened.forge.base()
        corpus = merged_corpus(english, opened, commit)
        if opened.records.kind == "sibling":
            check_siblings(corpus.texts.source)
        found = _documents(corpus)
        drafted = untouched(opened.repository, commit)
        if corpus.entries is not None:  # what is in no entry of it was reviewed
            drafted &= {one.status.path for one in found if one.waits}
        return _Language(language, commit, found, drafted)
    except AmtsError as error:
        return _Language(language, problem=str(error))


def _documents(corpus: Corpus) -> tuple[_Found, ...]:
    """Every document of a translation, and every English one that it lacks, in the order of their English paths."""
    texts = corpus.texts
    source, target = texts.source, texts.target
    recorded = {p: r for p, r in texts.baselines.of.items() if p in target.files}
    now = places(source, recorded, texts, texts.baselines.records.layout.english)
    found = [_document(corpus, path, record, now[path]) for path, record in recorded.items()]
    for path in source.files.keys() - now.values():
        there = texts.baselines.records.layout.translated(path)
        if there in target.files and there not in recorded:
            found.append(_document(corpus, there, None, path))
        else:
            found.append(_Found(DocumentStatus(there, path, "never translated")))
    return tuple(sorted(found, key=lambda one: (one.status.source_path, one.status.path)))


def _document(corpus: Corpus, path: str, record: Recorded | None, now: str) -> _Found:
    if record and not now:
        return _Found(DocumentStatus(path, record.source_path, "orphan"), record)
    waiting: list[Unfinished] = []
    try:
        corpus.texts.source.text(now)
        old = corpus.texts(path, record) if record else None
        pair = Pair(old, corpus.texts.target.text(path))
        if old is not None:
            waiting += corpus.unfinished(path, old, pair.translation)
            left = frozenset(normal(one.source) for one in waiting if one.state == "english" and one.entry)
            pair = replace(pair, english=left)
    except AmtsError as error:
        return _Found(DocumentStatus(path, now, "unreadable", problem=f"{error.what}: {error.why}"), record)
    review = sum(one.state != "english" for one in waiting)
    status = DocumentStatus(path, now, "behind" if record else "no baseline", unreviewed=review)
    return _Found(status, record, pair, bool(waiting))


def _status(
    found: _Found,
    result: Measured | None,
    amounts: Mapping[str, Amount],
    titles: Mapping[str, str],
    past: EnglishHistory,
    drafted: frozenset[str],
) -> DocumentStatus:
    status = found.status
    own = replace(
        status,
        english=amounts.get(status.source_path, Amount()),
        title=titles.get(status.source_path, ""),
        drafted=status.path in drafted,
    )
    if found.record and status.state == "orphan":
        return replace(own, recording=past.recording(found.record, "", ""))
    if result is None:
        return own
    own = replace(own, left=result.left, translated_title=result.title)
    if found.record is None or found.pair is None or found.pair.recorded is None:
        return own
    moved = found.record.source_path != status.source_path
    behind = moved or not result.same
    return replace(
        own,
        state="behind"
        if behind
        else "English left"
        if result.left
        else "drifted"
        if result.drift
        else "machine draft"
        if own.drafted
        else "unreviewed"
        if own.unreviewed
        else "up to date",
        changed=result.changed,
        drift=result.drift,
        moved=moved,
        recording=past.recording(found.record, status.source_path, found.pair.recorded) if behind else Recording(),
    )
