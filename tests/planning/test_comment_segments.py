"""Comments that English added to code, as segments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.document.fence_language import language_of
from bot.document.markdown import parse
from bot.document.segment import Segment
from bot.document.structure import comment_problem
from bot.planning.comment_segments import comment_segments


def found(code: str, had: str = "") -> list[Segment]:
    (block,) = parse(code).blocks
    parts = comment_segments(block.text, block.text, had, language_of(block))
    assert "".join(p if isinstance(p, str) else p.laid_out(p.source) for p in parts) == block.text
    return [part for part in parts if isinstance(part, Segment)]


def said(code: str, language: str = "python", had: str = "") -> list[str]:
    return [segment.source for segment in found(f"```{language}\n{code}\n```\n", had)]


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", "# Some words here"),
        ("python", "x = 1  # Some words here"),
        ("python", 'def f():\n    """Some words here"""'),
        ("bash", "# Some words here\nls"),
        ("r", "#' Some words here"),
        ("c", "/* Some words here */"),
        ("js", "let x; // Some words here"),
        ("rust", "/// Some words here"),
        ("sql", "SELECT 1; -- Some words here"),
        ("lua", "-- Some words here"),
        ("haskell", "{- Some words here -}"),
        ("ocaml", "(* Some words here *)"),
        ("html", "<!-- Some words here -->"),
        ("tex", "% Some words here"),
        ("matlab", "%% Some words here"),
        ("ini", "; Some words here"),
        ("fortran", "! Some words here"),
        ("yaml", "a: 1  # Some words here"),
    ],
)
def test_comments_in_each_syntax(language: str, code: str) -> None:
    assert said(code, language) == ["Some words here"]


@pytest.mark.parametrize(
    "code",
    [
        "# total = 0",
        "# noqa",
        "# type: ignore[arg-type]",
        "#@save",
        "#| echo: false",
        "# ----------",
        "# for x in range(9):",
        "# import numpy as np",
        'print("some words here")',
        "#!/usr/bin/env python",
    ],
)
def test_what_is_code_or_for_a_tool_is_no_segment(code: str) -> None:
    assert said(f"{code}\nx = 1") == []


@pytest.mark.parametrize(
    "words",
    [
        "-*- coding: utf-8 -*-",
        "vim: set ts=4 sw=4",
        "SPDX-License-Identifier: MIT",
        "istanbul ignore next",
        "shellcheck disable=SC2086",
        "ruff: noqa",
        "doctest: +SKIP",
        "frozen_string_literal: true",
        "syntax=docker/dockerfile:1",
        "tag::example[]",
        "ANCHOR: all",
        "highlight-next-line",
        'requires-python = ">=3.11"',
    ],
)
def test_directives_for_tools_stay(words: str) -> None:
    assert said(f"# {words}\n# Some words here") == ["Some words here"]


def test_words_that_only_begin_like_a_directive_are_translated() -> None:
    for words in ("Black pixels are zeros", "Anchor the boat: it drifts", "Highlight the next line", "Check = marks"):
        assert said(f"x = 1  # {words}") == ([words] if "=" not in words else [])


def test_code_between_two_comments_of_a_line_is_never_translated() -> None:
    assert not any("int y" in words for words in said("int x; /* the first one */ int y; /* the second one */", "c"))


def test_a_wrapped_comment_is_one_segment_and_keeps_its_marks() -> None:
    (one,) = found("```python\nif x:\n    # Count all stones\n    # of an arch\n    y = 1\n```\n")
    assert one.source == "Count all stones\nof an arch" and one.laid_out("数一数\n石头") == "数一数\n    # 石头"
    (block,) = found("```js\n/**\n * Count all stones\n * of an arch\n */\nx();\n```\n")
    assert block.source == "Count all stones\nof an arch" and block.laid_out("a\nb") == "a\n * b"


def test_a_draft_behind_code_never_gets_a_second_line() -> None:
    (one,) = found("```python\nx = 1  # the first one\n```\n")
    assert one.laid_out("a\nb") == "a b"


def test_entries_of_a_list_are_apart() -> None:
    assert said("# Two things:\n# - a small stone\n# - a large stone") == [
        "Two things:",
        "- a small stone",
        "- a large stone",
    ]


def test_headings_of_a_docstring_stay() -> None:
    parameters = "    Parameters\n    ----------\n    x : int\n        The number of stones\n"
    code = f'def f(x):\n    """Counts all stones.\n\n{parameters}    """'
    assert said(code) == ["Counts all stones.", "The number of stones"]


def test_what_the_translation_left_in_english_is_not_new() -> None:
    assert said("# Some words here\nx = 1", had="```python\n# Some words here\nx = 0\n```") == []


@pytest.mark.parametrize("draft", ["ends */ here", 'says "', "a\n```\nb", "C:\\"])
def test_a_draft_that_would_end_its_comment_is_refused(draft: str) -> None:
    assert comment_problem("Some words here", draft)
    assert not comment_problem("Some words here", "Ein paar Wörter")


lines = st.sampled_from(
    [
        "# Some words",
        "#  of it ",
        "x = 1  # and more",
        '"""',
        "  ",
        "# - one",
        "/* a b",
        "*/",
        "s = 'a b'",
        " * it is",
        "#",
    ]
)


@given(st.lists(lines, max_size=9), st.sampled_from(["python", "js", "html", "yaml", "text"]))
def test_nothing_is_lost_whatever_the_code(code: list[str], language: str) -> None:
    text = "\n".join([f"```{language}", *code, "```"])
    parts = comment_segments(text, text, "", language)
    assert "".join(p if isinstance(p, str) else p.laid_out(p.source) for p in parts) == text
