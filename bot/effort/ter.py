"""The translation edit rate (TER) of a final text against its draft: HTER, as post-editing is measured.

Snover et al., "A Study of Translation Edit Rate with Targeted Human Annotation" (AMTA 2006), as sacrebleu counts it:
insertions, deletions, substitutions and shifts of words, over the number of words of the final text.
"""

from __future__ import annotations

from sacrebleu.metrics.ter import TER

from bot.languages import separated_characters, separates_words

_METRIC = TER(normalized=True, asian_support=True, case_sensitive=True)


def edits(draft: str, final: str, language: str) -> tuple[int, int]:
    """Edits from ``draft`` to ``final``, and the words of ``final``; characters where no spaces separate words.

    Punctuation is a word of its own, and case counts.
    """
    if not separates_words(language):
        draft, final = separated_characters(draft), separated_characters(final)
    score = _METRIC.sentence_score(draft, [final])
    return round(score.num_edits), round(score.ref_length)
