"""Revisions: sentences whose translation people changed after their English had changed, from the history of the book.

A revision is what a sync is for, as people did it by hand: the old pair, the new English, and what people made of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.contracts import BOT_EMAIL, TRAILER
from bot.document.segment import Segment
from bot.document.sentences import normal
from bot.parallel_data import dataset
from bot.parallel_data.extraction import TranslatedDocument
from bot.planning.document_plan import plan_document
from bot.repositories import history
from bot.repositories.history import Logged
from bot.sync.corpus import Book, Edition, merged_corpus


@dataclass(frozen=True)
class Revision:
    """A sentence that a sync would have drafted: its ``segment`` has the old pair, ``target`` is what people wrote.

    ``commit`` is the first one after it, ``path`` the document in the translation.
    """

    commit: str
    path: str
    segment: Segment
    target: str

    @property
    def changed(self) -> bool:
        """Whether people changed the translation, too."""
        return normal(self.target) != normal(self.segment.old_target)


def revisions(english: Book, edition: Edition) -> tuple[Revision, ...]:
    """The revisions in the history of a translation's default branch, each once.

    People often record the new English in one commit and revise in others. So a document is compared as it was last
    under one recorded English and as it was last under the next. Where the bot had a part in a commit between, it is
    left out: people began there with a draft.
    """
    before, began = dict[str, _Version](), dict[str, _Version]()
    found: dict[tuple[str, str, str], Revision] = {}

    def close(path: str, last: _Version) -> None:
        for one in _of_version(began.pop(path), last, english, edition):
            found.setdefault((normal(one.segment.source), one.segment.old_target, one.target), one)

    for commit in reversed(history.line(edition.repository, edition.forge.base())):
        drafts = _has_drafts(edition, commit)
        now = dict(_versions(english, edition, commit.id))
        for path, was in before.items():
            version = now.get(path)
            if path in began and (version is None or version.english != was.english):
                close(path, was)
            if version is not None and version.english != was.english and not drafts:
                began[path] = was
            elif version is not None and version.target != was.target and drafts:
                began.pop(path, None)
        before = now
    for path in sorted(began):
        close(path, before[path])
    return tuple(found.values())


@dataclass(frozen=True)
class _Version:
    """A document at a ``commit``, by the blobs of its recorded ``english`` and of its text."""

    commit: str
    path: str
    english: str
    target: str


def _versions(english: Book, edition: Edition, commit: str) -> Iterator[tuple[str, _Version]]:
    files = edition.repository.files(commit)
    for path, recorded in edition.records.read(files, edition.repository.read, english.blob_at).of.items():
        if path in files:
            yield path, _Version(commit, path, recorded.blob, files[path])


def _has_drafts(edition: Edition, commit: Logged) -> bool:
    """Whether the bot wrote some of what a commit brought."""
    sides = commit.parents[1:]
    return (
        BOT_EMAIL in (commit.author, commit.committer)
        or f"{TRAILER}:" in commit.message
        or any(BOT_EMAIL in history.authors(edition.repository, side, commit.parents[0]) for side in sides)
    )


def _of_version(old: _Version, new: _Version, english: Book, edition: Edition) -> Iterator[Revision]:
    if old.target == new.target:
        return
    one, other = (_text(version, english, edition) for version in (old, new))
    if one and other and one.source != other.source:
        yield from _of_document(one, other, new.commit, edition)


def _text(version: _Version, english: Book, edition: Edition) -> TranslatedDocument | None:
    """Both texts of a version; None if they cannot be read."""
    documents = merged_corpus(english, edition, version.commit).documents(lambda path: path != version.path)
    return next(documents, None)


def _of_document(old: TranslatedDocument, new: TranslatedDocument, commit: str, edition: Edition) -> Iterator[Revision]:
    """What a sync would have drafted of a document, as far as the new texts show what people wrote for it."""
    plan = plan_document(
        old.source,
        new.source,
        old.target,
        language=edition.name,
        small_edits=edition.small_edits,
        flavour=new.flavour,
    )
    pairs = dataset.build([new], ("en", edition.name)).units
    people = {normal(unit.source): unit.target for unit in pairs}
    for segment in plan.segments:
        target = people.get(normal(segment.source))
        if target is not None and segment.old_target:
            yield Revision(commit, old.path, segment, target)
