"""From the answers of an engine to what translators see: in the style of their language, with all there is to know."""

from __future__ import annotations

from dataclasses import replace

from bot import style
from bot.assemble import Segment
from bot.engines import Answer, Batch, Engine, Key
from bot.memory import Match, Memory
from bot.resources import Resources
from bot.segments import normal


def translated(engine: Engine, batch: Batch, resources: Resources) -> dict[Key, Answer]:
    """An answer for every segment of the batch; what people have said already stays as they said it."""
    answers = engine.translate(batch, resources).answers
    return {key: _finished(answers[key], segment, resources) for key, segment in batch.segments.items()}


def _finished(answer: Answer, segment: Segment, resources: Resources) -> Answer:
    if answer.origin in ("context", "exact"):
        return answer
    answer = replace(answer, suggestions=_suggestions(segment, resources.memory))
    if answer.text is None or answer.origin != "engine":
        return answer
    text = style.apply(answer.text, resources.style, resources.language)
    ignored = resources.checked.ignored(segment.source, text) if resources.checked else ()
    return replace(answer, text=text, ignored=ignored)


def _suggestions(segment: Segment, memory: Memory) -> tuple[Match, ...]:
    """Not the pair that the segment replaces, nor what is further off: that one is shown anyhow."""
    old = normal(segment.old_source)
    return tuple(m for m in memory.fuzzy(segment.source) if m.score > segment.similarity and normal(m.source) != old)
