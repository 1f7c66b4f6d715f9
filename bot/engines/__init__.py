"""The port of translation engines: a batch of segments in, a text or a reason for each of them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.assemble import Segment
from bot.memory import Memory

Key = tuple[str, int]
"""A segment of a sync: the document's path in the translation and the segment's number."""


@dataclass(frozen=True)
class Batch:
    """All segments of one language in one sync, in reading order."""

    source_language: str
    target_language: str
    segments: Mapping[Key, Segment]


@dataclass(frozen=True)
class Answer:
    """What became of one segment: ``text``, or None with the ``reason``; ``origin`` is exact or engine."""

    text: str | None
    origin: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Result:
    """An answer for every segment of the batch."""

    answers: Mapping[Key, Answer] = field(default_factory=dict)


class Engine(Protocol):
    """Translates a batch; one segment that fails is a reason in the result, never an exception."""

    name: str

    def translate(self, batch: Batch, memory: Memory) -> Result: ...
