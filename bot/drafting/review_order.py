"""Orders drafts and kept sentences of a document for review, by signals that need no reference translation.

Few coarse levels, the most doubtful first, and reading order within each: an order, not an estimate of quality.
docs/evaluation.md describes the rule and how well it works.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from typing import Literal

from bot.document.structure import Divergence
from bot.drafting.doubts import english_left, strange_numbers
from bot.drafting.draft import Draft, DraftSegment
from bot.engines import MADE
from bot.planning.carry_over import Kept

CLOSE = 0.98
"""Least similarity of two English sentences at which an edit is only a word or a letter. Measured on merged syncs of
Dive into Deep Learning: people changed the translation for half of such edits, and for four in five of the other
small ones."""

SIMILAR = 0.85
"""Least score at which translators find a fuzzy match useful (a guess that is common in the field)."""

PROPORTION = 2.0
"""A draft looks wrong if it is this many times longer or shorter than usual (a guess)."""

ENOUGH = 5
"""Fewest sentences needed to determine the usual length (a guess)."""


Level = Literal[0, 1, 2, 3, 4]
"""Review priority: 0 comes first."""


def kept_level(kept: Kept) -> Level:
    """0: an edit of code or marks that could not be carried over; 1 and 2: small edits, larger first; 3: carried over.

    What people updated by hand is at 1: nothing tells how far it follows its English. 4: no review needed.
    """
    if kept.kind == "cosmetic":
        return 4
    if kept.kind == "by hand":
        return 1
    if kept.kind != "small":
        return 3 if kept.applied else 0
    return 2 if kept.similarity >= CLOSE else 1


def draft_level(segment: DraftSegment, divergences: Iterable[Divergence] = (), usual: float | None = None) -> Level:
    """0: a check found something, a number differs, or English is left in it; 1: rough, unlike any sentence that
    people translated, or a repair that put something in.

    2: any other machine draft, or a repair that replaced words; 3: mended, or a repair that only exchanged or removed
    something; 4: as people translated it. ``usual`` is the usual length of a
    translation per character of English.
    """
    source, text = segment.segment.source, segment.text
    proportion = len(text) / (usual * len(source)) if usual and source and text else 1.0
    broken = any(d.text in source or d.text in text for d in divergences if d.text and not d.kept)
    repair = segment.repair
    doubtful = segment.origin in MADE and bool(strange_numbers(source, text) or english_left(source, text))
    doubtful |= bool(segment.ignored or broken or (repair and repair.english))
    if doubtful or not 1 / PROPORTION <= proportion <= PROPORTION:
        return 0
    if segment.origin == "rough":
        return 1
    if segment.origin == "engine":
        return 2 if any(match.score >= SIMILAR for match in segment.suggestions) else 1
    if repair:
        kinds = {change.kind for change in repair.changes}
        return 1 if "inserted" in kinds or repair.left or repair.unsaid else 2 if "replaced" in kinds else 3
    return 3 if segment.origin == "mended" else 4


def usual_length(draft: Draft) -> float | None:
    """Median characters of translation per character of English in this document; None if it has too few sentences."""
    kept = [(k.new, k.target) for k in draft.plan.kept]
    drafts = [(s.segment.source, s.text) for s in draft.segments if s.origin != "english"]
    found = [len(target) / len(source) for source, target in (*kept, *drafts) if source and target]
    return statistics.median(found) if len(found) >= ENOUGH else None
