"""Checks the English repository and the translations: found, branch, documents, history, recorded English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.baselines.records import document_of
from bot.document.tree import Tree
from bot.drafting.report import many
from bot.errors import AmtsError
from bot.findings import Finding
from bot.repositories import clone_facts
from bot.settings.fields import ADDRESS
from bot.settings.values import Translation
from bot.sync import corpus
from bot.sync.composition import Composition


class Book:
    """The checks of English; ``english`` is the book, once they have found it, ``failure`` is why there is none."""

    def __init__(self, site: Composition) -> None:
        self._site = site
        self.english: corpus.Book | None = None
        self.failure: AmtsError | None = None

    def examine(self) -> Iterator[Finding]:
        """Whether the book is there, with documents and its history."""
        source = self._site.settings.source
        try:
            book = self._site.english()
        except AmtsError as error:
            self.failure = error
            yield Finding("repository", "bad", f"{error.what}: {error.why}", error.fix)
            return
        yield Finding("repository", "good", f"{_named(source.repository)}, {source.branch or 'its default branch'}")
        try:
            files = book.tree().files
        except AmtsError as error:
            yield Finding("documents", "bad", f"{error.what}: {error.why}", error.fix)
            return
        self.english = book
        if not files:
            fix = "correct source.layout, source.include and source.exclude"
            yield Finding("documents", "bad", f"none is at {source.layout}", fix)
        else:
            yield Finding("documents", "good", f"{many(len(files), 'document')} at {source.layout}")
        for note in book.notes:
            yield Finding("documents", "doubtful", note, "correct source.include")
        commits = clone_facts.depth(book.repository, book.commit)
        if clone_facts.is_shallow(book.repository):
            fix = f"fetch the rest: git -C {book.repository.path} fetch --unshallow (in a workflow: fetch-depth: 0)"
            detail = f"only the last {many(commits, 'commit')}; older recorded English may be missing"
            yield Finding("history", "doubtful", detail, fix)
        else:
            yield Finding("history", "good", f"all of it: {many(commits, 'commit')}")


@dataclass(frozen=True)
class Opened:
    """A translation at the ``commit`` that pull requests go into."""

    edition: corpus.Edition
    commit: str


def opened(site: Composition, chosen: Translation) -> Opened:
    """Opens a translation. Raises AmtsError if it is not there, Unreachable if no other on its host can be read."""
    edition = site.language(chosen.language, "memory_only")
    return Opened(edition, edition.forge.base())


def translation(
    site: Composition, chosen: Translation, found: Opened, english: corpus.Book | None
) -> Iterator[Finding]:
    """Whether a translation can be written, and records the English of its documents."""
    edition, commit = found.edition, found.commit
    where = chosen.branch or "its default branch"
    yield Finding("repository", "good", f"{_named(chosen.repository)}, {where}")
    if not ADDRESS.fullmatch(chosen.repository):  # the subject GitHub has the others
        try:
            edition.check_writable()
        except AmtsError as error:
            yield Finding("branch", "bad", f"a sync cannot write: {error.what}: {error.why}", error.fix)
        else:
            yield Finding("branch", "good", f"{site.branch(chosen)} can be written")
    if english is not None:
        files = edition.repository.files(commit)
        yield from _documents(english, chosen, edition, Tree(files, edition.repository.read))


def _named(repository: str) -> str:
    return "the folder of the settings" if repository == "." else repository


def _documents(english: corpus.Book, chosen: Translation, edition: corpus.Edition, target: Tree) -> Iterator[Finding]:
    records, files = edition.records, target.files
    layout = records.layout
    pairs = {path for source in english.tree().files if (path := layout.translated(source)) in files}
    own = english.repository.path == edition.repository.path
    every = [
        path
        for path in files
        if english.source.covers(layout.english(path))
        and document_of(path) not in files
        and not (own and english.covers(path))
    ]
    if not pairs:
        detail = f"none of {len(every):,} at {chosen.layout} has an English document"
        yield Finding("layout", "bad", detail, "correct `layout`; `amts init --force` looks for it again")
        return
    yield Finding("layout", "good", f"{len(pairs):,} of {many(len(every), 'document')} at {chosen.layout} with English")
    try:
        recorded = records.read(files, target.read, english.blob_at).of
    except AmtsError as error:
        yield Finding("recorded English", "bad", f"{error.what}: {error.why}", error.fix)
        return
    known = len(pairs & set(recorded))
    adopt = f"amts adopt --language {chosen.language} --write"
    opened = edition.adopting() if known < len(pairs) else ""
    remedy = f"merge the pull request that records it: {opened}" if opened else f"record it: {adopt}"
    detail = f"for {known:,} of {many(len(pairs), 'document')} ({chosen.baseline})"
    if not known:
        yield Finding("recorded English", "bad", f"{detail}, so a sync leaves them alone", remedy)
    elif known < len(pairs):
        yield Finding("recorded English", "doubtful", f"{detail}; the others are left alone", remedy)
    else:
        yield Finding("recorded English", "good", detail)
    if records.kind in ("sibling", "comments"):
        return
    for path, record in sorted(recorded.items()):
        if path in pairs and not english.repository.has_blob(record.blob):
            detail = "the recorded English is not in the history of English at its path"
            fix = f"fetch the whole history, or record another version: {adopt} --replace"
            yield Finding(path, "bad", detail, fix)
