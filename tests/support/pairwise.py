"""Pairwise selection: of a whole matrix, a part in which every two values that can meet still meet."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import combinations

Case = tuple[Hashable, ...]


def pairs(case: Case) -> frozenset[tuple[Hashable, ...]]:
    """Every two values of a case, each with its column."""
    return frozenset(combinations(enumerate(case), 2))


def pairwise(cases: Sequence[Case]) -> list[Case]:
    """A part of the cases that has all pairs of all of them: greedily, the case with the most missing pairs first."""
    missing = set[tuple[Hashable, ...]]().union(*map(pairs, cases))
    found = []
    while missing:
        found.append(max(cases, key=lambda case: len(pairs(case) & missing)))
        missing -= pairs(found[-1])
    return found
