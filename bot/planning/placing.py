"""Orders a draft where it differs from the English: entries the translation sorts, blocks only it has."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence, Set

from bot.alignment.bitext import Bitext
from bot.alignment.sequences import increasing
from bot.document.markdown import Block, Document
from bot.document.segmentation import block_sentences
from bot.document.sentences import normal
from bot.planning.layout import Item

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)


def in_target_order(items: Sequence[Item], bitext: Bitext) -> list[Item]:
    """Moves ``items``, given in the order of the English, to the translation's places where its order differs.

    New items follow the same item as in the English.
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


def hang(items: Sequence[Item], bitext: Bitext, said: Set[int]) -> list[Item]:
    """Puts blocks that only the translation has back next to the block they belong to.

    That is the block before them. Comments, headings and lead-ins belong to the block after them, as do notes whose
    preceding block changed. ``said`` are the blocks of which at least one sentence is kept, anywhere.
    """
    blocks = bitext.target.blocks
    used = {t for item in items for t in range(item.first, item.last + 1)}
    own = sorted(t for left, right in bitext.groups if not left for t in right if t not in used)
    known = used.union(own)
    starts = {item.first: n for n, item in enumerate(items) if item.first >= 0}
    stops = {item.last: n for n, item in enumerate(items) if item.last >= 0}
    ends = sorted(stops)
    untouched = {t for item in items if item.untouched for t in range(item.first, item.last + 1)}.union(own)
    english = {right[0]: left for left, right in bitext.groups if right}
    # The item that each block leads into; in a run of such blocks, the item that the next one leads into.
    leads: dict[int, int] = {}
    for t in reversed(own):
        following = starts.get(t + 1, leads.get(t + 1, -1))
        if following < 0 and t + 1 < len(blocks) and t + 1 not in known:
            following = _carried_to(items, bitext, t + 1)
        changed = t > 0 and t - 1 not in untouched
        if following >= 0 and (_leads(blocks, t) or (changed and (_is_note(blocks[t]) or t - 1 not in used))):
            leads[t] = following
    before: defaultdict[int, list[Item]] = defaultdict(list)
    behind: defaultdict[int, list[Item]] = defaultdict(list)
    for t in own:
        item = Item((blocks[t].text,), blocks[t].gap, t, t, -1, True)
        if t in leads:
            before[leads[t]].append(item)
        elif t + 1 in used or t + 1 in said or not _holds(blocks[t], bitext.source, english.get(t + 1, ())):
            behind[stops[ends[at - 1]] if (at := bisect_left(ends, t)) else -1].append(item)
    out = behind[-1]
    for n, item in enumerate(items):
        out += [*before[n], item, *behind[n]]
    return out


def _carried_to(items: Sequence[Item], bitext: Bitext, t: int) -> int:
    """The item that holds a sentence of block ``t`` of the translation after English turned it into another block."""
    said = [s.text for s in block_sentences(bitext.target, t, bitext.languages[1])]
    for n, item in enumerate(items):
        texts = [part for part in item.parts if isinstance(part, str)]
        if any(sentence in text for sentence in said for text in texts):
            return n
    return -1


def _leads(blocks: Sequence[Block], t: int) -> bool:
    """Whether block ``t`` of a translation belongs to the block after it rather than the one before."""
    block = blocks[t]
    if block.kind == "heading" or _COMMENT.fullmatch(block.text.strip()):
        return True
    if block.fields and block.contents[-1].rstrip().endswith((":", "：")):
        return True
    return not block.gap and t > 0 and bool(blocks[t - 1].gap)


def _is_note(block: Block) -> bool:
    """Whether a block looks like a translators' note: in emphasis, in brackets, or quoted."""
    return block.kind == "paragraph" and block.text.lstrip().startswith(("*", "_", "(", "（", "[", ">"))


def _holds(block: Block, source: Document, places: Sequence[int]) -> bool:
    """Whether a block is a comment that contains the English of these blocks."""
    comment = _COMMENT.fullmatch(block.text.strip())
    english = normal(" ".join(source.blocks[i].text for i in places))
    return bool(comment and english and normal(comment[1]) == english)
