"""Equal and unequal stretches of two sequences."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.calls import calls

from bot.alignment.sequences import Matcher, Stretch, increasing, stretches, unique_pairs


def check(old: Sequence[int], new: Sequence[int]) -> list[Stretch]:
    """The stretches of both, after a look at what holds for any."""
    found = stretches(old, new)
    a = b = 0
    for part in found:
        assert (part.a, part.b) == (a, b) and (part.a_end, part.b_end) != (a, b)
        a, b = part.a_end, part.b_end
        if part.same:
            assert old[part.a : a] == new[part.b : b]
    assert (a, b) == (len(old), len(new))
    assert all(x.same != y.same for x, y in pairwise(found))
    return found


@given(st.lists(st.integers(0, 6), max_size=30), st.lists(st.integers(0, 6), max_size=30))
def test_stretches_cover_both_sequences(old: list[int], new: list[int]) -> None:
    check(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([1, 2, 3, 4], [1, 2, 9, 4]),
        ([1, 2, 3], [3, 1, 2]),
        ([1, 1, 2, 1, 1], [1, 1, 1, 3, 1]),
        ([], [1]),
        ([1], []),
    ],
)
def test_short_sequences_are_compared_as_difflib_does(old: list[int], new: list[int]) -> None:
    said = [
        Stretch(a, a_end, b, b_end, tag == "equal")
        for tag, a, a_end, b, b_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    ]
    assert stretches(old, new) == said


def test_long_sequences_are_cut_at_what_is_unique() -> None:
    old = list(range(20_000))
    new = [*old[:5000], -1, *old[5001:12_000], -2, -3, *old[12_000:]]
    assert check(old, new) == [
        Stretch(0, 5000, 0, 5000, True),
        Stretch(5000, 5001, 5000, 5001, False),
        Stretch(5001, 12_000, 5001, 12_000, True),
        Stretch(12_000, 12_000, 12_000, 12_002, False),
        Stretch(12_000, 20_000, 12_002, 20_002, True),
    ]


def test_long_sequences_without_anything_unique() -> None:
    old = [n % 3 for n in range(30_000)]
    new = [*old[:9000], 7, *old[9000:]]
    new[20_000] = 8
    same = sum(part.a_end - part.a for part in check(old, new) if part.same)
    assert same >= len(old) - 20


def test_a_long_sequence_that_becomes_unique_piece_by_piece() -> None:
    old = [n for k in range(6000) for n in (k + 1, k)]
    new = [n for k in range(6000) for n in ((k + 1, k) if k % 2 else (-k, k + 1, k))]
    assert any(part.same for part in check(old, new))


def test_pairs_of_what_is_unique_are_in_order() -> None:
    assert unique_pairs(["a", "b", None, "c", "c", "d"], ["b", "a", "d", None, "c"]) in (
        [(0, 1), (5, 2)],
        [(1, 0), (5, 2)],
    )
    assert increasing([]) == [] and increasing([(0, 4), (1, 2), (2, 3)]) == [(1, 2), (2, 3)]


@given(st.lists(st.sampled_from("ab"), max_size=40), st.lists(st.sampled_from("abc"), max_size=40))
def test_a_matcher_of_short_sequences_is_that_of_difflib(old: list[str], new: list[str]) -> None:
    assert Matcher(None, old, new).get_opcodes() == SequenceMatcher(None, old, new).get_opcodes()


def test_a_matcher_of_long_sequences_compares_few_elements() -> None:
    old = [line for n in range(500) for line in (f"{n}", "")]
    new = ["first", *(f"{line} changed" if n % 4 == 0 else line for n, line in enumerate(old))]
    for autojunk in (False, True):
        found = Matcher(None, old, new, autojunk)
        assert calls(found.get_opcodes) < 300 * len(old)
        blocks = found.get_matching_blocks()
        assert sum(b.size for b in blocks) == 750 and blocks[-1] == (len(old), len(new), 0)
        assert all(old[b.a : b.a + b.size] == new[b.b : b.b + b.size] for b in blocks)
