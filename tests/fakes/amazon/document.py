"""HTML documents as trees of which every byte is kept, and the blocks of text in them."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(("area base br col embed hr img input link meta source track wbr ").split())
_BLOCKS = frozenset(
    ("p h1 h2 h3 h4 h5 h6 li dt dd td th caption figcaption blockquote div section article pre ").split(),
)
_SILENT = frozenset(["head", "script", "style", "template"])


@dataclass
class Raw:
    """What stands in the document as it is: a comment, a declaration, a stray end tag."""

    raw: str


@dataclass
class Text:
    """Text with its entities."""

    raw: str

    @property
    def text(self) -> str:
        """What a reader sees."""
        return html.unescape(self.raw)

    @classmethod
    def of(cls, text: str) -> Text:
        """Text that is escaped no more than it must be."""
        return cls(html.escape(text, quote=False))


@dataclass
class Element:
    """An element with its tags as they were written; ``end`` is empty where there was none."""

    tag: str
    start: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    end: str = ""

    @property
    def kept(self) -> bool:
        """Whether its text must not be translated."""
        return self.attributes.get("translate") == "no"

    @property
    def void(self) -> bool:
        return self.tag in _VOID

    @property
    def block(self) -> bool:
        """Whether it is a block of text: with an id, and no other such block within."""
        named = self.tag in _BLOCKS and bool(self.attributes.get("id"))
        return named and not any(e.tag in _BLOCKS and e.attributes.get("id") for e in elements(self.children))


Node = Raw | Text | Element


def parse(document: str) -> Element:
    """The document as an element without a name."""
    reader = _Reader(document)
    reader.feed(document)
    reader.close()
    return reader.tree()


def emit(node: Node) -> str:
    """The HTML of a node: what was parsed and not changed comes out byte for byte."""
    if isinstance(node, Element):
        return node.start + "".join(map(emit, node.children)) + node.end
    return node.raw


def elements(nodes: list[Node]) -> Iterator[Element]:
    """All elements below, in the order in which they begin."""
    for node in nodes:
        if isinstance(node, Element):
            yield node
            yield from elements(node.children)


def texts(nodes: list[Node]) -> Iterator[Text]:
    """All text below, but for scripts and the like."""
    for node in nodes:
        if isinstance(node, Text):
            yield node
        elif isinstance(node, Element) and node.tag not in _SILENT:
            yield from texts(node.children)


def visible(*nodes: Node) -> str:
    """The plain text that a reader sees, white space made one."""
    return " ".join("".join(t.text for t in texts(list(nodes))).split())


def body(tree: Element) -> Element | None:
    """The body of a document; None where there is no html element, whose text alone is translated."""
    found = next((e for e in elements(tree.children) if e.tag == "html"), None)
    if found is None:
        return None
    return next((e for e in elements(found.children) if e.tag == "body"), found)


def blocks(element: Element) -> Iterator[Element]:
    """The blocks of text within."""
    return (e for e in elements(element.children) if e.block)


def loose(element: Element) -> Iterator[Text]:
    """The text within that belongs to no block."""
    for node in element.children:
        if isinstance(node, Text):
            yield node
        elif isinstance(node, Element) and not node.block and not node.kept and node.tag not in _SILENT:
            yield from loose(node)


def billed(tree: Element) -> list[str]:
    """The texts that are paid for, those of the blocks first."""
    # Guess: white space counts as one character within a block and not at all between blocks.
    inside = body(tree)
    if inside is None:
        return []
    found = [visible(block) for block in blocks(inside)]
    return [t for t in [*found, *(" ".join(t.text.split()) for t in loose(inside))] if t]


class _Reader(HTMLParser):
    """Notes where each piece of mark-up begins; what stands between two such places is its source."""

    def __init__(self, document: str) -> None:
        super().__init__(convert_charrefs=False)
        self._document = document
        self._lines = [0]
        for line in document.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._found: list[tuple[int, str, str, dict[str, str | None]]] = []

    def _note(self, kind: str, tag: str = "", attributes: dict[str, str | None] | None = None) -> None:
        line, column = self.getpos()
        self._found.append((self._lines[line - 1] + column, kind, tag, attributes or {}))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note("start", tag, dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note("void", tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        self._note("end", tag)

    def handle_data(self, data: str) -> None:
        self._note("text")

    def handle_entityref(self, name: str) -> None:
        self._note("text")

    def handle_charref(self, name: str) -> None:
        self._note("text")

    def handle_comment(self, data: str) -> None:
        self._note("raw")

    def handle_decl(self, decl: str) -> None:
        self._note("raw")

    def handle_pi(self, data: str) -> None:
        self._note("raw")

    def unknown_decl(self, data: str) -> None:
        self._note("raw")

    def tree(self) -> Element:
        root = Element("", "")
        stack = [root]
        ends = [place for place, *_ in self._found[1:]] + [len(self._document)]
        if self._found and self._found[0][0]:
            root.children.append(Raw(self._document[: self._found[0][0]]))
        for (place, kind, tag, attributes), end in zip(self._found, ends, strict=True):
            raw = self._document[place:end]
            inside = stack[-1].children
            if kind == "text":
                if inside and isinstance(inside[-1], Text):
                    inside[-1].raw += raw
                else:
                    inside.append(Text(raw))
            elif kind in ("start", "void"):
                inside.append(element := Element(tag, raw, attributes))
                if kind == "start" and not element.void:
                    stack.append(element)
            elif kind == "end" and any(e.tag == tag for e in stack[1:]):
                while stack[-1].tag != tag:
                    stack.pop()
                stack.pop().end = raw
            else:
                inside.append(Raw(raw))
        return root
