"""What the words of a draft say against it: numbers that differ, English that is left; and what is no sign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.doubts import english_left, strange_numbers

ENGLISH = "The boat floats, but the old mast is broken."


@pytest.mark.parametrize(
    ("source", "text", "strange"),
    [
        ("It has 3 sails.", "Tiene 4 velas.", ("4",)),
        ("It has 3 sails.", "Tiene 3 velas.", ()),
        ("It has 3 sails.", "Tiene tres velas.", ()),
        ("It has three sails.", "它有3个帆。", ()),
        ("It has three sails.", "它有５个帆。", ("5",)),
        ("On June 5 of 2017 it sank.", "它在2017年6月5日沉没。", ()),
        ("It costs 1,500.75 crowns.", "Kostar 1.500,75 kronor.", ()),
        ("It costs 1,500 crowns.", "Kostar 1.600 kronor.", ("1.600",)),
        ("There are 10 million boats.", "有1000万条船。", ()),
        ("There are 60000 boats.", "有6万条船。", ()),
        ("There are 60000 boats.", "有7万条船。", ("7",)),
        ("There are 100,000 boats.", "有10万条船。", ()),
        ("There are 2.5 million boats.", "有250万条船。", ()),
        ("In the 1990s all 12 sank.", "在20世纪90年代，13条船都沉没了。", ("20", "90", "13")),
        ("In the 1990s it sank.", "它在20世纪90年代沉没。", ()),
        ("All but a sail is lost.", "1枚を除き帆は失われた。", ()),
        ("Steps (i) and (ii) follow.", "然后是第（1）和第（2）步。", ()),
        ("Use `x3` and $4y$ here.", "Usa `x3` y $4y$ aquí.", ()),
        ("Twenty-five of them float.", "Flotan 25 de ellos.", ()),
        ("Numbers 5 and 7 float.", "Flotan los números 7 y 7.", ("7",)),
    ],
)
def test_a_number_that_differs(source: str, text: str, strange: tuple[str, ...]) -> None:
    assert strange_numbers(source, text) == strange


@given(st.lists(st.integers(0, 9999), max_size=5))
def test_the_same_numbers_in_another_order_are_no_sign(numbers: list[int]) -> None:
    source = " boats ".join(map(str, numbers))
    assert strange_numbers(source, " barcos ".join(map(str, reversed(numbers)))) == ()


@pytest.mark.parametrize(
    ("source", "text", "left"),
    [
        (ENGLISH, "船浮着，but the old mast is broken。", "but the old mast is broken"),
        (ENGLISH, "Tekne yüzer, but the old mast is broken.", "but the old mast is broken"),
        ("The boat floats.", "船浮着。", ""),
        ("A long short-term memory cell is used.", "使用长短期记忆（long short-term memory cell is used）。", ""),
        ("See the Open Water Swimming Guide of the coast.", "参见Open Water Swimming Guide。", ""),
        ("Edit src/otel/config/extras.yml of the book.", "编辑src/otel/config/extras.yml。", ""),
        ("Run `the old mast is broken` here.", "运行 `the old mast is broken`。", ""),
    ],
)
def test_english_among_the_words(source: str, text: str, left: str) -> None:
    assert english_left(source, text) == left


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_read(source: str, text: str) -> None:
    strange_numbers(source, text)
    english_left(source, text)
    assert strange_numbers(source, source) == ()
