"""The habits of the translators of a language, counted in their documents."""

from __future__ import annotations

from dataclasses import fields

import pytest

from bot.style.measure import CLEAR, ENOUGH, Measured, measure
from bot.style.preferences import Style


@pytest.mark.parametrize(
    ("text", "language", "rule", "counts"),
    [
        ("使用 GPU 训练模型。", "zh", "latin", {"space": 2}),
        ("使用GPU训练模型。", "zh", "latin", {"none": 2}),
        ("使用 GPU训练模型。", "zh", "latin", {"space": 1, "none": 1}),
        ("调用 `f` 函数，很快。", "zh", "code", {"space": 2}),
        ("其中$x$是输入。", "zh", "math", {"none": 2}),
        ("参见 :numref:`sec_a`。", "zh", "before_role", {"space": 1}),
        ("vea :numref:`sec_a`.", "es", "before_role", {"space": 1}),
        ("他说“你好”，然后走了。", "zh", "quotes", {"curly": 1}),
        ("彼は「こんにちは」と言った。", "ja", "quotes", {"corner": 1}),
        ("风来了，雨也来了。", "zh", "punctuation", {"full": 2, "half": 0}),
        ("风来了,雨也来了。", "zh", "punctuation", {"full": 1, "half": 1}),
        ("Un barco. Una vela.", "es", "lines", {"paragraph": 1}),
        ("Un barco.\nUna vela.", "es", "lines", {"sentence": 1}),
        ("Un barco\ngrande. Una vela.", "es", "lines", {"wrapped": 1}),
        ("Un barco. Una vela.\nUn cabo.", "es", "lines", {}),
        ("Un barco.", "es", "lines", {}),
        ("# Un barco. Una vela.", "es", "lines", {}),
    ],
)
def test_a_habit_is_counted(text: str, language: str, rule: str, counts: dict[str, int]) -> None:
    assert measure([text + "\n"], language).counts[rule] == counts


def test_all_documents_are_counted_together() -> None:
    text = "Un barco. Una vela.\n"
    assert measure([f"{text}\n{text}", text], "es").counts["lines"] == {"paragraph": 3}


def test_every_rule_is_counted_even_if_nothing_was_met() -> None:
    counts = measure([], "zh").counts
    assert set(counts) == {field.name for field in fields(Style)} and not any(counts.values())


@pytest.mark.parametrize("text", ["```\n使用GPU训练\n```\n", "The GPU, not yet translated.\n", "$$使用GPU训练$$\n"])
def test_code_and_english_are_no_habits(text: str) -> None:
    assert not any(v for counts in measure([text], "zh").counts.values() for v in counts.values())


def test_spacing_of_scripts_is_a_matter_of_chinese_japanese_and_korean_only() -> None:
    assert measure(["使用 GPU 训练模型。\n"], "es").counts["latin"] == {}


def chosen(counts: dict[str, int], told: Style | None = None, rule: str = "latin") -> str:
    default = Style(latin="space", lines="paragraph")
    return str(getattr(Measured({rule: counts}).style(told or Style(), default), rule))


CLEARLY = int(ENOUGH * CLEAR)


@pytest.mark.parametrize(
    ("counts", "value"),
    [
        ({}, "space"),
        ({"none": ENOUGH - 1}, "space"),
        ({"none": ENOUGH}, "none"),
        ({"none": CLEARLY, "space": ENOUGH - CLEARLY}, "none"),
        ({"none": CLEARLY - 1, "space": ENOUGH - CLEARLY + 1}, "keep"),
        ({"none": ENOUGH // 2, "space": ENOUGH // 2}, "keep"),
    ],
)
def test_a_habit_is_a_rule_where_it_is_clear_and_off_where_habits_are_mixed(counts: dict[str, int], value: str) -> None:
    assert chosen(counts) == value


def test_lines_that_are_mostly_wrapped_are_no_rule() -> None:
    assert chosen({"wrapped": ENOUGH}, rule="lines") == "keep"
    assert chosen({"wrapped": ENOUGH, "sentence": ENOUGH}, rule="lines") == "keep"
    assert chosen({"wrapped": 1, "sentence": ENOUGH}, rule="lines") == "sentence"


def test_what_was_told_goes_before_what_was_counted() -> None:
    assert chosen({"none": ENOUGH}, Style(latin="space")) == "space"
    assert chosen({"none": ENOUGH}, Style(latin="keep")) == "keep"
    assert chosen({"none": ENOUGH}, Style(code="space")) == "none"
