"""What is suggested for a kept sentence: words of people, or a repair; never an unsound one."""

from __future__ import annotations

import pytest
from support.accounts import pairs, resources

from bot.drafting.better_texts import BetterTexts
from bot.engines.resources import Resources
from bot.review.unfinished import Unfinished

MANY = [
    (f"The {a} boat is {b}.", f"El barco {x} es {y}.")
    for a, x in (
        ("red", "rojo"),
        ("old", "viejo"),
        ("new", "nuevo"),
        ("slow", "lento"),
        ("small", "chico"),
        ("black", "negro"),
    )
    for b, y in (
        ("long", "largo"),
        ("wide", "ancho"),
        ("fast", "rápido"),
        ("good", "bueno"),
        ("mine", "mío"),
        ("here", "ese"),
    )
]


def better(one: Unfinished, data: Resources) -> str:
    return BetterTexts((one,), lambda: data)(one)


def kept(old: str, new: str, text: str) -> Unfinished:
    return Unfinished("kept", new, text, 1, old)


def test_what_people_wrote_for_the_new_english_comes_first() -> None:
    data = resources(pairs(("A boat floats.", "Un barco flota."), ("A ship floats.", "Un buque flota.")))
    assert better(kept("A boat floats.", "A ship floats.", "Un barco flota."), data) == "Un buque flota."


def test_else_the_translation_is_repaired() -> None:
    one = kept("The red boat is long.", "The old boat is long.", "El barco rojo es largo.")
    left = [pair for pair in MANY if pair[0] != one.source]
    assert better(one, resources(pairs(*left))) == "El barco viejo es largo."


@pytest.mark.parametrize(
    "one",
    [
        kept("The red boat is long.", "The turquoise boat is long.", "El barco rojo es largo."),
        kept("The red boat is long.", "The old boat is also long.", "El barco rojo es largo."),
        kept("", "The old boat is long.", "El barco rojo es largo."),
        Unfinished("draft", "The old boat is long.", "El barco rojo es largo.", 1, "The red boat is long."),
    ],
    ids=["a word that nobody translated", "a small word that a repair leaves out", "no English before", "not kept"],
)
def test_where_nothing_sound_is_known_there_is_none(one: Unfinished) -> None:
    left = [pair for pair in MANY if pair[0] != one.source]
    assert better(one, resources(pairs(*left))) == ""
