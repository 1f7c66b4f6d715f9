"""Entries that a translation has in another order: sections, items, terms and rows identified by their names.

A glossary, a list of questions or of tools is sorted in the alphabet of its language. What identifies an entry
survives translation: the id of its heading, an anchor, a link target, a code span, an untranslated name. If their
order contradicts that of the English, entries are paired by these, each with all blocks that belong to it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.alignment import gale_church
from bot.alignment.sequences import increasing
from bot.document.anchors import anchors, made_of
from bot.document.model import PROSE, Block, Document
from bot.document.sentences import normal

_WEIGHT = {"id": 100, "name": 2, "atom": 1}
"""Weights of an id, an untranslated name and any other atom as evidence for the same entry: ids decide."""

_SURE = 2
"""Evidence from which an entry is identified by itself; with less, only in a list with other identified entries."""

_PER = 4
"""Maximum blocks of an entry per piece of evidence: long sections share an atom or two by chance."""

_LEAST = 3
"""Entries of a list that must be identified before a single atom is enough for each other one."""

_AGREED = 0.6
"""Share of an entry's identifying pieces that must match its partner."""

_LONG = 6
"""Code points beyond which content other than prose is distinctive."""

_ANCHOR = re.compile(
    r"""<a\s[^<>]*\b(?:id|name)\s*=\s*["']?([\w:.-]+) | \{[^{}]*\#([\w:.-]+)[^{}]*\} | \[\[([\w:.-]+)\]\]""", re.VERBOSE
)
_ONLY_ANCHOR = re.compile(r"\([\w:.-]+\)=|(?:<a\s[^<>]*\b(?:id|name)\s*=[^<>]*>\s*(?:</a>)?\s*)+")
"""A block that is only an anchor for the text after it."""

_BOLD = re.compile(r"(?:\*\*|__)([^*_\n]+?)[:：]?(?:\*\*|__)")

_OPENING = re.compile(r"`[^`\n]+`|\[[^\]\n]+\](?:\([^()\s]+\)|\[[^\]\n]*\])|(?:\*\*|__)[^*_\n]+(?:\*\*|__)")

Key = tuple[str, str]
"""What identifies an entry: ``id``, ``name`` or ``atom``, and its text."""


@dataclass(frozen=True)
class Entry:
    """Blocks ``first:end`` that belong together, in the list ``among`` of entries of one kind; ``head`` names it."""

    first: int
    end: int
    head: int
    among: tuple[str, int]


@dataclass(frozen=True)
class Order:
    """Entries of the English with those of the translation: displaced ones, and the others of the same lists."""

    displaced: tuple[tuple[Entry, Entry], ...] = ()
    in_order: tuple[tuple[Entry, Entry], ...] = ()


def order(source: Sequence[Block], target: Sequence[Block]) -> Order:
    """The entries that both texts have in different orders, outermost ones only; empty if none is certain."""
    places = _unique(source), _unique(target)
    common = [key for key in places[0] if key in places[1]]
    spots = sorted((places[0][key], places[1][key]) for key in common)
    if all(a[1] <= b[1] for a, b in pairwise(spots)):
        return Order()
    lists = _paired(source, target, [(key, places[0][key], places[1][key]) for key in common])
    displaced: list[tuple[Entry, Entry]] = []
    in_order: list[tuple[Entry, Entry]] = []
    for sure in lists:
        kept = set(increasing([(a.first, b.first) for a, b in sure]))
        if len(kept) < len(sure):
            displaced += [(a, b) for a, b in sure if (a.first, b.first) not in kept]
            in_order += [(a, b) for a, b in sure if (a.first, b.first) in kept]
    taken: tuple[set[int], set[int]] = (set(), set())
    outer = []
    for a, b in sorted(displaced, key=lambda pair: (pair[0].first - pair[0].end, pair[0].first)):
        blocks = range(a.first, a.end), range(b.first, b.end)
        if taken[0].isdisjoint(blocks[0]) and taken[1].isdisjoint(blocks[1]):
            outer.append((a, b))
            taken[0].update(blocks[0])
            taken[1].update(blocks[1])
    rest = [(a, b) for a, b in in_order if a.head not in taken[0] and b.head not in taken[1]]
    return Order(tuple(sorted(outer, key=lambda pair: pair[0].first)), tuple(rest))


