"""The pairwise selection that the fault tests rely on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from support.pairwise import pairs, pairwise


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from("abc"), st.booleans()), max_size=40))
def test_every_two_values_that_meet_still_meet(cases: list[tuple[int, str, bool]]) -> None:
    chosen = pairwise(cases)
    assert set(chosen) <= set(cases) and len(chosen) == len(set(chosen))
    assert {pair for case in chosen for pair in pairs(case)} == {pair for case in cases for pair in pairs(case)}


def test_a_full_matrix_becomes_much_smaller() -> None:
    matrix = [(a, b, c, d) for a in range(5) for b in range(5) for c in range(2) for d in range(2)]
    assert 25 <= len(pairwise(matrix)) <= 30
