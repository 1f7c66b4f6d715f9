"""Formulas as MathML: known elements only, whatever is in the LaTeX."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reporting.review_page.mathematics import LONGEST, mathml

PIECES = st.sampled_from(
    r"x { } ^ _ & \\ \frac \text{<b>x</b>} \href{javascript:x}{y} \class{a}{b} < \begin{aligned} \end{aligned} \left( "
    r"\style{color:red}{x} \sqrt &lt;b&gt; \color{red}".split(" ")
)


def test_a_formula_is_mathml() -> None:
    found = mathml(r"\mathbf{x}^\top \in \mathbb{R}^n")
    assert found and "𝐱" in found and found.startswith('<math display="inline">') and "msup" in found


def test_equations_are_aligned_and_have_no_numbers_of_their_own() -> None:
    found = mathml(r"\begin{aligned} a &= b \\ c &= d \end{aligned}", True)
    assert found and found.count("<mtr>") == 2 and found.startswith('<math display="block">') and "(1)" not in found


@given(st.lists(PIECES, max_size=12).map("".join), st.booleans())
def test_nothing_but_formulas_comes_of_any_latex(latex: str, display: bool) -> None:
    found = mathml(latex, display)
    if found is not None:
        assert not re.search(r"(?i)href|class|style=|<(?!/?m[a-z]+)|javascript:(?!.*</mi>)", found)


@pytest.mark.parametrize("latex", [r"\unknown x", r"\frac{", "x" * (LONGEST + 1), "{" * 150 + "}" * 150])
def test_what_cannot_be_shown_as_a_formula_is_none(latex: str) -> None:
    assert mathml(latex) is None
