"""The translated documents of a book, each with the English that it corresponds to: what memories are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.baselines import records
from bot.baselines.records import Baselines, Recorded
from bot.document.markdown import parse
from bot.document.tree import Tree, decoded, overlap
from bot.errors import AmtsError
from bot.parallel_data.extraction import TranslatedDocument, Written
from bot.repositories.repository import Repository

RESEMBLES = 0.25
"""Least share of common words of two versions of one English document (a guess: two versions of a
chapter of Dive into Deep Learning years apart share more than half, a translation less than a tenth)."""


@dataclass(frozen=True)
class OldTexts:
    """Reads the English text that a translated document corresponds to."""

    english: Repository
    source: Tree
    target: Tree
    baselines: Baselines

    def __call__(self, path: str, record: Recorded) -> str:
        """Raises AmtsError where that text is gone, or cannot be the English of the document."""
        if self.baselines.kind == "sibling":
            text = self.target.text(records.sibling_path(path))
            if not self.english.has_blob(record.blob):
                self._must_resemble(text, path, record)
            return text
        if not self.english.has_blob(record.blob):
            raise AmtsError(
                f"the baseline of {path} does not exist in English history",
                why=f"amts.lock names the blob {record.blob[:10]} of {record.source_path}, which the English "
                "repository does not have",
                fix="fetch the whole English history, or correct the entry",
            )
        return decoded(self.english.read(record.blob), record.source_path)

    def _must_resemble(self, text: str, path: str, record: Recorded) -> None:
        """Translators mend typos in baselines; a text with nothing of the English in it is a mistake."""
        now = self.source.files.get(record.source_path)
        if now is None:
            return
        if _common_words(text, decoded(self.source.read(now), record.source_path)) < RESEMBLES:
            raise AmtsError(
                f"the baseline of {path} does not exist in English history",
                why=f"{records.sibling_path(path)} is no version of the English {record.source_path}",
                fix="put the English text there that the document was translated from",
            )


@dataclass(frozen=True)
class Corpus:
    """The documents of one translation at one commit; ``history`` tells who wrote each line of a path."""

    texts: OldTexts
    history: Callable[[str], Sequence[Written]] | None = None

    def documents(self, without: Callable[[str], bool] = lambda path: False) -> Iterator[TranslatedDocument]:
        """In the order of their paths, those left out for which ``without`` is true, and those that cannot be read."""
        target = self.texts.target
        for path, record in sorted(self.texts.baselines.of.items()):
            if path not in target.files or without(path):
                continue
            try:
                source, said = self.texts(path, record), target.text(path)
            except AmtsError:
                continue  # the plan of a sync tells it, where it matters
            yield TranslatedDocument(path, source, said, tuple(self.history(path)) if self.history else ())


def _common_words(one: str, other: str) -> float:
    """Share of the words of the longer text's prose that the other has too, 0 to 1."""
    bags = [
        Counter(w for b in parse(text).blocks for c in b.contents for w in c.casefold().split() if w.isalpha())
        for text in (one, other)
    ]
    return overlap(*bags)
