"""How a translation drifted from its English before a sync, place by place, and what the sync keeps of that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.alignment.bitext import Bitext, Pair
from bot.document.markdown import Document
from bot.document.references import labels
from bot.document.structure import Drift, Structure, inline, pieces
from bot.planning.carry_over import Kept


def drift(bitext: Bitext, new: Document, pairs: Mapping[int, Sequence[Pair]], kept: Iterable[Kept]) -> Drift:
    """The drift of a translation; ``pairs`` are the sentences of those groups of blocks whose English changed."""
    old, target = bitext.source, bitext.target
    tabs = frozenset(tab for d in (old, new) for block in d.blocks for tab in block.tabs)
    known = [labels(d) for d in (old, new, target)]
    lacks: Structure = Counter()
    surplus: Structure = Counter()
    owed: Structure = Counter()
    for group, (left, right) in enumerate(bitext.groups):
        sides: list[tuple[Structure, Structure]]
        if group in pairs:
            sides = [
                (inline(pair.source_text, known[0]), inline(" ".join(s.text for s in pair.target), known[2]))
                for pair in pairs[group]
            ]
        else:
            english = pieces((old.blocks[i] for i in left), known[0], tabs)
            sides = [(english, pieces((target.blocks[t] for t in right), known[2], tabs))]
        for english, ours in sides:
            lacks.update(english - ours)
            surplus.update(ours - english)
    for one in kept:
        before, after = inline(one.old, known[0]), inline(one.new, known[1])
        was, said = inline(one.was, known[2]), inline(one.target, known[2])
        owed.update(after - before)
        owed.subtract(before - after)
        owed.subtract(said - was)
        owed.update(was - said)
    return Drift(lacks, surplus, owed)
