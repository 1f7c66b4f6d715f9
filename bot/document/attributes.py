"""Attributes of tags and shortcodes: merged one by one if translators translated some of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAME = re.compile(r"(<)(/?(?:[A-Za-z][\w.:-]*)?)(?=\s|/?>)|(\{\{[<%]|\{%)-?\s*(/?[\w.:/-]+)")
_ATTRIBUTE = re.compile(r"""(?<![\w:.@-])([\w:.@-]++)=("[^"]*"|'[^']*'|[^\s"'<>{}=]+)""")

_WORDS = frozenset(
    "alt title subtitle text caption label description summary placeholder header heading tooltip aria-label fig-alt"
    " fig-cap".split()
)
"""Attributes that translators translate."""


def name(atom: str) -> str:
    """The opening of a tag, a shortcode or a template tag, with its name: ``<img``, ``{{<figure``; empty for others."""
    found = _NAME.match(atom)
    return "".join(part for part in found.groups() if part) if found else ""


TITLED = re.compile(r"(?P<role>\{[^{}`]+\}|:[^`]+:)`(?P<words>[^`<>]+)<(?P<target>[^`<>]+)>`")
"""A role with words of its own for what it refers to: ``{ref}`x <y>```."""


def untranslated(atom: str) -> str:
    """A tag or shortcode without the values of attributes that are prose, such as ``alt``, and a role without words.

    Other atoms are unchanged.
    """
    if name(atom):
        return _ATTRIBUTE.sub(lambda m: f"{m[1]}=…" if m[1].lower() in _WORDS else m[0], atom)
    titled = TITLED.fullmatch(atom)
    return f"{titled['role']}`{titled['target']}`" if titled else atom


def words(text: str) -> list[tuple[str, str]]:
    """The attributes in ``text`` that are prose: their names and values, with quotes, in order."""
    return [(m[1], m[2]) for m in _ATTRIBUTE.finditer(text) if m[1].lower() in _WORDS]


def filled(text: str, values: Iterable[str]) -> str:
    """``text`` with other ``values`` of its attributes that are prose, in order."""
    given = iter(values)
    return _ATTRIBUTE.sub(lambda m: f"{m[1]}={next(given)}" if m[1].lower() in _WORDS else m[0], text)


def merged(old: str, new: str, ours: str) -> str:
    """``new`` with the translators' value of each attribute whose English value did not change, or that is their own.

    Their own are translated words, and addresses of their site: what English has now is no translation of those.
    ``ours`` if something else is their own: a word or an address without the name of an attribute.
    """
    if len({_ATTRIBUTE.sub(r"\1=", text) for text in (old, new, ours)}) == 3:
        return ours
    before, mine = dict(_ATTRIBUTE.findall(old)), dict(_ATTRIBUTE.findall(ours))

    def value(match: re.Match[str]) -> str:
        was, own = before.get(match[1]), mine.get(match[1])
        kept = match[2] == was or own != was
        return f"{match[1]}={own}" if kept and own is not None else match[0]

    return _ATTRIBUTE.sub(value, new)
