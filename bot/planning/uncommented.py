"""Translated blocks without a comment of English, where which English they translate is plain all the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from bot.alignment import gale_church
from bot.alignment.gale_church import Piece
from bot.document.model import Block
from bot.planning.likely_comments import LIKELY


def partners(
    target: Sequence[Block], english: Sequence[Block], there: Mapping[int, Collection[int]], scale: float
) -> dict[int, int]:
    """The English block that each of some translated blocks translates, where it can be no other.

    ``there`` has, for each such block, the blocks of English without a translation in the same place. It can be no
    other if a place has as many of both of one kind, and all are about as long as ``scale`` (characters of the
    translation for one of English) lets expect; headings vary in length.
    """
    places: defaultdict[tuple[tuple[int, ...], str, str], list[int]] = defaultdict(list)
    for t, found in there.items():
        block = target[t]
        places[tuple(sorted(found)), block.kind, block.info].append(t)
    pairs: dict[int, int] = {}
    for (found, kind, info), ours in places.items():
        theirs = [j for j in found if (english[j].kind, english[j].info) == (kind, info)]
        both = list(zip(ours, theirs, strict=False))
        if len(ours) == len(theirs) and all(
            kind == "heading" or gale_church.distance(_length(english[j]), _length(target[t]), scale) < LIKELY
            for t, j in both
        ):
            pairs |= both
    return pairs


def _length(block: Block) -> Piece:
    return Piece(gale_church.piece("\n".join(block.contents)).length, frozenset(), frozenset())
