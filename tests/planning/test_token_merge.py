"""A merge of tokens replaces code, never words of a sentence."""

from __future__ import annotations

import pytest

from bot.planning.token_merge import merge_tokens


@pytest.mark.parametrize(
    ("old", "new", "target", "expected"),
    [
        (
            '<img src="a.png" alt="A boat">',
            '<img src="b.png" alt="A boat">',
            '<img src="a.png" alt="Ein Boot">',
            "b.png",
        ),
        (r"a \le b \text{if} x", r"a \ge b \text{if} x", r"a \le b \text{falls} x", r"\ge b \text{falls}"),
        ("a ≤ b, if x", "a ≥ b, if x", "a ≤ b, 如果 x", "a ≥ b, 如果 x"),
        ('<a class="x wide">Two boats</a>', '<a class="x">Two boats</a>', '<a class="x wide">两条船</a>', '"x">两条船'),
    ],
)
def test_code_is_merged(old: str, new: str, target: str, expected: str) -> None:
    found = merge_tokens(old, new, target)
    assert expected in found.text and not found.flags


@pytest.mark.parametrize(
    ("old", "new", "target"),
    [
        ("Boats, sails and oars", "Boats, white sails and oars", "Barcos, velas y remos"),
        ("Boats, sails and oars", "Boats, sails and oars, too", "Barcos, velas y remos"),
        ("Boats, old sails and oars", "Boats, sails and oars", "Barcos, old velas y remos"),
        ("[Boats: 1] two sails", "[Boats: 1, new sails] two sails", "[船：1] 两张帆"),
    ],
)
def test_words_are_never_mixed(old: str, new: str, target: str) -> None:
    found = merge_tokens(old, new, target)
    assert found.text == target and len(found.flags) == 1
