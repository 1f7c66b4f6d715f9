"""Texts that may translate a kept sentence better: what people wrote elsewhere for its English, or a repair of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.document.sentences import normal
from bot.document.structure import repair_problem
from bot.drafting.repairs import ENOUGH
from bot.engines.resources import Resources
from bot.review.unfinished import Unfinished

if TYPE_CHECKING:
    from bot.repair.examples import Examples


@dataclass(frozen=True)
class BetterTexts:
    """For the ``sentences``, from what people have merged. No engine is asked: it would be paid for each kept one.

    ``gather`` makes the resources for the first sentence that is asked about.
    """

    sentences: tuple[Unfinished, ...]
    gather: Callable[[], Resources]

    @cached_property
    def resources(self) -> Resources:
        return self.gather()

    def __call__(self, one: Unfinished) -> str:
        """A text with the structure of the new English, without English words; empty if none is known."""
        if one.state != "kept" or not one.old_source:
            return ""
        match = self.resources.memory.match(one.source)
        text = match.target if match and match.kind else self._repaired(one)
        problem = repair_problem(one.old_source, one.source, one.text, text) if text else ""
        return "" if problem or normal(text) == normal(one.text) else text

    def _repaired(self, one: Unfinished) -> str:
        if not self.resources.repairs or len(self.resources.parallel_data.units) < ENOUGH:
            return ""
        from bot.repair.repair import repair

        made = repair(one.old_source, one.source, one.text, self.resources.language, self._examples)
        return made.text if made and made.changes and not (made.english or made.left or made.unsaid) else ""

    @cached_property
    def _examples(self) -> Examples:
        from bot.repair.examples import gathered  # imports numpy

        pairs = [(unit.source, unit.target) for unit in self.resources.parallel_data.units]
        kept = [one for one in self.sentences if one.state == "kept"]
        english = [text for one in kept for text in (one.source, one.old_source)]
        return gathered(pairs, english, self.resources.language)
