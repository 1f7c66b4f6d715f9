"""Three-way merge of front matter, key by key: what English did not change stays byte for byte.

A conflict blocks only its own key. The prose of a value is filled in by the planning of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.alignment.sequences import Matcher
from bot.document.front_matter import Entry, Field, FrontMatter, emptied, layout, read
from bot.document.front_matter_values import BARE, Quoting, quoted, unquoted
from bot.document.segment import Segment
from bot.document.sentences import one_line, speaks
from bot.messages import Message
from bot.planning.carry_over import Human, Unit
from bot.planning.differing import differing

Parts = list[str | Segment]
Fill = Callable[[int, int | None], Parts]
"""Returns the text for a prose field, quotes included, given its number in the new English and in the translation."""

_MACHINE = re.compile(r"(?:#\s*)?(?:cspell|spell|vale|prettier|markdownlint|textlint|alex)\b.*?(?:\s|$)", re.IGNORECASE)
"""The start of a comment or a key that lists words for a program."""

_FLOW = re.compile(r"[^\[\]\n]*?[:=]\s*\[(?=[^\[\]{}\n]*\]$)")
_BULLETS = re.compile(r"[^\n]*:\n[ \t]*(?=(?:[ \t]*- [^\n:\"'>|]+(?:\n|$))+$)")

_BLANK = "# blank"


@dataclass
class Merge:
    """State of one merge; ``english`` converts a piece of the new English to the translation's line ends."""

    old: FrontMatter
    new: FrontMatter
    ours: FrontMatter
    fill: Fill
    english: Callable[[str], str]
    flags: list[str] = field(default_factory=list)

    def parts(self) -> Parts:
        """The whole front matter, fences included."""
        merged = self._siblings(self.old.entries, self.new.entries, self.ours.entries)
        head, tail = self.ours.text[: self.ours.start], self.ours.text[self.ours.end :]
        if self.ours.syntax != "json":
            return [head, *_joined(merged), tail]
        indent = re.search(r"[ \t]*\Z", head)
        comma = ",\n" + (indent[0] if indent else "")
        out: Parts = [head]
        for n, piece in enumerate(merged):
            out += [comma, *piece] if n else piece
        return [*out, tail]

    def _siblings(self, old: Sequence[Entry], new: Sequence[Entry], ours: Sequence[Entry]) -> list[Parts]:
        before, after = ({e.key: e for e in side} for side in (old, new))
        have = {e.key for e in ours}
        out: list[tuple[str, Parts]] = []
        for entry in ours:
            merged = self._entry(before.get(entry.key), after.get(entry.key), entry)
            if merged is not None:
                out.append((entry.key, merged))
        previous = ""
        for entry in new:
            if entry.key not in have and entry.key not in before:
                keys = [key for key, _ in out]
                at = keys.index(previous) + 1 if previous in keys else 0 if not previous else len(keys)
                out.insert(at, (entry.key, self._written(entry)))
            elif entry.key not in have and _text(self.old, before[entry.key]) != _text(self.new, entry):
                self._flag(entry.key, self.old, before[entry.key], entry, Message("the translation does not have it"))
            if entry.key in have or entry.key not in before:
                previous = entry.key
        return [merged for _, merged in out]

    def _entry(self, old: Entry | None, new: Entry | None, ours: Entry) -> Parts | None:
        """What an entry of the translation becomes; None if it is removed."""
        text = self.ours.text[ours.start : ours.end]
        if old is None and new is None:
            return [text]
        if new is None and old is not None:
            if ours.key.startswith("#") or self._frame(self.old, old) == self._frame(self.ours, ours):
                return None if not ours.key.startswith(_BLANK) else [text]
            if any(self._fields(self.ours, ours)):
                return None
            self._flag(ours.key, self.old, old, None, Message("the translation has its own, which stays"))
            return [text]
        if new is None:
            return [text]
        if old is None:
            if self._frame(self.new, new) != self._frame(self.ours, ours):
                self._flag(ours.key, self.old, None, new, Message("the translation has its own, which stays"))
            return [text]
        if _text(self.old, old) == _text(self.new, new):
            return [text]
        if ours.key.startswith("#"):
            return [self._comment(old, new, ours)]
        if old.children and new.children and ours.children and self._indent(new) == self._indent(ours):
            merged = self._siblings(old.children, new.children, ours.children)
            return [self.ours.text[ours.start : ours.children[0].start], *_joined(merged)]
        return self._leaf(old, new, ours)

    def _indent(self, entry: Entry) -> str:
        side = self.new if entry in self.new.entries else self.ours
        line = side.text[entry.children[0].start : entry.children[0].end].lstrip("\n")
        return line[: len(line) - len(line.lstrip())]

    def _leaf(self, old: Entry, new: Entry, ours: Entry) -> Parts:
        before, after, own = (self._frame(*pair) for pair in ((self.old, old), (self.new, new), (self.ours, ours)))
        if own in (before, after):
            return self._filled(self.new, new)
        if not any(self._fields(self.ours, ours)) and (listed := self._listed(old, new, ours)) is not None:
            return [listed]
        if before != after:
            self._flag(ours.key, self.old, old, new, Message("the translation has its own, which stays"))
        mine, theirs = list(self._fields(self.ours, ours)), list(self._fields(self.new, new))
        if [f.path for _, f in mine] == [f.path for _, f in theirs]:
            return self._filled(self.ours, ours)
        if mine or theirs:
            self._flag(ours.key, self.old, old, new, Message("the translation stays as it is"))
        return [self.ours.text[ours.start : ours.end]]

    def _written(self, new: Entry) -> Parts:
        """An entry that is new in English."""
        parts = self._filled(self.new, new)
        if self.ours.syntax != "json" and isinstance(parts[-1], str) and not parts[-1].endswith(("\n", "\r")):
            parts[-1] += self.english("\n")
        return parts

    def _filled(self, side: FrontMatter, entry: Entry) -> Parts:
        """An entry as written on one side, with its prose fields filled."""
        ours = {f.path: n for n, f in enumerate(self.ours.fields)}
        new = {f.path: n for n, f in enumerate(self.new.fields)}
        out: Parts = []
        at = entry.start
        own = side is self.ours
        for _, part in self._fields(side, entry):
            piece = side.text[at : part.outer[0]]
            out.append(piece if own else self.english(piece))
            out += self.fill(new[part.path], ours.get(part.path))
            at = part.outer[1]
        piece = side.text[at : entry.end]
        return [*out, piece if own else self.english(piece)]

    @staticmethod
    def _fields(side: FrontMatter, entry: Entry) -> Iterator[tuple[int, Field]]:
        for n, part in enumerate(side.fields):
            if entry.start <= part.outer[0] < entry.end:
                yield n, part

    def _frame(self, side: FrontMatter, entry: Entry) -> str:
        """An entry without its prose: equal for two entries that differ only in words."""
        out, at = "", entry.start
        for _, part in self._fields(side, entry):
            out += side.text[at : part.outer[0]] + "\0"
            at = part.outer[1]
        return _plain(out + side.text[at : entry.end])

    def _comment(self, old: Entry, new: Entry, ours: Entry) -> str:
        before, after, own = _text(self.old, old), _text(self.new, new), _text(self.ours, ours)
        text = self.ours.text[ours.start : ours.end]
        if own in (before, after):
            return self.english(self.new.text[new.start : new.end])
        if (listed := self._listed(old, new, ours)) is not None:
            return listed
        self._flag(ours.key, self.old, old, new, Message("the translation has its own, which stays"))
        return text

    def _listed(self, old: Entry, new: Entry, ours: Entry) -> str | None:
        """Merges an entry that is a list of words, item by item; None if that is not possible."""
        text = self.ours.text[ours.start : ours.end]
        own = text.strip()
        merged = _lists(_text(self.old, old), _text(self.new, new), "\n".join(own.splitlines()))
        return None if merged is None else text.replace(own, self.english(merged))

    def _flag(self, key: str, side: FrontMatter, old: Entry | None, new: Entry | None, why: str) -> None:
        was, now = differing(_text(side, old) if old else "", _text(self.new, new) if new else "")
        was, now = was or Message("nothing"), now or Message("nothing")
        text = "front matter, {key}: English changed {old} to {new}; {why}"
        self.flags.append(Message(text, key=key, old=was, new=now, why=why))


