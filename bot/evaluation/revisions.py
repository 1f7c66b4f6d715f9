"""Revisions: sentences whose translation people changed after their English had changed, from the history of the book.

A revision is what a sync is for, as people did it by hand: the old pair, the new English, and what people made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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

    ``commit`` is theirs, ``path`` the document in the translation.
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
    """The revisions in the history of a translation's default branch, oldest first, each once.

    Commits and merges in which the bot had a part are left out: people began there with a draft.
    """
    found: dict[tuple[str, str, str], Revision] = {}
    for commit in reversed(history.line(edition.repository, edition.forge.base())):
        if commit.parents and not _has_drafts(edition, commit):
            for one in _of_commit(english, edition, commit):
                found.setdefault((normal(one.segment.source), one.segment.old_target, one.target), one)
    return tuple(found.values())


def _has_drafts(edition: Edition, commit: Logged) -> bool:
    """Whether the bot wrote some of what a commit brought."""
    sides = commit.parents[1:]
    return (
        BOT_EMAIL in (commit.author, commit.committer)
        or f"{TRAILER}:" in commit.message
        or any(BOT_EMAIL in history.authors(edition.repository, side, commit.parents[0]) for side in sides)
    )


def _of_commit(english: Book, edition: Edition, commit: Logged) -> Iterator[Revision]:
    before, after = (edition.repository.files(name) for name in (commit.parents[0], commit.id))
    changed = {path for path, blob in after.items() if path in before and before[path] != blob}
    if not changed:
        return
    old, new = (_texts(english, edition, name, changed) for name in (commit.parents[0], commit.id))
    for path in sorted(old.keys() & new.keys()):
        one, other = old[path], new[path]
        if one.source != other.source and one.target != other.target:
            yield from _of_document(one, other, commit.id, edition)


def _texts(english: Book, edition: Edition, commit: str, paths: set[str]) -> Mapping[str, TranslatedDocument]:
    documents = merged_corpus(english, edition, commit).documents(lambda path: path not in paths)
    return {document.path: document for document in documents}


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
