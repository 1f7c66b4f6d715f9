"""Where the text of the sentences that wait in a pull request comes from, as far as the sync that writes it knows."""

from __future__ import annotations

from collections.abc import Sequence

from bot.document.sentences import normal
from bot.drafting.draft import DraftSegment
from bot.drafting.outcomes import Outcome
from bot.drafting.review_order import draft_level, kept_level, usual_length
from bot.planning.carry_over import Kept


class Provenance:
    """What a sync knows about the sentences that it drafted or kept, by document and English.

    ``levels`` are their places in the review order.
    """

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        self.drafts: dict[tuple[str, str], DraftSegment] = {}
        self.kept: dict[tuple[str, str], Kept] = {}
        self.levels: dict[tuple[str, str], int] = {}
        for outcome in outcomes:
            draft, path = outcome.draft, outcome.change.path
            if draft is None:
                continue
            usual = usual_length(draft)
            for segment in draft.segments:
                place = path, normal(segment.segment.source)
                self.drafts[place] = segment
                self.levels[place] = draft_level(segment, draft.divergences, usual)
            for kept in draft.plan.kept:
                self.kept[path, normal(kept.new)] = kept
                self.levels[path, normal(kept.new)] = kept_level(kept)
