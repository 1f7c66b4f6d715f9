"""Words of two languages that a book's own sentence pairs teach."""

from __future__ import annotations

import math
from itertools import product

import pytest

from bot.alignment.lexicon import Lexicon, learn, words

NOUNS = {"boat": "лодка", "sail": "парус", "rope": "канат", "wind": "ветер", "wave": "волна"}
VERBS = {"moves": "движется", "breaks": "ломается", "waits": "ждёт"}
PAIRS = [(f"The {n} {v}.", f"Этот {NOUNS[n]} {VERBS[v]}.") for n, v in product(NOUNS, VERBS)]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return learn(PAIRS)


def test_translations_speak_for_each_other_and_strangers_do_not(lexicon: Lexicon) -> None:
    for source, target in PAIRS:
        assert lexicon.evidence(source, target) > 0
    assert lexicon.evidence("The boat moves.", "Этот канат ждёт.") < lexicon.evidence(*PAIRS[0])
    assert lexicon.evidence("boat sail", "канат ветер") < 0


@pytest.mark.parametrize("english", NOUNS)
def test_each_noun_finds_its_own(lexicon: Lexicon, english: str) -> None:
    best = max(NOUNS.values(), key=lambda russian: lexicon.evidence(english, russian))
    assert best == NOUNS[english]


def test_the_evidence_of_a_run_is_that_of_its_texts_joined(lexicon: Lexicon) -> None:
    source, target = ["boat sail", "wind"], ["лодка", "парус ветер"]
    found = lexicon.between(source, target)
    assert found is not None
    assert found(0, 2, 0, 2) > max(found(i, 1, j, 1) for i in range(2) for j in range(2))
    assert found(1, 1, 1, 1) > found(1, 1, 0, 1)
    assert found(0, 1, 0, 1) == pytest.approx(lexicon.evidence(source[0], target[0]), rel=1e-5)
    assert found(1, 1, 1, 1) == pytest.approx(lexicon.evidence(source[1], target[1]), rel=1e-5)


def test_the_two_directions_count_the_same() -> None:
    there, back = learn(PAIRS), learn([(t, s) for s, t in PAIRS])
    assert there.evidence("boat waits", "лодка ждёт") == pytest.approx(back.evidence("лодка ждёт", "boat waits"))


def test_nothing_is_known_of_empty_lists_and_unseen_words(lexicon: Lexicon) -> None:
    assert lexicon.between([], ["лодка"]) is None
    assert lexicon.between(["boat"], []) is None
    assert lexicon.evidence("anchor", "якорь") == 0.0
    assert lexicon.evidence("", "") == 0.0


def test_a_known_word_that_nothing_explains_costs_half_of_log_two(lexicon: Lexicon) -> None:
    """Half, since the evidence is the mean of both directions."""
    assert lexicon.evidence("", "лодка") == pytest.approx(-math.log(2) / 2)
    assert lexicon.evidence("boat sail", "") == pytest.approx(-math.log(2))


def test_a_word_without_a_translation_of_its_own_is_known_all_the_same() -> None:
    lexicon = learn([*PAIRS, ("anchor", "лодка"), ("anchor", "парус")])
    assert lexicon.judged("anchor", "")[1] == 1
    assert lexicon.evidence("anchor", "канат") < 0


def test_a_word_seen_once_teaches_nothing() -> None:
    lexicon = learn([*PAIRS, ("anchor", "якорь")])
    assert lexicon.judged("anchor", "якорь")[1] == 0
    assert lexicon.evidence("anchor", "якорь") == 0.0
    assert learn([*PAIRS, *[("anchor", "якорь")] * 3]).evidence("anchor", "якорь") > 0


def test_known_counts_different_words_of_both_sides(lexicon: Lexicon) -> None:
    assert lexicon.judged("The boat, the boat moves", "лодка якорь")[1] == 4


def test_texts_too_many_for_the_memory_are_not_weighed(lexicon: Lexicon) -> None:
    text = " ".join(NOUNS)
    assert lexicon.between([text] * 2100, ["лодка"] * 2100) is None


def test_no_pairs_make_a_lexicon_that_knows_nothing() -> None:
    assert learn([]).evidence("boat", "лодка") == 0.0
    assert learn([("", "")]).evidence("boat", "лодка") == 0.0


def test_the_order_of_pairs_does_not_matter(lexicon: Lexicon) -> None:
    assert learn(PAIRS[::-1]).evidence(*PAIRS[3]) == pytest.approx(lexicon.evidence(*PAIRS[3]), rel=1e-4)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sailing the sailboat", ("sailb", "saili", "the")),
        ("Boat BOAT boat", ("boat",)),
        ("use `boat` and $x$", ("and", "use")),
        ("3 of 12_b", ("b", "of")),
        ("帆船", ("帆船",)),
        ("大帆船", ("大帆", "帆船")),
        ("船", ("船",)),
        ("用GPU训练", ("gpu", "用", "训练")),
        ("", ()),
    ],
)
def test_words(text: str, found: tuple[str, ...]) -> None:
    assert words(text) == found
