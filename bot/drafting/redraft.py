"""Redrafts a document: plans what may be drafted again, and builds the resulting text.

Pure functions. By default nothing that people edited is changed; what they merged before is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.alignment.bitext import Bitext, Pair
from bot.document.anchors import anchors
from bot.document.cells import page_flavour
from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.model import Document
from bot.document.page import Page
from bot.document.segment import Segment
from bot.document.sentences import normal, one_line
from bot.drafting.authorship import Authorship
from bot.drafting.draft import DraftSegment, checked, closed_up
from bot.engines import Answer
from bot.messages import Message
from bot.planning.in_place import in_place
from bot.planning.notebook_merge import refilled


@dataclass(frozen=True)
class Scope:
    """The requested part of a document; all of it by default.

    ``anchor`` is the label or the heading of a section, ``lines`` the first and the last line (from 1) of its
    text, or of the ``english`` baseline beside it. ``force`` includes what people edited.
    """

    anchor: str = ""
    lines: tuple[int, int] | None = None
    english: bool = False
    force: bool = False


@dataclass(frozen=True)
class Redraft:
    """What to redraft in one document: ``parts`` make up its text, ``drafts`` maps segments to their current text.

    ``edited`` are the segments that people wrote (only with ``force``); ``left`` is what was left as people wrote it.
    """

    parts: tuple[str | Segment, ...]
    drafts: Mapping[int, str]
    edited: frozenset[int] = frozenset()
    left: tuple[str, ...] = ()

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments to redraft, in reading order."""
        return tuple(p for p in self.parts if isinstance(p, Segment))


@dataclass(frozen=True)
class Redrafted:
    """The text of a document after redrafting, and the result for each segment."""

    redraft: Redraft
    text: str
    segments: tuple[DraftSegment, ...]

    @property
    def changed(self) -> tuple[DraftSegment, ...]:
        """The segments whose text changed."""
        return tuple(s for s in self.segments if s.origin != "english" and s.text != self.before(s))

    def before(self, segment: DraftSegment) -> str:
        """The previous text of a segment."""
        return self.redraft.drafts[segment.segment.number]


def plan_redraft(
    english: str,
    text: str,
    who: Authorship,
    scope: Scope,
    *,
    language: str,
    source_language: str = "en",
    flavour: Flavour | None = None,
) -> Redraft | None:
    """Plans what to redraft in ``text``, a translation of ``english``; None if it has no such section.

    ``flavour`` is the book's Markdown flavour; None detects it from the texts.
    """
    flavour = flavour or page_flavour((english, text))
    bitext = Bitext(parse(english, flavour), parse(text, flavour), source_language, language)
    blocks = _blocks(bitext, scope)
    if blocks is None:
        return None
    found: list[tuple[Pair, bool]] = []
    left: list[str] = []
    for group, (_, right) in enumerate(bitext.groups):
        for pair in bitext.pairs(group) if right else ():
            # A pair that spans several paragraphs cannot be replaced as a unit.
            if not pair.source or len({(t.block, t.field) for t in pair.target}) != 1:
                continue
            if pair.target[0].block not in blocks:
                continue
            words = {normal(t.text) for t in pair.target}
            if words <= who.drafted:
                found.append((pair, False))
            elif words <= who.drafted | who.edited and scope.force:
                found.append((pair, True))
            elif words & who.edited:
                left.append(text[pair.target[0].start : pair.target[-1].end])
    return _assembled(bitext, found, tuple(left))


def redrafted(redraft: Redraft, answers: Mapping[int, Answer]) -> Redrafted:
    """The text with ``answers`` (by segment number); if an answer is missing or bad, the draft stays."""
    segments: list[DraftSegment] = []
    text: list[str] = []
    was = ""
    for part in redraft.parts:
        if isinstance(part, str):
            text.append(closed_up(part, was, text[-1] if text else ""))
            was = ""
            continue
        was = part.present
        line = "".join(text).count("\n") + 1
        answer = answers.get(part.number, Answer(None, reason=Message("not asked")))
        flat = replace(answer, text=one_line(answer.text)) if answer.text is not None else answer
        segments.append(replace(checked(part, flat), line=line))
        kept = segments[-1].origin == "english"
        text.append(redraft.drafts[part.number] if kept else part.laid_out(segments[-1].text))
    return Redrafted(redraft, "".join(text), tuple(segments))


def in_file(done: Redrafted, before: str) -> Redrafted:
    """The same with the text and the lines of its file; ``before`` is the text of the document until now."""
    if not isinstance(before, Page):
        return done
    made = refilled(done.text, before.notebook)
    return replace(done, text=made.text, segments=tuple(replace(s, line=made.lines[s.line - 1]) for s in done.segments))


def _assembled(bitext: Bitext, found: list[tuple[Pair, bool]], left: tuple[str, ...]) -> Redraft:
    ordered = sorted(found, key=lambda f: f[0].target[0].start)
    parts = in_place(bitext, [pair for pair, _ in ordered])
    drafts = {part.number: part.present for part in parts if isinstance(part, Segment)}
    edited = frozenset(number for number, (_, forced) in enumerate(ordered, 1) if forced)
    return Redraft(parts, drafts, edited, left)


def _blocks(bitext: Bitext, scope: Scope) -> set[int] | None:
    """The blocks of the translation in a scope; None if the section does not exist."""
    target, english = bitext.target, bitext.source
    found = set(range(len(target.blocks)))
    if scope.lines and scope.english:
        places = _at_lines(english, scope.lines)
        found = {j for left, right in bitext.groups if places & set(left) for j in right}
    elif scope.lines:
        found = _at_lines(target, scope.lines)
    if not scope.anchor:
        return found
    section = _section(target, scope.anchor)
    if section is None and (other := _section(english, scope.anchor)) is not None:
        section = {j for left, right in bitext.groups if other & set(left) for j in right}
    return None if section is None else found & section


def _at_lines(document: Document, lines: tuple[int, int]) -> set[int]:
    """The blocks on any of these lines."""
    text = document.text
    found = set()
    for index, (start, block) in enumerate(zip(document.starts, document.blocks, strict=True)):
        first = len(re.findall(r"\r\n|\r|\n", text[:start])) + 1
        last = first + len(re.findall(r"(?:\r\n|\r|\n)(?!\Z)", block.text))
        if first <= lines[1] and lines[0] <= last:
            found.add(index)
    return found


def _section(document: Document, anchor: str) -> set[int] | None:
    """The blocks from a heading (found by one of its anchors) up to the next heading of its level or above."""
    headings = anchors(document)
    for start, names in headings.items():
        if anchor.casefold() in names:
            level = _level(document, start)
            later = (i for i in headings if i > start and _level(document, i) <= level)
            return set(range(start, next(later, len(document.blocks))))
    return None


def _level(document: Document, index: int) -> int:
    return int(re.sub(r"\D", "", document.blocks[index].info) or 1)
