"""Repairs old translations for the sentences that nobody has translated, and chooses between repair and fresh draft."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from bot.document.segment import Segment
from bot.document.structure import segment_problem
from bot.engines import MADE, Answer, Key
from bot.engines.resources import Resources

if TYPE_CHECKING:
    from bot.repair.examples import Examples

LARGEST = 0.5
"""Length of one change, per character of English, above which a fresh draft is better.

Chosen on half of the replayed events of Dive into Deep Learning and measured on the other half (docs/replay.md).
"""

ENOUGH = 30
"""Fewest sentence pairs from which to learn which words belong together; with fewer nothing is repaired (a guess: the
smallest document of the replay has 34)."""

SIMILAR = 0.8
"""Share of the new English that must have been in the old to repair where an engine drafted that is not rough (a guess:
no such engine was measured; better ones should win more often)."""

MATCH = 0.85
"""Least score of a fuzzy match to repair where there is a fresh draft; without one any match counts (a guess)."""


class Repairs:
    """Repairs with what people wrote in the book; nothing is learned before the first one."""

    def __init__(self, segments: Mapping[Key, Segment], resources: Resources) -> None:
        self.segments, self.resources = segments, resources

    def best(self, answers: Mapping[Key, Answer]) -> dict[Key, Answer]:
        """The answers, with a repair in place of each fresh draft, or of English, that it is better than."""
        if len(self.resources.parallel_data.units) < ENOUGH:
            return dict(answers)
        return {
            key: self._chosen(self.segments[key], answer) if answer.text is None or answer.origin in MADE else answer
            for key, answer in answers.items()
        }

    @cached_property
    def _examples(self) -> Examples:
        from bot.repair.examples import gathered  # imports numpy

        pairs = [(unit.source, unit.target) for unit in self.resources.parallel_data.units]
        english = [text for s in self.segments.values() for text in (s.asked, s.old_source)]
        return gathered(pairs, english, self.resources.language)

    def _chosen(self, segment: Segment, answer: Answer) -> Answer:
        old, target = segment.old_source, _without_indent(segment.old_target, segment.indent)
        if not target:
            best = next(iter(answer.suggestions), None)
            if best is None or (answer.text is not None and best.score < MATCH):
                return answer
            old, target = best.source, best.target
        from bot.repair.repair import repair

        made = repair(old, segment.asked, target, self.resources.language, self._examples, answer.text or "")
        if made is None or (not segment.old_target and segment_problem(segment.asked, made.text)):
            return answer
        if answer.text is not None:
            largest = max((len(change.text) for change in made.changes), default=0)
            # An engine that got the old translation has repaired it itself.
            near = ratio(answer.text, target) >= ratio(made.text, target)
            fluent = answer.origin == "engine" and made.share < SIMILAR
            if near or fluent or made.english or largest > LARGEST * len(segment.asked):
                return answer
        terms = self.resources.checked
        ignored = terms.ignored(segment.source, made.text) if terms else ()
        return replace(
            answer, text=made.text, origin="repaired", reason="", cause="", ignored=ignored, repair=made, engine=""
        )


def _without_indent(target: str, indent: str) -> str:
    """A translation without what its further lines begin with, which a draft gets from its place again."""
    marks = r"[ \t>]+" if ">" in indent else r"[ \t]+"
    return re.sub(rf"(?<=\n){marks}", "", target) if indent else target
