"""Parses text into a lossless document of blocks: markdown-it-py finds them, the source text is kept.

``render(parse(text)) == text`` for any string: a block is a slice of the source (whole lines), the
blank lines after it are its ``gap``, and nothing is ever generated from tokens. The additions of the flavours
of Markdown are in ``flavours`` (as data), ``block_rules`` and ``markup``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from markdown_it.token import Token

from bot.document import front_matter
from bot.document.block_rules import parser
from bot.document.fields import caption, cells, title
from bot.document.flavours import HABITS, Flavour, detect
from bot.document.images import images
from bot.document.markup import MARK, Span, closers, cut
from bot.document.model import Block, Document
from bot.document.page import CELL
from bot.document.recent import Recent

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_HARD_BREAK = re.compile(r"[ ]{2,}(?=\r|\n)")
_UNDERLINE = re.compile(r"[\r\n][ \t>]*(?:=+|-+)[ \t]*(?:[\r\n]|\Z)")


def parse(text: str, flavour: Flavour | None = None) -> Document:
    """Parses any string; never fails. If no ``flavour`` is given, the text shows it. Line ends are as in CommonMark."""
    if text.startswith(CELL):
        from bot.document.cells import composed, page_flavour  # only notebooks need it, and it needs this module

        return composed(text, flavour or page_flavour((text,)))
    return _parsed(text, flavour or detect(text))


def parse_alone(text: str, flavour: Flavour) -> Document:
    """The document of a text that is no page of a notebook."""
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    lines: list[str] = _LINE.findall(text[len(bom) :])
    covered, within = 0, ""
    found: list[tuple[int, int, Block]] = []
    for start, end, block in _Leaves(text[len(bom) :], lines, flavour).blocks():
        found += _strays(lines, covered, start)
        found.append((start, end, block))
        covered = end
    found += _strays(lines, covered, len(lines))
    if not found:
        return Document(text, ())
    lead = bom + "".join(lines[: found[0][0]])
    blocks = []
    following = [start for start, _, _ in found[1:]] + [len(lines)]
    for (_, end, block), upto in zip(found, following, strict=True):
        gap = "".join(lines[end:upto])
        if block.info == "begin_tab":
            within = " ".join(block.text.split("`")[1:2])
        if gap or within:  # ``replace`` takes three times as long
            block = Block(block.kind, block.text, gap, block.fields, block.info, within, block.nesting)
        blocks.append(block)
        if block.info == "end_tab":
            within = ""
    return Document(lead, tuple(blocks))


_kept = Recent[Document]()  # each step of a sync asks for all texts of a book again


@lru_cache(maxsize=8)  # and for those of one document several times
def _parsed(text: str, flavour: Flavour) -> Document:
    return _kept.get(text, flavour, lambda: parse_alone(text, flavour))


def _strays(lines: list[str], start: int, end: int) -> Iterator[tuple[int, int, Block]]:
    """Lines that no token claims and that are not blank (empty list items, odd markup)."""
    for i in range(start, end):
        if lines[i].strip(" \t\r\n>"):
            yield i, i + 1, Block("markup", lines[i], "")


_NESTS = {"list_item": "i", "blockquote": ">", "nested": "b"}
Placed = tuple[int, int, Block]
"""A block with the first of its lines and the line after its last."""


class _Leaves:
    """The blocks of one text in order, from the tokens of the parser."""

    def __init__(self, text: str, lines: list[str], flavour: Flavour) -> None:
        self.lines = lines
        self.known = closers(text)
        rules = parser(bool(_UNDERLINE.search(text)), "no indented code" not in HABITS.get(flavour, ()))
        self.tokens = rules.parse(text, {"flavour": flavour})
        self.covered = 0
        self.item = False
        self.nesting = ""

    def blocks(self) -> Iterator[Placed]:
        opened = level = ""
        for token in self.tokens:
            name, _, edge = token.type.rpartition("_")
            if edge == "open":
                opened, level = name, token.tag
                self.nesting += _NESTS.get(name, "")
                self.item |= name == "list_item"
            elif edge == "close" and name in _NESTS:
                self.nesting = self.nesting[:-1]
            if token.map is None or (edge == "open" and name != "tr"):
                continue
            start, end = token.map[0], min(token.map[1], len(self.lines))
            if token.type == "amsmath":  # the plugin does not count the last line
                end = start + token.content.count("\n") + 1
            if start < self.covered or start >= end:
                continue
            for first, last, block in self._placed(token, start, end, opened, level):
                self.item = False
                self.covered = last
                if self.nesting:
                    block = Block(block.kind, block.text, "", block.fields, block.info, "", self.nesting)
                yield first, last, block

    def _placed(self, token: Token, start: int, end: int, opened: str, level: str) -> Iterator[Placed]:
        lines = self.lines[start:end]
        raw = "".join(lines)
        if token.type == "tr_open":
            yield start, start + 1, Block("row", lines[0], "", cells(lines[0]))
        elif token.type == "inline" and token.tag:
            yield from self._paragraph(start, lines, token.content)
        elif token.type == "inline" and opened == "heading":
            yield start, end, _heading(raw, lines, token.content, level)
        elif token.type in ("fence", "code_block", "module"):
            while end > start + 1 and not self.lines[end - 1].strip(" \t\r\n>"):
                end -= 1
            info = "js" if token.type == "module" else token.info.strip()
            yield start, end, Block("code", "".join(self.lines[start:end]), "", (), info)
        elif token.type in ("math_block", "amsmath", "hr"):
            yield start, end, Block("rule" if token.type == "hr" else "math", raw, "")
        elif token.type == "html_block":
            yield from self._html(start, raw)
        elif token.type == "caption":
            yield start, end, Block("caption", raw, "", caption(raw, lines), token.info)
        elif token.type == "admonition":
            yield start, end, Block("admonition", raw, "", title(raw, token.info), token.info)
        elif token.type == "front_matter":
            yield start, end, Block("front_matter", raw, "", front_matter.spans(raw))
        elif token.type == "directive":
            yield start, end, Block("directive", raw, "", (), token.info)

    def _paragraph(self, start: int, lines: list[str], content: str) -> Iterator[Placed]:
        spans = []
        at = 0
        for line, wanted in zip(lines, content.split("\n"), strict=False):
            end = len(line.rstrip())
            bare = wanted.strip()
            first = end - len(bare) if bare and line[:end].endswith(bare) else len(line) - len(line.lstrip(" \t>"))
            spans.append((at + min(first, end), at + end))
            at += len(line)
        yield from self._pieces(start, lines, spans, html=False)

    def _html(self, start: int, raw: str) -> Iterator[Placed]:
        raw = raw.rstrip("\r\n") + _line_end(raw)
        lines = _LINE.findall(raw)
        first = found.start() if (found := re.search(r"[<{]", raw)) else 0
        opaque = MARK.match(raw, first)
        if re.match(r"(?i)<(?:!|\?|(?:script|pre|style|textarea)\b)", raw[first:]) and not (
            opaque and opaque["tag"] is None
        ):
            yield start, start + len(lines), Block("html", raw, "")
            return
        margin = " \t>" if ">" in self.nesting else " \t"
        spans = []
        at = 0
        for n, line in enumerate(lines):
            end = len(line.rstrip())
            left = first if not n else len(line) - len(line.lstrip(margin))
            spans.append((at + min(left, end), at + end))
            at += len(line)
        yield from self._pieces(start, lines, spans, html=True)

    def _pieces(self, start: int, lines: list[str], spans: list[Span], *, html: bool) -> Iterator[Placed]:
        """A paragraph or an HTML block, cut at tags or shortcodes that are structure."""
        raw = "".join(lines)
        info = "item" if self.item else ""
        pieces = cut(raw, spans, self.known, html=html)
        if not pieces:
            block = Block("html", raw, "") if html else _prose(raw, tuple(s for s in spans if s[0] < s[1]), info)
            yield start, start + len(lines), block
        at = 0
        for piece in pieces:
            text = "".join(lines[piece.first : piece.last])
            fields = tuple(tuple((a - at, b - at) for a, b in field) for field in piece.fields)
            if piece.kind or not fields:
                block = Block(piece.kind or "html", text, "", fields, piece.name)
            else:
                block = _prose(text, fields[0], info) if len(fields) == 1 else Block("row", text, "", fields)
            at += len(text)
            info = ""
            yield start + piece.first, start + piece.last, block


def _line_end(raw: str) -> str:
    found = re.search(r"(?:\r\n|\r|\n)", raw[len(raw.rstrip("\r\n")) :])
    return found[0] if found else ""


def _heading(raw: str, lines: list[str], content: str, level: str) -> Block:
    first = lines[0].find(content) if content else -1
    if first < 0 or "\n" in content:
        return Block("heading" if first >= 0 else "markup", raw, "", (), level[1:])
    return Block("heading", raw, "", (((first, first + len(content)),),), level[1:])


def _prose(raw: str, spans: tuple[Span, ...], info: str) -> Block:
    if not spans:
        return Block("markup", raw, "")
    if alone := images(raw, spans[0][0]):
        return Block("image", raw, "", tuple((m.span(1),) for m in alone if m[1].strip()), info)
    # The spaces of a hard break belong to their line.
    breaks = [_HARD_BREAK.match(raw, end) for _, end in spans[:-1]]
    ends = [found.end() if found else end for found, (_, end) in zip(breaks, spans, strict=False)]
    spans = tuple((start, end) for (start, _), end in zip(spans, [*ends, spans[-1][1]], strict=True))
    return Block("paragraph", raw, "", (spans,), info)
