"""Columns that translators added to a table: their cells stay where they are when English changes a row."""

from __future__ import annotations

import pytest

from bot.drafting.draft import draft_document
from bot.planning.document_plan import plan_document

OWN = "| 名称 | 用途 | 备注 |\n|---|---|---|\n| `keel` | 它使船直立 | 很重 |\n| `sail` | 它捕捉风 | 常是白色 |\n"
FIRST = "| 备注 | 名称 | 用途 |\n|---|---|---|\n| 重 | `keel` | 它使船直立 |\n| 白色 | `sail` | 它捕捉并使用海风 |\n"
OLD = "| Name | Use |\n|---|---|\n| `keel` | It holds the boat upright |\n| `sail` | It catches the wind |\n"
NEW = OLD.replace("catches the wind", "may be folded and put below the deck")


@pytest.mark.parametrize(
    ("target", "row"),
    [
        pytest.param(
            OWN,
            "| `sail` | It may be folded and put below the deck | 常是白色 |",
            id="last",
        ),
        pytest.param(
            FIRST,
            "| 白色 | `sail` | It may be folded and put below the deck |",
            id="first",
        ),
    ],
)
def test_a_cell_of_an_own_column_stays_in_it(target: str, row: str) -> None:
    plan = plan_document(OLD, NEW, target, language="zh")
    draft = draft_document(plan, {}, old=OLD, new=NEW).text
    assert draft.splitlines() == [*target.splitlines()[:3], row]


def test_a_cell_of_an_own_column_stays_where_english_has_no_words_any_more() -> None:
    new = OLD.replace("| `sail` |", "| - |")
    plan = plan_document(OLD, new, FIRST, language="zh")
    draft = draft_document(plan, {}, old=OLD, new=new).text
    assert draft.splitlines()[-1] == "| 白色 | - | 它捕捉并使用海风 |"
