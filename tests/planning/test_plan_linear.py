"""A plan and its draft are work in proportion to the document, however hard that is to read and to align."""

from __future__ import annotations

import pytest
from support.calls import calls

from bot.drafting.draft import draft_document
from bot.planning.document_plan import plan_document, plan_new

PIECES = {
    "paragraphs": "a\n\n",
    "items": "- a\n",
    "empty items": "- \n",
    "headings": "# a\n\n",
    "definitions": "a\n: b\n\n",
    "sentences on one line": "(a) B. ",
    "sentences on lines of their own": "A word.\n",
    "numbers": "1,1" * 4,
    "quotes": "“",
    "pictures": "![",
    "code": "```\na\n```\n\n",
    "rows": "| a | b |\n",
    "attributes": "{#a}",
    "comments": "<!-- a -->",
}
FEW = 300


def work(piece: str, count: int, *, edited: bool) -> int:
    old = f"{piece * count}\n"
    new = f"# First\n\n{piece * (count // 2)}{piece.rstrip()} and words\n{piece * (count // 2)}\n"

    def drafted() -> None:
        plan = plan_document(old, new, old, language="de") if edited else plan_new(new, language="de")
        draft_document(plan, {}, old=old if edited else "", new=new)

    return calls(drafted)


@pytest.mark.parametrize("edited", [False, True], ids=["new", "edited"])
@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_twice_the_document_is_twice_the_work(piece: str, edited: bool) -> None:
    work(piece, 2, edited=edited)
    once, twice = (work(piece, n, edited=edited) for n in (FEW, 2 * FEW))
    assert twice < 2.3 * once + 200, (once, twice)
