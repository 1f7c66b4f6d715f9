"""Front matter: the settings of a page in YAML (``---``), TOML (``+++``) or JSON, as entries that keep their text.

Nothing is generated from parsed values: an entry is a slice of the text, and a prose field is the range of a
value's words in it. Libraries check what is valid and locate the values in YAML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from bot.document.front_matter_keys import PROSE, folded
from bot.document.front_matter_values import BARE, Quoting

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

Span = tuple[int, int]
Path = tuple[str, ...]
Syntax = Literal["yaml", "toml", "json"]


@dataclass(frozen=True)
class Field:
    """The words of a value: ``outer`` with its quotes, ``lines`` without quotes, indentation and line ends."""

    path: Path
    outer: Span
    lines: tuple[Span, ...]
    quoting: Quoting


@dataclass(frozen=True)
class Entry:
    """A key with its value, or a comment line: ``start`` to ``end`` are whole lines (in JSON without the comma)."""

    key: str
    start: int
    end: int
    children: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class FrontMatter:
    """A front matter with its fences: ``entries`` in order, from ``start`` to ``end``, and its prose ``fields``."""

    text: str
    syntax: Syntax
    start: int
    end: int
    entries: tuple[Entry, ...]
    fields: tuple[Field, ...]


EMPTY = FrontMatter("", "yaml", 0, 0, (), ())


def emptied(found: FrontMatter) -> FrontMatter:
    """The fences of a front matter, with nothing between them."""
    text = found.text[: found.start] + found.text[found.end :]
    return FrontMatter(text, found.syntax, found.start, found.start, (), ())


_OTHER = re.compile(r"(\+\+\+[ \t]*\n(?:.*\n)*?\+\+\+|\{[ \t]*\n(?:.*\n)*?\})[ \t]*(?=\n|\Z)")


def other_front_matter(text: str) -> int:
    """How many lines of ``text`` (with line feeds) are front matter in TOML or JSON; 0 if none."""
    if not text.startswith(("+++", "{")) or not (found := _OTHER.match(text)):
        return 0
    if text[0] == "{":
        try:
            json.loads(found[0])
        except ValueError:
            return 0
    return found[0].count("\n") + 1


@lru_cache(maxsize=1024)
def read(text: str) -> FrontMatter | None:
    """``text`` as front matter; None if it is not valid in its syntax or not a mapping."""
    lines = text.splitlines(keepends=True)
    while lines and lines[-1].isspace():
        lines.pop()
    if len(lines) < 2:
        return None
    start, end = len(lines[0]), sum(map(len, lines[:-1]))
    if text[0] == "{":
        return _yaml(text, 0, sum(map(len, lines)), "json")
    return _toml(text, start, end) if text.startswith("+++") else _yaml(text, start, end, "yaml")


def spans(text: str) -> tuple[tuple[Span, ...], ...]:
    """The prose fields of a front matter, in the form used by a block."""
    found = read(text)
    return tuple(field.lines for field in found.fields) if found else ()


def partners(source: str, target: str) -> dict[int, int]:
    """Pairs of fields of two front matters that have the same path."""
    sides = [found.fields if (found := read(text)) else () for text in (source, target)]
    places = {field.path: n for n, field in enumerate(sides[1])}
    return {n: places[field.path] for n, field in enumerate(sides[0]) if field.path in places}


def layout(text: str, field: int) -> tuple[str, Quoting]:
    """The indentation of a further line of a field, and its quoting."""
    found = read(text)
    if found is None or field >= len(found.fields):
        return "", ""
    place = found.fields[field].lines[0][0]
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return line if line.isspace() else "", found.fields[field].quoting


def _speaks(path: Path, value: str) -> bool:
    keys = tuple(folded(key) for key in path if not key.isdigit())
    if not any(keys[-1:] == key[-1:] and set(key[:-1]) <= set(keys) for key in PROSE):
        return False
    return any(c.isalpha() for c in value) and not re.fullmatch(r"\S*(?:/|:)\S*|true|false|\{\{.*\}\}", value.strip())


def _yaml(text: str, start: int, end: int, syntax: Syntax) -> FrontMatter | None:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.nodes import MappingNode

    body = text[start:end]
    try:
        yaml = YAML(typ="safe", pure=True)
        yaml.composer.warn_double_anchors = False
        node = yaml.compose(body) if body.strip() else None
    except (YAMLError, TypeError, ValueError, RecursionError):
        return None
    if body.strip("\r\n \t") and not isinstance(node, MappingNode) and not _only_comments(body):
        return None
    if node is None:
        return FrontMatter(text, syntax, start, end, _comments(text, start, end, "") if body else (), ())
    fields = tuple(sorted(_yaml_fields(text, start, node, ()), key=lambda f: f.outer))
    if syntax == "json":
        entries = _json_entries(start, node)
        return FrontMatter(text, syntax, entries[0].start, entries[-1].end, entries, fields) if entries else None
    if node.flow_style:
        return None
    return FrontMatter(text, syntax, start, end, _yaml_entries(text, start, start, end, node), fields)


def _only_comments(body: str) -> bool:
    return all(line.lstrip().startswith("#") or not line.strip() for line in body.splitlines())


def _json_entries(base: int, node: Node) -> tuple[Entry, ...]:
    return tuple(
        Entry(str(key.value), base + key.start_mark.index, base + value.end_mark.index) for key, value in node.value
    )


def _yaml_entries(text: str, base: int, start: int, end: int, node: Node) -> tuple[Entry, ...]:
    """The entries of a block mapping whose lines are ``start`` to ``end``."""
    from ruamel.yaml.nodes import MappingNode

    places = [text.rfind("\n", 0, base + key.start_mark.index) + 1 for key, _ in node.value]
    indent = text[places[0] : base + node.value[0][0].start_mark.index]
    out = list(_comments(text, start, places[0], indent))
    count: dict[str, int] = {}
    for (key, value), at, upto in zip(node.value, places, [*places[1:], end], strict=True):
        name = _numbered(str(key.value), count)
        stop = _tail(text, at, upto, indent)
        children: tuple[Entry, ...] = ()
        first = base + value.start_mark.index
        nested = isinstance(value, MappingNode) and value.value and not value.flow_style and not value.anchor
        if nested and at < (inner := text.rfind("\n", at, first) + 1) <= first and not text[inner:first].strip():
            head = text.find("\n", at) + 1
            children = _yaml_entries(text, base, head, stop, value)
        out.append(Entry(name, at, stop, children))
        out += _comments(text, stop, upto, indent)
    return tuple(out)


def _numbered(key: str, count: dict[str, int]) -> str:
    count[key] = count.get(key, 0) + 1
    return key if count[key] == 1 else f"{key} {count[key]}"


def _tail(text: str, start: int, end: int, indent: str) -> int:
    """The end of an entry: blank lines and comments of its own level after it are not part of it."""
    lines = text[start:end].splitlines(keepends=True)
    keep = len(lines)
    while keep > 1:
        line = lines[keep - 1]
        if line.strip() and not (line.lstrip().startswith("#") and len(line) - len(line.lstrip()) <= len(indent)):
            break
        keep -= 1
    return start + sum(map(len, lines[:keep]))


def _comments(text: str, start: int, end: int, indent: str) -> tuple[Entry, ...]:
    """Comment lines as entries, each with the blank lines before it; their key is the text before a colon."""
    out: list[Entry] = []
    count: dict[str, int] = {}
    at = begin = start
    for line in text[start:end].splitlines(keepends=True):
        at += len(line)
        if line.strip():
            words = re.match(r"#\s*([\w-]+(?::[\w-]+)*)?", line.strip())
            out.append(Entry(_numbered("# " + (words[1] or "" if words else ""), count), begin, at))
            begin = at
    if begin < at:
        out.append(Entry(_numbered("# blank", count), begin, at))
    return tuple(out)


def _yaml_fields(text: str, base: int, node: Node, path: Path, flow: bool = False) -> Iterator[Field]:
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    if node.anchor:
        return
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if value.start_mark.index > key.start_mark.index:
                yield from _yaml_fields(text, base, value, (*path, str(key.value)), flow or bool(node.flow_style))
    elif isinstance(node, SequenceNode):
        for n, value in enumerate(node.value):
            yield from _yaml_fields(text, base, value, (*path, str(n)), flow or bool(node.flow_style))
    elif isinstance(node, ScalarNode) and str(node.tag).endswith(":str") and _speaks(path, str(node.value)):
        start, end = base + node.start_mark.index, base + node.end_mark.index
        quoting = "flow" if flow and not node.style else _QUOTING[node.style]
        if text[start] not in "&*!" and (field := _field(path, text, start, end, quoting)):
            yield field


_QUOTING: dict[str | None, Quoting] = {None: "plain", "'": "single", '"': "double", ">": "", "|": ""}


def _field(path: Path, text: str, start: int, end: int, quoting: Quoting) -> Field | None:
    end = start + len(text[start:end].rstrip())
    first, last = (start, end) if quoting in ("", *BARE) else (start + 1, end - 1)
    lines = []
    at = first
    for number, line in enumerate(text[first:last].splitlines(keepends=True)):
        bare = line.strip()
        if bare and (number or quoting):
            begin = at + len(line) - len(line.lstrip()) if number else at
            lines.append((begin, begin + len(bare if number else line.rstrip("\r\n"))))
        at += len(line)
    if not lines or (len(lines) > 1 and quoting == "double" and "\\\n" in text[first:last]):
        return None
    return Field(path, (start, end), tuple(lines), quoting)


_TABLE = re.compile(r"\s*(\[\[?[^\[\]]+\]\]?)\s*(?:#.*)?$")
_KEY = re.compile(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*=\s*")
_STRING = re.compile(r"\"(?!\"\")((?:[^\"\\\n]|\\.)*)\"|'(?!'')([^'\n]*)'|#[^\n]*")
_LONG = 200


def _toml(text: str, start: int, end: int) -> FrontMatter | None:
    import tomllib

    try:
        tomllib.loads(text[start:end].replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError:
        return None
    fields: list[Field] = []
    heads: list[tuple[str, int, int]] = []
    at = start
    lines = text[start:end].splitlines(keepends=True)
    n = 0
    entries: list[list[Entry]] = [[]]
    counts: list[dict[str, int]] = [{}]
    blank = at
    while n < len(lines):
        line = lines[n]
        if not line.strip() or line.lstrip().startswith("#"):
            at += len(line)
            n += 1
            if line.strip():
                entries[-1] += _comments(text, blank, at, "")
                blank = at
            continue
        if table := _TABLE.match(line):
            heads.append((table[1], blank, at + len(line)))
            entries.append([])
            counts.append({})
            at += len(line)
            n += 1
        else:
            size = _statement(lines[n : n + _LONG])
            stop = at + sum(map(len, lines[n : n + size]))
            if not size or not (key := _KEY.match(text, at, stop)):
                return None
            entries[-1].append(Entry(_numbered(key[1], counts[-1]), blank, stop))
            path = (*re.findall(r"[\w-]+", heads[-1][0] if heads else ""), *re.findall(r"[\w-]+", key[1]))
            if heads and heads[-1][0].startswith("[["):
                path = (path[0], str(sum(h[0] == heads[-1][0] for h in heads)), *path[1:])
            fields += _toml_fields(text, key.end(), stop, path)
            at, n = stop, n + size
        blank = at
    tables: dict[str, int] = {}
    out = entries[0]
    for (head, begin, _), children in zip(heads, entries[1:], strict=True):
        upto = children[-1].end if children else text.find("\n", text.index(head, begin)) + 1
        out.append(Entry(_numbered(head, tables), begin, upto, tuple(children)))
    if blank < at:
        out += _comments(text, blank, at, "")
    return FrontMatter(text, "toml", start, end, tuple(out), tuple(fields))


def _statement(lines: list[str]) -> int:
    """The number of lines of the statement that begins with the first line."""
    import tomllib

    for n in range(1, len(lines) + 1):
        try:
            tomllib.loads("".join(lines[:n]).replace("\r\n", "\n"))
        except tomllib.TOMLDecodeError:
            continue
        return n
    return 0


def _toml_fields(text: str, start: int, end: int, path: Path) -> Iterator[Field]:
    """The string of a value, or those of a list; strings over several lines are left as they are."""
    if text[start] not in "\"'[" or text.startswith(('"""', "'''"), start):
        return
    found = [m for m in _STRING.finditer(text, start, end) if not m[0].startswith("#")]
    listed = text[start] == "["
    for n, match in enumerate(found if listed else found[:1]):
        own = (*path, str(n)) if listed else path
        if _speaks(own, match[1] or match[2] or ""):
            inner = (match.start() + 1, match.end() - 1)
            yield Field(own, match.span(), (inner,), "double" if match[0][0] == '"' else "literal")
