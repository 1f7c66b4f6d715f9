"""Documents that a translation once had: if English restores one that it had removed, the translation returns too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.document.tree import Tree
from bot.errors import AmtsError
from bot.planning.book_plan import Former
from bot.repositories import history
from bot.repositories.repository import Repository
from bot.sync.corpus import Book, Edition, OldTexts


@dataclass(frozen=True)
class Removed:
    """Reads deleted documents of the translation at ``commit`` from its history."""

    english: Book
    edition: Edition
    commit: str

    @property
    def repository(self) -> Repository:
        return self.edition.repository

    @cached_property
    def _deletions(self) -> dict[str, str]:
        return history.deletions(self.repository, self.commit)

    def __call__(self, path: str) -> Former | None:
        """The document as it was before its last deletion; None if it never existed, or its English is unknown."""
        if path not in self._deletions:
            return None
        before = self.repository.resolve(f"{self._deletions[path]}^")
        if before is None:
            return None
        tree = Tree(self.repository.files(before), self.repository.read, self.repository.symlinks(before))
        try:
            known = self.edition.records.read(tree.files, tree.read, self.english.blob_at)
            if path not in known.of or path not in tree.files:
                return None
            texts = OldTexts(self.english, self.english.tree(), tree, known)
            return Former(texts(path, known.of[path]), tree.text(path))
        except AmtsError:
            return None  # a new draft is better than none
