"""Compares two versions of a sequence: which stretches are equal, in time linear in their length.

Short sequences are left to difflib. Long ones are split at elements that occur once on either side (patience diff); the
stretches between are compared by rapidfuzz, in pieces of bounded size.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from typing import TypeVar

from rapidfuzz.distance import Indel, Opcodes

_FEW = 20_000
"""Equal pairs up to which difflib, whose results are the most readable, is used (real documents: 2,000)."""

_PIECE = 4000
"""Elements compared at once in a stretch without unique elements; time and memory are quadratic."""

_LOOSE = 3_600
"""Pairs of elements up to which a stretch grows by equal ones that are no certain partners (a guess)."""

_DEPTH = 16
"""Maximum times a stretch is split at its unique elements; after that it is treated as one without any."""


@dataclass(frozen=True)
class Stretch:
    """Half-open ranges ``a:a_end`` of the old sequence and ``b:b_end`` of the new; ``same`` if they are equal."""

    a: int
    a_end: int
    b: int
    b_end: int
    same: bool


Element = TypeVar("Element", bound=Hashable)


class Matcher(SequenceMatcher[Element]):
    """``difflib.SequenceMatcher`` for sequences of any length: in long ones ``stretches`` finds what is equal."""

    def __init__(
        self,
        isjunk: Callable[[Element], bool] | None,
        a: Sequence[Element],
        b: Sequence[Element],
        autojunk: bool = True,
    ) -> None:
        super().__init__(isjunk, a, b, autojunk)
        self._sides = a, b
        self._found: list[Match] | None = None
        often = {key: n for key, n in Counter(b).items() if not autojunk or len(b) < 200 or n <= len(b) // 100 + 1}
        self._long = len(a) + len(b) > 2 * _PIECE or sum(often.get(key, 0) for key in a) > _FEW

    def get_matching_blocks(self) -> list[Match]:
        if self._found is None:
            self._found = self._in_stretches() if self._long else super().get_matching_blocks()
        return self._found

    def _in_stretches(self) -> list[Match]:
        a, b = self._sides
        return [*(Match(s.a, s.b, s.a_end - s.a) for s in stretches(a, b) if s.same), Match(len(a), len(b), 0)]


def stretches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Stretch]:
    """Equal and unequal stretches in order, which together cover both sequences."""
    return list(_merged(_compared(old, new, (0, len(old), 0, len(new)), 0)))


def certain(parts: Sequence[Stretch], old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Stretch]:
    """The stretches; equal ones between unequal ones become part of these if all their elements became more or fewer.

    Where one more ``{% endif %}`` is put in, only what is beside each of them tells which one is new.
    """
    counts = Counter(old), Counter(new)
    last: Stretch | None = None
    for n, part in enumerate(parts):
        elements = old[part.a : part.a_end] if part.same else ()
        loose = 0 < n < len(parts) - 1 and all(counts[0][key] != counts[1][key] for key in elements)
        if last and (loose or not part.same) and (part.a_end - last.a) * (part.b_end - last.b) <= _LOOSE:
            last = Stretch(last.a, part.a_end, last.b, part.b_end, False)
            continue
        if last:
            yield last
        last = None if part.same else part
        if part.same:
            yield part
    if last:
        yield last


def _merged(found: Iterator[Stretch]) -> Iterator[Stretch]:
    """Neighbours of one kind as one stretch; empty ones left out."""
    last: Stretch | None = None
    for here in found:
        if here.a == here.a_end and here.b == here.b_end:
            continue
        if last is not None and last.same == here.same:
            last = Stretch(last.a, here.a_end, last.b, here.b_end, last.same)
            continue
        if last is not None:
            yield last
        last = here
    if last is not None:
        yield last


def _compared(
    old: Sequence[Hashable], new: Sequence[Hashable], part: tuple[int, int, int, int], depth: int
) -> Iterator[Stretch]:
    """Compares the common ends first, since most edits are small."""
    a, a_end, b, b_end = part
    head, most = 0, min(a_end - a, b_end - b)
    while head < most and old[a + head] == new[b + head]:
        head += 1
    tail = 0
    while tail < most - head and old[a_end - 1 - tail] == new[b_end - 1 - tail]:
        tail += 1
    yield Stretch(a, a + head, b, b + head, True)
    yield from _middle(old, new, (a + head, a_end - tail, b + head, b_end - tail), depth)
    yield Stretch(a_end - tail, a_end, b_end - tail, b_end, True)


def _middle(
    old: Sequence[Hashable], new: Sequence[Hashable], part: tuple[int, int, int, int], depth: int
) -> Iterator[Stretch]:
    a, a_end, b, b_end = part
    left, right = old[a:a_end], new[b:b_end]
    counts = Counter(left), Counter(right)
    pairs = sum(n * counts[1][key] for key, n in counts[0].items())
    if not pairs:
        yield Stretch(a, a_end, b, b_end, False)
    elif pairs <= _FEW and len(left) + len(right) <= 2 * _PIECE:
        for tag, i, i_end, j, j_end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            yield Stretch(a + i, a + i_end, b + j, b + j_end, tag == "equal")
    elif depth < _DEPTH and (pins := unique_pairs(left, right)):
        i, j = a, b
        for pin_i, pin_j in pins:
            # The pin is the last element of its part and is found as the common end.
            yield from _compared(old, new, (i, a + pin_i + 1, j, b + pin_j + 1), depth + 1)
            i, j = a + pin_i + 1, b + pin_j + 1
        yield from _compared(old, new, (i, a_end, j, b_end), depth + 1)
    else:
        yield from _in_pieces(left, right, a, b)


def _in_pieces(left: Sequence[Hashable], right: Sequence[Hashable], a: int, b: int) -> Iterator[Stretch]:
    count = max(len(left), len(right)) // _PIECE + 1
    for n in range(count):
        i, i_end = n * len(left) // count, (n + 1) * len(left) // count
        j, j_end = n * len(right) // count, (n + 1) * len(right) // count
        steps: Opcodes = Indel.opcodes(left[i:i_end], right[j:j_end])
        for s in steps:
            yield Stretch(
                a + i + s.src_start, a + i + s.src_end, b + j + s.dest_start, b + j + s.dest_end, s.tag == "equal"
            )


def unique_pairs(old: Sequence[Hashable | None], new: Sequence[Hashable | None]) -> list[tuple[int, int]]:
    """Positions of elements that occur once on each side, in the same order on both; None is ignored."""
    places = _once(new)
    return increasing([(i, places[key]) for key, i in _once(old).items() if key in places])


def _once(keys: Sequence[Hashable | None]) -> dict[Hashable, int]:
    count = Counter(keys)
    return {key: n for n, key in enumerate(keys) if key is not None and count[key] == 1}


def increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Longest subsequence of ``pairs`` (sorted by first element) whose second elements also increase."""
    tails: list[int] = []
    ends: list[int] = []
    came: list[int] = []
    for n, (_, j) in enumerate(pairs):
        length = bisect_left(tails, j)
        came.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [j]
        ends[length : length + 1] = [n]
    at = ends[-1] if ends else -1
    out = []
    while at >= 0:
        out.append(pairs[at])
        at = came[at]
    return out[::-1]
