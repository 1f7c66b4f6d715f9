"""Turns the answers of an engine into drafts: in the style of the language, with notes for translators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.document.segment import Segment
from bot.document.sentences import normal
from bot.drafting.repairs import Repairs
from bot.engines import MADE, Answer, Batch, Engine, Key, Result
from bot.engines.resources import Resources
from bot.parallel_data.translation_memory import Match, Memory
from bot.style import rules


def translated(engine: Engine | None, batch: Batch, resources: Resources) -> Result:
    """An answer for every segment of the batch: a human translation, the old one repaired, or the engine's translation.

    Without an engine (in a dry run) nothing is sent, and what is not in the memory stays English.
    """
    known = {key: found for key, s in batch.segments.items() if (found := _remembered(s, resources.memory))}
    asked = {key: replace(s, source=s.asked) for key, s in batch.segments.items() if key not in known}
    rest = replace(batch, segments=asked)
    said = Result(dict.fromkeys(rest.segments, Answer(None, reason="a dry run sends nothing")))
    if engine and rest.segments:
        said = engine.translate(rest, resources)
    answers: Mapping[Key, Answer] = {**said.answers, **known}
    finished = {k: _finished(answers[k], s, resources) for k, s in batch.segments.items()}
    if engine and resources.repairs:
        finished = Repairs(batch.segments, resources).best(finished)
    return replace(said, answers=finished)


def _remembered(segment: Segment, memory: Memory) -> Answer | None:
    found = memory.match(segment.source, segment.before, segment.after)
    return Answer(found.target, found.kind) if found and found.kind else None


def _finished(answer: Answer, segment: Segment, resources: Resources) -> Answer:
    if answer.origin == "context" or answer.origin == "exact":
        return answer
    answer = replace(answer, suggestions=_suggestions(segment, resources.memory))
    if answer.text is None or answer.origin not in MADE:
        return answer
    text = rules.apply(answer.text, resources.style, resources.language)
    ignored = resources.checked.ignored(segment.source, text) if resources.checked else ()
    return replace(answer, text=text, ignored=ignored)


def _suggestions(segment: Segment, memory: Memory) -> tuple[Match, ...]:
    """Fuzzy matches closer than the pair that the segment replaces, which is shown anyway."""
    old = normal(segment.old_source)
    return tuple(m for m in memory.fuzzy(segment.source) if m.score > segment.similarity and normal(m.source) != old)
