"""TER by sacrebleu, computed once per pair of texts and in several processes: its search for shifts is slow.

A paragraph of Chinese takes a second; sacrebleu would compute each twice, by document and for all together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sacrebleu.metrics.lib_ter import translation_edit_rate
from sacrebleu.metrics.ter import TER

from bot.languages import is_cjk_language, separated_characters, separates_words
from bot.workers import spread

Pair = tuple[str, str]
"""The output of a system and what people wrote, as tokens separated by spaces."""


class EditRate(TER):
    """sacrebleu's metric with a cache of the pairs it was prepared for.

    Where a language has no spaces between words, each character is a word; sacrebleu does so only for Han.
    """

    def __init__(self, language: str) -> None:
        super().__init__(normalized=True, asian_support=is_cjk_language(language))
        self._by_characters = not separates_words(language)
        if self._by_characters:
            self.tokenizer_signature += "-char"
        self._known: dict[Pair, tuple[float, float]] = {}

    def prepare(self, pairs: Iterable[Pair]) -> None:
        """Computes pairs of raw texts (of a system and of people), in as many processes as are worthwhile."""
        tokens = {(self._preprocess_segment(said), self._preprocess_segment(people)) for said, people in pairs}
        # The longest first: the last ones are quick, whichever process gets them.
        missing = sorted(tokens - self._known.keys(), key=lambda pair: (-len(pair[0]), pair))
        self._known.update(zip(missing, spread(_edits, missing), strict=True))

    def _preprocess_segment(self, sent: str) -> str:
        # This and the next method are extension points of sacrebleu: abstract in the base class of its metrics.
        return super()._preprocess_segment(separated_characters(sent) if self._by_characters else sent)

    def _compute_segment_statistics(self, hypothesis: str, ref_kwargs: Mapping[str, Any]) -> list[float]:
        (reference,) = ref_kwargs["ref_words"]
        found = self._known.get((hypothesis, " ".join(reference)))
        return list(found) if found else super()._compute_segment_statistics(hypothesis, dict(ref_kwargs))


def _edits(pair: Pair) -> tuple[float, float]:
    edits, words = translation_edit_rate(pair[0].split(), pair[1].split())
    return edits, words
