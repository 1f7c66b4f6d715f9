"""English that still waits in a translation for its translator."""

from __future__ import annotations

import pytest

from bot.review.leftovers import untranslated

ENGLISH = "# The wind and the sea\n\nA cold wind blows today. It will turn at noon.\n\n* Mind the boom when it turns.\n"


def test_a_finished_translation_has_none() -> None:
    held = "# El viento y el mar\n\nHoy sopla un viento frío. Cambiará a mediodía.\n\n* Cuidado con la botavara.\n"
    assert untranslated(ENGLISH, held, "en") == ()


def test_sentences_left_in_english_are_found_in_order() -> None:
    held = "* Mind the boom when it turns.\n\nHoy sopla un viento frío. It will turn at noon.\n"
    assert untranslated(ENGLISH, held, "en") == ("It will turn at noon.", "Mind the boom when it turns.")


def test_a_draft_that_was_wrapped_is_found_all_the_same() -> None:
    assert untranslated(ENGLISH, "It will\nturn at noon.\n", "en") == ("It will turn at noon.",)
    assert untranslated("It will\nturn at noon.\n", "It will turn at noon.\n", "en") == ("It will\nturn at noon.",)


def test_a_sentence_that_stands_twice_is_named_once() -> None:
    assert untranslated("It will turn at noon.\n\nIt will turn at noon.\n", "It will turn at noon.\n", "en") == (
        "It will turn at noon.",
    )


@pytest.mark.parametrize(
    "text", ["Dive into Deep", "{index}`The Wind <single: The Wind Book>`", "$a$ $b$ $c$ $d$ $e$", "1 2 3 4 5 6"]
)
def test_names_and_formulas_are_no_english_left(text: str) -> None:
    assert untranslated(f"{text}\n", f"{text}\n", "en") == ()


def test_four_words_are() -> None:
    assert untranslated("The wind blows hard\n", "The wind blows hard\n", "en") == ("The wind blows hard",)


def test_what_stands_in_code_is_no_english_left() -> None:
    assert untranslated(ENGLISH, "```\nIt will turn at noon.\n```\n", "en") == ()
    assert untranslated("```\nIt will turn at noon.\n```\n", "It will turn at noon.\n", "en") == ()


def test_a_sentence_is_not_put_together_from_two_blocks() -> None:
    assert untranslated("The wind blows very hard.\n", "The wind blows\n\nvery hard.\n", "en") == ()


def test_the_flavour_of_the_book_decides_what_is_prose() -> None:
    source = "A boat floats.\n\n    It has a hull below.\n"
    assert untranslated(source, source, "en", "commonmark") == ()
    assert untranslated(source, source, "en", "mdx") == ("It has a hull below.",)


def test_four_words_of_a_role_are() -> None:
    assert untranslated("{ref}`The wind blows hard <wind>`\n", "{ref}`The wind blows hard <wind>`\n", "en")
