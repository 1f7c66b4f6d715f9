"""Runs of comment lines into which English puts code: the translated run is cut where the English one is."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.planning.code_lines import Item

Items = tuple[Item, ...]


def cut_runs(base: Items, ours: Items, theirs: Items, twin: Mapping[int, int]) -> tuple[Items, Items, Items] | None:
    """The items of the old English, the translation and the new English with such runs in pieces; None if none is cut.

    ``twin`` has the translation of old items. A run is cut if all of its lines are in the new English, in order, and
    its translation has as many: then each line translates the one in its place (a guess).
    """
    whole = {item.text for item in theirs}
    there = [(n, line) for n, item in enumerate(theirs) if _is_run(item) for line in _lines(item)]
    having = defaultdict[str, list[int]](list)
    for at, (_, line) in enumerate(there):
        having[line].append(at)
    cuts: dict[int, list[int]] = {}
    taken: dict[int, set[str]] = {}
    for n, t in twin.items():
        lines = _lines(base[n])
        if not _is_run(base[n]) or base[n].text in whole or len(lines) < 2:
            continue
        if len(ours[t].text.splitlines()) != len(lines) or (found := _places(lines, having)) is None:
            continue
        places = [there[at][0] for at in found]
        if places[0] != places[-1]:
            cuts[n] = [len(list(run)) for _, run in groupby(places)]
            for line, place in zip(lines, places, strict=True):
                taken.setdefault(place, set()).add(line)
    if not cuts:
        return None
    back = {twin[n]: sizes for n, sizes in cuts.items()}
    parts = {
        n: [len(list(run)) for _, run in groupby(_lines(theirs[n]), mine.__contains__)] for n, mine in taken.items()
    }
    return _cut(base, cuts), _cut(ours, back), _cut(theirs, parts)


def _is_run(item: Item) -> bool:
    """Whether it is a run of comment lines, not a docstring."""
    return item.comment and item.key == "#"


def _lines(item: Item) -> list[str]:
    return [line.strip() for line in item.text.splitlines()]


def _places(lines: Sequence[str], having: Mapping[str, Sequence[int]]) -> list[int] | None:
    """Where each of some lines is among those of the new English; None if not all of them are there, in order."""
    found: list[int] = []
    for line in lines:
        places = having.get(line, ())
        at = bisect_left(places, found[-1] + 1 if found else 0)
        if at == len(places):
            return None
        found.append(places[at])
    return found


def _cut(side: Items, sizes: Mapping[int, Sequence[int]]) -> Items:
    """Items with some of them cut into pieces of so many lines."""
    out: list[Item] = []
    for n, item in enumerate(side):
        lines = item.text.splitlines(keepends=True)
        at = 0
        for size in sizes.get(n, [len(lines)]):
            text = "".join(lines[at : at + size])
            out.append(Item(item.key, text, item.comment, item.pieces))
            at += size
    return tuple(out)
