"""The status of a whole book: the documents of each language, their totals, and the chapters they are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce

from bot.status.document_status import NOTHING, Amount, DocumentStatus, State

CURRENT: tuple[State, ...] = ("up to date", "unreviewed", "machine draft", "drifted")
"""States of a document whose English did not change and of which nothing is left to translate."""

ABSENT: tuple[State, ...] = ("never translated", "orphan")
"""States of a document that exists on one side only."""


@dataclass(frozen=True)
class LanguageStatus:
    """One translation, at a commit of the branch that people merge into; ``problem`` is why it cannot be read."""

    language: str
    commit: str = ""
    documents: tuple[DocumentStatus, ...] = ()
    problem: str = ""

    @cached_property
    def counts(self) -> Counter[State]:
        """How many documents have each state."""
        return Counter(d.state for d in self.documents)

    @property
    def translated(self) -> int:
        """The English documents that have a translation, in whatever state."""
        return sum(n for state, n in self.counts.items() if state not in ABSENT)

    @property
    def current(self) -> int:
        """The documents that are up to date with English."""
        return sum(self.counts[state] for state in CURRENT)

    @property
    def unknown(self) -> bool:
        """Whether it cannot be seen how much is translated: of none of the translated documents is English recorded."""
        return 0 < self.translated == self.counts["no baseline"]

    @cached_property
    def done(self) -> Amount:
        """The English of today that is translated."""
        return total(d.translated for d in self.documents)

    @cached_property
    def todo(self) -> Amount:
        """What is to be translated before all is up to date."""
        return total(d.todo for d in self.documents)

    @property
    def since(self) -> int | None:
        """When the oldest change came that the translation lacks, in seconds since 1970; None if it lacks none."""
        return min(
            (d.recording.since for d in self.documents if d.state == "behind" and d.recording.since), default=None
        )


@dataclass(frozen=True)
class BookStatus:
    """The book at an English commit: the prose of its documents by path, and its translations.

    ``prices`` are those of the engines, in USD per million characters.
    """

    commit: str
    english: Mapping[str, Amount]
    languages: tuple[LanguageStatus, ...]
    prices: Mapping[str, float]

    @cached_property
    def total(self) -> Amount:
        """All prose of the English book."""
        return total(self.english.values())

    def share(self, language: LanguageStatus) -> float | None:
        """The share of the English characters that a language has, 0 to 1; None if that is unknown."""
        if language.unknown:
            return None
        return language.done.characters / self.total.characters if self.total.characters else 1.0

    def costs(self, language: LanguageStatus) -> dict[str, float]:
        """What it would cost at most to draft what a language lacks, by engine, in USD."""
        return {engine: language.todo.characters * price / 1e6 for engine, price in self.prices.items()}

    @cached_property
    def chapters(self) -> dict[str, tuple[str, ...]]:
        """The English paths in order, by chapter: the first folder in which they differ, empty for the top."""
        orphans = {d.source_path for g in self.languages for d in g.documents if d.state == "orphan"}
        paths = sorted({*self.english, *orphans})
        depth = _shared(paths)
        found: dict[str, list[str]] = {}
        for path in paths:
            parts = path.split("/")
            found.setdefault(parts[depth] if len(parts) > depth + 1 else "", []).append(path)
        return {chapter: tuple(inside) for chapter, inside in sorted(found.items())}


def total(amounts: Iterable[Amount]) -> Amount:
    """The sum of amounts."""
    return reduce(Amount.__add__, amounts, NOTHING)


def _shared(paths: Iterable[str]) -> int:
    """How many folders all paths have in common."""
    folders = [path.split("/")[:-1] for path in paths]
    depth = 0
    while folders and all(len(f) > depth and f[depth] == folders[0][depth] for f in folders):
        depth += 1
    return depth