def own_entries(old: str, ours: str) -> tuple[str, tuple[str, ...]]:
    """What stays of the translation's front matter ``ours`` when English removes its own, ``old``; and flags.

    That is what only the translation has, or has another value of; empty if there is nothing of that kind.
    """
    sides = read(old), read(ours)
    if not sides[0] or not sides[1]:
        return (
            ("", ())
            if old.split() == ours.split()
            else (ours, (Message("front matter: English removed it; it is not valid, and stays"),))
        )
    merge = Merge(sides[0], emptied(sides[0]), sides[1], lambda number, place: [], str)
    text = "".join(str(part) for part in merge.parts())
    start, end = sides[1].start, len(text) - (len(ours) - sides[1].end)
    if not text[start:end].strip():
        return "", ()
    stays = "front matter: English removed it; what only the translation has stays: {entries}"
    return text, (*merge.flags, Message(stays, entries=text[start:end].strip()))


def _lists(old: str, new: str, ours: str) -> str | None:
    """Merges three lists of words item by item; None if they are not lists, or both sides changed the same items."""
    for shape in _LISTS:
        heads = [match for text in (old, new, ours) if (match := shape.head.match(text))]
        if len(heads) == 3:
            return _merged_list(shape, old, new, ours, [match.end() for match in heads])
    return None


@dataclass(frozen=True)
class _List:
    """How a list of words is written: the text before it and between its items."""

    head: re.Pattern[str]
    split: str
    between: str
    machine: bool = False


_LISTS = (_List(_FLOW, r",\s*", ", "), _List(_BULLETS, r"\n[ \t]*", "\n"), _List(_MACHINE, r"[,\s]+", " ", True))


