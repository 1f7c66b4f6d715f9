"""What people have to look at in drafts that no repository has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.drafting.document_review import DocumentReview
from bot.drafting.outcomes import Outcome
from bot.drafting.reviews import drafted_texts, reviews


def reviewed(outcomes: Iterable[Outcome], language: str = "es") -> tuple[DocumentReview, ...]:
    """The documents of a new pull request."""
    every = list(outcomes)
    merged = {o.change.path: (o.change.old, o.change.target) for o in every if o.change.target}
    texts = dict(drafted_texts(every, (), language, None))
    return reviews([replace(one, merged=merged.get(path)) for path, one in texts.items()], language)
