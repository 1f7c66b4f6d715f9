"""The position of the prose in lines of a known kind: rows, captions, titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.document.flavours import (
    ADMONISH,
    ADMONITIONS,
    ALERT,
    DIRECTIVE,
    PLAIN_DIRECTIVES,
    PROSE_CELL,
    VERSIONED_DIRECTIVES,
)
from bot.document.markup import Span

Fields = tuple[tuple[Span, ...], ...]
"""For each field the spans of its lines."""


def bars(line: str) -> list[int]:
    """Where the bars around the cells of a row are; what has no bar at its start or end has one outside of it."""
    body = line.rstrip()
    found = [m.start() for m in re.finditer(r"(?<!\\)\|", body)]
    first = len(body) - len(body.lstrip(" \t>"))
    edges = found if found and found[0] == first else [first - 1, *found]
    return edges if edges[-1] == len(body) - 1 else [*edges, len(body)]


def columns(line: str) -> tuple[Span, ...]:
    """The cells of a row of a table, empty ones too, each without the white space around it."""
    out = []
    for a, b in pairwise(bars(line)):
        cell = line[a + 1 : b]
        start = a + 1 + (len(cell) - len(cell.lstrip()) if cell.strip() else 0)
        out.append((start, start + len(cell.strip())))
    return tuple(out)


def cells(line: str) -> Fields:
    """The cells of a row of a table that have content, none for the line under the header."""
    return tuple(((a, b),) for a, b in columns(line) if a < b and not re.fullmatch(r":?-+:?", line[a:b]))


def caption(raw: str, lines: Sequence[str]) -> Fields:
    """The text of a caption, a footnote or a definition after its marker."""
    found = re.match(r"[ \t>]*(?:[*+-][ \t]+|\d+[.)][ \t]+)*(?::begin_tab:[ \t]*`[^`\n]*`|:|\[\^[^\]]+\]:)[ \t]*", raw)
    spans = []
    at = 0
    for n, line in enumerate(lines):
        start = found.end() if found and not n else len(line) - len(line.lstrip(" \t>"))
        spans.append((at + start, at + len(line.rstrip())))
        at += len(line)
    return (tuple(s for s in spans if s[0] < s[1]),)


_VERSION = re.compile(r"\S+[ \t]*")
_ADDRESS = re.compile(r"[^\s]*[/.][^\s]*$|[\d\s.,]*$")


def title(raw: str, info: str) -> Fields:
    """The title in the opening line of an admonition, or the argument of a directive if it is prose."""
    line = raw.rstrip()
    for start in (m.start() for m in re.finditer(r"[!?=/:`~\[]", line)):
        if directive := DIRECTIVE.match(line, start):
            a, b = directive.span("argument")
            if info in VERSIONED_DIRECTIVES and (version := _VERSION.match(line, a)):
                a = version.end()
            plain = info in PLAIN_DIRECTIVES or (":" in info and not info.startswith("prf:"))
            return () if plain or _ADDRESS.match(line, a) or a >= b else (((a, b),),)
        for syntax in (ADMONISH, PROSE_CELL, ALERT, *ADMONITIONS):
            if found := syntax.opening.match(line, start):
                return ((found.span("title"),),) if found["title"] else ()
    return ()
