"""What is read of a file, and what is refused."""

from __future__ import annotations

import pytest

from bot.document.tree import CHARACTERS, LINES, decoded
from bot.errors import AmtsError


@pytest.mark.parametrize(
    ("text", "bound"),
    [("a" * (CHARACTERS + 1), f"{CHARACTERS:,}"), ("a\n" * (LINES + 1), f"{LINES:,}"), ("a\r" * (LINES + 1), "lines")],
)
def test_a_file_beyond_a_bound_is_refused_by_name(text: str, bound: str) -> None:
    with pytest.raises(AmtsError) as refused:
        decoded(text.encode(), "log.md")
    assert refused.value.what == "log.md is too large" and bound in refused.value.why


@pytest.mark.parametrize("text", ["é" * CHARACTERS, "a\r\n\r\n" * LINES, "\n" * CHARACTERS])
def test_a_file_within_the_bounds_is_read(text: str) -> None:
    assert decoded(text.encode(), "log.md") == text
