"""The effort of post-editing: how much of a translator's typing drafts save, in figures.

The terms are those of the field: a *draft* is a sentence as the bot wrote it, *post-editing* is how people edited it,
*HTER* the edit rate between the two. docs/evaluation.md defines every figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from bot.effort import ter
from bot.effort.post_editing import Origin, PostEdit

DRAFTS: tuple[Origin, ...] = ("reused", "repaired", "machine")
"""Origins of text in the target language that the bot wrote."""


@dataclass(frozen=True)
class Measured:
    """The figures of one sentence; ``edited`` and ``unaided`` in characters (code points).

    ``edits`` and ``words`` are those of HTER, 0 for a sentence that is not a draft.
    """

    origin: Origin
    untouched: bool
    edited: int
    unaided: int
    edits: int = 0
    words: int = 0


def measured(edit: PostEdit, language: str, ratio: float) -> Measured:
    """What a sentence cost with the bot, and what it would have cost without.

    A draft costs the characters edited (Levenshtein), and without the bot its final text in full. What was left in
    English costs its translation in full, with and without; where it was merged in English, the translation is still to
    be written, and its length is taken as that of the English times ``ratio``. A kept sentence costs nothing; what
    people edited of it counts with and without.
    """
    distance = Levenshtein.distance(edit.draft, edit.final)
    if edit.origin == "english":
        typed = round(ratio * len(edit.draft)) if edit.untouched else len(edit.final)
        return Measured(edit.origin, edit.untouched, typed, typed)
    if edit.origin == "kept":
        return Measured(edit.origin, edit.untouched, distance, distance)
    edits, words = ter.edits(edit.draft, edit.final, language) if edit.final else (0, 0)
    return Measured(edit.origin, edit.untouched, distance, len(edit.final), edits, words)


@dataclass(frozen=True)
class Figures:
    """The figures of a set of sentences."""

    sentences: tuple[Measured, ...]

    def of(self, *origins: Origin) -> Figures:
        """The figures of some origins only."""
        return Figures(tuple(s for s in self.sentences if s.origin in origins))

    @cached_property
    def drafts(self) -> Figures:
        """The figures of the drafts alone, without what was left in English or kept."""
        return self.of(*DRAFTS)

    @property
    def number(self) -> int:
        """The number of sentences."""
        return len(self.sentences)

    @property
    def untouched(self) -> float | None:
        """The share that was merged unchanged, 0 to 1; None without sentences."""
        return sum(s.untouched for s in self.sentences) / self.number if self.sentences else None

    @property
    def hter(self) -> float | None:
        """Edits over the words of the final texts, of all drafts together; 0 is untouched, and it may exceed 1."""
        words = sum(s.words for s in self.drafts.sentences)
        return sum(s.edits for s in self.drafts.sentences) / words if words else None

    @property
    def edited(self) -> int:
        """Characters that people edited."""
        return sum(s.edited for s in self.sentences)

    @property
    def unaided(self) -> int:
        """Characters that a translator would have typed without the bot."""
        return sum(s.unaided for s in self.sentences)

    @property
    def workload(self) -> float | None:
        """The share of the typing that was saved, 1 - edited / unaided; negative where ``edited`` is the larger."""
        return 1 - self.edited / self.unaided if self.unaided else None


@dataclass(frozen=True)
class Month:
    """The merged pull requests of one language and month (``2024-05``); the drafts of ``unmeasured`` ones are lost."""

    language: str
    month: str
    requests: int
    figures: Figures
    unmeasured: int = 0


@dataclass(frozen=True)
class Effort:
    """All measurements, in the order of languages and months."""

    months: tuple[Month, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """In the order of their months."""
        return tuple(dict.fromkeys(m.language for m in self.months))

    def total(self, language: str = "") -> Month:
        """All months of a language, or of all languages, as one."""
        chosen = [m for m in self.months if language in ("", m.language)]
        sentences = tuple(s for m in chosen for s in m.figures.sentences)
        requests, unmeasured = sum(m.requests for m in chosen), sum(m.unmeasured for m in chosen)
        return Month(language or "all", "all", requests, Figures(sentences), unmeasured)


@dataclass(frozen=True)
class MergedDrafts:
    """The drafts of one merged pull request, with the month in which it was merged; None where they are lost.

    ``ratio`` is the characters of translation per character of English, in what people had merged before.
    """

    month: str
    edits: tuple[PostEdit, ...] | None
    ratio: float = 1.0


def months(language: str, merged: Iterable[MergedDrafts], since: str = "") -> tuple[Month, ...]:
    """The figures of one language, from the month ``since`` (``2024-05``) on."""
    found: dict[str, list[MergedDrafts]] = {}
    for request in merged:
        if request.month >= since:
            found.setdefault(request.month, []).append(request)
    return tuple(_month(language, month, requests) for month, requests in sorted(found.items()))


def _month(language: str, month: str, requests: Sequence[MergedDrafts]) -> Month:
    known = [(r.ratio, r.edits) for r in requests if r.edits is not None]
    sentences = tuple(measured(edit, language, ratio) for ratio, edits in known for edit in edits)
    return Month(language, month, len(known), Figures(sentences), len(requests) - len(known))
