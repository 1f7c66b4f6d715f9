"""Lists that a translation has at another place: a whole list without a partner on each side, alike item by item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING

from bot.alignment import gale_church
from bot.alignment.gale_church import Bead
from bot.document.model import Block

if TYPE_CHECKING:
    from bot.alignment.blocks import Face

_LEAST = 3
"""Items of a list that is recognised by their lengths alone; with an atom in common, two are enough (guesses)."""

_LIKELY = 2.0
"""The distance of two items up to which one may translate the other (a guess)."""

_LIKELY_ALL = 0.8
"""The same for the items of a list on average (a guess)."""


def with_moved_lists(
    beads: Sequence[Bead],
    source: Sequence[Block],
    target: Sequence[Block],
    faces: tuple[Sequence[Face], Sequence[Face]],
    scale: float,
) -> list[Bead]:
    """The beads; two lists without a partner become partners where no other one on either side has their shape."""
    alone: tuple[set[int], set[int]] = set(), set()
    for left, right in beads:
        if not left or not right:
            alone[0].update(left)
            alone[1].update(right)
    if not all(alone):
        return [*beads]
    theirs, ours = (_by_shape(blocks, free) for blocks, free in zip((source, target), alone, strict=True))
    partner: dict[int, int] = {}
    for shape, lists in theirs.items():
        found = ours.get(shape, [])
        if len(lists) == len(found) == 1 and _alike(lists[0], found[0], faces, scale):
            partner |= zip(lists[0], found[0], strict=True)
    taken = set(partner.values())
    out: list[Bead] = []
    for left, right in beads:
        if not right and left and left[0] in partner:
            out.append((left, (partner[left[0]],)))
        elif left or right[0] not in taken:
            out.append((left, right))
    return out


def _by_shape(blocks: Sequence[Block], free: set[int]) -> dict[Hashable, list[range]]:
    """The lists of which every block is ``free``, by what their blocks are."""
    found: defaultdict[Hashable, list[range]] = defaultdict(list)
    for whole in _lists(blocks):
        if free.issuperset(whole):
            found[tuple((b.kind, b.info, b.within, b.nesting) for b in blocks[whole.start : whole.stop])].append(whole)
    return found


def _lists(blocks: Sequence[Block]) -> Iterator[range]:
    """Every list, with all that is in its items."""
    start = -1
    for number, block in enumerate(blocks):
        if start >= 0 and not block.nesting:
            yield range(start, number)
            start = -1
        if start < 0 and block.nesting and block.info == "item":
            start = number
    if start >= 0:
        yield range(start, len(blocks))


def _alike(theirs: range, ours: range, faces: tuple[Sequence[Face], Sequence[Face]], scale: float) -> bool:
    """Whether each item has the length and the atoms of a translation of its partner."""
    pairs = [(faces[0][i].prose, faces[1][j].prose) for i, j in zip(theirs, ours, strict=True)]
    pairs = [(a, b) for a, b in pairs if a.length or b.length]
    costs = [gale_church.distance(a, b, scale) for a, b in pairs]
    shared = any(a.hard & b.hard for a, b in pairs)
    enough = len(pairs) >= (2 if shared else _LEAST)
    return enough and max(costs) <= _LIKELY and sum(costs) <= _LIKELY_ALL * len(costs)
