"""Plans many documents in as many processes as there are cores."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

from bot.contracts import SmallEdits
from bot.document.flavours import Flavour
from bot.progress import Count, silent
from bot.style.preferences import Lines
from bot.workers import spread

if TYPE_CHECKING:
    from bot.planning.by_hand import ByHand
    from bot.planning.document_plan import DocumentPlan

Texts = tuple[str, str, str]
"""The old English, the new English and the translation."""


def plan_documents(
    texts: Sequence[Texts],
    by_hand: Sequence[ByHand | None] = (),
    *,
    language: str,
    small_edits: SmallEdits,
    lines: Lines = "keep",
    flavour: Flavour | None = None,
    comments: bool = False,
    shown: Count = silent,
) -> list[DocumentPlan]:
    """The plans of documents; ``by_hand`` is what people have changed in each (nothing if it is missing).

    ``shown`` takes how many are planned.
    """
    one = partial(_planned, language=language, small_edits=small_edits, lines=lines, flavour=flavour, comments=comments)
    return spread(one, zip_longest(texts, by_hand), shown=shown)


def _planned(
    one: tuple[Texts, ByHand | None],
    *,
    language: str,
    small_edits: SmallEdits,
    lines: Lines,
    flavour: Flavour | None,
    comments: bool,
) -> DocumentPlan:
    # Most runs find every document unchanged: what plans a document is imported for the others alone.
    from bot.planning.document_plan import plan_document

    (old, new, target), by_hand = one
    return plan_document(
        *(old, new, target),
        language=language,
        small_edits=small_edits,
        lines=lines,
        flavour=flavour,
        by_hand=by_hand,
        comments=comments,
    )
