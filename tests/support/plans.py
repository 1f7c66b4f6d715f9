"""What tests ask of a plan."""

from __future__ import annotations

from bot.planning.document_plan import DocumentPlan


def is_quiet(plan: DocumentPlan) -> bool:
    """Whether there is nothing to translate and not a byte to change."""
    return not plan.segments and "".join(p for p in plan.parts if isinstance(p, str)) == plan.target
