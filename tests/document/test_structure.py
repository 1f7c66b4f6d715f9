"""A draft keeps the structure of its English; only divergence that is new counts."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from support.books import Piece, books, source, target

from bot.document.markdown import parse
from bot.document.structure import (
    Divergence,
    Drift,
    PieceKind,
    divergences,
    language_problem,
    segment_problem,
    structure,
)

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


def test_a_fence_counts_for_the_tabs_of_english_and_for_others_where_it_has_none_of_these() -> None:
    fence = "```python\n#@tab {}\nx = 1\n```\n"
    one, more, own = (fence.format(names) for names in ("jax", "jax, mxnet", "paddle"))
    assert found(one, more, fence.format("jax, paddle"), fence.format("jax, paddle, mxnet")) == ()
    assert found(one, "", f"{fence.format('jax, paddle')}\n{own}", own) == ()
    twice = found(one, more, f"{one}\n{own}", f"{more}\n{own}\n{own}")
    assert twice == (Divergence("fence", "paddle", 1, False),)


def test_what_english_has_now_and_the_translation_had_before_is_no_divergence() -> None:
    tab = ":begin_tab:`sail`\n\nText.\n\n:end_tab:\n"
    assert found("Text.\n", tab, tab, tab) == ()
    assert found("Text.\n", f"{tab}\n{tab}", "Text.\n", tab) != ()


@pytest.mark.parametrize("text", ["{0}\n\n{0}\n\n{1}", "{0}", "{1}", "{0}\n\n{1}\n\n{1}"])
def test_tabs_of_prose_that_nest_or_are_not_closed(text: str) -> None:
    whole = ":begin_tab:`sail`\n\nText.\n\n:end_tab:\n"
    broken = text.format(":begin_tab:`sail`", ":end_tab:") + "\n"
    assert any(d.kind == "unbalanced tag" for d in found(whole, whole, whole, broken))
    assert not any(d.kind == "unbalanced tag" for d in found(broken, broken, broken, broken))


@pytest.mark.parametrize(
    ("english", "held"),
    [
        (r"$a_\mathrm{in}$", r"$a_\textrm{in}$"),
        (r"$$a \text{ where } b.$$", r"$$a \text{ где } b。$$"),
        (r"$$a \textrm{otherwise}$$", r"$$a \text{иначе}$$"),
        ("$x'$", "$x′$"),
    ],
)
def test_formulas_that_look_the_same_are_the_same(english: str, held: str) -> None:
    assert found("A.\n", f"{english}\n", "А.\n", f"{held}\n") == ()


@pytest.mark.parametrize(
    ("english", "held"),
    [
        (r"$a_\textrm{in} b_\textrm{out}$", r"$a_\textrm{in} c_\textrm{out}$"),
        (r"$a_\mathbf{in}$", r"$a_\mathrm{in}$"),
        ("$$a, b$$", "$$a b$$"),
    ],
)
def test_other_formulas_are_not(english: str, held: str) -> None:
    assert len(found("A.\n", f"{english}\n", "А.\n", f"{held}\n")) == 2


def test_words_of_two_formulas_of_english_are_not_taken_for_translations() -> None:
    both = "$a_\\text{in}$ $a_\\text{out}$\n"
    assert len(found("A.\n", both, "А.\n", "$a_\\text{in}$ $a_\\text{in}$\n")) == 2


def drifted(*, lacks: int = 0, surplus: int = 0, owed: int = 0) -> Drift:
    key: tuple[PieceKind, str] = "code span", "`a`"
    return Drift(*(Counter({key: n}) for n in (lacks, surplus, owed)))


@pytest.mark.parametrize(
    ("texts", "drift", "diverges"),
    [
        # One sentence has a piece too many and another lacks it: a draft may mend either.
        (("`a` `a`", "`a` `a`", "`a` `a`", "`a`"), drifted(lacks=1, surplus=1), ()),
        (("`a` `a`", "`a` `a`", "`a` `a`", "`a` `a` `a`"), drifted(lacks=1, surplus=1), ()),
        (
            ("`a` `a`", "`a` `a`", "`a` `a`", ""),
            drifted(lacks=1, surplus=1),
            (Divergence("code span", "`a`", 1, True),),
        ),
        (("`a`", "`a`", "`a`", "`a` `a`"), drifted(lacks=1), (Divergence("code span", "`a`", 1, False),)),
        # A sentence was kept without what English added to it.
        (("", "`a`", "", ""), drifted(owed=1), (Divergence("code span", "`a`", 1, True, kept=True),)),
        (("`a`", "", "`a`", "`a`"), drifted(owed=-1), (Divergence("code span", "`a`", 1, False, kept=True),)),
        (
            ("", "`a` `a`", "", ""),
            drifted(owed=1),
            (Divergence("code span", "`a`", 1, True, kept=True), Divergence("code span", "`a`", 1, True)),
        ),
        (("", "`a`", "", ""), drifted(owed=-1), (Divergence("code span", "`a`", 1, True),)),
    ],
)
def test_what_is_known_of_old_drift(texts: tuple[str, ...], drift: Drift, diverges: tuple[Divergence, ...]) -> None:
    sides = (parse(f"Text {text}.\n") for text in texts)
    assert divergences(*sides, drift=drift) == diverges


@pytest.mark.parametrize("mark", ["///", "////", ":::"])
def test_a_box_that_a_draft_opens_or_closes_alone_is_named(mark: str) -> None:
    english = f"Boats.\n\n{mark} tip\n\nRow.\n\n{mark}\n"
    for broken in (f"Barcos.\n\n{mark} tip\n\nRema.\n", f"Barcos.\n\nRema.\n\n{mark}\n"):
        sides = (parse(t) for t in (english, english, "Barcos.\n", broken))
        assert ("unbalanced tag", mark) in [(d.kind, d.text) for d in divergences(*sides)]
    sides = (parse(t) for t in ("Boats.\n", english, "Barcos.\n", english))
    assert not divergences(*sides)


def test_a_tag_without_a_name_is_counted_too() -> None:
    sides = (parse(t, "mdx") for t in ("<>\n\nBoats.\n", "<>\n\nBoats.\n", "<>\n\nBarcos.\n", "<>\n\nRema.\n"))
    assert not divergences(*sides)
