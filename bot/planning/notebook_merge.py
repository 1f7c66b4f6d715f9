"""Writes a drafted page back into a notebook: its cells into the JSON of the translation, the rest as in English.

Outputs, metadata and attachments are merged three-way, member by member: what English did not change stays as the
translation has it, else English wins. All of it is done on the text, in the translation's own layout, so that nothing
but what changed gets other bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.alignment.cells import names
from bot.document.cells import PageCell, page_cells
from bot.document.json_text import Container, Style, container, loads, rebuilt, restyled
from bot.document.notebook import Cell, Notebook, read
from bot.document.page import Page

Members = Mapping[str, Any]
"""A decoded JSON object."""

_MISSING = object()
_ITEM = 2
"""The depth of a cell in a notebook: the outermost object has the depth 0."""


@dataclass(frozen=True)
class _Made:
    """A cell to write: the number of the cell of the translation that it replaces (-1: none), its JSON and its id."""

    number: int
    text: str
    id: str
    fixed: bool
    """Whether it is exactly what the translation had."""


@dataclass(frozen=True)
class Written:
    """The text of a notebook, and the line in it (from 1) of each line of the page that it was made from."""

    text: str
    lines: tuple[int, ...]


def written(draft: str, old: str, new: str, target: str) -> Written:
    """The notebook for a drafted page, which was planned from the pages ``old``, ``new`` and ``target``.

    ``target`` is empty for a notebook that the translation does not have yet: that is the English with other Markdown.
    """
    theirs = _notebook(new)
    if not isinstance(target, Page):
        return refilled(draft, theirs)
    return _Merge(draft, _notebook(old), theirs, target.notebook).written()


def refilled(draft: str, notebook: Notebook) -> Written:
    """The notebook with the Markdown and code of a page that has the same cells."""
    cells = page_cells(draft)
    chosen = [
        (n, _with_source(notebook, own, _trimmed(cell, own.source)))
        for n, (own, cell) in enumerate(zip(notebook.cells, cells, strict=True))
    ]
    return _written(cells, range(len(cells)), _spliced(notebook, chosen, {}))


def _written(draft: Sequence[PageCell], kept: Sequence[int], text: str) -> Written:
    """A text made from a draft, of whose cells these were ``kept``, by their numbers."""
    places = dict(zip(kept, read(text, "the draft").lines, strict=True))
    lines = [1]
    for n, cell in enumerate(draft):
        here = places.get(n, lines[-1:])
        lines += (here[min(k, len(here) - 1)] for k in range(cell.lines))
    return Written(text, tuple(lines[1:]))


def _notebook(page: str) -> Notebook:
    if not isinstance(page, Page):
        raise TypeError("a notebook is merged with notebooks only")
    return page.notebook


def _spliced(notebook: Notebook, cells: Sequence[tuple[int, str]], members: Mapping[str, str | None]) -> str:
    """The text of a notebook with other cells and other members."""
    listed = rebuilt(notebook.text, notebook.list, cells, notebook.style, _ITEM)
    merged = _with_members(notebook.text, notebook.top, {**members, "cells": listed}, notebook.style, 1)
    return notebook.text[: notebook.top.start] + merged + notebook.text[notebook.top.end :]


def _with_members(text: str, whole: Container, members: Mapping[str, str | None], style: Style, depth: int) -> str:
    """An object with some members set (None: removed) to JSON texts; a new one goes where the order of keys has it."""
    known = {e.key for e in whole.entries}
    chosen = [
        (n, text[e.start : e.value] + new if (new := members.get(e.key)) is not None else text[e.start : e.end])
        for n, e in enumerate(whole.entries)
        if e.key not in members or members[e.key] is not None
    ]
    keys = [whole.entries[n].key for n, _ in chosen]
    for key, value in members.items():
        if key not in known and value is not None:
            at = bisect(keys, key) if keys == sorted(keys) else len(keys)
            keys.insert(at, key)
            chosen.insert(at, (-1, style.string(key) + style.colon + value))
    return rebuilt(text, whole, chosen, style, depth)


def _with_source(notebook: Notebook, cell: Cell, source: str, members: Mapping[str, str | None] | None = None) -> str:
    """The JSON of a cell with this source, laid out as its old one was; lines that it had keep their bytes."""
    changed = dict(members or {})
    if source != cell.source:
        changed["source"] = _source(notebook, cell, source)
    if not changed:
        return notebook.text[cell.where.start : cell.where.end]
    return _with_members(notebook.text, cell.where, changed, notebook.style, _ITEM + 1)


def _source(notebook: Notebook, cell: Cell, source: str) -> str:
    at, style = cell.where["source"].value, notebook.style
    if notebook.text[at] != "[":
        return style.string(source)
    whole = container(notebook.text, at)
    had: dict[str, list[int]] = {}
    for n, part in enumerate(cell.value["source"]):
        had.setdefault(part, []).append(n)
    chosen = []
    for line in _lines(source):
        places = had.get(line)
        number = places.pop(0) if places else -1
        entry = whole.entries[number] if number >= 0 else None
        chosen.append((number, notebook.text[entry.start : entry.end] if entry else style.string(line)))
    return rebuilt(notebook.text, whole, chosen, style, _ITEM + 2)


def _lines(source: str) -> list[str]:
    """The lines of a source as the format lists them: each with its line feed."""
    return re.findall(r"[^\n]*\n|[^\n]+", source)


def _merged(old: object, new: Members, ours: Members, sides: _Sides, depth: int) -> dict[str, str | None]:
    """The members of an object of the translation that change, as ``_with_members`` takes them.

    ``sides`` are where the objects of the translation and of the new English are; ``old`` is empty if there was none.
    """
    out: dict[str, str | None] = {}
    before = old if isinstance(old, dict) else {}
    for key in dict.fromkeys((*ours, *new)):
        was, now, own = (side.get(key, _MISSING) for side in (before, new, ours))
        if now in (was, own):
            continue
        if now is _MISSING:
            out[key] = None
        elif isinstance(now, dict) and isinstance(own, dict):
            inner = sides.inside(key)
            if found := _merged(was, now, own, inner, depth + 1):
                out[key] = _with_members(inner.text, inner.ours, found, inner.style, depth + 1)
        else:
            entry = sides.theirs[key]
            out[key] = restyled(sides.english[entry.value : entry.end], sides.style, depth)
    return out


@dataclass(frozen=True)
class _Sides:
    """An object of the translation and the one of the new English: both texts, and where the objects are."""

    text: str
    ours: Container
    english: str
    theirs: Container
    style: Style

    def inside(self, key: str) -> _Sides:
        """The objects that both have under a key."""
        ours, theirs = container(self.text, self.ours[key].value), container(self.english, self.theirs[key].value)
        return _Sides(self.text, ours, self.english, theirs, self.style)


class _Merge:
    """The merge of a draft with three notebooks."""

    def __init__(self, draft: str, old: Notebook, new: Notebook, target: Notebook) -> None:
        self.draft, self.old, self.new, self.target = page_cells(draft), old, new, target
        found = names(old.page, new.page, target.page)
        self.before = {name: n for n, name in enumerate(found.old)}
        self.now = {name: n for n, name in enumerate(found.new)}
        self.ours = {name: n for n, name in enumerate(found.target)}
        self.members = self._members()
        minor = self.members.get("nbformat_minor")
        self.upgraded = minor is not None
        self.with_ids = (loads(minor) if minor else target.value.get("nbformat_minor", 0)) >= 5

    def written(self) -> Written:
        made: dict[int, _Made] = {}
        for n, cell in enumerate(self.draft):
            number = self.ours.pop(cell.name, -1)
            theirs = self.new.cells[self.now[cell.name]] if cell.name in self.now else None
            found = self._kept(cell, number, theirs) if number >= 0 else self._added(cell, theirs)
            if found:
                made[n] = found
        cells = self._identified(list(made.values()))
        return _written(self.draft, list(made), _spliced(self.target, cells, self.members))

    def _members(self) -> dict[str, str | None]:
        """The members of the notebook itself that change, other than its cells."""
        sides = _Sides(self.target.text, self.target.top, self.new.text, self.new.top, self.target.style)
        old, new, ours = (
            {key: value for key, value in notebook.value.items() if key != "cells"}
            for notebook in (self.old, self.new, self.target)
        )
        return _merged(old, new, ours, sides, 1)

    def _kept(self, cell: PageCell, number: int, theirs: Cell | None) -> _Made | None:
        """A cell that the translation has; None if all of its Markdown went elsewhere."""
        ours = self.target.cells[number]
        source = _trimmed(cell, ours.source)
        if not source and ours.source and not (theirs and not theirs.source):
            return None
        members: dict[str, str | None] = {}
        if theirs:
            before = self.old.cells[self.before[cell.name]] if cell.name in self.before else ours
            sides = _Sides(self.target.text, ours.where, self.new.text, theirs.where, self.target.style)
            was, now, own = (self._rest(c) for c in (before, theirs, ours))
            members = _merged(was, now, own, sides, _ITEM + 1)
        text = _with_source(self.target, ours, source, members)
        same = text == self.target.text[ours.where.start : ours.where.end]
        return _Made(number, text, _id(text) if "id" in members else ours.id, same)

    def _rest(self, cell: Cell) -> Members:
        """The members of a cell that are merged one by one."""
        left_out = ("source",) if self.with_ids else ("source", "id")
        return {key: value for key, value in cell.value.items() if key not in left_out}

    def _added(self, cell: PageCell, theirs: Cell | None) -> _Made | None:
        """A cell that is new in the translation, from the English one; None if there is nothing in it."""
        style = self.target.style
        if theirs is None:
            if not cell.source.strip():
                return None
            lines = restyled(self._source(cell.source), style, _ITEM + 1)
            text = f'{{"cell_type":"markdown","metadata":{{}},"source":{lines}}}'
            return _Made(-1, restyled(text, style, _ITEM), "", False)
        source = _trimmed(cell, theirs.source)
        if theirs.source and not source:
            return None
        members: dict[str, str | None] = {"source": self._source(source)}
        if not self.with_ids:
            members["id"] = None
        text = _with_members(self.new.text, theirs.where, members, self.new.style, _ITEM + 1)
        return _Made(-1, restyled(text, style, _ITEM), theirs.id if self.with_ids else "", False)

    def _source(self, source: str) -> str:
        """The source of a new cell, as the translation writes those of others: a list of lines, or one string."""
        cells = self.target.cells or self.new.cells
        whole = bool(cells) and isinstance(cells[0].value["source"], str)
        return json.dumps(source if whole else _lines(source))

    def _identified(self, made: Sequence[_Made]) -> list[tuple[int, str]]:
        """The cells as ``rebuilt`` takes them, each with an id of its own if the format has ids."""
        if not self.with_ids:
            return [(m.number, m.text) for m in made]
        taken = {m.id for m in made if m.fixed and m.id}
        out = []
        for n, m in enumerate(made):
            text = m.text
            if not m.fixed or (self.upgraded and not m.id):
                name = m.id
                while not name or name in taken:
                    name = hashlib.sha256(f"{n} {name} {text}".encode()).hexdigest()[:8]
                taken.add(name)
                if name != m.id:
                    members: dict[str, str | None] = {"id": json.dumps(name)}
                    text = _with_members(text, container(text, 0), members, self.target.style, _ITEM + 1)
            out.append((m.number, text))
        return out


def _id(text: str) -> str:
    found = loads(text).get("id", "")
    return found if isinstance(found, str) else ""


def _trimmed(cell: PageCell, like: str) -> str:
    """The source of a drafted cell, with as many line feeds around it as the cell that it continues."""
    if cell.type != "markdown":
        return cell.source
    source = cell.source.strip("\n")
    if not like.strip("\n"):
        return source or like
    return like[: len(like) - len(like.lstrip("\n"))] + source + like[len(like.rstrip("\n")) :]
