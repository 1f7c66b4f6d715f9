"""Finds blocks that people moved or replaced by hand as English did: planned as they are, they would change twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace

from bot.alignment.blocks import identity
from bot.alignment.sequences import increasing
from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.model import Block, BlockKind, Document, render
from bot.document.page import CELL

_FIXED: frozenset[BlockKind] = frozenset({"code", "math", "image"})
"""Kinds of blocks that are aligned by their content."""


def moved_back(recorded: str, target: str, flavour: Flavour) -> str:
    """``target`` with its blocks in the order in which they were ``recorded``; empty if people moved none.

    Blocks that are there more than once, and those that people wrote since, stay in their place. Not for notebooks.
    """
    if not recorded or target.startswith(CELL):
        return ""
    before, now = _parsed(recorded, flavour), _parsed(target, flavour)
    place = _places(before.blocks)
    ours = _places(now.blocks)
    slots = sorted(n for key, n in ours.items() if key in place)
    order = sorted(slots, key=lambda n: place[_key(now.blocks[n])])
    if order == slots:
        return ""
    blocks = list(now.blocks)
    for slot, n in zip(slots, order, strict=True):
        blocks[slot] = now.blocks[n]
    if order[-1] != slots[-1]:
        last, end = blocks[slots[-1]], now.blocks[slots[-1]]
        # White space at the end of the document, or of a list, parts no blocks.
        blocks[slots[-1]] = replace(last, gap=end.gap)
        here = order.index(slots[-1])
        blocks[slots[here]] = replace(end, gap=end.gap or last.gap)
    back = render(Document(now.lead, tuple(blocks)))
    again = parse(back, flavour).blocks
    return back if [_key(b) for b in again] == [_key(b) for b in blocks] else ""


def moved_alike(target: str, draft: str, flavour: Flavour) -> bool:
    """Whether a draft has the blocks of ``target``, all of them, in the order in which they are there, and once."""
    now, blocks = _parsed(target, flavour).blocks, _parsed(draft, flavour).blocks
    ours, theirs = _places(now), _places(blocks)
    if any(_key(b) in ours and _key(b) not in theirs for b in blocks) or not set(map(_key, now)) <= set(
        map(_key, blocks)
    ):
        return False
    both = sorted((n, theirs[key]) for key, n in ours.items())
    return len(increasing(both)) == len(both)


def put_back(recorded: str, target: str, flavour: Flavour) -> str:
    """``target`` with its code, math and images as they were ``recorded``; empty if they are.

    Only where people added and removed no block, so that each is in the place of its earlier version.
    """
    if not recorded or target.startswith(CELL):
        return ""
    before, now = parse(recorded, flavour).blocks, parse(target, flavour)
    if [(b.kind, b.nesting) for b in before] != [(b.kind, b.nesting) for b in now.blocks]:
        return ""
    pairs = list(zip(before, now.blocks, strict=True))
    if not any(b.kind in _FIXED and _key(b) != _key(was) for was, b in pairs):
        return ""
    blocks = [replace(was, gap=b.gap) if b.kind in _FIXED else b for was, b in pairs]
    return render(Document(now.lead, tuple(blocks)))


def same_fixed(target: str, draft: str, flavour: Flavour) -> bool:
    """Whether a draft has the same code, math and images as ``target``, in the same order."""
    ours, theirs = ([_key(b) for b in parse(t, flavour).blocks if b.kind in _FIXED] for t in (target, draft))
    return ours == theirs


def _parsed(text: str, flavour: Flavour) -> Document:
    """A document that ends with a line end, since a block without one is not the same block."""
    return parse(text if text.endswith(("\n", "\r")) else text + "\n", flavour)


def _key(block: Block) -> Hashable:
    return block.nesting, block.within, identity(block)


def _places(blocks: Sequence[Block]) -> dict[Hashable, int]:
    """The number of each block that is there once."""
    count = Counter(map(_key, blocks))
    return {key: n for n, key in enumerate(map(_key, blocks)) if count[key] == 1}
