"""Alignment of the columns of a table with those of its translation, or of its next version.

Decided once for a table, from its header and all its rows: the cells of one row are too few and too short to tell
which column only one side has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.alignment.gale_church import best_path, distance, piece
from bot.alignment.sequences import increasing
from bot.document.model import Document
from bot.document.sentences import normal
from bot.document.tables import Table, cell_texts, tables

Columns = tuple[int, ...]
"""For each column of one side, the number of the same column of the other side; -1 for none."""

Cells = tuple[Sequence[str], Sequence[str]]
"""The cells of a row on both sides."""

CellCost = Callable[[str, str], float]
"""The cost of two cells, neither of them empty, that are to be the same."""

_AGREED = 0.5
"""Share of the rows in which two columns are equal from which they are the same wherever they are (a guess)."""

_HALF_EMPTY = 3.0
"""Cost of a cell that is empty on one side only (a guess)."""

_LACKS = 3.0
"""Additional cost of cells of which one has code, math or numbers, and the other none of them (a guess)."""

_SKIP = 4.5
"""Cost of a column without a partner; a pair that costs more than two of them is refused."""

_MOVED = 0.5
"""The same for columns on different sides of those that are equal in both: only what fits well was moved (a guess)."""

_LATER = 0.01
"""Cost for each column further right: columns that only one side has are mostly the last ones (a guess)."""

_SURE = 1.0
"""Mean cost of the cells of two columns from which they may not be the same (a guess)."""

_ENOUGH = 40
"""Rows that tell how the columns correspond; further ones are not read."""

_WIDE = 64
"""Columns above which they are paired by place; no real table has so many."""


@dataclass(frozen=True, eq=False)
class TablePair:
    """A table with its other side; ``rows`` are those that are the same in both ``documents``, ``cost`` is of cells."""

    table: Table
    other: Table
    rows: Sequence[tuple[int, int]]
    documents: tuple[Document, Document]
    cost: CellCost

    @cached_property
    def columns(self) -> Columns:
        """For each column of the table, the same one of the other."""
        return match_columns(self._cells, self.table.width, self.other.width, self.cost)

    @cached_property
    def doubtful(self) -> frozenset[int]:
        """The columns of the table of which the one of the other may be another one."""
        return _doubtful(self._cells, self.columns, self.cost)

    @property
    def plain(self) -> bool:
        """Whether both sides have the same columns in the same order."""
        return self.columns == tuple(range(self.other.width))

    @cached_property
    def _cells(self) -> list[Cells]:
        (one, two), heads = self.documents, (self.table.header, self.other.header)
        same = sorted((i, j) for i, j in self.rows if i in self.table.rows and j in self.other.rows)
        return [(cell_texts(one.blocks[i]), cell_texts(two.blocks[j])) for i, j in (heads, *same[: _ENOUGH - 1])]


def table_pairs(
    source: Document, target: Document, rows: Iterable[tuple[int, int]], cost: CellCost
) -> dict[int, TablePair]:
    """The tables of ``source`` that ``target`` has too, by their headers.

    ``rows`` are the rows, and lines under a header, that are the same.
    """
    sides = [{n: t for t in tables(side) for n in (*t.lines, t.line)} for side in (source, target)]
    shared: dict[tuple[Table, Table], list[tuple[int, int]]] = {}
    for i, j in rows if all(sides) else ():
        if i in sides[0] and j in sides[1]:
            shared.setdefault((sides[0][i], sides[1][j]), []).append((i, j))
    found: dict[int, TablePair] = {}
    for one, other in sorted(shared, key=lambda pair: -len(shared[pair])):
        found.setdefault(one.header, TablePair(one, other, shared[one, other], (source, target), cost))
    return found


def translation_cost(scale: float) -> CellCost:
    """The cost of a cell and its translation; ``scale`` is as in ``Bitext``."""

    def cost(cell: str, other: str) -> float:
        one, two = piece(cell), piece(other)
        lacks = bool(one.hard or two.hard) and one.hard.isdisjoint(two.hard)
        return distance(one, two, scale) + (_LACKS if lacks else 0.0)

    return cost


def agree(cell: str, other: str) -> bool:
    """Whether a cell may be the translation of another: they are equal, or share code, math, numbers or names."""
    return normal(cell) == normal(other) or bool(_kept(cell) & _kept(other))


def _kept(text: str) -> frozenset[str]:
    """What a translation keeps of a cell; tags are in any text."""
    found = piece(text)
    return found.words.union(item for item, _ in found.hard if not item.startswith("<"))


def match_columns(rows: Sequence[Cells], width: int, other: int, cost: CellCost) -> Columns:
    """Which columns are the same, by the ``rows`` of both sides, of which the first are the headers.

    Columns that are equal in most rows are the same even where one side has them in another order; the others keep
    theirs. ``width`` and ``other`` are the numbers of columns.
    """
    heads = [[normal(text) for text in side] for side in rows[0]]
    if max(width, other) > _WIDE or (heads[0] == heads[1] and len({*heads[0]}) == width == other and all(heads[0])):
        return tuple(n if n < other else -1 for n in range(width))
    pinned = _equal_columns(rows, width, other)
    taken = set(pinned.values())
    steady = increasing(sorted(pinned.items()))
    between: list[tuple[list[int], list[int]]] = []
    i = j = 0
    for a, b in [*steady, (width, other)]:
        between.append(([n for n in range(i, a) if n not in pinned], [n for n in range(j, b) if n not in taken]))
        i, j = a + 1, b + 1
    found = dict(pinned)
    for lefts, rights in between:
        found |= _in_order(rows, lefts, rights, cost, _SKIP)
    if pinned:  # a column that was moved leaves others, if only it is equal on both sides
        lefts, rights = (
            [n for n in range(size) if n not in known] for size, known in ((width, found), (other, {*found.values()}))
        )
        found |= _in_order(rows, lefts, rights, cost, _MOVED)
    return tuple(found.get(n, -1) for n in range(width))


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _equal_columns(rows: Sequence[Cells], width: int, other: int) -> dict[int, int]:
    """The columns that are equal in most rows and more so than any other; a header counts as much as all other rows."""
    body = max(1, len(rows) - 1)
    alike: Counter[tuple[int, int]] = Counter()
    for number, (one, two) in enumerate(rows):
        for i in range(width):
            text = normal(_cell(one, i))
            if any(map(str.isalnum, text)):
                alike.update({(i, j): 1 if number else body for j in range(other) if normal(_cell(two, j)) == text})
    most: tuple[Counter[int], Counter[int]] = Counter(), Counter()
    often: Counter[tuple[int, int]] = Counter()
    for pair, count in alike.items():
        for side, n in enumerate(pair):
            most[side][n] = max(most[side][n], count)
    best = [pair for pair, n in alike.items() if n >= _AGREED * body and all(n == most[k][pair[k]] for k in (0, 1))]
    for pair in best:
        often.update(enumerate(pair))
    return {i: j for i, j in best if often[0, i] == often[1, j] == 1}


def _in_order(
    rows: Sequence[Cells], lefts: Sequence[int], rights: Sequence[int], cost: CellCost, skip: float
) -> dict[int, int]:
    """The same columns among some of both sides, in order; ``skip`` is the cost of one without a partner."""

    def mean(i: int, di: int, j: int, dj: int) -> float:
        return _mean(rows, lefts[i], rights[j], cost) + _LATER * j if di and dj else skip

    beads = best_path(len(lefts), len(rights), mean, ((1, 1), (1, 0), (0, 1)))
    return {lefts[x[0]]: rights[y[0]] for x, y in beads if x and y}


def _mean(rows: Sequence[Cells], i: int, j: int, cost: CellCost) -> float:
    """The mean cost of the cells of two columns."""
    cells = ((_cell(one, i), _cell(two, j)) for one, two in rows)
    found = [cost(a, b) if a and b else _HALF_EMPTY for a, b in cells if a or b]
    return sum(found) / max(1, len(found))


def _doubtful(rows: Sequence[Cells], columns: Columns, cost: CellCost) -> frozenset[int]:
    """The columns whose partners fit badly, or are in another place without being equal."""
    both = [(n, t) for n, t in enumerate(columns[:_WIDE]) if t >= 0]
    equal = _equal_columns(rows, len(columns), max(columns, default=0) + 1) if both else {}
    apart = {n for n, t in both if any((m < n) != (u < t) for m, u in both)}
    rest = [(n, t) for n, t in both if equal.get(n) != t]
    return frozenset(n for n, t in rest if n in apart or _mean(rows, n, t, cost) > _SURE)
