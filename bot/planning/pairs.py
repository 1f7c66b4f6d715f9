"""Keeps what opens a box, a tab or the like together with what closes it: a draft has both, or neither.

Each block is planned on its own, and of two that belong together one may have no partner in the translation, or that
of another pair. Where a draft would have one alone, it gets the other if something between them is new or was between
them in the translation; else it has neither.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from bot.document.flavours import untitled
from bot.document.markup import closers
from bot.document.model import Block, Document
from bot.document.partners import End, end, ends, partners
from bot.document.segment import Segment
from bot.document.sentences import speaks
from bot.planning.layout import Item

_FENCES = ("/", ":", "`", "~")
_MANY = 50
"""Openers and closers of the translation alone from which all go at once, to save time (a guess)."""
_ATTRIBUTE = re.compile(r"\b[\w-]+=[\"']?[^\W\d]")
_Added = tuple[Item, str, int]
_LINE_END = re.compile(r"\r\n|\r|\n")


def paired(items: Sequence[Item], target: Document, new: Document) -> tuple[list[Item], list[str]]:
    """``items`` (in the order of the draft) with openers and closers in pairs, and the titles that go with openers."""
    ours, english = partners(target), partners(new)
    if not ours and not english:
        return list(items), []
    draft = _Draft(items, target, new)
    pairing = _Pairing(draft, ours, english)
    pairing.pair_english()
    pairing.pair_own()
    return pairing.out(), pairing.titles


class _Draft:
    """The items of a draft: what each of them opens or closes, and where blocks are among them."""

    def __init__(self, items: Sequence[Item], target: Document, new: Document) -> None:
        self.items, self.target, self.new = items, target, new
        self._known = closers(new.text) | closers(target.text)
        self.theirs, self.ours = ends(new), ends(target)
        self.ends = [self.end_of(item) for item in items]
        self.used = {t: n for n, item in enumerate(items) for t in range(item.first, item.last + 1) if t >= 0}
        self.plain = {item.source for item, found in zip(items, self.ends, strict=True) if not found}
        self.english: dict[int, int] = {}
        self.own: dict[int, int] = {}
        for n, (item, found) in enumerate(zip(items, self.ends, strict=True)):
            wanted = self.theirs[item.source] if item.source >= 0 else None
            if found and wanted and found.opens == wanted.opens:
                self.english.setdefault(item.source, n)
            elif found and item.first >= 0:
                self.own[item.first] = n
        self._by_source = sorted((item.source, n) for n, item in enumerate(items) if item.source >= 0)

    def end_of(self, item: Item) -> End | None:
        """What an item opens or closes."""
        if item.first != item.last:
            return None
        if item.untouched and item.first >= 0:
            return self.ours[item.first]
        model = self.new.blocks[item.source] if item.source >= 0 else None
        if model is None or model.kind not in ("admonition", "directive", "html"):
            return None
        text = "".join(part if isinstance(part, str) else part.source for part in item.parts)
        return end(Block(model.kind, text, "", info=model.info), self._known)

    def between(self, j: int, k: int) -> list[int]:
        """The items of the English between two of its blocks, in its order."""
        low, high = (bisect_left(self._by_source, (edge, -1)) for edge in (j + 1, k))
        return [n for _, n in self._by_source[low:high]]


def _is_fence(name: str) -> bool:
    return name[:1] in _FENCES


def _sort(name: str) -> str:
    """What has to be the same in what opens and what closes something: not how long a fence is."""
    return name[0] if _is_fence(name) else name


def _is_segments(item: Item) -> bool:
    """Whether nothing of what people wrote is left in an item."""
    segments = any(isinstance(part, Segment) for part in item.parts)
    return segments and not any(isinstance(part, str) and speaks(part) for part in item.parts)


class _Pairing:
    """What is added to a draft and what goes from it."""

    def __init__(self, draft: _Draft, ours: Mapping[int, int], english: Mapping[int, int]) -> None:
        self.draft, self.ours, self.theirs = draft, ours, english
        self.partner = {**ours, **{last: first for first, last in ours.items()}}
        self.own_pairs: list[tuple[int, int]] = []
        self.theirs_back = {k: j for j, k in english.items()}
        self.gone: set[int] = set()
        self.taken: set[int] = set()
        self.changed: dict[int, Item] = {}
        self.names: dict[int, str] = {}
        self.openers: list[tuple[int, int, Item]] = []
        self.closers: list[tuple[int, int, Item]] = []
        self.titles: list[str] = []

    def pair_english(self) -> None:
        """Pairs what opens and what closes something in the new English."""
        draft = self.draft
        self._set_apart()
        self.own_pairs = [pair for pair in self.ours.items() if draft.own.keys() >= {*pair}]
        waiting: list[tuple[int, int, int]] = []
        for j, k in sorted(self.theirs.items()):
            a, b = draft.english.get(j), draft.english.get(k)
            if a is not None and b is not None:
                self._match(a, b)
            elif a is None and b is None:
                if draft.plain.isdisjoint((j, k)) and self._is_new(j, k):
                    self._open(j, k, "")
                    self._close(j, k, "")
            elif (lone := b if a is None else a) is not None and draft.plain.isdisjoint((j, k)):
                first = draft.items[lone].first
                other = self.partner.get(first, -1)
                if first >= 0 and other < 0 and draft.ours[first]:
                    continue  # the translation had one alone before
                if other in draft.own:
                    self.taken.add(other)
                elif self._belongs(j, k, first, other, opened=b is None and first < 0):
                    waiting.append((j, k, lone))
                else:
                    self._drop(lone)
        for j, k, lone in waiting:
            name = self._name(lone)
            if lone == draft.english.get(j):
                self._close(j, k, name)
            else:
                self._open(j, k, name)

    def _set_apart(self) -> None:
        """Leaves tags of the translation to itself that are in the place of the English ones and do not fit there."""
        draft = self.draft
        for pair in self.theirs.items():
            here = [source for source in pair if source in draft.english]
            sorts = [_sort(self._name(draft.english[source])) for source in here]
            wanted = [_sort(found.name) for source in here if (found := draft.theirs[source])]
            if sorts == wanted or (len(sorts) == 2 and sorts[0] == sorts[1]):
                continue
            for source, sort, other in zip(here, sorts, wanted, strict=True):
                t = draft.items[draft.english[source]].first
                if t >= 0 and sort != other:
                    draft.own[t] = draft.english.pop(source)

    def pair_own(self) -> None:
        """Drops what opens or closes something in the translation alone, if without its partner it fits nowhere."""
        draft = self.draft
        lone = {}
        for first, last in self.ours.items():
            own = [t for t in (first, last) if t in draft.own]
            if len(own) == 1 and own[0] not in self.taken and draft.own[own[0]] not in self.gone:
                lone[draft.own[own[0]]] = (first, last)
        for n, (first, last) in lone.items():
            other = last if draft.items[n].first == first else first
            inside = [m for t in range(first + 1, last) if self._is_own(m := draft.used.get(t, -1))]
            if inside and draft.used.get(other) in self.gone:
                if other == last:
                    self.closers.append((inside[-1], last, self._of_translation(last, -1)))
                else:
                    self.openers.append((inside[0], first, self._of_translation(first, -1)))
        while surplus := self._surplus(lone):
            for n in surplus if len(lone) <= _MANY else lone:
                self._drop(n)

    def _surplus(self, lone: Collection[int]) -> set[int]:
        """Those of ``lone`` items that fit nothing, or else those that are in the place of the partner of another."""
        partner: dict[int, int] = {}  # by the number of each opener or closer in the draft
        alone: list[int] = []
        opened: dict[str, list[int]] = {}
        found = self._ends_now()
        for number, (_, name, opens, _) in enumerate(found):
            waiting = opened.setdefault(name, [])
            if opens:
                waiting.append(number)
            elif waiting:
                partner[number] = waiting.pop()
                partner[partner[number]] = number
            else:
                alone.append(number)
        alone += chain.from_iterable(opened.values())
        free = {found[number][0] for number in alone} & {*lone} - self.gone
        if free:
            return free
        sources = {source: number for number, (*_, source) in enumerate(found) if source >= 0}
        both = {**self.theirs, **self.theirs_back}
        wanted = (sources.get(both.get(found[number][3], -1), -1) for number in alone)
        return {found[partner[m]][0] for m in wanted if m in partner} & {*lone} - self.gone

    def _ends_now(self) -> list[tuple[int, str, bool, int]]:
        """What opens or closes something in the draft, in order: the item (-1: added), its name, and its English."""
        before, behind = self._added()
        found: list[tuple[int, str, bool, int]] = []
        for n, item in enumerate(self.draft.items):
            found += [(-1, name, True, source) for _, name, source in before[n]]
            if (this := self.draft.ends[n]) and n not in self.gone:
                found.append((n, self.names.get(n, this.name), this.opens, item.source))
            found += [(-1, name, False, source) for _, name, source in behind[n]]
        return found

    def _is_own(self, n: int) -> bool:
        """Whether an item is something that only the translation has, and neither opens nor closes anything."""
        return n >= 0 and self.draft.items[n].source < 0 and not self.draft.ends[n]

    def _added(self) -> tuple[defaultdict[int, list[_Added]], defaultdict[int, list[_Added]]]:
        """What is added before and behind each item."""
        sides = defaultdict[int, list[_Added]](list), defaultdict[int, list[_Added]](list)
        for side, added in zip(sides, (self.openers, self.closers), strict=True):
            for n, _, item in sorted(added, key=lambda one: one[:2]):
                found = self.draft.end_of(item)
                side[n].append((item, found.name if found else "", item.source))
        return sides

    def out(self) -> list[Item]:
        """The items of the draft, with all that was decided."""
        before, behind = self._added()
        found: list[Item] = []
        for n, item in enumerate(self.draft.items):
            found += [added for added, *_ in before[n]]
            if n not in self.gone:
                found.append(self.changed.get(n, item))
            found += [added for added, *_ in behind[n]]
        return found

    def _match(self, a: int, b: int) -> None:
        """Makes what opens and what closes a pair of the English fit, where they are of two pairs of the translation.

        If the partners of both are between them, these stay two pairs. If one is new, and that of the translation is
        right beside it, that stays instead.
        """
        one, other = self.draft.items[a], self.draft.items[b]
        name, wrong = self._name(a), self._name(b)
        if self.ours.get(one.first, -1) == other.first >= 0:
            return
        own = [self.partner.get(item.first, -1) for item in (one, other)]
        beside = [(n, t) for n, t in ((a, own[1]), (b, own[0])) if abs(self.draft.own.get(t, -9) - n) == 1]
        if self.draft.own.keys() >= {*own}:
            for n, item in ((a, one), (b, other)):
                self._change(n, self._of_translation(item.first, item.source))
        elif beside and self.draft.items[beside[0][0]].first < 0:
            n, t = beside[0]
            self._change(n, self._of_translation(t, self.draft.items[n].source))
            self.gone.add(self.draft.own[t])
        elif name != wrong and name[:1] == wrong[:1] and _is_fence(name):
            parts = tuple(p.replace(wrong, name, 1) if isinstance(p, str) else p for p in other.parts)
            self._change(b, replace(other, parts=parts, untouched=False))

    def _change(self, n: int, item: Item) -> None:
        self.changed[n] = item
        self.names[n] = found.name if (found := self.draft.end_of(item)) else ""

    def _name(self, n: int) -> str:
        found = self.draft.ends[n]
        return found.name if found else ""

    def _is_new(self, j: int, k: int) -> bool:
        """Whether all that the draft has between two blocks of the English is new, and something is."""
        inside = [self.draft.items[n] for n in self.draft.between(j, k)]
        return any(isinstance(p, Segment) for item in inside for p in item.parts) and all(i.first < 0 for i in inside)

    def _belongs(self, j: int, k: int, one: int, other: int, *, opened: bool) -> bool:
        """Whether what the draft has between two blocks of the English belongs there: the English ``opened`` that.

        Or something of it is new, or was between blocks ``one`` and ``other`` of the translation.
        """
        first, last = sorted((one, other))
        inside = [self.draft.items[n] for n in self.draft.between(j, k) if not self.draft.ends[n]]
        if any(item.first < 0 for item in inside):
            return True
        outer = [item.first for item in (*inside[:1], *inside[-1:])]
        if any(a < t < b for t in outer for a, b in self.own_pairs):
            return False  # people have put it into a box of their own
        return any(opened or first < item.first < last or _is_segments(item) for item in inside)

    def _drop(self, n: int) -> None:
        self.gone.add(n)
        if (t := self.draft.items[n].first) >= 0:
            block = self.draft.target.blocks[t]
            worded = block.contents or ((block.text.strip(),) if _ATTRIBUTE.search(block.text) else ())
            self.titles += [words for words in worded if speaks(words) or words not in self.draft.new.text]

    def _open(self, j: int, k: int, name: str) -> None:
        """Adds what opens a pair of the English, from the translation if it is not elsewhere in the draft."""
        draft = self.draft
        inside = [n for n in draft.between(j, k) if n not in self.gone]
        b = draft.english.get(k)
        first = self.partner.get(draft.items[b].first, -1) if b is not None else -1
        free = first >= 0 and (first not in draft.used or draft.used[first] in self.gone)
        found = self._of_theirs(first, j, name) if free else None
        for title in draft.target.blocks[first].contents if found and first in draft.used else ():
            if title in self.titles:
                self.titles.remove(title)
        item = found or self._of_english(j, name)
        self.openers.append((min(inside), j, item))

    def _close(self, j: int, k: int, name: str) -> None:
        """Adds what closes a pair of the English."""
        draft = self.draft
        at = max(n for n in draft.between(j, k) if n not in self.gone)
        a = draft.english.get(j)
        first = draft.items[a].first if a is not None else -1
        last = self.partner.get(first, -1)
        while at + 1 < len(draft.items) and draft.items[at + 1].source < 0 and first < draft.items[at + 1].first < last:
            at += 1
        self.closers.append((at, k, self._of_english(k, name)))

    def _of_theirs(self, t: int, j: int, name: str) -> Item | None:
        """What opens a box in the translation, for one of the English: with the type that this has, and their title."""
        ours, english = self.draft.target.blocks[t], self.draft.new.blocks[j]
        if ours.info == english.info:
            return self._of_translation(t, j)
        item = self._of_english(j, name)
        if len(ours.contents) != 1 or english.contents or not isinstance(item.parts[0], str):
            return None
        line = untitled(item.parts[0], ours.contents[0])
        return replace(item, parts=(line,), gap=ours.gap, first=t, last=t) if line else None

    def _of_translation(self, t: int, source: int) -> Item:
        block = self.draft.target.blocks[t]
        return Item((block.text,), block.gap, t, t, source, True)

    def _of_english(self, j: int, name: str) -> Item:
        """A block of the English, with the fence ``name`` of its partner; its title is to be translated."""
        block, eol = self.draft.new.blocks[j], self.draft.target.eol
        found = self.draft.theirs[j]
        own = found.name if found and _is_fence(name) and found.name[:1] == name[:1] else name
        parts: list[str | Segment] = [block.frame[0].replace(own, name, 1)]
        for title, rest in zip(block.contents, block.frame[1:], strict=True):
            parts += [Segment(title, block.kind), rest]
        gap = re.sub(_LINE_END, lambda _: eol, block.gap)
        return Item(
            tuple(re.sub(_LINE_END, lambda _: eol, p) if isinstance(p, str) else p for p in parts), gap, -1, -1, j
        )
