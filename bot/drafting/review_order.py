"""What to look at first in a document: an order of its drafts and of what was kept, from signals without a reference.

Few coarse levels, the most doubtful first, and reading order within each: an order, not an estimate of quality.
docs/evaluation.md has the rule and how well it holds.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal

from bot.document.structure import Divergence
from bot.drafting.draft import Draft, DraftSegment
from bot.planning.carry_over import Kept

CLOSE = 0.98
"""Similarity of two English sentences from which an edit is but a word or a letter. Measured on merged syncs of Dive
into Deep Learning: people changed the translation of half of such edits, of four in five of the other small ones."""

SIMILAR = 0.85
"""Score of a fuzzy match from which translators find it useful (a guess that the field shares)."""

PROPORTION = 2.0
"""How many times longer or shorter than is usual a draft must be to look wrong (a guess)."""

ENOUGH = 5
"""Fewest sentences that tell which length is usual (a guess)."""


Level = Literal[0, 1, 2, 3, 4]
"""How soon something is looked at: 0 first."""


def kept_level(kept: Kept) -> Level:
    """0: an edit of code or marks that could not be carried over; 1 and 2: small edits, larger first; 3: carried over.

    4 is for what nobody need look at.
    """
    if kept.kind == "cosmetic":
        return 4
    if kept.kind != "small":
        return 3 if kept.applied else 0
    return 2 if kept.similarity >= CLOSE else 1


def draft_level(segment: DraftSegment, divergences: Iterable[Divergence] = (), usual: float | None = None) -> Level:
    """0: a check has found something; 1: rough, or machine draft like no sentence that people translated.

    2 is another machine draft, 3 is repaired and 4 is as people said it. ``usual`` is the length of a translation for
    one character of English.
    """
    source, text = segment.segment.source, segment.text
    proportion = len(text) / (usual * len(source)) if usual and source and text else 1.0
    broken = any(d.text in source or d.text in text for d in divergences if d.text)
    if segment.ignored or broken or not 1 / PROPORTION <= proportion <= PROPORTION:
        return 0
    if segment.origin == "rough":
        return 1
    if segment.origin == "engine":
        return 2 if any(match.score >= SIMILAR for match in segment.suggestions) else 1
    return 3 if segment.origin == "repaired" else 4


def usual_length(draft: Draft) -> float | None:
    """Characters of translation for one of English in what people and the engine wrote; None of too little."""
    kept = [(k.new, k.target) for k in draft.plan.kept]
    drafts = [(s.segment.source, s.text) for s in draft.segments if s.origin != "english"]
    found = [len(target) / len(source) for source, target in (*kept, *drafts) if source and target]
    return statistics.median(found) if len(found) >= ENOUGH else None


def drafts_in_order(draft: Draft) -> tuple[tuple[DraftSegment, ...], ...]:
    """The drafts in the order of review; those that replace one old pair stay together, at its most doubtful level."""
    usual = usual_length(draft)
    done = [s for s in draft.segments if s.origin != "english"]
    groups = [tuple(found) for _, found in groupby(done, lambda s: s.segment.old_source or id(s))]
    return tuple(sorted(groups, key=lambda g: min(draft_level(s, draft.divergences, usual) for s in g)))


def kept_in_order(kept: Sequence[Kept]) -> tuple[Kept, ...]:
    """What was kept in the order of review."""
    return tuple(sorted(kept, key=kept_level))
