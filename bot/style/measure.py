"""Counts what the translators of a language do in their own documents, for each rule of its style."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Literal

from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.model import PROSE
from bot.document.sentences import sentences
from bot.languages import is_cjk_language
from bot.style.preferences import MARKS, OPEN, Style
from bot.style.rules import (
    AFTER_ROLE,
    BEFORE_ROLE,
    CODE_SIDES,
    LATIN_SIDES,
    MATH_SIDES,
    Shaped,
    is_mostly_cjk,
    quotations,
    widened,
)

ENOUGH = 20
"""The least number of cases that show a habit (calibrated on Dive into Deep Learning)."""

CLEAR = 0.8
"""The least share of the cases that makes a habit a rule (calibrated on Dive into Deep Learning)."""

_SPACES = {"latin": LATIN_SIDES, "code": CODE_SIDES, "math": MATH_SIDES, "after_role": AFTER_ROLE}
_KIND = {marks: kind for kind, marks in MARKS.items()}


@dataclass(frozen=True)
class Measured:
    """For each rule of ``Style``, how often each value occurs: ``counts["latin"]`` is ``{"none": 45, "space": 2}``.

    Paragraphs that break lines inside a sentence count as ``wrapped``, which is no value of the rule.
    """

    counts: Mapping[str, Mapping[str, int]]

    def style(self, configured: Style, default: Style) -> Style:
        """The style to write in, rule by rule: the configured value, else what is clear here, else the default.

        A rule with at least ``ENOUGH`` cases but no value with the share ``CLEAR`` is off, since habits are mixed.
        No rule is left open.
        """
        given, usual = asdict(configured), asdict(default)
        chosen: dict[str, Any] = {n: given[n] or self._shown(n) or usual[n] or "keep" for n in given}
        return Style(**chosen)

    def _shown(self, rule: str) -> str:
        counts = self.counts.get(rule, {})
        total = sum(counts.values())
        if total < ENOUGH:
            return ""
        value, count = max(counts.items(), key=lambda item: item[1])
        return value if count >= CLEAR * total and value != "wrapped" else "keep"


def measure(texts: Iterable[str], language: str, flavour: Flavour | None = None) -> Measured:
    """Counts the habits of the Markdown documents ``texts``, translations into ``language``.

    For Chinese, Japanese and Korean, prose in another script (not yet translated) is left out.
    Without a given ``flavour``, that of the Markdown is detected for each document.
    """
    counts: dict[str, Counter[str]] = {name: Counter() for name in asdict(OPEN)}
    for text in texts:
        for block in parse(text, flavour).blocks:
            if block.kind in PROSE:
                for content in block.contents:
                    shaped = Shaped.of(content)
                    if shaped and (not is_cjk_language(language) or is_mostly_cjk(shaped.text)):
                        _count(counts, shaped.text, language)
                        if block.kind == "paragraph":
                            counts["lines"] += Counter([how] if (how := laid_out(content, language)) else [])
    return Measured({name: dict(count) for name, count in counts.items()})


def _count(counts: dict[str, Counter[str]], text: str, language: str) -> None:
    for match in BEFORE_ROLE.finditer(text):
        counts["before_role"]["space" if match[0].endswith(" ") else "none"] += 1
    for a, b in quotations(text) or ():
        counts["quotes"][_KIND[text[a] + text[b]]] += 1
    if is_cjk_language(language):
        for name, sides in _SPACES.items():
            for match in sides.finditer(text):
                counts[name]["space" if match[0].endswith(" ") else "none"] += 1
        counts["punctuation"]["full"] += len(re.findall("[，。？！：；（）、]", text))
        wide = widened(text, "，")
        counts["punctuation"]["half"] += sum(a != b for a, b in zip(text, wide, strict=True))


def laid_out(content: str, language: str) -> Literal["", "wrapped", "sentence", "paragraph"]:
    """How a paragraph of several sentences is laid out; empty for one with a mixed layout, or with one sentence."""
    spans = sentences(content, language)
    if len(spans) < 2:
        return ""
    if any("\n" in content[a:b] for a, b in spans):
        return "wrapped"
    breaks = {"\n" in content[a:b] for (_, a), (b, _) in pairwise(spans)}
    return "" if len(breaks) > 1 else "sentence" if True in breaks else "paragraph"
