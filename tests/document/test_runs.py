"""What an engine sees of a segment, and what parallel data says: the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.examples import examples

from bot.document.runs import plain, runs

PIECES = st.sampled_from(
    [
        "word ",
        "a",
        "*",
        "**",
        "_",
        "`x`",
        "$y$",
        ":numref:`z`",
        "[",
        "](u)",
        "![",
        "\\*",
        "\\`",
        "<b>",
        "</b>",
        "&amp;",
        "&",
        "<",
        "{",
        "}",
        "[**",
        "**]",
        "\n",
        " ",
        "。",
        "\ue000",
        "\U000f0001",
        "<https://a.b>",
        ":cite:`k`",
    ]
)


@examples(300)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_the_runs_joined_are_the_segment(text: str) -> None:
    assert "".join(run.text for run in runs(text)) == text
    assert "\n" not in plain(text)


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        ("A *boat* with **two** masts.", "A boat with two masts."),
        ("See [the *harbour*](https://a.b/c_d) now.", "See the harbour now."),
        ("Use `a_b * c_d` here.", "Use `a_b * c_d` here."),
        ("Where $x*y*z$, see :numref:`fig_a_b`.", "Where $x*y*z$, see :numref:`fig_a_b`."),
        ("[**Boats float.**] They do.", "Boats float. They do."),
        ("Rope \\& tar, 5 \\* 3.", "Rope & tar, 5 * 3."),
        ("snake_case_words stay", "snake_case_words stay"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("Fish &amp; chips &lt; sea", "Fish & chips < sea"),
        ("H<sub>2</sub>O", "H2O"),
        ("two\nlines", "two lines"),
    ],
)
def test_what_is_seen(markdown: str, seen: str) -> None:
    assert plain(markdown) == seen


@examples(300)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_tags_are_nested_and_nothing_else_is_paired(text: str) -> None:
    open_pairs: list[int] = []
    for run in runs(text):
        if run.kind == "open":
            open_pairs.append(run.pair)
        elif run.kind == "close":
            assert open_pairs.pop() == run.pair
        else:
            assert run.pair == -1 and run.text
    assert not open_pairs


def test_pairs_are_links_emphasis_slides_and_html() -> None:
    found = [(r.kind, r.text) for r in runs("[**A *b* [c](d)**] <i>e</i>**")]
    assert found == [
        ("open", "[**"),
        ("text", "A "),
        ("open", "*"),
        ("text", "b"),
        ("close", "*"),
        ("text", " "),
        ("open", "["),
        ("text", "c"),
        ("close", "](d)"),
        ("close", "**]"),
        ("text", " "),
        ("open", "<i>"),
        ("text", "e"),
        ("close", "</i>"),
        ("text", "**"),
    ]