def _paired(
    source: Sequence[Block], target: Sequence[Block], common: Sequence[tuple[Key, int, int]]
) -> list[list[tuple[Entry, Entry]]]:
    """By list: entries that are the same according to unique pieces of both texts, in the order of the English."""
    holders = _holders(source), _holders(target)
    own: tuple[Counter[Entry], Counter[Entry]] = (Counter(), Counter())
    shared: Counter[tuple[Entry, Entry]] = Counter()
    for (kind, _), i, j in common:
        left = [e for e in holders[0].get(i, ()) if kind == "atom" or e.head == i]
        right = [e for e in holders[1].get(j, ()) if kind == "atom" or e.head == j]
        for side, entries in zip(own, (left, right), strict=True):
            side.update(dict.fromkeys(entries, _WEIGHT[kind]))
        shared.update({(a, b): _WEIGHT[kind] for a in left for b in right if a.among[0] == b.among[0]})
    lists: defaultdict[tuple[tuple[str, int], tuple[str, int]], list[tuple[Entry, Entry]]] = defaultdict(list)
    weights = {
        pair: weight
        for pair, weight in shared.items()
        if weight > _AGREED * own[0][pair[0]] and weight > _AGREED * own[1][pair[1]]
    }
    for a, b in sorted(weights, key=lambda pair: (pair[0].first, pair[1].first)):
        lists[a.among, b.among].append((a, b))
    return [
        [
            (a, b)
            for a, b in pairs
            if (weights[a, b] >= _SURE or len(pairs) >= _LEAST)
            and weights[a, b] * _PER >= max(a.end - a.first, b.end - b.first)
        ]
        for pairs in lists.values()
    ]


def _unique(blocks: Sequence[Block]) -> dict[Key, int]:
    """The block of each key that occurs once in these blocks and may be the same in a translation."""
    found = [(key, n) for n, block in enumerate(blocks) for key in _keys(block)]
    found += _ids(blocks)
    count = Counter(key for key, _ in found)
    return {key: n for key, n in found if count[key] == 1}


def _keys(block: Block) -> Iterator[Key]:
    if block.kind not in PROSE or not block.fields:
        content = normal(block.text)
        if len(content) > _LONG:
            yield "atom", content
        return
    hard = gale_church.piece("\n".join(block.contents)).hard
    yield from (("atom", atom) for atom, number in hard if any(map(str.isalpha, atom)))
    if block.kind == "image":
        yield "atom", normal("".join(block.frame))
    elif block.kind == "row":
        yield "name", block.contents[0].casefold()
    elif bold := _BOLD.match(block.contents[0]):
        yield "name", bold[1].casefold()


def opening(block: Block) -> str:
    """The opening and name of an item, a row or a term: its first cell, a code span, a link, words in bold."""
    if not block.fields or block.kind not in ("row", "paragraph"):
        return ""
    content = block.contents[0]
    if block.kind == "row":
        return content if len(block.fields) > 1 else ""
    found = _OPENING.match(content)
    return found[0] if found else ""


def _ids(blocks: Sequence[Block]) -> Iterator[tuple[Key, int]]:
    """The anchors of headings, without those that GitHub numbers; the ids in other blocks."""
    headings = anchors(Document("", tuple(blocks)))
    slugs = Counter(made_of(" ".join(blocks[n].contents)) for n in headings)
    for n, names in headings.items():
        slug = made_of(" ".join(blocks[n].contents))
        numbered = re.compile(rf"{re.escape(slug)}(?:-\d+)?")
        yield from ((("id", name), n) for name in sorted(names) if slugs[slug] == 1 or not numbered.fullmatch(name))
    for n, block in enumerate(blocks):
        if block.kind in PROSE and block.kind != "heading":
            for found in _ANCHOR.finditer(block.text):
                yield ("id", found[found.lastindex or 1].casefold()), n


