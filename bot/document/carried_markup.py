"""Carries the markup that an English edit added or removed over into the translation of a sentence that is kept."""

from __future__ import annotations

import re
from collections import Counter

from bot.document.atoms import ATOM, SLIDE, atoms
from bot.languages import joins_lines


def carry_markup(old: str, new: str, target: str) -> str | None:
    """``target`` with the markup that the edit added or removed, or None if that would be a guess.

    Carried over: slide markup around a whole sentence, and an atom whose inner text occurs exactly once. A link that
    went leaves its words, a tag that has no content nothing.
    """
    opened, closed = re.match(r"[\[(](?:\*\*|~~)", new), re.search(r"(?:\*\*|~~)[\])]([.:。：,，]?)$", new)
    if opened and closed and not SLIDE.search(old) and not SLIDE.search(target):
        tail = re.search(r"[.:。：,，]?$", target) if closed[1] else None
        body, end = (target[: tail.start()], tail[0]) if tail else (target, "")
        return opened[0] + body + closed[0][: len(closed[0]) - len(closed[1])] + end
    if SLIDE.findall(old) != SLIDE.findall(new):
        return None
    gone, come = Counter(atoms(old)), Counter(atoms(new))
    for atom in (come - gone).elements():
        inner = _inner(atom)
        whole = (
            rf"(?<![A-Za-z0-9_]){re.escape(inner)}(?![A-Za-z0-9_])" if re.fullmatch(r"\w+", inner) else re.escape(inner)
        )
        spots = [m.span() for m in re.finditer(whole, ATOM.sub(lambda m: "\x00" * len(m[0]), target))]
        if atom[0] not in "`$" or not inner or len(spots) != 1:
            return None
        first, last = spots[0]
        if f'"{inner}"' in old and f'"{atom}"' not in new and _QUOTED.fullmatch(target[first - 1 : last + 1]):
            first, last = first - 1, last + 1  # the quotes became ticks
        target = target[:first] + atom + target[last:]
    for atom in (gone - come).elements():
        link = re.compile(rf"(?<!!)\[([^\[\]\n]+)\]{re.escape(atom)}") if atom[0] == "(" else None
        if target.count(atom) != 1 or not (atom[0] in "`$" or atom.endswith("/>") or (link and link.search(target))):
            return None
        if atom[0] in "`$" and _inner(atom) not in new:
            return None  # English escaped it, or what it holds was not words
        bare: str | None
        if link:
            bare = link.sub(r"\1", target)
        else:
            bare = target.replace(atom, _inner(atom)) if atom[0] in "`$" else _without(atom, target)
        if bare is None or len(_OPENS.findall(bare)) > len(_OPENS.findall(target)):
            return None
        target = bare
    return target


_QUOTED = re.compile(r"\"[^\"]+\"|[“„][^“”]+[“”]|«[^«»]+»|「[^「」]+」|『[^『』]+』")
"""Something in quotes, as languages write them."""


def _inner(atom: str) -> str:
    """What a code span or a formula holds: ``$PATH`` of `` `$PATH` ``."""
    return atom.strip("`" if atom[:1] == "`" else "$")


_OPENS = re.compile(r"^[ \t>]*(?:#{1,6}|[-+*]|\d{1,9}[.)])[ \t]", re.MULTILINE)
"""What makes a heading or a list of a line."""


def _without(tag: str, target: str) -> str | None:
    """``target`` without a tag, and without the white space on one side of it, a space rather than a line break.

    None if words would run together: where the tag alone is between them, and in front of a sentence, which may
    follow another one directly.
    """
    alone = re.sub(rf"(?:\r\n|\r|\n)[ \t>]*{re.escape(tag)}[ \t]*(?=[\r\n]|$)", "", target)
    if alone != target:
        return alone  # no blank line in its place: that would end the paragraph
    before, after = target.split(tag)
    if after and not after[0].isspace() and not before[-1:].isspace():
        return before + after if joins_lines(before[-1:]) and joins_lines(after[0]) else None
    if not before or not after:
        return before.rstrip() + after.lstrip()
    if before[-1].isspace() and after[0].isspace():
        return before + after[1:] if after[0] == " " else before[:-1] + after
    return (before.rstrip(" ") if after[0] in ".,;:!?…" else before) + after


_STOPS = (".。", ",，、", ";；", ":：")


def carry_stop(old: str, new: str, target: str) -> str:
    """``target`` with its last mark changed as the edit changed it between ``. , ; :``.

    That matters in lists that span several segments; other cosmetic edits are left to the translators.
    """
    before, after = (next((s for s in _STOPS if text.endswith(s[0])), "") for text in (old, new))
    if not before or not after or before == after or not target or target[-1] not in before:
        return target
    wide = target[-1] != before[0]
    return target[:-1] + after[1 if wide else 0]
