"""Text to a lossless document of blocks: markdown-it-py finds them, the source text stays ours.

``render(parse(text)) == text`` for any string: a block is a slice of the source (whole lines), the
blank lines behind it are its ``gap``, and nothing is ever generated from tokens. Syntax beyond
CommonMark: GFM tables, front matter, display math, Dive into Deep Learning roles on lines of their
own (``:label:``, ``:begin_tab:`` …), ``:Caption`` lines, MyST directives with Markdown inside.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar
from mdit_py_plugins.front_matter import front_matter_plugin

Span = tuple[int, int]
"""Half-open range of code points."""

BlockKind = Literal[
    "heading", "paragraph", "row", "caption", "image", "admonition", "code", "math", "directive", "html",
    "front_matter", "rule", "markup",
]  # fmt: skip

PROSE: frozenset[BlockKind] = frozenset({"heading", "paragraph", "row", "caption", "image", "admonition"})
"""Kinds of blocks that can hold prose fields."""

INLINE_ROLES = frozenset(
    ["numref", "ref", "eqref", "cite", "citet", "citep", "doc", "term", "math", "cmd", "mdl", "class", "func"]
)
_MARKDOWN_DIRECTIVES = (
    "note|warning|tip|important|hint|caution|attention|danger|error|seealso|admonition|exercise|solution"
    "|margin|sidebar|epigraph|dropdown|tab-set|tab-item|card|topic|proof|theorem|lemma|definition|example"
    "|figure|quote|prf:[a-z]+|exercise-start|solution-start"
)
_FENCED_MARKDOWN = re.compile(rf"(`{{3,}}|~{{3,}}|:{{3,}})[ \t]*\{{({_MARKDOWN_DIRECTIVES})\}}[ \t]*(.*)")
_ROLE_LINE = re.compile(r":([A-Za-z_][\w-]*):[ \t]*(?:`[^`]*`[ \t]*)?$")
_OPTION_LINE = re.compile(r":(begin|end)_\w+:|:(label|eqlabel|width|height|name|align|figclass|class):[ \t`]")
_REFERENCE = re.compile(r"\[(?!\^)[^\]]+\]:[ \t]*\S")
_TARGET = re.compile(r"\([\w:.-]+\)=[ \t]*$")
_CAPTION = re.compile(r":(?![:\s]*$)(?!:)(?![A-Za-z_][\w-]*:)[ \t]*(?=\S)")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]:[ \t]+(?=\S)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_UNDERLINE = re.compile(r"[\r\n][ \t>]*(?:=+|-+)[ \t]*(?:[\r\n]|\Z)")
_IMAGE = re.compile(
    r"!\[((?:[^\[\]\\]|\\.|\[[^\]]*\])*)\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|\[[^\]]*\])"
)
_TAB = re.compile(r"^[ \t]*(?:#@tab|%%tab|#%%tab)[ \t]+(.+?)[ \t]*$", re.M)


@dataclass(frozen=True)
class Block:
    """A run of whole source lines that stand for one thing.

    ``kind`` is one of heading, paragraph, row (of a table), caption, image, admonition (the opening
    line of a MyST directive), code, math, directive, html, front_matter, rule, markup. ``fields`` are
    the prose regions: for each, the spans of its lines within ``text`` without list markers, quote
    marks, indentation and line ends. ``info`` tells more: heading level, info string of a fence, name
    of a directive, ``item`` for a paragraph that opens a list item. ``within`` names the tab
    (``:begin_tab:``) that the block stands in or ends.
    """

    kind: BlockKind
    text: str
    gap: str
    fields: tuple[tuple[Span, ...], ...] = ()
    info: str = ""
    within: str = ""

    @cached_property
    def contents(self) -> tuple[str, ...]:
        """The text of each field, its lines joined by a line feed."""
        return tuple("\n".join(self.text[a:b] for a, b in lines) for lines in self.fields)

    @cached_property
    def frame(self) -> tuple[str, ...]:
        """What stands around the fields: one piece more than there are fields."""
        edges = [0, *(p for lines in self.fields for p in (lines[0][0], lines[-1][1])), len(self.text)]
        return tuple(self.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))

    @cached_property
    def tabs(self) -> frozenset[str]:
        """The tabs that a code block is for (``#@tab a, b`` or ``%%tab a``); empty where none is told."""
        if self.kind != "code":
            return frozenset()
        found = _TAB.search(self.text)
        return frozenset(re.split(r"[\s,]+", found[1])) if found else frozenset()

    @property
    def language(self) -> str:
        """The name of a code block's language, as Pygments may know it."""
        return self.info.strip("{}").lstrip(".").split(" ")[0].split("}")[0]

    @cached_property
    def continuation(self) -> str:
        """What a further line of this block starts with: indentation or quote marks."""
        lines = self.fields[0] if self.fields else ()
        if len(lines) > 1:
            return _LINE.findall(self.text[lines[0][1] : lines[1][0]])[-1] if self._indented(lines) else ""
        lead = self.frame[0].splitlines()[-1] if self.frame[0] else ""
        return re.sub(r"[^>\s]", " ", lead) if self.kind == "paragraph" and lead.strip() else lead

    def _indented(self, lines: tuple[Span, ...]) -> bool:
        return not self.text[lines[0][1] : lines[1][0]].endswith(("\n", "\r"))

    def raw(self, field: int, start: int, end: int) -> Span:
        """Range within ``text`` of the range ``start``..``end`` of ``contents[field]``."""
        return self._offset(field, start, first=True), self._offset(field, end, first=False)

    def _offset(self, field: int, position: int, *, first: bool) -> int:
        lines, starts = self.fields[field], self._line_starts[field]
        number = bisect_right(starts, position) - 1
        start, end = lines[number]
        at = start + position - starts[number]
        if at < end or not first:
            return min(at, end)
        return lines[number + 1][0] - 1 if number + 1 < len(lines) else end

    @cached_property
    def _line_starts(self) -> tuple[tuple[int, ...], ...]:
        """For each field, where its lines start in its ``contents``."""
        return tuple(tuple(accumulate((b - a + 1 for a, b in lines[:-1]), initial=0)) for lines in self.fields)


@dataclass(frozen=True)
class Document:
    """Blocks in order, behind ``lead``: a byte order mark or blank lines at the start."""

    lead: str
    blocks: tuple[Block, ...]

    @cached_property
    def text(self) -> str:
        return render(self)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each block starts in the text, in code points."""
        out, at = [], len(self.lead)
        for block in self.blocks:
            out.append(at)
            at += len(block.text) + len(block.gap)
        return tuple(out)

    @cached_property
    def eol(self) -> str:
        """The line end in use: that of the first line, a line feed where there is none."""
        found = re.search(r"\r\n|\r|\n", self.text)
        return found[0] if found else "\n"


def render(document: Document) -> str:
    """The exact text that ``parse`` was given."""
    return document.lead + "".join(b.text + b.gap for b in document.blocks)


def parse(text: str) -> Document:
    """Any string to its document; never fails. Line ends are CRLF, CR or LF, as CommonMark has them."""
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    lines: list[str] = _LINE.findall(text[len(bom) :])
    leaves = list(_leaves(text[len(bom) :], lines))
    covered = 0
    found: list[tuple[int, int, Block]] = []
    for start, end, block in leaves:
        found += _strays(lines, covered, start)
        found.append((start, end, block))
        covered = end
    found += _strays(lines, covered, len(lines))
    if not found:
        return Document(text, ())
    lead = bom + "".join(lines[: found[0][0]])
    blocks = []
    within = ""
    following = [start for start, _, _ in found[1:]] + [len(lines)]
    for (_, end, block), upto in zip(found, following, strict=True):
        gap = "".join(lines[end:upto])
        if block.info == "begin_tab":
            within = " ".join(block.text.split("`")[1:2])
        blocks.append(replace(block, gap=gap, within=within) if gap or within else block)
        if block.info == "end_tab":
            within = ""
    return Document(lead, tuple(blocks))


_MARKED: Mapping[str, BlockKind] = {
    "front_matter": "front_matter", "directive": "directive", "caption": "caption", "admonition": "admonition",
}  # fmt: skip
"""The kinds of blocks that are tokens of their own, by the type of the token."""


def _strays(lines: list[str], start: int, end: int) -> Iterator[tuple[int, int, Block]]:
    """Lines that no token claims and that are not blank (empty list items, odd markup)."""
    for i in range(start, end):
        if lines[i].strip(" \t\r\n>"):
            yield i, i + 1, Block("markup", lines[i], "")


def _leaves(text: str, lines: list[str]) -> Iterator[tuple[int, int, Block]]:
    covered = 0
    opened = ""
    item = False
    level = ""
    for token in _parser(bool(_UNDERLINE.search(text))).parse(text):
        if token.type == "list_item_open":
            item = True
        if token.type.endswith("_open"):
            opened = token.type[:-5]
            level = token.tag
            if opened == "tr" and token.map and token.map[0] >= covered:
                covered = token.map[0] + 1
                line = lines[token.map[0]]
                yield token.map[0], covered, Block("row", line, "", _cells(line))
                continue
        if token.map is None:
            continue
        start, end = token.map[0], min(token.map[1], len(lines))
        if start < covered or start >= end:
            continue
        raw = "".join(lines[start:end])
        if token.type == "inline" and opened in ("paragraph", "heading"):
            block = _prose(raw, lines[start:end], token.content, opened, level, item)
        elif token.type in ("fence", "code_block"):
            while end > start + 1 and not lines[end - 1].strip(" \t\r\n>"):
                end -= 1
            block = Block("code", "".join(lines[start:end]), "", (), token.info.strip())
        elif token.type in ("math_block", "amsmath"):
            block = Block("math", raw, "")
        elif token.type == "html_block":
            block = Block("html", raw.rstrip("\r\n") + _line_end(raw), "")
            end = start + len(_LINE.findall(block.text))
        elif token.type == "hr":
            block = Block("rule", raw, "")
        elif marked := _MARKED.get(token.type):
            block = _marked(marked, raw, token.info)
        else:
            continue
        item = False
        covered = end
        yield start, end, block


def _line_end(raw: str) -> str:
    found = re.search(r"(?:\r\n|\r|\n)", raw[len(raw.rstrip("\r\n")) :])
    return found[0] if found else ""


def _prose(raw: str, lines: list[str], content: str, opened: str, level: str, item: bool) -> Block:
    if opened == "heading":
        first = lines[0].find(content) if content else -1
        if first < 0 or "\n" in content:
            return Block("heading" if first >= 0 else "markup", raw, "", (), level[1:])
        return Block("heading", raw, "", (((first, first + len(content)),),), level[1:])
    at = 0
    spans = []
    for line, wanted in zip(lines, content.split("\n"), strict=False):
        end = len(line.rstrip())
        bare = wanted.strip()
        start = end - len(bare) if bare and line[:end].endswith(bare) else len(line) - len(line.lstrip(" \t>"))
        if start < end:
            spans.append((at + start, at + end))
        at += len(line)
    if not spans:
        return Block("markup", raw, "")
    info = "item" if item else ""
    alone = list(_IMAGE.finditer(raw))
    rest = _IMAGE.sub("", raw[spans[0][0] :])
    if alone and not rest.strip():
        return Block("image", raw, "", tuple((m.span(1),) for m in alone if m[1].strip()), info)
    return Block("paragraph", raw, "", (tuple(spans),), info)


def _cells(line: str) -> tuple[tuple[Span, ...], ...]:
    body = line.rstrip()
    bars = [m.start() for m in re.finditer(r"(?<!\\)\|", body)]
    first = len(body) - len(body.lstrip(" \t>"))
    edges = bars if bars and bars[0] == first else [first - 1, *bars]
    if edges[-1] != len(body) - 1:
        edges = [*edges, len(body)]
    cells = []
    for a, b in pairwise(edges):
        cell = body[a + 1 : b]
        if cell.strip() and not re.fullmatch(r"\s*:?-+:?\s*", cell):
            start = a + 1 + len(cell) - len(cell.lstrip())
            cells.append(((start, start + len(cell.strip())),))
    return tuple(cells)


def _marked(kind: BlockKind, raw: str, info: str) -> Block:
    end = len(raw.rstrip())
    if kind == "caption":
        found = re.search(r"(?::|\[\^[^\]]+\]:)[ \t]*", raw)
        start = found.end() if found else 0
        return Block("caption", raw, "", (((start, end),),))
    if kind == "admonition":
        found = re.search(r"\}[ \t]*(?=\S)", raw)
        titled = found is not None and not info.startswith(("figure", "tab-set"))
        return Block("admonition", raw, "", (((found.end(), end),),) if found and titled else (), info)
    return Block(kind, raw, "", (), info)


def _directive_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that is structure by itself: ``:label:`x```, ``:end_tab:``, ``:::``, ``[x]: url``, ``(x)=``."""
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not line or line[0] not in ":[(":
        return False
    role = _ROLE_LINE.match(line)
    kind: BlockKind
    if _FENCED_MARKDOWN.match(line) and line[0] == ":":
        kind, name = "admonition", line.strip(":").strip()
    elif role and role[1] not in INLINE_ROLES:
        kind, name = "directive", role[1]
    elif (option := _OPTION_LINE.match(line)) or re.match(r":{3,}", line) or _TARGET.match(line):
        kind, name = "directive", option[0].strip(":` \t") if option else ""
    elif _REFERENCE.match(line):
        kind, name = "directive", "reference"
    elif (_CAPTION.match(line) and line[0] == ":") or _FOOTNOTE.match(line):
        kind, name = "caption", ""
    else:
        return False
    if silent:
        return True
    token = state.push(kind, "", 0)
    token.map = [start, start + 1]
    token.info = name
    state.line = start + 1
    return True


def _admonition_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A MyST directive in a fence whose body is Markdown: its two fence lines, and the body parsed."""
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    opening = _FENCED_MARKDOWN.match(line)
    if not opening or line[0] == ":":
        return False
    close = start + 1
    while close < end:
        text = state.src[state.bMarks[close] + state.tShift[close] : state.eMarks[close]].rstrip()
        if text and not text.strip(line[0]) and len(text) >= len(opening[1]):
            break
        close += 1
    else:
        return False
    if silent:
        return True
    token = state.push("admonition", "", 0)
    token.map, token.info = [start, start + 1], opening[2]
    saved, state.lineMax = state.lineMax, close
    state.md.block.tokenize(state, start + 1, close)
    state.lineMax = saved
    token = state.push("directive", "", 0)
    token.map, token.info = [close, close + 1], "end"
    state.line = close + 1
    return True


_DOLLARS = math_block_dollar(allow_labels=False)


def _math_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The plugin's display math; it leaves tokens behind even when only asked whether it would match."""
    tokens, line = len(state.tokens), state.line
    found = _DOLLARS(state, start, end, silent)
    if silent:
        del state.tokens[tokens:]
        state.line = line
    return found


@lru_cache(maxsize=2)
def _parser(underlined: bool) -> MarkdownIt:
    """A parser for texts with or without underlines of headings: looking for them takes a quarter of the time."""
    parser = MarkdownIt("commonmark").enable("table").use(front_matter_plugin).use(amsmath_plugin)
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "math_block", _math_rule, interrupts)
    parser.block.ruler.before("fence", "admonition", _admonition_rule, interrupts)
    parser.block.ruler.before("fence", "directive", _directive_rule, interrupts)
    parser.disable("reference" if underlined else ["reference", "lheading"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser
