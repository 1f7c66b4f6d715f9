"""The rows of a document on the review page: what waits, in reading order, with the human sentences around it."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from markupsafe import Markup

from bot.alignment.bitext import Bitext
from bot.document.cells import page_flavour
from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.model import PROSE, Document
from bot.document.page import Page
from bot.document.segmentation import Sentence, document_sentences
from bot.document.sentences import normal
from bot.document.structure import Divergence
from bot.drafting.document_review import DocumentReview
from bot.drafting.reviews import Texts
from bot.languages import separates_words
from bot.planning.flags import Flag
from bot.reporting.review_page.reading import Picture, block, inline, marked
from bot.reporting.word_changes import Run, word_changes
from bot.review.record import State, key
from bot.review.unfinished import Gone, Unfinished

RowState = Literal[State, "gone", "note", "human"]
"""What a row of the page is: a sentence that waits, text that is no longer there, a note, or human text around them."""

Subject = Unfinished | Gone | Flag | Divergence | None
"""What a row is about; None is human text."""


NOTHING = Markup("")

_LAST = (sys.maxsize, 0)
"""The place of what may be anywhere."""


@dataclass(frozen=True)
class Row:
    """One row: English and the translation side by side, or code and the like that is the same in both (``wide``).

    ``before`` is what people had written, where that is not the translation now, and ``was`` its English, where that
    has little in common with the English now. ``near`` is human text in the same paragraph as something that waits, or
    the heading above it. ``line`` is where it is in the file, from 1 (0: unknown).
    ``name`` tells a row from all others of the page, and is the same when the page is made again.
    """

    state: RowState
    source: Markup
    target: Markup
    before: Markup = NOTHING
    was: Markup = NOTHING
    line: int = 0
    near: bool = False
    wide: bool = False
    heading: bool = False
    subject: Subject = None
    name: str = ""
    place: tuple[int, int] = field(default=(0, 0), compare=False)


def counts(review: DocumentReview) -> Counter[RowState]:
    """How many rows of each state a document has, without human text; it takes no look at the texts."""
    found = Counter[RowState](one.state for one in review.sentences)
    found["gone"] = len(review.gone)
    found["note"] = sum(map(_is_note, review.flags)) + len(review.divergences)
    return +found


def rows(review: DocumentReview, language: str, flavour: Flavour | None, picture: Picture) -> tuple[Row, ...]:
    """The rows of a document, in the order of its translation."""
    found = list(_Layout(review, language, flavour, picture).rows())
    found.sort(key=lambda row: row.place)
    heading = -1
    for n, row in enumerate(found):
        if row.heading:
            heading = n
        elif row.state not in ("human", "note") and heading >= 0:
            found[heading] = replace(found[heading], near=True)
    return tuple(_named(review.path, found))


def _named(path: str, found: Sequence[Row]) -> Iterator[Row]:
    seen = Counter[str]()
    for row in found:
        words = (path, row.state, str(row.source), str(row.target), str(row.before))
        name = key("\n".join(words))
        seen[name] += 1
        yield replace(row, name=f"r{name}-{seen[name]}" if seen[name] > 1 else f"r{name}")


class _Layout:
    """Finds the places of everything in the two texts of a document."""

    def __init__(self, review: DocumentReview, language: str, flavour: Flavour | None, picture: Picture) -> None:
        texts = review.texts or Texts(review.path, "", "")
        self.review, self.texts, self.language, self.picture = review, texts, language, picture
        self.flavour = flavour or page_flavour((texts.english, texts.target))
        self.source, self.target = parse(texts.english, self.flavour), parse(texts.target, self.flavour)
        self.glue = " " if separates_words(language) else ""
        self.claimed: set[tuple[int, int, bool]] = set()
        self.blocks: set[tuple[int, bool]] = set()

    def rows(self) -> Iterator[Row]:
        yield from self._waiting()  # first: the others are what these leave
        yield from self._human()
        yield from (self._gone(gone) for gone in self.review.gone)
        for flag in self.review.flags:
            if _is_note(flag):
                place = self._end_of(flag.line) if flag.line else _LAST
                yield Row("note", NOTHING, inline(flag.text), line=flag.line, subject=flag, place=place)
        for one in self.review.divergences:
            yield Row("note", NOTHING, inline(one.text), subject=one, place=_LAST)

    def _waiting(self) -> Iterator[Row]:
        left, right = _Finder(self.source, "en"), _Finder(self.target, self.language)
        for one in self.review.sentences:
            names = (one.entry.source, one.entry.text) if one.entry else ((key(one.source),), (key(one.text),))
            english, found = left.take(names[0]), right.take(names[1])
            self.claimed |= {(s.block, s.start, False) for s in english} | {(s.block, s.start, True) for s in found}
            self.blocks |= {(s.block, False) for s in english} | {(s.block, True) for s in found}
            place = (min(s.start for s in found), 0) if found else self._end_of(one.line)
            yield replace(self._sentence(one), place=place)

    def _sentence(self, one: Unfinished) -> Row:
        source, was, before = inline(one.source), inline(one.old_source), inline(one.old_target)
        runs = word_changes(one.old_source, one.source)
        if any(run.mark == "same" for run in runs):
            source, was = marked(runs, " "), NOTHING
        row = Row(one.state, source, inline(one.text), before, was, one.line, subject=one)
        if one.state == "english":
            return replace(row, target=NOTHING)
        if one.state == "kept":
            return replace(row, before=NOTHING)
        both = word_changes(one.old_target, one.text, self.language)
        if any(run.mark == "same" for run in both):
            before = marked([run for run in both if run.mark != "ins"], self.glue)
            now = marked([run for run in both if run.mark != "del"], self.glue)
            return replace(row, target=now, before=before)
        return row

    def _gone(self, gone: Gone) -> Row:
        english = self._old_english.get(key(gone.text), ())
        runs = [Run("same" if normal(text) in self._new_english else "del", text) for text in english]
        text = Markup("<code>{}</code>").format(gone.text) if gone.code else inline(gone.text)
        target = Markup("<del>{}</del>").format(text)
        return Row("gone", marked(runs, " "), target, line=gone.line, subject=gone, place=self._end_of(gone.line))

    @cached_property
    def _new_english(self) -> frozenset[str]:
        return frozenset(normal(s.text) for s in document_sentences(self.source, "en"))

    @cached_property
    def _old_english(self) -> dict[str, tuple[str, ...]]:
        """The English of what people had merged and is gone, by the key of the translation."""
        if not self.texts.merged:
            return {}
        bitext = self._bitext(*(parse(text, self.flavour) for text in self.texts.merged))
        wanted = [normal(gone.text) for gone in self.review.gone]
        found: dict[str, tuple[str, ...]] = {}
        for group, (_, right) in enumerate(bitext.groups):
            blocks = [bitext.target.blocks[j] for j in right]
            said = normal(" ".join(text for one in blocks for text in one.contents))
            # Front matter may have a text in quotes, with other characters in it.
            if any(text in said for text in wanted) or any(one.kind == "front_matter" for one in blocks):
                for pair in bitext.pairs(group):
                    for sentence in pair.target:
                        found.setdefault(key(sentence.text), tuple(s.text for s in pair.source))
        return found

    def _bitext(self, source: Document, target: Document) -> Bitext:
        return Bitext(source, target, "en", self.language)

    def _human(self) -> Iterator[Row]:
        bitext = self._bitext(self.source, self.target)
        at = 0
        for number, (left, right) in enumerate(bitext.groups):
            at = self.target.starts[right[0]] if right else at
            if any((i, False) in self.blocks for i in left) or any((j, True) in self.blocks for j in right):
                yield from self._around(bitext, number, at)
                continue
            ours, theirs = self._shown(self.source, left), self._shown(self.target, right)
            if ours or theirs:
                kinds = {self.target.blocks[j].kind for j in right}
                opaque = kinds.isdisjoint(PROSE) or kinds == {"image"}
                line = self._line(at) if right else 0
                yield self._row(ours, theirs, at, heading="heading" in kinds, line=line, opaque=opaque)

    def _around(self, bitext: Bitext, group: int, at: int) -> Iterator[Row]:
        """What is human in a group of blocks in which something waits."""
        for pair in bitext.pairs(group):
            ours = [s for s in pair.source if (s.block, s.start, False) not in self.claimed]
            theirs = [t for t in pair.target if (t.block, t.start, True) not in self.claimed]
            at = min((t.start for t in theirs), default=at)
            if ours or theirs:
                english, text = (Markup(" ").join(inline(s.text) for s in side) for side in (ours, theirs))
                yield self._row(english, text, at, near=True, line=self._line(at) if theirs else 0)
        left, right = bitext.groups[group]
        others = [
            [i for i in side if document.blocks[i].kind not in PROSE or document.blocks[i].kind == "image"]
            for document, side in ((self.source, left), (self.target, right))
        ]
        shown = self._shown(self.source, others[0]), self._shown(self.target, others[1])
        if any(shown):
            place = self.target.starts[others[1][0]] if others[1] else at
            yield self._row(*shown, place, near=True, opaque=True)

    def _shown(self, document: Document, blocks: Collection[int]) -> Markup:
        return Markup("").join(block(document.blocks[i], self.picture) for i in blocks)

    def _row(
        self,
        source: Markup,
        target: Markup,
        at: int,
        *,
        near: bool = False,
        heading: bool = False,
        line: int = 0,
        opaque: bool = False,
    ) -> Row:
        wide = opaque and source == target  # a word alone in its cell would look as if it had no translation
        return Row("human", source, target, line=line, near=near, wide=wide, heading=heading, place=(at, 0))

    def _line(self, at: int) -> int:
        line = self.texts.target.count("\n", 0, at) + 1
        if isinstance(self.texts.target, Page):
            lines = self.texts.target.lines
            return lines[min(line, len(lines)) - 1]
        return line

    def _end_of(self, line: int) -> tuple[int, int]:
        """The place behind everything that starts on a line of the file."""
        if isinstance(self.texts.target, Page):
            line = self.texts.target.at((1, line))[1]
        ends = self._line_ends
        return ends[min(line, len(ends)) - 1] if line > 0 and ends else -1, 1

    @cached_property
    def _line_ends(self) -> list[int]:
        return [m.start() for m in re.finditer(r"\n|\Z", self.texts.target)]


def _is_note(flag: Flag) -> bool:
    return flag.asks and flag.kind != "previous translation"  # that is shown as text that is gone


class _Finder:
    """Finds the sentences of a document by key, each once."""

    def __init__(self, document: Document, language: str) -> None:
        self.free: defaultdict[str, list[Sentence]] = defaultdict(list)
        for sentence in document_sentences(document, language):
            self.free[key(sentence.text)].append(sentence)

    def take(self, names: Sequence[str]) -> list[Sentence]:
        return [self.free[name].pop(0) for name in names if self.free.get(name)]
