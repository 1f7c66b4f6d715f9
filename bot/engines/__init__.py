"""The port of translation engines: takes a batch of segments and returns a text or a reason for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from bot.errors import AmtsError

if TYPE_CHECKING:
    from bot.document.segment import Segment
    from bot.engines.resources import Resources
    from bot.parallel_data.translation_memory import Match
    from bot.repair.repair import Repair
    from bot.terminology.glossary import Term

Key = tuple[str, int]
"""A segment of a sync: the document's path in the translation and the segment's number."""


@dataclass(frozen=True)
class Batch:
    """All segments of one language in one sync, in reading order."""

    source_language: str
    target_language: str
    segments: Mapping[Key, Segment]


Origin = Literal["context", "exact", "mended", "repaired", "engine", "rough", "english"]
"""Where a draft comes from: a kind of memory match, the old translation repaired, or an engine (one is rough);
``english`` if there is no draft."""

Cause = Literal["", "unmatched"]
"""Why a sentence stays English: ``unmatched`` if the memory has no match and no engine is used, else empty."""

MADE: tuple[Origin, ...] = ("engine", "rough", "repaired")
"""Origins of drafts that no person wrote in this form."""


@dataclass(frozen=True)
class Answer:
    """The result for one segment: ``text`` with its ``origin``, or None with the ``reason`` in words and its ``cause``.

    ``suggestions`` are fuzzy matches for people to look at, best first; ``ignored`` are terms that people
    use for the English of the segment but the text does not; ``repair`` is how a repaired text was made. ``engine``
    is the name of the engine that drafted it, where there are several.
    """

    text: str | None
    origin: Origin = "english"
    reason: str = ""
    suggestions: tuple[Match, ...] = ()
    ignored: tuple[Term, ...] = ()
    cause: Cause = ""
    repair: Repair | None = None
    engine: str = ""


@dataclass(frozen=True)
class Result:
    """An answer for every segment of the batch, and how many characters of English were translated for it."""

    answers: Mapping[Key, Answer] = field(default_factory=dict)
    characters: int = 0


class Pending(AmtsError):
    """The engine is still working; a later run collects its results."""


class Engine(Protocol):
    """Translates what the memory lacks; a single failed segment is a reason in the result, never an exception.

    A failure of the whole batch raises AmtsError; if a later run will have the answers, it raises Pending.
    """

    @property
    def name(self) -> str: ...

    @property
    def asynchronous(self) -> bool:
        """Whether it takes so long that people should be informed while it works."""
        ...

    def translate(self, batch: Batch, resources: Resources) -> Result: ...
