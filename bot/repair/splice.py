"""Changes of a translation, and the text that they make: what no change names stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.languages import capitalised, separates_words

ChangeKind = Literal["exchanged", "removed", "replaced", "inserted"]

_PAUSES = tuple(",，、;；")
_OPENING = "([{*_“\"'‘-/（「"
_EITHER = '*_"'
_CLOSING = ".,;:!?)]}*_”\"'’-/…）」"


@dataclass(frozen=True)
class Change:
    """Code points ``start`` to ``end`` of a translation become ``text``, since English ``old`` became ``new``.

    ``english`` if ``text`` contains English that could not be translated.
    """

    kind: ChangeKind
    start: int
    end: int
    text: str
    old: str = ""
    new: str = ""
    english: bool = False


def apart(changes: Iterable[Change]) -> list[Change]:
    """The changes in order, without those that overlap another one: what only removes gives way."""
    out: list[Change] = []
    for change in sorted(changes, key=lambda c: c.kind == "removed"):
        overlaps = any(change.start < c.end and c.start < change.end for c in out)
        within = any(c.start < change.start < c.end for c in out)
        if not overlaps and not within:
            out.append(change)
    return sorted(out, key=lambda c: (c.start, c.end))


def joined(changes: Iterable[Change], target: str) -> list[Change]:
    """The changes with removals in a row as one, so that no space is left between them."""
    out: list[Change] = []
    for change in changes:
        last = out[-1] if out else None
        if last and last.kind == change.kind == "removed" and not target[last.end : change.start].strip():
            out[-1] = replace(
                last, end=change.end, old=f"{last.old} {change.old}" if change.old != last.old else last.old
            )
        else:
            out.append(change)
    return out


def undoubled(changes: Iterable[Change], target: str) -> list[Change]:
    """The changes without words that their seams would double: ``for [the boats] for`` leaves one ``for``."""
    out: list[Change] = []
    for change in changes:
        before = re.search(r"([^\W\d_]+)\s*$", target[: change.start])
        after = re.match(r"\s*([^\W\d_]+)", target[change.end :])
        words = change.text.split()
        if words and before and words[0].casefold() == before[1].casefold():
            words = words[1:]
        if words and after and words[-1].casefold() == after[1].casefold():
            words = words[:-1]
        if len(words) < len(change.text.split()):
            change = replace(change, text=" ".join(words), kind=change.kind if words else "removed")
        if not change.text and before and after and before[1].casefold() == after[1].casefold():
            change = replace(change, end=change.end + after.end())
        out.append(change)
    return out


def fitted(changes: Sequence[Change], target: str, language: str) -> list[Change]:
    """Changes (apart from each other, in order) that include the spaces and the capitals at their seams."""
    out: list[Change] = []
    for number, change in enumerate(changes):
        following = changes[number + 1].start if number + 1 < len(changes) else len(target)
        done = _removed if not change.text else _spaced if separates_words(language) else _dense
        change = done(change, target, following)
        if not target[: change.start].strip() and target[:1].isupper():
            change = _capitalised(change, target, language, following)
        if out and change.start < out[-1].end:
            change = replace(change, start=out[-1].end)
        out.append(change)
    return out


def applied(changes: Iterable[Change], target: str) -> str:
    """``target`` with changes that are apart from each other, in order."""
    out, at = [], 0
    for change in changes:
        out += [target[at : change.start], change.text]
        at = change.end
    return "".join([*out, target[at:]])


def _removed(change: Change, target: str, following: int) -> Change:
    """Takes one space along, and a comma at the start of the sentence or before the mark that ends it."""
    before, after = target[: change.start], target[change.end : following]
    if not before.strip():
        return replace(change, end=change.end + len(after) - len(after.lstrip(" ,，、")))
    comma = before.rstrip()
    if comma[-1:] in _PAUSES and re.match(r"\s*[.。!?！？,，、;；]", after):
        return replace(change, start=len(comma) - 1)
    if before.endswith(" ") and (after[:1] in ("", " ", "\n") or after[:1] in _CLOSING):
        return replace(change, start=change.start - 1)
    return change


def _spaced(change: Change, target: str, _: int) -> Change:
    before, after = target[: change.start], target[change.end :]
    first = "" if not before or before[-1].isspace() or _opens(before) else " "
    last = "" if not after or after[0].isspace() or _closes(after) else " "
    return replace(change, text=first + change.text + last)


def _opens(before: str) -> bool:
    """Whether a text ends with an opening mark; one that also closes does so behind a word."""
    bare = before.rstrip(_EITHER)
    return before[-1] in _OPENING and (bare == before or not bare or bare[-1].isspace() or bare[-1] in _OPENING)


def _closes(after: str) -> bool:
    """Whether a text begins with a closing mark; one that also opens does so before a word."""
    bare = after.lstrip(_EITHER)
    return after[0] in _CLOSING and (bare == after or not bare or bare[0].isspace() or bare[0] in _CLOSING)


def _dense(change: Change, target: str, _: int) -> Change:
    """Where words are not separated: a space only between two words in Latin letters, and around English."""
    before, after = target[: change.start][-1:], target[change.end :][:1]
    first = " " if _joins(before, change.text[:1], change.english) else ""
    last = " " if _joins(after, change.text[-1:], change.english) else ""
    return replace(change, text=first + change.text + last)


def _joins(outside: str, inside: str, english: bool) -> bool:
    """Whether two characters at a seam would run into one word."""
    return outside.isalnum() and inside.isalnum() and inside.isascii() and (english or outside.isascii())


def _capitalised(change: Change, target: str, language: str, following: int) -> Change:
    if change.text:
        return replace(change, text=capitalised(change.text, "en" if change.english else language))
    if change.end < following:
        first = capitalised(target[change.end], language)
        return change if first == target[change.end] else replace(change, end=change.end + 1, text=first)
    return change
