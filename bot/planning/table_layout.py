"""The columns of a table in a draft, decided once: those of the new English, and those that only the translation has.

A column that the translators left out stays out, and one of their own stays where it is. A column that English adds may
be there already, if its cells tell; otherwise it is added.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from bot.alignment.bitext import Bitext
from bot.alignment.columns import Columns, TablePair, agree, table_pairs
from bot.document.model import Document
from bot.document.sentences import normal
from bot.document.tables import Table, cell_texts, column_fields

_UNLIKE = 12.0
"""Cost of two cells that share no letter, in two versions of the English (a guess)."""

_AGREED = 0.5
"""A column of the translators that agrees with one that English adds in a larger share of rows is it (a guess)."""


@dataclass(frozen=True)
class Column:
    """A column of a draft: its number in the ``new`` English and in the translation (``ours``); -1 if it has none."""

    new: int
    ours: int


@dataclass(frozen=True)
class Layout:
    """The ``columns`` of a table of the new English (``table``) in the draft; ``ours`` is the table of the translation.

    ``origins`` are the columns of the old English, ``old``, for each of the new. ``ahead`` are the new columns that the
    translation has of its own, ``added`` those that it may have: it has columns of its own that they may be.
    """

    table: Table
    old: Table
    ours: Table
    origins: Columns
    columns: tuple[Column, ...]
    ahead: frozenset[int] = frozenset()
    added: tuple[int, ...] = ()

    @property
    def own(self) -> tuple[int, ...]:
        """The columns that only the translation has."""
        return tuple(c.ours for c in self.columns if c.new < 0)

    @property
    def plain(self) -> bool:
        """Whether old and new English and the translation have the same columns in the same order."""
        same = tuple(range(self.table.width))
        return self.origins == same and self.columns == tuple(Column(n, n) for n in same) and self.stays

    @property
    def stays(self) -> bool:
        """Whether the draft has just the columns that the translation has."""
        return [c.ours for c in self.columns] == list(range(self.ours.width))


def layouts(
    bitext: Bitext, new: Document, origin: Mapping[int, int], settled: Collection[int] = ()
) -> dict[int, Layout]:
    """The layouts of the tables that the translation has, by the blocks of the new English that are of the table.

    Tables of which all blocks are ``settled``, and from one table, have none: nothing in them changes.
    """
    versions = table_pairs(new, bitext.source, origin.items(), _unlike)
    found: dict[int, Layout] = {}
    for pair in versions.values():
        ours = bitext.tables.get(pair.other.header)
        lines = (*pair.table.lines, pair.table.line)
        same = all(n in settled and (n == pair.table.line or pair.other.has(origin[n])) for n in lines)
        if ours and not same:
            layout = _layout(pair, ours, _rows_of(pair, ours, bitext, new, origin))
            found |= dict.fromkeys(lines, layout)
    return found


def moved_rows(old: Document, new: Document, origin: Mapping[int, int]) -> dict[int, int]:
    """New rows that come from old ones elsewhere in their table: the first cells are the same, and no others'.

    Rows that ``origin`` has already are among them if they are exchanged; by numbers only if they are more alike so.
    """
    found: dict[int, int] = {}
    for pair in table_pairs(new, old, origin.items(), _unlike).values():
        sides = _by_first_cell(new, pair.table), _by_first_cell(old, pair.other)
        for j, i in ((j, sides[1][key]) for key, j in sides[0].items() if key in sides[1]):
            named = any(map(str.isalpha, new.blocks[j].contents[0]))
            here, there = (ratio(new.blocks[j].text, old.blocks[k].text) for k in (i, origin.get(j, i)))
            if j not in origin or (origin[j] != i and (named or here > there)):
                found[j] = i
    holder = {i: j for j, i in origin.items()}
    while stay := [j for j, i in found.items() if i in holder and holder[i] not in found]:
        for j in stay:
            del found[j]
    return found


def _by_first_cell(document: Document, table: Table) -> dict[str, int]:
    """The rows of a table by their first cells, if these are different and have a word."""
    found: dict[str, list[int]] = {}
    for n in table.rows:
        block = document.blocks[n]
        if len(block.fields) > 1 and any(map(str.isalnum, block.contents[0])):
            found.setdefault(normal(block.contents[0]), []).append(n)
    return {key: rows[0] for key, rows in found.items() if len(rows) == 1}


def row_cells(
    found: Mapping[int, Layout], old: Document, new: Document, origin: Mapping[int, int]
) -> dict[tuple[int, int], dict[int, int]]:
    """For rows of tables: the field of the old row that is in the column of each field of the new one."""
    out: dict[tuple[int, int], dict[int, int]] = {}
    for j, layout in found.items():
        i = origin.get(j, -1)
        if layout.old.has(i) and j != layout.table.line:
            before = {column: number for number, column in column_fields(old.blocks[i]).items()}
            now = column_fields(new.blocks[j])
            at = {number: layout.origins[column] for number, column in now.items() if column < layout.table.width}
            out[i, j] = {number: before[column] for number, column in at.items() if column in before}
    return out


def _unlike(one: str, other: str) -> float:
    return _UNLIKE * (1 - ratio(one, other) / 100)


_Cells = tuple[tuple[str, ...], tuple[str, ...]]


def _rows_of(
    pair: TablePair, ours: TablePair, bitext: Bitext, new: Document, origin: Mapping[int, int]
) -> list[_Cells]:
    """The cells of the rows of the new English, header first, with those of the translation."""
    partner = {left[0]: right[0] for left, right in bitext.groups if len(left) == len(right) == 1}
    rows = [(j, partner.get(origin.get(j, -1), -1)) for j in pair.table.rows]
    places = [(pair.table.header, ours.other.header), *((j, t) for j, t in rows if t in ours.other.rows)]
    return [(cell_texts(new.blocks[j]), cell_texts(bitext.target.blocks[t])) for j, t in places]


def _layout(pair: TablePair, ours: TablePair, rows: Sequence[_Cells]) -> Layout:
    at = {n: ours.columns[old] for n, old in enumerate(pair.columns) if old >= 0}
    known = {t for t in ours.columns if t >= 0}
    own = [t for t in range(ours.other.width) if t not in known]
    added = [n for n, old in enumerate(pair.columns) if old < 0]
    ahead: dict[int, int] = {}
    for n in added:
        found = [t for t in own if t not in ahead.values() and _agree(rows, n, t)]
        ahead |= {n: found[0]} if len(found) == 1 else {}
    at |= {n: ahead.get(n, -1) for n in added}
    own = [t for t in own if t not in ahead.values()]
    columns = _ordered(pair.columns, at, own, [n for n in added if n not in ahead])
    doubtful = tuple(n for n in added if n not in ahead) if own else ()
    return Layout(pair.table, pair.other, ours.other, pair.columns, columns, frozenset(ahead), doubtful)


def _ordered(origins: Columns, at: Mapping[int, int], own: Sequence[int], added: Sequence[int]) -> tuple[Column, ...]:
    """The columns of the draft: in the order of the translation, unless only English moved some.

    ``at`` is the column of the translation for each of the new English, ``added`` are those that go beside what they
    are beside in the English.
    """
    kept = [(n, t) for n, t in at.items() if t >= 0]
    if _moved(origins, at):
        columns = [Column(n, t) for n, t in sorted(kept)]
        for t in own:  # behind what it is behind in the translation
            before = [k for k, c in enumerate(columns) if 0 <= c.ours < t]
            behind = max(before, key=lambda k: columns[k].ours) + 1 if before else 0
            columns.insert(behind, Column(-1, t))
    else:
        columns = sorted([*(Column(n, t) for n, t in kept), *(Column(-1, t) for t in own)], key=lambda c: c.ours)
    for n in added:
        places = {c.new: k for k, c in enumerate(columns) if c.new >= 0}
        before = [places[m] + 1 for m in range(n) if m in places][-1:]
        after = [places[m] for m in range(n + 1, len(origins)) if m in places][:1]
        columns.insert((before or after or [0])[0], Column(n, -1))
    return tuple(columns)


def _moved(origins: Columns, at: Mapping[int, int]) -> bool:
    """Whether only English moved columns."""
    both = [(old, at[n]) for n, old in enumerate(origins) if old >= 0 <= at[n]]
    return both != sorted(both) and [t for _, t in sorted(both)] == sorted(t for _, t in both)


def _agree(rows: Sequence[_Cells], new: int, ours: int) -> bool:
    """Whether a column of the translation is one that English adds: the headers are equal, or most cells agree.

    Empty cells and dashes tell nothing, unless there is nothing else: then nothing can be lost.
    """
    cells = [tuple(side[n] if n < len(side) else "" for side, n in zip(row, (new, ours), strict=True)) for row in rows]
    if normal(cells[0][0]) == normal(cells[0][1]) != "":
        return True
    telling = [(a, b) for a, b in cells[1:] if any(map(str.isalnum, a + b))]
    same = sum(agree(a, b) for a, b in telling)
    if not telling:
        return len(cells) > 1 and all(normal(a) == normal(b) for a, b in cells[1:])
    return same > _AGREED * len(telling)
