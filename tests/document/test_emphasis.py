"""Emphasis that an English edit adds, changes or removes."""

from __future__ import annotations

import pytest

from bot.document.emphasis import carry_emphasis, spans, uncarried

OLD = "A boat of Oak floats on `*x*` water."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a *b* __c d__ ***e***", ["b", "c d", "e"]),
        ("`*a*` 2 * 3 * 4 snake_case_name $a_1 b_2$ [**f**] \\*g*", []),
        ("`x` *`y` z* and `long code` **w**", ["`y` z", "w"]),
    ],
)
def test_stretches_in_emphasis_are_found(text: str, found: list[str]) -> None:
    assert [span.words for span in spans(text)] == found
    assert all(text[s.start + s.marks : s.end - s.marks] == s.words for s in spans(text))


@pytest.mark.parametrize(
    ("old", "new", "target", "expected"),
    [
        (OLD, OLD.replace("Oak", "**Oak**"), "Oak 制的船漂在 `*x*` 水上。", "**Oak** 制的船漂在 `*x*` 水上。"),
        (OLD, OLD.replace("Oak", "**Oak**"), "由Oak制的船，Oak。", "由Oak制的船，Oak。"),
        (OLD, OLD.replace("Oak", "**Oak**"), "Un barco de Oaken.", "Un barco de Oaken."),
        (OLD, OLD.replace("Oak", "**Oak**"), "Un barco de `Oak`.", "Un barco de `Oak`."),
        ("A *small* boat.", "A small boat.", "Un barco *pequeño*.", "Un barco pequeño."),
        ("A *small* boat.", "A **small** boat.", "*작은* 배.", "**작은** 배."),
        ("A *small* boat.", "A _small_ boat.", "*작은* 배.", "*작은* 배."),
        ("A *small* boat.", "A boat.", "Un barco *pequeño*.", "Un barco *pequeño*."),
        ("A *small* *old* boat.", "A small *old* boat.", "*旧的* *小*船。", "*旧的* *小*船。"),
        ("A *small* boat.", "A small boat.", "**Un** barco *pequeño*.", "**Un** barco *pequeño*."),
    ],
)
def test_emphasis_is_carried_where_its_place_is_certain(old: str, new: str, target: str, expected: str) -> None:
    assert carry_emphasis(old, new, target) == expected


@pytest.mark.parametrize(
    ("new", "target", "named"),
    [
        ("**Never** sail.", "Nunca navegues.", ["**Never**"]),
        ("**Never** sail.", "**Nunca** navegues.", []),
        ("__Never__ *sail*.", "**Nunca** navegues.", ["**Never**", "*sail*"]),
        ("Never sail.", "Nunca navegues.", []),
    ],
)
def test_emphasis_that_a_translation_lacks_is_named(new: str, target: str, named: list[str]) -> None:
    assert uncarried("Never sail.", new, target) == named
