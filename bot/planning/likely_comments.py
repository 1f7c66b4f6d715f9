"""English in comments that the history of a book does not have, such as a version that translators corrected.

A comment counts if it reads as English, and is as long as what is behind it should make it, by the other comments.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from bot.alignment import gale_church
from bot.alignment.gale_church import Piece
from bot.baselines import comments
from bot.document.model import PROSE, Block, Document

LIKELY = 2.0
"""Cost of two lengths (``gale_church.distance``) below which they may be those of a translation (a guess)."""

SHORTEST = 60
"""Characters, without spaces, from which a comment can count by its length: most notes of people are shorter (a guess,
right for all 130 comments of a Japanese book that were in doubt)."""

Comments = dict[int, tuple[Block, ...]]
"""Comments by the number of their block, with what they say as blocks."""


def likely_english(target: Document, known: Comments, every: Comments) -> Comments:
    """The comments of ``every`` that are likely English, beside the ``known`` ones, which are English of the book."""
    places = [*sorted(every), len(target.blocks)]
    sides = [lengths(target, t, places, every[t]) for t in known]
    scale = gale_church.ratio([source for source, _ in sides], [said for _, said in sides])
    rest = {t: inner for t, inner in every.items() if t not in known}
    return {t: inner for t, inner in rest.items() if _is_likely(target, t, places, inner, scale)}


def around(likely: Comments, known: Comments, paragraphs: Sequence[int]) -> Comments:
    """Those of ``likely`` that no ``known`` comment separates from one of some paragraphs (all by their blocks)."""
    ours = sorted(known)
    regions = {bisect_left(ours, t) for t in paragraphs}
    return {t: inner for t, inner in likely.items() if t not in known and bisect_left(ours, t) in regions}


def _is_likely(target: Document, t: int, places: Sequence[int], inner: Sequence[Block], scale: float) -> bool:
    """Whether a comment can be the English of what is between it and the next one."""
    if any(block.kind == "heading" for block in inner):
        behind = target.blocks[t + 1 : t + 1 + len(inner)]
        return [(b.kind, b.info) for b in inner] == [(b.kind, b.info) for b in behind]
    english, said = lengths(target, t, places, inner)
    likely = english.length >= SHORTEST and gale_church.distance(english, said, scale) < LIKELY
    return likely and comments.has_english(target.blocks[t].text)


def lengths(target: Document, t: int, places: Sequence[int], inner: Sequence[Block]) -> tuple[Piece, Piece]:
    """The prose of a comment, and of the blocks between it and the next one: how long they are, and nothing else."""
    run = target.blocks[t + 1 : places[bisect_right(places, t)]]
    texts = ("\n".join(c for b in side if b.kind in PROSE for c in b.contents) for side in (inner, run))
    first, second = (Piece(gale_church.piece(text).length, frozenset(), frozenset()) for text in texts)
    return first, second
