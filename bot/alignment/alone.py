"""Blocks without a partner: the only text of the English and the only one of the translation, beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.alignment.gale_church import Bead

if TYPE_CHECKING:
    from bot.alignment.blocks import Face


def partners(beads: list[Bead], left: Sequence[Face], right: Sequence[Face]) -> list[Bead]:
    """A run of neighbours; if only two texts in it have no partner and they share an atom, they become partners.

    Translators shorten some texts to less than their length suggests.
    """
    lefts, rights = ([k for bead in beads for k in bead[side]] for side in (0, 1))
    texts = [i for i in lefts if left[i].group == "text"], [j for j in rights if right[j].group == "text"]
    if all(map(all, beads)) or not len(texts[0]) == len(texts[1]) == 1:
        return beads
    i, j = texts[0][0], texts[1][0]
    if left[i].within != right[j].within or not left[i].prose.hard & right[j].prose.hard:
        return beads
    before = [*(((), (k,)) for k in rights if k < j), *(((k,), ()) for k in lefts if k < i)]
    return [*before, ((i,), (j,)), *(((k,), ()) for k in lefts if k > i), *(((), (k,)) for k in rights if k > j)]
