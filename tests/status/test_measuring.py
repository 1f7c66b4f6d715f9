"""How much of today's English a translation lacks."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.books import Piece, books, source, target

from bot.document.notebook import read as page
from bot.status.document_status import Amount
from bot.status.measuring import Measured, Pair, measure

ENGLISH = "# Boats\n\nA boat floats on water. It has a hull and a mast.\n\nThe sail catches the wind.\n"
SPANISH = "# Barcos\n\nUn barco flota en el agua. Tiene casco y mástil.\n\nLa vela atrapa el viento.\n"


def one(old: str | None, new: str, target: str = SPANISH) -> Measured:
    return measure((new, (Pair(old, target),))).translations[0]


def test_all_prose_of_the_english_is_counted_once() -> None:
    found = measure(
        ("# Boats\n\nA boat\nfloats.\n\n```python\nx = 1  # No prose.\n```\n\nA boat floats.\n\n$x$\n\n12\n", ())
    )
    assert found.english == Amount(3, len("Boats") + 2 * len("A boat floats."))
    assert found.title == "Boats"


def test_english_that_did_not_change_has_nothing_to_translate() -> None:
    found = one(ENGLISH, ENGLISH)
    assert (found.same, found.changed, found.left, found.drift) == (True, Amount(), Amount(), ())
    assert found.title == "Barcos"


@pytest.mark.parametrize(
    "new",
    [
        ENGLISH + "\n\n",
        ENGLISH.replace("mast.", "mast.  ").replace("\n", "\r\n"),
    ],
    ids=["blank lines", "line ends"],
)
def test_white_space_at_the_ends_of_lines_is_no_change(new: str) -> None:
    assert one(ENGLISH, new).same


@pytest.mark.parametrize(
    "new",
    [
        ENGLISH.replace("on water. It", "on\nwater. It"),
        ENGLISH.replace("It has a hull", "It has A hull"),
        ENGLISH + "\n```python\nx = 1\n```\n",
    ],
    ids=["wrapped", "case", "code"],
)
def test_a_change_without_other_words_is_a_change_with_nothing_to_translate(new: str) -> None:
    found = one(ENGLISH, new)
    assert not found.same
    assert found.changed == Amount()


def test_changed_code_in_a_sentence_is_carried_over() -> None:
    assert one("Call `f` for this.\n", "Call `g` for this.\n", "Llama `f` para esto.\n").changed == Amount()


def test_changed_and_new_sentences_are_counted_in_sentences_and_characters() -> None:
    found = one(ENGLISH, ENGLISH.replace("a hull and a mast", "two masts") + "\nSo is this.\n")
    assert found.changed == Amount(2, len("It has two masts.") + len("So is this."))


def test_a_sentence_that_english_now_says_twice_is_translated_once_more() -> None:
    assert one("A boat floats.\n", "A boat floats.\n\nA boat floats.\n").changed == Amount(1, 14)


def test_a_sentence_still_in_english_is_left_and_not_changed() -> None:
    left = SPANISH.replace("La vela atrapa el viento.", "The sail\ncatches the wind.")
    found = one(ENGLISH, ENGLISH.replace("It has", "It had"), left)
    assert found.left == Amount(1, len("The sail catches the wind."))
    assert found.changed == Amount(1, len("It had a hull and a mast."))


@pytest.mark.parametrize(
    ("around", "left"),
    [
        ("> > {}\n> > {}\n", 1),
        ("- a\n\n  {}\n  {}\n", 1),
        ("```text\n{} {}\n```\n", 0),
        ("<!-- {} {} -->\n", 0),
    ],
    ids=["quote", "list", "code", "comment"],
)
def test_english_is_left_in_prose_alone(around: str, left: int) -> None:
    target = SPANISH + "\n" + around.format("The sail", "catches the wind.")
    assert one(ENGLISH, ENGLISH, target).left.sentences == left


def test_a_name_that_stays_english_is_not_left() -> None:
    assert (
        one("# Boats\n\nDive into Deep.\n", "# Boats\n\nDive into Deep.\n", "# Boats\n\nDive into Deep.\n").left
        == Amount()
    )


def test_without_a_baseline_only_what_is_left_is_known() -> None:
    found = one(None, ENGLISH, SPANISH + "\nA boat floats on water.\n")
    assert (found.same, found.changed, found.left.sentences, found.drift) == (False, Amount(), 1, ())


def test_several_translations_of_one_document_are_measured_each_by_its_own_baseline() -> None:
    old = ENGLISH.replace("floats", "swims")
    found = measure((ENGLISH, (Pair(ENGLISH, SPANISH), Pair(old, SPANISH), Pair("", SPANISH))))
    assert [m.changed.sentences for m in found.translations] == [0, 1, 4]
    assert [m.same for m in found.translations] == [True, False, False]


def notebook(*cells: tuple[str, str]) -> str:
    kinds = {"code": {"outputs": [], "execution_count": None}}
    found = [{"cell_type": kind, "metadata": {}, "source": text, **kinds.get(kind, {})} for kind, text in cells]
    meta = {"kernelspec": {"language": "python", "name": "python3", "display_name": "Python 3"}}
    return page(json.dumps({"cells": found, "metadata": meta, "nbformat": 4, "nbformat_minor": 4}), "a.ipynb").page


def test_comments_in_the_cells_of_a_notebook_are_no_headings() -> None:
    code = "# An area\n# of a sail\n# in the wind\n" + "".join(f"x{n} = {n}\n" for n in range(9))
    english = notebook(("code", code), ("markdown", "# Boats\n\nA boat floats on water."))
    spanish = notebook(("code", code.replace("# of a sail\n# in the wind\n", "")), ("markdown", "# Barcos\n\nFlota."))
    found = measure((english, (Pair(english, spanish), Pair(english, notebook(("markdown", "# Barcos"))))))
    assert found.english == Amount(2, len("Boats") + len("A boat floats on water."))
    whole, part = found.translations
    assert (whole.title, whole.drift) == ("Barcos", ())
    assert part.drift == ("lacks 9 of 9 lines of code",)


@given(books(), books(), st.data())
def test_nothing_is_counted_twice(book: list[Piece], other: list[Piece], data: st.DataObject) -> None:
    """What changed and what is left are parts of the English, whatever the texts are."""
    new = source(book)
    kept = [p for p in book if data.draw(st.booleans())]
    document = measure((new, (Pair(source(kept), target(book)), Pair(new, new), Pair(source(other), new))))
    behind, untranslated, _ = document.translations
    for found in document.translations:
        assert (found.changed + found.left).sentences <= document.english.sentences
        assert (found.changed + found.left).characters <= document.english.characters
    assert behind.left == Amount()
    assert untranslated.changed == Amount()
    assert behind.same == (kept == book)
