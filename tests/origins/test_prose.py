"""Versions that differ in sentences alone."""

from __future__ import annotations

import pytest

from bot.origins.prose import Reading

FIRST = "The boat floats on the water of the lake. It has a mast of wood."
ADDED = FIRST + " In winter the boat is in the barn, where the children of the village paint it."
GERMAN = "Das Boot schwimmt auf dem Wasser des Sees. Es hat einen Mast aus Holz."
GERMAN_ADDED = GERMAN + " Im Winter steht das Boot in der Scheune, wo die Kinder des Dorfes es streichen."
FRAME = "# A boat\n\nEverybody knows boats and likes them.\n\n{}\n\nThat is all there is to say of boats.\n"
RAHMEN = "# Ein Boot\n\nJeder kennt Boote und mag sie.\n\n{}\n\nMehr gibt es über Boote nicht zu sagen.\n"


def cost(base: str, target: str, other: str) -> float:
    return Reading(FRAME.format(base), RAHMEN.format(target), "de").cost(FRAME.format(other))


def test_a_sentence_more_fits_a_translation_that_has_it() -> None:
    assert cost(FIRST, GERMAN_ADDED, ADDED) < -1
    assert cost(ADDED, GERMAN_ADDED, FIRST) > 1


def test_a_sentence_more_does_not_fit_a_translation_without_it() -> None:
    assert cost(FIRST, GERMAN, ADDED) > 1
    assert cost(ADDED, GERMAN, FIRST) < -1


def test_a_paragraph_more_is_a_paragraph_of_the_translation() -> None:
    more = "Boats of this kind were built until the war, by three families on the northern shore."
    mehr = "Boote dieser Art baute man bis zum Krieg, in drei Familien am nördlichen Ufer."
    both, beides = f"{FIRST}\n\n{more}", f"{GERMAN}\n\n{mehr}"
    assert cost(FIRST, beides, both) < -1 and cost(FIRST, GERMAN, both) > 1
    assert cost(both, beides, FIRST) > 1 and cost(both, GERMAN, FIRST) < -1


def test_a_few_letters_say_next_to_nothing_and_an_equal_text_nothing() -> None:
    assert abs(cost(FIRST, GERMAN, FIRST.replace("mast of wood", "masts of wood"))) < 0.5
    assert cost(FIRST, GERMAN, FIRST) == 0
    assert cost(FIRST, GERMAN, FIRST.replace(" ", "\n")) == 0


def test_one_passage_alone_cannot_outweigh_everything_else() -> None:
    assert cost(FIRST, GERMAN, FIRST + " Another word." * 60) <= 4


def test_what_was_not_aligned_beside_a_passage_may_be_its_translation(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list where English has a paragraph can leave both sides of a stretch without partners."""
    beads = [((0,), (0,)), ((), (1,)), ((), (2,)), ((1,), ()), ((2,), ()), ((3,), (3,))]
    monkeypatch.setattr("bot.origins.prose.align_translation", lambda source, target: beads)
    opening = "Everybody knows boats and likes them."
    frame, rahmen = f"# A\n\n{opening}\n\n{{}}\n\n# B\n", "# A\n\nJeder kennt Boote und mag sie.\n\n{}\n\n# B\n"
    reading = Reading(frame.format(FIRST), rahmen.format(GERMAN_ADDED), "de")
    assert reading.cost(frame.format(ADDED)) < -1
    reading = Reading(frame.format(FIRST), rahmen.format(GERMAN), "de")
    assert reading.cost(frame.format(ADDED)) > 1
