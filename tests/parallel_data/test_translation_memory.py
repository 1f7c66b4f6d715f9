"""The memory says what people said: in the same context first, never a fuzzy match as a draft."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.parallel_data.translation_memory import Memory


def unit(source: str, target: str, before: str = "", after: str = "", time: int = 0) -> TranslationUnit:
    return TranslationUnit(source, target, Provenance("a.md", 1, "", time), before, after)


def said(memory: Memory, source: str, before: str = "", after: str = "") -> tuple[str, str] | None:
    found = memory.match(source, before, after)
    return (found.kind, found.target) if found else None


SUMMARY = [
    unit("Summary", "Zusammenfassung", "Nets catch fish.", "Nets are knots.", 1),
    unit("Summary", "Überblick", "Boats float.", "Boats are hulls.", 2),
    unit("Summary", "Zusammenfassung", "Ropes hold.", "Ropes are long.", 3),
]


def test_the_same_neighbours_decide_then_frequency_then_age() -> None:
    memory = Memory(SUMMARY)
    assert said(memory, "Summary", "Boats float.", "Boats are hulls.") == ("context", "Überblick")
    assert said(memory, "Summary", "Boats float.", "Something new.") == ("exact", "Überblick")
    assert said(memory, "Summary", "New.", "New.") == ("exact", "Zusammenfassung")
    assert said(Memory([unit("a", "old", time=1), unit("a", "new", time=2)]), "a", "x") == ("exact", "new")


def test_white_space_is_no_difference_and_words_are() -> None:
    memory = Memory([unit("Boats  float\non water.", "Boote schwimmen.")])
    assert said(memory, "Boats float on water.", "x") == ("exact", "Boote schwimmen.")
    assert memory.match("Boats float on waves.") is None


@pytest.mark.parametrize(
    ("known", "target", "asked", "repaired"),
    [
        ("The `hull` is dry.", "Der `hull` ist trocken.", "The `mast` is dry.", "Der `mast` ist trocken."),
        ("See :numref:`a` now.", "Siehe :numref:`a` jetzt.", "See :numref:`b` now.", "Siehe :numref:`b` jetzt."),
        ("It is dry, here.", "Es ist trocken hier.", "It is dry here.", "Es ist trocken hier."),
        ("Use `a`.", "Nimm das.", "Use `b`.", None),
    ],
)
def test_atoms_and_marks_are_carried_over(known: str, target: str, asked: str, repaired: str | None) -> None:
    found = Memory([unit(known, target)]).match(asked)
    assert (found.target if found and found.kind == "mended" else None) == repaired


def test_similar_sentences_are_suggestions_in_bands_best_first() -> None:
    base = "The old boat leaves the quiet harbour early in the morning when the tide is high."
    memory = Memory(
        [
            unit(base, "x"),
            unit(base.replace("high", "low"), "near"),
            unit(base.replace("old boat", "young captain").replace("quiet", "noisy").replace("morning", "day"), "far"),
            unit("Nothing of the kind.", "never"),
        ]
    )
    found = memory.fuzzy(base, limit=5)
    assert [m.target for m in found] == ["near", "far"]
    assert [m.band for m in found] == ["95-99", "75-84"]
    assert all(not m.kind for m in found) and found[0].score < 1


@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=40), max_size=6))
def test_any_text_may_be_asked(asked: str, known: list[str]) -> None:
    memory = Memory(unit(k, "t") for k in known)
    assert all(0.7 < m.score < 1 and not m.kind for m in memory.fuzzy(asked))
    match = memory.match(asked)
    assert match is None or match.kind
    assert all(memory.match(k) for k in known)
