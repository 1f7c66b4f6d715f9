"""A segment taken apart the way a translation engine is to see it.

An engine gets HTML: atoms as elements that must not be translated, with their Markdown as it stands;
emphasis, links and slide marks as tags; the rest as text. What is left when the tags go is
``plain(segment)``. Parallel data is written in that form, so that what an engine learns from and what it
is asked are the same: an atom in a pair looks like the atom in the input, and no ``**`` or ``](url)``
teaches it to invent some.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.segments import SLIDE, mask, normal

_ELSEWHERE = ["escape", "entity", "backticks", "autolink", "html_inline", "link", "image"]
_PARSER = MarkdownIt("commonmark").disable(_ELSEWHERE)
_MARK = re.compile("[*_]")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_HIDDEN = re.compile(_ESCAPE.pattern + "|[\U000f0000-\U0010ffff]")
_LAST_PLAIN = "\U000effff"
"""Characters behind it are private; here they stand for escaped ones, and for themselves."""

_MOST = 6400
"""Atoms, and escapes, that there are masks for."""

Kind = Literal["text", "atom", "markup"]


@dataclass(frozen=True)
class Run:
    """A stretch of a segment: ``text`` to translate, an ``atom`` to keep, or ``markup`` that becomes tags.

    ``text`` is the Markdown as it stands; the runs of a segment joined are the segment.
    """

    kind: Kind
    text: str


def runs(segment: str) -> tuple[Run, ...]:
    """The runs of a segment in order; never fails."""
    masked = mask(segment)
    if len(masked.atoms) >= _MOST or len(_HIDDEN.findall(masked.text)) >= _MOST:
        return (Run("text", segment),)  # no prose has that many
    escapes: list[str] = []

    def hide(match: re.Match[str]) -> str:
        escapes.append(match[0])
        return chr(0xF0000 + len(escapes) - 1)

    # An escaped character is text, whatever emphasis would make of it.
    flat = _HIDDEN.sub(hide, masked.text)
    marks = _delimiters(flat) | _brackets(flat, masked.atoms)
    for slide in SLIDE.finditer(flat):
        marks |= set(range(*slide.span()))
    atoms, hidden = iter(masked.atoms), iter(escapes)
    out = []
    for (kind, _), positions in groupby(range(len(flat)), lambda at: _kind(flat, at, marks, masked.atoms)):
        chars = (flat[at] for at in positions)
        said = (next(atoms) if _is_mask(c) else next(hidden) if c > _LAST_PLAIN else c for c in chars)
        out.append(Run(kind, "".join(said)))
    return tuple(out)


def _kind(flat: str, at: int, marks: set[int], atoms: tuple[str, ...]) -> tuple[Kind, int]:
    """What a character belongs to; a mask stands for itself alone."""
    if _is_mask(flat[at]):
        tag = at in marks or _is_tag(atoms[ord(flat[at]) - 0xE000])
        return "markup" if tag else "atom", at
    return "markup" if at in marks else "text", -1


def _is_mask(char: str) -> bool:
    return "\ue000" <= char <= "\uf8ff"


def plain(segment: str) -> str:
    """What an engine reads of a segment: its text and atoms on one line, without tags, entities or escapes."""
    parts = []
    for run in runs(segment):
        if run.kind == "text":
            parts.append(_ESCAPE.sub(lambda m: m[0][1:], run.text))
        elif run.kind == "atom":
            parts.append(html.unescape(run.text) if run.text.startswith("&") else run.text)
    return normal("".join(parts))


def _is_tag(atom: str) -> bool:
    return atom.startswith("<") and not atom.startswith(("<http", "<mailto"))


def _delimiters(flat: str) -> set[int]:
    """Where the marks of emphasis are, by CommonMark's own rules."""
    found: set[int] = set()
    at = 0
    children: list[Token] = (_PARSER.parseInline(flat)[0].children or []) if _MARK.search(flat) else []
    for token in children:
        said = token.content if token.type == "text" else token.markup
        if token.type in ("softbreak", "hardbreak") or not said:
            continue
        start = flat.find(said, at)
        if start < 0:  # white space that the parser trimmed: nothing to mark
            continue
        at = start + len(said)
        if token.type != "text":
            found |= set(range(start, at))
    return found


def _brackets(flat: str, atoms: tuple[str, ...]) -> set[int]:
    """Brackets of links and images, with the target behind them."""
    found: set[int] = set()
    opened: list[int] = []
    for at, char in enumerate(flat):
        if char == "[":
            opened.append(at)
        elif char == "]" and opened:
            start = opened.pop()
            behind = flat[at + 1 : at + 2]
            if _is_mask(behind) and atoms[ord(behind) - 0xE000][0] in "([":
                found |= {start, at, at + 1}
                if flat[start - 1 : start] == "!":
                    found.add(start - 1)
    return found
