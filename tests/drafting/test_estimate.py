"""What a sync would send to an engine."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.drafting.estimate import BANDS, Estimate, estimate
from bot.engines import Batch
from bot.parallel_data.translation_memory import Memory
from bot.planning.layout import Segment

BOAT = "A boat floats on the calm water of the bay today."
ROPE = "Nobody knows who tied the first knot in a rope."


def memory(*pairs: tuple[str, str], before: str = "", after: str = "") -> Memory:
    return Memory(TranslationUnit(s, t, Provenance("a.md", 1), before, after) for s, t in pairs)


def batch(*texts: str, before: str = "", after: str = "") -> Batch:
    return Batch(
        "en",
        "es",
        {("a.md", n): Segment(t, "paragraph", number=n, before=before, after=after) for n, t in enumerate(texts, 1)},
    )


def met(found: Estimate) -> dict[str, tuple[int, int]]:
    assert set(found.sentences) == set(found.characters) == set(BANDS)
    return {b: (found.sentences[b], found.characters[b]) for b in BANDS if found.sentences[b] or found.characters[b]}


@settings(max_examples=30, derandomize=True)
@given(st.lists(st.sampled_from([BOAT, ROPE, "Go.", "A `b` c."]), max_size=6), st.floats(0, 99))
def test_the_numbers_add_up(texts: list[str], price: float) -> None:
    found = estimate(batch(*texts), memory((BOAT, "Un barco.")), price)
    assert sum(found.sentences.values()) == len(texts)
    assert found.sent == sum(len(t) for t in {*texts} - {BOAT})
    assert found.cost == pytest.approx(found.sent * price / 1_000_000)


def test_nothing_is_sent_of_what_the_memory_knows() -> None:
    found = estimate(batch(BOAT), memory((BOAT, "Un barco.")), 15.0)
    assert met(found) == {"exact": (1, len(BOAT))} and found.sent == 0 and found.cost == 0.0


def test_a_match_between_the_same_neighbours_is_better_than_an_exact_one() -> None:
    known = memory((BOAT, "Un barco."), before="One.", after="Two.")
    assert met(estimate(batch(BOAT, before="One.", after="Two."), known)) == {"context": (1, len(BOAT))}


def test_a_match_that_is_repaired_is_not_sent() -> None:
    found = estimate(batch("Tie the `bow` now."), memory(("Tie the `stern` now.", "Amarra la `stern` ya.")))
    assert list(met(found)) == ["mended"] and found.sent == 0


def test_a_fuzzy_match_is_sent_and_counted_in_its_band() -> None:
    edited = BOAT.replace("calm", "cold")
    found = estimate(batch(edited, ROPE), memory((BOAT, "Un barco.")), 20.0)
    assert met(found) == {"95-99": (1, len(edited)), "none": (1, len(ROPE))}
    assert found.sent == len(edited) + len(ROPE)
    assert found.cost == pytest.approx(found.sent * 20 / 1_000_000)


def test_a_sentence_that_stands_twice_is_sent_once_and_drafted_twice() -> None:
    assert met(estimate(batch(ROPE, ROPE), memory())) == {"none": (2, len(ROPE))}
    assert met(estimate(batch(BOAT, BOAT), memory((BOAT, "Un barco.")))) == {"exact": (2, 2 * len(BOAT))}


def test_characters_are_those_that_an_engine_sees() -> None:
    found = estimate(batch("A *boat* floats."), memory())
    assert met(found) == {"none": (1, len("A boat floats."))}
