"""The documents that an open pull request changes, and who wrote what in them: the bot, or people in it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.contracts import BOT_EMAIL
from bot.document.tree import Tree
from bot.drafting.authorship import Authorship, Version, authorship
from bot.errors import AmtsError
from bot.forges import Current
from bot.repositories import history
from bot.repositories.history import Commit
from bot.sync.corpus import Book, Edition, OldTexts


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
    found = {}
    for path in sorted(now.baselines):
        if now.blob(path) == merged.blob(path):
            continue
        versions = [v for commit in commits if (v := _version(english, edition, commit, path))]
        who = authorship(versions, merged.text(path), edition.name, edition.small_edits, english.source.flavour)
        found[path] = Reviewed(path, now.english_of(path), now.text(path), who)
    return found


def _version(english: Book, edition: Edition, commit: Commit, path: str) -> Version | None:
    """The document at one commit; None if that commit does not change it, or it cannot be read there."""
    now = _Snapshot(english, edition, commit.id)
    before = [s for parent in commit.parents if (s := _Snapshot(english, edition, parent)).blob(path)]
    if not now.blob(path) or now.blob(path) in (s.blob(path) for s in before):
        return None
    old = before[0].english_of(path) if before else ""
    try:
        text, *texts = (s.text(path) for s in (now, *before))
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
