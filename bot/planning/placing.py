"""The order of a draft where it is not that of the English: entries the translation sorts, blocks only it has."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.alignment.bitext import Bitext
from bot.alignment.sequences import increasing
from bot.document.cells import opens_cell
from bot.document.markdown import Block, Document
from bot.document.sentences import normal
from bot.planning.layout import Item

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)


def in_target_order(items: Sequence[Item], bitext: Bitext) -> list[Item]:
    """``items``, in the order of the English, with what the translation has in another order where it has it.

    What is new follows what it follows in the English.
    """
    both = [(left[0], right) for left, right in bitext.groups if left and right]
    kept = {j for _, j in increasing([(i, right[0]) for i, right in both])}
    displaced = {t for _, right in both if right[0] not in kept for t in right}
    if not displaced:
        return list(items)
    runs: list[list[Item]] = [[]]
    for item in items:
        if item.first >= 0:
            runs.append([item])
        else:
            runs[-1].append(item)
    staying = [runs[0], *(run for run in runs[1:] if run[0].first not in displaced)]
    number = {run[0].last: n for n, run in enumerate(staying) if n}
    ends = sorted(number)
    behind: defaultdict[int, list[list[Item]]] = defaultdict(list)
    for run in sorted((run for run in runs[1:] if run[0].first in displaced), key=lambda run: run[0].first):
        before = bisect_left(ends, run[0].first)
        behind[number[ends[before - 1]] if before else 0].append(run)
    return [item for n, run in enumerate(staying) for part in (run, *behind[n]) for item in part]


def hang(items: Sequence[Item], bitext: Bitext, carried: Mapping[int, int]) -> list[Item]:
    """Puts blocks that only the translation has back beside what they belong to.

    That is the block before them; for a comment, a heading and what leads over to the block behind, it is that one,
    and for a note where the block before it changed. ``carried`` tells the block of the new English in which the
    first sentence that stays of a block of the translation is. A cell of a notebook goes behind the cell before it.
    """
    blocks = bitext.target.blocks
    used = {t for item in items for t in range(item.first, item.last + 1)}
    own = sorted(t for left, right in bitext.groups if not left for t in right if t not in used)
    known = used.union(own)
    starts = {item.first: n for n, item in enumerate(items) if item.first >= 0}
    stops = {item.last: n for n, item in enumerate(items) if item.last >= 0}
    ends = sorted(stops)
    places = {item.source: n for n, item in enumerate(items) if item.source >= 0}
    untouched = {t for item in items if item.untouched for t in range(item.first, item.last + 1)}.union(own)
    english = {right[0]: left for left, right in bitext.groups if right}
    # The item that each of them leads over to; of several in a row, what the one behind it leads to.
    leads: dict[int, int] = {}
    for t in reversed(own):
        following = starts.get(t + 1, leads.get(t + 1, -1))
        if following < 0 and t + 1 < len(blocks) and t + 1 not in known:
            following = places.get(carried.get(t + 1, -1), -1)
        changed = t > 0 and t - 1 not in untouched
        if following >= 0 and (_leads(blocks, t) or (changed and (is_note(blocks[t]) or t - 1 not in used))):
            leads[t] = following
    before: defaultdict[int, list[Item]] = defaultdict(list)
    behind: defaultdict[int, list[Item]] = defaultdict(list)
    cell = -1
    for t in own:
        item = Item((blocks[t].text,), blocks[t].gap, t, t, -1, True)
        cell = t if opens_cell(blocks[t].text) or cell == t - 1 >= 0 else -1
        if cell >= 0:
            behind[_last_of_cell(items, stops[ends[at - 1]] if (at := bisect_left(ends, t)) else -1)].append(item)
        elif t in leads:
            before[leads[t]].append(item)
        elif t + 1 in used or t + 1 in carried or not _holds(blocks[t], bitext.source, english.get(t + 1, ())):
            behind[stops[ends[at - 1]] if (at := bisect_left(ends, t)) else -1].append(item)
    out = behind[-1]
    for n, item in enumerate(items):
        out += [*before[n], item, *behind[n]]
    return out


def _last_of_cell(items: Sequence[Item], n: int) -> int:
    """The last item of the notebook cell that item ``n`` is in."""
    while n + 1 < len(items) and not (items[n + 1].parts and opens_cell(items[n + 1].parts[0])):
        n += 1
    return n


def _leads(blocks: Sequence[Block], t: int) -> bool:
    """Whether block ``t`` of a translation belongs to the one behind it rather than to the one before."""
    block = blocks[t]
    if block.kind == "heading" or _COMMENT.fullmatch(block.text.strip()):
        return True
    if block.fields and block.contents[-1].rstrip().endswith((":", "：")):
        return True
    return not block.gap and t > 0 and bool(blocks[t - 1].gap)


def is_note(block: Block) -> bool:
    """Whether a block looks like a note of the translators: in emphasis, in brackets, or quoted."""
    return block.kind == "paragraph" and block.text.lstrip().startswith(("*", "_", "(", "（", "[", ">"))


def _holds(block: Block, source: Document, places: Sequence[int]) -> bool:
    """Whether a block is a comment that holds the English of these blocks."""
    comment = _COMMENT.fullmatch(block.text.strip())
    english = normal(" ".join(source.blocks[i].text for i in places))
    return bool(comment and english and normal(comment[1]) == english)
