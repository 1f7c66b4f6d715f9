"""Pairs from elsewhere are taken as far as they are about what the book is about."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.parallel_data.domain import Subject, select

BOATS = ["hull", "keel", "sail", "rudder", "anchor", "harbour", "tide", "mast", "rope", "deck", "captain", "wind"]
BREAD = ["flour", "dough", "yeast", "oven", "crust", "loaf", "knead", "butter", "salt", "bakery", "crumb", "rise"]
PLAIN = ["the", "a", "of", "and", "is", "in", "it", "to", "that", "with", "for", "then"]


def text(words: list[str], seed: int, sentences: int = 30) -> list[str]:
    """Sentences in which every other word is one of ``words``."""
    draw = random.Random(seed)
    return [" ".join(w for _ in range(5) for w in (draw.choice(PLAIN), draw.choice(words))) for _ in range(sentences)]


LIBRARY = [text(BOATS, seed) for seed in range(8)]


@pytest.fixture(scope="module")
def boats() -> Subject:
    return Subject(LIBRARY, [text(BREAD, seed) for seed in range(8)])


def units(document: str, sentences: list[str]) -> list[TranslationUnit]:
    return [TranslationUnit(s, "x", Provenance(document, n)) for n, s in enumerate(sentences)]


def test_what_is_on_the_subject_is_kept_and_the_rest_is_not() -> None:
    given_units = units("boats.md", text(BOATS, 50)) + units("bread.md", text(BREAD, 51))
    chosen = select(given_units, LIBRARY)
    assert {u.provenance.document for u in chosen.dropped[-30:]} == {"bread.md"}
    assert sum(u.provenance.document == "boats.md" for u in chosen.kept) >= 24
    assert not any(u.provenance.document == "bread.md" for u in chosen.kept)


def test_a_sentence_that_says_nothing_belongs_to_its_article(boats: Subject) -> None:
    plain = "it is to that"
    among_boats = [*text(BOATS, 60, 6), plain, *text(BOATS, 61, 6)]
    among_bread = [*text(BREAD, 60, 6), plain, *text(BREAD, 61, 6)]
    assert boats.likeness(among_boats)[6] > 0.1 > boats.likeness(among_bread)[6]


def test_documents_lend_nothing_to_one_another() -> None:
    bread, sea = text(BREAD, 70, 4), text(BOATS, 71, 4)
    together = select(units("a.md", bread) + units("b.md", sea), LIBRARY)
    assert set(together.kept) <= set(units("b.md", sea))
    assert together.kept == select(units("b.md", sea), LIBRARY).kept


def test_little_to_go_by(boats: Subject) -> None:
    assert select([], LIBRARY).kept == ()
    assert boats.likeness([""]) == [1.0]
    assert boats.likeness(["зерно 123"]) == [0.0]
    assert Subject([], []).likeness(["a sail"]) == [1.0]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(BOATS + BREAD + PLAIN)), max_size=20), st.data())
def test_every_unit_is_kept_or_dropped_in_order(words: list[tuple[str, str]], data: st.DataObject) -> None:
    every = [TranslationUnit(w, "x", Provenance(d, n)) for n, (d, w) in enumerate(words)]
    low, high = sorted(data.draw(st.tuples(st.floats(0, 1), st.floats(0, 1))))
    some, fewer = select(every, LIBRARY, low), select(every, LIBRARY, high)
    assert sorted(some.kept + some.dropped, key=lambda u: u.provenance.block) == every
    assert list(some.kept) == [u for u in every if u in some.kept]
    assert set(fewer.kept) <= set(some.kept)
    assert select(every, LIBRARY, low) == some
