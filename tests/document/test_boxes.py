"""Where boxes open and close."""

from __future__ import annotations

import pytest

from bot.document.boxes import boxes
from bot.document.markdown import parse


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```{note}\nA boat.\n```\n", {0: 2}),
        ("````{note}\n```{tip}\nA boat.\n```\n````\n", {0: 4, 1: 3}),
        ("> ```{note}\n> A boat.\n> ```\n", {0: 2}),
        ("````{note}\n```{tip}\nA boat.\n````\n", {0: 3}),
        ("```{note}\n```{tip}\nA boat.\n```\n", {0: 3}),
        ("```{note}\nA boat.\n", {}),
        ("```python\nx = 1\n```\n", {}),
    ],
)
def test_boxes_are_found_with_their_ends(text: str, found: dict[int, int]) -> None:
    assert boxes(parse(text)) == found
