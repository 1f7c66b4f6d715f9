"""The order of a draft where it is not that of the English: entries the translation sorts, blocks only it has."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from bot.alignment.bitext import Bitext
from bot.alignment.sequences import increasing
from bot.document.cells import opens_cell
from bot.document.model import Block, Document
from bot.document.segment import Segment
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


def hang(items: Sequence[Item], bitext: Bitext, carried: Mapping[int, int], new: Document) -> list[Item]:
    """Puts blocks that only the translation has back beside what they belong to.

    That is the block before them; for a comment, a heading and what leads over to the block behind, it is that one,
    and for a note where the block before it changed. ``carried`` tells the block of the new English in which the
    first sentence that stays of a block of the translation is. A cell of a notebook goes behind the cell before it, a
    section behind what is ``new`` in the one before it.
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
    tabs = _whole_tabs(blocks, own)
    starts_outside, ends_outside = _outside([_mark(item) for item in items])
    cell = -1
    there: list[Item] = []
    sections: dict[int, int] = {}  # the item behind which each block of a section goes
    outside = set[int]()  # items inside a tab behind which a tab was, which went behind that tab: so does what follows
    for t in own:
        item = Item((blocks[t].text,), blocks[t].gap, t, t, -1, True)
        cell = t if opens_cell(blocks[t].text) or cell == t - 1 >= 0 else -1
        last = stops[ends[at - 1]] if (at := bisect_left(ends, t)) else -1
        if tabs.get(t, t) != t:
            there.append(item)
        elif cell >= 0:
            behind[_last_of_cell(items, last)].append(item)
        elif t in leads:
            there = before[starts_outside[leads[t]] if t in tabs else leads[t]]
            there.append(item)
        elif t + 1 in used or t + 1 in carried or not _holds(blocks[t], bitext.source, english.get(t + 1, ())):
            if t in tabs and last >= 0:
                outside.add(last)
            if blocks[t].kind == "heading" and last >= 0:
                sections[t] = last = _last_of_section(items, last, new)
            elif t - 1 in sections:
                sections[t] = last = sections[t - 1]
            there = behind[ends_outside[last] if last in outside else last]
            there.append(item)
    out = behind[-1]
    for n, item in enumerate(items):
        out += [*before[n], item, *behind[n]]
    return _without_tabs_in_tabs(
        out, frozenset(chain.from_iterable(_names(block.text) for block in bitext.source.blocks))
    )


_TAB = re.compile(r"[ \t>]*:(begin|end)_tab:(?:`([^`\n]*)`)?")


def _mark(item: Item) -> re.Match[str] | None:
    """What opens or closes a tab of prose (``:begin_tab:``) in an item."""
    return _TAB.match(item.parts[0]) if item.parts and isinstance(item.parts[0], str) else None


def _outside(marks: Sequence[re.Match[str] | None]) -> tuple[list[int], list[int]]:
    """For each item, the one that opens the tab it is in and the one that closes it; itself if it is in none."""
    starts, ends = list(range(len(marks))), list(range(len(marks)))
    first = -1
    for n, mark in enumerate(marks):
        if mark and mark[1] == "begin":
            first = n
        elif mark and first >= 0:
            starts[first : n + 1] = [first] * (n + 1 - first)
            ends[first : n + 1] = [n] * (n + 1 - first)
            first = -1
    return starts, ends


def _whole_tabs(blocks: Sequence[Block], own: Sequence[int]) -> dict[int, int]:
    """The blocks of the tabs that only the translation has, with all that is in them, each with the one opening it."""
    mine, out = set(own), dict[int, int]()
    for start in own:
        if blocks[start].info == "begin_tab":
            end = next((t for t in range(start, len(blocks)) if blocks[t].info == "end_tab"), len(blocks))
            if mine.issuperset(range(start, end + 1)):
                out |= dict.fromkeys(range(start, end + 1), start)
    return out


def _without_tabs_in_tabs(items: Sequence[Item], known: frozenset[str]) -> list[Item]:
    """``items`` without the lines that open and close a tab of the translation where English has the same tab now.

    Names that only translators use, none of those that are ``known`` from the old English, go into the line of English.
    """
    out = dict(enumerate(items))
    outer, ends = -1, 0  # what opened the tab that is open, and how many lines that close one are too many
    for n, item in enumerate(items):
        mark = _mark(item)
        if mark and mark[1] == "begin":
            own = n if item.source < 0 else outer
            other = outer if own == n else n
            nest = outer >= 0 and (item.source < 0) != (items[outer].source < 0)
            names = [_names(items[k].parts[0]) for k in (own, other)] if nest else []
            if names and (not names[0] or set(names[0]) & set(names[1])):
                added = [name for name in names[0] if name not in (*names[1], *known)]
                out[other] = _with_names(out[other], added)
                del out[own]
                ends += 1
                outer = other
            else:
                outer = n
        elif mark and item.source < 0 and ends:
            del out[n]
            ends -= 1
        elif mark:
            outer = -1
    return list(out.values())


def _names(line: str | Segment) -> tuple[str, ...]:
    """The names in a line that opens a tab; none of any other text."""
    mark = _TAB.match(line) if isinstance(line, str) else None
    return tuple(filter(None, re.split(r"[\s,]+", mark[2] or ""))) if mark else ()


def _with_names(item: Item, names: Sequence[str]) -> Item:
    mark = _mark(item)
    if not names or not mark or mark[2] is None:
        return item
    line = mark.string[: mark.end(2)] + "".join(f", {name}" for name in names) + mark.string[mark.end(2) :]
    return replace(item, parts=(line, *item.parts[1:]))


def _last_of_cell(items: Sequence[Item], n: int) -> int:
    """The last item of the notebook cell that item ``n`` is in."""
    while n + 1 < len(items) and not (items[n + 1].parts and opens_cell(items[n + 1].parts[0])):
        n += 1
    return n


def _last_of_section(items: Sequence[Item], n: int, new: Document) -> int:
    """The last item of those behind item ``n`` that are new and in the same section."""
    while n + 1 < len(items) and (item := items[n + 1]).first < 0 <= item.source:
        if new.blocks[item.source].kind == "heading":
            break
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
