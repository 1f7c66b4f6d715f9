"""A segment split into the parts that a translation engine sees.

An engine gets HTML: atoms as elements that must not be translated, with their Markdown unchanged;
emphasis, links and slide marks as tags; the rest as text. Without the tags, that is
``plain(segment)``. Parallel data is written in that form, so that the training data of an engine and its
input are the same: an atom in a pair looks like the atom in the input, and an engine does not learn to
invent ``**`` or ``](url)``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt

from bot.document.atoms import SLIDE, Masked, mask
from bot.document.atoms import Kind as AtomKind
from bot.document.attributes import name
from bot.document.sentences import normal

_ELSEWHERE = ["escape", "entity", "backticks", "autolink", "html_inline", "link", "image"]
_PARSER = MarkdownIt("commonmark").disable(_ELSEWHERE)
_MARK = re.compile("[*_]")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_HIDDEN = re.compile(_ESCAPE.pattern + "|[\U000f0000-\U0010ffff]")
_HELD = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""Masks of atoms, and characters that represent escaped ones."""
_LAST_PLAIN = "\U000effff"
"""Characters after it are private; here they represent escaped characters, and themselves."""

_MOST = 6400
"""Number of masks for atoms, and for escapes."""

_VOID = ("br", "img", "hr", "input", "wbr")

Kind = Literal["text", "atom", "open", "close", "mark"]

SHOWN: tuple[Kind, ...] = ("text", "atom")
"""Kinds of runs that are content; the others are Markdown."""


@dataclass(frozen=True)
class Run:
    """A stretch of a segment; the texts of all runs joined are the segment.

    ``text`` is translated, an ``atom`` (or an escaped character) is kept. ``open`` and ``close`` are the Markdown
    of a tag; each ``pair`` (numbered from 0) is properly nested; a ``mark`` is Markdown without a partner.
    """

    kind: Kind
    text: str
    pair: int = -1

    @property
    def shown(self) -> str:
        """What an engine sees of a text or an atom: without escapes and entities."""
        if self.kind == "atom" and self.text.startswith("&"):
            return html.unescape(self.text)
        if self.kind == "atom" and self.text.endswith("\n"):  # a hard break
            return "↵"
        return self.text[1:] if self.kind == "atom" and _ESCAPE.fullmatch(self.text) else self.text


Span = tuple[int, int]


def runs(segment: str) -> tuple[Run, ...]:
    """The runs of a segment in order; never fails."""
    masked = mask(segment)
    if len(masked.atoms) >= _MOST or len(_HIDDEN.findall(masked.text)) >= _MOST:
        return (Run("text", segment),)  # prose never has that many
    escapes: list[str] = []

    def hide(match: re.Match[str]) -> str:
        escapes.append(match[0])
        return chr(0xF0000 + len(escapes) - 1)

    # An escaped character is text, even if it looks like emphasis.
    flat = _HIDDEN.sub(hide, masked.text)
    found = [*_slides(flat), *_emphasis(flat), *_links(flat, masked), *_html(flat, masked)]
    pairs = _nested(found)
    roles: dict[int, tuple[int, Kind, int]] = {}
    for number, (first, second) in enumerate(sorted(pairs)):
        roles[first[0]], roles[second[0]] = (first[1], "open", number), (second[1], "close", number)
    taken = {at for pair in pairs for span in pair for at in range(*span)}
    loose = {at for pair in found for span in pair for at in range(*span)} - taken
    out: list[Run] = []

    def add(kind: Kind, text: str, pair: int = -1) -> None:
        if kind == "text" and out and out[-1].kind == "text":
            out[-1] = Run("text", out[-1].text + text)
        else:
            out.append(Run(kind, text, pair))

    at = 0
    for start in sorted({*roles, *loose, *(match.start() for match in _HELD.finditer(flat))}):
        if start < at:  # inside a mark
            continue
        if start > at:
            add("text", flat[at:start])
        at, kind, pair = roles.get(start) or (start + 1, _alone(flat[start], start in loose, masked), -1)
        add(kind, "".join(_restored(flat[start:at], masked.atoms, escapes)), pair)
    if at < len(flat):
        add("text", flat[at:])
    return tuple(out)


