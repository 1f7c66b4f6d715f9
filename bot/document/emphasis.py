"""Emphasis within a sentence (``*word*``, ``__word__``): what an English edit adds, changes or removes of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.document.atoms import SLIDE, mask
from bot.document.sentences import normal

_SPAN = re.compile(
    r"""
    (?<![\\*])(?P<star>\*{1,3})(?=[^\s*])(?P<inner>[^*]+)(?<=\S)(?P=star)(?!\*)
  | (?<![\\_\w])(?P<line>_{1,3})(?=[^\s_])(?P<inside>[^_]+)(?<=\S)(?P=line)(?![_\w])
    """,
    re.VERBOSE,
)
_WIDE = 0x2E80
"""The first code point of the scripts that need no space between words."""
_LONG = 4
"""Letters from which a word that looks the same in two languages is taken for the same word (a guess)."""


class Span(NamedTuple):
    """A stretch in emphasis, from ``start`` to ``end`` of a text: how many marks it has on a side, and its words."""

    start: int
    end: int
    marks: int
    words: str

    @property
    def key(self) -> tuple[int, str]:
        """What is the same in two texts with the same emphasis."""
        return self.marks, normal(self.words).casefold()

    @property
    def text(self) -> str:
        """The stretch with asterisks."""
        return f"{'*' * self.marks}{normal(self.words)}{'*' * self.marks}"


def spans(text: str) -> list[Span]:
    """The stretches of a text in emphasis, in order; none in code, math or links, and none of slides."""
    if "*" not in text and "_" not in text:
        return []
    masked = mask(text)
    slides = [match.span() for match in SLIDE.finditer(masked.text)]
    found = []
    longer = at = 0  # how many code points the atoms before are longer than their masks
    for match in _SPAN.finditer(masked.text):
        inner = match["inner"] or match["inside"]
        before = longer + _longer(masked.text[at : match.start()], masked.atoms)
        longer, at = before + _longer(match[0], masked.atoms), match.end()
        if not any(a < match.end() and match.start() < b for a, b in slides):
            marks = len(match["star"] or match["line"])
            found.append(Span(match.start() + before, match.end() + longer, marks, masked.restore(inner)))
    return found


def _longer(text: str, atoms: Sequence[str]) -> int:
    return sum(len(atoms[n]) - 1 for c in text if 0 <= (n := ord(c) - 0xE000) < len(atoms))


def added(old: str, new: str) -> list[Span]:
    """What the edit put in emphasis that was in none, less or more, before: words of the old text, or new ones."""
    before = Counter(span.key[1] for span in spans(old))
    come = []
    for span in spans(new):
        before[span.key[1]] -= 1
        if before[span.key[1]] < 0:
            come.append(span)
    return come


def uncarried(old: str, new: str, target: str) -> list[str]:
    """What an edit put in emphasis and a translation has not, if it has fewer such stretches than the new English."""
    come = added(old, new)
    if not come or len(there := spans(target)) >= len(spans(new)):
        return []
    held = {span.key[1] for span in there}
    return [span.text for span in come if span.key[1] not in held]


def carry_emphasis(old: str, new: str, target: str) -> str:
    """``target`` with the emphasis that the edit added, changed or removed, as far as its place is certain.

    Added: round all of the sentence, or round words that the translation has once, in the same form. Changed or
    removed: if English changed all of its emphasis so, or has only one, and the translation has as many stretches.
    """
    before, after, there = spans(old), spans(new), spans(target)
    if [span.key for span in before] == [span.key for span in after]:
        return target
    if not before and len(after) == 1 and (after[0].start, after[0].end) == (0, len(new)):
        whole = not there and "*" not in target and "_" not in target and after[0].words == old
        mark = new[: after[0].marks]
        return f"{mark}{target}{mark}" if whole else target
    if before and [span.marks for span in before] == [span.marks for span in there]:
        left = Counter(span.key[1] for span in after)
        gone = all(not left[span.key[1]] and normal(span.words).casefold() in normal(new).casefold() for span in before)
        marks = {span.marks for span in after}
        same = [span.key[1] for span in before] == [span.key[1] for span in after]
        if (same and len(marks) == 1) or (gone and not after):
            return _marked(target, there, marks.pop() if same else 0)
    for span in added(old, new):
        target = _emphasised(target, span)
    return target


def _marked(target: str, there: Sequence[Span], marks: int) -> str:
    """A text with so many marks on both sides of all that it has in emphasis."""
    out, at = [], 0
    for span in there:
        mark = target[span.start] * marks
        out += [target[at : span.start], mark, target[span.start + span.marks : span.end - span.marks], mark]
        at = span.end
    return "".join([*out, target[at:]])


def _emphasised(target: str, span: Span) -> str:
    """A text with words in emphasis that it has once, and not in emphasis or in an atom."""
    places = list(_places(target, span.words))
    if len(places) != 1 or any(s.start < places[0] < s.end for s in spans(target)):
        return target
    a, b = places[0], places[0] + len(span.words)
    mark = "*" * span.marks
    return f"{target[:a]}{mark}{target[a:b]}{mark}{target[b:]}"


def _places(target: str, words: str) -> Iterator[int]:
    """Where a text has words outside of atoms, not as a part of longer ones."""
    masked = mask(target)
    short = len(words) < _LONG and words.islower() and words.isascii()
    if short or any(words in atom for atom in masked.atoms):
        return
    for match in re.finditer(re.escape(words), target):
        around = target[match.start() - 1 : match.start()], target[match.end() : match.end() + 1]
        if not any(c.isalnum() and ord(c) < _WIDE for c in around if c):
            yield match.start()
