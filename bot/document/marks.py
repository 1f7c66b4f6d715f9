"""Marks: inline pieces that are attached to a sentence without being part of its meaning.

Ids of headings, lists of attributes, footnote marks, citations, emoji codes, and the box of a task. An edit that adds,
changes or removes them can be carried over into a translation, whatever its word order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from bot.document.atoms import ATOM, Kind, kind, plain_atom

_KINDS: frozenset[Kind] = frozenset({"identifier", "attributes", "footnote", "citation", "emoji"})
_TASK = re.compile(r"\[[ xX]\](?=\s)")
_BEHIND = re.compile(r"[\s.,:;!?…。，：；！？*_~\"'”’»」』)）]*")
"""Characters that may follow a mark at the end of a sentence."""
_END = re.compile(r"\s*[.:;!?…。：；！？]+[*_~\"'”’»」』)）]*$")


@lru_cache(maxsize=4096)
def marks(text: str) -> tuple[str, ...]:
    """The marks of ``text`` in order."""
    return tuple(plain_atom(match[0]) for match in _found(text))


def without_marks(text: str) -> str:
    """``text`` without its marks and the white space before them."""
    return _replaced(text, dict.fromkeys(set(marks(text)), ""))


def without_own_ids(source: str, target: str) -> str:
    """``target`` without the ids that only it has: translators add the English id to headings, to keep links valid."""
    own = {plain_atom(m[0]) for m in _found(target) if _kind(m) == "identifier"} - set(marks(source))
    return _replaced(target, dict.fromkeys(own, "")) if own else target


def carry_marks(old: str, new: str, target: str) -> str | None:
    """``target`` with the marks that the edit from ``old`` to ``new`` added, changed or removed.

    None if that would be a guess: a mark inside the new sentence, an id that the translators chose themselves.
    A mark that the translation already has, or no longer has, is left as it is.
    """
    before, after = _found(old), _found(new)
    gone = list((Counter(marks(old)) - Counter(marks(new))).elements())
    come = list((Counter(marks(new)) - Counter(marks(old))).elements())
    kinds = {plain_atom(m[0]): _kind(m) for m in (*before, *after)}
    held = Counter(marks(target))
    text = target
    for name in sorted({*kinds.values()}):
        left, right = ([mark for mark in side if kinds[mark] == name] for side in (gone, come))
        changed = len(left) == len(right)
        for number, mark in enumerate(left):
            if held[mark] > 1 or (held[mark] and mark in marks(new)):
                return None
            text = _replaced(text, {mark: right[number] if changed and not held[right[number]] else ""})
        wanted = [mark for n, mark in enumerate(right) if not held[mark] and not (changed and held[left[n]])]
        if wanted and name in ("identifier", "task") and any(_kind(m) == name for m in _found(text)):
            return None
        for mark in wanted:
            if changed:  # the translation never had the mark that this one replaces
                return None
            place = next(m for m in after if plain_atom(m[0]) == mark)
            added = _added(place, after, text)
            if added is None:
                return None
            text = added
    return text


def _added(place: re.Match[str], others: Sequence[re.Match[str]], target: str) -> str | None:
    """``target`` with the mark ``place`` of the English at its end; None if the mark is inside its sentence."""
    text, mark = place.string, place[0]
    if _kind(place) == "task":
        return f"{mark} {target}"
    behind = text[place.end() :]
    for other in others:
        if other.start() >= place.end():
            behind = behind.replace(other[0], "", 1)
    if not _BEHIND.fullmatch(behind):
        return None
    space = text[len(text[: place.start()].rstrip()) : place.start()]
    end = _END.search(target) if _END.search(behind) else None
    return target[: end.start()] + space + mark + target[end.start() :] if end else target + space + mark


def _found(text: str) -> list[re.Match[str]]:
    task = _TASK.match(text)
    return [*([task] if task else []), *(m for m in ATOM.finditer(text) if _is_mark(m))]


def _is_mark(match: re.Match[str]) -> bool:
    return kind(match) in _KINDS or (kind(match) == "role" and "cit" in match[0].split("`")[0])


def _kind(match: re.Match[str]) -> str:
    if match.re is _TASK:
        return "task"
    if kind(match) == "attributes" and "#" in match[0]:
        return "identifier"
    return "citation" if kind(match) == "role" else kind(match)


def _replaced(text: str, becomes: dict[str, str]) -> str:
    """``text`` with each of these marks replaced; a mark replaced by nothing is removed along with its space."""
    out, at = [], 0
    for match in _found(text):
        mark = plain_atom(match[0])
        if mark in becomes:
            before = text[at : match.start()]
            out += [before if becomes[mark] else before.rstrip(), becomes[mark]]
            at = match.end()
    done = "".join([*out, text[at:]])
    return done if text[:1].isspace() else done.lstrip()
