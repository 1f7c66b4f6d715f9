"""Tables as their rows and columns."""

from __future__ import annotations

import pytest

from bot.document.markdown import parse
from bot.document.tables import cell_texts, column_fields, line_of, tables


def test_the_tables_of_a_document() -> None:
    text = "| a | b |\n|---|:-:|\n| 1 | 2 |\n\nText.\n\n> | c |\n> |---|\n> | 3 |\n> | 4 |\n\n---\n"
    assert [(t.header, t.line, t.width, t.rows) for t in tables(parse(text))] == [
        (0, 1, 2, range(2, 3)),
        (4, 5, 1, range(6, 8)),
    ]


def test_empty_cells_have_a_column_and_no_field() -> None:
    row = parse("| a | b | c |\n|---|---|---|\n|  | - | x \\| y |\n").blocks[2]
    assert cell_texts(row) == ("", "-", "x \\| y")
    assert column_fields(row) == {0: 2}


@pytest.mark.parametrize("text", ["| a |  | b |\n", "a | b", "  |a|b|  \r\n", "> | a ||\n"])
def test_the_pieces_of_a_line_are_all_of_it(text: str) -> None:
    line = line_of(text)
    assert line.opening + "|".join(line.cells) + line.closing == text
