"""A Jupyter notebook (nbformat 4) as a document: its cells, and its page, which is what the rest of the program reads.

The JSON text is kept, so that whatever nobody changes can be written back byte for byte. The few fields that matter
are checked here, as the format describes them (https://nbformat.readthedocs.io): the library ``nbformat`` would keep no
bytes, and takes 0.15 s and eleven packages to import.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from bot.document.cells import CellType, PageCell
from bot.document.json_text import Container, Style, container, loads, style_of
from bot.document.page import CELL, Page
from bot.errors import AmtsError

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TYPES: Mapping[str, CellType] = {"markdown": "markdown", "code": "code", "raw": "raw"}


@dataclass(frozen=True)
class Cell:
    """A cell: its decoded JSON, its Markdown or code, and where it is in the text of the notebook."""

    value: Mapping[str, Any]
    type: CellType
    source: str
    where: Container

    @property
    def id(self) -> str:
        """Its id (since nbformat 4.5); empty if it has none that is valid."""
        found = self.value.get("id")
        return found if isinstance(found, str) and _ID.fullmatch(found) else ""


@dataclass(frozen=True)
class Notebook:
    """A notebook: its JSON text, the same decoded, and its cells. ``top`` and ``list`` are where they are."""

    text: str
    value: Mapping[str, Any]
    top: Container
    list: Container
    cells: tuple[Cell, ...]

    @cached_property
    def style(self) -> Style:
        return style_of(self.text, self.top)

    @property
    def language(self) -> str:
        """The programming language of its code cells: that of its kernel, else Python."""
        metadata = self.value.get("metadata")
        for section, key in (("kernelspec", "language"), ("language_info", "name")):
            found = metadata.get(section) if isinstance(metadata, dict) else None
            name = found.get(key) if isinstance(found, dict) else None
            if isinstance(name, str) and re.fullmatch(r"\w[\w+#.-]*", name):
                return name.lower()
        return "python"

    @property
    def page(self) -> Page:
        """Its page. A cell is named by its id, unless another cell has the same."""
        ids = Counter(cell.id for cell in self.cells)
        cells = (
            PageCell(c.type, c.source, c.id if ids[c.id] == 1 else "", self.language if c.type == "code" else "")
            for c in self.cells
        )
        return Page("".join(cell.text for cell in cells), self.text)

    @property
    def lines(self) -> tuple[tuple[int, ...], ...]:
        """For each cell, for each line of it on the page: its line in the notebook's text, from 1."""
        ends = [m.start() for m in re.finditer("\n", self.text)]
        return tuple(tuple(bisect_right(ends, at - 1) + 1 for at in self._places(cell)) for cell in self.cells)

    def _places(self, cell: Cell) -> Iterator[int]:
        """Where each line of a cell on the page begins in the text of the notebook."""
        yield cell.where.start
        source = cell.where["source"]
        parts = container(self.text, source.value).entries if self.text[source.value] == "[" else (source,)
        starts = [0]
        if len(parts) > 1:
            starts = list(accumulate((len(part) for part in cell.value["source"][:-1]), initial=0))
        at = 0
        for line in cell.source.split("\n"):
            yield parts[bisect_right(starts, at) - 1].value if parts else source.value
            at += len(line) + 1
        if cell.type != "markdown":
            yield cell.where.end - 1


def read(text: str, path: str) -> Notebook:
    """The notebook with this text. Raises AmtsError, which names the ``path``, if it is not one of nbformat 4."""
    body = 1 if text.startswith("\ufeff") else 0
    try:
        value = loads(text[body:])
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, f"it is not valid JSON ({error})") from error
    if not isinstance(value, dict) or "nbformat" not in value:
        raise _unreadable(path, "it has no nbformat")
    version = value["nbformat"]
    if version != 4:
        raise AmtsError(
            f"{path} is a notebook of another format",
            why=f"its nbformat is {version!r}; 4 is supported",
            fix="convert it with `jupyter nbconvert --to notebook`, or exclude its path",
        )
    if not isinstance(value.get("cells"), list):
        raise _unreadable(path, "it has no list of cells")
    top = container(text, text.index("{"))
    listed = container(text, top["cells"].value)
    cells = []
    for number, (cell, entry) in enumerate(zip(value["cells"], listed.entries, strict=True), 1):
        if problem := _problem(cell):
            raise _unreadable(path, f"cell {number} {problem}")
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        cells.append(Cell(cell, _TYPES[cell["cell_type"]], source, container(text, entry.value)))
    return Notebook(text, value, top, listed, tuple(cells))


def _problem(cell: object) -> str:
    """Why a cell cannot be read; empty if it can."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in _TYPES:
        return "is none of markdown, code and raw"
    parts = cell.get("source")
    parts = [parts] if isinstance(parts, str) else parts
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        return "has no source"
    source = "".join(parts)
    if CELL in source or "\0" in source or any("\ud800" <= c <= "\udfff" for c in source):
        return "has a code point that is no character (NUL, U+FDD0, or half of a surrogate pair)"
    return ""


def _unreadable(path: str, why: str) -> AmtsError:
    return AmtsError(f"{path} is not a notebook", why=why, fix="open and save it with Jupyter, or exclude its path")
