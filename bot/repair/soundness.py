"""Whether a repaired sentence is acceptable: what removing words may leave behind."""

from __future__ import annotations

import re
from collections import Counter

from bot.document.atoms import mask
from bot.languages import HAN
from bot.repair.tokens import tokens

_LEFT_BEHIND = (
    re.compile(r"\(\s*\)|（\s*）|\[\s*\]|\{\s*\}|\"\s*\"|“\s*”|「\s*」"),  # nothing between two brackets or quotes
    re.compile(r"(?:^|(?<=[\s(\[（「]))([*_]{1,3})[^\w\s*]*\1(?=$|[\s)\]）」.,;:!?。，])"),  # emphasis without words
    re.compile(r"\"[.:/_-]+\"|“[.:/_-]+”|「[.:/_-]+」"),  # the marks of a name in quotes without its words
    re.compile(r"[,，、;；:：]\s*[,，、;；:：.。!?！？]"),  # nothing between two marks
    re.compile(r"^\s*(?:[-+*>#|:]|\d+[.)])\s", re.MULTILINE),  # a line that begins as another block would
    re.compile(r"(?<![*~])\](?![(\[\ue000-\uf8ff])"),  # the text of a link without its target
    re.compile(
        r"(?:[的地并和与或及而但将把被对在从]|因为)\s*(?:[，。；、：！？,.;:!?]|$)"
    ),  # Chinese that goes on, and does not
    re.compile(r"(?:^|[，。；、：！？])\s*的(?![确話话士])"),  # Chinese that goes on from nothing
    re.compile(
        r"[自在当]\s*(?:起|[中时里上下]\s*[，。])|[,，]\s*[中时里]\s*[，。]"
    ),  # 自…起 or 在…中 without its middle
    re.compile(r"[をが]\s*(?:[。！？]|$)"),  # Japanese without its verb
    re.compile(rf"([{HAN}]{{1,4}})\1"),  # a word of Chinese twice
)
_LINKED, _ALONE = re.compile(r"\][(\[\ue000-\uf8ff]"), re.compile(r"\](?![(\[\ue000-\uf8ff])")
_ENDING, _LONE = re.compile(r"(?<=[^\W\d_])\([^\W\d_]{1,3}\)"), re.compile(r"(?:^|(?<=\s))\([^\W\d_]{1,3}\)")
_BRACKETS = ("()（）", "[]", "{}", "「」", "“”")


def is_sound(text: str, target: str, language: str) -> bool:
    """Whether ``text``, made of ``target``, still has words, and no piece that lost its other half or its content."""
    found = tokens(text, language)
    if not any(token.kind in ("word", "atom", "number") for token in found):
        return False
    now, was = mask(text).text, mask(target).text
    if any(len(pattern.findall(now)) > len(pattern.findall(was)) for pattern in _LEFT_BEHIND):
        return False
    # The ending of a word without the word, as in "autor(a)"; the "(a)" of an enumeration is none.
    if any(_LONE.findall(now).count(e) > _LONE.findall(was).count(e) for e in set(_ENDING.findall(was))):
        return False
    # Emphasis in brackets is a mark of slides, or else what a link left behind.
    fewer, more = (len(p.findall(now)) - len(p.findall(was)) for p in (_LINKED, _ALONE))
    if fewer < 0 < more:
        return False
    if any(_open(now, pair) != _open(was, pair) for pair in _BRACKETS):
        return False
    odd = (Counter(t.text for t in side if t.kind == "markup") for side in (found, tokens(target, language)))
    new, old = ({mark for mark, count in marks.items() if count % 2 and not mark.strip("*_~")} for marks in odd)
    return new <= old


def _open(text: str, pair: str) -> int:
    """How many more brackets of a kind open than close."""
    return sum(text.count(c) * (1 if n % 2 == 0 else -1) for n, c in enumerate(pair))