def plain(segment: str) -> str:
    """A segment as an engine sees it: its text and atoms on one line, without tags, entities or escapes."""
    return normal("".join(run.shown for run in runs(segment) if run.kind in SHOWN))


def _alone(char: str, loose: bool, masked: Masked) -> Kind:
    """The kind of a character that belongs to no pair."""
    if _is_mask(char):
        return "mark" if loose or _is(char, masked, "tag", "comment") else "atom"
    if loose:
        return "mark"
    return "atom" if char > _LAST_PLAIN else "text"


def _is(char: str, masked: Masked, *kinds: AtomKind) -> bool:
    """Whether a character is the mask of an atom of one of these kinds."""
    return _is_mask(char) and masked.kinds[ord(char) - 0xE000] in kinds


def _restored(flat: str, atoms: tuple[str, ...], escapes: Sequence[str]) -> Iterator[str]:
    for char in flat:
        if _is_mask(char):
            yield atoms[ord(char) - 0xE000]
        else:
            yield escapes[ord(char) - 0xF0000] if char > _LAST_PLAIN else char


def _is_mask(char: str) -> bool:
    return "\ue000" <= char <= "\uf8ff"


Pair = tuple[Span, Span]


def _nested(found: Iterable[Pair]) -> list[Pair]:
    """The pairs that neither overlap nor cross one that comes before them in the list."""
    kept: list[Pair] = []
    taken: set[int] = set()
    for pair in found:
        (start, _), (_, end) = pair
        places = {at for span in pair for at in range(*span)}
        crosses = any(a < start < b < end or start < a < end < b for (a, _), (_, b) in kept)
        if not places & taken and not crosses:
            kept.append(pair)
            taken |= places
    return kept


def _slides(flat: str) -> Iterator[Pair]:
    opened: list[Span] = []
    for match in SLIDE.finditer(flat):
        if match[0][0] in "[(":
            opened.append(match.span())
        elif opened:
            yield opened.pop(), match.span()


def _emphasis(flat: str) -> Iterator[Pair]:
    """The marks of emphasis, by the rules of CommonMark."""
    if not _MARK.search(flat):
        return
    opened: list[Span] = []
    at = 0
    for token in _PARSER.parseInline(flat)[0].children or []:
        said = token.content if token.type == "text" else token.markup
        if token.type in ("softbreak", "hardbreak") or not said:
            continue
        start = flat.find(said, at)
        if start < 0:  # white space that the parser trimmed: nothing to mark
            continue
        at = start + len(said)
        if token.nesting == 1:
            opened.append((start, at))
        elif token.nesting == -1 and opened:
            yield opened.pop(), (start, at)


def _links(flat: str, masked: Masked) -> Iterator[Pair]:
    """Brackets of links and images, with the target after them."""
    opened: list[int] = []
    for at, char in enumerate(flat):
        if char == "[":
            opened.append(at)
        elif char == "]" and opened:
            start = opened.pop()
            if _is(flat[at + 1 : at + 2], masked, "target", "reference"):
                image = flat[start - 1 : start] == "!"
                yield (start - image, start + 1), (at, at + 2)


def _html(flat: str, masked: Masked) -> Iterator[Pair]:
    """HTML tags with their closing tags."""
    opened: list[tuple[str, int]] = []
    for at, char in enumerate(flat):
        if not _is(char, masked, "tag"):
            continue
        atom = masked.atoms[ord(char) - 0xE000]
        tag = name(atom)[1:]
        if atom.endswith("/>") or tag.lower() in _VOID:
            continue
        if not tag.startswith("/"):
            opened.append((tag, at))
        elif opened and opened[-1][0] == tag[1:]:
            start = opened.pop()[1]
            yield (start, start + 1), (at, at + 1)
