"""Finds blocks that people moved by hand as English moved them: planned from where they are, they would move twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace

from bot.alignment.blocks import identity
from bot.alignment.sequences import increasing
from bot.document.flavours import Flavour
from bot.document.markdown import Block, Document, parse, render
from bot.document.page import CELL


def moved_back(recorded: str, target: str, flavour: Flavour) -> str:
    """``target`` with its blocks in the order in which they were ``recorded``; empty if people moved none.

    Blocks that are there more than once, and those that people wrote since, stay in their place. Not for notebooks.
    """
    if not recorded or target.startswith(CELL):
        return ""
    before, now = parse(recorded, flavour), parse(target, flavour)
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
        if not end.text.endswith(("\n", "\r")):
            return ""
        # White space at the end of the document, or of a list, parts no blocks.
        blocks[slots[-1]] = replace(last, gap=end.gap)
        here = order.index(slots[-1])
        blocks[slots[here]] = replace(end, gap=end.gap or last.gap)
    back = render(Document(now.lead, tuple(blocks)))
    again = parse(back, flavour).blocks
    return back if [_key(b) for b in again] == [_key(b) for b in blocks] else ""


def moved_alike(target: str, draft: str, flavour: Flavour) -> bool:
    """Whether a draft has the blocks that it keeps of ``target`` in the order in which they are there."""
    ours, theirs = _places(parse(target, flavour).blocks), _places(parse(draft, flavour).blocks)
    both = sorted((n, theirs[key]) for key, n in ours.items() if key in theirs)
    return len(increasing(both)) == len(both)


def _key(block: Block) -> Hashable:
    return block.nesting, block.within, identity(block)


def _places(blocks: Sequence[Block]) -> dict[Hashable, int]:
    """The number of each block that is there once."""
    count = Counter(map(_key, blocks))
    return {key: n for n, key in enumerate(map(_key, blocks)) if count[key] == 1}
