"""Merges a table of contents by line: what became of documents becomes of their entries, and nothing else changes.

The translation's own order, titles, comments and bytes stay. An entry is added behind the one that English has before
it, moved by writing the new path into it, removed with its lines. Where documents exchange their paths, entries without
a title stay as they are. What has no safe place is left to people.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.companions import Traveller
from bot.companions.toc_entries import Contents, Entry, Value
from bot.contracts import DOCUMENTS, NOTEBOOK
from bot.messages import Message

_PLAIN = re.compile(r"[\w./-]+(?: [\w./-]+)*")


@dataclass
class Merge:
    """One merge in progress. ``places`` maps English paths of documents to those in the translation before the sync.

    ``done`` says what was done, ``left`` what was not and why; ``added``, ``removed`` and ``moved`` are paths.
    """

    english: Contents
    own: Contents
    places: Mapping[str, str]
    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    added: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)
    _written: list[tuple[Value, str]] = field(default_factory=list)
    _dropped: list[Entry] = field(default_factory=list)
    _inserted: dict[int, list[str]] = field(default_factory=dict)
    _points: dict[str, tuple[int, int]] = field(default_factory=dict)
    _here: dict[str, list[tuple[tuple[Entry, ...], Entry]]] = field(default_factory=dict)
    _places: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._listed = {e.document for _, e in self.english.every() if e.document}
        self._entries: dict[str, list[tuple[tuple[Entry, ...], Entry]]] = {}
        for items, entry in self.own.every():
            if entry.document:
                self._entries.setdefault(entry.document, []).append((items, entry))

    def merge(self, documents: Sequence[Traveller]) -> str:
        """The text of the table when ``documents`` are where they are now."""
        arriving = {document.path for document in documents if document.path}
        occupied = {document.source_path for document in documents if document.path}
        kept = {d.was for d in documents if d.was in self._entries} & arriving if self._are_places(documents) else set()
        for document in documents:
            if document.was in kept or document.was not in self._entries:
                continue
            if document.path in kept:
                self._remove(document)
            elif document.path:
                self._move(document)
            elif document.source_path not in self._listed or document.source_path in occupied:
                self._remove(document)
        free = {*self.moved, *self.removed}
        wanted: dict[str, Traveller] = {}
        for document in documents:
            has = document.was in self._entries and document.was not in kept
            there = document.path in self._entries and document.path not in free
            if document.path and not has and not there and document.source_path in self._listed:
                wanted[document.source_path] = document
        self._here = {self.moved.get(p, p): found for p, found in self._entries.items() if p not in self.removed}
        self._places = {**self.places, **{d.source_path: d.path for d in documents if d.path}}
        for items in self.english.lists:
            self._add(items, wanted)
        return self._text()

    def _are_places(self, documents: Sequence[Traveller]) -> bool:
        """Whether entries stay where documents exchange their paths: then nothing in them is of the document alone."""
        arriving = {document.path for document in documents if document.path}
        found = [
            self._entries[document.was]
            for document in documents
            if document.was in self._entries and (document.was in arriving or document.path in self._entries)
        ]
        return all(not _unsafe(one) and not one[0][1].titled and not one[0][1].below for one in found)

    def _remove(self, document: Traveller) -> None:
        found = self._entries[document.was]
        items, entry = found[0]
        rest = [e for e in items if e not in self._dropped and e is not entry]
        if (
            why := _unsafe(found)
            or (Message("there are entries below it") if entry.below else "")
            or ("" if rest else Message("the list would be empty"))
        ):
            text = "remove the entry of {document}: {reason}"
            self.left.append(Message(text, document=document.was, reason=why))
            return
        self._dropped.append(entry)
        self.removed.add(document.was)
        self.done.append(Message("entry of {document} removed", document=document.was))

    def _move(self, document: Traveller) -> None:
        found = self._entries[document.was]
        entry = found[0][1]
        path = _written(entry.value, document.path, self.own.folder) if len(found) == 1 else None
        if document.source_path not in self._listed:
            text = "remove the entry of {document}: English lists it no longer under its new name"
            self.left.append(Message(text, document=document.was))
        elif path is None or entry.value is None:
            text = (
                "change the entry of {old} to {new}: it is there more than once, or cannot be written in the same way"
            )
            self.left.append(Message(text, old=document.was, new=document.path))
        else:
            self._written.append((entry.value, path))
            self.moved[document.was] = document.path
            self.done.append(Message("entry of {old} changed to {new}", old=document.was, new=document.path))

    def _add(self, items: Sequence[Entry], wanted: Mapping[str, Traveller]) -> None:
        """Adds the wanted entries of an English list, and of those below it."""
        for number, entry in enumerate(items):
            document = wanted.get(entry.document)
            if document and entry.document not in self._points:
                point = self._point(items, number)
                lines = self._rendered(entry, wanted, point[1] - entry.column) if point and entry.column >= 0 else None
                if point is None or lines is None:
                    if point is None:
                        why = Message("no neighbour of it is there")
                    else:
                        why = Message("it cannot be written in the same way")
                    self.left.append(
                        Message("add an entry of {document}: {reason}", document=document.path, reason=why)
                    )
                else:
                    self._inserted.setdefault(point[0], []).extend(lines)
                    for inside in _tree(entry):
                        if inside.document in wanted:
                            self._points[inside.document] = point
                            self.added.add(wanted[inside.document].path)
                            done = Message("entry of {document} added", document=wanted[inside.document].path)
                            if inside.titled:
                                done = Message("{done}; its title is in English", done=done)
                            self.done.append(done)
            for _, below in entry.below:
                self._add(below, wanted)

    def _point(self, items: Sequence[Entry], number: int) -> tuple[int, int] | None:
        """Before which line of the translation an English entry belongs, and the column of its hyphen."""
        for near in [*reversed(items[:number]), *items[number + 1 :]]:
            if near.document in self._points:
                return self._points[near.document]
            found = self._here.get(self._places.get(near.document, ""), [])
            if found and not _unsafe(found):
                entry = found[0][1]
                return (entry.last + 1 if near in items[:number] else entry.first), entry.column
        return None

    def _rendered(self, entry: Entry, wanted: Mapping[str, Traveller], shift: int) -> list[str] | None:
        """The lines of an English entry for the translation; of the entries below it, those that are wanted too."""
        dropped = set[int]()
        changed: dict[int, str] = {}

        def visit(one: Entry) -> bool:
            if one.document:
                path = _written(one.value, wanted[one.document].path, self.own.folder)
                if path is None or one.value is None:
                    return False
                line = changed.get(one.value.line, self.english.lines[one.value.line])
                changed[one.value.line] = line[: one.value.start] + path + line[one.value.end :]
            for key, below in one.below:
                kept = [e for e in below if not e.document or e.document in wanted]
                if not kept:
                    dropped.update(range(key, below[-1].last + 1) if below else ())
                for e in below:
                    if e not in kept:
                        dropped.update(range(e.first, e.last + 1))
                    elif not visit(e):
                        return False
            return True

        if not visit(entry):
            return None
        lines = []
        for number in range(entry.first, entry.last + 1):
            line = changed.get(number, self.english.lines[number])
            if number in dropped:
                continue
            if number == entry.first:
                line = " " * entry.column + line[entry.column :]
            body = line.lstrip(" ")
            lines.append(" " * max(0, len(line) - len(body) + shift) + body if body.strip() else body)
        return lines

    def _text(self) -> str:
        lines = list(self.own.lines)
        eol = next((m[0] for line in lines if (m := re.search(r"\r?\n$", line))), "\n")
        for value, path in sorted(self._written, key=lambda one: -one[0].start):
            line = lines[value.line]
            lines[value.line] = line[: value.start] + path + line[value.end :]
        gone = {n for entry in self._dropped for n in range(entry.first, entry.last + 1)}
        out: list[str] = []
        for number in range(len(lines) + 1):
            for line in self._inserted.get(number, ()):
                if out and not out[-1].endswith(("\n", "\r")):
                    out[-1] += eol
                out.append(line.rstrip("\r\n") + eol)
            if number < len(lines) and number not in gone:
                out.append(lines[number])
        return "".join(out)

    def expected(self) -> list[str]:
        """The documents of the merged table without those that were added."""
        return [self.moved.get(path, path) for path in self.own.documents if path not in self.removed]


def _tree(entry: Entry) -> Iterator[Entry]:
    yield entry
    for _, below in entry.below:
        for inside in below:
            yield from _tree(inside)


def _unsafe(found: Sequence[tuple[tuple[Entry, ...], Entry]]) -> str:
    """Why the lines of an entry cannot be edited; empty if they can."""
    if len(found) > 1:
        return Message("it is there more than once")
    return Message("it shares its line with others") if found[0][1].column < 0 else ""


def _written(value: Value | None, path: str, folder: str) -> str | None:
    """A path as ``value`` writes one, in the same quotation marks; None if that cannot be."""
    if value is None:
        return None
    name = posixpath.relpath(path, folder or ".")
    if not value.text.endswith((*DOCUMENTS, NOTEBOOK)):
        name = posixpath.splitext(name)[0]
    fits = _PLAIN.fullmatch(name) if not value.quote else not re.search(r"""["'\\]""", name)
    return f"{value.quote}{name}{value.quote}" if fits and not name.startswith("../") else None