def _holders(blocks: Sequence[Block]) -> dict[int, list[Entry]]:
    """The entries that each block belongs to."""
    holders: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in (*_sections(blocks), *_items(blocks), *_terms(blocks), *_rows(blocks)):
        for n in range(entry.first, entry.end):
            holders[n].append(entry)
    return holders


def _sections(blocks: Sequence[Block]) -> Iterator[Entry]:
    """Each heading with everything up to the next one of its level or above, including an anchor before it."""
    opened: list[tuple[str, int, int]] = []  # level, first block, heading
    above = -1
    for n in (*(n for n, b in enumerate(blocks) if b.kind == "heading"), len(blocks)):
        level = blocks[n].info if n < len(blocks) else ""
        first = n
        while first and n < len(blocks) and _ONLY_ANCHOR.fullmatch(blocks[first - 1].text.strip()):
            first -= 1
        while opened and opened[-1][0] >= level:
            own, start, head = opened.pop()
            above = opened[-1][2] if opened else -1
            yield Entry(start, first, head, (f"section {own}", above))
        opened.append((level, first, n))


def _items(blocks: Sequence[Block]) -> Iterator[Entry]:
    """Each item of a list with the blocks indented below it."""
    opened: list[tuple[int, int, int]] = []  # indentation, first block, first block of the list
    for n, block in enumerate(blocks):
        indent = len(block.text) - len(block.text.lstrip(" \t"))
        among = n
        while opened and (opened[-1][0] >= indent or block.kind == "heading"):
            depth, first, list_ = opened.pop()
            yield Entry(first, n, first, ("item", list_))
            if depth == indent:
                among = list_
        if block.info == "item":
            opened.append((indent, n, among))
    for _, first, list_ in reversed(opened):
        yield Entry(first, len(blocks), first, ("item", list_))


def _rows(blocks: Sequence[Block]) -> Iterator[Entry]:
    """Each row of a table except the first, which is its header; the line below that is markup."""
    table = -1
    for n, block in enumerate(blocks):
        if block.kind == "row" and table < 0:
            table = n
        elif block.kind == "row" and block.fields:
            yield Entry(n, n + 1, n, ("row", table))
        elif block.kind != "row" and (table != n - 1 or block.kind != "markup"):
            table = -1


def _terms(blocks: Sequence[Block]) -> Iterator[Entry]:
    """Terms with their definitions: paragraphs before lines with a colon, and those that open in bold or an anchor."""
    run: list[int] = []
    for n, block in enumerate(blocks):
        if block.kind == "heading" or block.kind == "rule":
            yield from _run_of_terms(run, n)
            run = []
        elif block.kind == "paragraph" and block.info != "item" and _opens_term(blocks, n):
            run.append(n)
    yield from _run_of_terms(run, len(blocks))


def _opens_term(blocks: Sequence[Block], n: int) -> bool:
    content = blocks[n].contents[0]
    defined = n + 1 < len(blocks) and blocks[n + 1].kind == "caption" and blocks[n + 1].text.lstrip().startswith(":")
    return defined or bool(_BOLD.match(content) or _ANCHOR.match(content))


def _run_of_terms(run: Sequence[int], end: int) -> Iterator[Entry]:
    """The last one has no more blocks than the longest of the others, since text after the list is not part of it."""
    if len(run) > 1:
        longest = max(b - a for a, b in pairwise(run))
        for a, b in pairwise((*run, min(end, run[-1] + longest))):
            yield Entry(a, b, a, ("term", run[0]))
