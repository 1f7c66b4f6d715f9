"""Alignment of the cells of a row of a table with those of its translation, which may have more or fewer columns."""

from __future__ import annotations

from collections.abc import Sequence

from bot.alignment.gale_church import PRIOR, Bead, Piece, best_path, distance

LATER = 0.01
"""Cost for each column further right: columns that only one side has are mostly the last ones (a guess)."""


def align_cells(source: Sequence[Piece], target: Sequence[Piece], scale: float) -> list[Bead]:
    """Beads of at most one cell per side, in order: no cell is ever half of a translation."""

    def cost(i: int, di: int, j: int, dj: int) -> float:
        return distance(source[i], target[j], scale) + LATER * j if di and dj else PRIOR[di, dj]

    return best_path(len(source), len(target), cost, ((1, 1), (1, 0), (0, 1)))
