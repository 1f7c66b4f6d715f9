"""Plans the lines of a table whose columns are not the same in the English and in the translation.

Every line of a draft gets all of the table's columns, cell by cell: what becomes of the English, what is in a column of
the translators' own, else nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.alignment.bitext import Bitext
from bot.alignment.blocks import identity
from bot.document.model import Block, Document
from bot.document.segment import Segment
from bot.document.segmentation import block_sentences
from bot.document.sentences import normal
from bot.document.tables import Line, cell_texts, column_fields, line_of
from bot.messages import Message, listed
from bot.planning.carry_over import Carried, Human, Unit
from bot.planning.flags import Flag, shortened
from bot.planning.layout import Item
from bot.planning.own_sentences import Filling, drop_repeated
from bot.planning.sentence_order import earlier_places
from bot.planning.spacing import Spacing
from bot.planning.table_layout import Layout

_Parts = list[str | Segment]


@dataclass
class TableRows:
    """Plans rows; ``layouts`` are those of the tables, by the blocks of the new English.

    ``written`` are the human stretches in them, ``filled`` the blocks of the translation that they are made from.
    ``left_out`` are, by the header of a table, the columns with changes that the translation does not have.
    """

    bitext: Bitext
    new: Document
    origin: Mapping[int, int]
    carried: Carried
    layouts: Mapping[int, Layout]
    spacing: Spacing
    written: list[Human] = field(default_factory=list)
    filled: set[int] = field(default_factory=set)
    flags: list[Flag] = field(default_factory=list)
    left_out: dict[int, set[int]] = field(default_factory=dict)

    def planned(self, j: int) -> list[Item] | None:
        """The line ``j`` of the new English in the draft; None if nothing is special about its columns."""
        layout = self.layouts.get(j)
        if layout is None or (layout.plain and j == layout.table.line):
            return None
        if j == layout.table.line:
            ours = self.bitext.target.blocks[layout.ours.line]
            return [Item((ours.text,), ours.gap, layout.ours.line, layout.ours.line, j)]
        i = self.origin.get(j, -1)
        left, right = self.bitext.groups[self.bitext.group_of[i]] if i >= 0 else ((), ())
        if len(left) > 1 or len(right) > 1:
            return None
        units = self._units(j)
        held = [u for found in units.values() for u in found if isinstance(u, Human)]
        t = right[0] if right and (not held or any(h.block == right[0] for h in held)) else self._row_of(held)
        t = right[0] if t < 0 and right else t
        if t < 0 and j == layout.table.header and layout.ours.header in self._left:
            t = layout.ours.header  # English rewrote all of it
        old = self.bitext.source.blocks[i] if layout.old.has(i) else None
        mine = self.bitext.target.blocks[t] if layout.ours.has(t) else None
        by_hand = layout.plain and earlier_places(self.bitext, held, right)  # people exchanged cells of the row
        if (right and mine is None) or by_hand or self._fits(j, layout, old, mine):
            return None
        if right == () and i >= 0 and not held and not any(units.values()):
            return []  # the translation never had it
        return [self._row(j, layout, old, t if mine else -1, units)]

    def _units(self, j: int) -> Filling:
        kind = self.new.blocks[j].kind
        return {
            s.field: [replace(u, kind=kind) if isinstance(u, Segment) else u for u in found]
            for s in block_sentences(self.new, j, self.bitext.languages[0])
            for found in (self.carried.units.get((s.block, s.start), []),)
        }

    def _row_of(self, held: Sequence[Human]) -> int:
        """The row of the translation that a row is from which English moved, if it is in no other; else -1."""
        found = {human.block for human in held}
        t = found.pop() if len(found) == 1 else -1
        return t if t in self._left else -1

    @cached_property
    def _left(self) -> set[int]:
        """The blocks of the translation whose English is in the new English as no block."""
        stays = set(self.origin.values())
        return {right[0] for left, right in self.bitext.groups if len(right) == 1 and stays.isdisjoint(left)}

    def _fits(self, j: int, layout: Layout, old: Block | None, ours: Block | None) -> bool:
        """Whether the row is one of as many cells everywhere, all with content, or one that is too long."""
        sides = [(self.new.blocks[j], layout.table), *([(old, layout.old)] if old else [])]
        sides += [(ours, layout.ours)] if ours else []
        if any(len(cell_texts(block)) > table.width for block, table in sides):
            return True
        full = all(len(block.fields) == table.width for block, table in sides)
        return layout.plain and (full or ours is None)

    def _row(self, j: int, layout: Layout, old: Block | None, t: int, units: Filling) -> Item:
        block, target = self.new.blocks[j], self.bitext.target
        ours = target.blocks[t] if t >= 0 else None
        if ours and old:
            there = drop_repeated(units, [old], [ours])
            self.flags += [Flag("ahead", shortened(text)) for text in there]
        fields = {column: number for number, column in column_fields(block).items()}
        self._leave_out(layout, block, old, fields, units)
        said = {s.field: s for s in block_sentences(target, t, self.bitext.languages[1])} if ours else {}
        own = {column: said[number] for number, column in column_fields(ours).items()} if ours else {}
        texts = [cell_texts(b) if b else () for b in (block, old)]
        line = line_of(ours.text) if ours else None
        eol = target.eol
        cells: list[_Parts] = []
        places = (t,) if ours else ()
        for column in layout.columns:
            english = _at(texts[0], column.new)
            raw = _at(line.cells, column.ours) if line else ""
            number = fields.get(column.new, -1)
            if column.new in layout.ahead and column.ours in own and all(map(_is_new, units.get(number, ()))):
                self.flags += [Flag("ahead", shortened(english))] if units.pop(number, None) else []
            if number >= 0 and units.get(number):
                if column.ours in own and all(map(_is_new, units[number])):
                    self.carried.unshown.add(own[column.ours].start)
                self.written += [u for u in units[number] if isinstance(u, Human)]
                cells.append(_padded(raw, self.spacing.filled(units[number], block, places, ""), line))
                continue
            before = _at(texts[1], layout.origins[column.new]) if column.new >= 0 else ""
            theirs = column.new < 0 or number >= 0 or (raw.strip() and _tells_nothing(before))
            if theirs or normal(before) == normal(english):
                if column.ours in own:
                    s = own[column.ours]
                    self.written.append(Human(s.start, s.end, t, target.text[s.start : s.end]))
                cells.append([raw if line and 0 <= column.ours < len(line.cells) else " "])
            else:
                cells.append(_padded(raw, [english] if english else [], line))
        self.filled.update(places)
        frame = line or line_of(re.sub(r"\r\n|\r|\n", lambda _: eol, block.text))
        moved = old is not None and old.nesting != block.nesting
        if moved:
            frame = replace(frame, opening=line_of(block.text).opening)
        parts = _joined(frame, cells)
        same = (
            ours is not None
            and layout.stays
            and all(isinstance(p, str) for p in parts)
            and "".join(map(str, parts)) == ours.text
        )
        gap = ours.gap if ours else re.sub(r"\r\n|\r|\n", lambda _: eol, block.gap)
        return Item(tuple(parts), gap, t, t, j, same, moved and ours is not None)

    def _leave_out(
        self, layout: Layout, block: Block, old: Block | None, fields: Mapping[int, int], units: Filling
    ) -> None:
        """Notes what English says in columns that the translators left out."""
        shown = {column.new for column in layout.columns}
        for column, number in fields.items():
            if column not in shown and any(isinstance(u, Segment) for u in units.get(number, ())):
                before = _at(cell_texts(old), layout.origins[column]) if old else ""
                self.carried.absent.append((before, block.contents[number]))
                self.left_out.setdefault(layout.table.header, set()).add(column)

    def fitted(self, items: Sequence[Item], flags: list[Flag]) -> Iterator[Item]:
        """``items``; lines of the translation that are in them as they were get the columns of their tables.

        What is lost of them is added to ``flags``.
        """
        layout: Layout | None = None
        for n, item in enumerate(items):
            if item.source >= 0:
                layout = self.layouts.get(item.source)
            elif n + 1 < len(items) and (layout is None or not layout.ours.has(item.first)):
                layout = self.layouts.get(items[n + 1].source)  # a row of the translation above all others
            if layout is None:
                yield item
            elif item.source == layout.table.line:
                yield self._under_header(layout, item)
            elif self._is_foreign(layout, item):
                yield self._moved_in(layout, item, flags)
            elif item.untouched and item.first == item.last and layout.ours.has(item.first) and not layout.stays:
                yield self._fitted(layout, item, flags)
            else:
                yield item

    def _is_foreign(self, layout: Layout, item: Item) -> bool:
        """Whether a row is as it was in another table of the translation."""
        there = self.bitext.table_of[1].get(item.first)
        own = item.untouched and item.first == item.last and item.source >= 0 and there is not None
        return own and layout.table.has(item.source) and not layout.ours.has(item.first)

    def _moved_in(self, layout: Layout, item: Item, flags: list[Flag]) -> Item:
        """A row that English moved here from another table: its cells are in the columns of the English."""
        line = line_of(self.bitext.target.blocks[item.first].text)
        at = self.bitext.table_of[1][item.first].columns
        places = [at[c.new] if 0 <= c.new < len(at) else -1 for c in layout.columns]
        lost = [cell.strip() for n, cell in enumerate(line.cells) if n not in places and not _tells_nothing(cell)]
        if not lost and len(line.cells) == len(layout.columns):
            return item
        flags += [Flag("previous translation", text) for text in lost]
        raw = dict(enumerate(line.cells))
        cells: list[_Parts] = [[raw.get(place, " ")] for place in places]
        return replace(item, parts=tuple(_joined(line, cells)), untouched=False)

    def _under_header(self, layout: Layout, item: Item) -> Item:
        """The line under the header of a table: an alignment that English changed is changed in the translation."""
        blocks = self.bitext.target.blocks
        new, old = self.new.blocks[layout.table.line], self.bitext.source.blocks[layout.old.line]
        ours = blocks[layout.ours.line]
        openings = [line_of(block.text).opening for block in (old, new)]
        if layout.plain and not (item.untouched and openings[0] != openings[1]):
            return item
        line = line_of(ours.text)
        if openings[0] != openings[1]:  # English moved the table into a list or a quote, or out of it
            line = replace(line, opening=openings[1])
        elif layout.stays and identity(old) == identity(new):
            return replace(item, parts=(ours.text,), untouched=item.first >= 0)
        elif [c.new for c in layout.columns] == list(range(layout.table.width)) and identity(old) == identity(ours):
            parts = _joined(
                replace(line_of(new.text), opening=line.opening, closing=line.closing),
                [[c] for c in line_of(new.text).cells],
            )
            return replace(item, parts=("".join(map(str, parts)),), untouched=False)
        cells: list[_Parts] = []
        for column in layout.columns:
            english, raw = _at(cell_texts(new), column.new), _at(line.cells, column.ours)
            before = _at(cell_texts(old), layout.origins[column.new]) if column.new >= 0 else ""
            edited = column.new >= 0 and _colons(before) != _colons(english) and _colons(before) == _colons(raw)
            cells.append(_padded(raw, [english], line) if edited or not raw.strip() else [raw])
        return replace(item, parts=("".join(map(str, _joined(line, cells))),), untouched=False)

    def _fitted(self, layout: Layout, item: Item, flags: list[Flag]) -> Item:
        """A row that stays as it is, but for the columns that the draft has."""
        block = self.bitext.target.blocks[item.first]
        line = line_of(block.text)
        if len(line.cells) > layout.ours.width:
            return item
        shown = {column.ours for column in layout.columns}
        if item.source < 0:
            lost = [cell.strip() for n, cell in enumerate(line.cells) if n not in shown and not _tells_nothing(cell)]
            flags += [Flag("previous translation", text) for text in lost]
        raw = dict(enumerate(line.cells))
        cells: list[_Parts] = [[raw.get(column.ours, " ")] for column in layout.columns]
        return replace(item, parts=tuple(_joined(line, cells)), untouched=False)

    def doubts(self) -> Iterator[Flag]:
        """What people are to know of the columns of tables, once for each table."""
        for j, layout in self.layouts.items():
            if j != layout.table.header:
                continue
            english, ours = (cell_texts(b) for b in (self.new.blocks[j], self.bitext.target.blocks[layout.ours.header]))
            own = listed(shortened(_at(ours, n)) for n in layout.own)
            for n in layout.added:
                text = "English added the column {english}; the translation has columns of its own, which stay: {own}"
                yield Flag("markup", Message(text, english=shortened(_at(english, n)), own=own), j)
            pair = self.bitext.tables[layout.old.header]
            before = cell_texts(self.bitext.source.blocks[layout.old.header])
            for n in sorted(pair.doubtful):
                text = "the column {english} may not be {own} in the translation; check what the draft has there"
                sides = shortened(_at(before, n)), shortened(_at(ours, pair.columns[n]))
                yield Flag("markup", Message(text, english=sides[0], own=sides[1]), j)
            for n in sorted(self.left_out.get(j, ())):
                text = "English changed the column {english}, which the translation does not have"
                yield Flag("missing", Message(text, english=shortened(_at(english, n))), j)


def _is_new(unit: Unit) -> bool:
    return isinstance(unit, Segment) and not unit.old_source


def _at(cells: Sequence[str], column: int) -> str:
    return cells[column] if 0 <= column < len(cells) else ""


def _tells_nothing(cell: str) -> bool:
    return not cell.strip() or re.fullmatch(r"\s*:?-+:?\s*", cell) is not None


def _colons(cell: str) -> tuple[bool, bool]:
    return cell.strip().startswith(":"), cell.strip().endswith(":")


def _padded(raw: str, parts: Sequence[str | Segment], line: Line | None) -> _Parts:
    """``parts`` with the white space that is around the ``raw`` cell, else with that of the line."""
    if raw.strip():
        at = len(raw) - len(raw.lstrip())
        return [raw[:at], *parts, raw[at + len(raw.strip()) :]]
    pad = "" if line and line.tight and parts else " "
    return [pad, *parts, pad] if parts else [raw or " "]


def _joined(line: Line, cells: Sequence[Sequence[str | Segment]]) -> _Parts:
    """The cells between bars; a cell without content at either end needs the bar beside it, and so does a lone one."""

    def blank(cell: Sequence[str | Segment]) -> bool:
        return all(isinstance(part, str) and not part.strip() for part in cell)

    bare = "|" not in line.opening and (blank(cells[0]) or len(cells) == 1)
    opening = line.opening + "|" if bare else line.opening
    closing = line.closing if "|" in line.closing or not blank(cells[-1]) else "|" + line.closing
    parts: _Parts = [opening]
    for n, cell in enumerate(cells):
        parts += ["|"] if n else []
        parts += cell
    if "|" not in closing and parts[-1] == " ":
        parts.pop()
    return [*parts, closing]
