"""Each new English sentence and the old one that it came from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from support.books import sentence
from support.examples import examples

from bot.alignment.bitext import Sentence
from bot.planning import tracing
from bot.planning.tracing import Trace

quick = examples(30)

MAST, SAIL, ROPE, WIND = (
    "The mast of our boat is made of old pine.",
    "A sail as wide as a barn door hangs from it.",
    "Every rope has a name that beginners forget.",
    "When the wind turns, the whole crew must duck.",
)


def side(*blocks: list[str]) -> list[Sentence]:
    out, at = [], 0
    for number, block in enumerate(blocks):
        for text in block:
            out.append(Sentence(number, 0, at, at + len(text), text))
            at += len(text) + 1
    return out


def traced(old: list[list[str]], new: list[list[str]], later: dict[int, list[int]] | None = None) -> Trace:
    if later is None:
        later = {n: [n] for n in range(min(len(old), len(new)))}
    return tracing.trace(side(*old), side(*new), later)


@quick
@given(st.lists(sentence(), min_size=1, max_size=6, unique=True), st.randoms(use_true_random=False))
def test_a_sentence_that_is_still_there_is_traced_to_itself(texts: list[str], random: object) -> None:
    old = [[text] for text in texts]
    new = old[::-1]
    found = traced(old, new, {})
    assert found == {n: [len(texts) - 1 - n] for n in range(len(texts))}


@quick
@given(st.lists(sentence(), min_size=1, max_size=5), st.lists(sentence(), min_size=1, max_size=5))
def test_traces_are_of_sentences_that_exist(old: list[str], new: list[str]) -> None:
    found = traced([old], [new])
    assert all(0 <= n < len(new) and before == sorted(set(before)) for n, before in found.items())
    assert all(0 <= m < len(old) for before in found.values() for m in before)


def test_a_sentence_put_between_two_others_is_new() -> None:
    assert traced([[MAST, SAIL]], [[MAST, ROPE, SAIL]]) == {0: [0], 2: [1]}


def test_a_deleted_sentence_is_traced_by_none() -> None:
    assert traced([[MAST, SAIL, ROPE]], [[MAST, ROPE]]) == {0: [0], 1: [2]}


def test_a_rewritten_sentence_is_traced_in_its_place() -> None:
    assert traced([[MAST, "Tie it.", ROPE]], [[MAST, "Now knot all of it.", ROPE]]) == {0: [0], 1: [1], 2: [2]}


def test_of_two_rewritten_sentences_each_finds_the_more_similar_one() -> None:
    old = [[MAST, "We sail in the early morning.", "Nobody sleeps on deck.", ROPE]]
    new = [[MAST, "Nobody ever sleeps on the deck.", ROPE]]
    assert traced(old, new) == {0: [0], 1: [2], 2: [3]}


def test_of_several_rewritten_sentences_strangers_are_not_traced() -> None:
    old = [[MAST, "Eat fish.", "We sail in the early morning.", ROPE]]
    new = [[MAST, "Jump!", "We sail in the early evening.", ROPE]]
    assert traced(old, new) == {0: [0], 2: [2], 3: [3]}


def test_a_sentence_that_moved_to_another_block_is_found() -> None:
    assert traced([[MAST, SAIL], [ROPE]], [[MAST], [ROPE, SAIL]]) == {0: [0], 1: [2], 2: [1]}


def test_a_sentence_that_moved_and_lost_a_comma_is_found_before_a_more_distant_one() -> None:
    bare = WIND.replace(",", "").replace("When", "when")
    assert traced([[MAST], [WIND]], [[MAST], [ROPE], [bare]], {0: [0]}) == {0: [0], 2: [1]}


def test_a_sentence_that_moved_and_was_edited_is_found_by_similarity() -> None:
    edited = WIND.replace("whole crew", "entire crew")
    assert traced([[WIND], [MAST]], [[MAST], [edited]], {1: [0]}) == {0: [1], 1: [0]}
    assert traced([[WIND], [MAST]], [[MAST], [ROPE]], {1: [0]}) == {0: [1]}


def test_the_most_similar_of_two_that_moved_is_taken_and_each_only_once() -> None:
    near, far = WIND.replace("turns", "turned"), WIND.replace("the whole crew must", "we all should")
    assert traced([[near], [far]], [[WIND]], {}) == {0: [0]}
    assert traced([[far], [near]], [[WIND]], {}) == {0: [1]}
    assert traced([[WIND]], [[far], [near]], {}) == {1: [0]}


def test_of_equally_similar_ones_the_first_is_taken() -> None:
    one, two = WIND.replace("crew", "band"), WIND.replace("crew", "gang")
    assert traced([[one], [two]], [[WIND]], {}) == {0: [0]}
    assert traced([[WIND]], [[one], [two]], {}) == {0: [0]}


def test_a_short_sentence_elsewhere_is_traced_by_exact_text_only() -> None:
    assert traced([["Mind the boom!"]], [["Mind a boom!"]], {}) == {}
    assert traced([["Mind the boom!"]], [["Mind the boom!"]], {}) == {0: [0]}


def test_repeated_sentences_are_told_apart_by_order() -> None:
    assert traced([[MAST, MAST]], [[MAST, MAST]]) == {0: [0], 1: [1]}
    assert traced([[MAST], [MAST]], [[MAST], [MAST]], {}) == {0: [0], 1: [1]}


def test_a_block_split_in_two_keeps_its_sentences() -> None:
    assert traced([[MAST, SAIL, ROPE]], [[MAST, SAIL], [ROPE]], {0: [0, 1]}) == {0: [0], 1: [1], 2: [2]}


ONE = "The mast of our boat is made of old pine, and a sail as wide as a barn door hangs from it."
FIRST, SECOND = "The mast of our boat is made of old pine.", "And a sail as wide as a barn door hangs from it."


def test_one_sentence_split_in_two_is_traced_by_both() -> None:
    assert traced([[ROPE, ONE, WIND]], [[ROPE, FIRST, SECOND, WIND]]) == {0: [0], 1: [1], 2: [1], 3: [2]}


def test_two_sentences_joined_are_both_traced() -> None:
    assert traced([[ROPE, FIRST, SECOND, WIND]], [[ROPE, ONE, WIND]]) == {0: [0], 1: [1, 2], 2: [3]}


def test_a_shorter_half_behind_or_before_is_taken_in_all_the_same() -> None:
    long, short = "A sail as wide as a barn door hangs from it on most days of the year.", "It is blue and very old."
    before = f"{short[:-1]}, {long}"
    assert traced([[short, long]], [[before]]) == {0: [0, 1]}
    behind = f"{long[:-1]}, and {short}"
    assert traced([[long, short]], [[behind]]) == {0: [0, 1]}
    assert traced([[before]], [[short, long]]) == {0: [0], 1: [0]}
    assert traced([[behind]], [[long, short]]) == {0: [0], 1: [0]}


def test_a_neighbour_in_another_block_is_no_half() -> None:
    assert traced([[FIRST], [SECOND]], [[ONE]], {0: [0]}).get(0) in ([0], [1])
    assert len(traced([[ONE]], [[FIRST], [SECOND]], {0: [0]})) == 1


def test_a_stranger_beside_is_no_half() -> None:
    edited = MAST.replace("old pine", "new pine")
    assert traced([[MAST, ROPE]], [[edited]]) == {0: [0]}
    assert traced([[MAST]], [[edited, ROPE]]) == {0: [0]}


def test_a_half_is_taken_in_once() -> None:
    """The old neighbour that one new sentence took in is not there for the next."""
    found = traced([[FIRST, SECOND]], [[ONE, FIRST.replace("old pine", "oak")]])
    assert sorted(m for before in found.values() for m in before) == [0, 1]
