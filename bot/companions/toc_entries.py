"""The entries of a table of contents in YAML, with the lines that they stand on.

The file is only composed, not read into values: its tags (``!!python/name`` in ``mkdocs.yml``) mean nothing here, and
whoever edits the lines of an entry keeps every other byte.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.contracts import DOCUMENTS, NOTEBOOK
from bot.errors import AmtsError
from bot.messages import Message

LARGEST = 1_000_000
"""Characters of the largest table of contents that is read (a guess; YAML is slow)."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "_toc": (),
    "mkdocs": ("nav",),
    "_quarto": ("book", "website"),
    "myst": ("project",),
}
"""The names of such files, and the keys that the table is below (none: it is the whole file)."""

_PATHS = ("file", "href", "part")
_LINE = re.compile(r"[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029]|\Z)")


@dataclass(frozen=True)
class Value:
    """A path as it is written: its line, its columns, and its quotation mark (empty if it has none)."""

    line: int
    start: int
    end: int
    quote: str
    text: str


@dataclass(frozen=True)
class Entry:
    """An item of a list, on lines ``first`` to ``last``; ``column`` is that of its hyphen (-1: lines cannot be edited).

    ``document`` is the path of the document it names (empty: none), and ``value`` how. ``titled`` if it has words of
    its own. ``below`` are the lists inside it: the line of the key of each, and its entries.
    """

    first: int
    last: int
    column: int
    document: str = ""
    value: Value | None = None
    titled: bool = False
    below: tuple[tuple[int, tuple[Entry, ...]], ...] = ()


@dataclass(frozen=True)
class Contents:
    """A table of contents: the ``lines`` of the file with their ends, and its lists of entries.

    Paths in it are relative to ``folder``.
    """

    lines: tuple[str, ...]
    folder: str
    lists: tuple[tuple[Entry, ...], ...]

    def every(self) -> Iterator[tuple[tuple[Entry, ...], Entry]]:
        """All entries in the order of the file, each with the list that it is in."""
        waiting = [iter([(items, e) for items in self.lists for e in items])]
        while waiting:
            found = next(waiting[-1], None)
            if found is None:
                waiting.pop()
                continue
            yield found
            waiting.append(iter([(items, e) for _, items in found[1].below for e in items]))

    @property
    def documents(self) -> list[str]:
        return [entry.document for _, entry in self.every() if entry.document]


def read(text: str, path: str, documents: Collection[str]) -> Contents:
    """The table of contents in the text of the file ``path``; ``documents`` are the paths that an entry may name.

    Raises AmtsError for a file that is no YAML, or that is written in a way that no line of it can be edited safely.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    if len(text) > LARGEST:
        raise _unusable(path, Message("it has more than {number:,} characters", number=LARGEST))
    try:
        root = YAML(typ="safe", pure=True).compose(text)
        reader = _Reader(tuple(m[0] for m in _LINE.finditer(text) if m[0]), posixpath.dirname(path), documents)
        return reader.contents(root, KINDS[posixpath.splitext(posixpath.basename(path))[0]], path)
    except (YAMLError, ValueError, LookupError, RecursionError) as error:
        problem = str(getattr(error, "problem", None) or type(error).__name__).splitlines()[0]
        raise _unusable(path, Message("it is not valid YAML: {problem}", problem=problem)) from error


def _unusable(path: str, why: str) -> AmtsError:
    return AmtsError(Message("{path} cannot be merged", path=path), why=why, fix="merge it by hand")


class _Reader:
    def __init__(self, lines: tuple[str, ...], folder: str, documents: Collection[str]) -> None:
        self.lines = lines
        self.folder = folder
        self.documents = documents
        self.seen: set[int] = set()

    def contents(self, root: Any, keys: tuple[str, ...], path: str) -> Contents:
        pairs = {k.value: v for k, v in root.value if isinstance(k.value, str)} if _is(root, "mapping") else {}
        if posixpath.basename(path).startswith("mkdocs."):
            folder = pairs.get("docs_dir")
            name = folder.value if folder is not None and _is(folder, "scalar") else "docs"
            self.folder = posixpath.normpath(posixpath.join(self.folder, name))
        roots = [pairs[key] for key in keys if key in pairs] if keys else [root]
        lists = tuple(items for node in roots for _, items in self._lists(node, 0, path))
        return Contents(self.lines, self.folder, lists)

    def _lists(self, node: Any, line: int, path: str) -> Iterator[tuple[int, tuple[Entry, ...]]]:
        """The lists below a node, each with the line of its key."""
        if not _is(node, "scalar"):
            if id(node) in self.seen:
                raise _unusable(path, Message("it uses aliases"))
            self.seen.add(id(node))
        if _is(node, "sequence"):
            yield line, tuple(self._entry(item, node, path) for item in node.value)
        elif _is(node, "mapping"):
            for key, value in node.value:
                yield from self._lists(value, key.start_mark.line, path)

    def _entry(self, item: Any, parent: Any, path: str) -> Entry:
        first = item.start_mark.line
        column = -1 if parent.flow_style else parent.start_mark.column
        before = self.lines[first][: item.start_mark.column] if first < len(self.lines) else ""
        if column >= 0 and (before[:column].strip(" ") or before[column:].strip(" ") != "-"):
            column = -1
        pairs = item.value if _is(item, "mapping") else []
        named = [v for k, v in pairs if k.value in _PATHS] or [v for _, v in pairs if len(pairs) == 1]
        scalars = [item] if _is(item, "scalar") else [v for v in named if _is(v, "scalar")]
        document, value = "", None
        for scalar in scalars:
            if not document and (document := self._document(scalar.value)):
                value = _value(scalar)
        words = [v for k, v in pairs if _is(v, "scalar") and k.value in ("title", "text", "caption")]
        titled = bool(words or (len(pairs) == 1 and pairs[0][0].value not in _PATHS and scalars))
        below = tuple(self._lists(item, first, path))
        return Entry(first, _last(item), column, document, value, titled, below)

    def _document(self, name: str) -> str:
        place = posixpath.normpath(posixpath.join(self.folder, name))
        return next(
            (p for p in (place, *(place + suffix for suffix in (*DOCUMENTS, NOTEBOOK))) if p in self.documents), ""
        )


def _is(node: Any, kind: str) -> bool:
    return getattr(node, "id", "") == kind


def _value(scalar: Any) -> Value | None:
    start, end = scalar.start_mark, scalar.end_mark
    if start.line != end.line or scalar.style not in (None, "", "'", '"'):
        return None
    return Value(start.line, start.column, end.column, scalar.style or "", scalar.value)


def _last(node: Any) -> int:
    """The last line of a node, without the comments and blank lines that follow it."""
    if _is(node, "scalar") or node.flow_style or not node.value:
        end = node.end_mark
        return int(end.line - 1 if end.column == 0 and end.line > node.start_mark.line else end.line)
    last = node.value[-1]
    return _last(last[1] if isinstance(last, tuple) else last)
