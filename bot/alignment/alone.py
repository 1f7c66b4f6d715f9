"""Blocks without a partner that are partners: the only text of each side beside each other, the headers of a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from bot.alignment.gale_church import Bead
from bot.document.model import Block

if TYPE_CHECKING:
    from bot.alignment.blocks import Face


def paired(beads: Sequence[Bead], left: Sequence[Face], right: Sequence[Face]) -> list[Bead]:
    """The beads; where only two neighbouring texts have no partner and they share an atom, they become partners.

    Translators shorten some texts to less than their length suggests. Not texts that may be of the translators' own:
    longer ones, those with other atoms, and notes. A number and a tag are in any text.
    """
    return [bead for _, run in groupby(beads, all) for bead in _run(list(run), left, right)]


def with_headers(beads: Sequence[Bead], source: Sequence[Block], target: Sequence[Block]) -> list[Bead]:
    """The beads; where the lines under the headers of two tables are partners, headers without one are partners too."""
    alone = {bead for bead in beads if len(bead[0]) + len(bead[1]) == 1}
    joined: dict[Bead, Bead] = {}
    for left, right in beads if alone else ():
        if len(left) == len(right) == 1 and source[left[0]].kind == "markup" == target[right[0]].kind:
            i, j = left[0] - 1, right[0] - 1
            both = ((i,), ()), ((), (j,))
            if (
                alone.issuperset(both)
                and source[i].kind == target[j].kind == "row"
                and not (source[i].gap or target[j].gap)
            ):
                joined |= {both[0]: ((i,), (j,)), both[1]: ((), ())}
    return [bead for bead in (joined.get(bead, bead) for bead in beads) if any(bead)] if joined else [*beads]


def _run(beads: list[Bead], left: Sequence[Face], right: Sequence[Face]) -> list[Bead]:
    lefts, rights = ([k for bead in beads for k in bead[side]] for side in (0, 1))
    texts = [i for i in lefts if left[i].group == "text"], [j for j in rights if right[j].group == "text"]
    if all(map(all, beads)) or not len(texts[0]) == len(texts[1]) == 1:
        return beads
    i, j = texts[0][0], texts[1][0]
    if not _shortened(left[i], right[j]):
        return beads
    before = [*(((), (k,)) for k in rights if k < j), *(((k,), ()) for k in lefts if k < i)]
    return [*before, ((i,), (j,)), *(((k,), ()) for k in lefts if k > i), *(((), (k,)) for k in rights if k > j)]


def _shortened(english: Face, ours: Face) -> bool:
    """Whether a text may be a short translation of another one."""
    same = english.within == ours.within and english.marked == ours.marked
    theirs, mine = (frozenset(a for a in side.prose.hard if a[0][0] not in "<0123456789") for side in (english, ours))
    return same and bool(mine) and mine <= theirs and ours.prose.length <= english.prose.length
