"""What one block of the new English becomes in the translation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Literal

from bot.alignment import gale_church
from bot.alignment.bitext import Bitext
from bot.alignment.blocks import Group, align_translation, face, identity
from bot.document import front_matter
from bot.document.fence_language import language_of
from bot.document.flavours import untitled
from bot.document.markdown import PROSE, Block, Document
from bot.document.segment import Segment
from bot.document.segmentation import WHOLE, block_sentences
from bot.document.sentences import is_hard_break, is_laid_out, normal, speaks
from bot.planning.carry_over import Carried, Human, Unit
from bot.planning.code_lines import may_speak
from bot.planning.code_merge import Comments, learn_comments, merge_code, reuse_comments
from bot.planning.front_matter import Filler, Merge
from bot.planning.layout import Item, reindented
from bot.planning.token_merge import merge_tokens
from bot.style.measure import measure
from bot.style.rules import Lines, Style, default_style, joint

_SAME = 1.5
"""Alignment cost up to which a block that only the translation has is taken for a new English one (a guess)."""

_SPEAKING: frozenset[Group] = frozenset({"text", "heading", "row"})
"""Groups of blocks whose words tell what they are a translation of."""

_OPENS_BLOCK = re.compile(r"[*+-](\s|$)|\d+[.)](\s|$)|#{1,6}(\s|$)|>|\||`{3}|~{3}|\$\$|=+\s*$|-+\s*$|:(?!\w+:`[^`]*`.)")
"""Text that would begin another block if it stood first on a line."""


FlagKind = Literal["code", "markup", "moved", "missing", "ahead"]


@dataclass(frozen=True)
class Flag:
    """Something a translator should look at: ``missing`` is English that the translation never had."""

    kind: FlagKind
    text: str


def _continuation(block: Block) -> str:
    """What a further line of the block's prose starts with; nothing where it has but one line."""
    wraps = block.kind == "paragraph" or (block.kind == "caption" and len(block.fields[0]) > 1)
    return block.continuation if wraps else ""


def _lead(text: str) -> str:
    """Indentation and quote marks in front of a text."""
    return text[: len(text) - len(text.lstrip(" \t>"))]


def _without_lead(pieces: tuple[str, ...]) -> tuple[str, ...]:
    return (pieces[0].lstrip(" \t>"), *pieces[1:])


