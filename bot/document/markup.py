"""Tags and template marks among prose: which of them are structure, and which prose remains.

A paragraph or an HTML block is cut into runs of lines: lines of nothing but markup, and lines of prose, whose
fields are between the marks that are not part of a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.document.flavours import BLOCK_TAGS, INLINE_TAGS, OPAQUE_TAGS, VOID_TAGS

Span = tuple[int, int]
"""Half-open range of code points."""

_OPAQUE = "|".join(OPAQUE_TAGS)
MARK = re.compile(
    rf"""
    (?P<code>(?P<ticks>`+)(?!`)[^`]*+(?:`(?!(?P=ticks))[^`]*+)*?(?<!`)(?P=ticks)(?!`))
    | (?P<comment><!--(?:(?!<!--|-->).)*+--> | \{{/\*(?:(?!\*/).)*+\*/\}})
    | (?P<opaque><(?P<element>{_OPAQUE})\b[^>]*+>(?:(?!</?(?P=element)\b).)*+</(?P=element)\s*>)
    | \{{\{{(?P<shortcode>[<%](?:[^{{}}]|\{{(?!\{{)|\}}(?!\}}))*+(?<=[>%]))\}}\}}
    | \{{%(?P<liquid>(?:[^%{{]|%(?!\}})|\{{(?!%))*+)%\}}
    | \{{(?P<svelte>[#/:@][a-z]+)\b(?:[^{{}}]|\{{[^{{}}]*\}})*+\}}
    | (?P<literal>\{{`[^`]*+`\}})
    | (?P<template>\{{\{{(?:[^{{}}]|\}}(?!\}}))*+\}}\}})
    | <(?P<close>/?)(?P<tag>[A-Za-z][\w.-]*(?::[\w.-]+)*|(?=>))(?=[\s/>])
      (?P<attributes>(?:[^<>"'{{}}] | "[^"]*" | '[^']*' | \{{(?:[^{{}}]|\{{(?:[^{{}}]|\{{[^{{}}]*\}})*+\}})*+\}})*+)>
    """,
    re.VERBOSE | re.DOTALL,
)
"""A tag, a comment, a shortcode or a template mark; code spans are matched so that nothing is found inside them."""

_ENDS = re.compile(r"<(/[A-Za-z][\w.:-]*)\s*>|\{\{[<%]\s*(/\s*[\w./-]+)|\{%-?\s*(end\w+)|\{(/[a-z]+)\}")
_STOPPED = re.compile(r"[.!?:;…。！？：；।։؟。][\"'”’»)\]*_]*$")

_TITLE = re.compile(r"\stitle=\"(?=[^\"]*[^\W\d])([^\"\\\r\n]+)\"")

Role = Literal["open", "close", "single"]
Level = Literal["block", "inline", "free"]


@dataclass(frozen=True)
class Mark:
    """One tag or template mark; ``level``: ``block`` separates sentences, ``inline`` never does, ``free`` may."""

    start: int
    end: int
    name: str
    role: Role
    level: Level
    html: bool
    partner: int = -1


MarkKind = Literal["", "html", "directive", "admonition"]


@dataclass(frozen=True)
class Piece:
    """A run of lines: prose with its ``fields``, or markup alone (``kind`` and ``name`` of its mark).

    The kind of markup is html, directive, or admonition: a mark with a title, which is a field.
    """

    first: int
    last: int
    fields: tuple[tuple[Span, ...], ...] = ()
    kind: MarkKind = ""
    name: str = ""


def closers(text: str) -> frozenset[str]:
    """The names that the text closes anywhere: a mark with any other name opens nothing."""
    if "<" not in text and "{" not in text:
        return frozenset()
    return frozenset(
        found.replace(" ", "").removeprefix("/").removeprefix("end")
        for match in _ENDS.finditer(text)
        for found in match.groups()
        if found
    )


def marks(text: str, start: int, known: frozenset[str]) -> list[Mark]:
    """The marks of ``text`` from ``start`` on, each linked to its partner if it has one."""
    found: list[Mark] = []
    opened: dict[str, list[int]] = {}
    for match in MARK.finditer(text, start):
        mark = _mark(match, known)
        if mark is None:
            continue
        if mark.role == "close":
            if waiting := opened.get(mark.name):
                place = waiting.pop()
                found[place] = replace(found[place], partner=len(found))
                mark = replace(mark, partner=place)
        elif mark.role == "open":
            opened.setdefault(mark.name, []).append(len(found))
        found.append(mark)
    return found


def _mark(match: re.Match[str], known: frozenset[str]) -> Mark | None:
    a, b = match.span()
    if match["code"]:
        return None
    if match["comment"]:
        return Mark(a, b, "", "single", "free", True)
    if match["opaque"]:
        return Mark(
            a, b, match["element"], "single", "inline" if match["element"] in ("svg", "math") else "block", True
        )
    if match["shortcode"]:
        body = match["shortcode"][1:-1].strip()
        name = body.strip("/ ").split(maxsplit=1)[0] if body.strip("/ ") else ""
        closes = body.startswith("/") and not body.startswith("/*")
        role: Role = "close" if closes else "open" if name in known and not body.endswith("/") else "single"
        return Mark(a, b, name, role, "free", False)
    if match["liquid"] is not None:
        name = next(iter(match["liquid"].strip("- ").split(maxsplit=1)), "")
        if name.startswith("end"):
            return Mark(a, b, name[3:], "close", "free", False)
        return Mark(a, b, name, "open" if name in known else "single", "free", False)
    if match["svelte"]:
        name = match["svelte"][1:]
        role = {"#": "open", "/": "close"}.get(match["svelte"][0], "single")  # type: ignore[assignment]
        return Mark(a, b, name, role, "block" if match["svelte"][0] == ":" else "free", False)
    if match["template"] or match["literal"]:
        return Mark(a, b, "{{", "single", "free", bool(match["literal"]))
    tag = match["tag"] or ""
    level: Level = "block" if tag in BLOCK_TAGS else "inline" if tag in INLINE_TAGS else "free"
    if match["close"]:
        return Mark(a, b, tag, "close", level, True)
    single = tag in VOID_TAGS or match["attributes"].rstrip().endswith("/")
    opens = level != "free" or tag in known or not tag
    return Mark(a, b, tag, "single" if single or not opens else "open", level, True)


def cut(text: str, spans: Sequence[Span], known: frozenset[str], *, html: bool) -> list[Piece]:
    """``text``, whose lines hold content at ``spans``, as pieces in order; one without fields if it has no marks.

    ``known`` holds the names that the document closes; ``html`` is true for an HTML block, false for a paragraph.
    """
    found = marks(text, spans[0][0], known) if spans and ("<" in text or "{" in text) else []
    if not found:
        return []
    lines = _Lines(text, spans, found)
    alone = lines.alone(html)
    out: list[Piece] = []
    at = 0
    while at < len(spans):
        end = at + 1
        if alone[at]:
            while end < len(spans) and lines.joined(end):
                end += 1
            mark = lines.first_mark(at)
            kind: MarkKind = "html" if mark is None or mark.html else "directive"
            name = "" if mark is None or mark.html else ("/" if mark.role == "close" else "") + mark.name
            title = lines.title(at)
            out.append(Piece(at, end, ((title,),), "admonition", name) if title else Piece(at, end, (), kind, name))
        else:
            while end < len(spans) and not alone[end]:
                end += 1
            out += lines.prose(at, end)
        at = end
    return out


class _Lines:
    """The lines of one text and the marks in them."""

    def __init__(self, text: str, spans: Sequence[Span], found: list[Mark]) -> None:
        self.text, self.spans, self.marks = text, spans, found
        self.held: list[list[int]] = [[] for _ in spans]
        line = 0
        for n, mark in enumerate(found):
            while line + 1 < len(spans) and spans[line + 1][0] <= mark.start:
                line += 1
            k = line
            while k < len(spans) and spans[k][0] < mark.end:
                self.held[k].append(n)
                k += 1
        self.bare = [self._bare(k) for k in range(len(spans))]

    def _bare(self, k: int) -> bool:
        """Whether a line has marks and nothing else."""
        a, b = self.spans[k]
        for n in self.held[k]:
            if self.text[a : max(a, self.marks[n].start)].strip():
                return False
            a = max(a, self.marks[n].end)
        return (bool(self.held[k]) and not self.text[a:b].strip()) or self.spans[k][0] >= self.spans[k][1]

    def joined(self, k: int) -> bool:
        """Whether a mark continues from the line before ``k``."""
        return any(self.marks[n].start < self.spans[k][0] for n in self.held[k])

    def first_mark(self, k: int) -> Mark | None:
        return self.marks[self.held[k][0]] if self.held[k] else None

    def title(self, k: int) -> Span | None:
        """The title of the only mark in line ``k``, a component or a shortcode."""
        mark = self.first_mark(k)
        if len(self.held[k]) != 1 or mark is None or mark.level != "free" or mark.role == "close" or not mark.name:
            return None
        found = _TITLE.search(self.text, mark.start, mark.end)
        return found.span(1) if found else None

    def alone(self, html: bool) -> list[bool]:
        """For each line, whether it is structure."""
        count = len(self.spans)
        if all(self.bare):
            return [True] * count
        out = [False] * count
        for order, step in ((range(count), 1), (range(count - 1, -1, -1), -1)):
            for k in order:
                if not self.bare[k] or not self._edge(k, step, html):
                    break
                out[k] = True
        for k in range(count):
            out[k] = out[k] or (self.bare[k] and any(self._cuts(self.marks[n], html) for n in self.held[k]))
        k = 0
        while k < count:  # a mark over several lines stays in one piece
            end = k + 1
            while end < count and self.joined(end):
                end += 1
            if not all(out[k:end]):
                out[k:end] = [False] * (end - k)
            k = end
        return out

    @staticmethod
    def _cuts(mark: Mark, html: bool) -> bool:
        """Whether a mark on a line of its own between lines of prose is structure."""
        return mark.level == "block" or (mark.level == "free" and (html or mark.role != "single"))

    def _edge(self, k: int, step: int, html: bool) -> bool:
        """Whether a bare first (``step`` 1) or last line is structure and not part of the sentence next to it."""
        held = [self.marks[n] for n in self.held[k]]
        if not held or any(m.level == "block" or (m.level == "free" and m.role != "single") for m in held):
            return True
        inside = set(self.held[k])
        if any(m.role != "single" and m.partner not in inside for m in held):
            return False
        if html or all(m.html and not m.name for m in held):
            return True
        if step > 0:
            following = self.spans[k + 1][0] if k + 1 < len(self.spans) else len(self.text)
            return not self.text[following : following + 1].islower()
        start, end = self.spans[k - 1]
        return k == 0 or self.bare[k - 1] or bool(_STOPPED.search(self.text, max(start, end - 9), end))

    def prose(self, first: int, last: int) -> Iterator[Piece]:
        """The prose of lines ``first`` to ``last``, cut where a line begins or ends with a separating mark."""
        borders = self._borders(first, last)
        ends = {b for _, b in borders}
        starts = {a for a, _ in borders}
        at = first
        for k in range(first + 1, last + 1):
            if k < last and not (self.spans[k - 1][1] in ends or self.spans[k][0] in starts):
                continue
            yield Piece(at, k, tuple(self._fields(at, k, borders)))
            at = k

    def _borders(self, first: int, last: int) -> list[Span]:
        """The marks that are not part of the prose: those that separate, and those around all of it."""
        start, end = self.spans[first][0], self.spans[last - 1][1]
        held = sorted({n for k in range(first, last) for n in self.held[k]})
        here = [n for n in held if start <= self.marks[n].start and self.marks[n].end <= end]
        begins = {self.marks[n].start: n for n in here}
        finishes = {self.marks[n].end: n for n in here}
        out = {n for n in here if self.marks[n].level == "block"}
        left, right = start, end
        again = True
        while again:
            again = False
            left, right = self._after(left, end, begins, out), self._before(right, start, finishes, out)
            opening, closing = begins.get(left, -1), finishes.get(right, -1)
            for n, other in ((opening, closing), (closing, opening)):
                if n >= 0 and n not in out and self._outer(n, other, start, end):
                    out.add(n)
                    again = True
        return sorted((self.marks[n].start, self.marks[n].end) for n in out)

    def _after(self, start: int, end: int, begins: Mapping[int, int], out: Collection[int]) -> int:
        """The place of the first character from ``start`` on that is neither white space nor in one of ``out``."""
        while True:
            while start < end and self.text[start].isspace():
                start += 1
            if (n := begins.get(start, -1)) not in out:
                return start
            start = self.marks[n].end

    def _before(self, end: int, start: int, finishes: Mapping[int, int], out: Collection[int]) -> int:
        """The place behind the last such character before ``end``."""
        while True:
            while start < end and self.text[end - 1].isspace():
                end -= 1
            if (n := finishes.get(end, -1)) not in out:
                return end
            end = self.marks[n].start

    def _outer(self, n: int, other: int, start: int, end: int) -> bool:
        """Whether a mark at one end is not part of the prose: its partner is at the other end, or elsewhere."""
        mark = self.marks[n]
        if mark.level == "inline":
            return False
        if mark.role == "single":
            return mark.html and not mark.name and n != other
        partner = mark.partner
        away = partner < 0 or not start <= self.marks[partner].start < end
        return away or partner == other

    def _fields(self, first: int, last: int, borders: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
        start, end = self.spans[first][0], self.spans[last - 1][1]
        inside = borders[bisect_left(borders, (start, start)) : bisect_left(borders, (end, end))]
        edges = [start, *(p for border in inside for p in border), end]
        k = first
        for a, b in zip(edges[::2], edges[1::2], strict=True):
            lines = []
            while k < last:
                x, y = max(a, self.spans[k][0]), min(b, self.spans[k][1])
                inner = self.text[x:y]
                if inner.strip():
                    left = x + len(inner) - len(inner.lstrip())
                    lines.append((left, left + len(inner.strip())))
                if self.spans[k][1] > b:
                    break
                k += 1
            if lines:
                yield tuple(lines)
