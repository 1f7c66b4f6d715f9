"""The fingerprint of a text: what a translation keeps of its English, counted, and cheap to compare.

Books have thousands of versions, so this reads lines by rough rules instead of parsing Markdown. Neighbouring
versions share most of their paragraphs; the features of a paragraph are computed once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from bot.document.atoms import apart, kinds, plain_atom
from bot.document.display_math import CLOSED
from bot.document.front_matter_keys import PROSE, folded
from bot.document.page import CELL

UnitKind = Literal["prose", "code", "math", "front"]

Feature = tuple[str, str]
"""What kind of thing a text has, and the thing, in the form in which a translation keeps it."""

WEIGHTS: Mapping[str, float] = {
    "label": 3.0,
    "role": 1.5,
    "math": 1.0,
    "code": 1.0,
    "target": 1.5,
    "line": 1.0,
    "string": 0.5,
    "fence": 1.0,
    "front": 0.5,
    "heading": 1.0,
    "item": 0.5,
    "row": 0.5,
    "prose": 0.5,
    "number": 0.3,
    "tag": 0.5,
}
"""How much a difference in one feature says about the version (guesses; tried on d2l-zh). Others count 0.5."""

SHORT = 8
"""Characters of a feature below which it counts less: a short line or formula stands in many versions (a guess)."""


@dataclass(frozen=True)
class Unit:
    """A paragraph, list item, heading or row of ``text`` (kind ``prose``), a code block, a formula, front matter."""

    kind: UnitKind
    text: str


@dataclass(frozen=True)
class Fingerprint:
    """The counted features of a text; ``size`` is the weight of all of them."""

    features: Mapping[Feature, int]
    size: float = field(compare=False)


_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})(.*)")
_ALONE = re.compile(r"#{1,6}[ \t]|\||:[\w-]+:|\{\{[<%]|:{3,}|</?[A-Za-z][^>]*>\s*$")
_OPENS = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]")
_UNDERLINED = re.compile(r"(?:=+|-{2,})[ \t]*$")


def units(text: str) -> Iterator[Unit]:
    """The units of a text, by rough rules: any string gives some."""
    lines = (_fenced(text) if text.startswith(CELL) else text.removeprefix("\ufeff")).splitlines()
    at = 0
    if lines and lines[0].rstrip() in ("---", "+++"):
        end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == lines[0].rstrip()), 0)
        yield from (Unit("front", line) for line in lines[1:end])
        at = end + 1 if end else 0
    held: list[str] = []
    while at < len(lines):
        line = lines[at]
        bare = line.strip()
        if (fence := _FENCE.match(line)) or bare.startswith("$$"):
            yield from _paragraph(held)
            end = _end(lines, at, fence[1] if fence else "")
            yield Unit("code" if fence else "math", "\n".join(lines[at:end]))
            at = end
            continue
        if not bare or _ALONE.match(bare) or _OPENS.match(line):
            yield from _paragraph(held)
        if bare and _ALONE.match(bare):
            yield Unit("prose", bare)
        elif bare:
            held.append(bare)
        at += 1
    yield from _paragraph(held)


def _fenced(page: str) -> str:
    """The page of a notebook with its code cells as fenced code."""
    opened = re.sub(rf"(?m)^{CELL}(?:code|raw)\b ?(\S*).*$", r"~~~~~~~~\1", page)
    return re.sub(rf"(?m)^{CELL}.+$", "", opened).replace(CELL, "~~~~~~~~")


def _paragraph(held: list[str]) -> Iterator[Unit]:
    """What was held back, as one unit; a heading that is underlined counts as its first line."""
    if held:
        if len(held) > 1 and _UNDERLINED.match(held[-1]):
            held[:] = ["# " + held[0]]
        yield Unit("prose", " ".join(held))
        held.clear()


def _end(lines: list[str], at: int, fence: str) -> int:
    """The line after a code block or a formula that begins at ``at``; an unclosed one ends at a blank line."""
    if not fence:
        if lines[at].strip() != "$$" and CLOSED.match(lines[at].strip(), 2):
            return at + 1
        for n in range(at + 1, len(lines)):
            if CLOSED.match(lines[n]):
                return n + 1
            if not lines[n].strip():
                return n
        return len(lines)
    for n in range(at + 1, len(lines)):
        bare = lines[n].strip(" \t>")
        if bare.startswith(fence) and not bare.strip(fence[0]):
            return n + 1
    return len(lines)


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text."""
    return counted(feature for unit in units(text) for feature in _features(unit))


