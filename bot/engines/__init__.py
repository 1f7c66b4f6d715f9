"""The port of translation engines: a batch of segments in, a text or a reason for each of them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from bot.document.segment import Segment
from bot.errors import AmtsError
from bot.parallel_data.translation_memory import Match, MatchKind
from bot.terminology.glossary import Term

if TYPE_CHECKING:
    from bot.engines.resources import Resources

Key = tuple[str, int]
"""A segment of a sync: the document's path in the translation and the segment's number."""


@dataclass(frozen=True)
class Batch:
    """All segments of one language in one sync, in reading order."""

    source_language: str
    target_language: str
    segments: Mapping[Key, Segment]


Origin = MatchKind | Literal["engine", "rough", "english"]
"""Where a draft comes from: a kind of match of the memory, or an engine (one is rough); ``english`` without a draft."""

Cause = Literal["", "unmatched"]
"""Why a sentence stays English: ``unmatched`` where the memory does not know it and no engine is asked, else empty."""

MADE: tuple[Origin, ...] = ("engine", "rough")
"""Origins of drafts that no person wrote."""


@dataclass(frozen=True)
class Answer:
    """What became of one segment: ``text`` with its ``origin``, or None with the ``reason`` in words and its ``cause``.

    ``suggestions`` are fuzzy matches for people to look at, best first; ``ignored`` are terms that people
    use for the English of the segment, and the text does not.
    """

    text: str | None
    origin: Origin = "english"
    reason: str = ""
    suggestions: tuple[Match, ...] = ()
    ignored: tuple[Term, ...] = ()
    cause: Cause = ""


@dataclass(frozen=True)
class Result:
    """An answer for every segment of the batch, and how many characters of English were translated for it."""

    answers: Mapping[Key, Answer] = field(default_factory=dict)
    characters: int = 0


class Pending(AmtsError):
    """The engine is at work, and a later run collects what it says."""


class Engine(Protocol):
    """Translates what the memory does not know; one segment that fails is a reason in the result, never an exception.

    What fails as a whole raises AmtsError, and Pending where a later run will have the answers.
    """

    @property
    def name(self) -> str: ...

    @property
    def asynchronous(self) -> bool:
        """Whether its work takes so long that people should know of it meanwhile."""
        ...

    def translate(self, batch: Batch, resources: Resources) -> Result: ...
