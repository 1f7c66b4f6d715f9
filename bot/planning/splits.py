"""Finds new documents that English made from parts of others: what people translated there is reused in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bot.document.tree import Tree, bag
from bot.errors import AmtsError

if TYPE_CHECKING:
    from bot.planning.book_plan import Change

SHARE = 0.2
"""Least share of the lines of a new document that other documents lose (a guess)."""


def split_off(english: Tree, added: Sequence[str], changes: Iterable[Change]) -> frozenset[str]:
    """Those of the English paths ``added`` whose text comes from documents that ``changes`` edit."""
    lost = Counter[str]()
    for change in changes:
        if change.old:
            lost += bag(change.old) - bag(change.new)
    found = set()
    for path in added if lost else ():
        try:
            lines = bag(english.text(path))
        except AmtsError:
            continue  # the plan of the document reports it
        if lines and (lines & lost).total() >= SHARE * lines.total():
            found.add(path)
    return frozenset(found)
