"""What waits for people in a translation: the review record of a commit, and of the files that a sync writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from bot.baselines.records import Baselines
from bot.contracts import BOT_EMAIL, WAITING_TRAILER
from bot.document.flavours import Flavour
from bot.document.page import Page
from bot.document.tree import Tree, readable
from bot.errors import AmtsError
from bot.forges import Current
from bot.progress import Count, silent
from bot.repositories import history
from bot.review import record
from bot.review.record import Entry
from bot.sync.corpus import Book, Edition, OldTexts, covered, entries_at
from bot.sync.displaced import came_from, translated
from bot.workers import spread

if TYPE_CHECKING:
    from bot.document.structure import Divergence
    from bot.drafting.document_review import DocumentReview
    from bot.drafting.outcomes import Outcome
    from bot.drafting.redraft import Redrafted
    from bot.review.unfinished import Unfinished
    from bot.sync.under_review import Reviewed


def waiting_at(english: Book, edition: Edition, current: Current) -> int:
    """How many sentences of a translation wait for people.

    The bot's last commit has the number; where people have worked since, the texts are read.
    """
    counted = history.bot_trailer(edition.repository, current.commit, WAITING_TRAILER) if current.pull_request else ""
    if re.fullmatch(r"[0-9]{1,9}", counted):
        return int(counted)
    return sum(len(document.sentences) for document in unfinished_at(english, edition, current.commit))


def unfinished_at(english: Book, edition: Edition, commit: str) -> tuple[DocumentReview, ...]:
    """The documents with what waits at a commit, by its review record: those without an entry are not read."""
    here = _Side(english, edition, commit)
    if not here.entries:
        return ()
    from bot.drafting.document_review import DocumentReview

    paths = sorted({entry.path for entry in here.entries})
    texts = [(path, *pair, here.of(path)) for path in paths if (pair := here.texts(path))]
    found = spread(partial(_waiting, language=edition.name, flavour=english.source.flavour), texts)
    return tuple(DocumentReview(text[0], waiting) for text, waiting in zip(texts, found, strict=True) if waiting)


def _waiting(
    texts: tuple[str, str, str, tuple[Entry, ...]], language: str, flavour: Flavour | None
) -> tuple[Unfinished, ...]:
    from bot.review.unfinished import unfinished

    return unfinished(*texts[1:], language, flavour)


@dataclass(frozen=True)
class _Side:
    """The translation at a commit."""

    english: Book
    edition: Edition
    commit: str

    @cached_property
    def files(self) -> Mapping[str, str]:
        return self.edition.repository.files(self.commit)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return entries_at(self.edition, self.commit)

    @cached_property
    def baselines(self) -> Baselines:
        read = self.edition.records.read(self.files, self.edition.repository.read, self.english.blob_at)
        return covered(read, self.english.covers)

    @cached_property
    def _target(self) -> Tree:
        return Tree(self.files, self.edition.repository.read)

    @cached_property
    def _old(self) -> OldTexts:
        return OldTexts(self.english, self.english.tree(), self._target, self.baselines)

    @cached_property
    def _entries_of(self) -> Mapping[str, tuple[Entry, ...]]:
        return record.by_path(self.entries)

    def came_from(self, earlier: _Side) -> Mapping[str, str]:
        """Where documents that are elsewhere now were on an earlier side; empty for those that are new there."""
        return came_from(*(translated(self.english, self.edition, side.files) for side in (earlier, self)))

    def of(self, path: str) -> tuple[Entry, ...]:
        """The entries of one document."""
        return self._entries_of.get(path, ())

    def texts(self, path: str) -> tuple[str, str] | None:
        """The recorded English of a document and its text; None if there is none, or it cannot be read."""
        if path not in self.files or path not in self.baselines.of:
            return None
        try:
            return self._old(path, self.baselines.of[path]), self._target.text(path)
        except AmtsError:
            return None  # the plan of a sync reports it where it matters


@dataclass(frozen=True)
class After:
    """What people have to look at after a sync, and the review record to write with it (None: as it is).

    ``total`` is the number of documents that were read, also those with nothing to look at.
    """

    documents: tuple[DocumentReview, ...]
    record: bytes | None
    total: int


def after_sync(
    english: Book, edition: Edition, current: Current, drafted: Sequence[Outcome] = (), shown: Count = silent
) -> After:
    """What waits once the files of ``drafted`` are written, in the documents of the pull request and of the record.

    ``shown`` takes how many documents are read.
    """
    from bot.drafting.reviews import Texts, drafted_texts, reviews

    language, flavour = edition.name, english.source.flavour
    before = _Side(english, edition, current.commit)
    merged = _Side(english, edition, current.base)
    texts = dict(drafted_texts(drafted, before.entries, language, flavour))
    done_paths = set(texts)
    done = {o.change.was for o in drafted if o.status != "failed"}
    for path in sorted(set(before.baselines.of) & set(before.files) - done - set(texts)):
        entries = before.of(path)
        if (entries or merged.files.get(path) != before.files[path]) and (pair := before.texts(path)):
            texts[path] = Texts(path, *pair, entries)
    # A document that is removed says nothing about the one that takes its path.
    there = {o.change.path: o for o in drafted if o.draft is not None}
    moved = {path: "" if o.change.kind in ("add", "restore") else o.change.was for path, o in there.items()}
    made = [c for c in history.commits(edition.repository, current.commit, current.base) if c.author == BOT_EMAIL]
    earlier = before.came_from(merged) if current.base != current.commit else {}
    steps_back = [_Step.of(_Side(english, edition, commit.id), commit.parents) for commit in reversed(made)]
    for path, one in texts.items():
        now = moved.get(path, path)
        was = earlier.get(now, now)
        pair = merged.texts(was) if was in merged.files else None
        if pair and pair[1] != one.target:
            continued = before.files.get(now) != merged.files[was]
            steps = tuple(_steps(edition, steps_back, now)) if continued else ()
            edited = tuple(_edited(before, steps_back, now)) if continued else ()
            if path in done_paths and (last := before.texts(now)):
                steps = (*steps, ((last[1],), one.target))
            differ = None if continued or path not in there else _divergences(there[path], pair)
            texts[path] = replace(one, merged=pair, continued=continued, steps=steps, edited=edited, divergences=differ)
    found = reviews([texts[p] for p in sorted(texts)], language, edition.small_edits, flavour, shown)
    hold = [one.entry for document in found for one in document.sentences if one.entry]
    unread = [e for e in before.entries if e.path in before.files and e.path not in done and e.path not in texts]
    documents = tuple(d for d in found if d.work or d.flags or d.divergences or d.gone)
    return After(documents, _record(before, [*hold, *unread]), len(found))


def _divergences(outcome: Outcome, merged: tuple[str, str]) -> tuple[Divergence, ...] | None:
    """Those of a draft, if it is one of what people ``merged``."""
    change, draft = outcome.change, outcome.draft
    if draft is None or change.old == change.new or isinstance(change.new, Page):
        return None
    return draft.divergences if merged == (change.old, draft.plan.target) else None


def after_redraft(
    english: Book, edition: Edition, commit: str, made: Mapping[str, tuple[Reviewed, Redrafted]]
) -> bytes | None:
    """The review record after documents at ``commit`` were drafted again; None if it is as it was."""
    from bot.drafting.waiting_entries import entries_redrafted

    before = _Side(english, edition, commit)
    entries = [entry for entry in before.entries if entry.path not in made]
    for path, (document, done) in made.items():
        again = [(s, done.before(s), s.segment.number in done.redraft.edited) for s in done.changed]
        texts = document.english, document.text, done.text
        entries += entries_redrafted(path, before.of(path), *texts, again, edition.name, english.source.flavour)
    return _record(before, entries)


@dataclass(frozen=True)
class _Step:
    """A commit of the bot in the open pull request, and its parents, each with the places of what it moved."""

    side: _Side
    parents: tuple[tuple[_Side, Mapping[str, str]], ...]

    @classmethod
    def of(cls, side: _Side, parents: Iterable[str]) -> _Step:
        befores = (_Side(side.english, side.edition, parent) for parent in parents)
        return cls(side, tuple((before, side.came_from(before)) for before in befores))


def _back(steps: Iterable[_Step], path: str) -> Iterator[tuple[str, str, list[tuple[_Side, str]]]]:
    """A document in each of ``steps``, newest first: its path and blob then, and its path on the sides before."""
    for step in steps:
        before = [(side, places.get(path, path)) for side, places in step.parents]
        yield path, step.side.files.get(path, ""), before
        path = before[0][1]


def _steps(edition: Edition, steps: Iterable[_Step], path: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """What the bot's commits in the open pull request made of a document: the texts before each, and after it."""
    found = []
    for at, after, before in _back(steps, path):
        blobs = [side.files.get(was, "") for side, was in before]
        if after and after not in blobs and all(blobs):
            texts = [readable(edition.repository.read(blob), at) for blob in (*blobs, after)]
            found.append((tuple(texts[:-1]), texts[-1]))
    return reversed(found)


def _edited(before: _Side, steps: Iterable[_Step], path: str) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The text of a document and its entries before each of ``steps`` and now, where there are any."""
    for side, at in [(before, path), *(one for *_, sides in _back(steps, path) for one in sides)]:
        if at in side.files and (entries := side.of(at)):
            yield readable(side.edition.repository.read(side.files[at]), at), entries


def _record(before: _Side, entries: Sequence[Entry]) -> bytes | None:
    data = record.written(entries)
    blob = before.files.get(before.edition.records.review)
    if blob:
        return None if before.edition.repository.read(blob) == data else data
    return data if entries else None
