"""The documents that an open pull request changes, and who wrote what in them: the bot, or people in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.contracts import BOT_EMAIL
from bot.document.tree import Tree
from bot.drafting.authorship import Authorship, Version, authorship
from bot.errors import AmtsError
from bot.forges import Current
from bot.repositories import history
from bot.repositories.history import Commit
from bot.sync.corpus import Book, Edition, OldTexts
from bot.sync.displaced import came_from


@dataclass(frozen=True)
class Reviewed:
    """A translated document (whole texts) in the pull request, with its corresponding English text."""

    path: str
    english: str
    text: str
    who: Authorship


def reviewed(english: Book, edition: Edition, current: Current) -> dict[str, Reviewed]:
    """The documents that the pull request changes, by path, in order."""
    now, merged = _Snapshot(english, edition, current.commit), _Snapshot(english, edition, current.base)
    commits = history.commits(edition.repository, current.commit, current.base)
    steps = [
        (commit, at, [(parent, parent.moved_to(at) if commit.author == BOT_EMAIL else {}) for parent in parents])
        for commit in reversed(commits)
        for at in [_Snapshot(english, edition, commit.id)]
        for parents in [[_Snapshot(english, edition, parent) for parent in commit.parents]]
    ]
    found = {}
    for path in sorted(now.baselines):
        if now.blob(path) == merged.blob(path):
            continue
        versions, was = [], path
        for commit, at, parents in steps:
            if was and (version := _version(commit, at, was, parents)):
                versions.append(version)
            was = parents[0][1].get(was, was)
        own = merged.text(was)
        who = authorship(versions[::-1], own, edition.name, edition.small_edits, english.source.flavour)
        found[path] = Reviewed(path, now.english_of(path), now.text(path), who)
    return found


def _version(
    commit: Commit, now: _Snapshot, path: str, parents: Sequence[tuple[_Snapshot, Mapping[str, str]]]
) -> Version | None:
    """The document at one commit; None if that commit does not change it, or it cannot be read there.

    Each parent has the paths at which it had the documents that are elsewhere now.
    """
    before = [(parent, was) for parent, places in parents if parent.blob(was := places.get(path, path))]
    if not now.blob(path) or now.blob(path) in (parent.blob(was) for parent, was in before):
        return None
    old = before[0][0].english_of(before[0][1]) if before else ""
    try:
        text, *texts = now.text(path), *(parent.text(was) for parent, was in before)
    except AmtsError:
        return None
    return Version(commit.author == BOT_EMAIL, tuple(texts), text, (old, now.english_of(path)))


class _Snapshot:
    """The translation at one commit."""

    def __init__(self, english: Book, edition: Edition, commit: str) -> None:
        repository = edition.repository
        self.tree = Tree(repository.files(commit), repository.read)
        known = edition.records.read(self.tree.files, self.tree.read, english.blob_at)
        self.baselines = {path: record for path, record in known.of.items() if english.covers(record.source_path)}
        self._english = OldTexts(english, english.tree(), self.tree, known)

    def moved_to(self, now: _Snapshot) -> Mapping[str, str]:
        """The paths at which this commit has the documents that are elsewhere in ``now``; empty for new ones."""
        trees = (Tree({p: s.tree.files[p] for p in s.baselines if p in s.tree.files}, s.tree.read) for s in (self, now))
        return came_from(*trees)

    def blob(self, path: str) -> str:
        return self.tree.files.get(path, "")

    def text(self, path: str) -> str:
        return self.tree.text(path) if path in self.tree.files else ""

    def english_of(self, path: str) -> str:
        """The baseline of a document; empty if none is recorded, or it no longer exists."""
        try:
            return self._english(path, self.baselines[path])
        except (AmtsError, KeyError):
            return ""