def _merged_list(shape: _List, old: str, new: str, ours: str, ends: Sequence[int]) -> str | None:
    before, after, own = (
        [w for w in re.split(shape.split, text[end:].rstrip("]")) if w.strip()]
        for text, end in zip((old, new, ours), ends, strict=True)
    )
    gone, come = [w for w in before if w not in after], [w for w in after if w not in before and w not in own]
    if any(w.count(mark) % 2 for w in (*before, *after, *own) for mark in "\"'"):
        return None
    out = None if shape.machine else _placed(before, after, own)
    if out is None:
        if not shape.machine and come and any(w not in own for w in gone):
            return None
        out = [w for w in own if w not in gone]
        for word in come:
            behind = after[: after.index(word)]
            out.insert(max((out.index(w) + 1 for w in behind if w in out), default=0), word)
        if shape.machine and own == sorted(own, key=str.casefold):
            out.sort(key=str.casefold)
    head = ours[: ends[2]]
    between = "\n" + head.rpartition("\n")[2] if shape.head is _BULLETS else shape.between
    return head + between.join(out) + ("]" if shape.head is _FLOW else "")


def _placed(before: Sequence[str], after: Sequence[str], own: Sequence[str]) -> list[str] | None:
    """A list whose items are the translations of those of ``before``, one by one, with the changes of English.

    None if they are not, or English changed one that people translated. Items may be there twice, such as ``""``.
    """
    apart = (a != b and (a in own or b in before) for a, b in zip(before, own, strict=False))
    if len(before) != len(own) or any(apart):
        return None
    out: list[str] = []
    for kind, start, end, first, last in Matcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal" and (own[start:end] != before[start:end] or {*after[first:last]} & {*own} - {*before}):
            return None
        out += own[start:end] if kind == "equal" else after[first:last]
    return out


def _joined(merged: Sequence[Parts]) -> Parts:
    return [part for parts in merged for part in parts]


def _plain(text: str) -> str:
    """``text`` with its indentation, and any other run of white space replaced by a single space."""
    lines = text.rstrip().lstrip("\r\n").splitlines()
    return "\n".join(line[: len(line) - len(line.lstrip())] + " ".join(line.split()) for line in lines)


def _text(side: FrontMatter, entry: Entry) -> str:
    return _plain(side.text[entry.start : entry.end]).strip()


@dataclass(frozen=True)
class Filler:
    """Fills the prose fields of front matter; ``units`` are what its sentences become, by field of the new English.

    ``start`` is where the front matter begins in ``target``, the whole translation; ``english`` as in ``Merge``.
    """

    new: FrontMatter
    ours: FrontMatter
    units: Mapping[int, Sequence[Unit]]
    target: str
    start: int
    eol: str
    joint: str
    english: Callable[[str], str]

    def filled(self, number: int, place: int | None) -> Parts:
        """Field ``number`` of the new English, formatted like field ``place`` of the translation if there is one."""
        model = self.new.fields[number] if place is None else self.ours.fields[place]
        text = (self.new if place is None else self.ours).text
        units = self.units.get(number, ())
        if not units:
            whole = text[model.outer[0] : model.outer[1]]
            return [self.english(whole) if place is None else whole]
        opening, closing = text[model.outer[0] : model.lines[0][0]], text[model.lines[-1][1] : model.outer[1]]
        if place is None:
            opening, closing = self.english(opening), self.english(closing)
        indent = layout(text, self.new.fields.index(model) if place is None else place)[0]
        inside = range(self.start + model.outer[0], self.start + model.outer[1]) if place is not None else range(0)
        if model.quoting in BARE and not all(self._stays(u, inside) or isinstance(u, Segment) for u in units):
            said = self.joint.join(self._words(u) for u in units if isinstance(u, Human))
            return [quoted(said, model.quoting)]
        out: Parts = [opening]
        for n, unit in enumerate(units):
            if n:
                out.append(self._between(units[n - 1], unit, inside))
            out.append(self._part(unit, model.quoting, indent, inside))
        return [*out, closing]

    def _stays(self, unit: Unit, inside: range) -> bool:
        """Whether a sentence is still in its old place, unchanged byte for byte."""
        return isinstance(unit, Human) and unit.start in inside and unit.text == self.target[unit.start : unit.end]

    def _part(self, unit: Unit, quoting: Quoting, indent: str, inside: range) -> str | Segment:
        if isinstance(unit, Human):
            return unit.text if self._stays(unit, inside) else quoted(self._words(unit), quoting)
        segment = replace(unit, kind="front_matter", indent=indent, eol=self.eol, quoting=quoting)
        return segment if speaks(unit.source) else segment.laid_out(unit.source)

    def _words(self, unit: Human) -> str:
        """A human sentence as plain text, without quoting, wherever it comes from."""
        for part in self.ours.fields:
            if self.start + part.outer[0] <= unit.start < self.start + part.outer[1]:
                return unquoted(one_line(unit.text), part.quoting)
        return one_line(unit.text)

    def _between(self, before: Unit, after: Unit, inside: range) -> str:
        if isinstance(before, Segment) or isinstance(after, Segment):
            return " "
        own = self.target[before.end : after.start] if before.start in inside and after.start in inside else "x"
        return own if own.isspace() else self.joint