def counted(features: Iterable[Feature]) -> Fingerprint:
    """The fingerprint with these features."""
    found = Counter(features)
    return Fingerprint(found, sum(weight(feature) * count for feature, count in found.items()))


@lru_cache(maxsize=16_000)
def weight(feature: Feature) -> float:
    """How much one occurrence of a feature says."""
    kind, text = feature
    full = WEIGHTS.get(kind, 0.5)
    return (
        full if not text or len(text) >= SHORT or kind in ("fence", "heading") else full * (len(text) + 1) / (SHORT + 1)
    )


def distance(one: Fingerprint, other: Fingerprint) -> float:
    """The weight of the features that only one of the two has; 0 for equal fingerprints."""
    few, many = sorted((one.features, other.features), key=len)
    shared = sum(weight(f) * min(n, many[f]) for f, n in few.items() if f in many)
    return one.size + other.size - 2 * shared


def likeness(one: Fingerprint, other: Fingerprint) -> float:
    """The share of features that two texts have in common, 0 to 1."""
    both = one.size + other.size
    return 1 - distance(one, other) / both if both else 0.0


@lru_cache(maxsize=8_000)
def _features(unit: Unit) -> tuple[Feature, ...]:
    if unit.kind == "front":
        key = _FRONT_KEY.match(unit.text)
        # Of a title or a description, which people translate, only that it is there.
        shown = key[0] if key and (folded(key[1]),) in PROSE else unit.text
        return (("front", "".join(shown.split())),)
    if unit.kind == "math":
        return tuple(("math", "".join(line.split())) for line in unit.text.splitlines() if line.strip(" $"))
    return tuple(_of_code(unit.text) if unit.kind == "code" else _of_prose(unit.text))


_FRONT_KEY = re.compile(r"[ \t-]*[\"']?([\w-]+)[\"']?[ \t]*[:=](?!:)")
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'")
_COMMENT = re.compile(r"(?:^|(?<=\s))(?:#(?![@%!])|//(?!/)|--\s|;;).*|/\*.*?\*/|<!--.*?-->")
_INFO = re.compile(r"[\w.+#-]+")


def _of_code(text: str) -> Iterator[Feature]:
    """The lines of a code block without comments; strings, which people may translate, count by themselves."""
    lines = text.splitlines()
    yield "fence", " ".join(_INFO.findall(lines[0])[:2])
    for line in lines[1:]:
        bare = _STRING.sub("''", line)
        kept = " ".join(_COMMENT.sub("", bare).split())
        if kept.strip("`~ "):
            yield "line", kept
            if bare != line and not _COMMENT.search(bare):
                yield from (("string", found) for found in _STRING.findall(line) if len(found) > 4)


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _of_prose(text: str) -> Iterator[Feature]:
    if text.startswith(":") and (label := re.match(r":label:`([^`]+)`", text)):
        yield "label", label[1]
        return
    if heading := re.match(r"(#{1,6})[ \t]", text):
        yield "heading", heading[1]
    elif text.startswith("|"):
        yield "row", ""
    elif _OPENS.match(text):
        yield "item", ""
        text = _OPENS.sub("", text, count=1)
    elif not re.match(r"[:{<]", text):
        yield "prose", ""
    for kind, atom in kinds(text):
        if kind not in ("break", "entity"):
            yield kind, "".join(atom.split()) if kind in ("math", "role") else plain_atom(atom)
    for number in _NUMBER.findall(apart(text)[1]):
        yield "number", number.rstrip(".,").replace(",", ".")
