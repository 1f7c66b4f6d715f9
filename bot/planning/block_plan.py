"""Plans what one block of the new English becomes in the translation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from bot.alignment.bitext import Bitext
from bot.alignment.blocks import identity
from bot.document import front_matter
from bot.document.fence_language import language_of
from bot.document.model import PROSE, Block, Document
from bot.document.segment import Segment
from bot.document.segmentation import WHOLE, block_sentences
from bot.document.sentences import is_laid_out, normal
from bot.messages import Message
from bot.planning.admonition_titles import syntax, with_title
from bot.planning.carry_over import Carried, Human, Unit
from bot.planning.code_lines import wording, wordy
from bot.planning.code_merge import merge_code
from bot.planning.code_words import CodeWords
from bot.planning.comment_segments import comment_segments
from bot.planning.drift import Own
from bot.planning.flags import Flag, FlagKind, named, shortened
from bot.planning.front_matter import Filler, Merge, own_entries
from bot.planning.known_comments import Comments, reuse_comments
from bot.planning.layout import Item, reindented
from bot.planning.line_starts import continuation, lead_of, without_lead
from bot.planning.own_sentences import Filling, add_own, drop_repeated, fill_cells, own_columns
from bot.planning.sentence_order import NOWHERE, Placed, earlier_places, in_hand_order, kept_order, moved_apart
from bot.planning.spacing import Spacing
from bot.planning.table_layout import Layout
from bot.planning.table_rows import TableRows
from bot.planning.tag_merge import merge_tags
from bot.planning.token_merge import merge_tokens
from bot.style.preferences import Lines, joint


@dataclass
class BlockPlanner:
    """Plans one block after another; ``origin`` maps each new English block to its old one.

    ``layouts`` are those of tables, ``lines`` is the style rule for the layout of drafts. ``written`` are the human
    stretches put into blocks sentence by sentence, ``filled`` the blocks of the translation that were made so, ``own``
    those that keep their own although English changed. With ``comments``, those that English added to code
    are segments.
    """

    bitext: Bitext
    new: Document
    origin: dict[int, int]
    carried: Carried
    layouts: Mapping[int, Layout] = field(default_factory=dict)
    lines: Lines = "keep"
    comments: bool = False
    flags: list[Flag] = field(default_factory=list)
    written: list[Human] = field(default_factory=list)
    filled: set[int] = field(default_factory=set)
    own: list[Own] = field(default_factory=list)
    _done: set[int] = field(default_factory=set)

    @cached_property
    def _spacing(self) -> Spacing:
        return Spacing(self.bitext, self.new, self.lines)

    @cached_property
    def rows(self) -> TableRows:
        """What plans the lines of tables with other columns than their English."""
        sides = self.bitext, self.new, self.origin, self.carried, self.layouts, self._spacing
        return TableRows(*sides, self.written, self.filled, self.flags)

    def untouched(self, places: Sequence[int], source: int) -> list[Item]:
        """Blocks ``places`` of the translation, unchanged; none if it never had them."""
        blocks = self.bitext.target.blocks
        return [Item((blocks[t].text,), blocks[t].gap, t, t, source, True) for t in places]

    def changed(self, j: int) -> list[Item]:
        """Plans block ``j`` of the new English, which is new or differs from its old form."""
        block = self.new.blocks[j]
        if j in self._done:
            return []
        if (row := self.rows.planned(j)) is not None:
            return row
        if block.kind == "front_matter":
            return self._front_matter(j)
        if j not in self.origin:
            return self._prose(j, None, ()) if block.kind in PROSE else [self._english(j)]
        i = self.origin[j]
        old = self.bitext.source.blocks[i]
        left, right = self.bitext.groups[self.bitext.group_of[i]]
        if block.kind == "admonition" and not (old.fields and block.fields) and len(left) == len(right) == 1:
            return [self._marker(j, old, right[0])]
        if block.kind == "admonition" and not right and not block.text.rstrip().endswith("/>"):
            self.own.append((old, block, None, None))  # what would close it is not there either
            return []
        if block.kind in PROSE and block.fields:
            return self._prose(j, old, right if i == left[0] or len(right) == len(left) else ())
        if not right:
            self.own.append((old, block, None, None))
            return []
        if len(right) > 1 or len(left) > 1:
            return self.untouched(right, j) if i == left[0] else []
        return [self._merged(j, old, right[0])]

    def _front_matter(self, j: int) -> list[Item]:
        """Merges front matter key by key, or as markup if it is not valid."""
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
                self._note("markup", Message("front matter that is not valid: merged as text, not key by key"))
                return [self._merged(j, old, t)]
            return self.untouched((t,), j) if ours else [self._english(j)]
        own = sides[2] or front_matter.emptied(new)
        if ours and own.syntax != new.syntax:
            self._note("markup", Message("front matter: the translation has another syntax; it stays as it is"))
            return self.untouched((t,), j)
        units: dict[int, list[Unit]] = {}
        for s in block_sentences(self.new, j, self.bitext.languages[0]):
            units.setdefault(s.field, []).extend(self.carried.units.get((s.block, s.start), []))
        eol = target.eol if target.blocks else self.new.eol
        start = target.starts[t] if ours else 0
        filler = Filler(new, own, units, target.text, start, eol, joint(self.bitext.languages[1]), self._eol)
        merge = Merge(sides[0] or empty, new, own, filler.filled, self._eol)
        parts = tuple(self._eol(p) if isinstance(p, str) and not ours else p for p in merge.parts() if p != "")
        self.flags += [Flag("markup", flag) for flag in merge.flags]
        same = ours is not None and all(isinstance(p, str) for p in parts) and "".join(map(str, parts)) == ours.text
        return [Item(parts, ours.gap if ours else self._eol(block.gap), t, t, j, same)]

    def own_front_matter(self) -> list[Item]:
        """What stays of the front matter if the new English has none any more."""
        old, new, ours = (d.blocks[:1] for d in (self.bitext.source, self.new, self.bitext.target))
        if not all(b and b[0].kind == "front_matter" for b in (old, ours)) or (new and new[0].kind == "front_matter"):
            return []
        text, flags = own_entries(self._eol(old[0].text), ours[0].text)
        self.flags += [Flag("markup", flag) for flag in flags]
        return [Item((text,), ours[0].gap, 0, 0, -1, text == ours[0].text)] if text else []

    def _english(self, j: int) -> Item:
        block = self.new.blocks[j]
        text = self._eol(block.text)
        if block.kind == "code":
            language = language_of(block)
            text = reuse_comments(text, self._known, language)
            said = self._code.said.get(wordy(language), {""} if wordy(language) else ())
            if said and (new := [words for words in wording(text, language, not self.comments) if words not in said]):
                self._note("code", Message("English added code with words to translate: {code}", code=named(new)))
            return Item(self._commented(text, block, "", language), self._eol(block.gap), -1, -1, j)
        return Item((text,), self._eol(block.gap), -1, -1, j)

    def _note(self, kind: FlagKind, text: str) -> None:
        self.flags.append(Flag(kind, text))

    def _commented(self, text: str, english: Block, had: str, language: str) -> tuple[str | Segment, ...]:
        """A drafted code block, with the comments that English added as segments if people want them."""
        parts = comment_segments(text, english.text, had, language) if self.comments else (text,)
        if found := [" ".join(part.source.split()) for part in parts if isinstance(part, Segment)]:
            self._note("code", Message("English added comments, check their drafts: {code}", code=named(found)))
        return parts

    @cached_property
    def _code(self) -> CodeWords:
        return CodeWords(self.bitext)

    def _known(self) -> Comments:
        return self._code.comments

    def _eol(self, text: str) -> str:
        eol = self.bitext.target.eol
        if not self.bitext.target.blocks or eol == self.new.eol:
            return text
        return re.sub(r"\r\n|\r|\n", lambda _: eol, text)

    def _merged(self, j: int, old: Block, t: int) -> Item:
        """Merges code, math, directives and the like three-way."""
        block, ours = self.new.blocks[j], self.bitext.target.blocks[t]
        if identity(old) == identity(block):
            return Item((ours.text,), ours.gap, t, t, j, True)
        before, text = old.text, ours.text
        if block.kind == "markup" and identity(old) == identity(ours):
            text = before  # the line under the header of a table, in another width
        if block.nesting != old.nesting:
            before, text = reindented(before, block.text), reindented(text, block.text)
        if block.kind == "code":
            sides = self._eol(before), self._eol(block.text), text
            done = merge_code(*sides, language_of(block), self._known, comments=not self.comments)
        else:
            done = merge_tags(self._eol(before), self._eol(block.text), text)
        self.flags += [Flag("code" if block.kind == "code" else "markup", text) for text in done.flags]
        if done.flags:
            self.own.append((old, block, ours, replace(block, text=done.text)))
        parts: tuple[str | Segment, ...] = (done.text,)
        if block.kind == "code" and done.text != ours.text:
            parts = self._commented(done.text, block, text, language_of(block))
        return Item(parts, ours.gap, t, t, j, done.text == ours.text, bool(old.gap) != bool(block.gap))

    def _marker(self, j: int, old: Block, t: int) -> Item:
        """Plans the opening line of an admonition that had or has no English title; translators may have their own."""
        block, ours = self.new.blocks[j], self.bitext.target.blocks[t]
        if not ours.fields and (block.fields or syntax(old.text) == syntax(block.text)):
            return self._prose(j, old, (t,))[0] if block.fields else self._merged(j, old, t)
        title, english, flag = "".join(ours.contents[:1]), self._eol(block.text), ""
        if title and old.fields:
            if t not in self.carried.held:
                flag = f"English has no title here any more; the translation had: {title}"
        elif title and block.fields:
            english = self._eol(block.frame[0]) + title + self._eol(block.frame[1])
            flag = f"English has a title now, the translation another: {block.contents[0]}"
        elif title:
            options = self.new.blocks[j + 1 : j + 2] and self.new.blocks[j + 1].text.lstrip().startswith(":")
            english, flag = with_title(english, title, ours.text, self._eol(self.new.eol), options=bool(options))
        self.flags += [Flag("markup", flag)] if flag else []
        return Item((english,), ours.gap, t, t, j, english == ours.text, bool(old.gap) != bool(block.gap))

    def _prose(self, j: int, old: Block | None, places: Sequence[int]) -> list[Item]:
        """Plans a block with prose: merges its frame and fills its fields with units."""
        block, target = self.new.blocks[j], self.bitext.target
        ours = [target.blocks[t] for t in places]
        together = [j, *self._joined(j)]
        self._done.update(together)
        placed: dict[int, list[Placed]] = {}
        starts: dict[int, int] = {}
        said = [s for k in together for s in block_sentences(self.new, k, self.bitext.languages[0])]
        held = [u for s in said for u in self.carried.units.get((s.block, s.start), []) if isinstance(u, Human)]
        was = earlier_places(self.bitext, held, places)
        for k in together:
            leads = self._leads(self.new, k)
            before = self._leads(self.bitext.source, self.origin[k]) if k in self.origin else {}
            for s in block_sentences(self.new, k, self.bitext.languages[0]):
                units = self.carried.units.get((s.block, s.start), [])
                replaced = self.carried.places.get((s.block, s.start), (NOWHERE,))[0]
                at = s.field if len(together) == 1 else 0
                for n, u in enumerate(units):
                    lead = leads.get((s.block, s.start), ("", ""))[0] if n == 0 else ""
                    if isinstance(u, Segment):
                        unit: Unit = replace(u, kind=block.kind, lead=lead)
                    else:
                        unit = replace(u, lead=lead)
                        if (lead, normal(s.text)) in before.values():
                            self._spacing.settled.add(u.start)
                    start = unit.start if isinstance(unit, Human) else replaced
                    starts.setdefault(at, start)
                    placed.setdefault(at, []).append((start if start in was else NOWHERE, unit))
        by_field = in_hand_order(placed, was, block.kind in WHOLE)
        if moved_apart(placed, was):
            self._note("order", kept_order(by_field))
        if not any(by_field.values()):
            if not block.fields and old is not None and ours:
                return [self._merged(j, old, places[0])]
            if block.fields and (old is not None or not ours):
                return [] if not ours else self.untouched(places, j) if old and self._kept_whole(ours) else []
            return [self._english(j)]
        own = [extra for extra in self.carried.extras if extra.block in places]
        if old is not None:
            left = self.bitext.groups[self.bitext.group_of[self.origin[j]]][0]
            there = drop_repeated(by_field, [self.bitext.source.blocks[i] for i in left], ours)
            there += fill_cells(by_field, block, old, target, places[0], own) if len(places) == 1 else []
            self.flags += [Flag("ahead", shortened(text)) for text in there]
        columns: Filling = {}
        if block.kind != "row":
            add_own(by_field, own, target.text)
        elif old is not None and len(places) == len(together) == 1 and old.nesting == block.nesting:
            if len(old.fields) == len(block.fields):  # what is new is in the place of what it replaces
                pairs = self.bitext.pairs(self.bitext.group_of[self.origin[j]])
                was_at = {p.source[0].field: p.target[0].start for p in pairs if p.source and p.target}
                starts = {n: was_at.get(n, start) if start < 0 else start for n, start in starts.items()}
            columns = own_columns(by_field, target, places[0], own, starts)
        by_field = columns or by_field
        self.written += [u for units in by_field.values() for u in units if isinstance(u, Human)]
        self.filled.update(places)
        frame, model = (ours[0].frame, ours[0]) if columns else self._frame(block, old, ours)
        moved = old is not None and old.nesting != block.nesting
        indent = continuation(block if moved else model)
        parts: list[str | Segment] = [frame[0]]
        for number in range(len(frame) - 1):
            filled = self._spacing.filled(by_field.get(number, []), block, places, indent)
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
        """White space that is layout before English sentences, with the sentence texts, by position."""
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
        """Further new blocks that the translators combined with this one in a single block."""
        if j not in self.origin:
            return []
        left, right = self.bitext.groups[self.bitext.group_of[self.origin[j]]]
        out = []
        for step, i in enumerate(left[left.index(self.origin[j]) + 1 :], 1):
            if len(right) == 1 and self.origin.get(j + step) == i and self.new.blocks[j + step].kind in PROSE:
                out.append(j + step)
        return out

    def _frame(self, block: Block, old: Block | None, ours: Sequence[Block]) -> tuple[tuple[str, ...], Block]:
        """The text around the fields, and the block that its layout comes from."""
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
            lead = lead_of(english[0])
            before, english, own = (without_lead(pieces) for pieces in (before, english, own))
        merged = [merge_tokens(*pieces) for pieces in zip(before, english, own, strict=True)]
        self.flags += [Flag("markup", text) for m in merged for text in m.flags]
        return (lead + merged[0].text, *(m.text for m in merged[1:])), ours[0]