@dataclass
class BlockPlanner:
    """Plans block after block; ``origin`` tells the old English block of a new one.

    ``lines`` is the rule of style for the layout of drafts.
    """

    bitext: Bitext
    new: Document
    origin: dict[int, int]
    carried: Carried
    lines: Lines = "keep"
    flags: list[Flag] = field(default_factory=list)
    _done: set[int] = field(default_factory=set)
    _settled: set[int] = field(default_factory=set)

    def untouched(self, places: Sequence[int], source: int) -> list[Item]:
        """Blocks ``places`` of the translation as they stand; none where it never had them."""
        blocks = self.bitext.target.blocks
        return [Item((blocks[t].text,), blocks[t].gap, t, t, source, True) for t in places]

    def changed(self, j: int) -> list[Item]:
        """Block ``j`` of the new English, which is new or differs from its old form."""
        block = self.new.blocks[j]
        if j in self._done:
            return []
        if block.kind == "front_matter":
            return self._front_matter(j)
        if j not in self.origin:
            return self._prose(j, None, ()) if block.kind in PROSE else [self._english(j)]
        i = self.origin[j]
        old = self.bitext.source.blocks[i]
        left, right = self.bitext.groups[self.bitext.group_of[i]]
        if block.kind == "admonition" and not old.fields and len(left) == len(right) == 1:
            return [self._marker(j, old, right[0])]
        if block.kind in PROSE and block.fields:
            return self._prose(j, old, right if i == left[0] or len(right) == len(left) else ())
        if not right:
            return []
        if len(right) > 1 or len(left) > 1:
            return self.untouched(right, j) if i == left[0] else []
        return [self._merged(j, old, right[0])]

    def _front_matter(self, j: int) -> list[Item]:
        """A front matter, merged key by key; one that is not valid, as markup."""
        block, target = self.new.blocks[j], self.bitext.target
        t = 0 if target.blocks and target.blocks[0].kind == "front_matter" else -1
        old = self.bitext.source.blocks[self.origin[j]] if j in self.origin else None
        if t < 0 and old is not None:
            return []
        ours = target.blocks[t] if t >= 0 else None
        sides = [front_matter.read(b.text) if b else None for b in (old, block, ours)]
        new, empty = sides[1], front_matter.EMPTY
        if new is None or (old and not sides[0]) or (ours and not sides[2]):
            if old and ours:
                self.flags.append(Flag("markup", "front matter that is not valid: merged as text, not key by key"))
                return [self._merged(j, old, t)]
            return self.untouched((t,), j) if ours else [self._english(j)]
        own = sides[2] or front_matter.emptied(new)
        if ours and own.syntax != new.syntax:
            self.flags.append(Flag("markup", "front matter: the translation has another syntax; it stays as it is"))
            return self.untouched((t,), j)
        units: dict[int, list[Unit]] = {}
        for s in block_sentences(self.new, j, self.bitext.languages[0]):
            units.setdefault(s.field, []).extend(self.carried.units.get((s.block, s.start), []))
        eol = target.eol if target.blocks else self.new.eol
        start = target.starts[t] if ours else 0
        filler = Filler(new, own, units, target.text, start, eol, self._joint, self._eol)
        merge = Merge(sides[0] or empty, new, own, filler.filled, self._eol)
        parts = tuple(self._eol(p) if isinstance(p, str) and not ours else p for p in merge.parts() if p != "")
        self.flags += [Flag("markup", flag) for flag in merge.flags]
        same = ours is not None and all(isinstance(p, str) for p in parts) and "".join(map(str, parts)) == ours.text
        return [Item(parts, ours.gap if ours else self._eol(block.gap), t, t, j, same)]

    def _english(self, j: int) -> Item:
        block = self.new.blocks[j]
        text = self._eol(block.text)
        if block.kind == "code":
            text = reuse_comments(text, self._known, language_of(block))
        return Item((text,), self._eol(block.gap), -1, -1, j)

    def _known(self) -> Comments:
        return self._comments

    @cached_property
    def _comments(self) -> Comments:
        """What the translators made of the comments in this document's code."""
        known: Comments = {}
        for left, right in self.bitext.groups:
            if len(left) == len(right) == 1 and self.bitext.source.blocks[left[0]].kind == "code":
                old, ours = self.bitext.source.blocks[left[0]], self.bitext.target.blocks[right[0]]
                if old.text != ours.text and may_speak(old.text):
                    known |= learn_comments(old.text, ours.text, language_of(old))
        return known

    def _eol(self, text: str) -> str:
        eol = self.bitext.target.eol
        if not self.bitext.target.blocks or eol == self.new.eol:
            return text
        return re.sub(r"\r\n|\r|\n", lambda _: eol, text)

    def _merged(self, j: int, old: Block, t: int) -> Item:
        """Code, math, directives and the like: a three-way merge."""
        block, ours = self.new.blocks[j], self.bitext.target.blocks[t]
        if identity(old) == identity(block):
            return Item((ours.text,), ours.gap, t, t, j, True)
        before, text = old.text, ours.text
        if block.nesting != old.nesting:
            before, text = reindented(before, block.text), reindented(text, block.text)
        if block.kind == "code":
            done = merge_code(self._eol(before), self._eol(block.text), text, language_of(block), self._known)
        else:
            done = merge_tokens(self._eol(before), self._eol(block.text), text)
        self.flags += [Flag("code" if block.kind == "code" else "markup", text) for text in done.flags]
        return Item((done.text,), ours.gap, t, t, j, done.text == ours.text, bool(old.gap) != bool(block.gap))

    def _marker(self, j: int, old: Block, t: int) -> Item:
        """The opening line of an admonition whose English had no title: the translation may have one of its own."""
        block, ours = self.new.blocks[j], self.bitext.target.blocks[t]
        if not ours.fields:
            return self._prose(j, old, (t,))[0] if block.fields else self._merged(j, old, t)
        title, english = ours.contents[0], self._eol(block.text)
        if block.fields:
            text = self._eol(block.frame[0]) + title + self._eol(block.frame[1])
            self.flags.append(Flag("markup", f"English has a title now, the translation another: {block.contents[0]}"))
        elif (found := untitled(english, title)) is not None:
            text = found
        else:
            text = english
            self.flags.append(Flag("markup", f"{english.strip()} has no place for the title {title}"))
        return Item((text,), ours.gap, t, t, j, text == ours.text, bool(old.gap) != bool(block.gap))

    def _prose(self, j: int, old: Block | None, places: Sequence[int]) -> list[Item]:
        """A block with prose: its frame merged, its fields filled with units."""
        block, target = self.new.blocks[j], self.bitext.target
        ours = [target.blocks[t] for t in places]
        together = [j, *self._joined(j)]
        self._done.update(together)
        by_field: dict[int, list[Unit]] = {}
        for k in together:
            leads = self._leads(self.new, k)
            before = self._leads(self.bitext.source, self.origin[k]) if k in self.origin else {}
            for s in block_sentences(self.new, k, self.bitext.languages[0]):
                units = self.carried.units.get((s.block, s.start), [])
                at = s.field if len(together) == 1 else 0
                for n, u in enumerate(units):
                    lead = leads.get((s.block, s.start), ("", ""))[0] if n == 0 else ""
                    if isinstance(u, Segment):
                        unit: Unit = replace(u, kind=block.kind, lead=lead)
                    else:
                        unit = replace(u, lead=lead)
                        if (lead, normal(s.text)) in before.values():
                            self._settled.add(u.start)
                    by_field.setdefault(at, []).append(unit)
        if not any(by_field.values()):
            if not block.fields and old is not None and ours:
                return [self._merged(j, old, places[0])]
            if block.fields and (old is not None or not ours):
                return [] if not ours else self.untouched(places, j) if old and self._kept_whole(ours) else []
            return [self._english(j)]
        self._add_extras(by_field, places)
        frame, model = self._frame(block, old, ours)
        moved = old is not None and old.nesting != block.nesting
        indent = _continuation(block if moved else model)
        parts: list[str | Segment] = [frame[0]]
        for number in range(len(frame) - 1):
            filled = self._filled(by_field.get(number, []), block, places, indent)
            if moved:
                filled = [
                    re.sub(r"(\r\n|\r|\n)[ \t>]*", rf"\1{indent}", p) if isinstance(p, str) else p for p in filled
                ]
            parts += filled
            parts.append(frame[number + 1])
        gap = ours[-1].gap if ours else self._eol(block.gap)
        first, last = (places[0], places[-1]) if places else (-1, -1)
        text = "".join(parts) if all(isinstance(p, str) for p in parts) else None  # type: ignore[arg-type]
        same = text is not None and bool(places) and text == self._slice(first, last)
        return [Item(tuple(parts), gap, first, last, together[-1], same, moved and bool(places))]

    def _leads(self, document: Document, j: int) -> dict[tuple[int, int], tuple[str, str]]:
        """White space before sentences of English that is layout, with their texts, by where they stand."""
        said = block_sentences(document, j, self.bitext.languages[0])
        between = ((a, document.text[a.end : b.start], b) for a, b in pairwise(said) if a.field == b.field)
        return {
            (b.block, b.start): (self._eol(gap), normal(b.text))
            for a, gap, b in between
            if is_laid_out(a.text, gap, b.text)
        }

    @staticmethod
    def _kept_whole(ours: Sequence[Block]) -> bool:
        return not any(b.fields for b in ours)

    def _slice(self, first: int, last: int) -> str:
        target = self.bitext.target
        return target.text[target.starts[first] : target.starts[last] + len(target.blocks[last].text)]

    def _joined(self, j: int) -> list[int]:
        """Further new blocks that the translators said in the same block as this one."""
        if j not in self.origin:
            return []
        left, right = self.bitext.groups[self.bitext.group_of[self.origin[j]]]
        out = []
        for step, i in enumerate(left[left.index(self.origin[j]) + 1 :], 1):
            if len(right) == 1 and self.origin.get(j + step) == i and self.new.blocks[j + step].kind in PROSE:
                out.append(j + step)
        return out

    def _add_extras(self, by_field: dict[int, list[Unit]], places: Sequence[int]) -> None:
        """Sentences that only the translation has stay behind the one that they followed."""
        for extra in self.carried.extras:
            if extra.block not in places:
                continue
            homes = [(n, k, u) for n, units in by_field.items() for k, u in enumerate(units) if isinstance(u, Human)]
            before = [(u.end, n, k) for n, k, u in homes if u.end <= extra.start]
            if before:
                _, n, k = max(before)
                by_field[n].insert(k + 1, extra)
            else:
                by_field[min(by_field)].insert(0, extra)

    def _frame(self, block: Block, old: Block | None, ours: Sequence[Block]) -> tuple[tuple[str, ...], Block]:
        """What stands round the fields, and the block whose layout it is."""
        english = tuple(self._eol(p) for p in block.frame)
        if old is None or not ours:
            return english, block
        own = ours[0].frame[:-1] + ours[-1].frame[-1:] if len(ours) == 1 or len(ours[0].fields) == 1 else ()
        before = tuple(self._eol(p) for p in old.frame)
        if not len(own) == len(before) == len(english):
            return (own, ours[0]) if len(own) == len(english) and own else (english, block)
        if block.kind != old.kind:
            return english, block
        lead = ""
        if block.nesting != old.nesting:
            lead = _lead(english[0])
            before, english, own = (_without_lead(pieces) for pieces in (before, english, own))
        merged = [merge_tokens(*pieces) for pieces in zip(before, english, own, strict=True)]
        self.flags += [Flag("markup", text) for m in merged for text in m.flags]
        return (lead + merged[0].text, *(m.text for m in merged[1:])), ours[0]

    def _filled(self, units: Sequence[Unit], block: Block, places: Sequence[int], indent: str) -> list[str | Segment]:
        parts: list[str | Segment] = []
        eol = self.bitext.target.eol if self.bitext.target.blocks else self.new.eol
        for n, unit in enumerate(units):
            if n:
                parts.append(self._separator(units[n - 1], unit, block, places, indent, eol))
            if isinstance(unit, Human):
                parts.append(unit.text if unit.block in places else self._indented(unit, indent, eol))
            elif speaks(unit.source):
                parts.append(replace(unit, indent=indent, eol=eol))
            else:
                parts.append(replace(unit, indent=indent, eol=eol).laid_out(unit.source))
        return parts

    def _indented(self, unit: Human, indent: str, eol: str) -> str:
        own = self.bitext.target.blocks[unit.block].continuation
        return re.sub(rf"(?:\r\n|\r|\n){re.escape(own)}", lambda _: eol + indent, unit.text)

    def _separator(self, before: Unit, after: Unit, block: Block, places: Sequence[int], indent: str, eol: str) -> str:
        """White space between two sentences: what was there, else a line end where one stood on either side."""
        single = block.kind in WHOLE or (block.kind == "caption" and not indent)
        broken = "" if single else self._break(before, after.lead)
        if isinstance(before, Human) and isinstance(after, Human):
            if after.start in self._settled:  # the translators saw that break, and did without
                broken = ""
            own = before.block in places and after.block in places and before.end <= after.start
            between = self.bitext.target.text[before.end : after.start] if own else "x"
            if is_hard_break(between) and not single:
                return between
            if not between.strip(" \t\r\n>") and (not single or "\n" not in between) and not broken:
                return between
        if not single and re.search("[\r\n]", after.lead) and not _OPENS_BLOCK.match(self._said(after)):
            return broken + eol + indent
        if not single and after.lead and isinstance(before, Segment) and isinstance(after, Segment):
            return after.lead
        if isinstance(before, Human) and isinstance(after, Human):
            breaks = self._line_ends(before) or self._line_starts(after)
            if not single and breaks and not _OPENS_BLOCK.match(after.text):
                return eol + indent
            return joint(self.bitext.languages[1])
        if single or _OPENS_BLOCK.match(self._said(after)):
            return " "
        return self._joint if self._shares_lines(places) else eol + indent

    @staticmethod
    def _said(unit: Unit) -> str:
        return unit.source if isinstance(unit, Segment) else unit.text

    def _break(self, before: Unit, lead: str) -> str:
        """The mark of a hard break that the English has before a sentence: as the translators write it, if they do."""
        if not is_hard_break(lead):
            return ""
        if isinstance(before, Human) and is_hard_break(own := self.bitext.target.text[before.end : before.end + 80]):
            return re.split("[\r\n]", own)[0]
        return re.split("[\r\n]", lead)[0]

    def _shares_lines(self, places: Sequence[int]) -> bool:
        """Whether sentences of a block follow one another on a line: as told, as in the block, as in the document."""
        if self.lines != "keep":
            return self.lines == "paragraph"
        if not self._joint:  # English that waits among Chinese sentences is easier to find on a line of its own
            return False
        said = [block_sentences(self.bitext.target, t, self.bitext.languages[1]) for t in places]
        between = [self.bitext.target.text[a.end : b.start] for block in said for a, b in pairwise(block)]
        return not any("\n" in gap for gap in between) if between else self._usual == "paragraph"

    @property
    def _joint(self) -> str:
        return joint(self.bitext.languages[1])

    @cached_property
    def _usual(self) -> Lines:
        """How most paragraphs of the translation are laid out, else what is usual in its language."""
        language = self.bitext.languages[1]
        return measure([self.bitext.target.text], language).style(Style(), default_style(language)).lines

    def _line_ends(self, unit: Human) -> bool:
        return self.bitext.target.text[unit.end : unit.end + 1] in ("\n", "\r", "")

    def _line_starts(self, unit: Human) -> bool:
        return unit.start > 0 and self.bitext.target.text[unit.start - 1] in "\n\r"

    def adopt(self, known: set[int]) -> dict[int, int]:
        """New English blocks that a translation ahead of its baseline has already: their block in it."""
        own = [t for left, right in self.bitext.groups if not left for t in right]
        if not own or len(known) == len(self.new.blocks):
            return {}
        place = {}
        for j in known:
            right = self.bitext.groups[self.bitext.group_of[self.origin[j]]][1]
            if right:
                place[j] = right
        count = len(self.new.blocks)
        lows = list(accumulate((place[j][-1] if j in place else -1 for j in range(count)), max))
        ends = len(self.bitext.target.blocks)
        highs = list(accumulate((place[j][0] if j in place else ends for j in reversed(range(count))), min))[::-1]
        adopted: dict[int, int] = {}
        runs: dict[tuple[int, int], list[int]] = {}
        for j in range(count):
            if j not in known and self.new.blocks[j].kind != "front_matter" and not self._is_traced(j):
                runs.setdefault((lows[j], highs[j]), []).append(j)
        for (low, high), run in runs.items():
            free = [t for t in own if low < t < high]
            theirs = [self.bitext.target.blocks[t] for t in free]
            for left, right in align_translation([self.new.blocks[j] for j in run], theirs) if free else ():
                if len(left) == len(right) == 1 and self._says_the_same(run[left[0]], free[right[0]]):
                    adopted[run[left[0]]] = free[right[0]]
        return adopted

    def _is_traced(self, j: int) -> bool:
        return any(
            isinstance(u, Human) or u.old_source
            for s in block_sentences(self.new, j, self.bitext.languages[0])
            for u in self.carried.units.get((s.block, s.start), [])
        )

    def _says_the_same(self, j: int, t: int) -> bool:
        a, b = face(self.new.blocks[j]), face(self.bitext.target.blocks[t])
        if (a.group, a.tabs, a.within) != (b.group, b.tabs, b.within):
            return False
        if a.group not in _SPEAKING:
            return a.key == b.key
        cost = gale_church.mismatch([a.prose], [b.prose], self.bitext.scale)
        if Counter(a.prose.hard) & Counter(b.prose.hard) or a.prose.words & b.prose.words:
            return cost < _SAME
        # Length alone says little: only of a long paragraph with as many sentences is it believed.
        return cost < _SAME / 4 and a.stops == b.stops and min(a.prose.length, b.prose.length * 2) > 80
