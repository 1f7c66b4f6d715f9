"""Which words translate each other, learned from sentence pairs of an invented language."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alignment import word_alignment
from bot.alignment.word_alignment import WordAlignment

NOUNS = {"model": "modeto", "layer": "kamado", "network": "retomu", "matrix": "matori"}
COLOURS = {"deep": "fuka", "small": "chisa", "random": "muraka"}
VERBS = {"learns": "manabas", "stores": "tamoras", "reads": "yomitas"}

PAIRS = [
    (f"the {colour} {noun} {verb}".split(), f"{noun_} {colour_} {verb_}".split())
    for (noun, noun_), (colour, colour_), (verb, verb_) in product(NOUNS.items(), COLOURS.items(), VERBS.items())
]
"""The adjective is behind its noun, and there is no article."""

SENTENCES = st.lists(st.sampled_from("abcde"), min_size=1, max_size=7)


def test_words_that_go_together_are_linked_whatever_their_order() -> None:
    for (source, target), (there, back) in zip(PAIRS, WordAlignment(PAIRS).links(), strict=True):
        assert [source[i] for i in there.argmax(axis=0)] == [source[2], source[1], source[3]]
        assert [target[j] for j in back.argmax(axis=1)][1:] == [target[1], target[0], target[2]]


def test_an_article_translates_none() -> None:
    found = WordAlignment(PAIRS)
    alone = dict(zip(found.names[0], found.alone[0], strict=True))
    assert max(alone, key=lambda word: alone[word]) == "the" and alone["the"] > 0.9


def test_the_table_has_what_translates_a_word() -> None:
    found = WordAlignment(PAIRS)
    (left, right), (one, other) = found.names, found.pairs
    best = {left[a]: right[b] for _, a, b in sorted(zip(found.there, one, other, strict=True))}
    assert {word: best[word] for word in NOUNS} == NOUNS


def test_the_place_of_the_word_before_decides_between_equal_words() -> None:
    pairs = [*PAIRS, ("deep model reads deep layer".split(), "modeto fuka kamado fuka yomitas".split())]
    there, _ = list(WordAlignment(pairs).links())[-1]
    assert there[:, 1].argmax() == 0 and there[:, 3].argmax() == 3


@given(st.lists(st.tuples(SENTENCES, SENTENCES), min_size=1, max_size=12))
def test_links_are_shares(pairs: list[tuple[list[str], list[str]]]) -> None:
    for (source, target), (there, back) in zip(pairs, WordAlignment(pairs).links(), strict=True):
        assert there.shape == back.shape == (len(source), len(target))
        assert there.min() >= 0 <= back.min()
        assert there.sum(axis=0).max() <= 1 + 1e-9 >= back.sum(axis=1).max()


@given(st.lists(st.tuples(SENTENCES, SENTENCES), min_size=2, max_size=12))
def test_a_book_in_parts_is_aligned_like_one_in_a_piece(pairs: list[tuple[list[str], list[str]]]) -> None:
    whole = list(WordAlignment(pairs).links())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_alignment, "PART", 20)
        patch.setattr(word_alignment, "GROUP", 30)
        parts = list(WordAlignment(pairs).links())
    for one, other in zip(whole, parts, strict=True):
        assert np.allclose(one, other, atol=1e-6)
