"""Entries that a tag lists, such as the answers of a quiz, where people put them in another order than English."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from bot.alignment.sequences import Matcher
from bot.planning.tag_strings import strings, without_strings
from bot.planning.token_merge import squeezed

_BRACKET = re.compile(r"[\[\]{}]")
_CHILD = re.compile(r"^[ \t]*<(?P<name>[A-Z][\w.]*+)[^<>]*/>[ \t]*,?$", re.MULTILINE)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class _Entry:
    """An entry: code points ``start`` to ``end`` of a tag, its ``code`` without strings, and its ``strings``."""

    start: int
    end: int
    code: str
    strings: tuple[str, ...]

    @cached_property
    def bare(self) -> str:
        """The code without white space."""
        return squeezed(self.code)


def in_order_of(old: str, new: str, target: str) -> tuple[str, str, bool] | None:
    """Two versions of an English tag with their entries in the order of ``target``, its translation.

    None if that has the order of the ``old`` version, or if this cannot be told. The order that English gave its
    entries anew stays in ``new``. The third value is whether some entries are told apart by their order alone.
    """
    before, ours = _entries(old), _entries(target)
    if len(before) < 2 or len(before) != len(ours) or squeezed(old) == squeezed(target):
        return None
    after = _entries(new)
    ahead = [e.bare for e in ours] == [e.bare for e in after]
    shared = {s for e in before for s in e.strings}.intersection(s for e in ours for s in e.strings)
    for said in (_shared_or_numbers, _shared, lambda *_: ()):
        places: defaultdict[tuple[str, ...], deque[int]] = defaultdict(deque)
        for n, entry in enumerate(before):
            places[entry.bare, *said(entry, shared)].append(n)
        keys = [(entry.bare, *said(entry, shared)) for entry in ours]
        if any(count != len(places.get(one, ())) for one, count in Counter(keys).items()):
            continue
        guess = len(places) < len(before)
        order = [places[one].popleft() for one in keys]
        if order == sorted(order):
            return None
        if ahead and len({key[1:] for key in keys}) < len(keys):
            return old, new, True  # people may have made the change themselves
        return _permuted(old, before, order), _followed(new, before, after, order), guess
    return None


def _shared(entry: _Entry, shared: Collection[str]) -> tuple[str, ...]:
    """What is in an entry and in its translation, such as its identifier."""
    return tuple(text for text in entry.strings if text in shared)


def _shared_or_numbers(entry: _Entry, shared: Collection[str]) -> tuple[str, ...]:
    return tuple(text if text in shared else " ".join(_DIGITS.findall(text)) for text in entry.strings)


def _followed(new: str, before: Sequence[_Entry], after: Sequence[_Entry], order: Sequence[int]) -> str:
    """The new version with its entries in an ``order`` of the old ones, if English neither moved nor added any."""
    if len(after) != len(before):
        return new
    said = [[entry.strings for entry in side] for side in (before, after)]
    opcodes = Matcher(None, said[0], said[1], autojunk=False).get_opcodes()
    moved = any(tag in ("insert", "delete") for tag, *_ in opcodes)
    return new if moved else _permuted(new, after, order)


def _permuted(text: str, entries: Sequence[_Entry], order: Sequence[int]) -> str:
    """A tag with its entries in another order; what is between them stays."""
    out, at = [], 0
    for place, n in zip(entries, order, strict=True):
        out += [text[at : place.start], text[entries[n].start : entries[n].end]]
        at = place.end
    return "".join([*out, text[at:]])


def _entries(text: str) -> list[_Entry]:
    """The entries of the first list of a tag that has several; empty if there is none, or if there are more lists."""
    bare = without_strings(text)
    found = [run for run in (*_objects(bare), *_children(bare)) if len(run) > 1]
    if len(found) != 1:
        return []
    return [_Entry(a, b, bare[a:b], tuple(strings(text[a:b]))) for a, b in found[0]]


def _objects(bare: str) -> Iterator[list[tuple[int, int]]]:
    """The things in braces of each list in square brackets, without those within such a thing."""
    opened: list[tuple[str, int]] = []
    depth = 0  # of square brackets
    lists: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for match in _BRACKET.finditer(bare):
        if match[0] in "[{":
            opened.append((match[0], match.start()))
            depth += match[0] == "["
        elif opened:
            mark, start = opened.pop()
            depth -= mark == "["
            if mark == "{" and depth == 1 and opened[-1][0] == "[":
                lists[opened[-1][1]].append((start, match.end()))
    yield from lists.values()


def _children(bare: str) -> Iterator[list[tuple[int, int]]]:
    """Tags of one name with a line each, which are next to each other."""
    lines = [(m["name"], m.start() + len(m[0]) - len(m[0].lstrip()), m.end()) for m in _CHILD.finditer(bare)]
    for _, run in groupby(lines, key=lambda line: line[0]):
        yield [(start, end) for _, start, end in run]
