"""The port of translation engines: a batch of segments in, a text or a reason for each of them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from bot.assemble import Segment
from bot.memory import Match, Memory
from bot.segments import normal

Key = tuple[str, int]
"""A segment of a sync: the document's path in the translation and the segment's number."""


@dataclass(frozen=True)
class Batch:
    """All segments of one language in one sync, in reading order."""

    source_language: str
    target_language: str
    segments: Mapping[Key, Segment]


Origin = Literal["", "context", "exact", "repaired", "engine"]
"""Where a draft comes from: a kind of match of the memory, or an engine; empty without a draft."""


@dataclass(frozen=True)
class Answer:
    """What became of one segment: ``text`` with its ``origin``, or None with the ``reason``.

    ``suggestions`` are fuzzy matches for people to look at, best first.
    """

    text: str | None
    origin: Origin = ""
    reason: str = ""
    suggestions: tuple[Match, ...] = ()


@dataclass(frozen=True)
class Result:
    """An answer for every segment of the batch."""

    answers: Mapping[Key, Answer] = field(default_factory=dict)


class Engine(Protocol):
    """Translates a batch; one segment that fails is a reason in the result, never an exception."""

    name: str

    def translate(self, batch: Batch, memory: Memory) -> Result: ...


def translated(engine: Engine, batch: Batch, memory: Memory) -> dict[Key, Answer]:
    """The engine's answers, with fuzzy matches beside all that people have not said already."""
    answers = engine.translate(batch, memory).answers
    return {
        key: answers[key]
        if answers[key].origin in ("context", "exact")
        else replace(answers[key], suggestions=_suggestions(segment, memory))
        for key, segment in batch.segments.items()
    }


def _suggestions(segment: Segment, memory: Memory) -> tuple[Match, ...]:
    """Not the pair that the segment replaces, nor what is further off: that one is shown anyhow."""
    old = normal(segment.old_source)
    return tuple(m for m in memory.fuzzy(segment.source) if m.score > segment.similarity and normal(m.source) != old)
