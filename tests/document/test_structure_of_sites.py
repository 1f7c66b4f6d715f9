"""Tags, shortcodes, ids and their like count as structure, and tags must be closed."""

from __future__ import annotations

import pytest

from bot.document.markdown import parse
from bot.document.structure import divergences, segment_problem


@pytest.mark.parametrize(
    ("kind", "piece"),
    [
        ("heading id", "{#a}"),
        ("attribute list", "{: .a}"),
        ("shortcode", "{{< a >}}"),
        ("template tag", "{% a %}"),
        ("footnote mark", "[^1]"),
        ("emoji", ":tada:"),
        ("expression", "{a.b}"),
        ("citation", "[@a]"),
        ("tag", "<br>"),
        ("comment", "<!-- a -->"),
        ("address", "<https://a.b>"),
        ("key", "++a++"),
    ],
)
def test_a_piece_that_does_not_arrive_is_a_divergence(kind: str, piece: str) -> None:
    old, new, target = parse("It floats.\n"), parse(f"It floats {piece} now.\n"), parse("Flota.\n")
    assert [(d.kind, d.text, d.missing) for d in divergences(old, new, target, target)] == [(kind, piece, True)]
    assert divergences(old, new, target, parse(f"Flota {piece} hoy.\n")) == ()


def test_a_hard_break_that_gets_lost_is_a_divergence() -> None:
    old, target = parse("It floats.\n"), parse("Flota.\n")
    new = parse("It floats here  \nand there.\n")
    assert [d.kind for d in divergences(old, new, target, parse("Flota aquí\ny allí.\n"))] == ["hard break"]
    assert divergences(old, new, target, parse("Flota aquí  \ny allí.\n")) == ()


def test_a_tag_that_nothing_closes_is_a_divergence() -> None:
    old, new, target = parse("It floats.\n"), parse("It <b>floats</b>.\n"), parse("Flota.\n")
    found = {(d.kind, d.text) for d in divergences(old, new, target, parse("<b>Flota.\n"))}
    assert found == {("tag", "</b>"), ("unbalanced tag", "<b>")}
    block = parse("<details>\n<summary>More</summary>\n\nText.\n\n</details>\n")
    assert divergences(old, block, target, block) == ()
    found = {(d.kind, d.text) for d in divergences(old, block, target, parse("<details>\n\nTexto.\n"))}
    assert ("unbalanced tag", "<details>") in found and ("tag", "</details") in found


def test_a_translation_may_name_the_key_of_a_reference_link() -> None:
    defined = "\n\n[the manual]: u\n"
    old, target = parse(f"It floats.{defined}"), parse(f"Flota.{defined}")
    new = parse(f"It floats. See [the manual][] or [the manual].{defined}")
    draft = parse(f"Flota. Ver [el manual][the manual] o [el manual][the manual].{defined}")
    assert divergences(old, new, target, draft) == ()


def test_a_heading_may_have_the_english_id() -> None:
    assert segment_problem("More", "Más {#more}") == ""
    assert "lacks" in segment_problem("More {#more}", "Más")
