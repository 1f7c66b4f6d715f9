"""Structural drift: where a translation is not the translation of the English that is recorded for it.

Translators add tabs of code, notes and heading ids, and translate comments and strings: none of that is drift. The
thresholds are guesses, checked on the 306 Chinese and Turkish pages of Dive into Deep Learning: they flag four of
them, each for good reason.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bot.document.fence_language import PLAIN, language_of
from bot.document.model import Block
from bot.planning.code_lines import may_speak

HEADINGS = 2
"""Difference in headings from which a translation has drifted."""

LABELS = 2
"""Labels of the English that a translation lacks from which it has drifted: one may have a typing error."""

CODE_LINES, CODE_SHARE = 5, 0.15
"""Lines of code of the English, and their share, that a translation lacks from which it has drifted."""


_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*([^`\r\n]*)")
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_LABEL = re.compile(r":label:`[^`\s]+`|^\([\w:.-]+\)=[ \t]*$|\{#[\w:.-]+\}[ \t]*$")


@dataclass(frozen=True)
class Outline:
    """The structure of a text: its first heading (the line; empty if there is none), the number of them, its labels,
    and its lines of code that nobody translates."""

    first: str
    headings: int
    labels: Counter[str]
    code: Counter[str]


def drift(english: Outline, translation: Outline) -> tuple[str, ...]:
    """How the structure of a translation differs from its English, in words; empty for a healthy one."""
    found = (_headings(translation, english), _labels(translation, english), _code(translation, english))
    return tuple(filter(None, found))


def outline(text: str) -> Outline:
    """The structure of a text, line by line: parsing it would take ten times as long."""
    headings: list[str] = []
    labels: Counter[str] = Counter()
    code: Counter[str] = Counter()
    fence, speaks = "", False
    for line in text.splitlines():
        bare = line.strip()
        if fence:
            if bare.startswith(fence) and not bare.strip(fence[0]):
                fence = ""
            elif bare and speaks and not may_speak(bare):
                code[bare] += 1
        elif found := _FENCE.match(line):
            fence, speaks = found[1], language_of(Block("code", "", "", info=found[2].strip())) != PLAIN
        else:
            headings += [bare] if _HEADING.match(bare) else []
            if names := _LABEL.findall(bare):
                labels.update(names)
    return Outline(headings[0] if headings else "", len(headings), labels, code)


def _headings(ours: Outline, theirs: Outline) -> str:
    if abs(ours.headings - theirs.headings) < HEADINGS:
        return ""
    return f"{ours.headings} heading{'' if ours.headings == 1 else 's'} where English has {theirs.headings}"


def _labels(ours: Outline, theirs: Outline) -> str:
    lacks = (theirs.labels - ours.labels).total()
    return f"lacks {lacks} of {theirs.labels.total()} labels" if lacks >= LABELS else ""


def _code(ours: Outline, theirs: Outline) -> str:
    lacks, of = (theirs.code - ours.code).total(), theirs.code.total()
    return f"lacks {lacks} of {of} lines of code" if lacks >= max(CODE_LINES, CODE_SHARE * of) else ""
