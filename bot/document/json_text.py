"""JSON as text: the positions of its values, and how to change some of them while all others keep their bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_DECODER = json.JSONDecoder(parse_constant=str)
_SPACE = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\u(?!00[0-7])[0-9a-fA-F]{4}")
_UNESCAPED = re.compile(r"[^ -~]")
_LAST = {"[": "]", "{": "}"}


@dataclass(frozen=True)
class Entry:
    """A member of an object or an item of an array: its range in the text, and where its value starts.

    ``named`` is the end of the key; in an array ``key`` is empty, and all three starts are equal.
    """

    key: str
    start: int
    named: int
    value: int
    end: int


@dataclass(frozen=True)
class Container:
    """An object or an array in a text: its range, brackets included, and its entries."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    def __getitem__(self, key: str) -> Entry:
        """The member with this key; of several, the last one, as for any reader of JSON."""
        return next(e for e in reversed(self.entries) if e.key == key)


@dataclass(frozen=True)
class Style:
    """How a JSON text is laid out: ``newline`` is empty if it is all on one line.

    ``indent`` is that of one level; ``ascii`` means that other characters are escaped.
    """

    newline: str
    indent: str
    colon: str
    comma: str
    ascii: bool

    def between(self, depth: int) -> str:
        """The text between two entries at this depth."""
        return f",{self.newline}{self.indent * depth}" if self.newline else self.comma

    def edge(self, depth: int) -> str:
        """The text between a bracket and an entry at this depth."""
        return self.newline + self.indent * depth if self.newline else ""

    def string(self, value: str) -> str:
        """A string as JSON; half of a surrogate pair is always escaped, since UTF-8 has no bytes for it."""
        return json.dumps(value, ensure_ascii=self.ascii or bool(_SURROGATE.search(value)))


def loads(text: str) -> Any:
    """The value of a JSON text. NaN and infinities are strings, so that each equals itself.

    Raises ValueError (or RecursionError) if the text is not JSON.
    """
    return json.loads(text, parse_constant=str)


def container(text: str, at: int) -> Container:
    """The object or array that starts at ``at`` in a valid JSON text."""
    entries: list[Entry] = []
    place = _after_space(text, at + 1)
    while text[place] != _LAST[text[at]]:
        start = named = value = place
        key = ""
        if text[at] == "{":
            key, named = _DECODER.raw_decode(text, start)
            value = _after_space(text, _after_space(text, named) + 1)
        _, end = _DECODER.raw_decode(text, value)
        entries.append(Entry(key, start, named, value, end))
        place = _after_space(text, end)
        if text[place] == ",":
            place = _after_space(text, place + 1)
    return Container(at, place + 1, tuple(entries))


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def style_of(text: str, top: Container) -> Style:
    """The style of a JSON text, from its outermost object ``top``."""
    if not top.entries:
        return Style("\n", " ", ": ", ", ", False)
    first = top.entries[0]
    lead = text[top.start + 1 : first.start]
    newline = "\r\n" if "\r\n" in lead else "\n" if "\n" in lead else ""
    comma = text[first.end : top.entries[1].start] if len(top.entries) > 1 else ", "
    escaped = text.isascii() and bool(_ESCAPED.search(text))
    return Style(newline, lead.rpartition("\n")[2] if newline else "", text[first.named : first.value], comma, escaped)


def restyled(raw: str, style: Style, depth: int) -> str:
    """A JSON value in another style, at a depth (the level of its brackets). Numbers stay as they are written."""
    return "".join(_tokens(_TOKEN.findall(raw), style, depth))


def _tokens(tokens: Sequence[str], style: Style, depth: int) -> Iterator[str]:
    for n, token in enumerate(tokens):
        if token in _LAST:
            depth += 1
            yield token if tokens[n + 1] == _LAST[token] else token + style.edge(depth)
        elif token in "]}":
            depth -= 1
            yield token if tokens[n - 1] in _LAST else style.edge(depth) + token
        elif token == ",":
            yield style.between(depth)
        elif token == ":":
            yield style.colon
        elif token[0] == '"' and (_UNESCAPED.search(token) if style.ascii else "\\u" in token):
            yield style.string(json.loads(token))
        else:
            yield token


def rebuilt(text: str, whole: Container, chosen: Sequence[tuple[int, str]], style: Style, depth: int) -> str:
    """A container with other entries: each is the number of the entry that it replaces (-1: it is new) and its text.

    What stood between two entries that remain neighbours stays. ``depth`` is that of the entries.
    """
    first, last = text[whole.start], text[whole.end - 1]
    if not chosen:
        return first + last
    old = whole.entries
    between = text[old[0].end : old[1].start] if len(old) > 1 else style.between(depth)
    out = [text[whole.start : old[0].start] if old else first + style.edge(depth)]
    for n, (number, entry) in enumerate(chosen):
        if n:
            before = chosen[n - 1][0]
            kept = number == before + 1 and before >= 0
            out.append(text[old[before].end : old[number].start] if kept else between)
        out.append(entry)
    out.append(text[old[-1].end : whole.end] if old else style.edge(depth - 1) + last)
    return "".join(out)
