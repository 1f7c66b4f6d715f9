"""Which sentences wait: only those on which the record and both texts agree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.review.record import Entry, key
from bot.review.unfinished import Sentences, gone, unfinished

ENGLISH = "# Boats\n\nA boat floats. It has a mast.\n\n> It is made\n> of ash.\n"
TARGET = "# Barcos\n\nUn barco flota. Tiene un mástil.\n\n> Es de\n> fresno.\n"
MAST = Entry("a.md", "draft", (key("It has a mast."),), (key("Tiene un mástil."),), "It has oars.", "Tiene remos.")
ASH = Entry("a.md", "kept", (key("It is made of ash."),), (key("Es de fresno."),), "It was made of ash.")


def test_the_sentences_are_in_reading_order_with_their_lines() -> None:
    found = unfinished(ENGLISH, TARGET, [ASH, MAST], "es")
    assert [(f.state, f.source, f.text, f.line, f.old_target) for f in found] == [
        ("draft", "It has a mast.", "Tiene un mástil.", 3, "Tiene remos."),
        ("kept", "It is made of ash.", "Es de fresno.", 5, "Es de fresno."),
    ]


@pytest.mark.parametrize(
    ("english", "target"),
    [
        (ENGLISH, TARGET.replace("Tiene un mástil.", "Lleva un mástil.")),
        (ENGLISH.replace("a mast", "two masts"), TARGET),
        (ENGLISH, TARGET.replace(" Tiene un mástil.", "")),
    ],
)
def test_what_disagrees_with_a_text_is_ignored(english: str, target: str) -> None:
    assert [f.entry for f in unfinished(english, target, [MAST, ASH], "es")] == [ASH]


def test_equal_sentences_wait_as_often_as_they_are_there() -> None:
    english, target = "Go on.\n\nMove on.\n\nMove.\n", "Sigue.\n\nSigue.\n\nMuévete.\n"
    one = Entry("a.md", "draft", (key("Go on."),), (key("Sigue."),))
    both = [one, replace(one, source=(key("Move on."),))]
    assert [f.line for f in unfinished(english, target, both, "es")] == [1, 3]
    assert [f.source for f in unfinished(english, target.replace("Sigue", "Ve", 1), both, "es")] == ["Go on."]


def test_english_waits_without_a_record_and_once() -> None:
    english = "It is made of ash and spruce.\n"
    entry = Entry("a.md", "english", (key(english),), (key(english),), "", "Es de fresno.")
    assert [(f.state, f.old_target) for f in unfinished(english, english, [], "es")] == [("english", "")]
    assert [f.old_target for f in unfinished(english, english, [entry], "es")] == ["Es de fresno."]
    # A short one may be a name: only the record knows that it is not.
    short = Entry("a.md", "english", (key("Row."),), (key("Row."),))
    assert not unfinished("Row.\n", "Row.\n", [], "es") and unfinished("Row.\n", "Row.\n", [short], "es")


def test_a_stretch_is_cut_as_its_text_is() -> None:
    own = Sentences("一条船。它有一根桅杆。\n", "zh")
    assert own.keys("一条船。它有一根桅杆。") == (key("一条船。"), key("它有一根桅杆。"))
    assert own.keys("有一根") == (key("它有一根桅杆。"),)


def spanish(before: str, after: str) -> tuple[Sentences, Sentences]:
    return Sentences(before, "es"), Sentences(after, "es")


def test_what_is_gone_is_named_once_with_its_place() -> None:
    after = "# Barcos\n\nUn barco flota.\n\n> Es de\n> fresno.\n"
    assert [(g.text, g.line) for g in gone(*spanish(TARGET, after), [])] == [("Tiene un mástil.", 3)]
    assert not gone(*spanish(TARGET, after), ["Sí. Tiene un mástil."])


def test_what_only_its_code_references_or_links_changed_in_is_not_gone() -> None:
    before = "Un barco con $n$ remos, véase [la lista](a.md). Flota.\n\nMira `popa`. Mira `proa`.\n"
    after = "Un barco con $m$ remos, véase [la lista](b.md). Flota.\n\nMira `quilla`.\n"
    assert [(g.text, g.line) for g in gone(*spanish(before, after), [])] == [("Mira `proa`.", 3)]
    assert [g.text for g in gone(*spanish(before, after.replace("con $m$", "sin $m$")), [])] == [
        "Un barco con $n$ remos, véase [la lista](a.md).",
        "Mira `proa`.",
    ]


@pytest.mark.parametrize("comment", ["<!-- Es de roble. -->", "{/* Es de roble. */}", "{/*\n  Es de\n  roble.\n*/}"])
@pytest.mark.parametrize("before", ["Un barco. NOTE", "Un barco.\n\nNOTE", "> Un barco. NOTE Flota."])
def test_a_comment_that_is_gone_is_named_too(before: str, comment: str) -> None:
    comment = " ".join(comment.split()) if ">" in before else comment
    sides = f"# Barcos\n\n{before.replace('NOTE', comment)}\n", "# Barcos\n"
    lost = [g.text for g in gone(*spanish(*sides), [])]
    assert sum(" ".join(comment.split()) in text for text in lost) == 1 and lost[0].startswith("Un barco.")
    assert not gone(*spanish(sides[0], sides[0]), [])


def test_a_comment_of_the_english_is_not_named() -> None:
    sides = spanish("Un barco. <!-- prettier-ignore -->\n\n<!-- A boat. -->\n\n<!-- 12 -->\n", "Un barco.\n")
    assert not gone(*sides, [], "A boat. <!-- prettier-ignore -->\n")
