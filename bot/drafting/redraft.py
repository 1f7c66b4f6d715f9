"""Another try at the drafts of a document: what may be drafted again, as a plan, and the text that comes of it.

Values only. By default nothing that people edited is touched; what they merged before is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.alignment.bitext import Bitext, Pair
from bot.document import front_matter
from bot.document.anchors import anchors
from bot.document.markdown import Document, parse
from bot.document.references import explicit, labels
from bot.document.segment import Segment
from bot.document.segmentation import document_sentences
from bot.document.sentences import normal, one_line
from bot.drafting.authorship import Authorship
from bot.drafting.draft import DraftSegment, checked
from bot.engines import Answer


@dataclass(frozen=True)
class Scope:
    """The part of a document that is asked for; all of it where nothing is told.

    ``anchor`` is the label or the heading of a section, ``lines`` the first and the last line (from 1) of its
    text, or of the ``english`` baseline beside it. ``force`` takes what people edited too.
    """

    anchor: str = ""
    lines: tuple[int, int] | None = None
    english: bool = False
    force: bool = False


@dataclass(frozen=True)
class Redraft:
    """What is asked again in one document: ``parts`` give its text, ``drafts`` is what stands at a segment now.

    ``edited`` are the segments whose words are people's (only with ``force``), ``left`` what was left to them.
    """

    parts: tuple[str | Segment, ...]
    drafts: Mapping[int, str]
    edited: frozenset[int] = frozenset()
    left: tuple[str, ...] = ()

    @property
    def segments(self) -> tuple[Segment, ...]:
        """What is asked again, in reading order."""
        return tuple(p for p in self.parts if isinstance(p, Segment))


@dataclass(frozen=True)
class Redrafted:
    """The text of a document after another try, and how each segment ended."""

    redraft: Redraft
    text: str
    segments: tuple[DraftSegment, ...]

    @property
    def changed(self) -> tuple[DraftSegment, ...]:
        """Those that say something else now."""
        return tuple(s for s in self.segments if s.origin != "english" and s.text != self.before(s))

    def before(self, segment: DraftSegment) -> str:
        """What stood there."""
        return self.redraft.drafts[segment.segment.number]


def plan_redraft(
    english: str, text: str, who: Authorship, scope: Scope, *, language: str, source_language: str = "en"
) -> Redraft | None:
    """What of ``text``, a translation of ``english``, is drafted again; None where it has no such section."""
    bitext = Bitext(parse(english), parse(text), source_language, language)
    blocks = _blocks(bitext, scope)
    if blocks is None:
        return None
    found: list[tuple[Pair, bool]] = []
    left: list[str] = []
    for group, (_, right) in enumerate(bitext.groups):
        for pair in bitext.pairs(group) if right else ():
            # A pair that runs through several paragraphs cannot be replaced in one piece.
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
    """The text with ``answers`` (by segment number); where there is none, or a bad one, the draft stays."""
    segments: list[DraftSegment] = []
    text: list[str] = []
    for part in redraft.parts:
        if isinstance(part, str):
            text.append(part)
            continue
        line = "".join(text).count("\n") + 1
        answer = answers.get(part.number, Answer(None, reason="not asked"))
        flat = replace(answer, text=one_line(answer.text)) if answer.text is not None else answer
        segments.append(replace(checked(part, flat), line=line))
        kept = segments[-1].origin == "english"
        text.append(redraft.drafts[part.number] if kept else part.laid_out(segments[-1].text))
    return Redrafted(redraft, "".join(text), tuple(segments))


def _assembled(bitext: Bitext, found: list[tuple[Pair, bool]], left: tuple[str, ...]) -> Redraft:
    text = bitext.target.text
    parts: list[str | Segment] = []
    drafts: dict[int, str] = {}
    edited: set[int] = set()
    around = _neighbours(bitext)
    known = labels(bitext.source)
    place = 0
    for number, (pair, forced) in enumerate(sorted(found, key=lambda f: f[0].target[0].start), 1):
        start, end = pair.target[0].start, pair.target[-1].end
        block = bitext.target.blocks[pair.target[0].block]
        first, last = pair.source[0], pair.source[-1]
        segment = Segment(
            pair.source_text,
            block.kind,
            indent=block.continuation,
            eol=bitext.target.eol,
            number=number,
            before=around[first.start][0],
            after=around[last.start][1],
            explicit=explicit(pair.source_text, known),
        )
        if block.kind == "front_matter":
            indent, quoting = front_matter.layout(block.text, pair.target[0].field)
            segment = replace(segment, indent=indent, quoting=quoting)
        parts += [text[place:start], segment]
        drafts[number] = text[start:end]
        edited |= {number} if forced else set()
        place = end
    return Redraft((*parts, text[place:]), drafts, frozenset(edited), left)


def _neighbours(bitext: Bitext) -> dict[int, tuple[str, str]]:
    """The English sentences before and behind each one, by where it starts."""
    every = list(document_sentences(bitext.source, bitext.languages[0]))
    texts = ["", *(s.text for s in every), ""]
    return {s.start: (texts[n], texts[n + 2]) for n, s in enumerate(every)}


def _blocks(bitext: Bitext, scope: Scope) -> set[int] | None:
    """The blocks of the translation that a scope means; None for a section that is not there."""
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
    """The blocks that stand on one of these lines."""
    text = document.text
    found = set()
    for index, (start, block) in enumerate(zip(document.starts, document.blocks, strict=True)):
        first = len(re.findall(r"\r\n|\r|\n", text[:start])) + 1
        last = first + len(re.findall(r"(?:\r\n|\r|\n)(?!\Z)", block.text))
        if first <= lines[1] and lines[0] <= last:
            found.add(index)
    return found


def _section(document: Document, anchor: str) -> set[int] | None:
    """The blocks from a heading up to the next one of its level or above; the heading by one of its anchors."""
    headings = anchors(document)
    for start, names in headings.items():
        if anchor.casefold() in names:
            level = _level(document, start)
            later = (i for i in headings if i > start and _level(document, i) <= level)
            return set(range(start, next(later, len(document.blocks))))
    return None


def _level(document: Document, index: int) -> int:
    return int(re.sub(r"\D", "", document.blocks[index].info) or 1)
