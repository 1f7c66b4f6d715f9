"""The page of a notebook: its cells as one text, in which Markdown cells read as in any document.

A line that starts with ``CELL`` opens a cell. A Markdown cell goes up to the next one; any other cell is a code block
up to a line with ``CELL`` alone. No cell contains that character, so that what is in one never reaches into the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from bot.document.flavours import Flavour, common
from bot.document.markdown import parse_alone
from bot.document.model import Block, Document
from bot.document.page import CELL

CellType = Literal["markdown", "code", "raw"]

_OPEN = re.compile(rf"{CELL}(?P<type>markdown|code|raw)(?: (?P<language>[^\s#]\S*))?(?: #(?P<name>\S+))?\n")
_CLOSE = f"{CELL}\n"


@dataclass(frozen=True)
class PageCell:
    """A cell of a page. ``name`` tells it from the others (empty: nothing does), ``language`` is that of its code.

    ``lines`` is the number of lines of the page that it was read from.
    """

    type: CellType
    source: str
    name: str = ""
    language: str = ""
    lines: int = field(default=0, compare=False)

    @property
    def text(self) -> str:
        """The cell as lines of a page."""
        language = f" {self.language}" if self.language else ""
        name = f" #{self.name}" if self.name else ""
        return f"{CELL}{self.type}{language}{name}\n{self.source}\n" + ("" if self.type == "markdown" else _CLOSE)


def page_cells(page: str) -> list[PageCell]:
    """The cells of a page, or of a draft of one: Markdown outside of any cell is a Markdown cell of its own."""
    lead, opened = _cut(page)
    cells = _stray(lead)
    for found, body in opened:
        kind: CellType = "markdown" if found["type"] == "markdown" else "raw" if found["type"] == "raw" else "code"
        inside, close, outside = (body, "", "") if kind == "markdown" else body.partition(_CLOSE)
        strays = _stray(outside)
        own = found[0] + inside + close + ("" if strays else outside)
        source = inside.removesuffix("\n")
        cells += [PageCell(kind, source, found["name"] or "", found["language"] or "", own.count("\n")), *strays]
    return cells


def _cut(page: str) -> tuple[str, list[tuple[re.Match[str], str]]]:
    """A page cut at the lines that open cells: what is before the first, and each of them with what follows it."""
    opened = list(_OPEN.finditer(page))
    starts = [*(found.start() for found in opened), len(page)]
    return page[: starts[0]], [(m, page[m.end() : n]) for m, n in zip(opened, starts[1:], strict=True)]


def _stray(text: str) -> list[PageCell]:
    return [PageCell("markdown", text.strip("\n"), lines=text.count("\n"))] if text.strip() else []


def renamed(page: str, names: Iterable[str], language: str) -> str:
    """A page whose cells have these names, and whose code is in that language."""
    cells = zip(page_cells(page), names, strict=True)
    return "".join(replace(c, name=n, language=language if c.type == "code" else "").text for c, n in cells)


def cell_name(block: Block) -> str:
    """The name of the cell that a block opens; empty if it opens none, or one without a name."""
    found = _OPEN.match(block.text)
    return found["name"] or "" if found else ""


def opens_cell(text: object) -> bool:
    """Whether a piece of a page starts with the line that opens a cell."""
    return isinstance(text, str) and text.startswith(CELL)


def readable_text(block: Block) -> str:
    """The text of a block for people, without the lines that open and close a cell."""
    return "\n".join(line for line in block.text.strip().split("\n") if not line.startswith(CELL))


def page_flavour(pages: Iterable[str]) -> Flavour:
    """The flavour of several versions of a document; in those that are pages, code is no evidence."""
    return common(_prose(page) if page.startswith(CELL) else page for page in pages)


def _prose(page: str) -> str:
    return "\n\n".join(cell.source for cell in page_cells(page) if cell.type == "markdown")


@lru_cache(maxsize=8)
def composed(page: str, flavour: Flavour) -> Document:
    """The blocks of a page: each Markdown cell is parsed by itself, after a block ``cell``; others are ``code``."""
    lead, opened = _cut(page)
    blocks = _parsed(None, lead, flavour)
    for found, body in opened:
        if found["type"] == "markdown":
            opening, outside = Block("cell", found[0], "", (), "markdown"), body
        else:
            inside, close, outside = body.partition(_CLOSE)
            opening = Block("code", found[0] + inside + close, "", (), found["language"] or "")
        blocks += _parsed(opening, outside, flavour)
    return Document("", tuple(blocks))


def _parsed(opening: Block | None, body: str, flavour: Flavour) -> list[Block]:
    """A block that opens a cell, and those of the Markdown after it.

    That is parsed behind an empty line: front matter is something that only a whole document has.
    """
    document = parse_alone("\n" + body, flavour)
    gap = document.lead[1:]
    if opening:
        return [replace(opening, gap=gap), *document.blocks]
    return [*([Block("markup", gap, "")] if gap else []), *document.blocks]
