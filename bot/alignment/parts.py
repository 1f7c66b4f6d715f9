"""The parts of two texts that are aligned separately: the document, and entries at different places in the two."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.alignment.gale_church import Bead
from bot.alignment.order import order
from bot.alignment.sequences import increasing
from bot.document.model import Block


@dataclass(frozen=True)
class Part:
    """Blocks of both texts that are aligned with each other, and their known pairs."""

    left: Sequence[int]
    right: Sequence[int]
    known: tuple[tuple[int, int], ...] = ()

    def shifted(self, i: int, j: int) -> Part:
        """The same part in texts that have ``i`` and ``j`` blocks before it."""
        known = tuple((a + i, b + j) for a, b in self.known)
        return Part([n + i for n in self.left], [n + j for n in self.right], known)


def parts_of(source: Sequence[Block], target: Sequence[Block]) -> list[Part]:
    """The document without the entries that the translation has in another order, then each entry separately."""
    found = order(source, target)
    rest = set(range(len(source))), set(range(len(target)))
    parts: list[Part] = []
    for a, b in found.displaced:
        rest[0].difference_update(range(a.first, a.end))
        rest[1].difference_update(range(b.first, b.end))
        first, *others = parts_of(source[a.first : a.end], target[b.first : b.end])
        head = a.head - a.first, b.head - b.first
        inner = [Part(first.left, first.right, (head, *first.known)), *others]
        parts += [part.shifted(a.first, b.first) for part in inner]
    known = increasing(sorted((a.head, b.head) for a, b in found.in_order))
    return [Part(sorted(rest[0]), sorted(rest[1]), tuple(known)), *parts]


def put_together(parts: Sequence[Part], aligned: Callable[[Sequence[int], Sequence[int]], list[Bead]]) -> list[Bead]:
    """The beads of all parts in the order of the English; ``aligned`` returns indices into its arguments."""
    beads = [bead for part in parts for bead in _beads(part, aligned)]
    if len(parts) == 1:
        return beads
    # Blocks that only the translation has come after the block that they follow there.
    place: dict[int, float] = {t: a[0] for a, b in beads if a for t in b}
    before = -1.0
    for t in range(sum(len(part.right) for part in parts)):
        before = place.setdefault(t, before)
    return sorted(beads, key=lambda bead: (bead[0][0], 0) if bead[0] else (place[bead[1][0]], 1))


def _beads(part: Part, aligned: Callable[[Sequence[int], Sequence[int]], list[Bead]]) -> Iterator[Bead]:
    i = j = 0
    for known_i, known_j in part.known:
        end_i, end_j = bisect_left(part.left, known_i), bisect_left(part.right, known_j)
        if end_i >= i and end_j >= j:
            yield from _between(part.left[i:end_i], part.right[j:end_j], aligned)
            yield (known_i,), (known_j,)
            i, j = end_i + 1, end_j + 1
    yield from _between(part.left[i:], part.right[j:], aligned)


def _between(
    left: Sequence[int], right: Sequence[int], aligned: Callable[[Sequence[int], Sequence[int]], list[Bead]]
) -> Iterator[Bead]:
    for a, b in aligned(left, right):
        ours, theirs = tuple(left[k] for k in a), tuple(right[k] for k in b)
        if all(y == x + 1 for side in (ours, theirs) for x, y in pairwise(side)):
            yield ours, theirs
        else:  # they are not neighbours in the document
            yield ours[:1], theirs[:1]
            yield from (((i,), ()) for i in ours[1:])
            yield from (((), (j,)) for j in theirs[1:])
