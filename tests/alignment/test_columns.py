"""The columns of a table and of its translation, decided by all its rows."""

from __future__ import annotations

import pytest

from bot.alignment.columns import Columns, match_columns, table_pairs, translation_cost
from bot.document.markdown import parse

ENGLISH = [
    "Name | Default | What it is for",
    "`keel` | 12 | It holds the boat upright",
    "`sail` | 30 | It catches the wind",
]


def matched(*rows: str, english: list[str] = ENGLISH) -> Columns:
    cells = [
        tuple([cell.strip() for cell in row.split("|")] for row in both) for both in zip(english, rows, strict=True)
    ]
    widths = [max(len(row[side]) for row in cells) for side in (0, 1)]
    return match_columns([(one, other) for one, other in cells], widths[0], widths[1], translation_cost(0.5))


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (["名称 | 默认 | 它的用途", "`keel` | 12 | 它使船直立", "`sail` | 30 | 它捕捉风"], (0, 1, 2)),
        (["备注 | 名称 | 默认 | 用途", "重 | `keel` | 12 | 它使船直立", "白 | `sail` | 30 | 它捕捉风"], (1, 2, 3)),
        (["名称 | 默认 | 用途 | 备注", "`keel` | 12 | 它使船直立 |", "`sail` | 30 | 它捕捉风 | 白"], (0, 1, 2)),
        (["名称 | 它的用途", "`keel` | 它使船直立", "`sail` | 它捕捉风"], (0, -1, 1)),
        (["名称 | 它的用途 | 默认", "`keel` | 它使船直立 | 12", "`sail` | 它捕捉风 | 30"], (0, 2, 1)),
        (["它的用途 | 名称 | 默认", "它使船直立 | `keel` | 12", "它捕捉风 | `sail` | 30"], (1, 2, 0)),
    ],
    ids=["the same", "an own one first", "an own one last", "one left out", "exchanged", "moved"],
)
def test_all_rows_tell_which_columns_are_the_same(rows: list[str], columns: Columns) -> None:
    assert matched(*rows) == columns


def test_columns_that_are_equal_to_each_other_keep_their_order() -> None:
    assert matched("甲 | 乙", "x | x", "x | x", english=["A | B", "x | x", "x | x"]) == (0, 1)


def test_a_table_without_a_row_in_common_has_no_pair() -> None:
    one, other = (parse(f"| {a} | b |\n|---|---|\n| {a} | 2 |\n") for a in "xy")
    assert table_pairs(one, other, [], translation_cost(1.0)) == {}
    pair = table_pairs(one, other, [(2, 2)], translation_cost(1.0))[0]
    assert (pair.columns, pair.plain) == ((0, 1), True)


def test_a_table_of_very_many_columns_is_paired_by_place() -> None:
    wide = "|".join(["x"] * 200)
    assert matched(wide, wide, wide, english=[wide] * 3) == tuple(range(200))
