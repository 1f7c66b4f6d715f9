"""How a translation drifted from its English before a sync, place by place, and what the sync keeps of that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.alignment.bitext import Bitext, Pair
from bot.document.model import Block, Document
from bot.document.references import labels
from bot.document.structure import Drift, Structure, inline, pieces
from bot.planning.carry_over import Carried

Sides = tuple[Structure, Structure]
"""The pieces of a place of the English, and of its translation."""

Own = tuple[Block, Block, Block | None, Block | None]
"""A block in the old English, in the new, in the translation, and in the draft, which keeps the translation's own.

The last two are None where the translation never had it.
"""


def drift(
    bitext: Bitext, new: Document, pairs: Mapping[int, Sequence[Pair]], carried: Carried, own: Iterable[Own]
) -> Drift:
    """The drift of a translation; ``pairs`` are the sentences of those groups of blocks whose English changed."""
    known = tuple(labels(d) for d in (bitext.source, bitext.target, new))
    sides = (bitext.source, new)
    tabs = frozenset(tab for d in sides for block in d.blocks if block.kind == "code" for tab in block.tabs)
    lacks: Structure = Counter()
    surplus: Structure = Counter()
    alone: Sides = (Counter(), Counter())
    for (english, ours), partners in _places(bitext, pairs, known, tabs):
        lacks.update(english - ours)
        surplus.update(ours - english)
        if not partners:
            alone[0].update(english)
            alone[1].update(ours)
    # What is alone on both sides is the same, more likely than not, and was not found to be.
    same = Counter({key: n for key, n in (alone[0] & alone[1]).items() if key[0] not in ("fence", "directive")})
    return Drift(lacks - same, surplus - same, _owed(carried, own, known, tabs))


def _places(
    bitext: Bitext, pairs: Mapping[int, Sequence[Pair]], known: Sequence[frozenset[str]], tabs: frozenset[str]
) -> Iterator[tuple[Sides, bool]]:
    """The pieces of each place, and whether it is in both languages."""
    source, target = bitext.source, bitext.target
    for group, (left, right) in enumerate(bitext.groups):
        if group not in pairs:
            english = pieces((source.blocks[i] for i in left), known[0], tabs)
            yield (english, pieces((target.blocks[t] for t in right), known[1], tabs)), bool(left and right)
        for pair in pairs.get(group, ()):
            ours = inline(" ".join(s.text for s in pair.target), known[1])
            yield (inline(pair.source_text, known[0]), ours), bool(pair.source and pair.target)


def _owed(carried: Carried, own: Iterable[Own], known: Sequence[frozenset[str]], tabs: frozenset[str]) -> Structure:
    out: Structure = Counter()
    edits = [*((k.old, k.new, k.was, k.target) for k in carried.kept), *((*edit, "", "") for edit in carried.absent)]
    places = (known[0], known[2], known[1], known[1])
    texts = (tuple(inline(text, keys) for text, keys in zip(edit, places, strict=True)) for edit in edits)
    blocks = (tuple(pieces(filter(None, (block,)), frozenset(), tabs) for block in places) for places in own)
    for before, after, was, now in (*texts, *blocks):
        out.update(after)
        out.subtract(before)
        out.subtract(now)
        out.update(was)
    return out
