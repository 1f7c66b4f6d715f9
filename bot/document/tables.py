"""The tables of a document: which rows are of one, and what is in each of their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.document.fields import bars, columns
from bot.document.model import Block, Document

UNDER_HEADER = re.compile(r"[ \t>]*+\|?+(?:[ \t]*+:?+-++:?+[ \t]*+\|?+)++\s*+")
"""The line under the header of a table: how many dashes it has does not show."""


@dataclass(frozen=True)
class Table:
    """The blocks of a table: its ``header``, the line under it, which has ``width`` cells, and the ``rows`` below."""

    header: int
    width: int
    rows: range

    @property
    def line(self) -> int:
        """The block of the line under the header."""
        return self.header + 1

    def has(self, block: int) -> bool:
        """Whether a block is the header or a row."""
        return block == self.header or block in self.rows

    @property
    def lines(self) -> tuple[int, ...]:
        """The blocks with cells: the header and the rows."""
        return (self.header, *self.rows)


def tables(document: Document) -> Iterator[Table]:
    """The tables of a document, in order."""
    blocks = document.blocks
    for n in range(1, len(blocks)):
        header, line = blocks[n - 1], blocks[n]
        if line.kind != "markup" or header.kind != "row" or header.gap or not UNDER_HEADER.fullmatch(line.text):
            continue
        end = n + 1
        while end < len(blocks) and blocks[end].kind == "row" and not blocks[end - 1].gap:
            end += 1
        yield Table(n - 1, len(columns(line.text)), range(n + 1, end))


def cell_texts(block: Block) -> tuple[str, ...]:
    """The texts of the cells of a row, or of the line under a header; empty ones too."""
    return tuple(block.text[a:b] for a, b in columns(block.text))


def column_fields(block: Block) -> dict[int, int]:
    """For each field of a row, by its number: the number of the column that it is in."""
    starts = {a: n for n, (a, b) in enumerate(columns(block.text)) if a < b}
    return {number: starts[lines[0][0]] for number, lines in enumerate(block.fields) if lines[0][0] in starts}


@dataclass(frozen=True)
class Line:
    """A row, or the line under a header, in pieces: its cells with the white space around them, between bars.

    ``opening`` and ``closing`` have the bars at its ends, if it has any, with what is outside of them.
    """

    opening: str
    cells: tuple[str, ...]
    closing: str

    @property
    def tight(self) -> bool:
        """Whether it has no white space around its cells."""
        return all(cell == cell.strip() for cell in self.cells)


def line_of(text: str) -> Line:
    """The pieces of a row, or of the line under a header."""
    edges = bars(text)
    cells = tuple(text[a + 1 : b] for a, b in pairwise(edges))
    return Line(text[: edges[0] + 1], cells, text[edges[-1] :])
