"""A draft keeps the structure of its English; only divergence that is new counts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from support.books import Piece, books, source, target

from bot.document.markdown import parse
from bot.document.structure import Divergence, divergences, language_problem, segment_problem, structure

quick = settings(max_examples=12, derandomize=True)


def found(old: str, new: str, held: str, draft: str) -> tuple[Divergence, ...]:
    return divergences(parse(old), parse(new), parse(held), parse(draft))


@quick
@given(books(), books())
def test_a_full_translation_of_both_versions_does_not_diverge(one: list[Piece], two: list[Piece]) -> None:
    assert found(source(one), source(two), target(one), target(two)) == ()


@quick
@given(books())
def test_what_is_counted_does_not_depend_on_the_language(book: list[Piece]) -> None:
    assert structure(parse(source(book))) == structure(parse(target(book)))


def test_what_is_counted() -> None:
    text = (
        "See :numref:`sec_a`, :cite:`Sea.1`, `knot`, $x$ and [it](a.b).\n\n:label:`sec_b`\n\n"
        "$$a = b$$\n\n```python\n#@tab jax, mxnet\nx = 1\n```\n\n![A sail](c.svg)\n"
    )
    assert structure(parse(text)) == {
        ("reference", ":numref:`sec_a`"): 1,
        ("citation", ":cite:`Sea.1`"): 1,
        ("code span", "`knot`"): 1,
        ("math", "$x$"): 1,
        ("link target", "(a.b)"): 1,
        ("directive", ":label:`sec_b`"): 1,
        ("math", "$$a=b$$"): 1,
        ("fence", "jax"): 1,
        ("fence", "mxnet"): 1,
        **dict.fromkeys(structure(parse("![A sail](c.svg)\n")), 1),
    }


@pytest.mark.parametrize(
    ("draft", "diverges"),
    [
        ("Б `b`.\n", ()),
        ("Б.\n", (Divergence("code span", "`b`", 1, True),)),
        ("Б `b` `b`.\n", (Divergence("code span", "`b`", 1, False),)),
        ("Б `b` $x$.\n", (Divergence("math", "$x$", 1, False),)),
        ("Б `a` `b`.\n", (Divergence("code span", "`a`", 1, False),)),
    ],
)
def test_a_draft_that_does_other_than_the_edit(draft: str, diverges: tuple[Divergence, ...]) -> None:
    assert found("A `a`.\n", "B `b`.\n", "А `a`.\n", draft) == diverges


def test_old_drift_is_no_divergence() -> None:
    assert found("A `a` $x$.\n", "B `a` $x$ `b`.\n", "А `z`.\n", "Б `z` `b`.\n") == ()


def test_drift_that_a_draft_mends_is_no_divergence() -> None:
    assert found("A `a`.\n", "B `a`.\n", "А.\n", "Б `a`.\n") == ()
    assert found("A `a`.\n", "B.\n", "А.\n", "Б.\n") == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Der `Mast` $x$.", ""),
        ("$x$: `Mast`", ""),
        ("", "the draft is empty"),
        (" \n", "the draft is empty"),
        ("`Mast`\n\n$x$", "the draft breaks its paragraph"),
        ("`Mast`\n \t\n$x$", "the draft breaks its paragraph"),
        ("`Mast`", "the draft lacks $x$"),
        ("`Mast` $x$ $x$", "the draft adds $x$"),
        ("`mast` $x$", "the draft lacks `Mast`, adds `mast`"),
        ("`Mast` $ x $", ""),
    ],
)
def test_what_may_not_stand_for_a_segment(text: str, problem: str) -> None:
    assert segment_problem("The `Mast` $x$.", text) == problem


@pytest.mark.parametrize(
    ("english", "text", "language", "problem"),
    [
        ("The boat floats today.", "the boat  floats today.", "es", "the draft is the English"),
        ("Ada Lovelace", "Ada Lovelace", "es", ""),
        ("Use `a` `b` `c` `d` now", "Use `a` `b` `c` `d` now", "es", ""),
        ("The boat floats today.", "El barco flota hoy.", "es", ""),
        (
            "The boat floats today.",
            "The ship floats today.",
            "zh",
            "the draft is not in the script of zh",
        ),
    ],
)
def test_what_is_no_translation(english: str, text: str, language: str, problem: str) -> None:
    assert language_problem(english, text, ("en", language)) == problem


BOOK = "# A\n:label:`sec_a`\n\nText.\n\n## B\n:label:`sec_b`\n\nMore.\n"
HELD = "# А\n:label:`sec_a`\n\nТекст.\n\n## Б\n:label:`sec_b`\n\nЕщё.\n"


def test_a_label_that_leaves_its_section() -> None:
    moved = HELD.replace(":label:`sec_a`\n", "").replace("Ещё.", ":label:`sec_a`\n\nЕщё.")
    lost = (Divergence("label in its section", ":label:`sec_a`", 1, True),)
    assert found(BOOK, BOOK, HELD, moved) == lost
    assert found(BOOK, BOOK, moved, moved) == ()  # people put it there


def test_a_label_that_english_moves_too_or_that_cannot_be_compared() -> None:
    there, here = (t.replace(":label:`sec_b`\n", "").replace("# ", ":label:`sec_b`\n\n# ", 1) for t in (BOOK, HELD))
    assert found(BOOK, there, HELD, here) == ()
    assert found(BOOK, BOOK, HELD, HELD.replace("Текст.", "## Своё\n\nТекст.")) == ()
