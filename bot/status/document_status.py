"""The status of one document of a translation, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

State = Literal[
    "unreadable",
    "orphan",
    "no baseline",
    "never translated",
    "behind",
    "English left",
    "drifted",
    "machine draft",
    "unreviewed",
    "up to date",
]
"""The states of a document; it has the first that applies, and the figures of all."""

STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class Amount:
    """English prose: its sentences, and their characters (code points, white space between words as one space)."""

    sentences: int = 0
    characters: int = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.sentences + other.sentences, self.characters + other.characters)

    def __sub__(self, other: Amount) -> Amount:
        return Amount(self.sentences - other.sentences, self.characters - other.characters)

    def __bool__(self) -> bool:
        return self.sentences > 0


NOTHING = Amount()


@dataclass(frozen=True)
class Recording:
    """The English version that a translation corresponds to, and what came after it.

    ``commit`` is the last commit of the English branch that had this version (empty: unknown); unless ``exact``, it
    is the version most like the recorded text. ``commits`` counts the changes of the document since (None: unknown),
    ``since`` is the time of the first, in seconds since 1970 (None: there is none, or it is unknown).
    """

    commit: str = ""
    exact: bool = True
    commits: int | None = None
    since: int | None = None


@dataclass(frozen=True)
class DocumentStatus:
    """One document of a translation.

    ``path`` is its path in the translation, ``source_path`` that of its English today (of an orphan: as recorded).
    ``english`` is all prose of today's English; ``changed`` the part of it whose words the recorded English has not,
    ``left`` the rest that the translation still has in English. ``drift`` lists how the structure of the translation
    differs from its recorded English. ``moved``: English has another path now than recorded. ``drafted``: nobody but
    the bot ever wrote it. ``unreviewed`` counts its sentences that wait for review: drafts, and translations that were
    kept although their English was edited. ``title`` and ``translated_title`` are the first headings; ``problem`` is
    why the document cannot be read.
    """

    path: str
    source_path: str
    state: State
    english: Amount = NOTHING
    changed: Amount = NOTHING
    left: Amount = NOTHING
    recording: Recording = Recording()
    drift: tuple[str, ...] = ()
    moved: bool = False
    drafted: bool = False
    unreviewed: int = 0
    title: str = ""
    translated_title: str = ""
    problem: str = ""

    @property
    def todo(self) -> Amount:
        """What is to be translated before the document is up to date; nothing where that is unknown."""
        if self.state == "never translated":
            return self.english
        return NOTHING if self.state in UNKNOWN else self.changed + self.left

    @property
    def translated(self) -> Amount:
        """The part of today's English that the translation has."""
        return NOTHING if self.state in UNKNOWN else self.english - self.todo


UNKNOWN: tuple[State, ...] = ("unreadable", "no baseline", "orphan")
"""States in which nobody knows what of today's English a translation has."""
