"""TER by sacrebleu, each pair of texts looked at once and in several processes: its search for shifts is slow.

A paragraph of Chinese takes a second; by document and all together, sacrebleu would look at each one twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sacrebleu.metrics.lib_ter import translation_edit_rate
from sacrebleu.metrics.ter import TER

from bot.workers import spread

Pair = tuple[str, str]
"""What a system says, and what people wrote, as tokens with spaces between."""


class EditRate(TER):
    """sacrebleu's metric, which remembers the pairs it was prepared for."""

    def __init__(self, *, wide: bool) -> None:
        super().__init__(normalized=True, asian_support=wide)
        self._known: dict[Pair, tuple[float, float]] = {}

    def prepare(self, pairs: Iterable[Pair]) -> None:
        """Looks at raw texts of a system and of people, in as many processes as pay."""
        tokens = {(self._preprocess_segment(said), self._preprocess_segment(people)) for said, people in pairs}
        # The longest first: the last ones are quick, whoever gets them.
        missing = sorted(tokens - self._known.keys(), key=lambda pair: (-len(pair[0]), pair))
        self._known.update(zip(missing, spread(_edits, missing), strict=True))

    def _compute_segment_statistics(self, hypothesis: str, ref_kwargs: Mapping[str, Any]) -> list[float]:
        # An extension point of sacrebleu's: abstract in the class of all its metrics.
        (reference,) = ref_kwargs["ref_words"]
        found = self._known.get((hypothesis, " ".join(reference)))
        return list(found) if found else super()._compute_segment_statistics(hypothesis, dict(ref_kwargs))


def _edits(pair: Pair) -> tuple[float, float]:
    edits, words = translation_edit_rate(pair[0].split(), pair[1].split())
    return edits, words
