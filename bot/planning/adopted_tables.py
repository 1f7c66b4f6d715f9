"""Tables that a translation already has although its baseline does not: taken as a whole, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from bot.alignment import gale_church
from bot.alignment.blocks import face
from bot.document.model import Block, Document
from bot.document.tables import Table, tables

SAME = 1.5
"""Highest alignment cost at which a block only in the translation counts as a new English one (a guess)."""

_LEAST = 2
"""Rows that a table of words must have to be taken for another of the same shape: length tells little (a guess)."""


def adopt_tables(
    adopted: dict[int, int],
    own: Collection[int],
    origin: Collection[int],
    gaps: Mapping[int, tuple[int, int]],
    documents: tuple[Document, Document],
    scale: float,
) -> None:
    """Completes ``adopted`` (see there) for the tables that are new in English: with the header and the line under it.

    ``own`` are the blocks that only the translation has, ``gaps`` the blocks of the translation between which each new
    block is. Rows that the translation has in a table with other columns are not adopted: they would tear it apart.
    Unless it has all of them, then its own columns stay too.
    """
    new, target = documents
    table_of = {t: table for table in tables(target) for t in (*table.lines, table.line)}
    for table in tables(new):
        if table.header in origin:
            continue
        count = Counter(table_of[t] for j in table.rows if (t := adopted.get(j, -1)) in table_of)
        other = max(count, key=lambda found: count[found]) if count else None
        whole = other is not None and count[other] == len(table.rows)
        if other and other.width != table.width and not (whole and other.width > table.width):
            other = None
        if not count and (low := gaps.get(table.header)):
            other = _alike(adopted, table, own, low, documents, scale)
            adopted |= dict(zip(table.rows, other.rows, strict=True)) if other else {}
        for j in (table.header, table.line, *table.rows):
            if j in adopted and (other is None or table_of.get(adopted[j]) != other):
                del adopted[j]
        done = set(adopted.values())
        if other:
            for j, t in ((table.header, other.header), (table.line, other.line)):
                if j not in adopted and j not in origin and t in own and t not in done:
                    adopted[j] = t


def _alike(
    adopted: Mapping[int, int],
    table: Table,
    own: Collection[int],
    gap: tuple[int, int],
    documents: tuple[Document, Document],
    scale: float,
) -> Table | None:
    """The only table of the translation alone in a gap, if it has as many rows and columns, all about as long."""
    taken = set(adopted.values()) - {adopted.get(table.header), adopted.get(table.line)}
    found = [
        other
        for other in tables(documents[1])
        if gap[0] < other.header and max(other.lines) < gap[1] and taken.isdisjoint((*other.lines, other.line))
        if all(t in own for t in (*other.lines, other.line))
    ]
    if len(found) != 1 or (found[0].width, len(found[0].rows)) != (table.width, len(table.rows)):
        return None
    pairs = zip(table.lines, found[0].lines, strict=True)
    fit = all(_fits(documents[0].blocks[j], documents[1].blocks[t], scale) for j, t in pairs)
    return found[0] if fit and len(table.rows) >= _LEAST else None


def _fits(english: Block, ours: Block, scale: float) -> bool:
    """Whether a row may be the translation of another: as long as such a one is, with all code, math and numbers."""
    one, other = face(english).prose, face(ours).prose
    return one.hard == other.hard and gale_church.distance(one, other, scale) < SAME
