"""Which blocks people moved in a translation since an earlier version of it, changed ones too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence

from rapidfuzz.fuzz import ratio

from bot.alignment.blocks import align_versions, identity
from bot.document.model import Block
from bot.document.sentences import letters

_ALIKE = 60.0
"""Similarity (0 to 100) from which a block elsewhere is taken for a new wording of an earlier one (a guess)."""

_MANY = 2500
"""Above this many pairs, changed blocks are not compared with each other."""


def earlier_order(places: Mapping[int, int], count: int) -> list[int] | None:
    """The numbers of blocks in the order that they had by their earlier ``places``; None if people moved none.

    Blocks that are new stay where they are.
    """
    slots = sorted(places)
    order = sorted(slots, key=lambda t: places[t])
    if order == slots:
        return None
    numbers = list(range(count))
    for slot, t in zip(slots, order, strict=True):
        numbers[slot] = t
    return numbers


def earlier_places(
    before: Sequence[Block], now: Sequence[Block], shared: Callable[[int], tuple[int, int]]
) -> dict[int, int]:
    """The number that each present block had before: those in their place, those that moved, and those that changed.

    ``shared`` tells for a present block the earlier one that most of its sentences were in (-1: none), and how many.
    """
    beside = {right[0]: left[0] for left, right in align_versions(before, now) if left and right}
    found = {t: b for t, b in beside.items() if _key(before[b]) == _key(now[t]) or not now[t].fields}
    ours, theirs = _once(now), _once(before)
    taken = set(found.values())
    for key, t in ours.items():
        if t not in found and key in theirs and theirs[key] not in taken:
            found[t] = theirs[key]
            taken.add(found[t])
    rest = [t for t in range(len(now)) if t not in found and now[t].fields]
    origins = {t: shared(t) for t in rest}
    for t in sorted(rest, key=lambda t: -origins[t][1]):
        if (b := origins[t][0]) >= 0 and b not in taken:
            found[t] = b
            taken.add(b)
    for t, b in beside.items():
        if t not in found and b not in taken:
            found[t] = b
            taken.add(b)
    return found | _changed(before, now, [b for b in range(len(before)) if b not in taken], found)


def _changed(
    before: Sequence[Block], now: Sequence[Block], gone: Sequence[int], found: dict[int, int]
) -> dict[int, int]:
    """New wordings elsewhere of blocks that have ``gone`` from their place."""
    come = [t for t in range(len(now)) if t not in found and now[t].fields]
    if len(gone) * len(come) > _MANY:
        return {}
    texts = {t: letters(now[t].text) for t in come}
    ranked = [
        (ratio(letters(before[b].text), texts[t]), -abs(b - t), t, b)
        for b in gone
        for t in come
        if (before[b].kind, before[b].nesting) == (now[t].kind, now[t].nesting)
    ]
    out: dict[int, int] = {}
    for score, _, t, b in sorted(ranked, reverse=True):
        if score >= _ALIKE and t not in out and b not in out.values():
            out[t] = b
    return out


def _key(block: Block) -> Hashable:
    return block.nesting, block.within, identity(block)


def _once(blocks: Sequence[Block]) -> dict[Hashable, int]:
    """The number of each block that is there once."""
    count = Counter(map(_key, blocks))
    return {key: n for n, key in enumerate(map(_key, blocks)) if count[key] == 1}
