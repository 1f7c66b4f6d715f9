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


@pytest.mark.parametrize(
    ("old", "new", "target", "expected", "flags"),
    [
        (
            '<Tab id="a" label="Boats">',
            '<Tab id="b" label="Ships">',
            '<Tab id="a" label="船">',
            '<Tab id="b" label="船">',
            1,
        ),
        ('<Tab label="Boats" />', '<Tab label="Ships" />', '<Tab label="Boats" />', '<Tab label="Ships" />', 0),
        ('<Tab label="Boats" />', '<Tab label="Ships" />', '<Tab label="Ships" />', '<Tab label="Ships" />', 0),
        ("<Tab label='Boats' />", "<Tab label='Ships' id='a' />", "<Tab label='船' />", "<Tab label='船' id='a' />", 1),
        ('<Tab id="a" />', '<Tab id="a" label="Two boats" />', '<Tab own="是" id="a" />', 'label="Two boats"', 1),
        ('<Tab id="a" label="Boats" />', '<Tab id="b" />', '<Tab id="a" label="船" />', '<Tab id="b" />', 0),
        (
            '<A alt="One" title="Two" /><A alt="Three" />',
            '<A alt="One" title="Two" /><A alt="Four" src="x" />',
            '<A alt="一" title="二" /><A alt="三" />',
            '<A alt="一" title="二" /><A alt="三" src="x" />',
            1,
        ),
        ('<A alt="One" />', '<A alt="Two" /><A alt="Three" />', '<A alt="一" />', '<A alt="一" />', 1),
        (
            '{{< tab header="Boats" >}}',
            '{{< tab header="Ships" >}}',
            '{{< tab header="船" >}}',
            '{{< tab header="船" >}}',
            1,
        ),
    ],
)
def test_words_of_an_attribute_stay_and_are_flagged(old: str, new: str, target: str, expected: str, flags: int) -> None:
    found = merge_tokens(old, new, target)
    assert expected in found.text and len(found.flags) == flags
