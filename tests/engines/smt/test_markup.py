"""The engine smt: sentences whose Markdown has to come through whole."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("jieba", reason="the extra smt is not installed")

from bot.document.runs import runs
from bot.engines.smt.markup import whole
from bot.engines.smt.tokens import PLACE, Tokens, restored, sentence, text

Said = Callable[[Sequence[Tokens]], list[Tokens]]


def says(known: Mapping[str, str]) -> Said:
    """A decoder that knows some sentences by heart, and says all others again."""
    return lambda every: [tuple(known.get(" ".join(s), " ".join(s)).split()) for s in every]


def one(source: str, known: Mapping[str, str]) -> str | None:
    (found,) = whole([tuple(source.split())], says(known))
    return None if found is None else " ".join(found)


MARKED = "they are ⟦o0⟧ fully ⟦c0⟧ connected"


@pytest.mark.parametrize(
    "bad",
    [
        "sono ⟦o0⟧ ⟦c0⟧ zen setsu",
        "sono ⟦o0⟧ , ⟦c0⟧ setsu",
        "sono ⟦c0⟧ zen ⟦o0⟧ setsu",
        "sono zen setsu",
        "sono ⟦o0⟧ zen ⟦c0⟧ ⟦o0⟧ setsu ⟦c0⟧",
        "sono ⟦o0⟧ zen ⟦c0⟧ ⟦a0⟧",
    ],
)
def test_what_lost_its_marks_is_translated_by_parts(bad: str) -> None:
    parts = {"they are ⟦o0⟧ connected": "sono ⟦o0⟧ setsu", "fully": "zen"}
    assert one(MARKED, {MARKED: bad, **parts}) == "sono ⟦o0⟧ zen ⟦c0⟧ setsu"
    assert one(MARKED, {MARKED: "zen ⟦o0⟧ setsu ⟦c0⟧", **parts}) == "zen ⟦o0⟧ setsu ⟦c0⟧"


def test_a_word_whose_translation_says_nothing_stays() -> None:
    parts = {"they are ⟦o0⟧ connected": "sono ⟦o0⟧ setsu", "fully": "、"}
    assert one(MARKED, {MARKED: "sono ⟦o0⟧ 、 ⟦c0⟧ setsu", **parts}) == "sono ⟦o0⟧ fully ⟦c0⟧ setsu"


@pytest.mark.parametrize(("source", "said"), [("crafted .", "、 。"), ("crafted", ""), ("...", "")])
def test_what_says_nothing_is_no_translation(source: str, said: str) -> None:
    assert one(source, {source: said}) is None


@pytest.mark.parametrize(("source", "said"), [("...", "……"), ("⟦o0⟧ * ⟦c0⟧", "⟦o0⟧ ＊ ⟦c0⟧"), ("⟦a0⟧ .", "⟦a0⟧ 。")])
def test_where_english_has_no_words_none_are_missed(source: str, said: str) -> None:
    assert one(source, {source: said}) == said


PIECES = ["word", "other", ",", "`x`", "*", "**", "$y$", "[", "](a.md)", ":cite:`A.2020`", "."]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9), st.randoms())
def test_no_answer_of_a_decoder_breaks_markdown(pieces: list[str], chance: random.Random) -> None:
    source = " ".join(pieces)
    taken = sentence(source, "en", str.split)

    def disorder(every: Sequence[Tokens]) -> list[Tokens]:
        return [tuple(chance.sample(s, len(s))) for s in every]

    (found,) = whole([taken.tokens], disorder)
    if found is None:
        return
    assert Counter(t for t in found if PLACE.fullmatch(t)) == Counter(t for t in taken.tokens if PLACE.fullmatch(t))
    opened = [t[2:] for t in found if t.startswith("⟦o")]
    for number in opened:
        assert found.index(f"⟦o{number}") < found.index(f"⟦c{number}")
    assert restored(text(found, "en"), taken.places)


def test_a_mark_of_emphasis_is_one_for_readers_too() -> None:
    taken = sentence("They are *fully* connected.", "en", str.split)
    (found,) = whole([taken.tokens], says({" ".join(taken.tokens): "sono ⟦o0⟧ ⟦c0⟧ zen setsu ."}))
    assert found is not None
    written = runs(restored(text(found, "es"), taken.places))
    assert [run.text for run in written if run.kind in ("open", "close")] == ["*", "*"]


@pytest.mark.parametrize(
    ("tokens", "written"),
    [
        ("他 说 “ 好 “ 。", "他说“好”。"),
        ("” 好 ” 和 “ 不 ”", "“好”和“不”"),
        ("“ 好", "“好"),
        ("„ 好 “ 和 „ 不 “", "„好“和„不“"),
    ],
)
def test_quotes_come_in_pairs(tokens: str, written: str) -> None:
    assert text(tokens.split(), "zh") == written
