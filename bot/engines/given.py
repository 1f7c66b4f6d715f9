"""Answers that somebody gave: an engine that drafts with them, and lets them change nothing but their segments."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.document.segment import Segment
from bot.document.sentences import normal, unwrapped
from bot.document.structure import segment_problem
from bot.engines import Answer, Batch, Key, Result, checks
from bot.engines.reassembly import markup
from bot.engines.resources import Resources
from bot.messages import Message


def segment_id(key: Key, segment: Segment) -> str:
    """Equal for the same sentence of the same document with the same old pair: 16 hex digits."""
    parts = [key[0], normal(segment.asked), normal(segment.old_source), normal(segment.old_target)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Given:
    """``texts`` are the answers, by the ids of segments; ``by`` is who gave them. ``used`` collects the ids found."""

    texts: Mapping[str, str]
    by: str = ""
    used: set[str] = field(default_factory=set, compare=False)
    name: str = "answers"
    asynchronous: bool = False

    def translate(self, batch: Batch, resources: Resources) -> Result:
        languages = batch.source_language, batch.target_language
        return Result({key: self._answer(key, s, languages) for key, s in batch.segments.items()})

    def _answer(self, key: Key, segment: Segment, languages: tuple[str, str]) -> Answer:
        id = segment_id(key, segment)
        if id not in self.texts:
            return Answer(None, reason=Message("no answer was given"))
        self.used.add(id)
        source, text = unwrapped(segment.asked), self.texts[id].strip()
        problem = segment_problem(source, text)
        text = unwrapped(text)
        if not problem and markup(text) != markup(source):
            problem = Message("its emphasis, links or code would read differently")
        problem = problem or checks.problem(source, text, languages)
        return Answer(None, reason=problem) if problem else Answer(text, "engine", engine=self.by)
