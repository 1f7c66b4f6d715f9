"""The translated documents of a book, each with its corresponding English text: the source of translation memories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import product
from typing import TYPE_CHECKING

from bot.baselines import comments
from bot.baselines.layout import Layout
from bot.baselines.records import Baselines, Recorded, Records, document_of, sibling_path
from bot.contracts import NewDocuments, ReviewComments, SmallEdits, UnfinishedStatus
from bot.document.flavours import Flavour
from bot.document.page import by_line
from bot.document.prose import is_foreign, reading
from bot.document.tree import Tree, bag, decoded, overlap, readable
from bot.errors import AmtsError
from bot.forges import Forge
from bot.language_codes import tag
from bot.repositories import versions
from bot.repositories.history import deletions, written
from bot.repositories.repository import Repository
from bot.repositories.versions import Versions
from bot.review import record as review_record
from bot.review.record import Entry
from bot.settings.source import Source
from bot.settings.values import TermList
from bot.style.preferences import OPEN, Style

if TYPE_CHECKING:
    from bot.parallel_data.extraction import TranslatedDocument, Written
    from bot.review.unfinished import Unfinished

RESEMBLES = 0.25
"""Least share of common words of two versions of one English document (a guess: two versions of a
chapter of Dive into Deep Learning years apart share more than half, a translation less than a tenth)."""

COPIED = 0.5
"""Least share of common lines of an English document and a copy that is to be translated (a guess)."""


@dataclass(frozen=True)
class Book:
    """The English side: its repository, the commit to follow, and the settings that define its documents.

    ``beside`` are the layouts of translations in the same repository.
    """

    repository: Repository
    commit: str
    source: Source
    beside: tuple[Layout, ...] = ()

    def covers(self, path: str) -> bool:
        """Whether a file is an English document of the book."""
        if path not in self._covered:  # a history names a path for every commit
            self._covered[path] = self._fits(path) and not any(
                self._translated(name, layout) or layout.other(name)[0] in self._others[layout]
                for layout in self.beside
                for name in (path, document_of(path))
            )
        return self._covered[path]

    @cached_property
    def _covered(self) -> dict[str, bool]:
        return {}

    def _fits(self, path: str) -> bool:
        """Whether a file is where the settings have English documents; translations may be there too."""
        return self.source.covers(path) and self._layout.covers_english(path)

    @cached_property
    def _layout(self) -> Layout:
        return Layout(source=self.source.layout)

    def _translated(self, path: str, layout: Layout) -> bool:
        """Whether a file is a translation; ``what.is.md`` is English if it reads so, and there never was a what.md."""
        source = layout.english(path)
        if not source or not layout.in_names or source in self._files or path not in self._files:
            return bool(source)
        text = self.repository.read(self._files[path]).decode("utf-8", "replace")
        return reading(text, layout.language) != "English" or source in self._deletions

    @cached_property
    def _others(self) -> Mapping[Layout, Collection[str]]:
        """The languages that the settings do not have, and that files beside English ones are in under each layout.

        Most of the files read so, without those that only repeat their English: nobody has translated these. A folder
        has to have the code of a language: there, lists of names read so too.
        """
        found: dict[Layout, Counter[str]] = {layout: Counter() for layout in self.beside}
        for layout, path in product(self.beside, filter(self._fits, self._files) if self.beside else ()):
            language, source = layout.other(path)
            known = layout.in_file_names or tag(language)
            if known and source in self._files and source != path:
                text, english = (
                    self.repository.read(self._files[p]).decode("utf-8", "replace") for p in (path, source)
                )
                if is_foreign(text):
                    found[layout][language] += 1
                elif overlap(bag(text), bag(english)) < COPIED:
                    found[layout][language] -= 1
        return {layout: frozenset(+languages) for layout, languages in found.items()}

    @cached_property
    def _files(self) -> Mapping[str, str]:
        return self.repository.files(self.commit)

    @cached_property
    def _deletions(self) -> Mapping[str, str]:
        return deletions(self.repository, self.commit)

    def blob_at(self, commit: str, path: str) -> str | None:
        """The blob that an English commit has at a path; None if there is no such commit or path."""
        return self.repository.blob_at(commit, path)

    def past(self, path: str) -> tuple[str, ...]:
        """All texts that a document had in the history of the book, the newest first."""
        blobs = [version.blob for version in reversed(self._versions.get(path, ()))]
        return tuple(text for blob in blobs if (text := readable(self.repository.read(blob), path)))

    @cached_property
    def _versions(self) -> Versions:
        return versions.of_history(self.repository, self.commit, self.covers)

    def tree(self) -> Tree:
        """The documents of the book at that commit.

        Raises AmtsError if there is none (which would delete every translation), and for a path that is not text.
        """
        every = self.repository.files(self.commit)
        files = {p: b for p, b in every.items() if self.covers(p)}
        if every and not files and len(idle := self.source.unmatched(every)) == len(self.source.include):
            raise AmtsError(
                "the English book has no document",
                why=f"source.include matches none of its {len(every):,} files: {', '.join(idle)}",
                fix="correct source.include; patterns are those of a .gitignore",
            )
        if odd := [p for p in files if not p.isprintable()]:
            raise AmtsError(f"the path {odd[0]!r} is not text", why="it is not printable UTF-8", fix="rename the file")
        return Tree(files, self.repository.read)

    @property
    def notes(self) -> tuple[str, ...]:
        """What people should know about the settings of the book."""
        if "include" not in self.source.model_fields_set:
            return ()
        idle = self.source.unmatched(self.repository.files(self.commit))
        return tuple(f"the pattern {pattern} of source.include matches no file" for pattern in idle)


@dataclass(frozen=True)
class Edition:
    """One translation and how it is kept; ``review_size`` is the most sentences of a pull request, 0 for no limit.

    ``instructions`` is the file with what translators ask of language models; empty for none; ``repair``
    switches fuzzy-match repair on; with ``comments`` those in code are drafted too. ``page_language`` is that of pull
    requests, answers and titles; ``unfinished`` is the status of a pull request while sentences wait. ``reviewed`` are
    entries of the review record that people have settled on the page, and that do not count any more;
    ``review_comments`` says which sentences get a comment on their lines.
    """

    name: str
    repository: Repository
    forge: Forge
    records: Records
    small_edits: SmallEdits
    check_writable: Callable[[], None]
    style: Style = OPEN
    terms: TermList | None = None
    price: float = 0.0
    new_documents: NewDocuments = "draft"
    review_size: int = 0
    repair: bool = True
    instructions: str = ""
    comments: bool = False
    page_language: str = "en"
    unfinished: UnfinishedStatus = "allow"
    review_comments: ReviewComments = "none"
    reviewed: frozenset[Entry] = frozenset()

    def adopting(self) -> str:
        """Where people read the open pull request that records baselines; empty if there is none."""
        try:
            opened = self.forge.adopting().current().pull_request
        except AmtsError:
            return ""
        return opened.location if opened else ""


@dataclass(frozen=True)
class OldTexts:
    """Reads the English text that a translated document corresponds to."""

    english: Book
    source: Tree
    target: Tree
    baselines: Baselines

    def __call__(self, path: str, record: Recorded) -> str:
        """Raises AmtsError if that text no longer exists, or cannot be the English of the document."""
        kind, repository = self.baselines.records.kind, self.english.repository
        if kind == "sibling":
            text = self.target.text(sibling_path(path))
            if not repository.has_blob(record.blob):
                self._must_resemble(text, path, record)
            return text
        if kind == "comments":
            return self._commented(path, record.source_path)
        if not repository.has_blob(record.blob):
            raise AmtsError(
                f"the baseline of {path} does not exist in English history",
                why=f"its {kind} baseline names {record.blob[:10]} of {record.source_path}, which the English "
                "repository does not have",
                fix="fetch the whole English history, or correct the baseline",
            )
        return decoded(repository.read(record.blob), record.source_path)

    def _commented(self, path: str, source_path: str) -> str:
        """What the comments of a document say."""
        text, there = self.target.text(path), source_path in self.source.files
        past = () if there else self.english.past(source_path)
        if not there and not past:
            why = "nothing in its history is at that path"
            fix = "move the document to where its English is, or remove the English from its comments"
            raise AmtsError(f"English never had {source_path}", why=why, fix=fix)
        now = self.source.text(source_path) if there else past[0]  # as it was when English moved or removed it
        if comments.is_current(text, now):
            return now
        from bot.planning.commented import old_english

        return old_english(text, now, partial(self.english.past, source_path))

    def _must_resemble(self, text: str, path: str, record: Recorded) -> None:
        """Translators fix typos in baselines, but a text that shares nothing with the English is a mistake."""
        now = self.source.files.get(record.source_path)
        if now is None:
            return
        if _common_words(text, decoded(self.source.read(now), record.source_path)) < RESEMBLES:
            raise AmtsError(
                f"the baseline of {path} does not exist in English history",
                why=f"{sibling_path(path)} is no version of the English {record.source_path}",
                fix="put the English text there that the document was translated from",
            )


@dataclass(frozen=True)
class Corpus:
    """The documents of one translation at one commit; ``history`` returns who wrote each line of a path.

    ``flavour`` is the book's Markdown flavour; None detects it for each document. ``entries`` are the review record
    (None: there is none), in ``language``.
    """

    texts: OldTexts
    history: Callable[[str], Sequence[Written]] | None = None
    flavour: Flavour | None = None
    entries: tuple[Entry, ...] | None = None
    language: str = ""

    def documents(self, without: Callable[[str], bool] = lambda path: False) -> Iterator[TranslatedDocument]:
        """Documents in the order of their paths, except unreadable ones and those for which ``without`` is true."""
        from bot.parallel_data.extraction import TranslatedDocument
        from bot.review.unfinished import unwritten

        target = self.texts.target
        for path, record in sorted(self.texts.baselines.of.items()):
            if path not in target.files or without(path):
                continue
            try:
                source, said = self.texts(path, record), target.text(path)
            except AmtsError:
                continue  # the plan of a sync reports it where it matters
            history = tuple(self.history(path)) if self.history else ()
            drafts = unwritten(self.unfinished(path, source, said))
            yield TranslatedDocument(path, source, said, by_line(said, history), self.flavour, drafts)

    def unfinished(self, path: str, source: str, target: str) -> tuple[Unfinished, ...]:
        """The sentences of a document (its texts are given) that wait for people, by the review record."""
        from bot.review.unfinished import unfinished

        entries = self._entries_of.get(path, ())
        return unfinished(source, target, entries, self.language, self.flavour) if entries else ()

    @cached_property
    def _entries_of(self) -> Mapping[str, tuple[Entry, ...]]:
        return review_record.by_path(self.entries or ())


def check_siblings(english: Tree) -> None:
    """Raises AmtsError if an English document has the name that the baseline of another one would have."""
    for path in sorted(english.files):
        if (origin := sibling_path(path)) in english.files:
            raise AmtsError(
                f"English has both {path} and {origin}",
                why=f"with sibling baselines {origin} is where the English of {path} is recorded",
                fix="rename one of the two, exclude one in source.exclude, or use `baseline: lock`",
            )


def of_the_book(tree: Tree, settings: Source, translated: Collection[str]) -> Tree:
    """The English documents without what is only beside the book, unless it is ``translated``, or there is no other."""
    files = {path: blob for path, blob in tree.files.items() if path in translated or not settings.aside(path)}
    return replace(tree, files=files) if files else tree


def covered(baselines: Baselines, covers: Callable[[str], bool]) -> Baselines:
    """Only documents of the book: a document that the settings exclude is left alone, not deleted."""
    known = {p: r for p, r in baselines.of.items() if p.isprintable() and covers(r.source_path)}
    return Baselines(baselines.records, known)


def merged_corpus(english: Book, edition: Edition, commit: str, *, with_history: bool = False) -> Corpus:
    """The translated documents at a commit of the translation; on its default branch, what people merged."""
    files = edition.repository.files(commit)
    target = Tree(files, edition.repository.read)
    baselines = covered(edition.records.read(files, target.read, english.blob_at), english.covers)
    source = of_the_book(english.tree(), english.source, {r.source_path for r in baselines.of.values()})
    texts = OldTexts(english, source, target, baselines)
    history = partial(written, edition.repository, commit) if with_history else None
    entries = entries_at(edition, commit) if edition.records.review in files else None
    return Corpus(texts, history, english.source.flavour, entries, edition.name)


def entries_at(edition: Edition, commit: str) -> tuple[Entry, ...]:
    """The review record of a commit, without what people have settled since; empty if it has none."""
    blob = edition.repository.files(commit).get(edition.records.review)
    entries = review_record.read(edition.repository.read(blob)) if blob else ()
    return tuple(entry for entry in entries if entry not in edition.reviewed) if edition.reviewed else entries


def _common_words(one: str, other: str) -> float:
    """Share of the words of the longer text's prose that the other also has, 0 to 1."""
    from bot.document.markdown import parse

    bags = [
        Counter(w for b in parse(text).blocks for c in b.contents for w in c.casefold().split() if w.isalpha())
        for text in (one, other)
    ]
    return overlap(*bags)
