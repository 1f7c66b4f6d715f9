"""Which cells of three notebooks are the same cell: the English before and now, and the translation.

Ids decide where they agree, unless the content contradicts them (tools that number cells give an inserted cell the id
of another). All other cells are paired by the blocks in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.alignment.blocks import align_translation, align_versions
from bot.alignment.gale_church import Bead
from bot.alignment.sequences import Matcher
from bot.document.cells import CellType, PageCell, opens_cell, page_cells, renamed
from bot.document.markdown import parse
from bot.document.model import Block
from bot.document.page import Page

Pairs = dict[int, int]
"""Maps cells of one notebook to those of another, by their numbers from 0."""


@dataclass(frozen=True)
class Names:
    """A name for each cell of three notebooks: equal names are the same cell, and no two cells of one are."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    target: tuple[str, ...]


def named(old: str, new: str, target: str) -> tuple[str, str, str]:
    """Three pages, whose cells have the names of ``names``; texts that are no pages stay as they are."""
    if not (isinstance(old, Page) and isinstance(new, Page) and isinstance(target, Page)):
        return old, new, target
    language = new.notebook.language
    found = names(old, new, target)
    pages = ((old, found.old), (new, found.new), (target, found.target))
    one, two, three = (Page(renamed(page, own, language), page.file) for page, own in pages)
    return one, two, three


@lru_cache(maxsize=4)  # the plan and the draft of a document ask for the same
def names(old: str, new: str, target: str) -> Names:
    """Names for the cells of three pages."""
    cells = page_cells(old), page_cells(new), page_cells(target)
    later = _paired(cells[0], cells[1], align_versions, ("markdown", "code", "raw"))
    ours = _paired(cells[0], cells[2], align_translation, ("code",))
    new_names = {j: f"{i}" for i, j in later.items()}
    target_names = {j: f"{i}" for i, j in ours.items()}
    # A translation may already have what is new in the English.
    ahead = {(c.type, c.name): j for j, c in enumerate(cells[1]) if c.name and j not in new_names}
    for j, cell in enumerate(cells[2]):
        if j not in target_names and (cell.type, cell.name) in ahead:
            target_names[j] = f"n{ahead[cell.type, cell.name]}"
    return Names(
        tuple(f"{i}" for i in range(len(cells[0]))),
        tuple(new_names.get(j, f"n{j}") for j in range(len(cells[1]))),
        tuple(target_names.get(j, f"t{j}") for j in range(len(cells[2]))),
    )


def _paired(
    left: Sequence[PageCell],
    right: Sequence[PageCell],
    align: Callable[[Sequence[Block], Sequence[Block]], list[Bead]],
    copied: Sequence[CellType],
) -> Pairs:
    """The pairs of two notebooks. Cells of the types ``copied`` usually have the same content in both."""
    places = {(c.type, c.name): j for j, c in enumerate(right) if c.name}
    pairs = {i: places[c.type, c.name] for i, c in enumerate(left) if c.name and (c.type, c.name) in places}
    sides = [[(c.type, c.source) if c.type in copied else None for c in side] for side in (left, right)]
    equal = sum(sides[0][i] == sides[1][j] is not None for i, j in pairs.items())
    if pairs and equal < _in_order(*sides):
        pairs = {}
    if len(pairs) in (len(left), len(right)):
        return pairs
    back = {j: i for i, j in pairs.items()}
    one = "".join(replace(c, name=f"{i}" if i in pairs else "").text for i, c in enumerate(left))
    other = "".join(replace(c, name=f"{back[j]}" if j in back else "").text for j, c in enumerate(right))
    return pairs | _by_content(parse(one).blocks, parse(other).blocks, align, pairs, left, right)


def _in_order(left: Sequence[object], right: Sequence[object]) -> int:
    """How many cells are equal and in the same order."""
    one, other = [x for x in left if x], [x for x in right if x]
    matcher = Matcher(None, [repr(x) for x in one], [repr(x) for x in other], autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def _by_content(
    source: Sequence[Block],
    target: Sequence[Block],
    align: Callable[[Sequence[Block], Sequence[Block]], list[Bead]],
    known: Pairs,
    left: Sequence[PageCell],
    right: Sequence[PageCell],
) -> Pairs:
    """Pairs of the cells that are not ``known``: those that share the most pairs of blocks, each cell once."""
    cells = list(_cells(source)), list(_cells(target))
    filled = [
        {n for n, block in zip(numbers, blocks, strict=True) if block.kind != "cell"}
        for numbers, blocks in zip(cells, (source, target), strict=True)
    ]
    votes = Counter(
        (cells[0][i], cells[1][j])
        for one, other in align(source, target)
        for i in one
        for j in other
        # That two cells open is no evidence, unless there is nothing in them.
        if source[i].kind != "cell" or not (cells[0][i] in filled[0] or cells[1][j] in filled[1])
    )
    done = set(known), set(known.values())
    out: Pairs = {}
    for (i, j), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if i not in done[0] and j not in done[1] and left[i].type == right[j].type:
            out[i] = j
            done[0].add(i)
            done[1].add(j)
    return out


def _cells(blocks: Sequence[Block]) -> Iterator[int]:
    """The number of the cell that each block is in."""
    number = -1
    for block in blocks:
        number += opens_cell(block.text)
        yield number
