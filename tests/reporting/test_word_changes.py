"""Two versions of a sentence as runs of words: nothing is lost, and what stays is not marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.reporting.word_changes import Run, word_changes

TEXTS = st.text(st.sampled_from("ab `$x我们 \ue000.\n"), max_size=30)


@given(TEXTS, TEXTS, st.sampled_from(["en", "zh"]))
def test_both_versions_can_be_read_from_the_runs(old: str, new: str, language: str) -> None:
    runs = word_changes(old, new, language)
    for text, mark in ((old, "ins"), (new, "del")):
        said = "".join(run.text for run in runs if run.mark != mark)
        assert "".join(said.split()) == "".join(text.split())


def test_only_the_words_that_changed_are_marked() -> None:
    runs = word_changes("The hull is made of old wood.", "The hull is made of light wood.")
    assert [(r.mark, r.text) for r in runs] == [
        ("same", "The hull is made of"),
        ("del", "old"),
        ("ins", "light"),
        ("same", "wood."),
    ]


def test_a_formula_is_one_word() -> None:
    runs = word_changes("We call it $a + b$ here again.", "We call it $a + c$ here again.")
    assert Run("del", "$a + b$") in runs and Run("ins", "$a + c$") in runs


def test_characters_are_words_where_a_language_has_no_spaces() -> None:
    runs = word_changes("它有一个船体和一根桅杆。", "它有一个船体和两根桅杆。", "zh")
    assert [r.text for r in runs if r.mark != "same"] == ["一", "两"]


def test_sentences_with_little_in_common_are_whole() -> None:
    assert word_changes("One boat.", "Many sails are white.") == (
        Run("del", "One boat."),
        Run("ins", "Many sails are white."),
    )
    assert word_changes("", "New.") == (Run("ins", "New."),)
