"""Which of a repair, a fresh draft and English becomes the draft of a sentence."""

from __future__ import annotations

import pytest

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.document.segment import Segment
from bot.drafting.repairs import ENOUGH, Repairs
from bot.engines import Answer
from bot.engines.resources import Resources
from bot.parallel_data.dataset import ParallelData

NAMES = ["boat", "sail", "mast", "rope", "oar", "hull", "deck", "flag", "net", "hook"]
NOMBRES = ["barco", "vela", "mástil", "cabo", "remo", "casco", "puente", "bandera", "red", "gancho"]
PAIRS = [
    (f"The {a} {verb} the {b}.", f"El {c} {verbo} el {d}.")
    for verb, verbo in (("moves", "mueve"), ("hides", "esconde"), ("holds", "sujeta"), ("hits", "golpea"))
    for (a, c), (b, d) in zip(
        zip(NAMES, NOMBRES, strict=True),
        zip(NAMES[3:] + NAMES[:3], NOMBRES[3:] + NOMBRES[:3], strict=True),
        strict=True,
    )
]
OLD, TARGET = "The boat moves the old rope.", "El barco mueve el viejo cabo."
NEW, TEXT = "The boat moves the old oar.", "El barco mueve el viejo remo."


def resources(count: int = len(PAIRS)) -> Resources:
    units = tuple(
        TranslationUnit(source, target, Provenance("x.md", n)) for n, (source, target) in enumerate(PAIRS[:count])
    )
    return Resources(ParallelData(("en", "es"), "sentence", units))


def best(answer: Answer, segment: Segment | None = None, count: int = len(PAIRS)) -> Answer:
    segment = segment or Segment(NEW, "paragraph", OLD, TARGET, 0.8)
    return Repairs({("", 1): segment}, resources(count)).best({("", 1): answer})["", 1]


ENGLISH = Answer(None, reason="no match in the memory", cause="unmatched")


def test_english_becomes_a_repair() -> None:
    found = best(ENGLISH)
    assert (found.text, found.origin, found.reason, found.cause) == (TEXT, "repaired", "", "")
    assert found.repair and [c.text for c in found.repair.changes] == ["remo"]


@pytest.mark.parametrize("indent", ["  ", "> ", "   > "])
def test_a_repair_has_no_indentation_of_its_own(indent: str) -> None:
    """It gets that of its place, as any draft does."""
    wrapped = Segment(NEW, "paragraph", OLD, TARGET.replace("el viejo", f"el\n{indent}viejo"), 0.8, indent=indent)
    assert best(ENGLISH, wrapped).text == TEXT.replace("el viejo", "el\nviejo")


def test_a_rough_draft_gives_its_words_to_the_repair() -> None:
    found = best(Answer("Barco mueve remo viejo el.", "rough"))
    assert (found.text, found.origin) == (TEXT, "repaired")


@pytest.mark.parametrize("origin", ["context", "exact", "mended"])
def test_what_people_wrote_is_never_repaired(origin: str) -> None:
    answer = Answer("El remo viejo.", origin)  # type: ignore[arg-type]
    assert best(answer) is answer


def test_an_engine_that_edited_the_old_translation_keeps_its_word() -> None:
    answer = Answer("El barco mueve los viejos cabos.", "engine")
    assert best(answer) is answer


def test_a_fresh_draft_stays_where_one_change_is_most_of_the_sentence() -> None:
    new = "The boat moves the red lantern of our captain and his many quiet friends."
    answer = Answer("El barco lleva el farol rojo de nuestro capitán y de sus amigos tranquilos.", "engine")
    assert best(answer, Segment(new, "paragraph", OLD, TARGET, 0.5)) is answer


def test_a_fuzzy_match_is_repaired_where_nothing_is_replaced() -> None:
    segment = Segment("The boat moves the hull.", "paragraph")
    answer = Answer(None, suggestions=resources().memory.fuzzy(segment.source))
    found = best(answer, segment)
    assert found.origin == "repaired" and found.text == "El barco mueve el casco."


def test_few_pairs_repair_nothing() -> None:
    assert best(ENGLISH, count=ENOUGH - 1) is ENGLISH


@pytest.mark.parametrize(
    ("origin", "new"),
    [
        ("engine", "The boat moves the net of the old hook."),  # too little of it was there before
        ("rough", OLD.replace("rope", "lantern")),  # nobody has translated the new word, and the draft has another
    ],
)
def test_a_fresh_draft_stays_where_a_repair_would_be_worse(origin: str, new: str) -> None:
    answer = Answer("Algo muy distinto se mueve por ahí.", origin)  # type: ignore[arg-type]
    assert best(answer, Segment(new, "paragraph", OLD, TARGET, 0.7)) is answer
