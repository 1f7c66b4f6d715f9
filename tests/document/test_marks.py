"""Marks that an English edit puts on, changes or takes off come into the human sentence, or not at all."""

from __future__ import annotations

import pytest

from bot.document.edits import EditKind, compare, mend
from bot.document.marks import without_own_ids


@pytest.mark.parametrize(
    ("old", "new", "target", "wanted"),
    [
        ("First steps", "First steps {#first}", "Premiers pas", "Premiers pas {#first}"),
        ("First steps", "First steps {/*first*/}", "Premiers pas", "Premiers pas {/*first*/}"),
        ("Intro", "Intro[[intro]]", "소개", "소개[[intro]]"),
        ("Intro", "Intro[[intro]]", "소개[[intro]]", "소개[[intro]]"),
        ("Intro", "Intro {#intro}", "Einführung {#einfuehrung}", None),
        ("A {#a}", "A {#b}", "B {#a}", "B {#b}"),
        ("A {#a}", "A {#b}", "B {#b}", "B {#b}"),
        ("A {#a}", "A {#b}", "B {#c}", None),
        ("A {#a}", "A {#b}", "B", None),
        ("A {#a}", "A {/*a*/}", "B {#a}", "B {/*a*/}"),
        ("A {#a}", "A", "B {#a}", "B"),
        ("A {#a}", "A", "B", "B"),
        ("T {#a .b}", "T {#a .c}", "U {#a .b}", "U {#a .c}"),
        ("A tab", "A tab {: .wide }", "Un onglet", "Un onglet {: .wide }"),
        ("It is old.", "It is old.[^1]", "它很老。", "它很老。[^1]"),
        ("It is old.", "It is old[^1].", "它很老。", "它很老[^1]。"),
        ("It is old.[^1]", "It is old.", "它很老。[^1]", "它很老。"),
        ("Oak[^1] is old.", "Oak is old.", "橡木[^1]很老。", "橡木很老。"),
        ("Oak is old.", "Oak[^1] is old.", "橡木很老。", None),
        ("It is.[^1] [^2]", "It is.[^2]", "是。[^1] [^2]", "是。 [^2]"),
        ("It is old.", "It is old {cite}`x`.", "Es viejo.", "Es viejo {cite}`x`."),
        ("It is old.", "It is old [@x].", "Es viejo.", "Es viejo [@x]."),
        ("Great.", "Great. :tada:", "Genial.", "Genial. :tada:"),
        ("[ ] Buy rope", "[x] Buy rope", "[ ] Comprar soga", "[x] Comprar soga"),
        ("See `x` now.", "See `y` now. {: .z}", "Ver `x`.", "Ver `y`. {: .z}"),
    ],
)
def test_marks_are_carried_over(old: str, new: str, target: str, wanted: str | None) -> None:
    edit = compare(old, new)
    assert edit.kind == "atoms"
    assert mend(edit.kind, old, new, target) == wanted


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("First steps", "Installing the program {#install}", "changed"),
        ("first steps", "First steps {#first}", "cosmetic"),
        ("It stands here\nand floats.", "It stands here  \nand floats.", "markup"),
        ("Use [x](u).", "Use [x][v].", "atoms"),
        ("Use [x](u).", "Use [x]: https://a.b.", "changed"),
    ],
)
def test_what_an_edit_with_marks_is(old: str, new: str, kind: EditKind) -> None:
    assert compare(old, new).kind == kind


LONG = "The load of the boat is {} tons in winter and in summer too"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("≤ 5", "≥ 5"),
        ("= 5", "≠ 5"),
        ("€5", "£5"),
        ("$5", "€5"),
        ("5 °", "5 %"),
        ("✔ 5", "✘ 5"),
        ("→ 5", "← 5"),
        ("∈ 5", "∉ 5"),
        ("5 × 2", "5 ÷ 2"),
        ("😀 5", "😡 5"),
        ("~5", "5"),
        ("5 m", "5 g"),
        ("5 km", "5 mm"),
    ],
)
def test_a_symbol_that_carries_meaning_is_never_cosmetic_or_small(before: str, after: str) -> None:
    assert compare(LONG.format(before), LONG.format(after)).kind == "changed"


def test_attributes_that_were_translated_stay_where_the_english_ones_did() -> None:
    old, new = '<img src="a.png" alt="A boat"> floats.', '<img src="b.png" alt="A boat"> floats.'
    assert mend("atoms", old, new, '<img src="a.png" alt="Un bote"> flota.') == '<img src="b.png" alt="Un bote"> flota.'
    old, new = '{{< note title="Look" color=red >}}', '{{< note title="Look" color=blue >}}'
    wanted = '{{< note title="Mira" color=blue >}}'
    assert mend("atoms", old, new, '{{< note title="Mira" color=red >}}') == wanted
    old, new = '<img src="a.png" alt="A boat"> floats.', '<img src="b.png" alt="Two ships"> floats.'
    assert mend("atoms", old, new, '<img src="a.png" alt="Un bote"> flota.') == '<img src="b.png" alt="Un bote"> flota.'
    assert mend("atoms", old, new, '<img src="a.png" alt="A boat"> flota.') == new.replace("floats", "flota")
    old, new = '{{< note title="Look" color=red >}}', '{{< note title="Look" color=blue >}}'
    two = f"{old} {old}"
    assert mend("atoms", two, two.replace("red", "blue", 1), '{{< note title="Mira" >}}') is None


def test_ids_that_only_the_translation_has_are_no_part_of_what_it_says() -> None:
    assert without_own_ids("More", "Más {#more}") == "Más"
    assert without_own_ids("More {#more}", "Más {#more}") == "Más {#more}"
    assert without_own_ids("Oak.", "Roble.[^1]") == "Roble.[^1]"
