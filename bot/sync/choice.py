"""The part of a book that a run is to sync: what its options name, and what fits into a pull request."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from pathspec import GitIgnoreSpec

from bot.contracts import ADOPT_TRAILER, DOCUMENTS, NOTEBOOK, TRAILER
from bot.document.tree import Tree
from bot.errors import AmtsError
from bot.forges import Current
from bot.planning.slices import Limits, added_sentences
from bot.repositories import history
from bot.sync.corpus import Book, Edition


@dataclass(frozen=True)
class Choice:
    """The options of a run.

    ``paths`` and ``new`` are gitignore-style patterns of documents, by their English or translated paths; ``new``
    names English documents without translation that are drafted whatever the settings say. ``since`` (a commit, a tag
    or a date) leaves out documents whose English has not changed from then on. The maximums replace the
    ``review_size`` of the settings. ``untranslated`` takes up what is still English in the translations.
    """

    paths: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    since: str = ""
    max_documents: int | None = None
    max_sentences: int | None = None
    untranslated: bool = False

    def idle(self, paths: Collection[str]) -> tuple[str, ...]:
        """The patterns that match none of ``paths``."""
        return tuple(p for p in (*self.paths, *self.new) if not any(map(_matcher([p]), paths)))

    def limits(self, english: Book, edition: Edition, current: Current) -> Limits:
        """What the pull request may have. Raises AmtsError if ``since`` is unknown."""
        matches = _matcher((*self.paths, *self.new))
        since = history.changed_since(english.repository, self.since, english.commit) if self.since else None

        def wanted(path: str, source_path: str) -> bool:
            named = not self.paths or matches(path) or matches(source_path)
            return named and (since is None or source_path in since)

        sentences = self.max_sentences
        if sentences is None and self.max_documents is None:
            sentences = edition.review_size or None
        if sentences is None and self.max_documents is None:
            return Limits(wanted)
        opened = _opened(edition, current)
        used = sum(map(added_sentences, opened.values())) + len(opened)
        there = frozenset(path for path, (_, text) in opened.items() if text)
        deleted = len(opened) - len(there)
        return Limits(wanted, sentences, self.max_documents, used, there, deleted, _matcher(self.new))

    def gaps(
        self,
        english: Book,
        edition: Edition,
        current: Current,
        paths: Sequence[str],
        is_new: Callable[[str], bool] = lambda path: False,
    ) -> Collection[str]:
        """Those of ``paths``, English documents without translation, that this run does not draft.

        The setting ``draft`` is for what English adds from now on. What it had when people last worked on the
        translation, before the first commit of the bot, they had not taken up: that is for them to choose. ``is_new``
        tells of a document that it is new, however old its path is.
        """
        asked = _matcher(self.new)
        left = [p for p in paths if not asked(p)]
        if not left or edition.new_documents != "draft":
            return left
        added = history.additions(english.repository, english.commit)
        records = edition.records

        def counts(path: str) -> bool:
            return english.covers(records.layout.english(path)) and not records.is_record(path)

        worked = history.last_touched(edition.repository, current.commit, counts, (TRAILER, ADOPT_TRAILER))
        return [p for p in left if added.get(p, worked) < worked and not is_new(p)]


ALL = Choice()
"""Everything that the settings allow."""


def _matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    spec = GitIgnoreSpec.from_lines([f"/{p[2:]}" if p.startswith("./") else p for p in patterns])
    return lambda path: bool(path) and spec.match_file(path)


def _opened(edition: Edition, current: Current) -> dict[str, tuple[str, str]]:
    """The documents that the open pull request changes: their texts in its base and in it, empty where they are not."""
    if current.pull_request is None:
        return {}
    base, now = edition.repository.files(current.base), edition.repository.files(current.commit)
    before, after = (Tree(files, edition.repository.read) for files in (base, now))
    found = {}
    records = _records(edition, {**base, **now})
    for path in {**base, **now}:
        if not path.endswith((*DOCUMENTS, NOTEBOOK)) or path in records:
            continue
        if base.get(path) != now.get(path) and edition.records.layout.english(path):
            try:
                found[path] = before.text(path) if path in base else "", after.text(path) if path in now else ""
            except AmtsError:
                continue  # not text; the plan reports it
    return found


def _records(edition: Edition, files: Collection[str]) -> frozenset[str]:
    return frozenset(beside for path in files for beside in edition.records.beside(path)) | {edition.records.lock}
